"""项目: cells for the whole number, named ones by sector, and the list of them."""

from dataclasses import dataclass
from typing import Any

from duikou.reports import yields
from duikou.reports.outline import outlines
from duikou.rules.quantity import Quantity
from duikou.rules.writing import write
from duikou.statistics.figure import Figure
from duikou.statistics.remainder import remainder
from duikou.terms.words import zh
from duikou.web.book import Book

from .rows import ask, inside, undated

MOST_CELLS = 60
LONGEST_LIST = 8
SERIES = ("culture", "housing", "agriculture", "education", "health")


@dataclass(frozen=True)
class Projects:
    """项目: cells for the whole number, coloured where a project is named; the named ones as a list."""

    count: Figure
    started: str
    cells: tuple[str, ...]
    legend: tuple[tuple[str, str], ...]
    named: tuple[dict[str, Any], ...]
    more: int
    unnamed: Quantity | None
    without_day: tuple[dict[str, Any], ...]
    yields: tuple[tuple[str, tuple[tuple[str, Figure], ...]], ...] = ()
    planned: tuple[tuple[str, tuple[tuple[str, Figure], ...]], ...] = ()

    @property
    def said(self) -> str:
        """The cells in a sentence."""
        return f"{self.count.text}项目：" + "、".join(words for _, words in self.legend)


def projects(book: Book) -> Projects:
    """The projects of a page."""
    count = ask(book, "projects.count")
    named = [row for row in inside(book, "projects") if row["kind"] == "project" and row["standing"] != "outside"]
    sectors = list(dict.fromkeys(row["sector"] for row in named))
    named.sort(key=lambda row: (sectors.index(row["sector"]), row["number"]))
    unnamed = remainder(count, ask(book, "projects.named")) if named else count.value
    cells = [_series(row["sector"]) for row in named]
    if unnamed and unnamed.exact:
        cells += ["open"] * (unnamed.low or 0)
    by_sector = {dict(f.identity.name.cut)["s"]: f for f in book.cut("projects.named", "s")}
    legend = [(_series(s), f"{zh('sector', s)} {by_sector[s].number}") for s in sectors if s in by_sector]
    if unnamed and unnamed.low:
        legend.append(("open", f"来源未列名 {write(unnamed).number}"))
    loose = tuple(row for row in undated(book, "projects") if row["kind"] == "project")
    return Projects(
        count, started(book, count), tuple(cells) if len(cells) <= MOST_CELLS else (), tuple(legend),
        tuple(named[:LONGEST_LIST]), max(len(named) - LONGEST_LIST, 0), unnamed if unnamed and unnamed.low else None, loose,
        yields_of(book, yields.ACTUAL), yields_of(book, yields.PLANNED),
    )  # fmt: skip


def yields_of(book: Book, of: str) -> tuple[tuple[str, tuple[tuple[str, Figure], ...]], ...]:
    """What the projects yield, verified or planned: verb, and each kind with its figure; empty where nothing is known."""
    groups = yields.present(outlines()["situation"].yields, of, book.rows(of))
    found = yields.known(groups, of, lambda sheet: ask(book, sheet))
    return tuple((verb, tuple(kinds)) for verb, kinds in found)


def _series(sector: str) -> str:
    """The colour of a sector: five at most, the rest in one."""
    return sector if sector in SERIES else "rest"


def started(book: Book, count: Figure) -> str:
    """全部启动实施, or how many of them."""
    begun = ask(book, "projects.started")
    if count.blank or begun.blank:
        return ""
    return "全部启动实施" if begun.value == count.value else f"其中已启动 {begun.text}"
