"""本地区: the records of one's own area in a programme; the first page for those whose right to see reaches no further."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from duikou.acts.doing import programme_of
from duikou.records.models import Programme, Record, of
from duikou.rules.rights import contains
from duikou.terms.words import regions

from .addresses import area_columns, href, model_of, titles
from .book import open_book, person_of
from .doors import door, of_own_part
from .kinds.reading import with_area
from .language import area_name, say
from .requesting.owed import owed_by

MOST = 20  # records of one kind that the page lists


@dataclass(frozen=True)
class Listed:
    """A record of the area: its kind, what it is called, its address."""

    kind: str
    title: str
    href: str


@dataclass(frozen=True)
class Of:
    """A kind: how many of its records are in the area, the numbers of the newest."""

    kind: str
    count: int
    newest: tuple[int, ...]

    @property
    def word(self) -> str:
        """What the kind is called."""
        return say("record", self.kind)

    @property
    def more(self) -> int:
        """How many the page does not list."""
        return self.count - len(self.newest)


def page(request: HttpRequest, programme: str, period: str) -> HttpResponse:
    """The newest records of the own area, by kind."""
    book = open_book(programme, period)
    own = next((post.area for post in person_of(request).posts if post.area and post.programme in ("", programme)), "")
    kinds = list(_inside(programme_of(programme), own)) if own else []
    kept = Record.objects.filter(pk__in=[number for one in kinds for number in one.newest]).order_by("kind", "number")
    called = titles(kept)
    listed = [Listed(say("record", r.kind), called[r.number], href(r.kind, r.number)) for r in kept]
    context = {
        "book": book, "area": area_name(own), "records": listed, "count": sum(one.count for one in kinds),
        "more": [one for one in kinds if one.more], "owed": owed_by(request, programme, own),
    }  # fmt: skip
    return render(request, "own.html", context)


def _inside(programme: Programme, own: str) -> Iterator[Of]:
    """The kinds that have records in an area: a question to each that says where its records are."""
    here = [code for code in regions() if contains(own, code)]
    kinds = Record.objects.filter(programme=programme).order_by("kind").values_list("kind", flat=True).distinct()
    for kind in kinds.exclude(kind="data_request"):  # what is owed stands above
        if not area_columns(model_of(kind)):
            continue
        rows: Any = with_area(of(model_of(kind), programme))  # type: ignore[arg-type]
        mine = sorted(rows.filter(in_area__in=here).order_by().values_list("pk", flat=True), reverse=True)
        if mine:
            yield Of(kind, len(mine), tuple(mine[:MOST]))


urlpatterns = [door("p/<slug:programme>/<period:period>/own/", page, "see_records", of_own_part, name="own-part")]
