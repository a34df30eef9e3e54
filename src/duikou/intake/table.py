"""The table on a sheet: its heading of one to three rows, the column of each field, rows of data, totals, notes under it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from .layouts import Layout, plain, unit_in
from .marks import Place
from .workbook import Sheet

FIRST_ROWS, DEEPEST = 15, 3  # rows among which a heading begins; rows it may have
TOTALS = ("合计", "总计", "小计", "共计", "累计", "全州合计", "全县合计")
NOTES = re.compile(r"^(注|备注|说明|填表|填报|制表|审核|复核|负责人|单位负责人|联系|电话|报送|填报说明|\*)")
_NUMBERED = re.compile(r"[0-9]{1,2}|[一二三四五六七八九十甲乙丙丁]{1,2}|[A-Z]")


@dataclass(frozen=True)
class Heading:
    """A column as its sheet names it: number, the words over it from above, its unit, the field it says (or none)."""

    column: int
    words: tuple[str, ...]
    unit: str = ""
    field: str = ""

    @property
    def said(self) -> str:
        """The words from above: 计划投资：总投资."""
        return "：".join(self.words)


@dataclass(frozen=True)
class Table:
    """A table found on a sheet: rows of its heading, headings, rows of data, of totals, of notes (numbers from 1)."""

    sheet: Sheet
    layout: Layout
    heading_rows: tuple[int, int]
    headings: tuple[Heading, ...]
    unit: str = ""

    @cached_property
    def columns(self) -> Mapping[str, Heading]:
        """The headings by field."""
        return {one.field: one for one in self.headings if one.field}

    @property
    def unknown(self) -> list[Heading]:
        """Headings that name no field; what stands under them is not taken and is told."""
        return [one for one in self.headings if one.words and not one.field]

    @cached_property
    def rows(self) -> tuple[int, ...]:
        """The rows of data; blank ones between them are no rows, and the numbers stay those of the sheet."""
        return tuple(row for row in self._below if row not in self.totals and row not in self.notes)

    @cached_property
    def totals(self) -> tuple[int, ...]:
        """The rows that add others up."""
        return tuple(row for row in self._below if self._first(row) in TOTALS)

    @cached_property
    def notes(self) -> tuple[int, ...]:
        """The rows under the data that are notes: they begin as notes do, or say one thing across the columns or below a total."""
        found: list[int] = []
        for row in reversed(self._below):
            if row in self.totals:
                continue
            if not self._is_note(row):
                break
            found.append(row)
        return tuple(reversed(found))

    def text(self, row: int, field: str) -> str:
        """What a row says in a field; a cell inside cells merged downwards says what they say."""
        return self._at(row, self.columns[field].column) if field in self.columns else ""

    def place(self, row: int, field: str = "") -> Place:
        """The cell of a field in a row; of a field without a column the first cell."""
        return row, self.columns[field].column if field in self.columns else self.headings[0].column

    @cached_property
    def _below(self) -> tuple[int, ...]:
        first = self.heading_rows[1] + 1
        found = [row for row in range(first, len(self.sheet.rows) + 1) if any(self._cells(row))]
        return tuple(found[1:] if found and self._counts_columns(found[0]) else found)

    @cached_property
    def _downwards(self) -> Mapping[Place, Place]:
        """Cells of columns that are merged over several rows, by the cell that speaks for them."""
        return {
            (row, column): (top, left)
            for (top, left), (bottom, right) in self.sheet.merged
            if top > self.heading_rows[1] and bottom - top < len(self.sheet.rows)
            for row in range(top, bottom + 1)
            for column in range(left, min(right, left) + 1)
        }

    def _at(self, row: int, column: int) -> str:
        row, column = self._downwards.get((row, column), (row, column))
        return self.sheet.rows[row - 1][column - 1]

    def _cells(self, row: int) -> list[str]:
        return [self.sheet.rows[row - 1][one.column - 1] for one in self.headings]

    def _first(self, row: int) -> str:
        return next((plain(text) for text in self.sheet.rows[row - 1] if plain(text) and not text.isdigit()), "")

    def _is_note(self, row: int) -> bool:
        said = [text for text in self.sheet.rows[row - 1] if text]
        after_total = bool(self.totals) and row > self.totals[-1]
        return not said or bool(NOTES.match(said[0])) or (len(said) == 1 and (after_total or row in self._across))

    @cached_property
    def _across(self) -> frozenset[int]:
        """The rows in which a cell goes across most columns."""
        most = len(self.headings) // 2
        return frozenset(
            top for (top, left), (bottom, right) in self.sheet.merged if top == bottom and right - left > most
        )

    def _counts_columns(self, row: int) -> bool:
        """Whether a row under the heading only numbers the columns: 甲 乙 1 2 3."""
        said = [text for text in self._cells(row) if text]
        numbers = [int(text) for text in said if text.isdigit()]
        return len(said) > 2 and all(_NUMBERED.fullmatch(text) for text in said) and len(numbers) > 1 and all(
            b == a + 1 for a, b in pairwise(numbers)
        )  # fmt: skip


def find(sheet: Sheet, layouts: Iterable[Layout]) -> list[Table]:
    """The tables that a sheet may hold, the one with most known columns first; none where no heading is known."""
    found = [table for layout in layouts if (table := _best(sheet, layout))]
    return sorted(found, key=lambda table: (-len(table.columns), len(table.unknown)))


def _best(sheet: Sheet, layout: Layout) -> Table | None:
    """The heading that names most fields of a sheet's layout; all that it must have among them."""
    tried = [
        table
        for top in range(1, min(FIRST_ROWS, len(sheet.rows)) + 1)
        for depth in range(1, DEEPEST + 1)
        if top + depth - 1 <= len(sheet.rows) and (table := _headed(sheet, layout, top, depth))
    ]
    fit = [table for table in tried if all(field in table.columns for field in layout.must) and len(table.columns) > 1]
    return max(fit, key=lambda table: (len(table.columns), _merged_inside(table), -_depth(table)), default=None)


