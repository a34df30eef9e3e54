"""Days, months, quarters, years and spans: when something was true, as exactly as it is known."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

_CODE = re.compile(r"^(?P<year>\d{4})(?:q(?P<quarter>[1-4])|-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?$")


@dataclass(frozen=True, order=True)
class Period:
    """From the first to the last day, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError(f"{self.first} 晚于 {self.last}")

    @property
    def day_known(self) -> bool:
        """Whether one day is meant."""
        return self.first == self.last

    @property
    def month_known(self) -> bool:
        """Whether it lies within one month."""
        return (self.first.year, self.first.month) == (self.last.year, self.last.month)

    def within(self, other: "Period") -> bool:
        """Whether every day of this period is a day of the other."""
        return other.first <= self.first and self.last <= other.last

    @property
    def code(self) -> str:
        """2011-08-29, 2011-08, 2011q3, 2011 or 2010-08..2011-08; days that form none of these: 2011-01-01..2011-08-29."""
        if self.first == self.last:
            return self.first.isoformat()
        whole_months = self.first.day == 1 and (self.last + timedelta(days=1)).day == 1
        if not whole_months:
            return f"{self.first.isoformat()}..{self.last.isoformat()}"
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        if months == 1:
            return f"{self.first:%Y-%m}"
        if months == 12 and self.first.month == 1:
            return f"{self.first:%Y}"
        if months == 3 and self.first.month in (1, 4, 7, 10):
            return f"{self.first:%Y}q{(self.first.month + 2) // 3}"
        return f"{self.first:%Y-%m}..{self.last:%Y-%m}"

    @property
    def zh(self) -> str:
        """2011年8月29日, 2010年12月, 2011年第三季度, 2011年, 2010年8月—2011年8月."""
        code = self.code
        if ".." in code:
            first, last = (parse(c) for c in code.split(".."))
            return f"{first.zh}—{last.zh}"
        if "q" in code:
            return f"{code[:4]}年第{'一二三四'[int(code[5]) - 1]}季度"
        marks = zip(code.split("-"), "年月日", strict=False)
        return "".join(f"{int(part)}{mark}" for part, mark in marks)


def parse(code: str) -> Period:
    """The period of a code; ValueError shows the ways to write one."""
    if ".." in code:
        first, _, last = code.partition("..")
        return Period(parse(first).first, parse(last).last)
    found = _CODE.match(code)
    if not found:
        raise ValueError(f"“{code}”不是期间；写法如 2011、2011q3、2011-08、2011-08-29、2010-08..2011-08")
    year = int(found["year"])
    if found["day"]:
        day = date(year, int(found["month"]), int(found["day"]))
        return Period(day, day)
    if found["month"]:
        return months(year, int(found["month"]), int(found["month"]))
    if found["quarter"]:
        last = int(found["quarter"]) * 3
        return months(year, last - 2, last)
    return months(year, 1, 12)


def months(year: int, first: int, last: int) -> Period:
    """Whole months of one year."""
    return Period(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]))


def on(day: date) -> Period:
    """One day."""
    return Period(day, day)
