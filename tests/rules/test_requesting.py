"""What is owed by when: late by itself, counted, and what no one may answer or be reminded of."""

from datetime import date

import pytest

from duikou.rules import requesting
from duikou.rules.handing import DataRequest, RequestStanding, answer_says_what_it_is
from duikou.rules.requesting import Answering, AnsweringStanding, Owed, Reminding, RemindingStanding, Tally, tally

DUE = date(2012, 7, 5)


@pytest.mark.parametrize(
    ("today", "mark", "days"),
    [(date(2012, 7, 1), "open", -4), (DUE, "open", 0), (date(2012, 7, 6), "over", 1), (date(2012, 7, 7), "over", 2)],
)
def test_a_sheet_is_late_the_day_after_its_due_day_by_itself(today, mark, days):
    assert (Owed("asked", DUE).mark(today), Owed("asked", DUE).days_over(today)) == (mark, days)


def test_a_sheet_that_came_is_as_late_as_on_the_day_it_came():
    # three days after the fifth; what the day is now makes no difference
    assert Owed("data", DUE, date(2012, 7, 8)).days_over(date(2012, 12, 31)) == 3


def test_one_that_said_it_would_be_late_is_still_owed_and_grows_late():
    promised = Owed("late", DUE, date(2012, 7, 4))
    assert promised.owing()
    assert promised.days_over(date(2012, 7, 7)) == 2
    assert promised.mark(date(2012, 7, 7)) == "late"


@pytest.mark.parametrize("answer", ["nothing", "refused", "data"])
def test_what_was_answered_is_owed_no_longer(answer):
    assert not Owed(answer, DUE, DUE).owing()


def test_the_five_answers_are_counted_and_the_missing_by_their_day():
    today = date(2012, 7, 7)
    said = [*(["data"] * 9), "nothing", "late", "asked"]
    owed = [Owed(answer, DUE) for answer in said] + [Owed("asked", date(2012, 7, 10))]
    assert tally(owed, today) == Tally(13, data=9, nothing=1, late=1, refused=0, over=1, open=1)
    assert tally(owed, today).missing == 2


def test_an_officer_may_keep_what_another_office_says_on_the_telephone():
    others = AnsweringStanding("asked", others="同仁县对口办")
    assert requesting.office_answers_itself.ask(Answering("nothing", by_phone=True), others) is None


@pytest.mark.parametrize("answer", ["data", "asked", "", "later"])
def test_no_one_answers_what_only_a_sheet_can_say(answer):
    problem = requesting.sheet_is_the_answer.ask(Answering(answer), AnsweringStanding("asked"))
    assert problem is not None
    assert problem.expected == "本期无数据、迟报、不报"


def test_what_is_answered_is_not_reminded_of():
    problem = requesting.reminded_once_a_day.ask(Reminding("台账"), RemindingStanding(DUE, "nothing"))
    assert problem is not None
    assert problem.found == "台账已答复"


def test_an_answer_with_data_names_its_sheet():
    asked = DataRequest(layout="t6_training", title="台账", office=4, asked_on=DUE, due=DUE, answer="data")
    problem = answer_says_what_it_is.ask(asked, RequestStanding(DUE))
    assert problem is not None
    assert problem.found == "没有来表"
