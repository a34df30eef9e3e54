"""Figures: a sheet asked of a snapshot at a cell. Sums are judged by the law of additivity before they are given."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

import ibis
from ibis import _

from duikou.rules.additivity import Refusal, refuse_along
from duikou.rules.quantity import Quantity, bounded
from duikou.rules.writing import write
from duikou.snapshot.store import Snapshot
from duikou.snapshot.tables import names as tables_by_name

from .definition import CUTS, Definition
from .engine import table, total, where
from .figure import Figure, Identity, Name, Standing

COLUMN_OF = {"time": "first", "giver": "giver", "receiver": "receiver", "area": "region", "sector": "sector"}


class RefusedSum(ValueError):
    """A figure that may not be added up; carries the refusal."""

    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal
        super().__init__(str(refusal))


@lru_cache(maxsize=4096)
def figure(snapshot: Snapshot, name: Name) -> Figure:
    """The figure of a name on a snapshot; RefusedSum where the law of additivity forbids the sum."""
    d = name.definition
    if d.share != ("", ""):
        return _share(snapshot, name, d)
    row = total(chosen(snapshot, name), add=d.add if not d.count else "", differs=_dimensions(d))[0]
    value = _value(d, row)
    unvalued = 0 if d.count else row["members"] - (row["valued"] or 0)
    return _figure(snapshot, name, d, value, row["members"], unvalued)


def cut(snapshot: Snapshot, name: Name, dimension: str) -> list[Figure]:
    """The figures of each member of a cut that has records, the largest first."""
    column = CUTS[dimension]
    groups = chosen(snapshot, name).select(column).distinct().to_pyarrow().to_pylist()
    figures = [figure(snapshot, name.cut_by(dimension, g[column])) for g in groups if g[column]]
    return sorted(figures, key=lambda f: (-((f.value.low or 0) if f.value else 0), f.name))


def in_period(rows: ibis.Table, name: Name, d: Definition) -> ibis.Table:
    """Rows of the programme that were true within the period; days known only as a span must lie in it whole."""
    rows = rows.filter(_.programme == name.programme)
    if d.timeless:
        return rows
    days = name.days
    return rows.filter((_["first"] >= days.first) & (_["last"] <= days.last))


def chosen(snapshot: Snapshot, name: Name) -> ibis.Table:
    """The rows that make up a figure: the sheet without its sum."""
    d = name.definition
    rows = where(in_period(table(snapshot, d.of), name, d), d.where)
    return where(rows, {CUTS[dimension]: (code,) for dimension, code in name.cut})


def _dimensions(d: Definition) -> list[str]:
    columns = tables_by_name()[d.of].schema.names
    return [c for dimension, c in COLUMN_OF.items() if c in columns and not (dimension == "time" and d.timeless)]


def _value(d: Definition, row: dict[str, Any]) -> Quantity | None:
    """The value of the summed row, if the sum is allowed; nothing where no record carries one."""
    if d.count:
        return Quantity(row["members"], row["members"], d.unit) if row["members"] else None
    if not row["valued"]:
        return None
    if row["valued"] > 1:
        for dimension, column in COLUMN_OF.items():
            if row.get(f"n_{column}", 0) > 1 and (refusal := refuse_along(d.kind, dimension)):
                raise RefusedSum(refusal)
    low = None if row["open_low"] else row["low"]
    high = None if row["open_high"] else row["high"]
    if row["valued"] == 1:
        return Quantity(low, high, d.unit, row["hedge"])
    if low is None and high is None:
        return None
    return bounded(low, high, d.unit)


def _figure(snapshot: Snapshot, name: Name, d: Definition, value: Quantity | None, members: int, unvalued: int) -> Figure:
    identity = Identity(name, d.version, d.side, snapshot.line)
    if value is None:
        reason = "来源未报" if not members else "来源未给数字"
        return Figure(identity, d, None, "", d.sense or _unit_of(d), "unreported", Standing(members, unvalued, blank=reason))
    written = write(value, d.scale)
    return Figure(
        identity, d, value, written.number, d.sense or written.unit, _nature(d, value, members),
        _standing(snapshot, name, d, members, unvalued),
    )  # fmt: skip


def _unit_of(d: Definition) -> str:
    return write(Quantity(10**6, 10**6, d.unit)).unit if d.unit == "fen" else write(Quantity(1, 1, d.unit)).unit


def _nature(d: Definition, value: Quantity, members: int) -> str:
    """What a reader must know of a number: forecast, approximate, calculated, or nothing special."""
    if d.basis == "expected":
        return "expected"
    if not value.exact:
        return "approximate"
    return "calculated" if members > 1 and not d.count else "exact"


def _standing(snapshot: Snapshot, name: Name, d: Definition, members: int, unvalued: int) -> Standing:
    """What the figure rests on: totals and what is listed under them, the weakest evidence, open questions."""
    rows = chosen(snapshot, name).to_pyarrow().to_pylist()
    numbers = {row["number"] for row in rows}
    totals = [row for row in rows if row.get("standing") == "total"]
    graded = [s["grade"] for s in snapshot.rows["statements"] if s["record"] in numbers]
    return Standing(
        records=members,
        unvalued=unvalued,
        total=_sum_of(totals, d),
        listed=_listed(snapshot, name, d, totals),
        later=_sum_of([row for row in rows if row.get("standing") == "own"], d) if totals else None,
        grade=max(graded, key=GRADES.index, default=""),
        questions=questions_about(snapshot, numbers | {row["total"] for row in rows if row.get("total")}),
    )


GRADES = ("original", "issued", "copy", "oral")


def questions_about(snapshot: Snapshot, numbers: set[int]) -> tuple[str, ...]:
    """The open questions about records, by the titles of their findings."""
    about = {link["record"] for link in snapshot.rows["links"] if link["role"] == "about" and link["to"] in numbers}
    return tuple(f["title"] for f in snapshot.rows["findings"] if f["number"] in about and f["state"] != "settled")


def _sum_of(rows: Sequence[dict[str, Any]], d: Definition) -> Quantity | None:
    values = [Quantity(r[f"{d.add}_low"], r[f"{d.add}_high"], d.unit) for r in rows if d.add and r[f"{d.add}_low"] is not None]
    if not values:
        return None
    result = values[0]
    for value in values[1:]:
        result = result + value
    return result


def _listed(snapshot: Snapshot, name: Name, d: Definition, totals: Sequence[dict[str, Any]]) -> Quantity | None:
    """How much of the stated totals is listed by their parts."""
    if not totals:
        return None
    wanted = {row["total"] or row["number"] for row in totals}
    rows = in_period(table(snapshot, d.of), name, d).filter(_.standing == "part").to_pyarrow().to_pylist()
    return _sum_of([r for r in rows if r["total"] in wanted], d) or Quantity(0, 0, d.unit)


def _share(snapshot: Snapshot, name: Name, d: Definition) -> Figure:
    """Two figures at the same cut, divided after grouping (A5); one decimal, rounded once."""
    part, whole = (figure(snapshot, name.of_sheet(code)) for code in d.share)
    standing = Standing(
        part.standing.records + whole.standing.records, grade=part.standing.grade,
        questions=tuple(dict.fromkeys(part.standing.questions + whole.standing.questions)),
    )  # fmt: skip
    identity = Identity(name, d.version, d.side, snapshot.line)
    p, w = part.value, whole.value
    if p is None or w is None or not (p.exact and w.exact and w.low):
        reason = "分子或分母未报" if p is None or w is None else "分子或分母是概数"
        return Figure(identity, d, None, "", "%", "unreported", Standing(blank=reason))
    tenths = (Decimal(p.low or 0) * 1000 / Decimal(w.low)).quantize(Decimal(1), ROUND_HALF_UP)
    return Figure(identity, d, Quantity(int(tenths), int(tenths), "percent"), f"{tenths / 10:.1f}", "%", "calculated", standing)
