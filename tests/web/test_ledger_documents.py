"""指标文件、合同、付款申请 as pages: what stands on them, who sees them, which steps are offered to whom."""

import html
import re

import pytest
from books import kept_example, open_offices, signed_in
from django.db import connection
from django.test.utils import CaptureQueriesContext
from money import CLERK, COUNTY_LEADER, DAY, DESK, SIX, WAN, county

from duikou.acts.contracts import sign_contract
from duikou.acts.doing import today
from duikou.acts.notices import issue_notice
from duikou.acts.payments import approve_claim, countersign, refuse_claim, void_payment
from duikou.records.models import Contract, Entry, Finding, Programme, Project
from duikou.rules import contracts, notices
from duikou.rules.period import on
from duikou.snapshot.store import freeze
from duikou.web.ledger import kept

FUNDS = "/p/tj-hn/2012/funds/"


@pytest.fixture(scope="module")
def kept_county(django_db_setup, django_db_blocker, tmp_path_factory):
    """The county's book with 800 万元 received and divided, made once; nobody has published it."""
    with kept_example(django_db_blocker, tmp_path_factory.mktemp("documents")) as programme:
        book = county(programme)
        open_offices()
        Programme.objects.update(published=None)
        book.receive(800, "回-1", (book.disburse(800, "拨-1"), 800 * WAN))
        book.divided = book.divide("财农〔2012〕10号", 文化广场=500, 卫生院=300)
        freeze()
        yield book


@pytest.fixture
def book(kept_county, db):
    """The county's book, for one test."""
    return kept_county


def page(account, where, status=200):
    answer = signed_in(account).get(FUNDS + where)
    assert answer.status_code == status, where
    return answer.content.decode()


def text(shown):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", shown)).split())


def main(shown):
    return shown.split('<main id="main"')[1].split("</main>")[0]


def row(shown, name):
    """The row of a table whose first cell holds a name, as text."""
    rows = re.findall(r"<tr[^>]*>(?:(?!</tr>).)*</tr>", main(shown), re.S)
    heads = [(text(one), text(one.split("</th>")[0])) for one in rows]
    (found,) = [said for said, head in heads if head == name or head.startswith(f"{name} ")]
    return found


def buttons(shown):
    """Where the buttons of a page lead, below funds/."""
    return re.findall(rf'class="btn[^"]*" href="{FUNDS}([^"]+)"', shown)


def supplement(book):
    contract = Contract.objects.get(pk=book.contract)
    fact = contracts.Contract(
        number="HT-2012-1补", project=contract.project_id, payee=book.builder, type="works", method="tender",
        tender="招〔2012〕1号", price=15 * WAN, retention=50, when=on(DAY), amends=book.contract,
    )  # fmt: skip
    return sign_contract(fact, programme=book.programme, person=CLERK)


# ---- notices ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def adjusted(book):
    """DOMAIN 1.7: 200 and 100 万元 are recalled from two projects and go to three others, 150, 100 and 50."""
    moved = (("文化广场", -200), ("卫生院", -100), ("引水工程", 150), ("寄宿学校", 100), ("乡村道路", 50))
    lines = tuple(book.line(*one) for one in moved)
    fact = notices.Notice(
        number="财农〔2012〕33号", type="adjust", side="receiving", when=on(DAY), lines=lines, of=book.divided
    )
    return issue_notice(fact, programme=book.programme, person=DESK)


def test_a_notice_stands_in_the_list_with_what_it_issued_recalled_and_both_together(book, adjusted):
    shown = page("caiwu", "notices/")
    assert row(shown, "财农〔2012〕10号") == "财农〔2012〕10号 受援方 下达 2012年3月5日 800.00 800.00"
    assert row(shown, "财农〔2012〕33号") == (
        "财农〔2012〕33号 改动 财农〔2012〕10号 受援方 调整 2012年3月5日 300.00 300.00 0.00"
    )
    assert shown.index("300.00") < shown.index("800.00")  # the newest first


