"""One paragraph read: its numbers, each with the words around it, weighed into a candidate."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .background import OF_PLACE, why_background
from .basis import basis_of
from .candidate import Candidate, Names, Reason
from .clauses import Clauses
from .deciding import Deciding
from .document import Document
from .events import Event, events
from .guards import guarded
from .kinds import Hits, hits
from .numbers import Number, Unread
from .place import Place, each, part_of
from .respective import ranks
from .roles import Parties
from .running import Running
from .scanning import scan
from .scope import why_aside
from .summing import with_parts
from .tables import COMMAS, Head, head_of
from .times import Calendar
from .timing import Timeline

_AHEAD = ("下一步", "今后")  # with which a paragraph of what is to come begins


@dataclass(frozen=True)
class Read:
    """What a paragraph gave."""

    candidates: tuple[Candidate, ...] = ()
    unread: tuple[Unread, ...] = ()
    seen: int = 0
    aside: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph as it is read: its place from nought, its clauses, the words of time and of kinds in it."""

    place: int
    text: str
    clauses: Clauses
    timeline: Timeline
    heard: Hits


class Reader:
    """Paragraph after paragraph of one document: what was said before is kept."""

    def __init__(
        self, frame: Document, texts: Sequence[str], names: Names | None, written: Sequence[str] | None = None
    ) -> None:
        self.frame, self.texts = frame, texts
        self.calendar = Calendar(frame.anchor, own=frame.own)
        self.running = Running(frame, frame.own)
        self.head: Head | None = None
        self.said: Head | None = None  # a unit that was said for a table further down
        self.paired: set[tuple[str, str]] = set()
        self.parties = Parties(frame, texts, names, written)
        self.deciding = Deciding(frame)

    def read(self, place: int) -> Read:
        """The candidates of a paragraph."""
        text = self.texts[place]
        if aside := why_aside(self.frame, self.parties, self.texts, place):
            return Read(aside=aside)
        self.running.heading(text)
        self.deciding.heading(text)
        if self.head and self.head.columns and self.head.breaks == COMMAS:
            text = text.replace(",", "，")  # what parts cells groups no digits
        clauses, times = Clauses(text), self.calendar.times(text)
        found = scan(text, [(g.start, g.end) for g in guarded(text)] + [(t.start, t.end) for t in times])
        numbers = self._in_table(text, found.numbers)
        timeline = Timeline.of(text, times, clauses, self.running.period)
        self.running.hear(place, timeline)
        paragraph = Paragraph(place, text, clauses, timeline, hits(text))
        candidates, unread = self._numbered(paragraph, numbers)
        candidates = with_parts(candidates)
        candidates += self._events(paragraph, candidates)
        candidates.sort(key=lambda one: (one.start, one.end))
        return Read(tuple(candidates), (*found.unread, *unread), len(numbers) + len(found.unread))

    def _in_table(self, text: str, numbers: Sequence[Number]) -> list[Number]:
        """The numbers of a line; bare ones of a row in the unit that its head says."""
        self.head = head_of(text, self.head or self.said) or (self.head if self.head and self.head.row(text) else None)
        self.said = self.head if self.head and not self.head.columns else self.said
        return [self.head.measured(text, n) if self.head and not n.unit else n for n in numbers]

    def _numbered(self, paragraph: Paragraph, numbers: Sequence[Number]) -> tuple[list[Candidate], list[Unread]]:
        """What the numbers of a paragraph tell, and those that tell nothing of the programme."""
        text, candidates, unread, passed = paragraph.text, list[Candidate](), list[Unread](), -1
        for n, (number, rank) in enumerate(zip(numbers, ranks(text, numbers), strict=True)):
            before = numbers[n - 1] if n else None
            at = Place(number, before, numbers[n + 1] if n + 1 < len(numbers) else None, paragraph.clauses, rank)
            why = "没有可记账的单位"
            if number.base:
                why = why_background(text, number, at.clause, before.end if before else 0, passed)
                passed = number.end if why == OF_PLACE else -1
            if why:
                unread.append(Unread(number.start, number.end, text[number.start : number.end], why))
            else:
                candidates.append(self._candidate(paragraph, at, candidates))
        return candidates, unread

    def _events(self, paragraph: Paragraph, numbered: Sequence[Candidate]) -> Iterator[Candidate]:
        """What the paragraph tells without a number; a pairing once."""
        if paragraph.place < self.frame.body:
            return
        for event in events(paragraph.text, [(c.start, c.end) for c in numbered]):
            told = self._event(paragraph, event)
            pair = (str(told.giver), str(told.receiver))
            if event.kind != "pairing" or pair not in self.paired:
                yield told
            if event.kind == "pairing":
                self.paired.add(pair)

    def _event(self, paragraph: Paragraph, event: Event) -> Candidate:
        """One thing that is told without a number."""
        text, clauses = paragraph.text, paragraph.clauses
        clause, sentence = clauses.clauses.at(event.start), clauses.sentences.at(event.start)
        period, said = paragraph.timeline.at(event.start, event.end)
        giver, receiver = self.parties.of(event.kind, text, clause, sentence, (clause[0], event.end))
        reasons = [Reason("kind", event.words, event.start, event.end)]
        if said:
            reasons.append(Reason("period", said.text, said.start, said.end))
        return Candidate(
            kind=event.kind, paragraph=paragraph.place + 1, start=event.start, end=event.end, text="", sentence=sentence,
            basis="planned" if text.lstrip().startswith(_AHEAD) else "actual", giver=giver, receiver=receiver,
            period=period, title=event.title, reasons=tuple(reasons),
        )  # fmt: skip

    def _candidate(self, paragraph: Paragraph, at: Place, earlier: Sequence[Candidate]) -> Candidate:
        """What one number tells."""
        number, text = at.number, paragraph.text
        kind = self.deciding.kind(at, paragraph.heard.weigh(number, at.around()), text, earlier, self.head)
        period, said = paragraph.timeline.at(number.start, number.end, at.rank)
        reasons = [Reason("kind", kind.words, kind.start, kind.end)] if kind.words else []
        if said:
            reasons.append(Reason("period", said.text, said.start, said.end))
        what = kind.kind
        basis, words = basis_of(self.frame, text, (at.clause, at.part), number, what, period)
        if self.running.coming and basis == "actual":
            basis = "planned"
        if what in ("funds_allotted", "funds_disbursed", "funds_secured") and basis == "planned":
            what = "funds_planned"
        if words:
            reasons.append(Reason("basis", words[0], *words[1:]))
        part, whole = part_of(text, at, what, earlier)
        if whole and whole.kind == what and what == "project_count":
            basis = whole.basis
        near = (at.before.end if at.before else 0, number.start)
        giver, receiver = self.parties.of(what, text, at.clause, at.sentence, near, at.rank)
        return Candidate(
            kind=what, paragraph=paragraph.place + 1, start=number.start, end=number.end, text="", sentence=at.sentence,
            number=number, quantity=number.quantity, basis=basis, period=period, part=part, giver=giver, receiver=receiver,
            whole=(whole.start, whole.end) if whole else None, per=each(text, number, at.clause), reasons=tuple(reasons),
        )  # fmt: skip
