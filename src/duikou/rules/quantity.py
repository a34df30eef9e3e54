"""Quantities that keep their hedge: two closed whole-number bounds, either of which may be open.

整 近 约 余／多 超／逾 以上 至多 become intervals and come back as words; blank is not zero. Money is whole fen.
Adding two quantities adds their bounds, so a sum is never surer than its parts.
"""

from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor
from typing import Literal

from duikou.terms.words import zh

Hedge = Literal["exact", "about", "nearly", "odd", "over", "at_least", "up_to", "range"]

# Widths of the words, as shares of what is said: settings of the field, see docs/decisions/0003.
NEARLY = Decimal("0.90")
ABOUT = (Decimal("0.95"), Decimal("1.05"))


@dataclass(frozen=True)
class Quantity:
    """Bounds in the base unit of `unit` (money: fen), both ends included, None being unbounded."""

    low: int | None
    high: int | None
    unit: str
    hedge: Hedge = "exact"

    def __post_init__(self) -> None:
        if self.low is None and self.high is None:
            raise ValueError("两端都不限的数不是数")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"下限 {self.low} 大于上限 {self.high}")
        if self.hedge == "exact" and self.low != self.high:
            raise ValueError(f"{self.low}～{self.high} 不是确数")

    @property
    def exact(self) -> bool:
        """Whether one number is meant."""
        return self.low is not None and self.low == self.high

    def __add__(self, other: "Quantity") -> "Quantity":
        if self.unit != other.unit:
            raise ValueError(f"{zh('unit', self.unit)}与{zh('unit', other.unit)}不能相加")
        low = None if self.low is None or other.low is None else self.low + other.low
        high = None if self.high is None or other.high is None else self.high + other.high
        return bounded(low, high, self.unit)

    def contains(self, other: "Quantity") -> bool:
        """Whether every value the other allows is allowed here."""
        low_ok = self.low is None or (other.low is not None and self.low <= other.low)
        return low_ok and (self.high is None or (other.high is not None and other.high <= self.high))

    def meets(self, other: "Quantity") -> bool:
        """Whether some value is allowed by both."""
        apart_below = self.high is not None and other.low is not None and self.high < other.low
        apart_above = self.low is not None and other.high is not None and other.high < self.low
        return not (apart_below or apart_above)


def exactly(value: int, unit: str) -> Quantity:
    """整: one number."""
    return Quantity(value, value, unit)


def yuan(value: int | str | Decimal) -> Quantity:
    """An exact sum of money given in yuan."""
    fen = Decimal(value) * 100
    if fen != fen.to_integral_value():
        raise ValueError(f"{value} 元不是整分")
    return exactly(int(fen), "fen")


def hedged(hedge: Hedge, value: int, unit: str, step: int = 1, upper: int | None = None) -> Quantity:
    """What a hedge word says of a number: 近x = [0.9x, x−1], 余x = [x, x+step−1], 超x = [x+1, ∞), 以上 = [x, ∞)."""
    match hedge:
        case "exact":
            bounds = (value, value)
        case "nearly":  # below ten no whole number lies in [0.9x, x): 近5 is 4
            bounds = (min(ceil(value * NEARLY), value - 1), value - 1)
        case "about":
            bounds = (ceil(value * ABOUT[0]), floor(value * ABOUT[1]))
        case "odd":
            bounds = (value, value + step - 1)
        case "over":
            return Quantity(value + 1, None, unit, hedge)
        case "at_least":
            return Quantity(value, None, unit, hedge)
        case "up_to":
            return Quantity(None, value, unit, hedge)
        case "range":
            if upper is None:
                raise ValueError("范围要有上限")
            bounds = (value, upper)
    return Quantity(*bounds, unit, hedge)


def bounded(low: int | None, high: int | None, unit: str) -> Quantity:
    """The quantity of two bounds, with the hedge that says exactly them; a range where no hedge does."""
    if low is not None and low == high:
        return exactly(low, unit)
    if low is None:
        return Quantity(low, high, unit, "up_to")
    if high is None:
        return Quantity(low, high, unit, "over" if last_digit(low - 1) > last_digit(low) else "at_least")
    hedges: tuple[Hedge, ...] = ("nearly", "odd", "about")
    return Quantity(low, high, unit, next((h for h in hedges if _anchor(h, low, high, unit) is not None), "range"))


def said_number(quantity: Quantity) -> int | None:
    """The number that stands in the words of this quantity; None for a range, which has two."""
    low, high = quantity.low, quantity.high
    match quantity.hedge:
        case "exact" | "at_least":
            return low
        case "over":
            return None if low is None else low - 1
        case "up_to":
            return high
        case "range":
            return None
    return None if low is None or high is None else _anchor(quantity.hedge, low, high, quantity.unit)


def _anchor(hedge: Hedge, low: int, high: int, unit: str) -> int | None:
    """The number which, said with this hedge, gives exactly these bounds."""
    middle = (low + high) // 2
    candidates = {"nearly": [high + 1], "odd": [low], "about": [middle - 1, middle, middle + 1]}.get(hedge, [])
    grain = grain_of(unit)
    for value in candidates:
        if value > 0 and hedged(hedge, value, unit, last_digit(value, grain)) == Quantity(low, high, unit, hedge):
            return value
    return None


def last_digit(value: int, grain: int = 1) -> int:
    """The worth of the last digit that is said: 10 for 20, 1,000,000 for 14,000,000; never below the unit's grain."""
    step = 1
    while value and value % (step * 10) == 0:
        step *= 10
    return max(step, grain)


def grain_of(unit: str) -> int:
    """How many base units make one spoken unit: 100 fen a yuan, 1000 metres a 公里, ten tenths a per cent; else 1."""
    return {"fen": 100, "metre": 1000, "percent": 10}.get(unit, 1)


def spoken(unit: str) -> str:
    """The unit people say: money is kept in fen and said in yuan, a road in metres and said in 公里."""
    return {"fen": "yuan", "metre": "kilometre"}.get(unit, unit)
