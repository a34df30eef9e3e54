"""A number as it stands in a text: bounds, hedge, measure word and place. What the words mean is judged in rules.reading."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from duikou.rules.quantity import Hedge, Quantity
from duikou.rules.reading import between, meant

VAGUE = 9  # 几百, 数百: from two to nine of them


@dataclass(frozen=True)
class Number:
    """`start` and `end` hold hedges, digits and measure word; `first` and `last` the digits alone."""

    start: int
    end: int
    first: int
    last: int
    value: Decimal
    base: str
    unit: str = ""
    house: str = ""
    upper: Decimal | None = None
    hedges: tuple[Hedge, ...] = ()
    vague: bool = False
    per: str = ""

    @property
    def hedge(self) -> Hedge:
        """The one hedge that it bears; several are narrowed to one."""
        if self.upper is not None:
            return "range"
        if len(set(self.hedges)) > 1 and self.quantity:
            return self.quantity.hedge
        return self.hedges[0] if self.hedges else "exact"

    @cached_property
    def quantity(self) -> Quantity | None:
        """The bounds in the unit of the house; nothing where the house has no unit for it or it is finer than that."""
        try:
            return self.bounds()
        except ValueError:
            return None

    def bounds(self) -> Quantity:
        """The bounds; ValueError says why there are none."""
        if not self.house:
            raise ValueError("没有可记账的单位")
        if self.vague:
            return between(self.value * 2, self.value * (VAGUE + 1) - 1, self.house)
        if self.upper is not None:
            return between(self.value, self.upper, self.house)
        return meant(self.hedges, self.value, self.house)

    @property
    def whole(self) -> bool:
        """Whether what is counted comes in whole ones only."""
        return self.base in ("person", "person_time", "item")


@dataclass(frozen=True)
class Unread:
    """A number that was seen and not read, and why."""

    start: int
    end: int
    text: str
    why: str
