"""Intentions age: when they are asked about, and when not."""

from datetime import date

import pytest

from duikou.rules.checks import Checked, asked_of
from duikou.rules.intentions import Intended
from duikou.rules.packs import Choice, Pack

YEAR = Pack((Choice("intentions.1", "asks", {"months": 12}),))


@pytest.mark.parametrize(
    ("step", "since", "today", "asked"),
    [
        ("intended", date(2011, 2, 28), date(2012, 2, 28), False),
        ("intended", date(2011, 2, 28), date(2012, 2, 29), True),  # a leap day is one day more than a year
        ("signed", date(2011, 1, 31), date(2012, 2, 1), True),
        ("registered", date(2001, 1, 1), date(2012, 2, 1), False),
        ("operating", date(2001, 1, 1), date(2012, 2, 1), False),
        ("intended", date(2013, 1, 1), date(2012, 2, 1), False),  # told of a day to come
    ],
)
def test_when_it_is_asked(step, since, today, asked):
    assert bool(asked_of(Intended("厂", step, since), Checked(today, YEAR))) == asked


def test_where_no_number_of_months_is_set_nobody_is_asked():
    fact = Intended("厂", "intended", date(2001, 1, 1))
    assert asked_of(fact, Checked(date(2012, 1, 1))) == []


@pytest.mark.parametrize(
    ("since", "today", "months"),
    [
        (date(2011, 1, 31), date(2011, 2, 27), 0),
        (date(2011, 1, 31), date(2011, 2, 28), 1),
        (date(2011, 1, 31), date(2012, 3, 30), 13),
        (date(2011, 1, 31), date(2012, 3, 31), 14),
    ],
)
def test_whole_months(since, today, months):
    assert Intended("厂", "intended", since).months(today) == months
