"""Targets against what was reached: how much of it, and whether it keeps pace with the days of its year."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from .amounts import share
from .period import Period
from .quantity import Quantity

Verdict = Literal["met", "on_course", "behind", "unmet", "unreported", "not_begun"]
WORST_FIRST: tuple[Verdict, ...] = ("unmet", "behind", "unreported", "on_course", "not_begun", "met")


@dataclass(frozen=True)
class Target:
    """What was agreed for a year, what is reached by a day; a hedged number counts with what it says at the least."""

    agreed: Quantity
    reached: Quantity | None
    year: Period
    today: date

    @property
    def wanted(self) -> int:
        """The number that meets the target: at least so many; where only an upper end is agreed, that."""
        return (self.agreed.low if self.agreed.low is not None else self.agreed.high) or 0

    @property
    def done(self) -> int:
        """What is surely reached."""
        return (self.reached.low or 0) if self.reached else 0

    @property
    def share(self) -> str:
        """What part of the target is reached; nothing where nothing is reported, or the target is of nothing."""
        return share(self.done, self.wanted) if self.reached is not None and self.wanted > 0 else ""

    @property
    def linear(self) -> int:
        """What an even course would have reached by the day, rounded down."""
        whole = (self.year.last - self.year.first).days + 1
        gone = (min(self.today, self.year.last) - self.year.first).days + 1
        return self.wanted * max(gone, 0) // whole

    @property
    def verdict(self) -> Verdict:
        """How it stands: met; unmet once the year is over; before that behind the even course, or not."""
        if self.reached is not None and self.done >= self.wanted:
            return "met"
        if self.today > self.year.last:
            return "unmet" if self.reached is not None else "unreported"
        if self.today < self.year.first:
            return "not_begun"
        if self.reached is None:
            return "unreported"
        return "behind" if self.done < self.linear else "on_course"
