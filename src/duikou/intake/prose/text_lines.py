"""The lines of print of a page: their words, left and right edges, baselines and sizes."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from math import hypot
from typing import Any

from pypdf import PageObject

NARROW = 0.5  # of the size of print, how wide a digit or a Latin letter is at least
APART = 2.0  # sizes between two pieces of one line, from which on they are cells of a table
MOST = 200_000  # pieces of a page
WIDE = "\u2014\u2018-\u201d\u2026\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff01-\uff5e"
_LAID = re.compile(f"(?<=[{WIDE}])[ \u3000]+(?=[{WIDE}])")


@dataclass(frozen=True)
class Line:
    """A line: its words, edges and baseline in points, the size of most of its print, its page from 1."""

    text: str
    left: float
    right: float
    base: float
    size: float
    page: int


@dataclass(frozen=True)
class _Piece:
    text: str
    left: float
    base: float
    size: float

    @property
    def right(self) -> float:
        return self.left + self.size * width(_LAID.sub("", self.text))


def lines_of(page: PageObject, number: int, look: Callable[..., None]) -> list[Line]:
    """The lines of a page from top to bottom; what stands on its side is left out.

    Before each step of drawing it is asked whether to go on.
    """
    pieces: list[_Piece] = []

    def show(text: str, cm: list[float], tm: list[float], _font: Any, size: float) -> None:
        words = text.replace("\n", "")
        if not words.strip():
            return
        across, up = tm[0] * cm[0] + tm[1] * cm[2], tm[2] * cm[1] + tm[3] * cm[3]
        left, base = tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        if across > 0:
            tall = size * hypot(up, tm[2] * cm[0] + tm[3] * cm[2])
            pieces.append(_Piece(words, left, base, abs(tall)))

    look()
    page.extract_text(visitor_operand_before=look, visitor_text=show)
    return [_line(found, number) for found in _on_one_base(pieces[:MOST])]


def _on_one_base(pieces: list[_Piece]) -> list[list[_Piece]]:
    """The pieces of each line; a raised note stands on the line that it is raised from."""
    made: list[list[_Piece]] = []
    for piece in sorted(pieces, key=lambda one: -one.base):
        if made and made[-1][0].base - piece.base < 0.4 * max(piece.size, made[-1][0].size):
            made[-1].append(piece)
        else:
            made.append([piece])
    return [sorted(found, key=lambda one: one.left) for found in made]


def _line(pieces: list[_Piece], number: int) -> Line:
    """One line of its pieces; far apart they are cells."""
    words, at = "", pieces[0].left
    sizes: Counter[float] = Counter()
    for piece in _without_stretching(pieces):
        gap = piece.left - at
        if words and gap > APART * piece.size:
            words = words.rstrip() + "\t" + piece.text.lstrip()
        else:
            words += piece.text
        at = piece.right
        sizes[piece.size] += len(piece.text)
    size = sizes.most_common(1)[0][0]
    base = next(piece.base for piece in pieces if piece.size == size)
    text = words.strip()
    indent = size * width(words[: len(words) - len(words.lstrip())])
    return Line(_LAID.sub("", text), pieces[0].left + indent, at, base, size, number)


def _without_stretching(pieces: list[_Piece]) -> Iterator[_Piece]:
    """The pieces without a blank at their beginning for which the next leaves no room: the line is only stretched."""
    for piece, following in zip(pieces, [*pieces[1:], None], strict=True):
        bare = piece.text.lstrip()
        room = following.left - piece.left - piece.size * width(bare) if following and bare else piece.size
        yield replace(piece, text=bare) if room < piece.size * NARROW / 2 else piece


def width(text: str) -> float:
    """The width of a text in sizes of print."""
    return sum(map(_width, text))


@cache
def _width(c: str) -> float:
    wide = unicodedata.east_asian_width(c) in "WF" or c in "—…“”‘’·"
    return 1.0 if wide else NARROW
