"""What words of time mean, resolved against the document's day and the run of the text."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from duikou.rules.period import Period, months, on
from duikou.rules.reading import value_of

from .moments import Time, governs, is_time, since_of, until_of
from .time_words import NAMED, UNTIL, YEARS, after_year, day_or_month, five_years, number, year_number, years

LONGEST_SPAN = 60  # years
HALF_YEAR = 150  # days before a month at which its half-year began
REACH = 160  # characters: a year said further off governs no date without one


@dataclass
class Calendar:
    """What words of time mean from one paragraph to the next: the document's day, the year and the month last spoken of."""

    anchor: date | None
    year: int | None = None
    month: int | None = None
    since: int | None = None
    long: Period | None = None
    own: Period | None = None  # the document's own period, as its title says
    last: date | None = None  # the last day that was spoken of
    spoken: bool = False  # whether this paragraph has said a year
    said: int = 0  # where it did so last

    def times(self, text: str) -> list[Time]:
        """The words of time of a paragraph."""
        found: list[Time] = []
        self.spoken = False
        if self.anchor:  # a date without a year takes it from the same paragraph, else from the document
            self.year = self.own.first.year if self.own and self.own.first.year == self.own.last.year else None
        for match in NAMED.finditer(text):
            if not is_time(text, match):
                continue
            try:
                time = self._time(match, text)
            except ValueError:  # 13月, 2月30日: no time
                continue
            if time.period and time.period.day_known:
                self.last = time.period.first
            if time.period and time.governs:
                self._remember(match, time.period)
            found.append(time)
        return found

    def _time(self, match: re.Match[str], text: str) -> Time:
        """One expression with what stands around it: 截至…, …以来."""
        until, since = until_of(text, match), since_of(text, match)
        period, anchor = self._meant(match, text), self.anchor or (self.own.last if self.own else None)
        if period and since and anchor and period.first <= anchor:
            period = self._open(period, anchor)
        elif period and until and not since:
            so_far = anchor is not None and period.first <= anchor and not match[0].endswith(("底", "末"))
            period = on(min(period.last, anchor) if anchor and so_far else period.last)
        elif period and match[0].endswith(("底", "末")) and text.startswith("前", match.end()):
            period = period if period.month_known else on(period.last)  # 年底前 is by the last day of the year
        start = until.start() if until and until[0] != "至" else match.start()
        end = match.end() + (since.end() if since else 0)
        time = Time(start, end, text[start:end], period, bool(until), bool(since))
        return replace(time, governs=governs(text, time))

    def _open(self, period: Period, anchor: date) -> Period:
        """From its first day to the document's: whole years where years are said."""
        if self.own and self.own.first <= period.first <= self.own.last and period.first.year == self.own.first.year:
            return Period(period.first, self.own.last)
        if (period.first.month, period.first.day) == (1, 1) and period.last.year > period.first.year - 1:
            if period.first.year == anchor.year:
                return period
            return Period(period.first, date(anchor.year, 12, 31))
        return Period(period.first, max(months(anchor.year, anchor.month, anchor.month).last, period.first))

    def _remember(self, match: re.Match[str], period: Period) -> None:
        """The year that a later date without one takes, and the long period that 五年来 may mean."""
        if period.last.year - period.first.year >= 1:
            self.long = period
            return
        if (match["rel"] or "").startswith(("明", "后")):
            return
        if match["y"] or match["iso"] or match["rel"] or match["bare"]:
            if match["y"] or match["iso"] or match["rel"]:
                self.spoken, self.said = True, match.end()
            self.year, self.month = period.first.year, period.last.month
            if match["y"] and not period.month_known:
                self.since = self.since or period.first.year

    def _meant(self, match: re.Match[str], text: str) -> Period | None:
        year = self.anchor.year if self.anchor else self.year
        if match["iso"]:
            return day_or_month(int(match["iy"]), int(match["im"]), int(match["id"] or 0))
        if match["span"]:
            return years(match)
        if match["school"]:
            return months(year_number(match["ys"]), 1, 12)
        if match["plan"] or match["transition"]:
            return five_years(match["plan"] or "十四五")
        if match["dated"]:
            return self._dated(match)
        if match["month"]:
            return self._month(match)
        if match["half_year"]:
            return self._half_year()
        if match["n"] or match["n2"]:
            return self._years_back(match, text)
        if match["same"]:
            return on(self.last) if self.last else None
        if match["now"]:
            return on(self.anchor) if self.anchor else None
        if match["day"] and self.anchor:
            return on(self.anchor - timedelta(days={"昨": 1, "前": 2}.get(match["day"][0], 0)))
        return months(year, 1, 12) if match["rel"] and year else None

    def _half_year(self) -> Period | None:
        """半年来: the six months up to the document's."""
        if not self.anchor:
            return None
        begun = date(self.anchor.year, self.anchor.month, 1) - timedelta(days=HALF_YEAR)
        return Period(begun.replace(day=1), months(self.anchor.year, self.anchor.month, self.anchor.month).last)

    def _month(self, match: re.Match[str]) -> Period | None:
        if match["month"] in ("当月", "同月", "次月") and self.year and self.month:
            first = date(self.year, self.month, 1)
        elif self.anchor and match["month"] in ("本月", "上月", "下月"):
            first = self.anchor.replace(day=1)
        else:
            return None
        if match["month"] == "上月":
            first = (first - timedelta(days=1)).replace(day=1)
        if match["month"] in ("次月", "下月"):
            first = (first + timedelta(days=32)).replace(day=1)
        return day_or_month(first.year, first.month, number(match["md"]) if match["md"] else 0)

    def _years_back(self, match: re.Match[str], text: str) -> Period | None:
        """近三年来: up to the document's year; the years a longer period of that length has already named."""
        count = int(value_of(match["n"] or match["n2"]))
        if not self.anchor or count > LONGEST_SPAN:
            return None
        if (match["unit"] or match["unit2"]) != "年":
            return None
        if text.startswith(("未来", "今后"), match.start()):
            return Period(date(self.anchor.year + 1, 1, 1), date(self.anchor.year + count, 12, 31))
        if self.own and self.own.last.year - self.own.first.year + 1 == count > 1:
            return self.own
        if self.long and self.long.last.year - self.long.first.year + 1 in (count, count + 1):
            if count == 1:
                return self.long
            return Period(date(self.long.first.year, 1, 1), date(self.long.last.year, 12, 31))
        last = self.anchor.year
        if count == 1:
            return Period(self.anchor.replace(year=last - 1, day=1), self.anchor)
        first = self.since if self.since in (last - count, last - count + 1) else last - count
        return Period(date(first, 1, 1), date(last, 12, 31))

    def _dated(self, match: re.Match[str]) -> Period | None:
        """A date with its year, with a word for the year, or without one."""
        if not match["bare"]:
            year = year_number(match["y"]) if match["y"] else self._relative(match["rel"])
            return None if year is None else after_year(match, "", year)
        said = match["b_m"] or match["b_m7"]
        until = UNTIL.search(match.string[max(0, match.start() - 8) : match.start()]) is not None
        since = max(self.said, match.start() - REACH)
        alone = until and (not self.spoken or match.string.find("。", since, match.start()) >= 0)
        year = self._year_of(number(said) if said else 0, alone=alone)
        return None if year is None else after_year(match, "b_", year)

    def _relative(self, word: str) -> int | None:
        """The year of 去年, 同年, 全年."""
        near = self.year or (self.anchor.year if self.anchor else None)
        if word in ("同年", "当年", "是年", "全年", "年内", "本年度", "本年"):
            whole = self.own is not None and self.own.first.year == self.own.last.year
            if self.own and whole and not self.spoken and word in ("全年", "年内", "本年度", "本年"):
                return self.own.first.year
            return near
        if word in ("次年", "翌年"):
            return near + 1 if near else None
        if not self.anchor:
            return near
        return self.anchor.year + (-1 if word.startswith("上") else YEARS.get(word[0], 0))

    def _year_of(self, month: int, *, alone: bool) -> int | None:
        """The year of a date that names none: that of the date before it in the text; the document's."""
        if alone and self.anchor and month:
            return self.anchor.year - (month > self.anchor.month)
        if self.own and month and self.own.first.year < self.own.last.year <= self.own.first.year + 1:
            return self.own.first.year if month >= self.own.first.month else self.own.last.year
        return self.year or (self.anchor.year if self.anchor else None)
