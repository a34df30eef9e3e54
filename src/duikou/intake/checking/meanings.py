"""What a number may mean: the statistics whose words stand with it, the nearest deciding; equal value never makes a match."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from duikou.statistics.definition import sheets

_FILE = Path(__file__).with_name("meanings.toml")
_HEADS = ("yields", "yielded", "trained", "called", "near")  # tables that are no sheet
SENSES = {"人次": "person_time", "户次": "household_time"}
BY_KIND = 1.5  # what the reader made of a number: weaker than words at it, stronger than words farther off
FAR = 4.0  # in an earlier part of the sentence
Stretch = tuple[int, int]


@dataclass(frozen=True)
class Meaning:
    """A statistic with the words by which a number is known to be of it."""

    sheet: str
    units: frozenset[str]
    words: re.Pattern[str]
    beside: re.Pattern[str] | None = None
    without: re.Pattern[str] | None = None
    kinds: frozenset[str] = frozenset()
    also: tuple[str, ...] = ()
    close: bool = False

    @property
    def name(self) -> str:
        """What the statistic is called."""
        return sheets()[self.sheet].name

    @property
    def sheets(self) -> tuple[str, ...]:
        """The statistic and those of the same meaning that can be cut in other ways."""
        return (self.sheet, *self.also)


@dataclass(frozen=True)
class Meant:
    """A statistic that a number names, and the words that decided: at the number itself, or far from it."""

    meaning: Meaning
    words: str
    near: bool
    far: bool = False


@dataclass(frozen=True)
class Around:
    """The words around a number, from those at it to those of its whole sentence."""

    text: str
    near: tuple[Stretch, ...]
    scopes: tuple[Stretch, ...]
    sentence: Stretch


@cache
def data() -> dict[str, Any]:
    """The meanings as they are written."""
    return tomllib.loads(_FILE.read_text("utf-8"))


@cache
def meanings() -> tuple[Meaning, ...]:
    """Every statistic that a draft may speak of."""
    own = [_meaning(code, said) for code, said in data().items() if code not in _HEADS]
    return (*own, *_yields())


def _meaning(code: str, said: dict[str, Any]) -> Meaning:
    beside, without = (re.compile(said[name]) if name in said else None for name in ("beside", "without"))
    units = frozenset([_unit(code), *said.get("units", ())])
    also = tuple(said.get("also", ()))
    return Meaning(
        code,
        units,
        re.compile(said["words"]),
        beside,
        without,
        frozenset(said.get("kinds", ())),
        also,
        said.get("close", False),
    )


def _yields() -> Iterator[Meaning]:
    """What projects yield, planned and verified."""
    for subject, beside in data()["yielded"].items():
        for sheet, words in data()["yields"].items():
            code = f"{subject}.{sheet}"
            yield Meaning(code, frozenset([_unit(code)]), re.compile(words), re.compile(beside))


def _unit(code: str) -> str:
    """What a statistic is counted in as its papers say it: persons that are printed as 人次 are said as 人次."""
    d = sheets()[code]
    return SENSES.get(d.sense, d.unit)


def meant(around: Around, unit: str, kind: str) -> tuple[Meant, ...]:
    """The statistics that a number of a unit names: those whose words stand nearest, those told most exactly."""
    found = [one for meaning in meanings() if unit in meaning.units and (one := _hit(meaning, around, kind))]
    best = min((rank for rank, _ in found), default=None)
    if best and best[0] > BY_KIND and _names_another(around, unit):
        return ()
    return tuple(one for rank, one in found if rank == best)


def _names_another(around: Around, unit: str) -> bool:
    """Whether the words at a number are of something that is counted otherwise: then those farther off are not of it."""
    others = (meaning.words for meaning in meanings() if unit not in meaning.units)
    return any(words.search(around.text, *stretch) for words in others for stretch in around.near)


def _hit(meaning: Meaning, around: Around, kind: str) -> tuple[tuple[float, bool], Meant] | None:
    """How near the words of a statistic stand, whether what goes with them is there too, and the words."""
    text = around.text
    if meaning.without and any(meaning.without.search(text, *stretch) for stretch in around.near):
        return None
    exact = bool(meaning.beside and meaning.beside.search(text, *around.sentence))
    if meaning.beside and not exact and meaning.sheet.startswith(("outputs.", "targets.")):
        return None
    near = [(1.0, stretch) for stretch in around.near]
    far = [(2.0 + at, stretch) for at, stretch in enumerate(around.scopes)]
    for level, stretch in near if meaning.close else (*near, *far):
        if kind in meaning.kinds and level > BY_KIND:
            break
        if hit := _last(meaning.words, text, stretch):
            return (level, not exact), Meant(meaning, hit[0], level < BY_KIND, level >= FAR)
    if kind in meaning.kinds:
        return (BY_KIND, not exact), Meant(meaning, "", near=False)
    return None


def _last(words: re.Pattern[str], text: str, stretch: Stretch) -> re.Match[str] | None:
    found = None
    for hit in words.finditer(text, *stretch):
        found = hit
    return found


@cache
def near_to(sheet: str) -> tuple[tuple[str, str], ...]:
    """The statistics that differ from one in a single aspect, each with that aspect."""
    found: dict[str, str] = {}
    for aspect, groups in data()["near"].items():
        for group in groups:
            if sheet in group:
                found |= {other: aspect for other in group if other != sheet and other not in found}
    subject, _, name = sheet.partition(".")
    if subject in data()["yielded"]:
        other = "targets" if subject == "outputs" else "outputs"
        found.setdefault(f"{other}.{name}", "state")
    return tuple(found.items())
