"""The groups of a sheet as it is checked: rows that are new, changed, the same, cannot be placed or read; by pages."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from django.http import HttpRequest
from django.utils.http import urlencode

from duikou.intake.asked import Row
from duikou.intake.taking import Answer
from duikou.rules.problem import Problem

from .words import Said, names, said

MOST = 200  # rows of a group on a page
STATES = {"new": "新增", "changed": "有改动", "same": "相同", "unplaced": "放不下", "odd": "有问题"}
T = TypeVar("T")


@dataclass(frozen=True)
class Group(Generic[T]):
    """A group: its code, how many it has, those of this page, the number of the page and of all pages."""

    code: str
    count: int
    rows: Sequence[T]
    page: int
    pages: int

    @property
    def words(self) -> str:
        """What it is called."""
        return STATES.get(self.code, "")

    @property
    def before(self) -> str:
        """The address of the page before."""
        return self._address(self.page - 1) if self.page > 1 else ""

    @property
    def after(self) -> str:
        """The address of the next page."""
        return self._address(self.page + 1) if self.page < self.pages else ""

    def _address(self, page: int) -> str:
        return f"?{urlencode({self.code: page})}#{self.code}"


def group(request: HttpRequest, code: str, rows: Sequence[T]) -> Group[T]:
    """A group as the address asks for it: ?new=2 is its second page."""
    pages = max(-(-len(rows) // MOST), 1)
    asked = request.GET.get(code, "1")
    page = min(max(int(asked), 1), pages) if asked.isdecimal() and len(asked) < 8 else 1
    return Group(code, len(rows), rows[(page - 1) * MOST : page * MOST], page, pages)


def groups(request: HttpRequest, answer: Answer) -> Mapping[str, Group[Said]]:
    """The groups of rows by state; names are asked of the book for those that are shown."""
    of = {state: group(request, state, [row for row in answer.rows if row.state == state]) for state in STATES}
    known = names(row for one in of.values() for row in one.rows)
    return {state: _told(one, lambda row: said(_titled(answer, row), known)) for state, one in of.items()}


def _titled(answer: Answer, row: Row) -> Row:
    """A row by what its sheet cannot do without: the product, and not the month that stands before it."""
    first = answer.table.layout.must[:1] if answer.table else ()
    title = answer.table.text(row.row, first[0]) if answer.table and first else ""
    return replace(row, title=title or row.title)


def _told(one: Group[Row], words: Callable[[Row], Said]) -> Group[Said]:
    return Group(one.code, one.count, [words(row) for row in one.rows], one.page, one.pages)


@dataclass(frozen=True)
class Told:
    """A problem as the table shows it: its sheet and cell, what was found, what was expected, the rule, how to mend it."""

    sheet: str
    cell: str
    problem: Problem


def problems(request: HttpRequest, answer: Answer, ruled: Sequence[Problem]) -> dict[str, Group[Told]]:
    """All problems, those of the cells and those of the rules: what stops, then what asks."""
    found = [*answer.told, *ruled]
    return {
        weight: group(request, weight, [_place(one) for one in found if one.weight == weight])
        for weight in ("stops", "asks")
    }


def _place(problem: Problem) -> Told:
    sheet, _, cell = problem.place.rpartition("·")
    return Told(sheet, cell, problem) if sheet or _is_cell(cell) else Told(cell, "", problem)


def _is_cell(text: str) -> bool:
    return text.isascii() and text[:1].isalpha() and text[-1:].isdigit()
