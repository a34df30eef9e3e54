"""What the pages of projects share: which projects a person sees, ways to forms that there are, amounts, money by project."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from typing import TypeVar

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode

from duikou.acts.doing import place_of, programme_of
from duikou.records.models import Entry, Programme, Project, of
from duikou.records.models.record import Kind
from duikou.rules.ledger import signed
from duikou.web.acting.places import own_work
from duikou.web.doors import can

HERE = "p/<slug:programme>/<period:period>/projects/"
GIVEN, COME, PAID = ("issued",), ("received", "divided"), ("spent",)  # states: allotted, with the project, to payees
K = TypeVar("K", bound=Kind)


def way(name: str, *args: object, **query: str | int) -> str:
    """The address of a page or form, with what it is asked; nothing where there is no such page."""
    try:
        found = reverse(name, args=args)
    except NoReverseMatch:
        return ""
    return f"{found}?{urlencode(query)}" if query else found


def offered(request: HttpRequest, programme: str, act: str, name: str, *args: object, **query: str | int) -> str:
    """The address of a form for something new, where the person may do its act; else nothing."""
    return way(name, *args, **query) if can(request, act, own_work(act)(request, programme=programme)) else ""


def with_area(rows: QuerySet[Project]) -> QuerySet[Project]:
    """Projects with the area whose people see them: the project's, else its owner's."""
    area = Coalesce(NullIf("region", Value("")), "owner__region", Value(""), output_field=CharField())
    return rows.annotate(area=area)


def seen(request: HttpRequest, programme: Programme) -> QuerySet[Project]:
    """The projects that the person sees: all, or those of the own area."""
    return of_areas(request, programme, with_area(of(Project, programme)))


def of_areas(request: HttpRequest, programme: Programme, rows: QuerySet[K]) -> QuerySet[K]:
    """The rows whose `area` the person sees; one question for the areas that there are."""
    mine = sees(request, programme)
    if mine(""):
        return rows
    areas = rows.order_by().values_list("area", flat=True).distinct()
    return rows.filter(area__in=[area for area in areas if mine(area)])


def sees(request: HttpRequest, programme: Programme) -> Callable[[str], bool]:
    """Whether the person sees the records of an area; each area is asked once. Of no area: of the whole programme."""
    place = place_of(programme)
    return cache(lambda area: can(request, "see_records", replace(place, area=area)))


def whole(request: HttpRequest, programme: str) -> bool:
    """Whether the person sees the records of the whole programme."""
    return can(request, "see_records", place_of(programme_of(programme)))


Money = dict[int, list[tuple[str, int, bool | None]]]


def moved(programme: Programme, only: Iterable[int] | None) -> Money:
    """What was allotted to projects, came to them and was paid, of all where none are named: state, fen, whether it goes back."""
    rows = of(Entry, programme).filter(state__in=(*COME, *PAID, *GIVEN), project__isnull=False)
    if only is not None:
        rows = rows.filter(project__in=list(only))
    found: Money = {}
    for project, state, amount, back in rows.values_list("project_id", "state", "amount", "back"):
        found.setdefault(project, []).append((state, amount, back))
    return found


def of_states(money: Iterable[tuple[str, int, bool | None]], states: tuple[str, ...]) -> int | None:
    """What entries of some states come to, in fen; nothing where there is none of them."""
    kept = [(amount, back) for state, amount, back in money if state in states]
    return signed(kept) if kept else None
