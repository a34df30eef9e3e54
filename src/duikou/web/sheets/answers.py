"""核对结果 …/sheets/12/answer.xlsx: the own workbook back with all problems in it; …/corrected.xlsx where only form was wrong."""

from pathlib import PurePath
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from duikou.acts.dropped import bytes_of
from duikou.intake.answering import answered
from duikou.intake.mending import corrected
from duikou.intake.taking import Answer
from duikou.records.models import Upload
from duikou.rules.problem import Refused
from duikou.web.acting.places import own_work
from duikou.web.doors import ABSENT, door
from duikou.web.listing.files import EXCEL

from .checking import rehearsed
from .kept import ACT, HERE, Handing, handing, read, upload_of


@require_safe
def answer(request: HttpRequest, programme: str, period: str, number: int) -> HttpResponse:
    """The workbook that was dropped in, with the problems beside its cells; one that cannot be read leads to its page."""
    upload, by = upload_of(request, programme, number), handing(request, programme)
    said = _said(upload, by)
    if said is None:
        return redirect("sheet-check", programme, period, number)
    more = rehearsed(upload, by, said) if said.ready else ()
    return as_file(answered(said, bytes_of(upload), more), f"{said.title}_核对结果.xlsx")


@require_safe
def copy(request: HttpRequest, programme: str, period: str, number: int) -> HttpResponse:
    """The corrected copy; where there is nothing to correct by itself it says so."""
    upload = upload_of(request, programme, number)
    said = _said(upload, handing(request, programme))
    if said is None:
        return redirect("sheet-check", programme, period, number)
    data, changes = corrected(said, bytes_of(upload))
    if not changes:
        messages.info(request, _("没有只是写法不合的格，不用改写。要改的照“核对结果”在表里改。"))
        return redirect("sheet-check", programme, period, number)
    return as_file(data, f"{said.title}_改写.xlsx")


def _said(upload: Upload, by: Handing) -> Answer | None:
    """What we say to a file; nothing where it cannot be read."""
    try:
        return read(upload, by)
    except FileNotFoundError:
        raise Http404(ABSENT) from None
    except Refused:
        return None


def as_file(data: bytes, name: str) -> HttpResponse:
    """A workbook to take away, under its name."""
    found = HttpResponse(data, content_type=EXCEL)
    found["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(PurePath(name).name)}"
    return found


OF_UPLOAD = HERE + "<int:number>/"
urlpatterns = [
    door(OF_UPLOAD + "answer.xlsx", answer, ACT, own_work(ACT), name="sheet-answer"),
    door(OF_UPLOAD + "corrected.xlsx", copy, ACT, own_work(ACT), name="sheet-corrected"),
]
