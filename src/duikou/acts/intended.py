"""What enterprises mean to do, as the standing checks ask of it: read in two queries."""

from collections.abc import Iterator
from datetime import date

from duikou.records.models import Intent, Investment, InvestmentStep, Programme, of
from duikou.rules.enterprises import STEPS
from duikou.rules.intentions import EARLY, Intended

from .money import Asked

WAITING = ("to_be_settled", "preparing")  # states (terms: status) of an investment that nothing has come of yet


def intended(programme: Programme) -> Iterator[Asked]:
    """Each letter of intent that no investment has come of, each investment by its last step; the office answers.

    An intention whose day nobody said does not age, and neither does an investment that was built before its steps.
    """
    for row in of(Intent, programme).filter(investment=None, last__isnull=False).order_by("pk"):
        if row.last:
            yield Asked(row.pk, row.event, programme.office_id, Intended(row.event, EARLY[0], row.last))
    taken = last_steps(programme)
    for firm in of(Investment, programme).order_by("pk"):
        if found := taken.get(firm.pk) or _waiting(firm):
            yield Asked(firm.pk, firm.name, programme.office_id, Intended(firm.name, *found))


def last_steps(programme: Programme) -> dict[int, tuple[str, date]]:
    """The furthest step of each investment that has any, with its day."""
    found: dict[int, tuple[str, date]] = {}
    for number, step, day in of(InvestmentStep, programme).values_list("investment_id", "step", "last"):
        if day and (number not in found or STEPS.index(step) > STEPS.index(found[number][0])):
            found[number] = (step, day)
    return found


def _waiting(firm: Investment) -> tuple[str, date] | None:
    """An investment of which no step is told, and its state says that none was taken: intended since the day it is told of."""
    return (EARLY[0], firm.last) if firm.status in WAITING and firm.last else None
