"""Geometry: lengths on one scale, areas in proportion, one dot per person, labels that never cover one another."""

from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duikou.rules.period import Period, on, parse
from duikou.rules.quantity import exactly, hedged
from duikou.web.charts import Event, dots, extent, percent, side, strip, ticks

WAN = 10**6


def test_a_bar_is_as_long_as_its_share_of_the_longest():
    assert percent(1000, 2000) == "50%"
    assert percent(1, 3) == "33.33%"
    assert percent(0, 0) == "0%"


def test_the_scale_has_round_numbers_from_zero():
    assert [t.text for t in ticks(2000 * WAN, WAN)] == ["0", "500", "1000", "1500", "2000"]
    assert [t.text for t in ticks(1234 * WAN, WAN)] == ["0", "500", "1000"]
    assert ticks(0, WAN) == []


def test_a_hedged_number_is_drawn_by_its_upper_end_and_an_open_one_by_its_lower():
    assert extent(hedged("nearly", 100, "person")) == 99
    assert extent(hedged("at_least", 100, "person")) == 100
    assert extent(None) == 0


def test_areas_are_in_proportion():
    small, large = side(exactly(490, "fen"), 6000), side(exactly(6000, "fen"), 6000)
    assert large == 140
    assert (small / large) ** 2 == pytest.approx(490 / 6000, rel=0.01)


@pytest.mark.parametrize(("count", "rows"), [(1, 1), (15, 1), (16, 2), (45, 3), (100, 7)])
def test_one_dot_is_one_person_fifteen_to_a_row(count, rows):
    drawn = dots(count)
    assert drawn.path.count("h0") == count
    assert drawn.height == 16 * rows


@pytest.mark.parametrize("count", [0, 101])
def test_nobody_or_too_many_to_count_are_not_drawn(count):
    assert dots(count) is None


def test_a_known_day_stands_at_its_place_in_the_month_and_a_month_in_its_middle():
    drawn = strip(parse("2010-08..2011-08"), [Event(parse("2010-08"), "甲"), Event(on(date(2010, 8, 30)), "乙")], 1360)
    month, day = drawn.marks
    assert month.x == 56
    assert day.x == pytest.approx(4 + 104 * 29.5 / 31, abs=0.1)


def test_empty_months_are_grey_and_runs_of_them_say_so():
    drawn = strip(
        parse("2010-08..2011-08"), [Event(parse(m), "甲") for m in ("2010-08", "2010-10", "2010-12", "2011-08")], 1360
    )
    assert [g.words for g in drawn.gaps] == ["", "", "2011年1月—7月，来源未记往来"]
    assert [m.gap for m in drawn.months].count(True) == 9


FIRST = date(2010, 1, 1)
EVENTS = st.lists(
    st.tuples(st.integers(0, 1200), st.booleans(), st.text("州党政代表团来津", min_size=2, max_size=16)),
    min_size=1,
    max_size=12,
)


def boxes(drawn):
    for mark in drawn.marks:
        room = 13.5 * max(len(mark.event.name), 1)
        left = mark.text_x - room if mark.anchor == "end" else mark.text_x
        yield left, left + room, mark.name_y


@given(EVENTS)
def test_names_never_cover_one_another(found):
    events = []
    for days, known, name in found:
        day = FIRST + timedelta(days)
        events.append(Event(on(day) if known else parse(f"{day:%Y-%m}"), name, f"{day.month}月，来访"))
    drawn = strip(Period(FIRST, FIRST + timedelta(1300)), events, 1360)
    if drawn.height > 24 + 46 * 7:
        return  # more than the strip can bear: the list beneath says all
    for (a, b, y), (c, d, z) in combinations(boxes(drawn), 2):
        assert y != z or b <= c or d <= a, (a, b, c, d, y)
