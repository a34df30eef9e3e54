"""What a table's page offers beside it: other tables, other periods, counties; and who may see a county's table."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import HttpRequest

from duikou.acts.doing import place_of, programme_of
from duikou.records.models import Programme
from duikou.rules import period as periods
from duikou.rules.period import months
from duikou.rules.reporting import audit_year, named, offered, plan_period
from duikou.rules.rights import Place
from duikou.statistics.tables import FilledTable, by_area, of_persons, tables

from .addresses import root
from .book import Book, reporting_period
from .doors import can, check, of_own_part, of_programme
from .language import area_name


@dataclass(frozen=True)
class Choice:
    """Something else to look at: its address, its words, whether it is what is looked at."""

    href: str
    words: str
    chosen: bool = False


def of_county(request: HttpRequest, *, programme: str, area: str, **at: Any) -> Place:
    """The part of a programme that lies in a county."""
    return replace(of_programme(request, programme=programme), area=area)


def for_insiders(request: HttpRequest, programme: str, area: str = "") -> None:
    """404 for who sees the records of a programme only because it is public."""
    check(request, "see_records", replace(of_programme(request, programme=programme), area=area, state="internal"))


def inside(request: HttpRequest, programme: Programme, area: str = "") -> bool:
    """Whether the person sees the records of a programme, or of a county of it, inside."""
    return can(request, "see_records", replace(place_of(programme), area=area, state="internal"))


def address(book: Book, code: str, *, period: str = "", area: str = "") -> str:
    """The address of a table."""
    return f"{root()}/p/{book.code}/{period or book.period}/t/{code}/{f'{area}/' if area else ''}"


def choices_of(request: HttpRequest, book: Book, filled: FilledTable) -> dict[str, Any]:
    """What the bar over a table offers, in words for the template."""
    code, own = filled.code, of_own_part(request, programme=book.code).area
    body = filled.body
    counties = sorted({*(body.areas() if body is not None and not own else ()), *filter(None, [filled.area, own])})
    whole = [] if own else [Choice(address(book, code), "全部", not filled.area)]
    return {
        "others": list(_tables(request, book, filled.area or own)),
        "periods": list(periods_of(book, code, filled.area)),
        "counties": [
            *whole,
            *(Choice(address(book, code, area=a), area_name(a) or a, a == filled.area) for a in counties),
        ]
        if by_area(code) and counties
        else [],
        "file": address(book, code, area=filled.area)[:-1],
        "sees_figures": can(request, "see_figures", place_of(programme_of(book.code))),
    }


def may_see(request: HttpRequest, programme: Programme, code: str, area: str) -> bool:
    """Whether the person may open a table, or that of the own county where the right reaches no further."""
    if area and not by_area(code):
        return False
    return not of_persons(code) or inside(request, programme, area)


def _tables(request: HttpRequest, book: Book, area: str) -> Iterator[Choice]:
    programme = programme_of(book.code)
    for code, form in tables().items():
        at = area if by_area(code) else ""
        own = of_own_part(request, programme=book.code).area
        if may_see(request, programme, code, own):
            yield Choice(address(book, code, area=at), f"{form['code']} {form['name']}")


def periods_of(book: Book, code: str, area: str = "") -> Iterator[Choice]:
    """The periods that the table may be had of: those that end with the last month looked at, the years of the book."""
    whole = periods.parse(reporting_period(book.snapshot, book.code))
    found = {one.code: one for one in (book.days, whole, *offered(_month_end(book.days.last)))}
    for year in range(whole.last.year, whole.first.year - 1, -1):
        found |= {one.code: one for one in (months(year, 1, 12), audit_year(year), plan_period(year))}
    for one in found.values():
        there = address(book, code, period=one.code, area=area) if code else f"{root()}/p/{book.code}/{one.code}/t/"
        yield Choice(there, named(one), one == book.days)


def _month_end(day: date) -> date:
    return months(day.year, day.month, day.month).last
