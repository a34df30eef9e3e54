"""The book that a draft is held against: a snapshot, a programme, the draft's own time; its figures and records."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from duikou.rules import period as periods
from duikou.rules.period import Period
from duikou.rules.readings import lettered
from duikou.snapshot.store import Snapshot
from duikou.statistics.audience import public
from duikou.statistics.definition import in_force, series
from duikou.statistics.figure import LONGEST, BadName, Figure, Name
from duikou.statistics.measure import asked, cut
from duikou.statistics.members import Member, members_counted
from duikou.statistics.rows import chosen, rows_of
from duikou.statistics.trace import counted_in
from duikou.statistics.values import RefusedSum

from .names import Directory, directory

LEAST = 6  # characters of a clause that stands in the book as it is
WORDS = ("label", "title", "theme", "duty", "outcome", "found", "remedy", "origin", "text")
SPOKEN = (
    "commitments",
    "findings",
    "agreements",
    "plans",
    "decisions",
    "assignments",
    "instructions",
    "measures",
    "trainings",
    "items",
)
Cut = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Book:
    """What answers: `own` are the times that a sentence without a date may speak of, the likeliest first."""

    snapshot: Snapshot
    programme: str
    own: tuple[Period, ...]
    title: str = ""
    directory: Directory = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "directory", directory(self.snapshot, self.programme))

    @cached_property
    def row(self) -> Mapping[str, Any]:
        """The programme's row."""
        return next(p for p in self.snapshot.rows["programmes"] if p["code"] == self.programme)

    @cached_property
    def whole(self) -> Period:
        """From the programme's first month to the last that is at issue."""
        ends = [day for day in (self.row["last"], *(p.last for p in self.own)) if day]
        begins = [day for day in (self.row["first"], *(p.first for p in self.own)) if day]
        return in_months(Period(min(begins), max(ends)))

    @cached_property
    def years(self) -> tuple[Period, ...]:
        """Every year of the programme."""
        return tuple(periods.months(year, 1, 12) for year in range(self.whole.first.year, self.whole.last.year + 1))

    def figure(self, sheet: str, days: Period, by: Cut = ()) -> Figure | None:
        """A figure in the reading in force; nothing where it is blank, withheld, or its records may not be added."""
        return _figure(
            self.snapshot,
            in_force(sheet, days.code, self.snapshot),
            self.programme,
            days.code,
            self.short(sheet, days, by),
        )

    def short(self, sheet: str, days: Period, by: Cut) -> Cut:
        """A cut without what makes the figure's name too long; who gave stands first and stays longest."""
        size = len(f"{sheet}:{self.programme}.{days.code}") + 2 * lettered(sheet)
        while by and size + len("".join(f";{letter}={code}" for letter, code in by)) > LONGEST:
            by = by[:-1]
        return by

    def readings(self, sheet: str, days: Period, by: Cut = ()) -> Iterator[Figure]:
        """The same figure in readings that are not in force."""
        now = in_force(sheet, days.code, self.snapshot)
        for one in series(sheet, self.snapshot):
            if one.code != now and (found := _figure(self.snapshot, one.code, self.programme, days.code, by)):
                yield found

    def members(self, sheet: str, days: Period, letter: str) -> Sequence[Figure]:
        """The figures of the members of a cut."""
        return _members(self.snapshot, in_force(sheet, days.code, self.snapshot), self.programme, days.code, letter)

    def records(self, sheet: str) -> Sequence[Member]:
        """The records of a statistic, of all the time of the programme."""
        return _records(self.snapshot, sheet, self.programme, self.whole.code)

    @cached_property
    def projects(self) -> tuple[Mapping[str, Any], ...]:
        """The projects of the programme."""
        rows = self.snapshot.rows["projects"]
        return tuple(r for r in rows if r["programme"] == self.programme and r["kind"] == "project" and r["label"])

    @cached_property
    def subject(self) -> Mapping[str, Any] | None:
        """The project that the whole paper is of, by its title."""
        return next((row for row in self.projects if row["label"] in self.title), None)

    def says(self, clause: str, text: str, start: int, end: int) -> int | None:
        """The record in whose own words a number stands; promises and open questions hold numbers that are no figures."""
        for number, words in _spoken(self.snapshot, self.programme):
            if len(clause) >= LEAST and clause in words:
                return number
            at = text.find(words, max(0, end - len(words)), start + len(words))
            if at >= 0 and at <= start and end <= at + len(words):
                return number
        return None


@lru_cache(maxsize=2**14)
def _figure(snapshot: Snapshot, sheet: str, programme: str, days: str, by: Cut) -> Figure | None:
    try:
        found = asked(snapshot, Name(sheet, programme, days, by))
    except (BadName, ValueError, KeyError):
        return None
    return found if found.value is not None and not found.mark else None


@lru_cache(maxsize=2**10)
def _members(snapshot: Snapshot, sheet: str, programme: str, days: str, letter: str) -> Sequence[Figure]:
    try:
        found = cut(snapshot, Name(sheet, programme, days), letter)
    except (RefusedSum, BadName, ValueError):
        return ()
    return tuple(one for one in found if one.value is not None and not one.mark)


@lru_cache(maxsize=2**10)
def _records(snapshot: Snapshot, sheet: str, programme: str, days: str) -> Sequence[Member]:
    name = Name(sheet, programme, days)
    try:
        return tuple(m for m in counted_in(snapshot, name) if m.value is not None)
    except RefusedSum:  # records that may not be added up still say their own numbers, to those who see all of them
        if public(programme):
            return ()
        rows = rows_of(snapshot, chosen(name), name)
        return tuple(m for m in members_counted(snapshot, name.definition, rows) if m.value is not None)
    except BadName:
        return ()


@lru_cache(maxsize=16)
def _spoken(snapshot: Snapshot, programme: str) -> tuple[tuple[int, str], ...]:
    """The words that records say as they are: promises, questions, what was agreed."""
    return tuple(
        (row.get("record") or row["number"], str(row[column]))
        for table in SPOKEN
        for row in snapshot.rows[table]
        if row.get("programme") == programme
        for column in WORDS
        if len(str(row.get(column) or "")) >= LEAST
        and any(c.isdigit() or c in "一二三四五六七八九十百千万两" for c in str(row[column]))
    )


def in_months(days: Period) -> Period:
    """A span in whole months, so that it has a short code."""
    last = periods.months(days.last.year, days.last.month, days.last.month).last
    return Period(days.first.replace(day=1), last)


def own_times(
    row: Mapping[str, Any], anchor: date | None, given: Period | None, titled: Period | None, today: date
) -> tuple[Period, ...]:
    """The times that a paper without a date in the sentence speaks of: what its title says, what was given with it;
    else from the beginning of the programme, and from that of its year, to its own day."""
    if titled or given:
        return tuple(dict.fromkeys(period for period in (titled, given) if period))
    last = anchor or row["last"] or today
    first = min(row["first"] or last.replace(month=1, day=1), last)
    spans = [Period(first, last), Period(last.replace(month=1, day=1), last)]
    return tuple(dict.fromkeys([*map(in_months, spans), periods.months(last.year, 1, 12)]))
