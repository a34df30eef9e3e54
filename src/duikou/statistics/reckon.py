"""Figures worked out: a sheet asked of a snapshot at a cell. Sums are judged by the law of additivity before they are given."""

from collections.abc import Sequence
from functools import lru_cache

import ibis

from duikou.rules.additivity import Refusal
from duikou.rules.evidence import GRADES
from duikou.rules.quantity import Quantity
from duikou.rules.writing import write
from duikou.snapshot.store import Snapshot

from .definition import CUTS, UNSAID, Definition, definition, sheets
from .engine import Question, Row, ask, heads, question, total
from .figure import Figure, Identity, Name, Standing
from .questions import questions_of
from .rows import Cell, chosen, rows_at
from .shares import share_of
from .totals import Totals, totals_of
from .values import RefusedSum, dimensions, value_of
from .written import written


def figure(snapshot: Snapshot, name: Name, d: Definition | None = None) -> Figure:
    """The figure of a name on a snapshot; RefusedSum where the law of additivity forbids the sum.

    `d`: the sheet where another than that of the name is tried, as it is before a reading is adopted.
    """
    return _worked_out(snapshot, name, d or definition(name.sheet, snapshot))


@lru_cache(maxsize=4096)
def _worked_out(snapshot: Snapshot, name: Name, d: Definition) -> Figure:
    if d.share != ("", ""):
        part, whole = (figure(snapshot, name.of_sheet(code)) for code in d.share)
        return share_of(name, d, part, whole)
    (row,) = ask(snapshot, _summed(name, d))
    return _figure(snapshot, name, d, row, totals_of(snapshot, name, d))


def cut(snapshot: Snapshot, name: Name, dimension: str) -> tuple[Figure, ...]:
    """The figures of each member of a cut that has records, the largest first: one grouped question for all."""
    return _cut(snapshot, name, definition(name.sheet, snapshot), CUTS[dimension])[0]


def rest(snapshot: Snapshot, name: Name, dimension: str) -> Figure | None:
    """What records without a member of a cut bring (`;g=-`), so that members and rest are the whole; nothing where all say one."""
    return _cut(snapshot, name, definition(name.sheet, snapshot), CUTS[dimension])[1]


@lru_cache(maxsize=256)
def _cut(snapshot: Snapshot, name: Name, d: Definition, column: str) -> tuple[tuple[Figure, ...], Figure | None]:
    letter = next(letter for letter, of in CUTS.items() if of == column)
    rows = ask(snapshot, _summed(name, d, column))
    figures = [_figure(snapshot, name.cut_by(letter, row[column]), d, row, Totals()) for row in rows if row[column]]
    unsaid = name.cut_by(letter, UNSAID)
    left = [row for row in rows if not row[column]]
    if len(left) > 1:  # some say nothing, and some an empty word
        left = ask(snapshot, _summed(unsaid, d))
    return (
        tuple(sorted(figures, key=lambda f: (-((f.value.low or 0) if f.value else 0), f.name))),
        _figure(snapshot, unsaid, d, left[0], Totals()) if left else None,
    )


def _summed(name: Name, d: Definition, by: str = "") -> Question:
    """The sum of a figure, or of each group of a column."""
    return written(_sum_at, name, d, by)


def _sum_at(d: Definition, at: Cell, by: str) -> ibis.Table:
    return _sum(d, rows_at(d, at), by)


def _sum(d: Definition, rows: ibis.Table, by: str) -> ibis.Table:
    groups = [by] if by else []
    if d.distinct:
        return heads(rows, bearer=d.distinct, by=groups)
    differs = [column for column in dimensions(d) if column != by]
    return total(rows, add=d.add, differs=differs, by=groups)


def by_programme(
    snapshot: Snapshot, sheet: str, period: str, programmes: Sequence[str]
) -> dict[str, Quantity | Refusal]:
    """The value of each programme that has one, by one grouped question; of one whose sum is not allowed, the refusal."""
    d, name = sheets()[sheet], Name(sheet, programmes[0], period)
    found: dict[str, Quantity | Refusal] = {}
    asked = question(_sum(d, chosen(name, d, programmes), "programme"), d.of)
    for row in ask(snapshot, asked):
        try:
            value = value_of(d, row)
        except RefusedSum as refused:
            found[row["programme"]] = refused.refusal
        else:
            found |= {row["programme"]: value} if value else {}
    return found


def _figure(snapshot: Snapshot, name: Name, d: Definition, row: Row, totals: Totals) -> Figure:
    """A figure of its summed row."""
    value = value_of(d, row)
    identity = Identity(name, d.version, d.side, snapshot.line)
    unvalued = 0 if d.count or d.distinct else row["members"] - (row["valued"] or 0)
    if value is None:
        reason = "来源未报" if not row["members"] else "来源未给数字"
        standing = Standing(row["members"], unvalued, blank=reason)
        return Figure(identity, d, None, "", d.sense or _unit_of(d), "unreported", standing)
    standing = Standing(
        records=row["members"], unvalued=unvalued, total=totals.stated, listed=totals.listed, later=totals.later,
        grade=GRADES[row["grade"]] if row["grade"] is not None else "",
        questions=questions_of(snapshot, name, d) if row["asks"] else (),
    )  # fmt: skip
    written = write(value, d.scale)
    nature = _nature(d, value, row["members"])
    return Figure(identity, d, value, written.number, d.sense or written.unit, nature, standing)


def _unit_of(d: Definition) -> str:
    """The unit in which a blank is printed."""
    return write(Quantity(10**6, 10**6, d.unit)).unit if d.unit == "fen" else write(Quantity(1, 1, d.unit)).unit


def _nature(d: Definition, value: Quantity, members: int) -> str:
    """What a reader must know of a number: forecast, approximate, calculated, or nothing special."""
    if d.basis == "expected":
        return "expected"
    if not value.exact:
        return "approximate"
    return "calculated" if members > 1 and not d.count else "exact"
