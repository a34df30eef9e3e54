"""Payments through the interface: checked, recorded in one line, drawn on a fund and on what a notice issued."""

from datetime import date

import pytest
from books import pay
from money import DAY, DESK, WAN, county
from programs import GOOD, check, record, why

from duikou.acts.journal import head, header_of
from duikou.acts.notices import issue_notice
from duikou.records.models import Entry, JournalLine, Programme
from duikou.rules import notices
from duikou.rules.period import on

pytestmark = pytest.mark.usefixtures("unhurried")


# ---- what it records -----------------------------------------------------------------------------------------------


def test_a_check_tells_the_case_and_the_sums_and_writes_nothing(program):
    before = head().number
    said = check(program, paid_on="2011-08-01").json()
    assert said["case"]["code"] == "fills"
    assert (said["now"]["listed"], said["then"]["listed"]) == (0, 200000000)
    assert said["allowed"]
    assert [p["rule"] for p in said["problems"]] == ["funds.3"]  # history never stops
    later = check(program).json()
    assert (later["case"]["zh"], later["then"]["disbursed"]) == ("加在来源总数之后", 1200000000)
    assert later["line"] == before == head().number


def test_a_check_says_every_problem_with_its_rule_in_both_languages(program):
    pay(Programme.objects.get(code="tj-hn"), 1000, date(2012, 3, 5), "津财拨7号")
    said = check(program, amount_fen=300000000000).json()
    assert not said["allowed"]
    problems = {p["rule"]: p for p in said["problems"]}
    assert problems["funds.7"]["found"] == "凭证 津财拨7号 已记过"
    assert problems["funds.2"]["field"] == "amount"
    assert problems["funds.2"]["sentence"] == {
        "zh": "拨付不得超过已落实而尚未拨付的资金。",
        "en": "No more is disbursed than is secured and not yet disbursed.",
    }


def test_payments_are_recorded_in_one_line_under_the_key(program):
    answer = record(program, GOOD, GOOD | {"voucher": "津财拨8号", "amount_fen": 100})
    assert answer.status_code == 201
    said = answer.json()
    assert [Entry.objects.get(pk=n).amount for n in said["records"]] == [200000000, 100]
    assert (said["line"], said["head"]) == (head().number, head().full)
    assert header_of(JournalLine.objects.get(number=said["line"]))["person"] == "key:a-key"


def test_one_wrong_payment_keeps_the_whole_list_out_and_all_problems_are_told(program):
    before = head().number
    said = why(record(program, GOOD, GOOD, GOOD | {"voucher": "津财拨9号", "paid_on": "2999-01-01", "amount_fen": 0}))
    assert {(p["place"], p["rule"]) for p in said["problems"] if p["weight"] == "stops"} == {
        ("第 2 笔", "funds.7"), ("第 3 笔", "funds.1"), ("第 3 笔", "funds.6"),
    }  # fmt: skip
    assert said["status"] == 422
    assert head().number == before


def test_who_is_paid_and_for_what_must_be_of_the_programme(program):
    said = why(record(program, GOOD | {"receiver": "nobody"[:6]}, GOOD | {"project": 1}))
    assert [(p["place"], p["field"], p["found"]) for p in said["problems"]] == [
        ("第 1 笔", "receiver", "nobody"), ("第 2 笔", "project", "1"),
    ]  # fmt: skip


def test_a_check_that_is_out_of_date_records_nothing(program):
    line = check(program).json()["line"]
    pay(Programme.objects.get(code="tj-hn"), 1000, date(2012, 3, 5), "V-1")
    said = why(record(program, line=line))
    assert said["status"] == 409
    assert f"核对时账本在第 {line} 行，现在到第 {line + 1} 行" in said["detail"]
    assert not Entry.objects.filter(voucher="津财拨7号").exists()


def test_the_same_request_sent_again_is_recorded_once(program):
    line = head().number
    assert [record(program, line=line).status_code for _ in range(2)] == [201, 409]
    assert Entry.objects.filter(voucher="津财拨7号").count() == 1


def test_what_cannot_be_seen_in_a_text_is_not_recorded(program):
    record(program, GOOD | {"voucher": " 津财\u200b拨\n7号\x00 "})
    assert Entry.objects.filter(voucher="津财拨 7号").exists()


# ---- of a fund, under a notice --------------------------------------------------------------------------------------


def test_a_payment_under_a_notice_draws_on_what_it_issued(programme, program):
    book = county(programme)
    project = book.projects["引水工程"]
    line = notices.Line(amount=90 * WAN, project=project, fund=book.fund)
    fact = notices.Notice(number="津财〔2012〕8号", type="issue", side="supporting", when=on(DAY), lines=(line,))
    notice = issue_notice(fact, programme=programme, person=DESK)
    told = {"fund": book.fund, "notice": notice, "project": project, "amount_fen": 60 * WAN}
    said = check(program, **told).json()
    assert said["allowed"]
    assert (said["draws_on"]["position"]["code"], said["draws_on"]["owner"]) == ("allotment", "引水工程")
    assert (said["draws_on"]["now"], said["draws_on"]["then"]) == (90 * WAN, 30 * WAN)
    assert (said["then"]["disbursed"], said["then"]["pool"]) == (60 * WAN, 910 * WAN)  # of this fund
    # the pool of 910 万元 is not drawn on by what the notice issued: both payments of the list are there
    free = GOOD | {"fund": book.fund, "amount_fen": 910 * WAN, "voucher": "津财拨8号"}
    assert record(program, GOOD | told, free).status_code == 201
    assert (book.balance("allotment", project), book.balance("pool")) == (30 * WAN, 0)
    more = check(program, **told | {"voucher": "津财拨9号"}).json()
    assert (more["allowed"], [p["rule"] for p in more["problems"]]) == (False, ["ledger.1"])


def test_fund_and_notice_must_be_of_the_programme_and_of_each_other(programme, program):
    book = county(programme)
    wrong = [{"fund": 1}, {"notice": 1}, {"notice": book.fund}]
    said = why(record(program, *(GOOD | one for one in wrong)))
    assert [(p["place"], p["field"], p["found"]) for p in said["problems"]] == [
        ("第 1 笔", "fund", "1"), ("第 2 笔", "notice", "1"), ("第 3 笔", "notice", str(book.fund)),
    ]  # fmt: skip
    line = notices.Line(amount=90 * WAN, project=book.projects["引水工程"], fund=book.fund)
    fact = notices.Notice(number="津财〔2012〕8号", type="issue", side="supporting", when=on(DAY), lines=(line,))
    notice = issue_notice(fact, programme=programme, person=DESK)
    (problem,) = why(check(program, notice=notice))["problems"]
    assert (problem["field"], problem["found"]) == ("fund", "这份指标文件下达的是“2012年市级资金”")
