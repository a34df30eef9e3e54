"""The interface for money on its way: from the notice to the payee by programs, once for a key, each by its own right."""

import json

import pytest
from django.test import Client
from money import DAY, DESK, WAN
from programs import key, with_key

from duikou.acts.funds import open_fund
from duikou.acts.journal import head
from duikou.records.models import Claim, Contract, Entry, Notice, Programme, Receipt
from duikou.rules import notices

pytestmark = pytest.mark.usefixtures("unhurried")
DAY_SAID = DAY.isoformat()
HERE = "/api/programmes/tj-hn/"


def program(account):
    """A program with a key of the office and role of a demonstration account."""
    return with_key(key(account, f"k-{account}"))


def ask(client, where, key="", **body):
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(HERE + where, json.dumps(body), content_type="application/json", headers=headers)


def done(client, where, **body):
    """The numbers of what was done and written in a line of its own."""
    answer = ask(client, where, **body)
    assert answer.status_code == 201, answer.content.decode()
    said = answer.json()
    assert (said["line"], said["again"]) == (head().number, False)
    return said["records"]


def why(answer, status=422):
    assert answer.status_code == status, answer.content.decode()
    assert answer["Content-Type"] == "application/problem+json"
    return answer.json()


def rules_of(answer):
    return [p["rule"] for p in why(answer)["problems"] if p["weight"] == "stops"]


def notice_of(book, number="津财〔2012〕8号", **more):
    line = {"amount_fen": 90 * WAN, "project": book.projects["引水工程"], "fund": book.fund}
    return {"number": number, "type": "issue", "side": "supporting", "day": DAY_SAID, "lines": [line]} | more


def claim_of(book, number="发票 1", **more):
    return {
        "contract": book.contract, "type": "progress", "stage": "started", "amount_fen": 40 * WAN, "day": DAY_SAID,
        "progress": 300, "papers": ["itemised_bill", "department_seal", "supervisor_opinion"],
        "invoices": [{"number": number, "amount_fen": 40 * WAN}],
    } | more  # fmt: skip


def with_money(book):
    """500 万元 have come to the county and were given to 文化广场."""
    paid = book.disburse(500, "拨-1")
    book.receive(500, "回-1", (paid, 500 * WAN))
    book.divide("财农〔2012〕10号", 文化广场=500)


# ---- the whole way -----------------------------------------------------------------------------------------------------


def test_a_claim_goes_by_programs_from_the_county_to_the_bank(book):
    with_money(book)
    county_clerk, leader, cadre, desk = (program(a) for a in ("tongren", "xianling", "qianfang", "caiwu"))
    (claim,) = done(county_clerk, "claims", **claim_of(book))
    steps = f"claims/{claim}/steps"
    assert done(leader, steps, step="countersign", signer="county_leader") == [claim]
    assert done(cadre, steps, step="countersign", signer="front_line") == [claim]
    assert done(desk, steps, step="approve", approved_fen=40 * WAN, retained_fen=2 * WAN) == [claim]
    ordered = done(desk, steps, step="order", fund=book.fund, day=DAY_SAID)
    assert (ordered[0], [Entry.objects.get(pk=n).state for n in ordered[1:]]) == (claim, ["ordered", "withheld"])
    _, spent = done(desk, steps, step="confirm", voucher="银-1", day=DAY_SAID)
    assert (Entry.objects.get(pk=spent).amount, book.sum("spent")) == (38 * WAN, 38 * WAN)
    (said,) = desk.get(HERE + "claims").json()
    assert (said["record"], said["state"]["code"], said["approved_fen"], said["retained_fen"]) == (
        claim, "posted", 40 * WAN, 2 * WAN,
    )  # fmt: skip
    assert [one["code"] for one in said["signed"]] == ["county_leader", "front_line"]
    assert said["invoices"] == ["发票 1"]
    assert (
        len(done(desk, steps, step="void", reason="账号有误，银行退回", day=DAY_SAID)) == 4
    )  # claim and three entries back
    assert Claim.objects.get(pk=claim).state == "voided"


def test_a_notice_issues_and_a_later_one_takes_back(book):
    desk, project = program("caiwu"), book.projects["引水工程"]
    (issued,) = done(desk, "notices", **notice_of(book))
    assert book.balance("allotment", project) == 90 * WAN
    back = [notice_of(book)["lines"][0] | {"back": True, "amount_fen": 30 * WAN}]
    (recall,) = done(desk, "notices", **notice_of(book, "津财〔2012〕9号", type="recall", of=issued, lines=back))
    first, second = desk.get(HERE + "notices").json()
    assert (first["record"], first["number"], second["of"]) == (issued, "津财〔2012〕8号", issued)
    assert [(x["amount_fen"], x["back"], x["project"], x["fund"]) for x in second["lines"]] == [
        (30 * WAN, True, project, book.fund)
    ]
    assert (second["record"], book.balance("allotment", project)) == (recall, 60 * WAN)


