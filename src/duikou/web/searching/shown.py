"""Shapes of what is found, and what is said beside a name: the words that were looked for and do not stand in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from duikou.rules.quantity import exactly
from duikou.rules.writing import write
from duikou.statistics.figure import Figure
from duikou.web.matching import fold
from duikou.web.passages import Piece

from . import told
from .found import Near, nearnesses
from .index import Index
from .question import Question

T = TypeVar("T")


@dataclass(frozen=True)
class Hit:
    """Something found: its address, its name with the words marked, what it is, and the figure or document behind it."""

    href: str
    pieces: tuple[Piece, ...]
    said: tuple[Piece, ...] = ()
    figure: Figure | None = None
    document: int = 0


@dataclass(frozen=True)
class Kind:
    """A kind of record among what was found: how many, and the address that shows them alone."""

    words: str
    count: int
    href: str


@dataclass(frozen=True)
class Group:
    """What was found of one sort: how many, those that are shown, and the kinds of records among it."""

    code: str
    count: int
    hits: tuple[Hit, ...]
    href: str
    title: str
    kinds: tuple[Kind, ...] = ()
    lists: str = ""

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.hits)


class Lines:
    """What stands in records besides their names, read again from the snapshot for the few that are shown."""

    def __init__(self, words: Index, programme: str, asked: Question, numbers: Sequence[int]) -> None:
        self.asked, wanted = asked, set(numbers)
        self.lines: dict[int, list[str]] = {}
        self.sums: dict[int, set[int]] = {}
        for segment, part in words.parts(programme) if wanted else ():
            at = [at for at, number in enumerate(part.numbers) if number in wanted]
            if at:
                read = list(told.lines(segment.table, told.columns(segment.file, segment.table)))
                for one in at:
                    self.lines.setdefault(part.numbers[one], []).extend(read[part.rows[one]])
                    self.sums.setdefault(part.numbers[one], set()).update(part.sums[one])

    def beside(self, number: int, name: str) -> list[str]:
        """Those of a record's words that were looked for and do not stand in its name."""
        missing = [word for word in self.asked.words if word.text not in fold(name)]
        found = [line for line in self.lines.get(number, ()) if any(word.text in fold(line) for word in missing)]
        sums = [write(exactly(w.fen, "fen")).text for w in missing if w.fen and w.fen in self.sums.get(number, ())]
        said = [line for line in dict.fromkeys((*found, *sums)) if line not in name]
        return [line for line in said if not any(line != other and line in other for other in said)]


def marked(asked: Question) -> list[str]:
    """What is marked of a question: its words, and the parts of those that say a sum."""
    return [part for word in asked.words for part in (word.text, word.rest) if part]


def sorted_by_name(every: Sequence[tuple[str, T]], asked: Question) -> list[T]:
    """What bears all the words in its names (a line each), the nearest first."""
    found: Near = {}
    for at, (names, _) in enumerate(every):
        folded = fold(names)
        if all(word in folded for word in asked.texts):
            found[at] = min(nearnesses(folded.split("\n"), asked.phrase))
    return [every[at][1] for at in sorted(found, key=lambda at: (found[at], at))]
