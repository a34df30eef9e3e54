"""Rows of a table become facts: each cell is read by what its field holds; what cannot be read or placed is told at its cell."""

from collections.abc import Collection, Mapping
from dataclasses import MISSING, dataclass, field, fields
from functools import cache, cached_property
from typing import Any

from duikou.acts.accepting import SUBJECTS
from duikou.rules.fact import Fact
from duikou.rules.identity import LENGTH
from duikou.rules.problem import Problem

from .at_rest import garbage_at_rest
from .cells import BLANK, problem, unfit
from .columns import Column, several
from .known import Known
from .layouts import Layout
from .table import Table

KINDS: Mapping[str, type[Fact]] = {fact.kind: fact for subject in SUBJECTS if subject.act for fact in subject.kinds}
"""The kinds of record that a sheet may bring, each with its fact."""


@dataclass(frozen=True)
class Reading:
    """What a row says: its number on the sheet, the values of its fields, the fact where they make one, problems.

    `unplaced` are the cells whose name means nothing in the book, or several things: field, what was said, what is near.
    """

    row: int
    values: Mapping[str, Any]
    fact: Fact | None = None
    problems: tuple[Problem, ...] = ()
    unplaced: tuple["Unplaced", ...] = ()
    said: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Unplaced:
    """A name that cannot be placed: the field and cell it stands in, its sort, what was said, what it may mean."""

    field: str
    place: str
    sort: str
    said: str
    near: tuple[str, ...] = ()
    means: tuple[str, ...] = ()


@garbage_at_rest()
def read_rows(
    table: Table, known: Known, *, year: int | None = None, placed: Mapping[str, str] | None = None
) -> list[Reading]:
    """The rows of a table; `year` is meant where a day names none, `placed` says what unplaced names mean (sort:name)."""
    reader = _Reader(table, known, year, placed or {})
    return [reader.row(row) for row in table.rows]


@dataclass(frozen=True)
class _Reader:
    table: Table
    known: Known
    year: int | None
    placed: Mapping[str, str]

    @cached_property
    def layout(self) -> Layout:
        """The layout of the table."""
        return self.table.layout

    @cached_property
    def _columns(self) -> list[tuple[str, Column, dict[str, Any]]]:
        """The columns by field, each with what was read in it already, by text: a sheet says the same again and again."""
        fact = KINDS[self.layout.kind]
        return [(name, Column(self.table, fact, name, self.year), {}) for name in self.table.columns]

    def row(self, row: int) -> Reading:
        """One row."""
        values: dict[str, Any] = {}
        said: dict[str, str] = {}
        problems: list[Problem] = []
        unplaced: list[Unplaced] = []
        whole, is_plain = self.table.sheet.rows[row - 1], self.table.is_plain
        for name, column, kept in self._columns:
            text = whole[column.at] if is_plain else self.table.text(row, name)
            if (not is_plain or len(text) >= LENGTH) and (odd := unfit(self.table, row, name, text)) is not None:
                problems.append(odd)
                continue
            if not text or text in BLANK:
                continue
            said[name] = text
            if text in kept:
                values[name] = kept[text]
                continue
            try:
                values[name] = self._value(row, column, text, unplaced, kept)
            except (ValueError, LookupError) as error:
                how = _how(str(error))
                problems.append(problem("sheet.1", text, column.expected, how, self._here(row, name)))
        return self._made(row, values, said, problems, unplaced)

    def _value(self, row: int, column: Column, text: str, unplaced: list[Unplaced], kept: dict[str, Any]) -> Any:
        """What a cell says in its field; it is kept where others may say the same and nothing is asked about it."""
        if column.is_text:
            return text
        asked = len(unplaced)
        if not column.sort:
            found = column.reads(text)
        elif column.role:
            named = [self._named(row, column, part, unplaced) for part in several(text)]
            found = tuple(one for one in named if one)
        else:
            found = self._named(row, column, text, unplaced)
        if len(unplaced) == asked:
            kept[text] = found
        return found

    def _made(
        self, row: int, values: dict[str, Any], said: dict[str, str], problems: list[Problem], unplaced: list[Unplaced]
    ) -> Reading:
        """The fact of a row, where nothing is missing and nothing stands in its way."""
        for name, code in self.layout.says.items():
            if name not in self.table.columns or name not in _needed(self.layout.kind):
                values.setdefault(name, code)  # a blank in a column of its own is asked about, not filled in
        odd = [one.place for one in problems]
        for name in _needed(self.layout.kind):
            if name in values or name in said or (name in self._lacking and row != self.table.rows[0]):
                continue  # what the sheet lacks is said once for the whole column
            place = self._here(row, name)
            if name not in self.table.columns or place not in odd:
                what = self.layout.column(name).title if self.layout.column(name) else name  # type: ignore[union-attr]
                remedy = "补上这一格" if name in self.table.columns else f"表里没有“{what}”一列，加上这一列"
                problems.append(problem("sheet.4", "空白", what, remedy, place))
        fact = (
            None
            if problems or unplaced or self._lacking
            else KINDS[self.layout.kind](**(_gathered(values) if self._lists else values))
        )
        return Reading(row, values, fact, tuple(problems), tuple(unplaced), said)

    @cached_property
    def _lacking(self) -> frozenset[str]:
        """The fields that a fact cannot do without and the sheet has no column for."""
        return frozenset(_needed(self.layout.kind)) - {*self.table.columns, *self.layout.says}

    @cached_property
    def _lists(self) -> bool:
        """Whether a column holds several of something: parties, points of a list."""
        return any("." in name for name in (*self.table.columns, *self.layout.says))

    @cached_property
    def _means(self) -> dict[tuple[str, str], Collection[str]]:
        """What names were found to mean, by sort and name."""
        return {}

    @cached_property
    def _near(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """What is offered for names that mean nothing, or several things, by sort and name."""
        return {}

    def _named(self, row: int, column: Column, text: str, unplaced: list[Unplaced]) -> Any:
        """What a name means: exactly one thing of the book, or what a person has said it means; else it is asked about."""
        sort = column.sort
        if (sort, text) not in self._means:
            told = self.placed.get(f"{sort}:{text}")
            self._means[sort, text] = {told} if told is not None else self.known.named(sort, text)
        means = self._means[sort, text]
        if len(means) == 1:
            (one,) = means
            return one if sort in ("organisation", "region") else int(one)
        if (sort, text) not in self._near:
            self._near[sort, text] = tuple(self.known.near(sort, text))
        place = self._here(row, column.name)
        unplaced.append(Unplaced(column.name, place, sort, text, self._near[sort, text], tuple(sorted(means))))
        return None

    def _here(self, row: int, name: str) -> str:
        return self.table.sheet.named(self.table.place(row, name))


def _how(error: str) -> str:
    """How to mend what cannot be read, as far as the error says it: …不是确数；写确数，如 120.5."""
    return error.partition("；")[2] or "改正这一格；不知道的留空，不填 0"


def _gathered(values: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of a fact: what belongs to its lists together."""
    parties = tuple((n.partition(".")[2], code) for n, v in values.items() if n.startswith("party.") for code in v)
    items = tuple((n.partition(".")[2], text, "") for n, v in values.items() if n.startswith("list.") for text in v)
    listed = {name: rows for name, rows in (("parties", parties), ("items", items)) if rows}
    return {name: value for name, value in values.items() if "." not in name} | listed


@cache
def _needed(kind: str) -> tuple[str, ...]:
    """The fields that a fact cannot do without."""
    return tuple(f.name for f in fields(KINDS[kind]) if f.default is f.default_factory is MISSING)
