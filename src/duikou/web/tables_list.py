"""统计表清单: the tables by number, with how many rows each has in the period and whether its numbers agree."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from duikou.acts.doing import place_of, programme_of
from duikou.rules.reporting import named
from duikou.statistics.tables import Check, of_persons, standing_of, tables

from .book import open_book
from .doors import can, door, of_own_part
from .language import area_name
from .tables_choosing import address, may_see, periods_of


@dataclass(frozen=True)
class Listed:
    """A table in the list: its number, name and address; how many rows, how its cross-checks stand."""

    number: str
    name: str
    href: str
    count: int
    failing: int
    judged: int
    unjudged: int
    persons: bool


def page(request: HttpRequest, programme: str, period: str) -> HttpResponse:
    """The list; for a county's clerk the county's tables."""
    book, found = open_book(programme, period), programme_of(programme)
    area = of_own_part(request, programme=programme).area
    listed = [
        _listed(code, *standing_of(book.snapshot, code, programme, period, area), address(book, code, area=area))
        for code in tables()
        if may_see(request, found, code, area)
    ]
    context: dict[str, Any] = {
        "book": book, "listed": listed, "when": named(book.days), "periods": list(periods_of(book, "")),
        "area": area_name(area), "failing": [one for one in listed if one.failing],
        "annual": f"{address(book, 'annual')[:-1]}.xlsx" if not area and can(request, "see_figures", place_of(found)) else "",
        "withheld": [form["name"] for code, form in tables().items() if not area and not may_see(request, found, code, area)],
    }  # fmt: skip
    return render(request, "table_list.html", context)


def _listed(code: str, count: int, checks: Sequence[Check], href: str) -> Listed:
    readings = [check.reading.code for check in checks]
    failing, unjudged = readings.count("fails"), readings.count("unjudged")
    form = tables()[code]
    return Listed(
        form["code"], form["name"], href, count, failing, len(readings) - unjudged, unjudged, of_persons(code)
    )


HERE = "p/<slug:programme>/<period:period>/t/"
urlpatterns = [door(HERE, page, "see_records", of_own_part, name="tables")]