def test_a_receipt_is_recorded_and_matched_with_payments(book):
    desk, paid = program("caiwu"), book.disburse(100, "拨-2")
    (receipt,) = done(
        desk, "receipts", amount_fen=100 * WAN, day=DAY_SAID, receiver="hn", reference="回-2",
        matches=[{"entry": paid, "amount_fen": 60 * WAN}],
    )  # fmt: skip
    assert (book.balance("transit", book.hn), book.balance("account", book.hn)) == (40 * WAN, 60 * WAN)
    entries = done(desk, f"receipts/{receipt}/matches", matches=[{"entry": paid, "amount_fen": 40 * WAN}])
    assert Entry.objects.get(pk=entries[0]).state == "received"
    assert book.balance("transit", book.hn) == 0
    over = ask(desk, f"receipts/{receipt}/matches", matches=[{"entry": paid, "amount_fen": 1}])
    assert rules_of(over) == ["receipts.4"]


def test_a_contract_and_its_supplement_are_told_again(book):
    desk, builder = program("caiwu"), Contract.objects.get(pk=book.contract).payee.code
    signed = {
        "number": "HT-2012-2", "project": book.projects["文化广场"], "payee": builder, "type": "works",
        "method": "tender", "tender": "招〔2012〕2号", "price_fen": 10 * WAN, "retention": 50, "day": DAY_SAID,
        "amends": book.contract,
    }  # fmt: skip
    (number,) = done(desk, "contracts", **signed)
    first, second = desk.get(HERE + "contracts").json()
    assert (first["record"], second["record"], second["amends"]) == (book.contract, number, book.contract)
    assert (second["price_fen"], second["payee"], second["method"]["code"]) == (10 * WAN, builder, "tender")
    other = signed | {"number": "HT-2012-3", "project": book.projects["卫生院"]}
    (problem,) = why(ask(desk, "contracts", **other))["problems"]
    assert (problem["field"], problem["expected"]) == ("amends", "同一项目、同一对方的合同")


# ---- once ----------------------------------------------------------------------------------------------------------------


def test_the_same_key_and_body_is_done_once_and_answered_with_the_same_numbers(book):
    desk = program("caiwu")
    first = ask(desk, "notices", "n-1", **notice_of(book))
    again = ask(desk, "notices", "n-1", **notice_of(book))
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json() | {"again": True}
    assert Notice.objects.filter(number="津财〔2012〕8号").count() == 1


def test_a_key_that_asked_for_something_else_is_refused_in_words(book):
    desk = program("caiwu")
    ask(desk, "notices", "n-1", **notice_of(book))
    before = head().number
    said = why(ask(desk, "notices", "n-1", **notice_of(book, "津财〔2012〕9号")))
    assert "请求号 n-1 已用于另一件事" in said["detail"]
    claim = claim_of(book)
    assert why(ask(desk, "claims", "n-1", **claim))["detail"] == said["detail"]  # another address is another thing
    assert head().number == before


def test_what_was_refused_may_be_mended_and_sent_with_the_same_key(book):
    desk = program("caiwu")
    assert rules_of(ask(desk, "notices", "n-2", **notice_of(book, lines=[]))) == ["notices.2"]
    assert ask(desk, "notices", "n-2", **notice_of(book)).status_code == 201


def test_a_step_sent_again_with_its_key_is_not_taken_twice_and_without_one_is_refused(book):
    with_money(book)
    desk, cadre = program("caiwu"), program("qianfang")
    (claim,) = done(desk, "claims", **claim_of(book))
    sign = {"step": "countersign", "signer": "front_line"}
    assert [ask(cadre, f"claims/{claim}/steps", "s-1", **sign).status_code for _ in range(2)] == [201, 200]
    assert rules_of(ask(cadre, f"claims/{claim}/steps", **sign)) == ["payments.3"]


def test_keys_belong_to_who_sends_them(book):
    assert ask(program("caiwu"), "notices", "n-3", **notice_of(book)).status_code == 201
    assert ask(program("yewu"), "notices", "n-3", **notice_of(book, "津财〔2012〕9号")).status_code == 201


# ---- who and what --------------------------------------------------------------------------------------------------------


def test_each_step_asks_the_right_of_its_act(book):
    with_money(book)
    desk, clerk = program("caiwu"), program("tongren")
    (claim,) = done(clerk, "claims", **claim_of(book))
    steps = f"claims/{claim}/steps"
    assert "前方会签由前方干部办理" in why(ask(desk, steps, step="countersign", signer="front_line"), 403)["detail"]
    assert "核定付款由业务员、财务办理" in why(ask(clerk, steps, step="approve"), 403)["detail"]
    assert why(ask(Client(), steps, step="approve"), 401)
    Programme.objects.update(published=None)
    assert why(ask(Client(), steps, step="approve"), 404)
    assert Claim.objects.get(pk=claim).state == "submitted"


