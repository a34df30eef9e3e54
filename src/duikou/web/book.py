"""What every page begins with: one snapshot, its programme and period, figures asked by sheet."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db import OperationalError
from django.http import Http404, HttpRequest

from duikou.acts import closings, offices
from duikou.records.models import Entry, Programme
from duikou.rules import period as periods
from duikou.rules.period import Period
from duikou.rules.rights import Person
from duikou.snapshot.store import Snapshot, freeze, load
from duikou.snapshot.tables import names
from duikou.statistics.definition import definitions
from duikou.statistics.figure import Figure, Name
from duikou.statistics.measure import cut, figure
from duikou.statistics.values import RefusedSum
from duikou.web.searching.index import index

LONGEST_PERIOD = 60  # years; a programme is shown month by month
DATED = ("visits", "projects", "entries", "gifts", "trainings", "secondments", "classes", "investments", "intents")


@dataclass(frozen=True)
class Book:
    """One programme in one period on one snapshot: what a page is made from; a closed period on that of its closing."""

    snapshot: Snapshot
    code: str
    period: str
    closed: bool = False

    @property
    def late(self) -> int:
        """How many entries of a closed period came after it was closed: 补报, not counted in its figures."""
        days = {"first__gte": self.days.first, "last__lte": self.days.last}
        rows = Entry.objects.filter(record__programme__code=self.code, late=True, **days)
        return rows.count() if self.closed else 0

    @cached_property
    def programme(self) -> dict[str, Any]:
        """The programme's row; 404 where there is none."""
        for row in self.snapshot.rows["programmes"]:
            if row["code"] == self.code:
                return row
        raise Http404(f"没有项目方案 {self.code}")

    @property
    def days(self) -> Period:
        """The period of the page."""
        return periods.parse(self.period)

    def name(self, sheet: str) -> Name:
        """The name of a figure of this page."""
        return Name(sheet, self.code, self.period)

    def figure(self, sheet: str) -> Figure:
        """A figure of this page."""
        return figure(self.snapshot, self.name(sheet))

    def cut(self, sheet: str, dimension: str) -> tuple[Figure, ...]:
        """The figures of a cut of this page (dimension letters: g giver, r receiver, a area, s sector, f source)."""
        return cut(self.snapshot, self.name(sheet), dimension)

    def rows(self, table: str) -> list[dict[str, Any]]:
        """The rows of a frozen table that belong to the programme."""
        if "programme" not in names()[table].schema.names:
            return []
        return [*self.snapshot.rows.by(table, "programme").get(self.code)]

    @property
    def questions(self) -> list[dict[str, Any]]:
        """待核: the open findings of the programme."""
        return [row for row in self.rows("findings") if row["state"] != "settled"]


def snapshot(line: int | None = None) -> Snapshot:
    """The snapshot pages answer from: of the last act, or of a line named; 404 where that line was never frozen."""
    if line is None:
        return freeze()
    found = load(line)
    if found is None:
        raise Http404(f"账本第 {line} 行没有可用的时点数据（没有冻结过，或文件已损坏）")
    return found


def reporting_period(taken: Snapshot, programme: str) -> str:
    """From the month the book was opened to the month of the youngest dated record."""
    row = next((p for p in taken.rows["programmes"] if p["code"] == programme), None)
    if row is None:
        raise Http404(f"没有项目方案 {programme}")
    days = [day for table in DATED for day in taken.days(table, programme)]
    if not days and not row["first"]:
        return str(_told_on(taken, programme).year)
    first = row["first"] or min(days)
    last = max([*days, *([row["last"]] if row["last"] else [])], default=first)
    return periods.Period(first.replace(day=1), periods.months(last.year, last.month, last.month).last).code


def _told_on(taken: Snapshot, programme: str) -> date:
    """For a programme without a dated record: the day of the youngest document that speaks of it, else of the book."""
    speaking = {s["document"] for s in taken.rows.by("statements", "programme").get(programme)}
    papers = taken.rows.by("documents", "number")
    days = [d["last"] for number in speaking for d in papers.get(number) if d["last"]]
    return max(days, default=date.fromisoformat(taken.at[:10]))


def open_book(programme: str, period: str) -> Book:
    """The book at the address /p/{programme}/{period}/; 404 where the period cannot be read."""
    try:
        days = periods.parse(period)
    except ValueError as error:
        raise Http404(str(error)) from None
    if days.last.year - days.first.year > LONGEST_PERIOD:
        raise Http404(f"期间至多 {LONGEST_PERIOD} 年")
    known = Programme.objects.filter(code=programme).first()
    closing = closings.closing_of(known, days) if known else None
    taken = load(closings.line_of(closing)) if closing else None
    book = Book(taken or snapshot(), programme, period, closing is not None and taken is not None)
    _ = book.programme  # raises 404 where there is none
    return book


def person_of(request: HttpRequest) -> Person:
    """Who acts, asked once a request: the account with the posts it bears today; a visitor may what the public may."""
    found: Person | None = request.__dict__.get("person")
    if found is None:
        user = request.user
        found = request.__dict__["person"] = offices.person(user.get_username()) if user.is_authenticated else Person()
    return found


def warm() -> None:
    """Ask the figures of the first programme and the words of the search once, so that nobody waits for them; an empty book has none."""
    with suppress(LookupError, OperationalError):
        taken = freeze()
        programme = taken.rows["programmes"][0]["code"]
        book = Book(taken, programme, reporting_period(taken, programme))
        for sheet in definitions():
            with suppress(RefusedSum):
                book.figure(sheet)
        index(taken)
