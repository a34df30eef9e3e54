"""Days, months, quarters, years and spans: when something was true, as exactly as it is known."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

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
        """2011-08-29, 2011-08, 2011q3, 2011, 2011..2015, 2010-08..2011-08; any other days 2011-01-01..2011-08-29."""
        first, last = self.first.isoformat(), self.last.isoformat()
        if first == last:
            return first
        if self.first.day != 1 or self.last.day != calendar.monthrange(self.last.year, self.last.month)[1]:
            return f"{first}..{last}"
        if (self.first.month, self.last.month) == (1, 12):
            return first[:4] if first[:4] == last[:4] else f"{first[:4]}..{last[:4]}"
        if self.month_known:
            return first[:7]
        if first[:4] == last[:4] and self.first.month % 3 == 1 and self.last.month == self.first.month + 2:
            return f"{first[:4]}q{self.last.month // 3}"
        return f"{first[:7]}..{last[:7]}"

    @property
    def zh(self) -> str:
        """2011年8月29日, 2010年12月, 2011年第三季度, 2011年, 2011年—2015年, 2010年8月—2011年8月."""
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
    found = _CODE.fullmatch(code)
    if not found:
        raise ValueError(f"“{code}”不是期间；写法如 2011、2011q3、2011-08、2011-08-29、2010-08..2011-08")
    year, quarter, month, day = (int(part or 0) for part in found.group("year", "quarter", "month", "day"))
    try:
        if found["day"]:
            return on(date(year, month, day))
        if found["month"]:
            return months(year, month, month)
        if found["quarter"]:
            return months(year, quarter * 3 - 2, quarter * 3)
        return months(year, 1, 12)
    except ValueError:
        raise ValueError(f"日历上没有“{code}”") from None


def months(year: int, first: int, last: int) -> Period:
    """Whole months of one year."""
    return Period(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]))


def on(day: date) -> Period:
    """One day."""
    return Period(day, day)


def time_words(first: date, last: date) -> str:
    """2011年8月29日, 2010年12月, 2011年, 2010年8月—2011年8月."""
    if (first.year, first.month) == (last.year, last.month):
        return Period(first, last).zh if first == last else f"{first.year}年{first.month}月"
    if first.year == last.year:
        return f"{first.year}年"
    return f"{first.year}年{first.month}月—{last.year}年{last.month}月"
