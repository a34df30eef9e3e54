"""Totals that a source states: what of a figure rests on one, how much of it is listed, what came after its day."""

from dataclasses import dataclass
from functools import lru_cache

import ibis
from ibis import _

from duikou.rules.quantity import Quantity, bounded
from duikou.snapshot.store import Snapshot
from duikou.snapshot.tables import names as tables_by_name

from .definition import Definition
from .engine import Form, Question, Row, ask, filled, total
from .figure import Name
from .rows import Cell, rows_at, rows_in
from .written import PLACES, places, written


@dataclass(frozen=True)
class Totals:
    """What a figure rests on besides records: stated totals, how much of them is listed, what came after their day."""

    stated: Quantity | None = None
    listed: Quantity | None = None
    later: Quantity | None = None


def totals_of(snapshot: Snapshot, name: Name, d: Definition) -> Totals:
    """The stated totals in a figure, for tables that know them."""
    if not d.add or not {"standing", "total"} <= set(tables_by_name()[d.of].schema.names):
        return Totals()
    stated = ask(snapshot, written(_stated, name, d))
    if not stated:
        return Totals()
    added = {row["standing"]: _sum(row, d) for row in ask(snapshot, written(_by_standing, name, d))}
    totals = tuple(sorted(row["total"] or row["number"] for row in stated))
    (parts,) = ask(snapshot, _parts(name, d, totals))
    return Totals(added.get("total"), _sum(parts, d) or Quantity(0, 0, d.unit), added.get("own"))


def _stated(d: Definition, at: Cell, _more: str) -> ibis.Table:
    return rows_at(d, at).filter(_.standing == "total").select("number", "total")


def _by_standing(d: Definition, at: Cell, _more: str) -> ibis.Table:
    return total(rows_at(d, at), add=d.add, by=["standing"])


def _parts(name: Name, d: Definition, totals: tuple[int, ...]) -> Question:
    """What is listed of stated totals; each number has a place of its own."""
    values = {f"‹total {place}›": str(number) for place, number in enumerate(totals)}
    return filled(_listed(d, len(totals)), places(name.programme, name.days.first, name.days.last) | values)


@lru_cache(maxsize=1024)
def _listed(d: Definition, count: int) -> Form:
    def build() -> ibis.Table:
        numbers = [ibis.literal(f"‹total {place}›").cast("int64") for place in range(count)]
        rows = rows_in(d, PLACES, {"standing": ("part",)})
        return total(rows.filter(_.total.isin(numbers)), add=d.add)

    return Form(f"listed {d.of} {d.add} {d.each} {d.timeless} {count}", d.of, build)


def _sum(row: Row, d: Definition) -> Quantity | None:
    return bounded(row["low"], row["high"], d.unit) if row["valued"] else None
