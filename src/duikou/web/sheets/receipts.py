"""Receipts: a sheet that was taken, who took it and when, until when it may be taken back, what it brought; who took it back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.urls import reverse

from duikou.acts.doing import today
from duikou.acts.journal import header_of, time_of
from duikou.records.models import JournalImage, Link, Record, Submission
from duikou.rules.handing import UNDO
from duikou.rules.period import Period
from duikou.web.addresses import href, titles
from duikou.web.book import reporting_period, snapshot
from duikou.web.language import say

from .kept import layout_name

TABLE = "records_submission"


@dataclass(frozen=True)
class Line:
    """A line of the journal: its number, when, who, and why."""

    number: int
    at: datetime
    person: str
    reason: str

    @property
    def day(self) -> date:
        """The day, by the clock of the office."""
        return self.at.astimezone().date()


@dataclass(frozen=True)
class Receipt:
    """A sheet that was taken, with the line it came by and the line by which it was taken back."""

    row: Submission
    came: Line
    back: Line | None

    @property
    def layout(self) -> str:
        """What the layout is called."""
        return layout_name(self.row.layout)

    @property
    def when(self) -> Period | None:
        """The period that it is of."""
        return self.row.when

    @property
    def until(self) -> date:
        """The last day on which it may be taken back."""
        return self.came.day + timedelta(days=UNDO)

    @property
    def open(self) -> bool:
        """Whether it may still be taken back, as far as the day goes."""
        return self.row.undone is None and today() <= self.until

    @cached_property
    def brought(self) -> list[Record]:
        """The records that it brought, in the order of their numbers."""
        return self._linked("brings")

    @cached_property
    def changed(self) -> list[Record]:
        """The records that it changed."""
        return self._linked("changes")

    def _linked(self, role: str) -> list[Record]:
        links = Link.objects.filter(record=self.row.pk, role=role).select_related("to__programme")
        return [link.to for link in links.order_by("to_id")]


def receipts(rows: Iterable[Submission]) -> list[Receipt]:
    """Sheets that were taken, each with its lines; two questions for all of them."""
    kept = list(rows)
    lines = _lines([row.pk for row in kept])
    return [
        Receipt(row, lines[row.pk][0], lines[row.pk][-1] if row.undone else None) for row in kept if row.pk in lines
    ]


def _lines(numbers: list[int]) -> Mapping[int, list[Line]]:
    """The lines that wrote submissions, by number, the first one first."""
    found: dict[int, list[Line]] = {}
    images = JournalImage.objects.filter(table=TABLE, number__in=numbers).select_related("line").order_by("line_id")
    for image in images:
        header: dict[str, Any] = header_of(image.line)
        line = Line(image.line.number, time_of(image.line), header["person"], header["reason"])
        found.setdefault(image.number, []).append(line)
    return found


def listed(records: Iterable[Record]) -> list[tuple[str, str, str, bool]]:
    """Records as a page names them: kind, title, address, whether they were taken back."""
    kept = list(records)
    called = titles(kept)
    return [(say("record", r.kind), called[r.number], href(r.kind, r.number), bool(r.struck)) for r in kept]


def address_of(record: Record) -> str:
    """The receipt page of the record of a submission, in the programme's own period."""
    code = record.programme.code if record.programme else ""
    return reverse("sheet-receipt", args=[code, reporting_period(snapshot(), code), record.number])


@dataclass(frozen=True)
class TakenBack:
    """The sheet that a struck record went with: its receipt, the day it was taken back, its address."""

    receipt: str
    day: date | None
    href: str


def taken_back_with(record: Record) -> TakenBack | None:
    """The sheet that a record went back with; nothing of a record that stands."""
    if not record.struck:
        return None
    link = Link.objects.filter(to=record.number, role="brings", record__kind="submission").order_by("-pk").first()
    row = Submission.objects.filter(pk=link.record_id).first() if link else None
    return TakenBack(row.receipt, row.undone, href("submission", row.pk)) if row else None
