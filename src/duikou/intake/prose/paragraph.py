"""One paragraph read: its numbers, each with the words around it, weighed into a candidate."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from duikou.rules.period import Period

from .background import OF_PLACE, why_background
from .basis import basis_of
from .candidate import Candidate, Names, Reason
from .clauses import Clauses
from .deciding import HEADING, Deciding
from .document import Document
from .events import events
from .guards import guarded
from .kinds import Hits, hits
from .numbers import Unread
from .place import Place, each, part_of
from .roles import Parties
from .scanning import scan
from .scope import why_aside
from .tables import COMMAS, Head, head_of
from .times import Calendar, Time
from .timing import Timeline

_COMING = re.compile(r"下(?:一)?(?:步|月|周|季度|阶段)|打算|工作思路|目标任务")


@dataclass(frozen=True)
class Read:
    """What a paragraph gave."""

    candidates: tuple[Candidate, ...] = ()
    unread: tuple[Unread, ...] = ()
    seen: int = 0
    aside: str = ""


class Reader:
    """Paragraph after paragraph of one document: what was said before is kept."""

    def __init__(self, frame: Document, texts: Sequence[str], names: Names | None) -> None:
        self.frame, self.texts, self.names = frame, texts, names
        self.calendar = Calendar(frame.anchor, own=frame.own)
        self.running: Period | None = frame.own
        self.head: Head | None = None
        self.said: Head | None = None  # a unit that was said for a table further down
        self.coming = False  # under a heading that says what is to come
        self.paired: set[tuple[str, str]] = set()
        self.parties = Parties(frame, texts, names)
        self.deciding = Deciding(frame)

    def read(self, place: int) -> Read:
        """The candidates of a paragraph."""
        text = self.texts[place]
        if aside := why_aside(self.frame, self.parties, self.texts, place):
            return Read(aside=aside)
        if len(text.strip()) < HEADING and not re.search("[0-9。，；]", text.strip("。")):
            self.coming = _COMING.search(text) is not None
        self.deciding.heading(text)
        if self.head and self.head.columns and self.head.breaks == COMMAS:
            text = text.replace(",", "，")  # what parts cells groups no digits
        clauses = Clauses(text)
        times = self.calendar.times(text)
        taken = [(g.start, g.end) for g in guarded(text)] + [(t.start, t.end) for t in times]
        self.head = head_of(text, self.head or self.said) or (self.head if self.head and self.head.row(text) else None)
        self.said = self.head if self.head and not self.head.columns else self.said
        found = scan(text, taken)
        timeline = Timeline.of(text, times, clauses, self.running)
        opening = timeline.opening
        if opening and opening.period and place >= self.frame.body and self._carries(opening):
            self.running = opening.period
        self._run_on(place, text, timeline, clauses)
        heard = hits(text)
        candidates: list[Candidate] = []
        unread = list(found.unread)
        numbers = [self.head.measured(text, n) if self.head and not n.unit else n for n in found.numbers]
        passed = -1
        for n, number in enumerate(numbers):
            before = numbers[n - 1] if n else None
            after = numbers[n + 1] if n + 1 < len(numbers) else None
            if not number.base:
                unread.append(Unread(number.start, number.end, text[number.start : number.end], "没有可记账的单位"))
                continue
            at = Place(number, before, after, clauses)
            if why := why_background(text, number, at.clause, before.end if before else 0, passed):
                passed = number.end if why == OF_PLACE else -1
                unread.append(Unread(number.start, number.end, text[number.start : number.end], why))
                continue
            candidate = self._candidate(place, at, heard, timeline, candidates)
            if candidate:
                candidates.append(candidate)
        candidates += self._events(place, clauses, timeline, candidates)
        candidates.sort(key=lambda one: (one.start, one.end))
        return Read(tuple(candidates), tuple(unread), len(numbers) + len(found.unread))

    def _run_on(self, place: int, text: str, timeline: Timeline, clauses: Clauses) -> None:
        """What time holds for the paragraphs after this one: what it says that the report speaks of."""
        if text.rstrip().endswith(("：", "如下。")) and "如下" in text[-40:]:
            last = clauses.sentences.at(max(text.rfind("如下") - 1, 0))[0]
            told = [t for t in timeline.times if t.broad and (t.start >= last or t.until or t is timeline.opening)]
            self.running = next(
                (t.period for t in reversed(told) if t.until), told[-1].period if told else self.running
            )
        if self.running is None and self.frame.body <= place <= self.frame.body + 2:
            since = (t.period for t in timeline.times if t.long and t.text[-1] in "来间里下" and "一年" not in t.text)
            self.running = next(since, None)

    def _events(
        self, place: int, clauses: Clauses, timeline: Timeline, numbered: Sequence[Candidate]
    ) -> Iterator[Candidate]:
        """What the paragraph tells without a number."""
        if place < self.frame.body:
            return
        text = timeline.text
        for event in events(text, [(c.start, c.end) for c in numbered]):
            clause, sentence = clauses.clauses.at(event.start), clauses.sentences.at(event.start)
            period, said = timeline.at(event.start, event.end)
            giver, receiver = self.parties.of(event.kind, text, clause, sentence, (clause[0], event.end))
            if event.kind == "pairing":
                pair = (str(giver), str(receiver))
                if pair in self.paired:
                    continue
                self.paired.add(pair)
            reasons = [Reason("kind", event.words, event.start, event.end)]
            if said:
                reasons.append(Reason("period", said.text, said.start, said.end))
            yield Candidate(
                kind=event.kind, paragraph=place + 1, start=event.start, end=event.end, text="", sentence=sentence,
                basis="planned" if text.lstrip().startswith(("下一步", "今后")) else "actual", giver=giver, receiver=receiver,
                period=period, title=event.title, reasons=tuple(reasons),
            )  # fmt: skip

    def _carries(self, opening: Time) -> bool:
        """Whether a paragraph's opening time holds for the paragraphs after it."""
        own = self.frame.own
        yearbook = self.frame.sort == "yearbook" or self.frame.anchor is None
        return (
            (opening.long and not (own and own.first.year == own.last.year))
            or (yearbook and opening.broad)
            or (self.frame.sort == "progress" and opening.until)
        )

    def _candidate(
        self, place: int, at: Place, heard: Hits, timeline: Timeline, earlier: Sequence[Candidate]
    ) -> Candidate | None:
        number = at.number
        kind = self.deciding.kind(at, heard.weigh(number, at.around()), timeline.text, earlier, self.head)
        period, said = timeline.at(number.start, number.end)
        reasons = [Reason("kind", kind.words, kind.start, kind.end)] if kind.words else []
        if said:
            reasons.append(Reason("period", said.text, said.start, said.end))
        what = kind.kind
        basis, words = basis_of(self.frame, timeline.text, (at.clause, at.part), number, what, period)
        if self.coming and basis == "actual":
            basis = "planned"
        if what in ("funds_allotted", "funds_disbursed", "funds_spent") and basis == "planned":
            what = "funds_planned"
        if words:
            reasons.append(Reason("basis", words[0], *words[1:]))
        part, whole = part_of(timeline.text, at, what, earlier)
        if whole and whole.kind == what and what == "project_count":
            basis = whole.basis
        giver, receiver = self.parties.of(
            what, timeline.text, at.clause, at.sentence, (at.before.end if at.before else 0, number.start)
        )
        return Candidate(
            kind=what, paragraph=place + 1, start=number.start, end=number.end, text="", sentence=at.sentence,
            number=number, quantity=number.quantity, basis=basis, period=period, part=part, giver=giver, receiver=receiver,
            whole=(whole.start, whole.end) if whole else None, per=each(timeline.text, number, at.clause), reasons=tuple(reasons),
        )  # fmt: skip
