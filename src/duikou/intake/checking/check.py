"""A draft held against the book: each of its numbers with its verdict, and how many of all were read and judged."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from duikou.rules.period import Period
from duikou.snapshot.store import Snapshot

from ..prose.candidate import Names
from ..prose.folding import fold
from ..prose.reading import read
from ..prose.times import Calendar
from .answers import others, same, strong
from .book import Book, own_times
from .claims import Claim, claims
from .names import directory
from .verdict import Answer, Code, Verdict, judged

HEAD, LONGEST = 4, 60  # lines over the text, characters of one
CODES: tuple[Code, ...] = ("confirmed", "consistent", "elsewhere", "contradicted", "uncovered", "unread")


@dataclass(frozen=True)
class Checked:
    """One number of a draft with its verdict."""

    claim: Claim
    verdict: Verdict


@dataclass(frozen=True)
class Checking:
    """A draft as it was checked: its paragraphs, its numbers, what was set aside, the times it was taken to speak of."""

    paragraphs: tuple[str, ...]
    numbers: tuple[Checked, ...]
    aside: tuple[tuple[int, str], ...]
    own: tuple[Period, ...]
    title: str = ""
    anchor: date | None = None
    counts: Counter[Code] = field(default_factory=Counter[Code])

    @property
    def total(self) -> int:
        """How many numbers stand in the draft."""
        return len(self.numbers)

    @property
    def read(self) -> int:
        """How many of them could be read."""
        return self.total - self.counts["unread"]


def check(
    paragraphs: Sequence[str], snapshot: Snapshot, programme: str, *,
    period: Period | None = None, names: Names | None = None,
) -> Checking:  # fmt: skip
    """The numbers of a draft beside the book; `period`: the time that it is of, where it does not say one itself."""
    row = next(p for p in snapshot.rows["programmes"] if p["code"] == programme)
    reading = read(paragraphs, names=names)
    title = " ".join(_head(paragraphs)) or reading.title
    own = own_times(row, reading.anchor, period, _titled(title, reading.anchor), date.fromisoformat(snapshot.at[:10]))
    book = Book(snapshot, programme, own, title)
    found = tuple(
        Checked(claim, verdict_of(claim, book)) for claim in claims(paragraphs, reading, directory(snapshot, programme))
    )
    counts = Counter(one.verdict.code for one in found)
    return Checking(tuple(paragraphs), found, reading.set_aside, own, reading.title, reading.anchor, counts)


def verdict_of(claim: Claim, book: Book) -> Verdict:
    """The verdict on one number: first what the book says of just this, then what differs from it in one aspect."""
    if number := book.says(claim.words.strip("、 "), claim.raw, claim.start, claim.end):
        value = claim.quantity
        if value is not None:
            said = Answer(value, claim.text, "账上原话", record=number, said=claim.words)
            return Verdict("confirmed", "said", said)
    if claim.quantity is None:
        return Verdict("unread", why=claim.why)
    found = list(same(claim, book))
    first = judged(claim.quantity, claim.digit, found)
    if first.code in ("confirmed", "consistent"):
        return first
    last = judged(claim.quantity, claim.digit, [*found, *others(claim, book)], strong=strong(claim, book))
    return last if last.code != "uncovered" else replace(last, why=_why(claim))


def _why(claim: Claim) -> str:
    if not claim.meant:
        return claim.why or "看不出是账上哪一项"
    called = dict.fromkeys(one.meaning.name for one in claim.meant)
    return f"账上没有相应的数：{'、'.join(called)}"


def _head(paragraphs: Sequence[str]) -> list[str]:
    """The lines over the text: a title ends in no full stop."""
    lines = [line.strip() for line in paragraphs[:HEAD]]
    end = next((at for at, line in enumerate(lines) if re.search("[。；，]", line) or len(line) > LONGEST), len(lines))
    return lines[:end]


def _titled(title: str, anchor: date | None) -> Period | None:
    """The time that the title says; a day is that of the paper, not what it is of."""
    found = [t.period for t in Calendar(anchor).times(fold(title)) if t.period]
    spans = [period for period in found if not period.day_known]
    return min(spans, key=lambda period: period.last - period.first) if spans else None
