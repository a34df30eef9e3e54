"""A target against what was reached, on days of its year and after."""

from datetime import date

import pytest

from duikou.rules.period import parse
from duikou.rules.quantity import exactly, hedged
from duikou.rules.targets import Target

YEAR = parse("2012")  # 366 days


def target(wanted, reached, day):
    agreed = exactly(wanted, "person") if isinstance(wanted, int) else wanted
    return Target(agreed, None if reached is None else exactly(reached, "person"), YEAR, date.fromisoformat(day))


@pytest.mark.parametrize(
    ("reached", "day", "verdict"),
    [
        (100, "2012-02-01", "met"),
        (101, "2013-05-01", "met"),
        (99, "2012-12-31", "behind"),  # 366/366 of 100
        (99, "2013-01-01", "unmet"),
        (50, "2012-07-01", "on_course"),  # day 183 of 366: half of 100
        (49, "2012-07-01", "behind"),
        (None, "2012-07-01", "unreported"),
        (None, "2013-01-01", "unreported"),
        (0, "2011-12-31", "not_begun"),
    ],
)
def test_how_a_target_stands(reached, day, verdict):
    assert target(100, reached, day).verdict == verdict


def test_the_share_is_cut_off_so_that_what_falls_short_never_reaches():
    assert target(3, 2, "2012-07-01").share == "66.6%"
    assert target(1000, 999, "2012-07-01").share == "99.9%"
    assert target(3, None, "2012-07-01").share == ""


def test_the_even_course_counts_whole_days():
    # 31 January is day 31 of 366: 31 * 120 / 366 = 10.16
    assert target(120, 0, "2012-01-31").linear == 10
    assert target(120, 0, "2014-01-31").linear == 120


def test_a_hedged_target_is_met_by_its_lower_end_and_a_hedged_number_counts_with_its_own():
    over = hedged("over", 500, "person")  # 501 at the least
    assert target(over, 500, "2013-01-01").verdict == "unmet"
    assert target(over, 501, "2013-01-01").verdict == "met"
    nearly = Target(exactly(100, "person"), hedged("nearly", 100, "person"), YEAR, date(2013, 1, 1))
    assert (nearly.done, nearly.verdict) == (90, "unmet")
