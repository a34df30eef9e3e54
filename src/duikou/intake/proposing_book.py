"""The book beside what was read: its names for the reader, the ground that proposals stand on, the record that tells the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from duikou.acts.sides import Kept, directory
from duikou.records.models import Document, Organisation, Programme, Reviewed, Statement
from duikou.rules.sides import Compared, Directory, Telling, alike, same_time, set_beside, telling

from .known import Known as ByName
from .known import known
from .proposing_record import Ground, Known, Proposal
from .wordings import examples

KEPT_AS = {"secured": "entry", "stated_disbursement": "stated_total"}  # the kind of record that such a fact becomes


@dataclass(frozen=True)
class Named:
    """The parties of a book by name, as the reader of prose asks for them: an organisation before the area of its name."""

    names: ByName

    def codes(self, said: str) -> frozenset[str]:
        """Codes of organisations, else of areas of both sides, that bear this name exactly."""
        return self.names.named("organisation", said) or self.names.named("region", said)


@dataclass(frozen=True)
class Beside:
    """How a proposal stands to the book: `here` where the record rests on this very passage already, else terms: verdict; alone is new."""

    verdict: str
    record: int | None = None
    detail: str = ""


@dataclass(frozen=True)
class Shelf:
    """One text of a programme with all of the book that its proposals are held against."""

    programme: Programme
    document: Document
    texts: Sequence[str]

    @cached_property
    def names(self) -> Named:
        """The names that the reader asks for."""
        return Named(known(self.programme))

    def ground(self, home: str, office: str, anchor: date | None) -> Ground:
        """What proposals stand on; `office` is whose corrections hold."""
        rows = Organisation.objects.values_list("code", "name", "region", "type")
        return Ground(
            self.texts, self.programme.supporting, self.programme.receiving, home,
            {code: Known(name, region, sort) for code, name, region, sort in rows}, examples(office), anchor,
        )  # fmt: skip

    def beside(self, proposal: Proposal) -> Beside:
        """The record that a proposal tells of, and how the two compare."""
        if proposal.fact is None:
            return Beside("alone")
        if (record := self._resting(proposal)) is not None:
            return Beside("here", record)
        found: Compared = set_beside(telling(proposal.fact), self._kept.of(type(proposal.fact)), self._directory)
        record = found.record.record if found.record else None
        if record is None or _another(telling(proposal.fact), found):
            return Beside("alone", None, "" if found.record else found.detail)
        return Beside(found.verdict, record, found.detail)

    @cached_property
    def _kept(self) -> Kept:
        return Kept(self.programme)

    @cached_property
    def _directory(self) -> Directory:
        return directory()

    @cached_property
    def _said(self) -> Mapping[int, list[tuple[str, str, int]]]:
        """The words that records rest on in this text, by paragraph: words, kind of record, its number."""
        rows = Statement.objects.filter(passage__document=self.document, record__programme=self.programme)
        found: dict[int, list[tuple[str, str, int]]] = {}
        for place, words, kind, number in rows.exclude(passage__paragraph=None).values_list(
            "passage__paragraph", "passage__fragment", "record__kind", "record_id"
        ):
            found.setdefault(place or 0, []).append((words, kind, number))
        return found

    def _resting(self, proposal: Proposal) -> int | None:
        """The record of the same kind that rests on words in which the leading number stands."""
        assert proposal.fact is not None  # noqa: S101  asked for before
        first, text = proposal.first, self.texts[proposal.first.paragraph - 1]
        kind = KEPT_AS.get(proposal.fact.kind, proposal.fact.kind)
        for words, of, number in self._said.get(first.paragraph, ()):
            at = text.find(words) if words and of == kind else -1
            while at >= 0:
                if at < first.end and first.start < at + len(words):
                    return number
                at = text.find(words, at + 1)
        return None


def _another(said: Telling, found: Compared) -> bool:
    """Whether what may match is a later doing of the same: another number at another time."""
    record = found.record
    if found.verdict != "may_match" or record is None or same_time(said.when, record.when) is not False:
        return False
    numbers = [alike(q, record.quantities[n]) for n, q in said.quantities.items() if n in record.quantities]
    return bool(numbers) and all(one == "apart" for one in numbers)


def last_of(decided: Mapping[tuple[int, int, str], Reviewed], proposal: Proposal) -> Reviewed | None:
    """What was decided of a proposal, by whichever of its passages."""
    return next((row for spot in proposal.spots if (row := decided.get(spot.key))), None)
