"""Measure words: which base unit a word counts in, and where one stands in a text; data in units.toml."""

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("units.toml")
_BRACKET = r"(?:（[一-鿿]{1,2}）)?"
_PER = r"(?:/[年月日天人户亩吨])?"


@dataclass(frozen=True)
class Unit:
    """A measure word: what it is written as, its base unit, how many of that one is, the unit of the house."""

    word: str
    base: str
    factor: Decimal
    house: str


@cache
def units() -> dict[str, Unit]:
    """All measure words."""
    lists = tomllib.loads(_FILE.read_text("utf-8"))
    return {
        word: Unit(word, "" if base == "none" else base, Decimal(factor), house)
        for base, entries in lists.items()
        for word, factor, house in entries
    }


@cache
def pattern() -> re.Pattern[str]:
    """A measure word at a place, the longest first, with a second one in brackets and what it is per: 台（套） 万吨/年."""
    words = "|".join(re.escape(word) for word in sorted(units(), key=len, reverse=True))
    return re.compile(rf"[ ]?(?P<word>{words}){_BRACKET}(?P<per>{_PER})")


def unit_at(text: str, place: int) -> tuple[Unit, int] | None:
    """The measure word at a place, after at most one blank, and where it ends."""
    found = pattern().match(text, place)
    if not found:
        return None
    end = found.end()
    bracket = text.find("（", found.start("word"), end)
    if bracket > 0 and text[bracket + 1 : text.find("）", bracket)] not in units():
        end = found.end("word")
    return units()[found["word"]], end
