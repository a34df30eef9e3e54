"""Reporting periods: what offices report for, each a period of whole months with its name: 截至某月, 上半年, 审计年度, 十二五."""

from datetime import date

from .period import Period, months

QUARTER = "一二三四"
DIGITS = "〇一二三四五六七八九十"
FIRST_PLAN, PLAN_YEARS = (
    1966,
    5,
)  # 三五 began in 1966; since then each five-year plan has begun where the last one ended
THIRD = 3
AUDITED_FROM = 10  # the month in which an audit year begins: audits on site cover October to September


def to_date(day: date) -> Period:
    """Month to date (截至某月): from January to the end of the month of a day."""
    return months(day.year, 1, day.month)


def half(year: int, number: int) -> Period:
    """A half of a year, the first or the second."""
    return months(year, 6 * number - 5, 6 * number)


def audit_year(year: int) -> Period:
    """The audit year that ends in a year: from October of the year before to September."""
    return Period(months(year - 1, AUDITED_FROM, AUDITED_FROM).first, months(year, 9, 9).last)


def plan_period(year: int) -> Period:
    """The five-year plan that a year lies in: 2013 lies in 2011 to 2015."""
    first = year - (year - FIRST_PLAN) % PLAN_YEARS
    return Period(date(first, 1, 1), date(first + PLAN_YEARS - 1, 12, 31))


def offered(last: date) -> tuple[Period, ...]:
    """The periods that a report at the end of a month may be made for, the shortest first."""
    year, month = last.year, last.month
    quarter = (month + 2) // 3
    found = (
        months(year, month, month), months(year, 3 * quarter - 2, 3 * quarter), half(year, (month + 5) // 6),
        to_date(last), months(year, 1, 12), audit_year(year + (month >= AUDITED_FROM)), plan_period(year),
    )  # fmt: skip
    return tuple(dict.fromkeys(found))


def named(days: Period) -> str:
    """The official name of a period: 2011年上半年, 2011年1—8月, 2011审计年度, “十二五”时期; any other in its days."""
    year = days.last.year
    if days == audit_year(year):
        return f"{year}审计年度（{days.zh}）"
    if year >= FIRST_PLAN and days == plan_period(year):
        return f"“{_plan(year)}五”时期（{days.first.year}—{year}年）"
    if days.first.year != year or days.month_known or days == months(year, 1, 12) or "q" in days.code:
        return days.zh
    for number in (1, 2):
        if days == half(year, number):
            return f"{year}年{'上下'[number - 1]}半年"
    return f"{year}年1—{days.last.month}月" if days == to_date(days.last) else days.zh


def _plan(year: int) -> str:
    """The number of a five-year plan in words: 十二."""
    number = (year - FIRST_PLAN) // PLAN_YEARS + THIRD
    tens, ones = divmod(number, 10)
    return (("" if tens == 1 else DIGITS[tens]) + "十" if tens else "") + (DIGITS[ones] if ones else "")
