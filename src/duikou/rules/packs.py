"""The rules that a programme has chosen: which hold, how heavily, from when to when, with which values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from .fact import Fact


@dataclass(frozen=True, kw_only=True)
class Setting(Fact):
    """One rule in a programme's pack (terms: weight); `when` the days between which it holds, values as items."""

    pack: str
    rule: str
    weight: str
    basis: str = ""


@dataclass(frozen=True)
class Choice:
    """A rule as a programme has chosen it from a day to a day, open at either end; values are whole numbers by name."""

    rule: str
    weight: str
    values: Mapping[str, int] = field(default_factory=dict)
    basis: str = ""
    first: date | None = None
    last: date | None = None

    def holds(self, day: date) -> bool:
        """Whether it holds on a day."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class Pack:
    """All choices of a programme; a rule without one holds as it is written, but finds no value that nobody has set."""

    choices: tuple[Choice, ...] = ()

    def choice(self, rule: str, day: date) -> Choice | None:
        """The choice that holds for a rule on a day; the one that begins last where several do."""
        held = [c for c in self.choices if c.rule == rule and c.holds(day)]
        return max(held, key=lambda c: c.first or date.min, default=None)

    def weight(self, rule: str, day: date) -> str:
        """How heavily a rule is to be taken on a day (terms: weight); empty where the programme has not chosen."""
        found = self.choice(rule, day)
        return found.weight if found else ""

    def value(self, rule: str, name: str, day: date) -> int | None:
        """A value of a rule on a day; nothing where nobody has set it."""
        found = self.choice(rule, day)
        return found.values.get(name) if found else None
