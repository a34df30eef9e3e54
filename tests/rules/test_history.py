"""History never stops: for days before the book was opened a rule that stops only asks."""

from datetime import date

import pytest

from duikou.rules.donations import Gift
from duikou.rules.fact import Fact
from duikou.rules.funds import Disbursement, StatedDisbursement
from duikou.rules.period import parse
from duikou.rules.problem import Found, Problem, Refused, judge, rule
from duikou.rules.quantity import yuan
from duikou.terms.words import Words

OPENED = date(2011, 8, 30)


@rule("always.1", basis="试验")
def never_holds(fact: Fact, standing: object) -> Found | None:
    """总不成立。
    It never holds."""
    return Found("现状", "应有", "改正")


@rule("always.2", basis="试验", weight="asks")
def always_asks(fact: Fact, standing: object) -> Found | None:
    """总要问一问。
    It always asks."""
    return Found("", "", "问一问")


@rule("always.3", basis="试验", valid_from=date(2012, 1, 1), valid_until=date(2012, 12, 31))
def held_in_2012(fact: Fact, standing: object) -> Found | None:
    """二〇一二年总不成立。
    It never held in 2012."""
    return Found("现状", "应有", "改正")


def weights(fact: Fact, day: date | None = None, opened: date | None = OPENED) -> list[str]:
    return [p.weight for p in judge((never_holds, always_asks), fact, None, day=day, opened=opened)]


@pytest.mark.parametrize(
    ("day", "weight"),
    [(date(2011, 8, 29), "asks"), (date(2011, 8, 30), "stops"), (date(2026, 1, 1), "stops")],
)
def test_a_stopping_rule_only_asks_before_the_book_was_opened(day: date, weight: str) -> None:
    assert weights(Fact(), day) == [weight, "asks"]


def test_where_no_book_is_opened_yet_a_stopping_rule_stops() -> None:
    assert weights(Fact(), date(2011, 8, 29), opened=None) == ["stops", "asks"]


def test_a_fact_of_no_day_is_taken_for_history() -> None:
    assert weights(Fact()) == ["asks", "asks"]


@pytest.mark.parametrize(
    ("fact", "weight"),
    [
        (Gift(form="cash", sector="education", giver="gsl", when=parse("2010-08-30..2011-08-29")), "asks"),
        (Gift(form="cash", sector="education", giver="gsl", when=parse("2011")), "stops"),
        (Disbursement(amount=yuan(1), paid_on=date(2011, 8, 29)), "asks"),
        (Disbursement(amount=yuan(1), paid_on=date(2011, 8, 30)), "stops"),
        (StatedDisbursement(amount=yuan(1), as_of=date(2011, 8, 29)), "asks"),
        (StatedDisbursement(amount=yuan(1), as_of=date(2011, 8, 30)), "stops"),
    ],
)
def test_the_day_of_a_fact_is_its_own_last_day(fact: Fact, weight: str) -> None:
    """A payment says when it was paid, a sum as of which day; the rules ask without being told the day again."""
    assert weights(fact) == [weight, "asks"]


@pytest.mark.parametrize(
    ("day", "problems"),
    [(date(2011, 12, 31), 0), (date(2012, 1, 1), 1), (date(2012, 12, 31), 1), (date(2013, 1, 1), 0)],
)
def test_a_rule_holds_only_within_its_days(day: date, problems: int) -> None:
    assert len(judge((held_in_2012,), Fact(), None, day=day, opened=OPENED)) == problems


def test_all_problems_come_at_once_each_with_its_place() -> None:
    problems = judge((never_holds, always_asks), Fact(), None, day=OPENED, opened=OPENED, place="gifts.toml:7")
    assert [str(p) for p in problems] == [
        "gifts.toml:7：总不成立（always.1）。现为现状；应为应有；改正",
        "gifts.toml:7：总要问一问（always.2）。问一问",
    ]
    assert str(Refused(problems)).count("\n") == 1


def test_a_place_once_named_stays() -> None:
    problem = Problem("x.1", "stops", Words("x.1", "总不成立。", "Never."), "", "", "改正")
    assert problem.at("gifts.toml:7").at("elsewhere").place == "gifts.toml:7"
