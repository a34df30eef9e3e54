"""A register on a page: a hundred rows at a time, each cell a link to its record or to what it names, 合计 to its figures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest

from duikou.acts.doing import programme_of
from duikou.statistics.figure import Figure
from duikou.statistics.registers import Column
from duikou.statistics.registers_cells import said, text
from duikou.statistics.registers_rows import Body, Line
from duikou.statistics.tables import FilledTable

from .addresses import figure_href, href
from .doors import can
from .people.places import office_of
from .projects.kept import way

PAGE = 100
RECORD = "记录"


@dataclass(frozen=True)
class Cell:
    """A cell: its text, where it leads, how it stands."""

    text: str
    href: str
    look: str


@dataclass(frozen=True)
class Row:
    """A row of cells; a heading between rows has its words in the first."""

    cells: Sequence[Cell]
    heading: bool


@dataclass(frozen=True)
class Head:
    """A head of the upper row: its words, over how many columns it stands, whether it goes down to the lower row."""

    words: str
    wide: int
    down: bool
    look: str = ""


def shown(request: HttpRequest, filled: FilledTable, body: Body) -> dict[str, Any]:
    """What the page of a register shows: heads, rows of one page, the line 合计."""
    count = body.count
    paginator = Paginator(range(count), PAGE)
    page = paginator.get_page(request.GET.get("page") or 1)
    lines = body.lines((page.number - 1) * PAGE, PAGE) if count else iter(())
    named = any(c.kind == "personal" for c in body.columns) and not filled.area
    return {
        "names_form": _names_form(request) if named else "",
        "columns": body.columns, "grouped": any(column.group for column in body.columns), "upper": list(_upper(body.columns)),
        "lower": [column for column in body.columns if column.group], "rows": [Row(_cells(line, body.columns), _heading(line)) for line in lines],
        "shown": page, "count": count, "totals": list(_totals(body)),
    }  # fmt: skip


def _names_form(request: HttpRequest) -> str:
    """Where the table is printed with names, for who may read them."""
    at = request.resolver_match
    if at is None or not can(request, "see_names", office_of(programme_of(at.kwargs["programme"]))):
        return ""
    return way("table-names", at.kwargs["programme"], at.kwargs["period"])


def heads(body: Body) -> list[str]:
    """The heads in one row, as a file of values has them, and the record last."""
    return [*(column.full for column in body.columns), RECORD]


def cells(body: Body) -> Iterator[list[object]]:
    """The cells of all rows as text, and the record of each."""
    for line in body.lines(linked=False):
        values = [text(value, column.decimals) for value, column in zip(line.values, body.columns, strict=True)]
        yield [*values, f"{line.kind}-{line.number}" if line.number else ""]


def told(body: Body) -> dict[str, Any]:
    """The rows as data: values, the record of each, the figures under them by the letter of their column."""
    return {
        "columns": [{"letter": column.letter, "head": column.full, "kind": column.kind} for column in body.columns],
        "rows": [
            {"record": f"{line.kind}-{line.number}" if line.number else "", "values": list(line.values),
             **({"figures": {body.columns[at].letter: one.as_data() for at, one in line.figures.items()}} if line.figures else {})}
            for line in body.lines(linked=False)
        ],
        "totals": {c.letter: one.as_data() for c, one in zip(body.columns, body.totals, strict=True) if one is not None},
    }  # fmt: skip


def _upper(columns: Sequence[Column]) -> Iterator[Head]:
    """The upper row of heads: groups across, heads without a group down."""
    for group, some in groupby(columns, key=lambda column: column.group):
        found = list(some)
        if group:
            yield Head(group, len(found), down=False)
        else:
            yield from (Head(column.head, 1, down=True, look=_look(column)) for column in found)


def _cells(line: Line, columns: Sequence[Column]) -> list[Cell]:
    """The cells of a row; a number leads to its figure, else to its record, words to what they name."""
    own = href(line.kind, line.number) if line.number else ""
    return [_cell(line, at, column, own) for at, column in enumerate(columns)]


def _heading(line: Line) -> bool:
    return not line.number and not line.figures and all(value is None for value in line.values[1:])


def _cell(line: Line, at: int, column: Column, own: str) -> Cell:
    words = text(line.values[at], column.decimals)
    if not words:
        return Cell("", "", _look(column))
    if at in line.figures:
        return Cell(words, figure_href(line.figures[at].name), _look(column))
    if at in line.links:
        kind, number = line.links[at]
        return Cell(words, href(kind, number), _look(column))
    return Cell(words, own if column.numeric else "", _look(column))


def _totals(body: Body) -> Iterator[tuple[Column, Figure | None, str]]:
    """Under each column its figure and its number as the column writes it."""
    for column, figure in zip(body.columns, body.totals, strict=True):
        value = said(figure.value, column) if figure and figure.value else None
        yield column, figure, text(value, column.decimals) if value is not None else figure.number if figure else ""


def _look(column: Column) -> str:
    """How a column is drawn: numbers right, long words wide, short ones close."""
    if column.numeric:
        return "v"
    return "w" if column.wide >= 16 else "c" if column.kind in ("serial", "year", "yes", "day", "when", "area") else "t"
