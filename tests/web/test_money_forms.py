"""The forms of money: from 登记落实 to 付讫 through pages alone; sent twice, typed wrong, asked for by those it is not for."""

import html
import re

import pytest
from books import OFFICER, signed_in
from money import WAN
from money_forms import DAY, FUNDS, claim_of, done, key_of, lines, page, refused, send, text

from duikou.acts.doing import today
from duikou.acts.journal import head
from duikou.acts.offices import appoint, open_account, open_office
from duikou.acts.verify import verify
from duikou.records.models import Claim, Contract, Entry, Organisation, Programme, Receipt, Settlement
from duikou.rules.programmes import Organisation as OrganisationFact

# ---- the walk ----------------------------------------------------------------------------------------------------------


def test_money_goes_from_secured_to_paid_through_pages_alone(book):
    officer, finance, clerk = signed_in("yewu"), signed_in("caiwu"), signed_in("tongren")
    square = book.projects["文化广场"]
    done(
        officer, "secured/new", amount="四百九十万元", day=DAY, source="city", voucher="津财〔2012〕7号", reason="预算"
    )
    line = str(head().number)
    paid = {"amount": "490", "paid_on": DAY, "receiver": "hn", "voucher": "拨-490", "line": line, "step": "confirm"}
    assert finance.post(FUNDS + "new", paid).status_code == 302
    said = done(finance, "receipts/new", amount="490", day="2012-03-06", receiver=book.hn, reference="回-490")
    assert "核对到账" in said  # the way leads on to what it is matched with
    receipt, entry = Receipt.objects.get(), Entry.objects.get(voucher="拨-490")
    assert "同一收款单位，金额相同，拨付后 1 天" in said
    chosen = {f"take-{entry.pk}": "on", f"amount-{entry.pk}": "490"}
    done(finance, f"receipts/{receipt.pk}/match", **chosen)
    notice = {"number": "财农〔2012〕3号", "type": "issue", "side": "receiving", "day": DAY, "step": "confirm"}
    done(finance, "notices/new", **notice, **lines({"project": square, "receiver": book.hn, "amount": "90"}))
    name = {"name": "某某路桥有限公司", "type": "enterprise", "credit_code": "91350100M000100Y43"}
    done(officer, "payees/new", **name)
    payee = Organisation.objects.get(credit_code="91350100M000100Y43")
    told = {
        "number": "HT-9", "title": "广场照明", "project": square, "payee": payee.pk, "type": "works",
        "method": "inquiry", "price": "20万元", "retention": "5%", "day": DAY,
    }  # fmt: skip
    done(clerk, "contracts/new", **told)
    contract = Contract.objects.get(number="HT-9")
    asked = claim_of(book, "20", contract=contract.pk)
    done(clerk, f"claims/new?contract={contract.pk}", **asked)
    claim = Claim.objects.get()
    step = f"claims/{claim.pk}/"
    done(signed_in("xianling"), step + "countersign-county")
    done(signed_in("qianfang"), step + "countersign-front")
    assert "约定质保金 5%" in " ".join(text(officer.get(FUNDS + step + "approve")).split())
    done(officer, step + "approve", approved="20", retained="1")
    assert "不分来源：现有 90万元" in text(finance.get(FUNDS + step + "order"))
    done(finance, step + "order", fund="0", day=DAY)
    done(finance, step + "confirm", voucher="银-20", day=DAY)
    claim.refresh_from_db()
    assert (claim.state, claim.approved, claim.retained) == ("posted", 20 * WAN, WAN)
    spent = Entry.objects.get(state="spent")
    assert (spent.amount, spent.voucher, spent.receiver_id) == (19 * WAN, "银-20", payee.pk)  # 20 − 1 held back
    assert verify().problems == ()


# ---- sent twice --------------------------------------------------------------------------------------------------------


def test_the_same_form_sent_twice_is_done_once_and_says_so_with_the_same_link(book):
    clerk = signed_in("tongren")
    typed = claim_of(book) | {"key": key_of(page(clerk, "claims/new"))}
    first = clerk.post(FUNDS + "claims/new", typed, follow=True)
    line = head().number
    again = clerk.post(FUNDS + "claims/new", typed, follow=True)
    claim = Claim.objects.get()
    assert head().number == line
    assert f"已办过，没有再办：申请付款 付款申请-{claim.pk} ，账本第 {line} 行" in text(again)
    for answer in (first, again):
        assert f'href="/r/claim-{claim.pk}"' in answer.content.decode()


