"""The rows of a figure: its sheet without the sum, asked of a snapshot."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import ibis
from ibis import _
from ibis.common.deferred import Deferred
from ibis.expr.types import Value

from duikou.snapshot.store import Snapshot

from .definition import CUTS, UNSAID, Definition
from .engine import Row, ask, question, table
from .figure import Name


@dataclass(frozen=True)
class Cell:
    """Where the rows of a figure are: programme, first and last day, words of the cut; the values, or places for them."""

    programme: str
    first: str
    last: str
    cut: tuple[tuple[str, str], ...] = ()


def cell_of(name: Name) -> Cell:
    """The cell of a figure."""
    return Cell(name.programme, str(name.days.first), str(name.days.last), name.cut)


def days_of(at: Cell) -> tuple[Value, Value]:
    """The first and the last day of a cell, to be held against a column."""
    return ibis.literal(at.first).cast("date"), ibis.literal(at.last).cast("date")


def in_period(
    name: Name, conditions: Mapping[str, Sequence[str]] = MappingProxyType({}), d: Definition | None = None,
    among: Sequence[str] = (),
) -> ibis.Table:  # fmt: skip
    """Rows of the figure's table, programme and period (days known only as a span must lie in it whole); of these,
    those whose columns have one of the words each. Of a thing told of again and again, the last by the end of the period."""
    return rows_in(d or name.definition, cell_of(name), conditions, among)


def chosen(name: Name, d: Definition | None = None, among: Sequence[str] = ()) -> ibis.Table:
    """The rows that make up a figure: the sheet without its sum; of several programmes where they are named."""
    return rows_at(d or name.definition, cell_of(name), among)


def rows_at(d: Definition, at: Cell, among: Sequence[str] = ()) -> ibis.Table:
    """The rows that a sheet takes at a cell."""
    return rows_in(d, at, {**d.where, **{CUTS[letter]: (code,) for letter, code in at.cut}}, among)


def rows_in(d: Definition, at: Cell, conditions: Mapping[str, Sequence[str]], among: Sequence[str] = ()) -> ibis.Table:
    """The rows of a sheet's table at a cell, whose columns have one of the words each."""
    first, last = days_of(at)
    wanted = [_.programme.isin(list(among)) if among else _.programme == at.programme]
    if d.each:
        wanted += [_["last"] <= last]
    elif not d.timeless:
        wanted += [_["first"] >= first, _["last"] <= last]
    wanted += [_said(column, words) for column, words in conditions.items()]
    rows = table(d.of).filter(wanted)
    if not d.each:
        return rows
    youngest = [_["last"].desc(), _["number"].desc()]
    age = ibis.row_number().over(group_by=["programme", d.each], order_by=youngest)
    return rows.mutate(age=age).filter(_.age == 0).drop("age")


def _said(column: str, words: Sequence[str]) -> Deferred:
    """The condition that a column has one of some words; or, of a cut, that it says nothing."""
    return _[column].isnull() | (_[column] == "") if UNSAID in words else _[column].isin(list(words))


def rows_of(snapshot: Snapshot, rows: ibis.Table, name: Name) -> list[Row]:
    """Rows of a figure's table on a snapshot."""
    return ask(snapshot, question(rows, name.definition.of))
