"""Which words of time govern a number: those of its clause, else of its sentence, else what opened the paragraph, else the document's own."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from duikou.rules.period import Period

from .clauses import REACH, Clauses
from .moments import Time
from .respective import ALONE, JOINS, Rank

_MEANWHILE = re.compile(r"\s*(?:在[一-鿿]{1,4}期间|期间|其间|会上|会议|此次|随后|会后|活动中|当场|现场)")
FEW = 12  # words of time that are looked at in one sentence
OPENS = 8  # characters before words of time that still open a sentence


@dataclass(frozen=True)
class Timeline:
    """The words of time of a paragraph, and what was said before it."""

    text: str
    times: tuple[Time, ...]
    clauses: Clauses
    running: Period | None

    @classmethod
    def of(cls, text: str, times: Sequence[Time], clauses: Clauses, running: Period | None) -> "Timeline":
        """The times that govern something: no comparison with another year, none inside the title of a paper."""
        return cls(text, tuple(t for t in times if t.period and t.governs), clauses, running)

    @property
    def opening(self) -> Time | None:
        """The time that a paragraph opens with."""
        first = self.times[0] if self.times else None
        if first and first.start <= 24 and not re.search(r"[，；。]", self.text[: first.start].split("。")[-1]):
            return first
        return None

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where the words of time begin."""
        return tuple(time.start for time in self.times)

    def between(self, first: int, last: int) -> tuple[Time, ...]:
        """The words of time that begin in a stretch, the last few of them."""
        start, stop = bisect_left(self.starts, first), bisect_left(self.starts, last)
        return self.times[max(start, stop - FEW) : stop]

    def at(self, start: int, stop: int, rank: Rank = ALONE) -> tuple[Period | None, Time | None]:
        """The period of what stands from one place to another, and the words that say it."""
        first, part = self.clauses.sentences.at(start)[0], self.clauses.parts.at(start)[0]
        before = [t for t in self.between(first, start + 1) if t.start >= part or self._reaches(t, first)]
        if before:
            return self._respective(before, rank) or self._latest(before, start)
        for time in self.between(stop, min(self.clauses.clauses.at(stop)[1], stop + REACH)):
            by = self.text.startswith("前", time.end) and self.text.endswith("于", 0, time.start)
            if not by:  # 于4月底前 is by when, not when
                return time.period, time
        earlier = self.between(self.clauses.items.at(start)[0], first)
        if earlier and _MEANWHILE.match(self.text, first):
            return earlier[-1].period, earlier[-1]
        for time in reversed(earlier):
            opens = time.start - self.clauses.sentences.at(time.start)[0] <= OPENS
            if opens and (time.until or time.open or time.long):
                return time.period, time
        if self.opening and self.opening.start < start and self.opening.broad:
            return self.opening.period, self.opening
        return self.running, None

    def _respective(self, before: Sequence[Time], rank: Rank) -> tuple[Period | None, Time] | None:
        """The time of one of several numbers side by side, where as many times stand side by side before them."""
        last = before[-rank[1] :]
        gaps = (self.text[one.end : other.start] for one, other in pairwise(last))
        if rank[1] < 2 or len(last) < rank[1] or not all(gap in JOINS for gap in gaps):
            return None
        return last[rank[0]].period, last[rank[0]]

    def _reaches(self, time: Time, sentence: int) -> bool:
        """Whether words of time reach over a ；: those that open the sentence, and a stock as of a day."""
        return time.broad and (time.until or time.start - sentence <= OPENS + 6)

    def _latest(self, before: Sequence[Time], start: int) -> tuple[Period | None, Time | None]:
        """The last words of time before a number; a month without day inside brackets does not reach out of them."""
        for time in reversed(before):
            opened = self.text.rfind("（", max(0, time.start - 40), time.start)
            closed = self.text.find("）", time.end, min(start, time.end + REACH))
            if opened >= 0 and closed >= 0 and self.text.find("）", opened, time.start) < 0:
                continue
            return time.period, time
        return self.running, None