def test_a_key_that_was_used_for_something_else_is_refused_in_words(book):
    clerk = signed_in("tongren")
    typed = claim_of(book) | {"key": key_of(page(clerk, "claims/new"))}
    clerk.post(FUNDS + "claims/new", typed)
    refused(clerk.post(FUNDS + "claims/new", typed | {"amount": "39"}), "已用于另一件事")
    assert Claim.objects.get().amount == 40 * WAN


def test_a_refused_form_may_be_mended_and_sent_with_the_same_key(book):
    clerk = signed_in("tongren")
    typed = claim_of(book) | {"key": key_of(page(clerk, "claims/new"))}
    refused(clerk.post(FUNDS + "claims/new", typed | {"amount": "500"}), "申请不得超过合同尚欠的数")
    assert "已办：" in text(clerk.post(FUNDS + "claims/new", typed, follow=True))


def test_a_form_that_is_done_at_once_is_shown_again_when_it_is_asked_to_be_read_first(book):
    finance, before = signed_in("caiwu"), head().number
    answer = send(finance, "reserve", fund=book.fund, amount="30", day=DAY, reason="百分之三", step="check")
    assert answer.status_code == 200
    assert 'value="30"' in answer.content.decode()
    assert head().number == before


def test_a_payment_confirmed_twice_is_recorded_once_and_says_so(book):
    finance = signed_in("caiwu")
    paid = {"amount": "9", "paid_on": DAY, "receiver": "hn", "voucher": "", "purpose": "", "project": ""}
    read = finance.post(FUNDS + "new", paid | {"step": "check"}).content.decode()
    kept = dict(re.findall(r'<input type="hidden" name="(line|key)" value="([^"]*)"', read))
    assert kept["key"]
    finance.post(FUNDS + "new", paid | kept | {"step": "confirm"})
    again = finance.post(FUNDS + "new", paid | kept | {"step": "confirm"}, follow=True)
    entry = Entry.objects.get(amount=9 * WAN)
    assert "已办过，没有再登记" in text(again)
    assert f'href="/r/entry-{entry.pk}"' in again.content.decode()
    other = finance.post(FUNDS + "new", paid | kept | {"step": "confirm", "amount": "8"})
    assert other.status_code == 422
    assert "已用于另一件事" in text(other)


# ---- whose it is -------------------------------------------------------------------------------------------------------


@pytest.fixture
def elsewhere(book):
    """A clerk of another county of the same programme, and one project there with a contract."""
    new = OrganisationFact(code="jzxdk", name="尖扎县对口办", type="department", region="632322")
    office = open_office("jzxdk", new=new, area="632322", side="receiving", person=OFFICER)
    account = open_account("jianzha", office=office, person=OFFICER)
    appoint(account, "county_clerk", begins=today(), programme=book.programme, person=OFFICER)
    return signed_in("jianzha")


def test_a_clerk_of_another_county_is_offered_nothing_of_this_one_and_a_number_typed_by_hand_is_refused(
    book, elsewhere
):
    shown = page(elsewhere, "claims/new")
    assert "HT-2012-1" not in shown
    assert "文化广场" not in page(elsewhere, "contracts/new")
    refused(send(elsewhere, "claims/new", **claim_of(book)), "不归这个账号办")
    told = {"number": "HT-3", "type": "works", "method": "direct", "price": "1", "day": DAY, "payee": book.builder}
    refused(send(elsewhere, "contracts/new", project=book.projects["文化广场"], **told), "不归这个账号办")
    refused(send(elsewhere, "changes/new", project=book.projects["卫生院"], type="scale", day=DAY, reason="x"), "不归")
    assert not Claim.objects.exists()
    assert Contract.objects.count() == 1


def test_a_clerk_files_a_claim_in_a_programme_that_is_not_public_and_sees_it(book):
    Programme.objects.update(published=None)
    done(signed_in("tongren"), "claims/new", **claim_of(book))
    claim = Claim.objects.get()
    done(signed_in("xianling"), f"claims/{claim.pk}/countersign-county")


def test_a_contract_of_another_programme_is_not_offered_and_refused_in_words(book):
    other = Programme.objects.get(code="bj-ht")
    contract = Contract.objects.get()
    contract.record.programme = other
    type(contract.record).objects.filter(pk=contract.pk).update(programme=other)
    clerk = signed_in("tongren")
    assert "HT-2012-1" not in page(clerk, "claims/new")
    refused(send(clerk, "claims/new", **claim_of(book)), "不是本项目方案的")
    for odd in ("999999", "9" * 40, "abc", "-1"):
        refused(send(clerk, "claims/new", **claim_of(book, contract=odd)), "不是本项目方案的")


