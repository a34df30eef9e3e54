"""Doors: every address names the act it is, and the table of rights is asked before its view is.

What one may not see is not there (404). An act on what one may see is refused with who can grant it (403), to a visitor
by the way to the sign-in.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter

from duikou.acts.doing import Forbidden, place_of
from duikou.records.models import Document, Programme, Record
from duikou.rules.rights import Place, may, may_somewhere
from duikou.snapshot.store import Snapshot

from .addresses import area_of
from .book import person_of

View = Callable[..., HttpResponseBase]
Find = Callable[..., Place]
READING = ("GET", "HEAD", "OPTIONS")
OWN = "see_own"  # everyone has something of the own, once signed in
SEEING = "see_"  # acts that change nothing
OF_PERSONS = ("attendance",)
OF_BANKS = ("bank_line",)  # with the numbers of accounts
OF_REQUESTS = ("data_request",)  # who owes what
ABSENT = "没有这一页，或者这个账号看不到"


def door(route: str, view: View, act: str, find: Find, *, change: str = "", name: str = "") -> URLPattern:
    """An address whose view is asked for as an act on the place that `find` finds; `change`: the act of a POST."""

    @wraps(view)
    def guarded(request: HttpRequest, **at: Any) -> HttpResponseBase:
        needed = change if change and request.method not in READING else act
        check(request, needed, find(request, **at))
        return view(request, **at)

    guarded.door = (act, change, find)  # type: ignore[attr-defined]
    return path(route, guarded, name=name or None)


def check(request: HttpRequest, act: str, place: Place) -> None:
    """Nothing if the person may; else Http404, a way to the sign-in, or PermissionDenied with who can grant."""
    person = person_of(request)
    if may(person, act, place):
        return
    if place == Place() and act == OWN and not person.account:
        raise SignInFirst(request.get_full_path())
    if act.startswith(SEEING) or not _sees(request, place):
        raise Http404(ABSENT)
    if not person.account:
        raise SignInFirst(request.get_full_path())
    raise PermissionDenied(Forbidden(act))


def open_door(route: str, view: View, why: str, *, name: str = "") -> URLPattern:
    """An address that asks no right, and why."""

    @wraps(view)
    def opened(request: HttpRequest, **at: Any) -> HttpResponseBase:
        return view(request, **at)

    opened.open = why  # type: ignore[attr-defined]
    return path(route, opened, name=name or None)


class SignInFirst(Exception):
    """A visitor asks for what only an account may do; carries the address to come back to."""

    def answer(self) -> HttpResponseBase:
        """The way to the sign-in."""
        return redirect_to_login(str(self))


def _sees(request: HttpRequest, place: Place) -> bool:
    """Whether a person may see the thing that an act is asked of; what belongs to no programme, anything like it."""
    person = person_of(request)
    if place.programme:
        return may(person, "see_figures", place) or may(person, "see_records", place)
    return may_somewhere(person, "see_offices")


def seen(request: HttpRequest, taken: Snapshot) -> list[str]:
    """The programmes of a snapshot of which one may see anything, by code and in their order."""
    may_see = {p.code for p in Programme.objects.all() if can(request, "see_records", _own_part(request, p))}
    return [row["code"] for row in taken.rows["programmes"] if row["code"] in may_see]


def can(request: HttpRequest, act: str, place: Place) -> bool:
    """Whether the button of an act stands on the page: the question that the act itself asks."""
    return may(person_of(request), act, place)


# ---- the places of addresses ---------------------------------------------------------------------------------------


def nowhere(request: HttpRequest, **at: Any) -> Place:
    """What belongs to no programme, office or account."""
    return Place()


def of_self(request: HttpRequest, **at: Any) -> Place:
    """The person's own affairs."""
    return Place(account=person_of(request).account)


def of_programme(request: HttpRequest, *, programme: str, **at: Any) -> Place:
    """A programme; 404 where there is none."""
    return place_of(_programme(programme))


def _programme(code: str) -> Programme:
    found = Programme.objects.filter(code=code).first()
    if found is None:
        raise Http404(ABSENT)
    return found


def of_own_part(request: HttpRequest, *, programme: str, **at: Any) -> Place:
    """The part of a programme that one may see: the area of one's office where the right reaches no further."""
    return _own_part(request, _programme(programme))


def _own_part(request: HttpRequest, programme: Programme) -> Place:
    whole, person = place_of(programme), person_of(request)
    if may(person, "see_records", whole):
        return whole
    areas = [post.area for post in person.posts if post.programme in ("", programme.code) and post.area]
    return replace(whole, area=areas[0] if areas else "")


def of_figure(request: HttpRequest, *, name: str, **at: Any) -> Place:
    """The programme that a figure is of: donations.education:tj-hn.2011."""
    return of_programme(request, programme=name.partition(":")[2].partition(".")[0])


def of_record(request: HttpRequest, *, number: int, **at: Any) -> Place:
    """A record: its programme and the area it is in; one of no programme is seen wherever anything is seen."""
    found = Record.objects.filter(number=number).select_related("programme").first()
    if found is None:
        raise Http404(ABSENT)
    return place_of_record(found)


def openness(kind: str, state: str) -> str:
    """How open a record is (terms: openness) in a programme that is so open: who took part and bank accounts never are public."""
    return "internal" if kind in (*OF_PERSONS, *OF_BANKS, *OF_REQUESTS) else state


def place_of_record(record: Record) -> Place:
    """A record as the thing a right is asked of; organisations, which belong to no programme, are public."""
    if record.programme is None or record.kind in ("office", "account", "appointment", "key"):
        return Place(state="public" if record.kind == "organisation" else "internal")
    found = place_of(record.programme)
    return Place(found.programme, area_of(record), state=openness(record.kind, found.state))


def of_document(request: HttpRequest, *, said: str, **at: Any) -> Place:
    """A document as a record of its programme."""
    return place_of_record(document_of(said).record)


def document_of(said: str) -> Document:
    """The document of a digest's beginning (8 digits or more) or of a record number; 404 where there is none."""
    rows = Document.objects.filter(digest__startswith=said) if len(said) >= 8 else Document.objects.none()
    found = rows.first() or (
        Document.objects.filter(pk=int(said)).first() if said.isdecimal() and len(said) < 16 else None
    )
    if found is None:
        raise Http404(ABSENT)
    return found


def of_text(document: Document) -> Place:
    """The whole text of a document: public where it was published itself."""
    found = place_of_record(document.record)
    return replace(found, state="public" if document.published else "internal")


class PeriodInAddress(StringConverter):
    """A period in an address begins with its year, so that no word is taken for one."""

    regex = r"\d[^/]*"


register_converter(PeriodInAddress, "period")
