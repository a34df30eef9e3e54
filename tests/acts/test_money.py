"""Money from the notice to the payee through the acts: issued, divided, claimed, countersigned, paid, taken back."""

from dataclasses import replace
from datetime import date

import pytest
from books import LEADER
from money import CADRE, CLERK, COUNTY_LEADER, DAY, DESK, SIX, WAN

from duikou.acts.contracts import sign_contract
from duikou.acts.doing import AskedOtherwise, Forbidden, once
from duikou.acts.funds import (
    record_secured,
    release_reserve,
    reserve,
    return_funds,
    reverse_entry,
    standing_of,
    surrender,
)
from duikou.acts.notices import issue_notice
from duikou.acts.payments import approve_claim, confirm_payment, countersign, order_payment, refuse_claim, void_payment
from duikou.acts.receipts import match_receipt
from duikou.acts.verify import verify
from duikou.records.models import Claim, Entry, Invoice, Notice, Receipt
from duikou.rules import contracts, notices
from duikou.rules.funds import Secured
from duikou.rules.period import on
from duikou.rules.problem import Refused
from duikou.rules.quantity import yuan


def codes(refused):
    return [problem.code for problem in refused.value.problems if problem.weight == "stops"]


def notice(book, number, kind, *lines, of=None, side="receiving"):
    fact = notices.Notice(number=number, type=kind, side=side, when=on(DAY), lines=lines, of=of)
    return issue_notice(fact, programme=book.programme, person=DESK)


# ---- notices (DOMAIN 1.7) -------------------------------------------------------------------------------------------


@pytest.fixture
def divided(book):
    """The county has received 800 万元 and given 文化广场 500 and 卫生院 300 by one notice."""
    paid = book.disburse(800, "拨-1")
    book.receive(800, "回-1", (paid, 800 * WAN))
    return book.divide("财农〔2012〕10号", 文化广场=500, 卫生院=300)