def test_an_adjustment_says_that_it_adds_up_to_zero_and_names_what_it_changes(book, adjusted):
    shown = page("caiwu", f"notices/{adjusted}/")
    assert "收回 300.00 万元，重新下达 300.00 万元；收回与重新下达之和 0.00 万元。" in text(shown)
    assert [row(shown, name).split()[-1] for name in SIX[:5]] == ["−200.00", "−100.00", "+150.00", "+100.00", "+50.00"]
    assert f'href="{FUNDS}notices/{book.divided}/"' in shown
    for entry in Entry.objects.filter(notice=adjusted):
        assert f'href="/r/entry-{entry.pk}"' in shown


def test_a_notice_names_what_changed_it_and_its_paper(book, adjusted):
    shown = page("caiwu", f"notices/{book.divided}/")
    assert "被它改动： 财农〔2012〕33号 调整 收回 300.00 万元 下达 300.00 万元" in text(shown)
    assert "《财农〔2012〕10号》" in text(shown)
    assert "收回与重新下达之和" not in shown


def test_what_is_below_the_cent_of_ten_thousand_yuan_is_not_rounded_away():
    # 90 万元 and 123.45 yuan; 12 yuan; 800 万元
    assert [kept.wan(fen) for fen in (90 * WAN + 12345, 1200, 800 * WAN, 0)] == [
        "90.012345",
        "0.0012",
        "800.00",
        "0.00",
    ]


def test_who_issues_notices_has_the_button_and_who_reads_them_has_not(book):
    assert buttons(page("caiwu", "notices/")) == ["notices/new"]
    assert buttons(page("caiwu", f"notices/{book.divided}/")) == [
        f"notices/new?of={book.divided}&amp;type=adjust&amp;side=receiving"
    ]
    assert buttons(page("shenji", "notices/")) == []


def test_a_county_sees_no_notice_of_the_whole_programme_and_is_told_why(book):
    assert "这个账号看不到指标文件" in page("tongren", "notices/")
    page("tongren", f"notices/{book.divided}/", 404)


# ---- contracts --------------------------------------------------------------------------------------------------------


def test_a_contract_stands_with_its_supplements_payments_retention_and_progress(book):
    supplement(book)
    book.pay(book.claim(40, "发票 1", progress=350), 40, "银-1", held=2)
    book.claim(10, "发票 2", progress=400)
    refuse_claim(book.claim(9, "发票 3", progress=900), programme=book.programme, person=DESK, reason="缺材料")
    # 100 + 15 agreed, 40 approved, 38 paid and 2 held back; 38 of 115 is 33.04…%; the refused claim's 90% is no progress
    assert row(page("caiwu", "contracts/"), "HT-2012-1") == (
        "HT-2012-1 文化广场施工 文化广场 某建筑有限公司 916300007104000004 工程 公开招标 "
        "115.00 含补充协议 1 份 40.00 38.00 2.00 33% 40%"
    )


def test_retention_that_is_released_is_held_no_longer_and_a_reversed_payment_is_not_paid(book):
    book.pay(book.claim(40, "发票 1"), 40, "银-1", held=2)
    book.pay(book.claim(2, "发票 2", type="retention", stage="settled"), 2, "银-2")
    gone = book.claim(5, "发票 3")
    book.pay(gone, 5, "银-3", held=1)
    void_payment(gone, programme=book.programme, person=DESK, reason="退票")
    said = row(page("caiwu", "contracts/"), "HT-2012-1").split()
    assert said[-5:] == ["42.00", "40.00", "0.00", "40%", "30%"]  # approved, paid, held back, of 100, progress


def test_a_contract_offers_a_supplement_and_a_claim_to_who_may_and_a_supplement_neither(book):
    added = supplement(book)
    offered = [f"claims/new?contract={book.contract}", f"contracts/new?amends={book.contract}"]
    assert buttons(page("tongren", f"contracts/{book.contract}/")) == offered
    assert buttons(page("shenji", f"contracts/{book.contract}/")) == []
    assert buttons(page("tongren", "contracts/")) == ["contracts/new"]
    shown = page("tongren", f"contracts/{added}/")
    assert buttons(shown) == []
    assert f'href="{FUNDS}contracts/{book.contract}/">HT-2012-1</a>' in shown


def test_a_supplement_stands_with_the_contract_that_it_amends_and_not_beside_it(book):
    added = supplement(book)
    assert f"contracts/{added}/" not in page("caiwu", "contracts/")
    assert "15.00" in row(page("caiwu", f"contracts/{book.contract}/"), "HT-2012-1补")


