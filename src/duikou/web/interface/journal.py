"""The journal for those who may see it: the head of the book, its lines, what one line wrote."""

from datetime import datetime
from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest
from ninja import Router

from duikou.acts.journal import head, header_of, time_of
from duikou.records import models
from duikou.web.doors import nowhere

from .asking import asks
from .shapes import AFTER, LIMIT, AtNumber, Digits, Shape, Word, word

router = Router(tags=["账本 journal"])


class Head(Shape):
    """The head of the book (账首): to be kept outside, and held against the book later."""

    code: str
    line: int
    root: str
    full: str


class JournalLine(Shape):
    """A line: who did what when, why, on what evidence; how many rows it wrote; the roots of its own and the book's tree."""

    number: int
    at: datetime
    person: str
    act: Word
    reason: str
    evidence: str
    rows: int
    hash: str
    root: str


class Lines(Shape):
    """Lines in their order; `next` is the `after` of the next page, empty on the last."""

    lines: list[JournalLine]
    next: int | None


class Image(Shape):
    """A row as it was stored: a leaf of the line's tree."""

    position: int
    table: str
    number: int
    text: str


class WholeLine(JournalLine):
    """A line with its header and rows as stored text; `next` is the `after` of its next rows, empty on the last."""

    header: str
    images: list[Image]
    next: int | None


@router.get("/journal/head", response=Head, summary="账首")
@asks("see_journal", nowhere)
def book_head(request: HttpRequest) -> Head:
    """The head of the book as it stands."""
    found = head()
    if found is None:
        raise Http404("账本还是空的")
    return Head(code=found.code, line=found.number, root=found.root.hex(), full=found.full)


@router.get("/journal", response=Lines, summary="账本各行")
@asks("see_journal", nowhere)
def lines(request: HttpRequest, after: Digits = AFTER, limit: Digits = LIMIT) -> Lines:
    """The lines of the journal by number."""
    rows = models.JournalLine.objects.filter(number__gt=after).annotate(rows=Count("images")).order_by("number")
    found = list(rows[: limit + 1])
    shown = [JournalLine(**_line(row)) for row in found[:limit]]
    return Lines(lines=shown, next=shown[-1].number if len(found) > limit else None)


@router.get("/journal/{number}", response=WholeLine, summary="账本的一行")
@asks("see_journal", nowhere)
def one_line(request: HttpRequest, number: AtNumber, after: Digits = AFTER, limit: Digits = LIMIT) -> WholeLine:
    """One line with the rows it wrote, as stored; the rows by their position."""
    row = models.JournalLine.objects.filter(number=number).annotate(rows=Count("images")).first()
    if row is None:
        raise Http404(f"账本没有第 {number} 行")
    kept = list(models.JournalImage.objects.filter(line=row, position__gt=after).order_by("position")[: limit + 1])
    images = [Image(position=i.position, table=i.table, number=i.number, text=i.text) for i in kept[:limit]]
    following = images[-1].position if len(kept) > limit else None
    return WholeLine(**_line(row), header=row.header, images=images, next=following)


def _line(row: models.JournalLine) -> dict[str, Any]:
    said = header_of(row)
    return {
        "number": row.number, "at": time_of(row), "person": said["person"], "act": word("act", said["act"]),
        "reason": said["reason"], "evidence": said["evidence"], "rows": row.rows, "hash": row.hash, "root": row.root,  # type: ignore[attr-defined]
    }  # fmt: skip
