"""收表 …/sheets/: the files one dropped in and has not handed in, the sheets that were taken; a field to drop files in."""

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from duikou.acts.dropped import drop
from duikou.intake.unfit import MB
from duikou.intake.upload import LARGEST, plain_name
from duikou.records.models import Programme, Submission, Upload, of
from duikou.rules.problem import Refused
from duikou.web.acting.places import own_work
from duikou.web.addresses import href
from duikou.web.book import Book, open_book, person_of
from duikou.web.doors import can, door
from duikou.web.listing.order import paged
from duikou.web.requesting.kept import of_requests
from duikou.web.seeing import rows_seen

from .kept import ACT, HERE, Handing, areas_of, fits, form_href, handing, known_sheets, last_month, layout_name
from .receipts import receipts

MONTH = re.compile(r"(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])")
MOST = 20  # files that are dropped in at once


@dataclass(frozen=True)
class Known:
    """A layout that is known: its name, and where a blank form of it is had."""

    name: str
    form: str


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, programme: str, period: str) -> HttpResponse:
    """The page; a POST drops files in."""
    book, by = open_book(programme, period), handing(request, programme)
    wrong: list[str] = []
    if request.method == "POST":
        uploads, wrong = _dropped(request, by)
        if not wrong:
            one = uploads[0].pk if len(uploads) == 1 else None
            return redirect("sheet-check", programme, period, one) if one else redirect("sheets", programme, period)
    return render(request, "sheets_list.html", _context(request, book, by, wrong), status=422 if wrong else 200)


def _context(request: HttpRequest, book: Book, by: Handing, wrong: list[str]) -> dict[str, Any]:
    rows = list(of(Submission, by.programme).select_related("record__programme", "office", "document").order_by("-pk"))
    shown = paged(request, rows_seen(request, rows))
    may_drop = can(request, ACT, own_work(ACT)(request, programme=book.code))
    own = Upload.objects.filter(account=person_of(request).account, programme=book.code, submission=None)
    board = can(request, "see_records", of_requests(request, programme=book.code))
    return {
        "board": reverse("requests", args=[book.code, book.period]) if board else "",
        "book": book, "wrong": wrong, "may_drop": may_drop, "shown": shown, "count": shown.paginator.count,
        "taken": receipts(shown), "waiting": own.order_by("-pk") if may_drop else [],
        "month": request.POST.get("month") or last_month().code, "region": request.POST.get("region", ""),
        "areas": areas_of(by) if may_drop else [], "largest": LARGEST // MB, "named": bool(person_of(request).account),
        "known": [Known(layout_name(code), form_href(book.code, book.period, code)) for code in known_sheets()],
    }  # fmt: skip


def _dropped(request: HttpRequest, by: Handing) -> tuple[list[Upload], list[str]]:
    """The files that came in, and what is wrong with the others."""
    chosen, wrong = said_of(request, by)
    files = [file for file in request.FILES.getlist("files") if isinstance(file, UploadedFile)]
    if not files:
        wrong.append(_("没有选文件。选一个或几个工作簿，再交。"))
    if len(files) > MOST:
        wrong.append(_("选了 {n} 个文件，一次至多 {most} 个。分几次交。").format(n=len(files), most=MOST))
    if wrong:
        return [], wrong
    uploads: list[Upload] = []
    for file in files:
        name, data = plain_name(str(file.name)), file.read(LARGEST + 1)
        if taken_before(request, by.programme, name, data):
            continue
        try:
            fits(name, data)
        except Refused as refused:
            wrong += map(str, refused.problems)
        else:
            uploads.append(drop(name, data, chosen, programme=by.programme, person=by.person))
    return uploads, wrong


def said_of(request: HttpRequest, by: Handing) -> tuple[dict[str, Any], list[str]]:
    """The month and the area that a person says of files, and what is wrong with them."""
    month, region = request.POST.get("month", "") or last_month().code, request.POST.get("region", "")
    wrong: list[str] = []
    if not MONTH.fullmatch(month):
        wrong.append(_("“{said}”不是月份。写成 2026-10 这样。").format(said=month[:20]))
    allowed = [code for code, _name in areas_of(by)]
    if region and region not in allowed:
        wrong.append(_("“{said}”不是可以交表的地区。从名单中选。").format(said=region[:20]))
    return {"when": month, "region": region or next(iter(allowed), "")}, wrong


def taken_before(request: HttpRequest, programme: Programme, name: str, data: bytes) -> bool:
    """Whether the very file was taken already; told at once, with the receipt where the person sees it."""
    rows = of(Submission, programme).filter(document__digest=sha256(data).hexdigest(), undone=None)
    row = rows.select_related("record__programme").first()
    if row is None:
        return False
    seen = rows_seen(request, [row])
    receipt = format_html('<a href="{}">{}</a>', href("submission", row.pk), row.receipt) if seen else row.receipt
    said = _("“{}”已收过，收据 {}。有改动的，改后再交，只入不同的行。")
    messages.warning(request, format_html(said, name, receipt))
    return True


urlpatterns = [door(HERE, page, "see_records", own_work(ACT), change=ACT, name="sheets")]
