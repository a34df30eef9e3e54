"""The cells of a register: what a frozen row says in a column, as a number or as words; numbers are rounded once."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from duikou.rules.period import time_words
from duikou.rules.quantity import Quantity
from duikou.rules.small_groups import Mark
from duikou.rules.small_groups import words as mark_words
from duikou.rules.writing import write
from duikou.terms.words import regions, vocabulary

from .registers import WAN, Column

Row = Mapping[str, Any]
Value = str | int | float | None
Read = Callable[[Row], Value]
HUNDREDTH = WAN // 100


def reader(column: Column) -> Read:
    """What a row says in a column; nothing where the column does not speak of such rows."""
    read = _READERS.get(column.kind, _plain)
    one: Read = partial(read, column)
    if not column.where:
        return one
    conditions = [(name, frozenset(words)) for name, words in column.where.items()]
    return lambda row: one(row) if all(row[name] in words for name, words in conditions) else None


def masking(read: Read, marks: Mapping[int, Mark]) -> Read:
    """The same for who sees only what is public: a withheld number of persons gives way to words."""
    return lambda row: mark_words(marks[row["number"]]) if row["number"] in marks else read(row)


def money(fen: int) -> float:
    """An exact amount in 万元 with two decimals, rounded once, half away from zero, from fen."""
    hundredths = (2 * abs(fen) + HUNDREDTH) // (2 * HUNDREDTH)
    return (hundredths if fen >= 0 else -hundredths) / 100


def said(value: Quantity, column: Column) -> Value:
    """A quantity in a column: a number where it is exact, else its words."""
    in_money = column.kind in ("money", "summed")
    if not value.exact:
        return write(value, WAN if in_money else None).number
    if value.low is None:
        return None
    return money(value.low) if in_money else _whole(value)


def text(value: Value, decimals: int = 0) -> str:
    """A cell as it is printed: 2000 plain, from five digits grouped, a true minus; a whole number has no point."""
    if value is None or isinstance(value, str):
        return value or ""
    decimals = 0 if isinstance(value, int) else decimals
    number = f"{value:,.{decimals}f}" if abs(value) >= 10_000 else f"{value:.{decimals}f}"
    return number.replace("-", "−")


def _whole(value: Quantity) -> Value:
    """A count as it is; a length and the like, kept finer than it is said, in its words."""
    written = write(value)
    plain = written.number.replace(",", "").replace("−", "-")
    return int(plain) if plain.lstrip("-").isdecimal() else written.number


def _quantity(column: Column, row: Row) -> Value:
    name = column.field
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    if low is None and high is None:
        return None
    if low == high and column.kind == "money":
        return money(low)
    return said(Quantity(low, high, row[f"{name}_unit"], row[f"{name}_hedge"]), column)


def _plain(column: Column, row: Row) -> Value:
    value = row[column.field]
    return value if value is None or isinstance(value, str | int) else str(value)


def _words(column: Column, row: Row) -> Value:
    code = row[column.field]
    known = vocabulary()[column.words].get(code) if code else None
    return known.zh if known else code


def _rule(column: Column, row: Row) -> Value:
    """The chapter of the rule book that a rule is of: 检查、验收、评价."""
    code: str | None = row[column.field]
    known = vocabulary()["subject"].get(code.partition(".")[0]) if code else None
    return known.zh if known else code


def _day(column: Column, row: Row) -> Value:
    value: date | None = row[column.field]
    return value.isoformat() if value else None


def _when(_column: Column, row: Row) -> Value:
    first, last = row["first"], row["last"]
    if not first or not last:
        return None
    return first.isoformat() if first == last else time_words(first, last)


def _fen(column: Column, row: Row) -> Value:
    value = row[column.field]
    return None if value is None else money(value)


def _percent(column: Column, row: Row) -> Value:
    value = row[column.field]
    return None if value is None else value / 10  # kept per mille


def _yes(column: Column, row: Row) -> Value:
    return {True: "是", False: "否"}.get(row[column.field])


def _area(column: Column, row: Row) -> Value:
    found = regions().get(row[column.field] or "", ())
    return found[-1].short if found else row[column.field]


def _hung(column: Column, row: Row) -> Value:
    value: Value = row.get(key(column))
    return value


def _nothing(_column: Column, _row: Row) -> Value:
    return None


def key(column: Column) -> str:
    """Under which name what hangs from a row stands beside its fields."""
    return f"+{column.full}"


_READERS: Mapping[str, Callable[[Column, Row], Value]] = {
    "words": _words, "rule": _rule, "day": _day, "when": _when, "percent": _percent, "yes": _yes, "area": _area,
    "money": _quantity, "fen": _fen, "number": _quantity, "listed": _hung, "summed": _hung, "personal": _nothing, "blank": _nothing, "serial": _hung,
}  # fmt: skip
