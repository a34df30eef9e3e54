"""资金: how far the money of each source and each year has come, what lies where, and what waits for whom."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from duikou.acts.doing import place_of, programme_of
from duikou.acts.ledger import balances
from duikou.records.models import Claim, Programme, of
from duikou.rules import period as periods
from duikou.rules.ledger import total, totals
from duikou.rules.writing import number_text
from duikou.statistics.definition import definition
from duikou.statistics.figure import Figure, Name
from duikou.statistics.measure import figure
from duikou.terms.words import vocabulary
from duikou.web.book import Book, open_book
from duikou.web.doors import can, door, of_programme

from .kept import HERE, WAN
from .movements import movements, oldest

MAIN = ("secured", "issued", "disbursed", "received", "spent")
BESIDE = ("reserved", "withheld", "surrendered")
POSITIONS = ("pool", "reserve", "allotment", "undivided", "transit", "account", "payable", "retention")
MAY = (
    "record_disbursement", "record_secured", "open_fund", "reserve_money", "close_period", "reopen_period", "adopt_pack",
    "see_bank",
)  # fmt: skip
WAITING = ("submitted", "approved", "pending")


@dataclass(frozen=True)
class Stage:
    """A column: its state (terms), the sheet it is asked by, which side reports it."""

    state: str

    @property
    def sheet(self) -> str:
        """The statistic of the stage."""
        return f"funds.{self.state}"

    @property
    def side(self) -> str:
        """Whose word it is (terms: side)."""
        return definition(self.sheet).side


@dataclass(frozen=True)
class Cell:
    """A figure, or what no source is known of: a number that leads to its entries."""

    figure: Figure | None = None
    rest: str = ""
    state: str = ""


@dataclass(frozen=True)
class Line:
    """A row of the table: a source, a year, or all of it."""

    code: str
    words: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Over:
    """A stage that has come further than the one before it, which cannot be: both figures."""

    later: Figure
    before: Figure


def page(request: HttpRequest, programme: str, period: str) -> HttpResponse:
    """The page."""
    book, found = open_book(programme, period), programme_of(programme)
    stages = [Stage(state) for state in _shown(book)]
    whole = Line("", "合计", tuple(Cell(book.figure(stage.sheet)) for stage in stages))
    sources = [*_sources(book, stages, whole)]
    moved = movements(found)
    context = {
        "book": book, "stages": stages, "sources": sources if len(sources) > 1 or any(line.code for line in sources) else [],
        "years": [*_years(book, stages)], "whole": whole, "over": [*_over(whole, stages)], "lying": lying(found),
        "moved": moved, "oldest_paid": oldest(moved.paid), "oldest_received": oldest(moved.received),
        "claims": [*_claims(found)], "may": _may(request, found),
    }  # fmt: skip
    return render(request, "ledger_overview.html", context)


def _shown(book: Book) -> Iterator[str]:
    """The main stages, and of those beside them the ones that have anything."""
    yield from MAIN
    yield from (state for state in BESIDE if not book.figure(f"funds.{state}").blank)


def _sources(book: Book, stages: list[Stage], whole: Line) -> Iterator[Line]:
    """A row for each source that has entries, in the order of terms; last, what no source is known of."""
    cut = {stage.state: {_source(f): f for f in book.cut(stage.sheet, "f")} for stage in stages}
    for code, words in vocabulary()["source"].items():
        if any(code in figures for figures in cut.values()):
            yield Line(code, words.zh, tuple(Cell(cut[stage.state].get(code)) for stage in stages))
    rest = [
        _low(cell.figure) - total(_low(f) for f in cut[stage.state].values())
        for stage, cell in zip(stages, whole.cells, strict=True)
    ]
    if any(rest):
        cells = tuple(
            Cell(None, number_text(n, WAN) if n else "", stage.state) for stage, n in zip(stages, rest, strict=True)
        )
        yield Line("", "未分来源", cells)


def _source(found: Figure) -> str:
    return dict(found.identity.name.cut)["f"]


def _low(found: Figure | None) -> int:
    return (found.value.low or 0) if found and found.value else 0


def _years(book: Book, stages: list[Stage]) -> Iterator[Line]:
    """A row for each year of a period that is longer than one."""
    first, last = book.days.first.year, book.days.last.year
    for year in range(first, last + 1) if last > first else ():
        within = periods.Period(
            max(book.days.first, periods.parse(str(year)).first), min(book.days.last, periods.parse(str(year)).last)
        )
        cells = tuple(Cell(figure(book.snapshot, Name(stage.sheet, book.code, within.code))) for stage in stages)
        if not all(cell.figure and cell.figure.blank for cell in cells):
            yield Line(str(year), f"{year}年", cells)


def _over(whole: Line, stages: list[Stage]) -> Iterator[Over]:
    """Where more has come to a later stage than to the one before: 拨付 and 落实, 到账 and 拨付, 支出 and 到账."""
    known = {stage.state: cell.figure for stage, cell in zip(stages, whole.cells, strict=True)}
    for before, later in (("secured", "disbursed"), ("disbursed", "received"), ("received", "spent")):
        one, other = known[before], known[later]
        if one and other and other.value and _low(other) > _low(one):
            yield Over(other, one)


def lying(programme: Programme) -> list[tuple[str, str]]:
    """What lies at each kind of position now (terms: position), in 万元; kinds where nothing lies are left out."""
    found = totals((key[0], fen) for key, fen in balances(programme, *POSITIONS).items())
    return [(kind, number_text(found[kind], WAN)) for kind in POSITIONS if found.get(kind)]


def _claims(programme: Programme) -> Iterator[tuple[str, int]]:
    """How many claims stand at each step that somebody has to take."""
    states = list(of(Claim, programme).filter(state__in=WAITING).values_list("state", flat=True))
    yield from ((state, states.count(state)) for state in WAITING if state in states)


def _may(request: HttpRequest, programme: Programme) -> set[str]:
    """The acts of this page that the reader may do."""
    return {act for act in MAY if can(request, act, place_of(programme))}


urlpatterns = [door(HERE, page, "see_figures", of_programme, name="ledger")]
