"""Acts that a programme does only upon a decision: refused where the rule stops, asked about where it asks."""

from datetime import date

import pytest
from books import LEADER
from life import OFFICER, propose
from money import DESK, WAN

from duikou.acts.accepting import record_fact
from duikou.acts.budgets import plan_project
from duikou.acts.checking import run_checks
from duikou.acts.decided import decided
from duikou.acts.funds import preview, record_disbursements
from duikou.acts.governance import answer_assignment
from duikou.acts.notices import issue_notice
from duikou.acts.packs import adopt_pack
from duikou.acts.stages import advance_project, schedule_project
from duikou.records.models import Assignment as AssignmentRow
from duikou.records.models import Finding, Link, Milestone, PlanLine, Programme, Record
from duikou.rules import notices, stages
from duikou.rules.book import Shipped
from duikou.rules.budgets import PlanLine as LineFact
from duikou.rules.decisions import ACTS
from duikou.rules.funds import Disbursement
from duikou.rules.governance import Assignment, Commitment, CommitmentReply, Decision
from duikou.rules.packs import Choice
from duikou.rules.period import on, parse
from duikou.rules.problem import Refused
from duikou.rules.quantity import yuan

DAY = date(2012, 4, 2)


@pytest.fixture
def choose(book, monkeypatch):
    """Let the programme list all acts, as heavily as told."""

    def chosen(weight):
        choice = Choice("decisions.1", weight, dict.fromkeys(ACTS, 1), "联席会议定")
        shipped = {"own": Shipped("own", "本项目方案", "联席会议定", (choice,))}
        monkeypatch.setattr("duikou.acts.packs.packs", lambda: shipped)
        adopt_pack(book.programme, "own", date(2012, 1, 1), person=LEADER, reason="联席会议定")

    return chosen


def decide(book, *about, number="津援纪〔2012〕3号"):
    """A decision of April about some records."""
    fact = Decision(
        number=number,
        type="meeting",
        matter="2012年援助资金安排",
        when=on(DAY),
        links=tuple(("decides", n) for n in about),
    )
    return record_fact(fact, programme=book.programme, person=DESK)


def line(book, name="卫生院", **more):
    """A line of 2012 in no plan of the book."""
    return LineFact(
        project=book.projects[name], scope="in_plan", aid=110 * WAN, total=110 * WAN, approval="发改〔2012〕2号",
        when=parse("2012"), **more,
    )  # fmt: skip


def notice(book, **more):
    """A notice of 10万元 for the clinic."""
    lines = (book.line("卫生院", 10),)
    return notices.Notice(number="津财〔2012〕9号", type="issue", side="supporting", when=on(DAY), lines=lines, **more)


def questions():
    return [row.found for row in Finding.objects.filter(rule="decisions.1")]


def test_a_rule_that_stops_refuses_a_plan_line_without_its_decision(book, choose):
    choose("stops")
    before = PlanLine.objects.count()
    with pytest.raises(Refused, match=r"没有依据的决定.*登记决定后再办"):
        plan_project(line(book), programme=book.programme, person=DESK)
    assert PlanLine.objects.count() == before


def test_a_line_that_rests_on_a_decision_enters_and_keeps_the_link(book, choose):
    choose("stops")
    decision = decide(book)
    number = plan_project(line(book, links=(("rests_on", decision),)), programme=book.programme, person=DESK)
    assert list(Link.objects.filter(record=number).values_list("role", "to_id")) == [("rests_on", decision)]
    assert decided(book.programme)[book.projects["卫生院"]] == {decision}


def test_what_a_decision_decides_about_needs_no_link_of_its_own(book, choose):
    choose("stops")
    decide(book, book.projects["卫生院"])
    plan_project(line(book), programme=book.programme, person=DESK)
    issue_notice(notice(book), programme=book.programme, person=DESK)
    with pytest.raises(Refused, match="没有依据的决定"):
        plan_project(line(book, "引水工程"), programme=book.programme, person=DESK)


def test_a_decided_fund_covers_the_payments_out_of_it(book, choose):
    choose("stops")
    with pytest.raises(Refused, match="没有依据的决定"):
        book.disburse(10, "拨-1")
    decide(book, book.fund)
    assert book.disburse(10, "拨-1")


def test_what_will_be_refused_is_said_before_a_payment_is_sent(book, choose):
    choose("stops")
    fact = Disbursement(amount=yuan(100_000), paid_on=DAY, voucher="拨-1", fund=book.fund, receiver=book.hn)
    assert "decisions.1" in [problem.code for problem in preview(fact, programme=book.programme)[2]]


def test_a_rule_that_asks_lets_it_pass_and_leaves_a_question(book, choose):
    choose("asks")
    number = issue_notice(notice(book), programme=book.programme, person=DESK)
    assert questions() == ["没有依据的决定，所属的项目、规划、资金也没有"]
    assert Link.objects.filter(record__as_finding__rule="decisions.1", role="about").get().to_id == number


