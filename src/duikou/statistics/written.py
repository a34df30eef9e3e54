"""Questions written once: SQL with places for programme, days and words, which every sheet of one shape fills with its own.

Ibis takes some ten milliseconds to write one, and a list of tables asks two hundred; most of them differ in words only.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import ibis

from .definition import UNSAID, Definition
from .engine import UNFIT, Form, Question, filled
from .figure import Name
from .rows import Cell

PROGRAMME, FIRST, LAST = "‹programme›", "‹first›", "‹last›"
PLACES = Cell(PROGRAMME, FIRST, LAST)
Word = str | bool
Build = Callable[[Definition, Cell, str], ibis.Table]  # a module's own function, which is known by its name


@dataclass(frozen=True)
class Shape:
    """What of a sheet and a cell the writing of a question depends on; words stand as places."""

    of: str
    where: tuple[tuple[str, tuple[Word, ...]], ...]
    cut: tuple[tuple[str, str], ...]
    add: str
    count: bool
    distinct: str
    each: str
    timeless: bool

    @property
    def sheet(self) -> Definition:
        """A sheet of this shape."""
        return Definition(
            code="", name="", en="", why="", unit="", kind="", of=self.of, where=dict(self.where), add=self.add,  # type: ignore[arg-type]
            count=self.count, distinct=self.distinct, each=self.each, timeless=self.timeless,
        )  # fmt: skip


def written(build: Build, name: Name, d: Definition, more: str = "") -> Question:
    """The question that a function builds of a sheet at a cell; where one of its shape was written, it is filled in only.

    `more`: what else tells one question of the function from another, such as the column it is grouped by.
    """
    values = places(name.programme, name.days.first, name.days.last)
    where = [(column, tuple(_places(column, words, values))) for column, words in d.where.items()]
    cut = [(letter, *_places(f";{letter}", (code,), values)) for letter, code in name.cut]
    shape = Shape(d.of, tuple(where), tuple(cut), d.add, d.count, d.distinct, d.each, d.timeless)  # type: ignore[arg-type]
    return filled(_form(build, shape, more), values)


def places(programme: str, first: date, last: date) -> dict[str, str]:
    """The values of the places that every question has."""
    return {PROGRAMME: programme, FIRST: str(first), LAST: str(last)}


def _places(of: str, words: tuple[str, ...], values: dict[str, str]) -> Iterator[Word]:
    """Words as places, whose values are kept; what is no plain word stands for itself."""
    for number, word in enumerate(words):
        if isinstance(word, bool) or word == UNSAID or UNFIT.search(word):
            yield word
        else:
            place = f"‹{of} {number}›"
            values[place] = word
            yield place


@lru_cache(maxsize=4096)
def _form(build: Build, shape: Shape, more: str) -> Form:
    """The question with places; it is written for an engine when it is first asked there."""
    key = f"{build.__module__}.{build.__qualname__} {shape!r} {more}"
    return Form(key, shape.of, lambda: build(shape.sheet, replace(PLACES, cut=shape.cut), more))
