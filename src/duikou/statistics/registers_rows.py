"""The rows of a register on a snapshot: one question for the rows of a page, one for each column that hangs from them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

import ibis
from ibis import _

from duikou.records.models.record import kind_of
from duikou.rules import period as periods
from duikou.rules.period import Period
from duikou.rules.quantity import bounded
from duikou.rules.small_groups import PERSONS
from duikou.snapshot.store import Snapshot
from duikou.snapshot.tables import names as tables_by_name

from . import registers
from .audience import public
from .definition import in_force
from .engine import Form, Question, ask, filled, question, table, total
from .figure import BadName, Figure, Name
from .masking import withheld_of
from .measure import asked
from .registers import Column, Register
from .registers_cells import Read, Value, key, masking, reader, said
from .rows import Cell, days_of
from .written import PLACES, places

AREA = "‹area›"  # the place of a county
MANY = 5000  # rows asked at a time where all are wanted
Link = tuple[str, int]


class Line(NamedTuple):
    """A row: what its cells say, the record it is, and by place in the row what cells lead to: records, figures."""

    values: Sequence[Value]
    kind: str = ""
    number: int = 0
    links: Mapping[int, Link] = MappingProxyType({})
    figures: Mapping[int, Figure] = MappingProxyType({})


@dataclass(frozen=True)
class Rows:
    """The rows of a register for a programme, a period and, where one is asked, a county."""

    snapshot: Snapshot
    register: Register
    programme: str
    period: str
    area: str = ""

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns."""
        return self.register.columns

    @property
    def count(self) -> int:
        """How many rows there are."""
        found = ask(self.snapshot, self._asked("count"))
        return int(found[0]["rows"])

    @property
    def totals(self) -> tuple[Figure | None, ...]:
        """The figure under each column; nothing where a column has no sum, or none of one county."""
        return tuple(self._total(column) for column in self.columns)

    def areas(self) -> list[str]:
        """The counties in which it has rows."""
        if not self.register.by_area:
            return []
        rows = ask(self.snapshot, _question(self.register, self.programme, self.period, "", "areas"))
        return sorted(row["region"] for row in rows if row["region"])

    def lines(self, first: int = 0, most: int | None = None, *, linked: bool = True) -> Iterator[Line]:
        """The rows from one on, with what their cells lead to where that is wanted."""
        sql = self._asked("rows")
        readers = [self._reader(column) for column in self.columns]
        left = most
        while left is None or left > 0:
            size = MANY if left is None else min(left, MANY)
            rows = ask(self.snapshot, Question(f"{sql.sql} LIMIT {size:d} OFFSET {first:d}", sql.table))
            self._hang(rows, first)
            for row in rows:
                links = self._links(row) if linked else MappingProxyType({})
                yield Line([read(row) for read in readers], row.get("kind") or "", row["number"], links)
            if len(rows) < size:
                return
            first += size
            left = None if left is None else left - size

    def _asked(self, what: str) -> Question:
        return _question(self.register, self.programme, self.period, self.area, what)

    def _reader(self, column: Column) -> Read:
        """How a column is read by who asks: small groups of people are withheld from the public."""
        read = reader(column)
        fields = {
            name for model in tables_by_name()[self.register.of].models for name in PERSONS.get(kind_of(model), ())
        }
        if column.field not in fields or not public(self.programme):
            return read
        return masking(read, withheld_of(self.snapshot, self.programme, self.register.of, column.field).marks)

    def _hang(self, rows: Sequence[dict[str, Any]], first: int) -> None:
        """Put beside the rows what hangs from them: one question for each column, and their running number."""
        for column in self.columns:
            if column.kind == "serial":
                for place, row in zip(count(first + 1), rows, strict=False):
                    row[key(column)] = place
            elif column.hang and (numbers := [n for row in rows if (n := row[column.hangs_on]) is not None]):
                days = periods.parse(self.period) if column.hang.dated else None
                found = hung(self.snapshot, column, numbers, days)
                for row in rows:
                    row[key(column)] = found.get(row[column.hangs_on])

    def _links(self, row: Mapping[str, Any]) -> dict[int, Link]:
        """Where the words of cells lead."""
        found = {}
        for place, column in enumerate(self.columns):
            kind, field = column.link
            number = (
                _organisations(self.snapshot).get(row[field]) if kind == "organisation" and field else row.get(field)
            )
            if number:
                found[place] = (kind, number)
        return found

    def _total(self, column: Column) -> Figure | None:
        if not column.total:
            return None
        try:
            name = Name(in_force(column.total, self.period, self.snapshot), self.programme, self.period)
            if self.area and "region" not in name.definition.by:
                return None
            return asked(self.snapshot, name.cut_by("a", self.area) if self.area else name)
        except BadName:
            return None  # a longer name than a Word tag holds: the sum has no address


