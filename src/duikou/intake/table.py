"""The table on a sheet: its heading of one to three rows, the column of each field, rows of data, totals, notes under it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from .layouts import Layout, plain, unit_in, units_in
from .marks import Place
from .workbook import Sheet

FIRST_ROWS, DEEPEST = 15, 3  # rows among which a heading begins; rows it may have
LONGEST, WIDEST = 100, 256  # characters of a heading; columns among which one stands
TOTALS = ("合计", "总计", "小计", "共计", "累计", "全州合计", "全县合计")
ENDS = ("合计", "总计", "小计", "共计")
NOTES = re.compile(r"^(注|备注|说明|填表|填报|制表|审核|复核|负责人|单位负责人|联系|电话|报送|填报说明|\*)")
_SIGNED = re.compile(r"^[注*]|^.{2,8}[::]|^.{2,6}$")  # 填表人：…; 说明：…; 负责人
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

    @cached_property
    def columns(self) -> Mapping[str, Heading]:
        """The headings by field."""
        return {one.field: one for one in self.headings if one.field}

    @property
    def unknown(self) -> list[Heading]:
        """Headings that name no field; what stands under them is not taken and is told."""
        return [one for one in self.headings if one.words and not one.field]

    @property
    def twice(self) -> list[Heading]:
        """Headings in the same words as one that is taken: which of the columns is meant nobody knows."""
        taken = {plain("".join(one.words)) for one in self.columns.values()}
        return [one for one in self.unknown if plain("".join(one.words)) in taken]

    @cached_property
    def units(self) -> tuple[str, ...]:
        """The units that are said over the table, or in its notes, for all its columns: 单位：万元、人次."""
        outside = (*range(1, self.heading_rows[0]), *self.notes)
        return tuple(unit for row in outside for text in self.sheet.rows[row - 1] for unit in units_in(text))

    @cached_property
    def rows(self) -> tuple[int, ...]:
        """The rows of data; blank ones between them are no rows, and the numbers stay those of the sheet."""
        others = {*self.totals, *self.notes}
        return tuple(row for row in self._below if row not in others)

    @cached_property
    def totals(self) -> tuple[int, ...]:
        """The rows that add others up."""
        return tuple(row for row in self._below if self._is_total(row))

    @cached_property
    def notes(self) -> tuple[int, ...]:
        """The rows under the data that are notes: they begin as notes do, or say one thing across the columns or below a total."""
        found: list[int] = []
        totals = set(self.totals)
        for row in reversed(self._below):
            if row in totals:
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
        headed = slice(self.headings[0].column - 1, self.headings[-1].column)
        found = [row for row, texts in enumerate(self.sheet.rows[first - 1 :], first) if any(texts[headed])]
        return tuple(found[1:] if found and self._counts_columns(found[0]) else found)

    @cached_property
    def _downwards(self) -> Mapping[Place, Place]:
        """Cells of columns that are merged over several rows, by the cell that speaks for them."""
        wanted = {one.column for one in self.headings}
        return {
            (row, left): (top, left)
            for (top, left), (bottom, right) in self.sheet.merged
            if self.heading_rows[1] < top < bottom and left <= right and left in wanted
            for row in range(top, min(bottom, len(self.sheet.rows)) + 1)
        }

    def shared(self, row: int, field: str) -> Place | None:
        """The cell that speaks for several rows in a field, where they are merged."""
        return self._downwards.get((row, self.columns[field].column)) if self._downwards else None

    @cached_property
    def is_plain(self) -> bool:
        """Whether no cell of the sheet is without a value and none speaks for several rows."""
        return not self.sheet.odd and not self._downwards

    def holds_numbers(self, field: str) -> bool:
        """Whether a field is one of numbers: such have a unit."""
        column = self.layout.column(field)
        return bool(column and column.unit)

    def beside(self, row: int) -> list[Place]:
        """The cells of a row that something stands in under no heading."""
        return [(row, column) for column in self._nameless if self.sheet.rows[row - 1][column - 1]]

    @cached_property
    def _nameless(self) -> tuple[int, ...]:
        return tuple(one.column for one in self.headings if not one.words)

    def _at(self, row: int, column: int) -> str:
        if self._downwards:
            row, column = self._downwards.get((row, column), (row, column))
        return self.sheet.rows[row - 1][column - 1]

    def _cells(self, row: int) -> list[str]:
        return [self.sheet.rows[row - 1][one.column - 1] for one in self.headings]

    def _is_total(self, row: int) -> bool:
        """Whether a row adds up: it begins with 合计 or the like, also as 同仁市小计, or says nothing else in a cell."""
        if "计" not in "".join(self.sheet.rows[row - 1]):
            return False
        said = [plain(text) for text in self.sheet.rows[row - 1] if text and not text.isdigit()]
        said = [text for text in said if text and not text.isdigit()]
        return bool(said) and (said[0] in TOTALS or said[0].endswith(ENDS) or not set(ENDS).isdisjoint(said))

    def _is_note(self, row: int) -> bool:
        said = [text for text in self.sheet.rows[row - 1] if text]
        after_total = bool(self.totals) and row > self.totals[-1]
        signed = NOTES.match(said[0]) and (len(said) == 1 or _SIGNED.match(said[0])) if said else True
        alone = len(said) == 1 and (after_total or row in self._across)
        return alone or (bool(signed) and not self._is_whole(row))

    def _is_whole(self, row: int) -> bool:
        """Whether a row says something in every column that it cannot do without."""
        return len(self.columns) > 2 and sum(bool(self.text(row, field)) for field in self.columns) > 2 and all(
            self.text(row, field) for field in self.layout.must
        )  # fmt: skip

    @cached_property
    def _across(self) -> frozenset[int]:
        """The rows in which a cell goes across most columns."""
        most = len(self.headings) // 2
        return frozenset(
            top for (top, left), (bottom, right) in self.sheet.merged if top == bottom and right - left > most
        )

    def _counts_columns(self, row: int) -> bool:
        """Whether a row under the heading only numbers the columns: 甲 乙 1 2 3; beside letters one may have been left out."""
        said = [text for text in self._cells(row) if text]
        numbers = [int(text) for text in said if text.isdigit()]
        step = 1 if len(numbers) == len(said) else 2
        return len(said) > 2 and all(_NUMBERED.fullmatch(text) for text in said) and len(numbers) > 1 and all(
            a < b <= a + step for a, b in pairwise(numbers)
        )  # fmt: skip


def find(sheet: Sheet, layouts: Iterable[Layout]) -> list[Table]:
    """The tables that a sheet may hold, the one with most known columns first; none where no heading is known."""
    top = heads(sheet)
    spans = [(first, first + depth) for first in range(min(FIRST_ROWS, len(top))) for depth in range(1, DEEPEST + 1)]
    words = {(first, last): over(top[first:last]) for first, last in spans if last <= len(top)}
    found = [table for layout in layouts if (table := _best(sheet, layout, words))]
    return sorted(found, key=lambda table: (-len(table.columns), len(table.unknown)))


Words = Sequence[tuple[str, ...]]
"""The words over each column, from above."""


def heads(sheet: Sheet) -> list[list[str]]:
    """The first rows of a sheet as a heading is read in them: a merged cell speaks for all that it covers."""
    rows = [[text[:LONGEST].replace("\n", "") for text in row[:WIDEST]] for row in sheet.rows[: FIRST_ROWS + DEEPEST]]
    for (top, left), (bottom, right) in sheet.merged:
        if 0 < top <= len(rows) and 0 < left <= len(rows[top - 1]):
            said = rows[top - 1][left - 1]
            for row in rows[top - 1 : bottom]:
                row[left - 1 : right] = [said] * (min(right, len(row)) - left + 1)
    return rows


def over(rows: Sequence[Sequence[str]]) -> Words:
    """The words over each column in some rows, each once."""
    return [tuple(dict.fromkeys(filter(None, column))) for column in zip(*rows, strict=True)]


def _best(sheet: Sheet, layout: Layout, words: Mapping[tuple[int, int], Words]) -> Table | None:
    """The heading that names most fields of a sheet's layout; all that it must have among them."""
    tried = (_headed(sheet, layout, (first + 1, last), said) for (first, last), said in words.items())
    fit = [
        table for table in tried
        if table and all(field in table.columns for field in layout.must) and len(table.columns) > 1
    ]  # fmt: skip
    return max(fit, key=lambda table: (len(table.columns), _merged_inside(table), -_depth(table)), default=None)


