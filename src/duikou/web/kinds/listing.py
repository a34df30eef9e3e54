"""The list of a kind …/{section}/{kind}/: its records with facets, an order by column, and the same rows as .csv and .xlsx."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from duikou.acts.doing import programme_of
from duikou.web.addresses import href
from duikou.web.book import open_book
from duikou.web.doors import ABSENT, door, of_own_part
from duikou.web.language import heading
from duikou.web.listing import files
from duikou.web.listing.facets import Asked, Facet, narrowed
from duikou.web.listing.order import Head, head, ordered, paged
from duikou.web.projects.kept import offered, way

from .columns import Cell, Column
from .facets import FIRST, facets_of
from .rows import Row, Standing, rows_of, standing
from .sections import ACTS, OF_KIND

SECTION = "p/<slug:programme>/<period:period>/<section:section>/"
HERE = SECTION + "<kind:kind>/"
MOST = 8  # columns of the table, the title and the days among them; all stand in the files


@dataclass(frozen=True)
class Listed:
    """A record as a row of the table shows it."""

    href: str
    title: str
    when: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Found:
    """What an address asks of a kind: the rows it leaves in their order, of how many, the facets, the columns that tell."""

    standing: Standing
    asked: Asked
    every: int
    rows: list[Row]
    facets: list[Facet]
    columns: list[Column]


def found_of(request: HttpRequest, programme: str, kind: str) -> Found:
    """What the address of a list asks."""
    kept = standing(programme_of(programme), kind)
    by = facets_of(kept)
    orders = ("title", "when", *(column.name for column in kept.columns))
    asked = Asked.of(request.GET.dict(), [one.code for one in by], orders)
    every = rows_of(request, kept)
    rows, facets = narrowed(every, asked, by, _named)
    if asked.by:
        rows = ordered(kept.keyed(rows, asked.by.removeprefix("-")), asked.by)
    return Found(kept, asked, len(every), rows, facets, kept.telling(rows))


def page(request: HttpRequest, programme: str, period: str, section: str, kind: str) -> HttpResponse:
    """The list."""
    _of(section, kind)
    book, found = open_book(programme, period), found_of(request, programme, kind)
    shown, days = paged(request, found.rows), dated(found.rows)
    columns = found.columns[: MOST - 1 - days]
    context = {
        "book": book, "section": section, "kind": kind, "asked": found.asked, "count": len(found.rows), "every": found.every,
        "shown": shown, "heads": heads(found.asked, columns, days=days), "dated": days,
        "listed": [listed(found.standing, row, columns) for row in shown],
        "here": way("kind", programme, period, section, kind), "query": found.asked.address(),
        "facets": found.facets[:FIRST], "more": found.facets[FIRST:],
        "more_open": any(facet.taken for facet in found.facets[FIRST:]),
        "before": found.asked.address(page=str(shown.number - 1)), "after": found.asked.address(page=str(shown.number + 1)),
        "new": new_of(request, programme, period, kind), "taken": [*dropped(found.facets)],
    }  # fmt: skip
    return render(request, "kinds_list.html", context)


def _of(section: str, kind: str) -> None:
    """404 where a kind is not in the section of the address."""
    if OF_KIND[kind] != section:
        raise Http404(ABSENT)


def _named(row: Row, words: str) -> bool:
    """Whether words stand in the title of a record."""
    return words.casefold() in row.title.casefold()


def dropped(facets: Sequence[Facet]) -> list[tuple[str, str, str]]:
    """The choices that may be dropped: facet, choice, address without it."""
    return [(facet.title, one.words, one.href) for facet in facets for one in facet.choices if one.chosen]


def new_of(request: HttpRequest, programme: str, period: str, kind: str) -> str:
    """The form for a new record of a kind, where the person may record one; else nothing."""
    return offered(request, programme, ACTS[kind], "kind-new", programme, period, OF_KIND[kind], kind)


def listed(found: Standing, row: Row, columns: Sequence[Column]) -> Listed:
    """A row of the table."""
    return Listed(href(found.kind, row.number), row.title, row.when, tuple(found.cells(row, columns)))


def dated(rows: Sequence[Row]) -> bool:
    """Whether a row says when it was true."""
    return any(row.first for row in rows)


def heads(asked: Asked, columns: Sequence[Column], *, days: bool) -> list[Head]:
    """The heads of the table: the title, the days where a row has any, the columns."""
    own = [head(asked, column.name, column.head, number=column.number) for column in columns]
    return [head(asked, "title", _("名称")), *([head(asked, "when", _("时间"))] if days else []), *own]


# ---- the same rows to take away --------------------------------------------------------------------------------------


def taken(request: HttpRequest, programme: str, period: str, section: str, kind: str) -> files.Listing:
    """All rows that the question of an address leaves, in its order, with every column that tells."""
    _of(section, kind)
    found = found_of(request, programme, kind)
    names, columns = found.standing.names, [(found.standing.place(one), one) for one in found.columns]
    days = dated(found.rows)
    heads = (_("编号"), _("名称"), *([_("时间")] if days else []), *(column.head for _place, column in columns))
    lines = (
        [
            row.number,
            row.title,
            *([row.when] if days else []),
            *(one.said(row.values[place], names) for place, one in columns),
        ]
        for row in found.rows
    )
    return files.Listing(f"{kind}-{programme}", heading("record", kind), heads, lines)


urlpatterns = [
    door(HERE, page, "see_records", of_own_part, name="kind"),
    *files.doors(HERE + "list", taken, "see_records", of_own_part, name="kind"),
]
