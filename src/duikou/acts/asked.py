"""要过的表: what stands against asking again; how a sheet that is taken answers, and opens again once it is taken back."""

from duikou.records.models import DataRequest, Organisation, Programme, Submission, of
from duikou.rules import handing as rules
from duikou.rules.fact import Ref
from duikou.rules.period import Period
from duikou.rules.rights import contains

from .doing import Work, today


def asked_before(programme: Programme, when: Period) -> dict[tuple[str, int], str]:
    """What stands against asking again, by layout and office: it was asked for, or its sheet was taken."""
    asked = of(DataRequest, programme).filter(first=when.first, last=when.last)
    said = {(row.layout, row.office_id): f"{row.asked_on} 已要过{row.title}" for row in asked}
    taken = of(Submission, programme).filter(first=when.first, last=when.last, undone=None).exclude(office=None)
    return said | {(row.layout, row.office_id): f"{row.receipt}已收{row.title}" for row in taken if row.office_id}


def answer_by_sheet(work: Work, programme: Programme, sheet: rules.Submission | Submission, number: int) -> None:
    """A sheet that was taken answers the request for it: same layout, area and period, and office where both name one."""
    if sheet.when is None:
        return
    open_ = of(DataRequest, programme).filter(layout=sheet.layout, first=sheet.when.first, last=sheet.when.last)
    rows = [row for row in open_.exclude(answer="data").order_by("pk") if _one_area(row.region, sheet.region)]
    office = _number_of(sheet.office_id if isinstance(sheet, Submission) else sheet.office)
    own = [row for row in rows if row.office_id == office]
    for row in own or (rows if len(rows) == 1 else []):
        work.change(row, answer="data", answered=today(), submission_id=number)


def answer_again(work: Work, programme: Programme, sheet: Submission) -> None:
    """After a sheet was taken back, another that stands answers in its place; else the request is open again."""
    later = of(DataRequest, programme).filter(submission=sheet.pk)  # answered by it in a line after its own
    for row in later.order_by("pk"):
        work.change(row, answer="asked", answered=None, reason="", submission_id=None)
    others = of(Submission, programme).filter(layout=sheet.layout, undone=None)
    for other in others.filter(first=sheet.first, last=sheet.last).exclude(pk=sheet.pk).order_by("pk"):
        answer_by_sheet(work, programme, other, other.pk)


def _one_area(area: str, other: str) -> bool:
    """Whether two codes are of one area, whichever it bore first."""
    return area == other or (contains(area, other) and contains(other, area))


def _number_of(office: Ref | None) -> int | None:
    """The number of an organisation by its number or code."""
    if isinstance(office, str):
        return Organisation.objects.filter(code=office).values_list("pk", flat=True).first()
    return office
