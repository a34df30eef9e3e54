"""A form as values: its headings, its rows with what is asked in each, how many cells it spares; as the sheet that it will be."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from duikou.rules.period import Period

from .layouts import Layout
from .marks import Place
from .ours import OPEN, ROW_MARK, row_mark
from .workbook import Sheet

NAME = "填报"
ABOVE = 2  # rows over the heading: the title, how it is to be filled in


@dataclass(frozen=True)
class Line:
    """A row: its cells, whether the book knows it (ours.KNOWN) or it is to be filled in, the fields that are asked.

    A `free` row is for something new: all of it may be written.
    """

    texts: tuple[str, ...]
    state: str
    asked: frozenset[str] = frozenset()
    free: bool = False


@dataclass(frozen=True)
class Form:
    """A form of a layout for an area and a month: title, rows of headings, fields, rows; the number of the request for it.

    `left` counts what the book knows and this form cannot say.
    """

    layout: Layout
    title: str
    area: str
    when: Period
    heads: tuple[tuple[str, ...], ...]
    fields: tuple[str, ...]
    lines: tuple[Line, ...] = ()
    left: int = 0
    request: int | None = None

    @property
    def first(self) -> int:
        """The row of the sheet in which the first line stands."""
        return ABOVE + len(self.heads) + 1

    def is_asked(self, line: Line, field: str) -> bool:
        """Whether a cell is coloured for the office to fill in."""
        return field in line.asked


@dataclass(frozen=True)
class Saved:
    """The cells of a form: how many the full one has, how many ours asks for."""

    full: int
    asked: int

    @property
    def spared(self) -> int:
        """How many cells need not be written."""
        return self.full - self.asked

    @property
    def share(self) -> float | None:
        """Which part of the full form that is, in per cent; nothing where the full form has no cell."""
        return round(100 * self.spared / self.full, 1) if self.full else None

    def __add__(self, other: "Saved") -> "Saved":
        return Saved(self.full + other.full, self.asked + other.asked)


def saved(form: Form) -> Saved:
    """How many cells a form spares: the full one has every cell of its rows that says something or is asked.

    Rows for what is new count in neither: they are written the same way.
    """
    lines = [line for line in form.lines if not line.free]
    full = sum(len(_written(form, line) | line.asked) for line in lines)
    return Saved(full, sum(len(line.asked) for line in lines))


def _written(form: Form, line: Line) -> set[str]:
    return {field for field, text in zip(form.fields, line.texts, strict=True) if text}


def as_sheet(form: Form) -> Sheet:
    """The sheet that a form is, with our marks beside its rows."""
    blank, over = [""] * (len(form.fields) + 1), merges(form.heads)
    rows = [[form.title, *blank[1:]], blank]
    hidden = {(row, column) for (row, left), (_, right) in over for column in range(left + 1, right + 1)}
    for n, heads in enumerate(form.heads):
        said = ["" if (ABOVE + n + 1, at) in hidden else head for at, head in enumerate(heads, 1)]
        rows.append([*said, ROW_MARK if n == len(form.heads) - 1 else ""])
    rows += [[*line.texts, mark_of(line)] for line in form.lines]
    return Sheet(NAME, rows, merged=tuple(over))


def mark_of(line: Line) -> str:
    """What stands beside a row, so that it is known again; a row in which nothing stands needs none."""
    return row_mark(line.state, line.texts) if any(line.texts) or line.state != OPEN else ""


def merges(heads: Sequence[Sequence[str]]) -> list[tuple[Place, Place]]:
    """The cells of two rows of headings that are merged: what stands over several columns, and what stands in both rows."""
    if len(heads) < 2:
        return []
    top, found = ABOVE + 1, []
    for over, columns in groupby(range(len(heads[0])), key=lambda column: (heads[0][column], heads[1][column] != "")):
        places = list(columns)
        if not over[1]:
            found += [((top, column + 1), (top + 1, column + 1)) for column in places]
        elif len(places) > 1:
            found.append(((top, places[0] + 1), (top, places[-1] + 1)))
    return found
