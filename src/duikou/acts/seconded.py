"""Who is sent for a term, as the standing checks and the page of terms ask: secondments with a day on which they are due."""

from collections.abc import Iterator

from duikou.records.models import Programme, Secondment, of
from duikou.rules.people import Term
from duikou.terms.words import zh

from .money import Asked


def sent(programme: Programme) -> Iterator[Asked]:
    """The term of each secondment of a programme; who received it answers, else who keeps the programme."""
    rows = of(Secondment, programme).filter(due__isnull=False).order_by("record_id")
    for row in rows:
        if row.due is not None:
            yield Asked(row.pk, called(row), row.receiver_id or programme.office_id, Term(row.due, row.ended))


def called(row: Secondment) -> str:
    """What a secondment is called in a line."""
    return " ".join(filter(None, (row.level or zh("direction", row.direction), row.batch)))
