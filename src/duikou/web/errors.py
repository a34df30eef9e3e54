"""Answers that are no page: not allowed, not there, withdrawn, broken; in the frame of the programme in the address."""

import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext

from duikou.acts import offices
from duikou.acts.doing import Forbidden
from duikou.acts.journal import header_of
from duikou.records.models import Account, Document, JournalImage, Record
from duikou.rules import period as periods
from duikou.rules.rights import who_may

from .addresses import href, root, titles
from .book import Book, reporting_period, snapshot
from .doors import ABSENT, seen
from .frame import nearest, who_grants
from .language import day_words, heading, listed, say
from .seeing import visible

MOST = 100  # records that a page lists
AGAIN = 5  # seconds after which an act that found the book busy may be tried again
LONGEST = 200  # characters of a reason that a page shows
IN_PROGRAMME = re.compile(r"(?:/en)?/p/(?P<page>[\w-]+)/(?:(?P<period>\d[^/]*)/)?|(?:/en)?/f/[^:/]+:(?P<figure>[\w-]+)")


class Withdrawn(Exception):
    """A document was asked for that is out of sight for good."""

    def __init__(self, document: Document) -> None:
        super().__init__(str(document))
        self.document = document


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: what only others may do, and who can grant it."""
    cause, why = exception.args[0] if exception.args else None, ""
    if isinstance(cause, Forbidden):
        roles = listed([say("role", role) for role in who_may(cause.act)])
        why = gettext("{act}由{roles}办理，当前账号没有这项职责").format(act=heading("act", cause.act), roles=roles)
    book = book_at(request)
    return _page(request, "403.html", 403, book, {"why": why, "grants": who_grants(book.code if book else "")})


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: what was asked for, the nearest page above, a search; for a visitor the way to the sign-in."""
    why = str(exception) if type(exception) is Http404 else ""  # what the resolver raises lists its addresses
    context = {"why": why if why != ABSENT and len(why) < LONGEST else "", "absent": why == ABSENT}
    return _page(request, "404.html", 404, book_at(request), context)


def gone(request: HttpRequest, withdrawn: Withdrawn) -> HttpResponse:
    """410: a document that was withdrawn: by whom, when and why; the records that rest on it stay."""
    document = withdrawn.document
    programme = document.record.programme
    taken = snapshot()
    book = Book(taken, programme.code, reporting_period(taken, programme.code)) if programme else None
    records = _resting(request, document)
    context = {"document": document, "count": len(records), "records": records[:MOST], **_withdrawal(document)}
    return _page(request, "410.html", 410, book, context)


def busy(request: HttpRequest) -> HttpResponse:
    """503: others have been writing for so long that this writer's turn did not come; nothing was written."""
    page = render_to_string("503.html", {"path": request.get_full_path()})
    return HttpResponse(page, status=503, headers={"Retry-After": str(AGAIN)})


def broken(request: HttpRequest) -> HttpResponse:
    """500: said without asking the book anything, since it may be the book that does not answer."""
    return HttpResponse(render_to_string("500.html", {"path": request.get_full_path()}), status=500)


def _page(request: HttpRequest, template: str, status: int, book: Book | None, more: Mapping[str, Any]) -> HttpResponse:
    above = nearest(request.path)
    if book is None and IN_PROGRAMME.match(above):
        above = f"{root()}/"  # the programme above is not there for the person either
    return render(request, template, {"book": book, "above": above, "home": f"{root()}/", **more}, status=status)


def book_at(request: HttpRequest) -> Book | None:
    """The programme that the address names, if the person sees anything of it; in its own period where none is named."""
    found = IN_PROGRAMME.match(request.path)
    if not found:
        return None
    code = found["page"] or found["figure"]
    with suppress(LookupError):
        taken = snapshot()
        if code in seen(request, taken):
            return Book(taken, code, _period(found["period"]) or reporting_period(taken, code))
    return None


def _period(said: str | None) -> str:
    """A period that can be read; nothing otherwise."""
    with suppress(ValueError):
        return periods.parse(said or "").code
    return ""


def _withdrawal(document: Document) -> dict[str, str]:
    """Office and role of who withdrew a document, the day and the reason, from the journal line that did it."""
    images = JournalImage.objects.filter(table=Document._meta.db_table, number=document.pk).select_related("line")
    lines = (kept.line for kept in images.order_by("-line_id"))
    line = next((line for line in lines if header_of(line)["act"] == "withdraw_document"), None)
    day = day_words(document.withdrawn) if document.withdrawn else ""
    if line is None:
        return {"day": day}
    header = header_of(line)
    account = Account.objects.filter(code=header["person"]).select_related("office__organisation").first()
    borne = offices.person(header["person"], document.withdrawn).roles
    roles = [role for role in who_may("withdraw_document") if role in borne] or who_may("withdraw_document")
    return {
        "day": day, "reason": header["reason"], "office": account.office.organisation.name if account else "",
        "role": listed([say("role", role) for role in roles]),
    }  # fmt: skip


def _resting(request: HttpRequest, document: Document) -> list[tuple[str, str, str]]:
    """The records that rest on a document and that the person sees: kind, title, address."""
    rows = Record.objects.filter(statements__passage__document=document).select_related("programme").distinct()
    records = visible(request, rows.order_by("kind", "number"))
    called = titles(records)
    return [(say("record", r.kind), called[r.number], href(r.kind, r.number)) for r in records]
