"""本地区: the records of one's own area in a programme; the first page for those whose right to see reaches no further."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from duikou.records.models import Record
from duikou.rules.rights import contains

from .addresses import areas, href, titles
from .book import open_book, person_of
from .doors import door, of_own_part
from .language import area_name, say


@dataclass(frozen=True)
class Listed:
    """A record of the area: its kind, what it is called, its address."""

    kind: str
    title: str
    href: str


def page(request: HttpRequest, programme: str, period: str) -> HttpResponse:
    """The records of the own area, by kind."""
    book = open_book(programme, period)
    own = next((post.area for post in person_of(request).posts if post.area and post.programme in ("", programme)), "")
    kept = list(Record.objects.filter(programme__code=programme).order_by("kind", "number"))
    area_of = areas(kept)
    inside = [record for record in kept if contains(own, area_of.get(record.number, ""))]
    called = titles(inside)
    listed = [Listed(say("record", r.kind), called[r.number], href(r.kind, r.number)) for r in inside]
    context: dict[str, Any] = {"book": book, "area": area_name(own), "records": listed}
    return render(request, "own.html", context)


urlpatterns = [door("p/<slug:programme>/<period:period>/own/", page, "see_records", of_own_part, name="own-part")]
