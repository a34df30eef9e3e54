"""Sentences and clauses of a paragraph, and the lists inside them: where a word's reach ends."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

_SENTENCE = re.compile(r"[。！？!?]+[”’）》]*|\n")
_CLAUSE = re.compile(r"[，；：。！？!?]|——")
_ITEM = re.compile(r"[；]|(?<![0-9百千万亿第十])[一二三四五六七八九十]{1,2}是|[①-⑳]")
_POINT = re.compile(
    r"(?<![0-9百千万亿第十])[一二三四五六七八九十]{1,2}是|[①-⑳]|(?<=[。；])[（][一二三四五六七八九十][）]"
)
REACH = 160  # characters: further off, no word says anything of a number


@dataclass(frozen=True)
class Cut:
    """A text cut into pieces by marks: the piece at a place, and the ones before it."""

    text: str
    ends: tuple[int, ...]

    def at(self, place: int) -> tuple[int, int]:
        """The piece that holds a place."""
        number = bisect_right(self.ends, place)
        return self.ends[number - 1] if number else 0, self.ends[number] if number < len(self.ends) else len(self.text)

    def before(self, place: int) -> tuple[int, int] | None:
        """The piece before the one that holds a place."""
        start = self.at(place)[0]
        return self.at(start - 1) if start else None


@dataclass(frozen=True)
class Clauses:
    """A paragraph's sentences, the parts of its lists, and its clauses."""

    text: str

    @cached_property
    def sentences(self) -> Cut:
        """Between full stops."""
        return Cut(self.text, tuple(match.end() for match in _SENTENCE.finditer(self.text)))

    @cached_property
    def clauses(self) -> Cut:
        """Between commas, colons and full stops."""
        return Cut(self.text, tuple(match.end() for match in _CLAUSE.finditer(self.text)))

    @cached_property
    def items(self) -> Cut:
        """The points of a list: 一是 … 二是 …; a whole paragraph where there is none."""
        return Cut(self.text, tuple(match.start() for match in _POINT.finditer(self.text) if match.start()))

    @cached_property
    def parts(self) -> Cut:
        """What a list is made of: between ；, 一是, ①, and between sentences."""
        marks = {match.end() for match in _SENTENCE.finditer(self.text)}
        marks |= {match.end() if match[0] == "；" else match.start() for match in _ITEM.finditer(self.text)}
        return Cut(self.text, tuple(sorted(marks - {0})))
