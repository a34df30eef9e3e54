"""账首 of other offices' books are kept in the book: a later one is held against them, one that contradicts is evidence."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from duikou.records.models import ReceivedHead
from duikou.rules.rights import Person, Place

from .check import Head
from .doing import doing, today

Verdict = Literal["first", "same", "extends", "cut", "forked"]
AGAINST = ("cut", "forked")
Judge = Callable[[Head], Verdict]


@dataclass(frozen=True)
class Coming:
    """A head that comes with a signed snapshot: whose, the snapshot's digest, the key, the digest of what was signed."""

    book: str
    office: str
    epoch: int
    line: int
    root: str
    digest: str
    key: str
    manifest: str


@dataclass(frozen=True)
class Taken:
    """How a head stands to those received before, and which of them it contradicts; `older`: it was received long ago."""

    verdict: Verdict
    against: ReceivedHead | None = None
    older: bool = False


def heads_received(book: str) -> list[ReceivedHead]:
    """The heads of a book that were received and contradict none, in their order."""
    return list(ReceivedHead.objects.filter(book=book, against=None).order_by("line"))


def contradictions(book: str = "") -> list[ReceivedHead]:
    """The heads that contradict one received before, of one book or of all, in the order they came."""
    rows = ReceivedHead.objects.exclude(against=None).select_related("against").order_by("pk")
    return list(rows.filter(book=book) if book else rows)


def receive_head(coming: Coming, judge: Judge, *, person: Person) -> Taken:
    """Keep a head; one that is there already says nothing new and leaves no line.

    `judge` says how the book that came stands to a head. One that is shorter than a head received before, or has another
    root at its line, is kept beside it as evidence, and is not held against later ones.
    """
    said = {"book": f"{coming.book}.{coming.epoch}", "head": f"{coming.line} {coming.root}"}
    evidence = f"sha256:{coming.manifest}"
    with doing("receive_head", person=person, place=Place(), reason=coming.office, evidence=evidence, **said) as work:
        kept = heads_received(coming.book)
        found = _held(coming, kept, judge)
        there = ReceivedHead.objects.filter(book=coming.book, line=coming.line, root=coming.root).exists()
        if not there:
            (number,) = work.numbers(ReceivedHead, 1)
            columns = {**vars(coming), "verdict": found.verdict, "against": found.against, "received": today()}
            work.write([ReceivedHead(number=number, **columns)])
    return found


def _held(coming: Coming, kept: list[ReceivedHead], judge: Judge) -> Taken:
    """The verdict over all heads that were received before."""
    if any((row.line, row.root) == (coming.line, coming.root) for row in kept[:-1]):
        return Taken("same", older=True)
    verdict: Verdict = "first"
    for row in kept:
        verdict = judge((row.book, row.epoch, row.line, bytes.fromhex(row.root)))
        if verdict in AGAINST:
            return Taken(verdict, row)
    return Taken(verdict)
