"""本地区: the records of one's own area in a programme, for those whose right to see reaches no further."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from duikou.records.models import Record
from duikou.rules.rights import contains
from duikou.terms.words import zh

from .addresses import area_of, href, titles
from .book import open_book
from .doors import door, of_own_part
from .frame import area


@dataclass(frozen=True)
class Listed:
    """A record of the area: its kind, what it is called, its address."""

    kind: str
    title: str
    href: str


def page(request: HttpRequest, programme: str, period: str) -> HttpResponse:
    """The records of the own area, by kind."""
    book, place = open_book(programme, period), of_own_part(request, programme=programme)
    kept = Record.objects.filter(programme__code=programme).order_by("kind", "number")
    inside = [record for record in kept if contains(place.area, area_of(record))]
    called = titles(inside)
    listed = [Listed(zh("record", r.kind), called[r.number], href(r.kind, r.number)) for r in inside]
    context: dict[str, Any] = {"book": book, "area": area(place.area), "records": listed}
    return render(request, "own.html", context)


urlpatterns = [door("p/<slug:programme>/<period:period>/own/", page, "see_records", of_own_part, name="own-part")]