def test_a_decision_of_another_programme_decides_nothing_here(book, choose):
    choose("stops")
    other = Programme.objects.create(
        record=Record.objects.create(number=9_000_001, kind="programme"),
        code="b-h", title="另一个", scheme="aid_xinjiang", opened=date(2011, 1, 1),
    )  # fmt: skip
    fact = Decision(number="京〔2012〕1号", type="meeting", matter="别处的事", when=on(DAY))
    foreign = record_fact(fact, programme=other, person=DESK)
    with pytest.raises(Refused, match="没有依据的决定"):
        plan_project(line(book, links=(("rests_on", foreign),)), programme=book.programme, person=DESK)


def test_before_the_book_was_opened_a_missing_decision_is_only_asked_about(book, choose, monkeypatch):
    choose("stops")
    adopt_pack(book.programme, "own", date(2000, 1, 1), person=LEADER, reason="联席会议定")
    fact = Disbursement(amount=yuan(100_000), paid_on=date(2011, 8, 28), voucher="旧-1", receiver=book.hn)
    record_disbursements([fact], programme=book.programme, person=DESK)
    assert questions() == ["没有依据的决定，所属的项目、规划、资金也没有"]


def test_a_programme_that_has_chosen_nothing_is_asked_nothing(book):
    issue_notice(notice(book), programme=book.programme, person=DESK)
    plan_project(line(book), programme=book.programme, person=DESK)
    assert questions() == []


def test_admission_takes_a_decision(book, choose):
    choose("stops")
    works, other = propose(book), propose(book, "卫生院二期")
    decide(book, works.project)
    works.reach("in_library")
    assert Milestone.objects.filter(project=works.project, stage="in_library").exists()
    with pytest.raises(Refused, match="没有依据的决定"):
        other.reach("in_library")


def test_a_stage_that_was_scheduled_keeps_the_decision_it_was_entered_upon(book, choose):
    works = propose(book)
    works.reach("reviewed")
    for gate in works.life().lacks("in_library"):
        works.supply(gate.requisite)
    choose("stops")
    decision = decide(book)
    told = {"programme": book.programme, "person": OFFICER}
    due = schedule_project(stages.Schedule(project=works.project, stage="in_library", due=date(2012, 6, 1)), **told)
    fact = stages.Milestone(
        project=works.project, stage="in_library", when=on(works.next_day()), links=(("rests_on", decision),)
    )
    assert advance_project(fact, **told) == due
    assert list(Link.objects.filter(record=due).values_list("role", "to_id")) == [("rests_on", decision)]


# ---- what was promised and handed on, asked about ------------------------------------------------------------------------


def asked(book, day, rule):
    run_checks(book.programme, person=DESK, day=day)
    rows = Finding.objects.filter(rule=rule).exclude(state="settled").order_by("pk")
    return [(row.found, row.owner_id, row.last) for row in rows]


def test_an_assignment_past_its_day_is_asked_about_until_it_is_answered(book):
    fact = Assignment(content="核实到账差额", office=book.hn, when=on(DAY), due=date(2012, 5, 2))
    number = record_fact(fact, programme=book.programme, person=DESK)
    office = book.programme.office_id
    assert asked(book, date(2012, 5, 2), "promises.2") == []
    assert asked(book, date(2012, 5, 12), "promises.2") == [("应于 2012-05-02 前答复，已逾期 10 天", office, None)]
    row = AssignmentRow.objects.get(pk=number)
    answer_assignment(row, "差额已核清", date(2012, 5, 13), programme=book.programme, person=DESK)
    assert asked(book, date(2012, 5, 14), "promises.2") == [
        ("应于 2012-05-02 前答复，已逾期 10 天", office, date(2012, 5, 14))
    ]  # it holds no longer from the 14th


def test_a_promise_without_a_reply_is_asked_about_after_a_year_and_again_a_year_after_the_reply(book):
    promise = record_fact(Commitment(text="五年内建成州民族医院", when=on(DAY)), programme=book.programme, person=DESK)

    def open_on(day):
        asked(book, day, "promises.1")
        rows = Finding.objects.filter(rule="promises.1", record__links__to=promise, last=None).exclude(state="settled")
        return [row.found for row in rows]

    assert open_on(date(2013, 4, 2)) == []
    assert open_on(date(2013, 4, 3)) == ["2012-04-02 承诺，没有答复过"]
    reply = CommitmentReply(commitment=promise, kept="under_way", text="主体已封顶", when=on(date(2013, 4, 4)))
    record_fact(reply, programme=book.programme, person=DESK)
    assert open_on(date(2014, 4, 4)) == []
    assert open_on(date(2014, 4, 5)) == ["上次答复 2013-04-04"]


def test_a_promise_that_bears_no_day_is_counted_from_the_day_of_its_paper(book):
    # the report is of 29 August 2011; its promises say no day
    assert asked(book, date(2012, 8, 29), "promises.1") == []
    found = asked(book, date(2012, 8, 30), "promises.1")
    assert found
    assert {said for said, _, _ in found} == {"2011-08-29 承诺，没有答复过"}
