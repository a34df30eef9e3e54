"""Which sentences move: the sentences of an outline whose words differ between two papers, old beside new."""

from collections.abc import Iterator
from dataclasses import dataclass

from .paper import Number, Paper


@dataclass(frozen=True)
class Moved:
    """A sentence of an outline by its line: what it said, what it says; empty where it was or is not said."""

    line: int
    old: str
    new: str


def moved(before: Paper, after: Paper) -> list[Moved]:
    """The sentences that differ, in the order of the outline."""
    old, new = (dict(_said(paper)) for paper in (before, after))
    keys = sorted({*old, *new})
    return [Moved(key[0], old.get(key, ""), new.get(key, "")) for key in keys if old.get(key, "") != new.get(key, "")]


def resting(paper: Paper, names: set[str]) -> list[Moved]:
    """The sentences in which one of the figures stands, by their names at a line; the words of today on both sides."""
    found = []
    for paragraph in paper.body:
        numbers = [piece for piece in paragraph.pieces if isinstance(piece, Number)]
        at = 0
        for spoken in paragraph.spoken:
            own = numbers[at : at + spoken.figures]
            at += spoken.figures
            if any(number.name in names for number in own):
                found.append(Moved(spoken.line, spoken.text, spoken.text))
    return found


def _said(paper: Paper) -> Iterator[tuple[tuple[int, int], str]]:
    """Each sentence by its line, and how often the line was said before."""
    count: dict[int, int] = {}
    for paragraph in paper.body:
        for spoken in paragraph.spoken:
            count[spoken.line] = count.get(spoken.line, 0) + 1
            yield (spoken.line, count[spoken.line]), spoken.text
