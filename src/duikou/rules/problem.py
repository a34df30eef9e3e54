"""What a rule answers when it objects: a place, what was found, what was expected, how to mend it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from duikou.terms.words import Words

Weight = Literal["stops", "asks"]


@dataclass(frozen=True)
class Problem:
    """One objection. `place` says where the fact stands (form field, file and line, cell, passage)."""

    code: str
    weight: Weight
    sentence: Words
    found: str
    expected: str
    remedy: str
    place: str = ""

    def at(self, place: str) -> "Problem":
        """The same problem with its place."""
        return replace(self, place=self.place or place)

    def __str__(self) -> str:
        where = f"{self.place}：" if self.place else ""
        found, expected = self.found and f"现为{self.found}", self.expected and f"应为{self.expected}"
        said = "；".join(part for part in (found, expected, self.remedy) if part)
        return f"{where}{self.sentence.zh.rstrip('。')}（{self.code}）。{said}"


class Refused(Exception):
    """An act was refused; carries every problem at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(p) for p in self.problems))


@dataclass(frozen=True)
class Rule:
    """A rule as data: its official sentence, what it rests on, the days between which it holds, its weight.

    A rule that `guards` the book's own arithmetic stops for history too: the book cannot hold what it refuses. `needs`
    are the values that a programme's pack has to set before the rule can find anything.
    """

    code: str
    sentence: Words
    basis: str
    weight: Weight
    judge: Callable[[Any, Any], "Found | None"]
    valid_from: date | None = None
    valid_until: date | None = None
    guards: bool = False
    needs: tuple[str, ...] = ()

    def ask(self, fact: Any, standing: Any, day: date | None = None) -> Problem | None:
        """The problem this rule finds in the fact, or nothing; a rule out of its days finds nothing."""
        if day and ((self.valid_from and day < self.valid_from) or (self.valid_until and day > self.valid_until)):
            return None
        found = self.judge(fact, standing)
        if found is None:
            return None
        return Problem(self.code, self.weight, self.sentence, found.found, found.expected, found.remedy)


@dataclass(frozen=True)
class Found:
    """What a rule's body returns when the fact does not hold."""

    found: str
    expected: str
    remedy: str


def rule(
    code: str,
    *,
    basis: str,
    weight: Weight = "stops",
    valid_from: date | None = None,
    valid_until: date | None = None,
    guards: bool = False,
    needs: tuple[str, ...] = (),
) -> Callable[[Callable[[Any, Any], Found | None]], Rule]:
    """Make a rule of a small pure function whose docstring is the sentence: 中文 on line one, English on line two."""

    def make(judge: Callable[[Any, Any], Found | None]) -> Rule:
        zh, _, en = (judge.__doc__ or "").partition("\n")
        sentence = Words(code, zh.strip(), en.strip())
        return Rule(code, sentence, basis, weight, judge, valid_from, valid_until, guards, needs)

    return make


Weigh = Callable[[str, date], str]
"""How a programme takes a rule on a day (terms: weight): stops, asks, tries, off, or "" where it has not chosen."""


def judge(
    rules: Iterable[Rule],
    fact: Any,
    standing: Any,
    *,
    day: date | None,
    opened: date | None,
    place: str = "",
    weigh: Weigh | None = None,
) -> list[Problem]:
    """All problems that the rules find, as heavy as the programme takes them; what guards the book is always as written.

    For a day before the book was opened a rule that stops only asks. Where no day is given it is the fact's own; a fact
    without any is taken for history.
    """
    day = day or fact.day
    before_the_book = opened is not None and (day is None or day < opened)
    found = []
    for r in rules:
        weight = "" if r.guards or weigh is None or day is None else weigh(r.code, day)
        if weight == "off" or (problem := r.ask(fact, standing, day)) is None:
            continue
        asks = weight in ("asks", "tries") or (before_the_book and not r.guards)
        taken: Weight = "asks" if asks else "stops" if weight == "stops" else problem.weight
        found.append(replace(problem.at(place), weight=taken))
    return found
