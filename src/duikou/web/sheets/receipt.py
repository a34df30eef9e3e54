"""收据 …/sheets/receipts/12/: the number of a sheet that was taken, what it brought and changed; taking it back with a reason;
and the sheet itself as it was handed in."""

from dataclasses import replace
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from duikou.acts.doing import programme_of
from duikou.acts.evidence import kept_file
from duikou.acts.undoing import place_of_sheet, take_back_sheet
from duikou.records.models import Submission
from duikou.rules.problem import Refused
from duikou.rules.rights import Place
from duikou.web.addresses import address
from duikou.web.book import open_book, person_of
from duikou.web.doors import ABSENT, can, door
from duikou.web.listing.files import EXCEL

from .groups import group
from .kept import HERE
from .receipts import listed, receipts

LONGEST = 120  # characters of a reason
FORMS = ((b"PK", ".xlsx", EXCEL), (b"\xd0\xcf", ".xls", "application/vnd.ms-excel"), (b"", ".csv", "text/csv"))


def submission_of(programme: str, number: int) -> Submission:
    """A sheet that a programme took; 404 where it took none of this number."""
    rows = Submission.objects.filter(record__programme__code=programme).select_related("record", "office", "document")
    found = rows.filter(pk=number).first() if number < 2**63 else None
    if found is None:
        raise Http404(ABSENT)
    return found


def of_submission(request: HttpRequest, *, programme: str, number: int, **at: Any) -> Place:
    """A sheet: its programme, in the area that it is of."""
    return place_of_sheet(submission_of(programme, number), programme_of(programme))


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, programme: str, period: str, number: int) -> HttpResponse:
    """The receipt; a POST takes the sheet back."""
    row = submission_of(programme, number)
    wrong: list[str] = []
    if request.method == "POST" and not (wrong := _taken_back(request, row, programme)):
        messages.success(request, _("{receipt}已撤回。").format(receipt=row.receipt))
        return redirect("sheet-receipt", programme, period, number)
    (found,) = receipts([row])
    parts = [
        ("brought", group(request, "brought", found.brought)),
        ("changed", group(request, "changed", found.changed)),
    ]
    context = {
        "book": open_book(programme, period), "receipt": found, "wrong": wrong, "named": bool(person_of(request).account),
        "parts": [(code, one, listed(one.rows)) for code, one in parts if one.count], "reason": request.POST.get("reason", ""),
        "may_take_back": found.open and can(request, "take_back_sheet", of_submission(request, programme=programme, number=number)),
        "original": bool(kept_file(row.document.digest))
        and can(request, "see_records", of_original(request, programme=programme, number=number)),
        "document": address(row.document.digest, row.document_id), "longest": LONGEST,
    }  # fmt: skip
    return render(request, "sheets_receipt.html", context, status=422 if wrong else 200)


def original(request: HttpRequest, programme: str, period: str, number: int) -> FileResponse:
    """The sheet as it was handed in, byte for byte; 404 where its bytes are gone."""
    paper = submission_of(programme, number).document
    file = kept_file(paper.digest)
    if file is None or paper.withdrawn:
        raise Http404(ABSENT)
    opened = file.open("rb")
    begins = opened.peek(2)
    ending, kind = next((ending, kind) for start, ending, kind in FORMS if begins.startswith(start))
    answer = FileResponse(opened, content_type=kind)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(paper.title + ending)}"
    return answer


def of_original(request: HttpRequest, **at: Any) -> Place:
    """The sheet itself, which says more than was taken of it: it stays inside however public the programme is."""
    return replace(of_submission(request, **at), state="internal")


def _taken_back(request: HttpRequest, row: Submission, programme: str) -> list[str]:
    """Take the sheet back; what stands in the way."""
    reason = request.POST.get("reason", "").strip()
    if len(reason) > LONGEST:
        return [_("原因至多 {most} 字，现有 {n} 字。").format(most=LONGEST, n=len(reason))]
    try:
        take_back_sheet(row, programme=programme_of(programme), person=person_of(request), reason=reason)
    except Refused as refused:
        return [str(problem) for problem in refused.problems]
    return []


urlpatterns = [
    door(
        HERE + "receipts/<int:number>/",
        page,
        "see_records",
        of_submission,
        change="take_back_sheet",
        name="sheet-receipt",
    ),
    door(HERE + "receipts/<int:number>/original", original, "see_records", of_original, name="sheet-original"),
]