# ---- claims -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def queue(book):
    """A claim at each step: filed, signed by the county, approved, ordered, paid, voided, refused."""
    told = {"programme": book.programme, "person": DESK}
    made = {name: book.claim(n, f"发票 {n}") for n, name in enumerate(
        ("filed", "half", "approved", "pending", "posted", "voided", "refused"), 1
    )}  # fmt: skip
    countersign(made["half"], "county_leader", programme=book.programme, person=COUNTY_LEADER)
    book.sign(made["approved"])
    approve_claim(made["approved"], 3 * WAN, **told)
    book.order(made["pending"], 4)
    book.pay(made["posted"], 5, "银-5")
    book.pay(made["voided"], 6, "银-6")
    void_payment(made["voided"], reason="退票", **told)
    refuse_claim(made["refused"], reason="缺监理意见", **told)
    return {name: claim.pk for name, claim in made.items()}


def test_the_queue_is_grouped_by_state_and_says_who_is_next(queue):
    shown = page("caiwu", "claims/")
    assert re.findall(r"<h2>([^<]+)</h2>", main(shown)) == ["已申请", "已核定", "待付", "已付", "已作废", "已退回"]
    waits = [row(shown, f"HT-2012-1 第 {n} 期").rsplit(".00", 1)[1].strip() for n in range(1, 8)]
    assert waits == [
        "待县级会签 待前方会签 待核定",
        "待前方会签 待核定",
        "待付款",
        "待付讫",
        "已办结",
        "已办结",
        "已办结",
    ]


def test_the_queue_is_narrowed_by_state_and_an_unknown_state_says_so(queue):
    shown = page("caiwu", "claims/?state=approved")
    assert re.findall(r"<h2>([^<]+)</h2>", main(shown)) == ["已核定"]
    assert "没有这样的付款申请；换一种进展。" in page("caiwu", "claims/?state=%3Cb%3E")


STEPS = {
    "caiwu": {
        "filed": ["approve", "refuse"], "half": ["approve", "refuse"], "approved": ["order", "refuse"],
        "pending": ["confirm", "void"], "posted": ["void"], "voided": [], "refused": [],
    },
    "xianling": {"filed": ["countersign-county"], "half": [], "approved": [], "pending": [], "posted": []},
    "qianfang": {"filed": ["countersign-front"], "half": ["countersign-front"], "approved": [], "pending": []},
    "tongren": {"filed": [], "approved": [], "pending": []},
    "shenji": {"filed": [], "pending": []},
}  # fmt: skip


@pytest.mark.parametrize("account", STEPS)
def test_each_is_offered_the_steps_that_are_due_and_the_own_and_every_one_opens(queue, account):
    for name, steps in STEPS[account].items():
        here = f"claims/{queue[name]}/"
        assert buttons(page(account, here)) == [here + step for step in steps], name
        for step in steps:
            page(account, here + step)


def test_a_box_says_who_signed_when_or_that_it_waits(queue):
    boxes = re.findall(r'<div class="sign-box">(.*?)</div>', page("caiwu", f"claims/{queue['half']}/"), re.S)
    assert [text(box) for box in boxes] == [f"县级分管领导 xianling {today():%Y-%m-%d}", "前方干部 待会签"]


def test_a_claim_shows_what_was_asked_approved_held_back_and_every_entry(book):
    claim = book.claim(40, "发票 0001", done=60 * WAN)
    book.pay(claim, 30, "银-1", held=2)
    shown = page("caiwu", f"claims/{claim.pk}/")
    sums = text(re.search(r'<dl class="sums">.*?</dl>', shown, re.S)[0])
    assert sums == "申请 40.00 核定 30.00 其中扣留质保金 2.00 应付 28.00 至今完成的价款 60.00 工程进度 30%"
    assert row(shown, "发票 0001").endswith("某建筑有限公司 40.00")
    assert [row(shown, state).split()[-2:] for state in ("待付", "扣留质保金", "支出")] == [
        ["28.00", "已付"], ["2.00", "已付"], ["28.00", "已付"]
    ]  # fmt: skip
    for entry in Entry.objects.filter(claim=claim):
        assert f'href="/r/entry-{entry.pk}"' in shown


