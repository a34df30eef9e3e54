"""Two texts beside each other, paragraph by paragraph and character by character: where words of one stand in the other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

LEAST = 0.35  # how alike two paragraphs must be to be one


@dataclass(frozen=True)
class Aligned:
    """The paragraphs of an older text with those of a newer one: which is which, and how their characters went."""

    old: tuple[str, ...]
    new: tuple[str, ...]
    pairs: dict[int, int]

    @property
    def share(self) -> float:
        """How many of the older paragraphs are still there."""
        return len(self.pairs) / len(self.old) if self.old else 0

    def text(self, paragraph: int) -> str:
        """The words of today of an older paragraph; nothing where it is gone."""
        return self.new[self.pairs[paragraph]] if paragraph in self.pairs else ""

    def span(self, paragraph: int, first: int, last: int, *, outer: bool = True) -> tuple[int, int]:
        """Where a span went; what was only inserted at an end inside (`outer`) or outside of it."""
        if paragraph not in self.pairs:
            return 0, 0
        ops = _ops(self.old[paragraph], self.text(paragraph))
        begin = _went(ops, first, late=not outer)
        return begin, max(_went(ops, last, late=outer), begin)

    def added(self, spans: Iterable[tuple[int, int, int]]) -> list[str]:
        """What stands in none of the spans: new paragraphs, and words between spans of today in older paragraphs."""
        covered: dict[int, list[tuple[int, int]]] = {}
        for paragraph, first, last in spans:
            if paragraph in self.pairs:
                covered.setdefault(self.pairs[paragraph], []).append((first, last))
        found = []
        paired = set(self.pairs.values())
        for at, text in enumerate(self.new):
            if at not in paired:
                found.append(text)
            elif at in covered:
                found += _gaps(text, covered[at])
        return found


def aligned(old: Sequence[str], new: Sequence[str]) -> Aligned:
    """Two texts aligned: equal paragraphs first, in order; of the rest the most alike."""
    pairs: dict[int, int] = {}
    for a, b, size in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        pairs |= {a + n: b + n for n in range(size)}
    left = [n for n in range(len(old)) if n not in pairs]
    free = [n for n in range(len(new)) if n not in set(pairs.values())]
    alike = sorted(((_alike(old[a], new[b]), -abs(a - b), a, b) for a in left for b in free), reverse=True)
    for ratio, _, a, b in alike:
        if ratio >= LEAST and a not in pairs and b not in pairs.values():
            pairs[a] = b
    return Aligned(tuple(old), tuple(new), pairs)


@lru_cache(maxsize=512)
def _ops(old: str, new: str) -> list[tuple[str, int, int, int, int]]:
    """How one paragraph became the other."""
    return [tuple(op) for op in SequenceMatcher(None, old, new, autojunk=False).get_opcodes()]  # type: ignore[misc]


def _alike(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= LEAST and matcher.quick_ratio() >= LEAST else 0


def _went(ops: Sequence[tuple[str, int, int, int, int]], place: int, *, late: bool) -> int:
    """Where a place between two characters went; `late`: behind what was inserted there."""
    found: list[int] = []
    for tag, a, b, c, d in ops:
        if a <= place <= b:
            inside = c + min(place - a, d - c) if tag == "equal" else d if place == b and a != b else c
            found.append(d if a == b and late else inside)
    return (found[-1] if late else found[0]) if found else 0


def _gaps(text: str, spans: Sequence[tuple[int, int]]) -> list[str]:
    """The parts of a text that no span covers."""
    found, at = [], 0
    for first, last in sorted(spans):
        if text[at:first].strip():
            found.append(text[at:first])
        at = max(at, last)
    return [*found, text[at:]] if text[at:].strip() else found
