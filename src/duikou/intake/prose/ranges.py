"""Ranges: 20—40万元, 20万元—40万元, 三到五万元. A change (从…到…) is none; one of two readings is asked for."""

import re
from dataclasses import replace
from decimal import Decimal

from duikou.rules.reading import ends_of

from .digits import digits_at, plain
from .numbers import Number
from .units import unit_at

_TO = re.compile(r"[ ]?(?:[～—]{1,2}|-{1,2}|至|到)[ ]?")


class Unreadable(ValueError):
    """Why an expression cannot be read, and where it ends."""

    def __init__(self, why: str, end: int) -> None:
        super().__init__(why)
        self.end = end


def ranged(text: str, low: Number) -> Number | None:
    """The range whose lower end is a number without its measure word; nothing where no upper end follows."""
    own = unit_at(text, low.last)
    before = text[max(0, low.start - 1) : low.start]
    if before == "从" or (own and before == "由"):
        return None
    to = _TO.match(text, own[1] if own else low.last)
    if not to or (own and to[0].strip() in ("到",) and not own[0].base):
        return None
    high = digits_at(text, to.end())
    if high is None or high.upper is not None:
        return None
    unit = unit_at(text, high.end)
    if not unit or (own and own[0].base != unit[0].base) or not unit[0].base:
        return None
    ends = low.value, high.value
    if not own:
        ends = _shared(text[low.first : low.last], text[to.end() : high.end], unit[1])
    first, last = ends[0] * (own or unit)[0].factor, ends[1] * unit[0].factor
    if first > last:
        raise Unreadable("前大后小", unit[1])
    if low.hedges:
        raise Unreadable("是一个范围，两端不再带约数词", unit[1])
    return replace(
        low, end=unit[1], last=high.end, value=first, upper=last, base=unit[0].base, house=unit[0].house,
        unit=text[high.end : unit[1]].strip(),
    )  # fmt: skip


def _shared(low: str, high: str, end: int) -> tuple[Decimal, Decimal]:
    """Two ends that share the measure word of the second, and its scale where only one reading is left."""
    try:
        return ends_of(plain(low), plain(high))
    except ValueError as error:
        raise Unreadable(str(error), end) from None
