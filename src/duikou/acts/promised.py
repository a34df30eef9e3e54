"""Promises and assignments of a programme as the standing checks ask of them: read in three queries."""

from collections.abc import Iterator
from datetime import date

from duikou.records.models import Assignment, Commitment, CommitmentReply, Document, Programme, of
from duikou.rules.promises import Handed, Promised

from .money import Asked


def promised(programme: Programme) -> Iterator[Asked]:
    """Every promise whose day is known, and every assignment that has a day by which it is due; the office answers."""
    replied: dict[int, date] = {}
    for about, day in of(CommitmentReply, programme).values_list("commitment_id", "last"):
        if day:
            replied[about] = max(day, replied.get(about, day))
    told = said_on(programme)
    for promise in of(Commitment, programme).order_by("pk"):
        if made := promise.last or told.get(promise.pk):
            fact = Promised(promise.text, made, replied.get(promise.pk))
            yield Asked(promise.pk, promise.text, programme.office_id, fact)
    for row in of(Assignment, programme).filter(due__isnull=False).order_by("pk"):
        if row.due:
            yield Asked(row.pk, row.content, programme.office_id, Handed(row.content, row.due, row.answered))


def said_on(programme: Programme) -> dict[int, date]:
    """The day of the paper in which each promise stands, for one that bears no day itself."""
    rows = Document.objects.filter(
        passages__statements__record__kind="commitment", passages__statements__record__programme=programme,
        last__isnull=False,
    )  # fmt: skip
    found: dict[int, date] = {}
    for promise, day in rows.values_list("passages__statements__record_id", "last"):
        if day:
            found[promise] = min(day, found.get(promise, day))
    return found