def test_entries_of_a_voided_payment_are_voided_with_those_that_took_them_back(queue):
    shown = page("caiwu", f"claims/{queue['voided']}/")
    entries = re.findall(r'<tr class="gone">(.*?)</tr>', shown, re.S)
    assert [(text(one).split()[-2], text(one).split()[-1]) for one in entries] == [
        ("6.00", "已作废"), ("6.00", "已作废"), ("−6.00", "已作废"), ("−6.00", "已作废")
    ]  # fmt: skip


def test_the_history_names_each_step_who_did_it_and_why(queue):
    shown = page("caiwu", f"claims/{queue['voided']}/")
    lines = re.findall(r'<td>(\w+)</td><td lang="zh-CN">(\w+)', shown)
    assert lines == [
        ("tongren", "申请付款"), ("xianling", "县级会签"), ("qianfang", "前方会签"), ("caiwu", "核定付款"),
        ("caiwu", "付款"), ("caiwu", "确认付讫"), ("caiwu", "作废付款"),
    ]  # fmt: skip
    assert "退票" in text(shown)
    assert "进展：已付 → 已作废" in text(shown)


def test_questions_about_a_claim_lead_to_their_pages(book):
    claim = book.claim(40, "发票 0001", papers=())
    asked = Finding.objects.filter(record__links__to=claim.pk, record__links__role="about")
    shown = page("caiwu", f"claims/{claim.pk}/")
    assert asked.exists()
    for finding in asked:
        assert f'href="/p/tj-hn/2012/findings/{finding.pk}/">{finding.title}</a>' in shown


# ---- who sees what ----------------------------------------------------------------------------------------------------


def test_a_county_sees_its_own_contracts_and_claims_and_not_those_of_another(book, queue):
    lists = (("contracts/", "HT-2012-1"), ("claims/", "HT-2012-1 第 1 期"))
    ones = (f"contracts/{book.contract}/", f"claims/{queue['filed']}/")
    for where, name in lists:
        assert name in page("tongren", where)
    for where in ones:
        page("tongren", where)
    Project.objects.filter(pk=book.projects["文化广场"]).update(region="632322")  # 尖扎县
    for where, name in lists:
        assert name not in page("tongren", where)
        assert "本地区还没有" in page("tongren", where)
        assert name in page("caiwu", where)
    for where in ones:
        page("tongren", where, 404)


@pytest.mark.parametrize("where", ["notices", "contracts", "claims"])
@pytest.mark.parametrize("number", ["1", "999999", "99999999999999999999"])
def test_a_number_of_nothing_or_of_another_kind_is_not_there(book, where, number):
    page("caiwu", f"{where}/{number}/", 404)


@pytest.mark.parametrize(
    ("where", "said"), [("notices/", "还没有指标文件"), ("contracts/", "还没有合同"), ("claims/", "还没有付款申请")]
)
def test_an_empty_list_says_so_and_what_would_fill_it(book, where, said):
    shown = signed_in("shenji").get(f"/p/bj-ht/2012/funds/{where}").content.decode()
    assert said in shown
    assert "<table" not in main(shown)


def test_a_page_of_a_list_holds_a_hundred_and_leads_to_the_next(book, monkeypatch):
    assert kept.PAGE == 100
    monkeypatch.setattr(kept, "PAGE", 2)
    for n in range(1, 6):
        book.claim(n, f"发票 {n}")
    shown = page("caiwu", "claims/?state=submitted&page=2")
    assert re.findall(r">(HT-2012-1 第 \d 期)</a></th>", shown) == ["HT-2012-1 第 3 期", "HT-2012-1 第 4 期"]
    assert 'href="?page=3&amp;state=submitted"' in shown
    assert "全部 5" in text(shown)


def test_a_longer_queue_asks_the_book_no_more_questions(book):
    client, asked = signed_in("caiwu"), []
    for bills in (("发票 1",), ("发票 2", "发票 3", "发票 4")):
        for bill in bills:
            book.claim(1, bill)
        client.get(FUNDS + "claims/")  # the snapshot of the book as it is now is taken once
        with CaptureQueriesContext(connection) as found:
            client.get(FUNDS + "claims/")
        asked.append(len(found))
    assert asked[0] == asked[1]