def hung(snapshot: Snapshot, column: Column, numbers: Sequence[int], days: Period | None) -> dict[int, Value]:
    """What hangs from records, by their numbers: words one after the other, or quantities added up by the engine."""
    hang = column.hang
    if hang is None:
        return {}
    wanted = [_[hang.by].isin(sorted(set(numbers))), *(_[name].isin(list(words)) for name, words in hang.where.items())]
    if days:
        wanted += [_["first"] >= days.first, _["last"] <= days.last]
    found = table(hang.of).filter(wanted)
    if column.kind == "summed":
        rows = ask(snapshot, question(total(found, add=hang.field, by=[hang.by]), hang.of))
        return {
            row[hang.by]: said(bounded(_open(row, "low"), _open(row, "high"), "fen"), column)
            for row in rows
            if row["valued"] and not (row["open_low"] and row["open_high"])
        }
    words: dict[int, list[str]] = {}
    for row in ask(snapshot, question(found.select(by=hang.by, said=hang.field, at="number").order_by("at"), hang.of)):
        if row["said"] not in (None, ""):
            words.setdefault(row["by"], []).append(str(_word(column, row["said"])))
    return {number: "、".join(dict.fromkeys(some)) for number, some in words.items()}


def _word(column: Column, code: Any) -> Any:
    """A code of what hangs from a row in words, where the column has a list of them."""
    return reader(Column(column.head, "words", "code", words=column.words))({"code": code}) if column.words else code


def _open(row: Mapping[str, Any], end: str) -> int | None:
    return None if row[f"open_{end}"] else row[end]


def _chosen(one: Register, at: Cell, *, of_area: bool) -> ibis.Table:
    """The rows of a register: of a programme, all of their days in the period, of one county where one is asked."""
    first, last = days_of(at)
    wanted = [_.programme == at.programme]
    if not one.timeless:
        wanted += [_["first"] >= first, _["last"] <= last]
    wanted += [_[column].isin(list(words)) for column, words in one.where.items()]
    if of_area:
        wanted.append(_.region == AREA)
    return table(one.of).filter(wanted)


def _question(one: Register, programme: str, period: str, area: str, what: str) -> Question:
    """A question about a register, written once: its rows, how many there are, in which counties."""
    days = periods.parse(period)
    values = places(programme, days.first, days.last) | ({AREA: area} if area else {})
    return filled(_form(one, what, bool(area)), values)


@lru_cache(maxsize=512)
def _form(one: Register, what: str, of_area: bool) -> Form:
    return Form(f"register {one!r} {what} {of_area}", one.of, lambda: _built(one, what, of_area=of_area))


def _built(one: Register, what: str, *, of_area: bool) -> ibis.Table:
    rows = _chosen(one, PLACES, of_area=of_area)
    if what == "count":
        return rows.aggregate(rows=_.count())
    if what == "areas":
        return rows.select("region").distinct()
    kind = ["kind"] if "kind" in tables_by_name()[one.of].schema.names else []
    fields = dict.fromkeys(["number", *kind, *one.order, *(name for c in one.columns for name in registers.needed(c))])
    return rows.order_by([_[name] for name in one.order]).select(*fields)


@lru_cache(maxsize=8)
def _organisations(snapshot: Snapshot) -> Mapping[str, int]:
    """The numbers of organisations by code."""
    return {row["code"]: row["number"] for row in snapshot.rows["organisations"]}


class Body(Protocol):
    """What a table of rows is to a page and to a workbook: its columns, how many rows, their sums, the rows."""

    @property
    def snapshot(self) -> Snapshot:
        """What it is filled from."""

    @property
    def area(self) -> str:
        """The county it is of; nothing for the whole programme."""

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns."""

    @property
    def count(self) -> int:
        """How many rows there are."""

    @property
    def totals(self) -> tuple[Figure | None, ...]:
        """The figure under each column."""

    def areas(self) -> list[str]:
        """The counties in which it has rows."""

    def lines(self, first: int = 0, most: int | None = None, *, linked: bool = True) -> Iterator[Line]:
        """The rows from one on."""
