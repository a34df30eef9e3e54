"""What words of time mean, resolved against the document's day and the run of the text."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from duikou.rules.period import Period, months, on
from duikou.rules.reading import value_of

from .time_words import EDGE, NAMED, PLANS, SINCE, UNTIL, YEARS, after_year, day_or_month, number, year_number

LONGEST_SPAN = 60  # years
QUARTER = 80  # days
_COMPARED = re.compile(r"(?:比|较|同比|是|与|由|从|相比|于)$")
_THAN = re.compile(r"(?:比|较|相比)$")
_NUMBERED = re.compile(r"第[0-9一二三四五六七八九十]{1,3}(?:次|期|号|届|批次会议)")
_PLAN_NAME = re.compile(r"[“\"]?(?:十[一二三四五]五|[八九十]五)[”\"]?$")
_OF = re.compile(r"(?:底|末|初|同期)?的(?=[0-9一二三四五六七八九十])|同期")


@dataclass(frozen=True)
class Time:
    """Words of time in a paragraph, and the period they mean; `until`: of a stock as of its last day."""

    start: int
    end: int
    text: str
    period: Period | None
    until: bool = False
    open: bool = False  # 以来, 起: the end is where the text stands
    governs: bool = True  # not compared with (比2021年), not inside the title of a paper

    @property
    def broad(self) -> bool:
        """Whether it reaches over several sentences: a quarter or more, or a stock as of a day."""
        if self.period is None or (EDGE.search(self.text) and not self.until):
            return False
        return (self.period.last - self.period.first).days >= QUARTER or self.until or self.open

    @property
    def long(self) -> bool:
        """Whether more than a year is meant."""
        return self.period is not None and self.period.last.year > self.period.first.year


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

    def times(self, text: str) -> list[Time]:
        """The words of time of a paragraph."""
        found: list[Time] = []
        self.spoken = False
        if self.anchor:  # a date without a year takes it from the same paragraph, else from the document
            self.year = self.own.first.year if self.own and self.own.first.year == self.own.last.year else None
        for match in NAMED.finditer(text):
            if not self._is_time(text, match):
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
        until = UNTIL.search(text, max(0, match.start() - 8), match.start())
        since = SINCE.match(text[match.end() : match.end() + 6])
        period, anchor = self._meant(match, text), self.anchor or (self.own.last if self.own else None)
        if period and since and anchor and period.first <= anchor:
            period = self._open(period, anchor)
        elif period and until and not since:
            period = on(min(period.last, anchor) if anchor and period.first <= anchor else period.last)
        start = until.start() if until and until[0] != "至" else match.start()
        end = match.end() + (since.end() if since else 0)
        time = Time(start, end, text[start:end], period, bool(until), bool(since))
        return replace(time, governs=_governs(text, time))

    def _is_time(self, text: str, match: re.Match[str]) -> bool:
        """Whether what looks like a time is one: 起初, 到底 and 健全年 hold none."""
        before = text[max(0, match.start() - 1) : match.start()]
        if match["dated"] or match["span"]:
            if before and before in "0123456789." and text[match.start()] in "0123456789":
                return False
            if (
                match["bare"]
                and match["b_edge"]
                and (before in "起从当原之最到彻" or not match["b_edge"].startswith("年"))
            ):
                return False
            if match["bare"] and match["b_half"] in ("上半", "下半"):
                return False
            if match["rel"] == "全年" and before in "健安":
                return False
        if match["plan"] and before and before in "第百二三四五六七八九":
            return False
        return not (match["unit"] == "月" and not match["n"])

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
        if match["y"] or match["iso"] or match["rel"] or match["bare"]:
            self.spoken = self.spoken or bool(match["y"] or match["iso"] or match["rel"])
            self.year, self.month = period.first.year, period.first.month
            if match["y"] and not period.month_known:
                self.since = self.since or period.first.year

    def _meant(self, match: re.Match[str], text: str) -> Period | None:
        year = self.anchor.year if self.anchor else self.year
        if match["iso"]:
            return day_or_month(int(match["iy"]), int(match["im"]), int(match["id"] or 0))
        if match["span"]:
            return Period(date(year_number(match["ya"]), 1, 1), date(year_number(match["yb"]), 12, 31))
        if match["school"]:
            return months(year_number(match["ys"]), 1, 12)
        if match["plan"]:
            first = PLANS.get(match["plan"])
            return Period(date(first, 1, 1), date(first + 4, 12, 31)) if first else None
        if match["transition"]:
            return Period(date(2021, 1, 1), date(2025, 12, 31))
        if match["dated"]:
            return self._dated(match)
        if match["month"]:
            return self._month(match)
        if match["n"] or match["n2"]:
            return self._years_back(match, text)
        if match["same"]:
            return on(self.last) if self.last else None
        if match["now"]:
            return on(self.anchor) if self.anchor else None
        if match["day"] and self.anchor:
            return on(self.anchor - timedelta(days={"昨": 1, "前": 2}.get(match["day"][0], 0)))
        return months(year, 1, 12) if match["rel"] and year else None

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
        if self.long and self.long.last.year - self.long.first.year + 1 in (count, count + 1):
            return self.long
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
        year = self._year_of(number(said) if said else 0, until=until)
        return None if year is None else after_year(match, "b_", year)

    def _relative(self, word: str) -> int | None:
        """The year of 去年, 同年, 全年."""
        near = self.year or (self.anchor.year if self.anchor else None)
        if word in ("同年", "当年", "是年", "全年", "年内", "本年度", "本年"):
            if self.own and self.own.first.year == self.own.last.year and word in ("全年", "年内", "本年度", "本年"):
                return self.own.first.year
            return near
        if word in ("次年", "翌年"):
            return near + 1 if near else None
        if not self.anchor:
            return near
        return self.anchor.year + (-1 if word.startswith("上") else YEARS.get(word[0], 0))

    def _year_of(self, month: int, *, until: bool) -> int | None:
        """The year of a date that names none: that of the date before it in the text; the document's."""
        if self.own and month and self.own.first.year < self.own.last.year <= self.own.first.year + 1:
            return self.own.first.year if month >= self.own.first.month else self.own.last.year
        if until and self.anchor and month and not self.spoken:
            return self.anchor.year - (month > self.anchor.month)
        return self.year or (self.anchor.year if self.anchor else None)


def _governs(text: str, time: Time) -> bool:
    """Whether words of time say when something was: they are no comparison and stand in no title of a paper."""
    before, after = text[max(0, time.start - 3) : time.start], text[time.end : time.end + 6]
    if _COMPARED.search(before) and (_OF.match(after) or _THAN.search(before)):
        return False
    if _NUMBERED.match(after) or (time.text.startswith("上年") and not after.startswith(("，", "底", "末"))):
        return False
    if _PLAN_NAME.match(time.text) and not after.startswith(("，", "累计", "共", "末", "以来", "时", "期")):
        return False
    opened = text.rfind("《", max(0, time.start - 60), time.start)
    return opened < 0 or text.find("》", opened, time.start) >= 0
