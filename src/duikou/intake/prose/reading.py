"""Chinese prose read into candidates: each paragraph in the frame of its document, each number with what made it what it is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from .candidate import Candidate, Names
from .document import document
from .folding import fold
from .numbers import Unread
from .paragraph import Read, Reader


@dataclass(frozen=True)
class Passed:
    """A number that was seen and is not offered as a fact, or could not be read: where it stands and why."""

    paragraph: int
    start: int
    end: int
    text: str
    why: str


@dataclass(frozen=True)
class Reading:
    """What was read of a document: candidates in order of place, passages set aside, numbers passed over."""

    candidates: tuple[Candidate, ...]
    set_aside: tuple[tuple[int, str], ...]
    unread: tuple[Passed, ...]
    numbers: int
    anchor: date | None = None
    title: str = ""

    @property
    def coverage(self) -> tuple[int, int]:
        """How many numbers were offered as facts or passed over for a reason, of all that were seen."""
        return self.numbers - len(self.unread), self.numbers


def read(paragraphs: Sequence[str], *, anchor: date | None = None, names: Names | None = None) -> Reading:
    """The candidates of a document's paragraphs; spans are places of the raw paragraphs, which are counted from 1."""
    texts = [fold(raw) for raw in paragraphs]
    frame = document(texts, anchor)
    reader = Reader(frame, texts, names, paragraphs)
    candidates: list[Candidate] = []
    aside: list[tuple[int, str]] = []
    unread: list[Passed] = []
    seen = 0
    for place, raw in enumerate(paragraphs):
        found: Read = reader.read(place)
        seen += found.seen
        unread += [_passed(place, raw, one) for one in found.unread]
        if found.aside:
            aside.append((place + 1, found.aside))
        candidates += [replace(c, text=raw[c.start : c.end]) for c in found.candidates]
    return Reading(tuple(candidates), tuple(aside), tuple(unread), seen, frame.anchor, frame.title)


def _passed(place: int, raw: str, one: Unread) -> Passed:
    return Passed(place + 1, one.start, one.end, raw[one.start : one.end], one.why)