def test_a_claim_of_another_programme_is_not_there(book):
    claim = book.claim(40, "发票 1")
    officer = signed_in("lingdao")
    assert officer.get(f"/p/bj-ht/2012/funds/claims/{claim.pk}/approve").status_code == 404
    assert officer.get(f"{FUNDS}claims/999999/approve").status_code == 404


def test_the_leader_of_the_county_signs_and_the_city_s_leader_does_not(book):
    claim = book.claim(40, "发票 2")
    step = f"claims/{claim.pk}/countersign-county"
    for account in ("lingdao", "tongren", "yewu", "qianfang"):
        assert signed_in(account).get(FUNDS + step).status_code == 403
    done(signed_in("xianling"), step)
    for where in ("release", "reopen", "rules/adopt", f"claims/{claim.pk}/approve", "notices/new", "claims/new"):
        assert signed_in("xianling").get(FUNDS + where).status_code == 403


def test_a_project_whose_accounts_are_done_is_not_offered(book):
    finance = signed_in("caiwu")
    done(
        finance, "settlements/new", project=book.projects["卫生院"], usable="2012-03-01", size="small",
        settled="2012-05-01", amount="90",
    )  # fmt: skip
    assert Settlement.objects.get().amount == 90 * WAN
    (offered,) = re.findall(r'<select name="project".*?</select>', page(signed_in("yewu"), "changes/new"), re.S)
    assert "文化广场" in offered
    assert "卫生院" not in offered


WRONG = [
    ("近500万", "不是确数"), ("-490", "应为大于 0"), ("负490万元", "应为大于 0"), ("0", "应为大于 0"), ("", "填写金额"),
    ("abc", "读不成金额"), ("20—40", "不是确数"), ("0.0000001", "不足一分"), ("9" * 10, "不超过十万亿元"),
    ("9" * 400, "金额至多 40 个字"), ("490公斤", "读不成金额"), ("1e9", "读不成金额"), ("<b>", "“<b>”读不成金额"),
]  # fmt: skip


@pytest.mark.sweep
@pytest.mark.parametrize(("typed", "words"), WRONG, ids=[words + typed[:6] for typed, words in WRONG])
@pytest.mark.parametrize("where", ["secured/new", "reserve", "claims/new"])
def test_a_wrong_amount_is_told_at_its_field_and_what_was_typed_stays(book, where, typed, words):
    account = {"claims/new": "tongren"}.get(where, "caiwu")
    before = head().number
    rest = (
        claim_of(book)
        if where == "claims/new"
        else {"fund": book.fund, "day": DAY, "reason": "x", "voucher": "津财1号"}
    )
    shown = refused(send(signed_in(account), where, **rest | {"amount": typed}), words)
    assert f'value="{html.escape(typed)}"' in shown or not typed
    assert '<a href="#id_amount">' in shown
    assert head().number == before


@pytest.mark.parametrize(
    ("typed", "words"), [("101%", "读不成比例"), ("约30%", "读不成比例"), ("3.55", "读不成比例"), ("a", "读不成比例")]
)
def test_a_wrong_percentage_is_told(book, typed, words):
    refused(send(signed_in("tongren"), "claims/new", **claim_of(book, progress=typed)), words)


@pytest.mark.sweep
@pytest.mark.parametrize("typed", ["490万元", "4,900,000元", "四百九十万元", "490", "４９０", "0.049亿"])
def test_people_write_an_amount_in_many_ways(book, typed):
    done(
        signed_in("caiwu"), "secured/new", amount=typed, day=DAY, source="city", voucher="津财〔2012〕99号", reason="x"
    )
    assert Entry.objects.get(voucher="津财〔2012〕99号").amount == 490 * WAN


def test_a_form_of_money_needs_the_right_and_the_sign_in(book, visitor):
    for where in ("secured/new", "claims/new", "close"):
        assert visitor.get(FUNDS + where)["Location"] == f"/sign-in/?next={FUNDS}{where}"
        assert signed_in("shenji").get(FUNDS + where).status_code == 403


def test_the_forms_read_in_english_keep_their_language_and_lead_on(book):
    clerk = signed_in("yewu")
    shown = clerk.get("/en" + FUNDS + "payees/new").content.decode()
    assert "<span>Register a payee</span>" in shown
    typed = {"key": key_of(shown), "name": "某某商行", "type": "enterprise"}
    said = clerk.post("/en" + FUNDS + "payees/new", typed, follow=True)
    assert 'Done: register a payee <a href="/en/r/organisation-' in said.content.decode()
