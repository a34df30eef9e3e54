"""A proposal as the page shows it: its sentence with the words marked, what it says field by field, how it stands to the book."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from hashlib import sha256
from itertools import groupby

from duikou.intake.proposing_book import Beside
from duikou.intake.proposing_record import Ground, Lacking, Proposal
from duikou.intake.prose.candidate import Candidate, Reason
from duikou.intake.wordings import TAUGHT
from duikou.records.models import Reviewed
from duikou.rules.fact import Fact
from duikou.rules.kinds import WORDS
from duikou.rules.period import Period, on
from duikou.rules.quantity import Quantity
from duikou.rules.sides import label
from duikou.rules.writing import write
from duikou.terms.words import regions, vocabulary, zh
from duikou.web.language import say
from duikou.web.passages import Mark, Piece

LISTS = ("inferred", "items", "links", "parties")
LONG = 18  # characters of the words of a reason
MADE = {  # what a reason made: what it is called, where no field of that name is
    "kind": "读作", "period": "时间", "basis": "性质", "giver": "支援方", "receiver": "受援方", "part": "其中数", "per": "每一份",
    "title": "名称", "number": "数",
}  # fmt: skip


@dataclass(frozen=True)
class Why:
    """Why it was read so: what the words made it, the words."""

    made: str
    words: str
    taught: bool = False


@dataclass(frozen=True)
class Row:
    """One proposal beside its sentence."""

    anchor: str
    place: str
    paragraph: int
    pieces: tuple[Piece, ...]
    whys: tuple[Why, ...]
    reads: str
    kind: str
    says: tuple[tuple[str, str], ...]
    lacking: tuple[tuple[str, str], ...]
    unknown: tuple[tuple[str, str], ...]
    why: str
    seal: str
    proposal: Proposal
    beside: Beside
    decided: Reviewed | None

    @property
    def open(self) -> bool:
        """Whether somebody has still to look at it."""
        return self.decided is None and self.beside.verdict != "here"


def row(proposal: Proposal, beside: Beside, decided: Reviewed | None, ground: Ground) -> Row:
    """A proposal as the page shows it."""
    first = proposal.first
    taught = {(reason.words, reason.start) for reason in proposal.taught}
    whys = [*((r, first) for r in proposal.taught), *((r, c) for c in proposal.candidates for r in c.reasons)]
    reasons = [r for r, _ in whys]
    return Row(
        anchor_of(first), place_of(first), first.paragraph, tuple(_pieces(ground.texts[first.paragraph - 1], proposal, reasons)),
        tuple(dict.fromkeys(_why(r, c, proposal.fact, (r.words, r.start) in taught) for r, c in whys if r.words)),
        say("reads", first.kind), kind_of(proposal.fact), tuple(says(proposal.fact, ground)), tuple(_lacking(proposal.fact, proposal.lacking)),
        tuple(_lacking(proposal.fact, proposal.unknown)), proposal.why, seal(proposal, beside), proposal, beside, decided,
    )  # fmt: skip


def anchor_of(c: Candidate) -> str:
    """Where on the page it stands: c20-143-donation_cash."""
    return f"c{c.paragraph}-{c.start}-{c.kind}"


def place_of(c: Candidate) -> str:
    """What a form sends back to name it."""
    return f"{c.paragraph}:{c.start}:{c.kind}"


def seal(proposal: Proposal, beside: Beside) -> str:
    """What tells what was seen from what stands there now: who takes it has seen just this."""
    return sha256(repr((proposal.fact, proposal.why, beside)).encode()).hexdigest()[:24]


def kind_of(fact: Fact | None) -> str:
    """What the record is called."""
    if fact is None:
        return ""
    return {"secured": say("state", "secured"), "stated_disbursement": say("state", "disbursed")}.get(fact.kind) or say(
        "record", fact.kind
    )


def says(fact: Fact | None, ground: Ground) -> Iterator[tuple[str, str]]:
    """What a record would say, field by field as the form names them."""
    if fact is None:
        return
    names = {code: known.name for code, known in ground.organisations.items()}
    for f in fields(fact):
        value = getattr(fact, f.name)
        if value in ("", None, (), False) or f.name in LISTS:
            continue
        yield label(fact.kind, f.name), _words(fact.kind, f.name, value, names)
    for role, codes in groupby(fact.parties, key=lambda party: party[0]):
        yield zh("party", role), "、".join(names.get(str(code), str(code)) for _, code in codes)


def _words(kind: str, name: str, value: object, names: dict[str, str]) -> str:
    """A value in words."""
    if isinstance(value, Quantity):
        return write(value).text
    if isinstance(value, Period):
        return value.zh
    if (kind, name) in WORDS:
        return zh(WORDS[kind, name], str(value))
    if name == "region" and value in regions():
        return regions()[str(value)][-1].name
    if name == "as_of":
        return on(value).zh  # type: ignore[arg-type]
    if value is True:
        return "是"
    return names.get(str(value), str(value))


def _lacking(fact: Fact | None, lacking: Sequence[Lacking]) -> Iterator[tuple[str, str]]:
    for one in lacking:
        of_party = one.field in vocabulary()["party"] and not hasattr(fact, one.field)
        yield zh("party", one.field) if of_party else label(fact.kind if fact else "", one.field), one.words


def _why(reason: Reason, of: Candidate, fact: Fact | None, taught: bool) -> Why:
    """A reason in words, in the language of the text: what it made of which candidate."""
    made = MADE.get(reason.made) or label(fact.kind if fact else "", reason.made)
    known = vocabulary()["record"].get(fact.kind) if fact and of.kind == "other" else None
    read = known.zh if known else zh("reads", of.kind)
    meant = {"kind": read, "basis": zh("basis", of.basis)}.get(reason.made, "")
    if reason.made == "period" and of.period:
        meant = of.period.zh
    words = reason.words if len(reason.words) <= LONG else f"{reason.words[: LONG - 1]}…"
    return Why(f"{TAUGHT}{meant or made}" if taught else f"{made} {meant}".strip(), words, taught)


def _pieces(text: str, proposal: Proposal, reasons: Sequence[Reason]) -> Iterator[Piece]:
    """The part of the paragraph that its numbers stand in, its words marked."""
    first = min(part_of(text, c)[0] for c in proposal.candidates)
    last = max(part_of(text, c)[1] for c in proposal.candidates)
    marks: list[Mark] = [""] * len(text)
    for reason in reasons:
        marks[reason.start : reason.end] = ["used"] * (reason.end - reason.start)
    for c in proposal.candidates:
        marks[c.start : c.end] = ["chosen"] * (c.end - c.start)
    at = first
    for mark, run in groupby(marks[first:last]):
        length = len(list(run))
        yield Piece(text[at : at + length], mark)
        at += length


def part_of(text: str, c: Candidate) -> tuple[int, int]:
    """The part of its sentence between semicolons."""
    first, last = c.sentence
    left = max(text.rfind(mark, first, c.start) for mark in "；;。") + 1
    ends = [at for mark in "；;。" if (at := text.find(mark, c.end, last)) >= 0]
    start = max(left, first)
    return start, min(ends, default=last - 1) + 1 if ends else last
