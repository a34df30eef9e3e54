"""When something was true, as exactly as it is known."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duikou.rules.period import Period, months, on, parse


@pytest.mark.parametrize(
    ("code", "first", "last", "zh"),
    [
        ("2011-08-29", date(2011, 8, 29), date(2011, 8, 29), "2011年8月29日"),
        ("2010-12", date(2010, 12, 1), date(2010, 12, 31), "2010年12月"),
        ("2012-02", date(2012, 2, 1), date(2012, 2, 29), "2012年2月"),
        ("2011q3", date(2011, 7, 1), date(2011, 9, 30), "2011年第三季度"),
        ("2011", date(2011, 1, 1), date(2011, 12, 31), "2011年"),
        ("2011..2015", date(2011, 1, 1), date(2015, 12, 31), "2011年—2015年"),
        ("2010-08..2011-08", date(2010, 8, 1), date(2011, 8, 31), "2010年8月—2011年8月"),
        ("2011-05..2011-07", date(2011, 5, 1), date(2011, 7, 31), "2011年5月—2011年7月"),
        ("2011-01-01..2011-08-29", date(2011, 1, 1), date(2011, 8, 29), "2011年1月1日—2011年8月29日"),
    ],
)
def test_a_code_is_read_and_comes_back(code: str, first: date, last: date, zh: str) -> None:
    period = parse(code)
    assert (period, period.code, period.zh) == (Period(first, last), code, zh)


@given(st.lists(st.dates(), min_size=2, max_size=2).map(sorted))
def test_every_period_comes_back_from_its_code(days: list[date]) -> None:
    assert parse(Period(*days).code) == Period(*days)


@pytest.mark.parametrize("longer", ["2010q3..2010q4", "2010-07-01..2010-12-31", "2010-07..2010q4"])
def test_one_period_has_one_code(longer: str) -> None:
    assert parse(longer).code == "2010-07..2010-12"


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("", "不是期间"),
        ("去年", "不是期间"),
        ("2011-8", "不是期间"),
        ("2011q5", "不是期间"),
        ("2011..", "不是期间"),
        ("2011-13", "日历上没有“2011-13”"),
        ("2011-00", "日历上没有“2011-00”"),
        ("2011-02-29", "日历上没有“2011-02-29”"),
        ("0000", "日历上没有“0000”"),
        ("2012..2011", "晚于"),
    ],
)
def test_what_is_no_period_says_how_one_is_written(code: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        parse(code)


@pytest.mark.parametrize(
    ("inner", "outer", "within"),
    [
        ("2011-08-29", "2011", True),
        ("2011q3", "2011", True),
        ("2011", "2011", True),
        ("2010-12-31", "2011", False),
        ("2010-08..2011-08", "2011", False),
    ],
)
def test_a_period_lies_within_another_with_every_day(inner: str, outer: str, within: bool) -> None:
    assert parse(inner).within(parse(outer)) is within


def test_what_is_known_of_a_day_is_said() -> None:
    assert (on(date(2011, 8, 29)).day_known, on(date(2011, 8, 29)).month_known) == (True, True)
    assert (months(2011, 8, 8).day_known, months(2011, 8, 8).month_known) == (False, True)
    assert (months(2011, 7, 9).day_known, months(2011, 7, 9).month_known) == (False, False)
