"""What each kind is known by: its units, its heads and verbs, what it needs and what speaks against it; data in wordings.toml."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from .candidate import KINDS
from .numbers import Number

_FILE = Path(__file__).with_name("wordings.toml")
LABELLED = 1.25  # what a heading is worth to a number without words of its own


@dataclass(frozen=True)
class Wording:
    """What a kind may be counted in and by which words it is known."""

    units: frozenset[str]
    measures: frozenset[str]
    needs: re.Pattern[str] | None
    against: re.Pattern[str] | None
    words: tuple[tuple[str, re.Pattern[str], float, frozenset[str]], ...]

    def fits(self, number: Number) -> bool:
        """Whether a number may be of this kind by what it is counted in."""
        word = number.unit.partition("（")[0].partition("/")[0]
        if number.base == "person" and word in ("个", "号"):  # ３７个大夫
            word = "人"
        return number.base in self.units and (not self.measures or word in self.measures or number.base == "percent")


@cache
def data() -> dict[str, Any]:
    """The wordings as they are written."""
    return tomllib.loads(_FILE.read_text("utf-8"))


@cache
def wordings() -> dict[str, Wording]:
    """Per kind, what it is known by."""
    return {kind: _wording(entry) for kind, entry in data().items() if kind in KINDS}


def _wording(entry: dict[str, Any]) -> Wording:
    words = [
        (sort, re.compile(line[0]), line[1], frozenset(line[2] if len(line) > 2 else entry["units"]))
        for sort in ("head", "verb")
        for line in entry.get(f"{sort}s", [])
    ]
    needs, against = (re.compile(entry[name]) if name in entry else None for name in ("needs", "against"))
    return Wording(frozenset(entry["units"]), frozenset(entry.get("measures", ())), needs, against, tuple(words))


def fits(kind: str, number: Number) -> bool:
    """Whether a number may be of a kind by what it is counted in."""
    return wordings()[kind].fits(number)


@cache
def _labels() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(rule)) for kind, rule in data()["labels"].items())


def labelled(label: str, number: Number) -> list[str]:
    """The kinds that a short heading speaks of, among those that the number may be."""
    return [kind for kind, rule in _labels() if wordings()[kind].fits(number) and rule.search(label)]