def test_three_million_are_recalled_from_two_projects_and_go_to_three_others(book, divided):
    changes = (("文化广场", -200), ("卫生院", -100), ("引水工程", 150), ("寄宿学校", 100), ("乡村道路", 50))
    lines = [book.line(*change) for change in changes]
    changed = notice(book, "财农〔2012〕33号", "adjust", *lines, of=divided)
    assert book.sum("divided", notice=changed) == 0
    assert [book.balance("account", book.projects[name]) // WAN for name in SIX[:5]] == [300, 200, 150, 100, 50]
    assert book.balance("account", book.hn) == 0
    assert [str(n) for n in Notice.objects.order_by("pk")] == ["财农〔2012〕10号", "财农〔2012〕33号"]


def test_two_million_are_spread_over_seven_lines(book, divided):
    parts = (
        ("卫生院", 10),
        ("引水工程", 40),
        ("寄宿学校", 40),
        ("乡村道路", 30),
        ("技能培训", 30),
        ("引水工程", 20),
        ("乡村道路", 30),
    )
    lines = [book.line("文化广场", -200), *(book.line(*part) for part in parts)]
    changed = notice(book, "财农〔2012〕20号", "adjust", *lines, of=divided)
    assert (book.sum("divided", notice=changed), Entry.objects.filter(notice=changed).count()) == (0, 8)


def test_a_recall_and_its_issues_that_do_not_add_up_are_refused(book, divided):
    with pytest.raises(Refused) as refused:
        notice(book, "财农〔2012〕21号", "adjust", book.line("文化广场", -200), book.line("引水工程", 199), of=divided)
    assert codes(refused) == ["notices.7"]
    assert not Notice.objects.filter(number="财农〔2012〕21号").exists()


def test_what_is_spent_cannot_be_recalled(book, divided):
    book.pay(book.claim(40, "发票 0001"), 40, "银-1")
    with pytest.raises(Refused) as refused:
        notice(book, "财农〔2012〕22号", "recall", book.line("文化广场", -461), of=divided)
    assert codes(refused) == ["ledger.1"]
    assert refused.value.problems[0].found == "已到账待用，文化广场现有 460万元，要用 461万元"


def test_the_supporting_side_issues_pays_and_recalls_by_number(book):
    p = book.projects["引水工程"]
    line = notices.Line(amount=90 * WAN, project=p, fund=book.fund)
    issued = notice(book, "津财〔2012〕8号", "issue", line, side="supporting")
    book.disburse(60, "拨-2", project=p, notice=issued)
    assert (book.balance("allotment", p), book.balance("transit", p)) == (30 * WAN, 60 * WAN)
    with pytest.raises(Refused) as refused:
        book.disburse(31, "拨-3", project=p, notice=issued)
    assert codes(refused) == ["ledger.1"]
    notice(book, "津财〔2012〕9号", "recall", replace(line, amount=30 * WAN, back=True), of=issued, side="supporting")
    assert (book.balance("allotment", p), book.balance("pool")) == (0, 940 * WAN)
    standing = standing_of(book.programme, DAY, fund=book.fund)
    assert (standing.secured, standing.disbursed) == (1000 * WAN, 60 * WAN)


# ---- the two sides ---------------------------------------------------------------------------------------------------


def test_one_payment_comes_in_two_receipts_and_two_payments_in_one(book):
    paid = book.disburse(100, "拨-4")
    first = book.receive(70, "回-2", (paid, 70 * WAN))
    assert (book.balance("transit", book.hn), book.balance("account", book.hn)) == (30 * WAN, 70 * WAN)
    other = book.disburse(20, "拨-5")
    receipt = Receipt.objects.get(pk=book.receive(50, "回-3"))
    match_receipt(receipt, [(paid, 30 * WAN), (other, 20 * WAN)], programme=book.programme, person=DESK)
    assert (book.balance("transit", book.hn), book.sum("received")) == (0, 120 * WAN)
    assert first != receipt.pk


def test_more_than_was_paid_or_came_is_not_matched(book):
    paid = book.disburse(100, "拨-6")
    receipt = Receipt.objects.get(pk=book.receive(70, "回-4"))
    for fen in (70 * WAN + 1, 100 * WAN):
        with pytest.raises(Refused) as refused:
            match_receipt(receipt, [(paid, fen)], programme=book.programme, person=DESK)
        assert codes(refused) == ["receipts.4"]


def test_a_receipt_is_not_matched_with_what_is_no_payment_of_the_programme(book):
    receipt = Receipt.objects.get(pk=book.receive(70, "回-9"))
    secured = Entry.objects.filter(state="secured").first()
    for number, expected in ((secured.pk, ["receipts.5"]), (999_999, ["receipts.5", "receipts.4"])):
        with pytest.raises(Refused) as refused:
            match_receipt(receipt, [(number, WAN)], programme=book.programme, person=DESK)
        assert codes(refused) == expected


# ---- claims and payments ----------------------------------------------------------------------------------------------


def test_a_claim_is_paid_after_two_people_signed_and_holds_its_retention_back(book, divided):
    claim = book.claim(40, "发票 0002")
    book.pay(claim, 40, "银-2", held=2)
    project = book.projects["文化广场"]
    assert (book.sum("spent"), book.balance("account", project)) == (38 * WAN, 460 * WAN)
    assert book.balance("retention", book.contract) == 2 * WAN
    claim.refresh_from_db()
    assert claim.state == "posted"
    back = book.claim(2, "发票 0003", type="retention", stage="settled")
    book.pay(back, 2, "银-3")
    assert (book.sum("spent"), book.balance("retention", book.contract)) == (40 * WAN, 0)
    assert verify().problems == ()


def test_nothing_is_ordered_with_one_signature(book, divided):
    claim = book.claim(40, "发票 0004")
    countersign(claim, "front_line", programme=book.programme, person=CADRE)
    approve_claim(claim, 40 * WAN, programme=book.programme, person=DESK)
    with pytest.raises(Refused) as refused:
        order_payment(claim, book.fund, programme=book.programme, person=DESK)
    assert codes(refused) == ["payments.2"]
    assert refused.value.problems[0].found == "缺县级分管领导会签"


def test_one_person_does_not_sign_twice_nor_the_own_claim(book, divided):
    claim = book.claim(40, "发票 0005")
    both = replace(COUNTY_LEADER, posts=(*COUNTY_LEADER.posts, *CADRE.posts))
    countersign(claim, "county_leader", programme=book.programme, person=both)
    with pytest.raises(Refused) as refused:
        countersign(claim, "front_line", programme=book.programme, person=both)
    assert codes(refused) == ["payments.3"]
    filer = replace(CLERK, posts=CADRE.posts)
    with pytest.raises(Refused) as refused:
        countersign(claim, "front_line", programme=book.programme, person=filer)
    assert refused.value.problems[0].found == "tongren 是申请人"


def test_a_leader_of_another_county_does_not_sign(book, divided):
    elsewhere = replace(COUNTY_LEADER, posts=(replace(COUNTY_LEADER.posts[0], area="632322"),))
    with pytest.raises(Forbidden):
        countersign(book.claim(40, "发票 0006"), "county_leader", programme=book.programme, person=elsewhere)


def test_two_equal_instalments_on_one_day_are_two_payments(book, divided):
    for number in (7, 8):
        book.pay(book.claim(20, f"发票 000{number}"), 20, f"银-{number}")
    assert (book.sum("spent"), Claim.objects.count(), Invoice.objects.count()) == (40 * WAN, 2, 2)


def test_an_invoice_is_used_once_however_it_is_written(book, divided):
    book.claim(20, "ＦＰ 0009")
    with pytest.raises(Refused) as refused:
        book.claim(20, "fp0009")
    assert len(codes(refused)) == 1
    assert "0009" in refused.value.problems[0].found


def test_the_payee_is_the_party_of_the_contract(book, divided):
    with pytest.raises(Refused) as refused:
        book.claim(20, "发票 0010", payee=book.hn)
    assert any("合同" in p.sentence.zh for p in refused.value.problems)


def test_a_refused_claim_can_be_filed_again_with_the_reason_known(book, divided):
    claim = book.claim(100, "发票 0011")
    refuse_claim(claim, programme=book.programme, person=DESK, reason="缺监理意见")
    with pytest.raises(Refused) as refused:
        approve_claim(claim, WAN, programme=book.programme, person=DESK)
    assert codes(refused) == ["payments.1"]
    assert book.claim(100, "发票 0012").number == 2


@pytest.mark.parametrize("paid", [False, True], ids=["pending", "posted"])
def test_a_voided_payment_leads_back_to_the_money_before_it(book, divided, paid):
    claim = book.claim(40, "发票 0013")
    book.order(claim, 40, 2)
    if paid:
        confirm_payment(claim, "银-9", programme=book.programme, person=DESK)
    void_payment(claim, programme=book.programme, person=DESK, reason="账号有误，银行退回")
    project = book.projects["文化广场"]
    assert (book.sum("spent"), book.balance("account", project), book.balance("retention", book.contract)) == (
        0,
        500 * WAN,
        0,
    )
    claim.refresh_from_db()
    assert claim.state == "voided"
    assert verify().problems == ()


def test_a_bank_reference_stands_for_one_payment(book, divided):
    book.pay(book.claim(20, "发票 0014"), 20, "银-10")
    second = book.claim(20, "发票 0015")
    book.order(second, 20)
    with pytest.raises(Refused) as refused:
        confirm_payment(second, "银—10".replace("—", "-"), programme=book.programme, person=DESK)
    assert codes(refused) == ["payments.4"]


def test_the_same_request_twice_posts_once(book, divided):
    asked = "claim 20 发票 0016"
    for again in (False, True):
        numbers, before = once(CLERK, "k-1", asked, lambda: [book.claim(20, "发票 0016").pk])
        assert before is again
    assert Claim.objects.filter(pk__in=numbers).count() == 1
    with pytest.raises(AskedOtherwise):
        once(CLERK, "k-1", "claim 30", lambda: [book.claim(30, "发票 0017").pk])
    _, before = once(DESK, "k-1", "claim 30", lambda: [book.claim(30, "发票 0017").pk])
    assert not before  # keys belong to accounts


# ---- reserve, return, surrender, reversal ------------------------------------------------------------------------------


def test_the_reserve_is_released_only_by_a_document_number(book):
    reserve(30 * WAN, book.fund, programme=book.programme, day=DAY, person=DESK, reason="百分之三")
    assert (book.balance("reserve"), book.balance("pool")) == (30 * WAN, 970 * WAN)
    with pytest.raises(Refused) as refused:
        release_reserve(WAN, book.fund, " ", programme=book.programme, day=DAY, person=LEADER, reason="救灾")
    assert codes(refused) == ["funds.9"]
    release_reserve(
        10 * WAN, book.fund, "津援〔2012〕5号", programme=book.programme, day=DAY, person=LEADER, reason="救灾"
    )
    assert (book.balance("reserve"), book.balance("pool"), book.sum("reserved")) == (20 * WAN, 980 * WAN, 20 * WAN)


def test_returned_money_is_taken_off_what_was_paid_and_received(book):
    paid = book.disburse(100, "拨-7")
    book.receive(100, "回-5", (paid, 100 * WAN))
    entry = Entry.objects.get(pk=paid)
    return_funds(entry, 40 * WAN, programme=book.programme, day=DAY, person=DESK, reason="项目取消")
    assert (book.sum("disbursed"), book.sum("received"), book.balance("pool")) == (60 * WAN, 60 * WAN, 940 * WAN)
    with pytest.raises(Refused) as refused:
        return_funds(entry, 61 * WAN, programme=book.programme, day=DAY, person=DESK, reason="再退")
    assert codes(refused) == ["ledger.1"]


def test_an_entry_is_reversed_once_and_not_after_its_money_moved_on(book):
    entry = Entry.objects.get(pk=book.disburse(100, "拨-8"))
    told = {"programme": book.programme, "day": DAY, "person": DESK}
    back = reverse_entry(entry, reason="收款单位有误", **told)
    assert (book.sum("disbursed"), book.balance("pool")) == (0, 1000 * WAN)
    with pytest.raises(Refused) as refused:
        reverse_entry(entry, reason="再冲", **told)
    assert codes(refused) == ["funds.10"]
    book.disburse(1, "拨-8")  # a voucher whose payment was taken back is free again
    again = reverse_entry(Entry.objects.get(pk=back), reason="原来没有错", **told)
    assert book.sum("disbursed") == 101 * WAN
    book.receive(101, "回-6", (again, 100 * WAN))
    with pytest.raises(Refused) as refused:
        reverse_entry(Entry.objects.get(pk=again), reason="又错了", **told)
    assert refused.value.problems[0].found == "在途（到账待确认），青海省黄南藏族自治州现有 1万元，要用 100万元"


def test_what_is_left_is_surrendered_and_leaves_the_book(book, divided):
    project = book.projects["卫生院"]
    told = {"programme": book.programme, "day": date(2012, 12, 5), "person": DESK, "reason": "决算结余"}
    surrender(300 * WAN, book.fund, project=project, **told)
    assert (book.balance("account", project), book.sum("surrendered")) == (0, 300 * WAN)
    with pytest.raises(Refused):
        surrender(1, book.fund, project=project, **told)


# ---- amounts and days that are none ------------------------------------------------------------------------------------

TOMORROW = date(2999, 1, 1)


def acts_of_an_amount(book):
    """Every act that moves a number of fen on a day and has no rule of its own for it, by name."""
    paid = Entry.objects.get(pk=book.disburse(100, "拨-9"))
    book.receive(100, "回-7", (paid.pk, 100 * WAN))
    reserve(10 * WAN, book.fund, programme=book.programme, day=DAY, person=DESK, reason="预留")
    told = {"programme": book.programme, "reason": "试"}
    return {
        "reserve": lambda fen, day: reserve(fen, book.fund, day=day, person=DESK, **told),
        "release": lambda fen, day: release_reserve(fen, book.fund, "津援〔2012〕6号", day=day, person=LEADER, **told),
        "return": lambda fen, day: return_funds(paid, fen, day=day, person=DESK, **told),
        "surrender": lambda fen, day: surrender(fen, book.fund, receiver=book.hn, day=day, person=DESK, **told),
    }


@pytest.mark.parametrize("act", ["reserve", "release", "return", "surrender"])
@pytest.mark.parametrize(
    ("fen", "day", "code"),
    [(0, DAY, "ledger.2"), (-1, DAY, "ledger.2"), (1, TOMORROW, "ledger.3")],
    ids=["nothing", "below", "coming"],
)
def test_nothing_less_and_nothing_to_come_is_entered(book, act, fen, day, code):
    acts, before = acts_of_an_amount(book), Entry.objects.count()
    with pytest.raises(Refused) as refused:
        acts[act](fen, day)
    assert set(codes(refused)) == {code}
    assert Entry.objects.count() == before
    acts[act](1, DAY)  # one fen, on a day that was, is entered


def test_both_are_told_at_once(book):
    with pytest.raises(Refused) as refused:
        reserve(0, book.fund, programme=book.programme, day=TOMORROW, person=DESK, reason="预留")
    assert codes(refused) == ["ledger.2", "ledger.3"]
    assert [p.found for p in refused.value.problems] == ["0万元", "2999-01-01"]


def test_an_entry_is_not_reversed_on_a_day_to_come(book):
    entry = Entry.objects.get(pk=book.disburse(100, "拨-10"))
    with pytest.raises(Refused) as refused:
        reverse_entry(entry, programme=book.programme, day=TOMORROW, person=DESK, reason="收款单位有误")
    assert codes(refused) == ["ledger.3"]


def test_nothing_is_secured_issued_signed_or_claimed_on_a_day_to_come(book, divided, monkeypatch):
    secured = Secured(amount=yuan(1), source="city", fund=book.fund, voucher="津财〔2999〕1号", when=on(TOMORROW))
    contract = contracts.Contract(
        number="HT-2999", project=book.projects["卫生院"], payee=book.builder, type="goods", method="direct", price=1,
        when=on(TOMORROW),
    )  # fmt: skip
    monkeypatch.setattr("money.DAY", TOMORROW)
    told = {"programme": book.programme, "person": DESK}
    for act in (
        lambda: record_secured(secured, reason="预算下达", **told),
        lambda: book.divide("财农〔2999〕1号", 引水工程=1),
        lambda: sign_contract(contract, **told),
        lambda: book.claim(1, "发票 2999"),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert "ledger.3" in codes(refused)
        assert {p.found for p in refused.value.problems if p.code == "ledger.3"} == {"2999-01-01"}


def test_a_payment_is_neither_ordered_nor_confirmed_on_a_day_to_come(book, divided):
    claim = book.claim(20, "发票 0018")
    book.sign(claim)
    approve_claim(claim, 20 * WAN, programme=book.programme, person=DESK)
    with pytest.raises(Refused) as refused:
        order_payment(claim, book.fund, programme=book.programme, person=DESK, day=TOMORROW)
    assert codes(refused) == ["ledger.3"]
    order_payment(claim, book.fund, programme=book.programme, person=DESK, day=DAY)
    with pytest.raises(Refused) as refused:
        confirm_payment(claim, "银-11", programme=book.programme, person=DESK, day=TOMORROW)
    assert codes(refused) == ["ledger.3"]
    claim.refresh_from_db()
    assert claim.state == "pending"
