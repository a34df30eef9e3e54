"""Reporting periods and their official names."""

from datetime import date

import pytest

from duikou.rules.period import Period, parse
from duikou.rules.reporting import audit_year, half, named, offered, plan_period, to_date


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("2011-01..2011-08", "2011年1—8月"),  # month to date
        ("2011-01..2011-06", "2011年上半年"),
        ("2011-07..2011-12", "2011年下半年"),
        ("2010-10..2011-09", "2011审计年度（2010年10月—2011年9月）"),
        ("2011..2015", "“十二五”时期（2011—2015年）"),
        ("2001..2005", "“十五”时期（2001—2005年）"),
        ("2021..2025", "“十四五”时期（2021—2025年）"),
        ("1966..1970", "“三五”时期（1966—1970年）"),
        ("2012..2016", "2012年—2016年"),  # five years, but of no plan
        ("2011", "2011年"),
        ("2011q3", "2011年第三季度"),
        ("2011-08", "2011年8月"),
        ("2011-01", "2011年1月"),
        ("2010-08..2011-08", "2010年8月—2011年8月"),
        ("2011-02..2011-08", "2011年2月—2011年8月"),
    ],
)
def test_a_period_has_its_official_name(code, name):
    assert named(parse(code)) == name


def test_a_month_to_date_begins_with_the_year_and_ends_with_the_month():
    assert to_date(date(2011, 8, 29)) == Period(date(2011, 1, 1), date(2011, 8, 31))


def test_an_audit_year_runs_from_october_to_september():
    assert audit_year(2014) == Period(date(2013, 10, 1), date(2014, 9, 30))


@pytest.mark.parametrize(("year", "code"), [(2011, "2011..2015"), (2015, "2011..2015"), (2016, "2016..2020")])
def test_a_plan_period_is_the_five_years_that_a_year_lies_in(year, code):
    assert plan_period(year).code == code


def test_the_periods_offered_at_the_end_of_august_are_each_offered_once():
    codes = ["2011-08", "2011q3", "2011-07..2011-12", "2011-01..2011-08", "2011", "2010-10..2011-09", "2011..2015"]
    assert [one.code for one in offered(date(2011, 8, 31))] == codes


def test_in_october_the_next_audit_year_has_begun():
    assert audit_year(2012) in offered(date(2011, 10, 31))


def test_at_the_end_of_a_year_its_months_to_date_are_the_year_itself():
    assert [one.code for one in offered(date(2011, 12, 31))].count("2011") == 1


def test_the_halves_of_a_year_meet():
    assert (half(2011, 1).last, half(2011, 2).first) == (date(2011, 6, 30), date(2011, 7, 1))