def test_a_step_out_of_order_or_without_its_words_is_refused(book):
    desk = program("caiwu")
    (claim,) = done(desk, "claims", **claim_of(book))
    steps = f"claims/{claim}/steps"
    assert rules_of(ask(desk, steps, step="confirm", voucher="银-2")) == ["payments.1"]
    assert rules_of(ask(desk, steps, step="refuse")) == ["payments.5"]
    (problem,) = why(ask(desk, steps, step="countersign"))["problems"]
    assert (problem["field"], problem["expected"]) == ("signer", "county_leader、front_line")
    (problem,) = why(ask(desk, steps, step="pay"))["problems"]
    assert problem["expected"] == "只能是 countersign、approve、refuse、order、confirm、void"


def test_a_county_sees_and_claims_its_own_only(book):
    Programme.objects.update(published=None)
    clerk = program("tongren")
    assert [c["record"] for c in clerk.get(HERE + "contracts").json()] == [book.contract]
    (claim,) = done(clerk, "claims", **claim_of(book))
    contract = Contract.objects.get(pk=book.contract)
    type(contract.project).objects.filter(pk=contract.project_id).update(region="632322")
    assert clerk.get(HERE + "contracts").json() == clerk.get(HERE + "claims").json() == []
    (problem,) = why(ask(clerk, "claims", **claim_of(book, "发票 2")))["problems"]
    assert (problem["field"], problem["found"]) == ("contract", str(book.contract))
    assert why(ask(clerk, f"claims/{claim}/steps", step="refuse", reason="试"), 404)


def test_everything_that_is_not_there_is_told_at_once(book):
    desk, elsewhere = program("caiwu"), Programme.objects.get(code="bj-ht")
    theirs = notices.Fund(title="北京2012年资金", source="city", scope="in_plan", year=2012)
    fund = open_fund(theirs, programme=elsewhere, person=DESK)
    line = {"amount_fen": 1, "project": 1, "fund": fund, "receiver": "tj"}
    said = why(ask(desk, "notices", **notice_of(book, of=1, issuer="nobody", lines=[line])))
    assert [(p["place"], p["field"], p["found"]) for p in said["problems"]] == [
        ("第 1 行", "project", "1"), ("第 1 行", "fund", str(fund)), ("第 1 行", "receiver", "tj"), ("", "of", "1"),
        ("", "issuer", "nobody"),
    ]  # fmt: skip
    receipt = {"amount_fen": 1, "day": DAY_SAID, "receiver": "", "reference": "回-9"}
    match = [{"entry": 1, "amount_fen": 1}]
    said = why(ask(desk, "receipts", **receipt, matches=match))
    assert [(p["field"], p["found"]) for p in said["problems"]] == [("receiver", ""), ("entry", "1")]
    assert not Receipt.objects.exists()


@pytest.mark.parametrize(
    ("odd", "expected"),
    [({"amount_fen": "40"}, "写成整数"), ({"amount_fen": 1.5}, "写成整数"), ({"day": "2012年3月5日"}, "写成日期，如 2011-09-05"),
     ({"progress": 1001}, "不大于 1000"), ({"use": "banquet"}, "只能是 project"), ({"extra": 1}, "没有这一项，去掉"),
     ({"invoices": [{"number": "\u200b", "amount_fen": 1}]}, "发票号码，至多 40 字"),
     ({"invoices": [{"number": "1", "amount_fen": 0}]}, "不小于 1"), ({"papers": ["gift"]}, "只能是 itemised_bill")],
)  # fmt: skip
def test_what_cannot_be_read_is_told_with_its_place(book, odd, expected):
    (problem,) = why(ask(program("caiwu"), "claims", **claim_of(book) | odd))["problems"]
    assert problem["expected"].startswith(expected)


@pytest.mark.parametrize(("fen", "day", "rule"), [(0, DAY_SAID, "claims.1"), (1, "2999-01-01", "ledger.3")])
def test_what_the_rules_refuse_is_refused_here_too(book, fen, day, rule):
    assert rule in rules_of(ask(program("caiwu"), "claims", **claim_of(book, amount_fen=fen, day=day)))


def test_a_key_of_a_request_is_at_most_eighty_characters(book):
    (problem,) = why(ask(program("caiwu"), "notices", "n" * 81, **notice_of(book)))["problems"]
    assert (problem["place"], problem["expected"]) == ("请求头", "至多 80 个字")