def _depth(table: Table) -> int:
    return table.heading_rows[1] - table.heading_rows[0]


def _merged_inside(table: Table) -> int:
    """How many merged cells lie within the heading: they hold its rows together; a title goes across all columns."""
    first, last = table.heading_rows
    named = [one.column for one in table.columns.values()]
    return sum(
        first <= top and bottom <= last and not (left <= min(named) and max(named) <= right)
        for (top, left), (bottom, right) in table.sheet.merged
    )


def _headed(sheet: Sheet, layout: Layout, rows: tuple[int, int], said: Words) -> Table | None:
    """The table whose heading stands in some rows; of several columns for one field the first is taken."""
    headings, taken = [], set[str]()
    for column, words in enumerate(said, 1):
        known = _field(layout, words)
        name = known if known not in taken else ""
        taken.add(name)
        unit = next((unit for word in reversed(words) if (unit := unit_in(word))), "")
        headings.append(Heading(column, words, unit, name))
    if not any(one.field for one in headings):
        return None
    return Table(sheet, layout, rows, tuple(headings))


def said_over(sheet: Sheet, rows: Sequence[int], column: int) -> tuple[str, ...]:
    """The words over a column from above, each once; a cell merged across speaks for all under it."""
    said = (sheet.at((row, column))[:LONGEST].replace("\n", "") for row in rows)
    return tuple(dict.fromkeys(word for word in said if word))


def _field(layout: Layout, words: Sequence[str]) -> str:
    """The field that words over a column name: all of them together, else the lowest."""
    for heading in ("".join(words), words[-1] if words else ""):
        if heading and (column := layout.over(heading)):
            return column.field
    return ""
