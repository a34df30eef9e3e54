"""What a summed row says: its value, where the law of additivity allows the sum."""

from duikou.rules.additivity import SHARING, Refusal, refuse_across, refuse_records
from duikou.rules.quantity import Quantity, bounded
from duikou.snapshot.tables import names as tables_by_name

from .definition import Definition
from .engine import Row

COLUMN_OF = {
    "time": "first", "giver": "giver", "receiver": "receiver", "area": "region", "sector": "sector", "source": "source",
}  # fmt: skip


class RefusedSum(ValueError):
    """A figure that may not be added up; carries the refusal."""

    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal
        super().__init__(str(refusal))


def dimensions(d: Definition) -> list[str]:
    """The columns of a sheet's table along which the law asks whether its records may be added."""
    columns = tables_by_name()[d.of].schema.names
    return [c for dimension, c in COLUMN_OF.items() if c in columns and not (dimension == "time" and d.timeless)]


def value_of(d: Definition, row: Row) -> Quantity | None:
    """The value of the summed row, if the sum is allowed; nothing where no record carries one."""
    if d.count:
        return Quantity(row["members"], row["members"], d.unit) if row["members"] else None
    if d.distinct:
        return persons(row, d.unit)
    if not row["valued"]:
        return None
    if row["valued"] > 1:
        for dimension, column in COLUMN_OF.items():
            if row.get(f"n_{column}", 0) > 1 and (refusal := refuse_records(d.kind, dimension)):
                raise RefusedSum(refusal)
        if d.kind in SHARING and (refusal := refuse_across([d.measure, d.measure])):
            raise RefusedSum(refusal)  # two courses of one day, place and giver: the same people may have been in both
    low = None if row["open_low"] else row["low"]
    high = None if row["open_high"] else row["high"]
    if row["valued"] == 1:
        return Quantity(low, high, d.unit, row["hedge"])
    return None if low is None and high is None else bounded(low, high, d.unit)


def persons(row: Row, unit: str) -> Quantity | None:
    """How many different persons: exactly where all are told by an identity number, or all by name and unit.

    Where both occur, one of a name may be one of a number: not more than all bearers, and not fewer than those of
    either sort, nor than the people of one course.
    """
    if not row["members"]:
        return None
    named = row["heads"] - row["known"]
    return bounded(max(row["known"], named, row["most"]), row["heads"], unit)