def _depth(table: Table) -> int:
    return table.heading_rows[1] - table.heading_rows[0]


def _merged_inside(table: Table) -> int:
    """How many merged cells lie within the heading: they hold its rows together; a title goes across all columns."""
    first, last = table.heading_rows
    widest = len(table.headings) - 1
    return sum(
        first <= top and bottom <= last and right - left < widest for (top, left), (bottom, right) in table.sheet.merged
    )


def _headed(sheet: Sheet, layout: Layout, top: int, depth: int) -> Table | None:
    """The table whose heading has so many rows; nothing where a column is named twice over."""
    rows, headings, taken = range(top, top + depth), [], set[str]()
    over = next((unit for row in range(1, top) for text in sheet.rows[row - 1] if (unit := unit_in(text))), "")
    for column in range(1, len(sheet.rows[top - 1]) + 1):
        words = said_over(sheet, rows, column)
        known = _field(layout, words)
        name = known if known not in taken else ""
        taken.add(name)
        unit = next((unit for word in reversed(words) if (unit := unit_in(word))), "")
        headings.append(Heading(column, words, unit, name))
    if not any(one.field for one in headings):
        return None
    return Table(sheet, layout, (top, top + depth - 1), tuple(headings), over)


def said_over(sheet: Sheet, rows: Sequence[int], column: int) -> tuple[str, ...]:
    """The words over a column from above, each once; a cell merged across speaks for all under it."""
    said = (sheet.at((row, column)).replace("\n", "") for row in rows)
    return tuple(dict.fromkeys(word for word in said if word))


def _field(layout: Layout, words: Sequence[str]) -> str:
    """The field that words over a column name: all of them together, else the lowest."""
    for heading in ("".join(words), words[-1] if words else ""):
        if heading and (column := layout.over(heading)):
            return column.field
    return ""
