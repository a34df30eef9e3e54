"""One event as a record of the book: its fields, who takes part, when, what lacks; or why there is no record of it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields, replace
from datetime import date
from typing import Any

from duikou.acts.accepting import SUBJECTS
from duikou.acts.reviewing import Spot
from duikou.rules.fact import Fact, Ref, Source, Told
from duikou.rules.period import Period, months
from duikou.terms.words import regions

from .proposing_passage import QUOTED, fragment, section_of
from .proposing_said import SAYS, Scene, schools
from .proposing_ways import Way, field_of, way_of, word_of
from .prose.candidate import Candidate, Party, Reason
from .wordings import Example, said_as

FACTS: Mapping[str, type[Fact]] = {fact.kind: fact for subject in SUBJECTS for fact in subject.kinds}
AS_IS = ("training", "study_class", "investment", "intent", "agreement")  # kinds that say themselves how sure they are
PER_YEAR = ("study_class", "investment")  # kinds whose numbers are of one year or one class
_NOT_DONE = {
    "planned": "原文说的是计划", "arranged": "原文说的是正在组织", "expected": "原文说的是预计", "intended": "原文说的是意向",
    "quota": "原文说的是名额",
}  # fmt: skip


Read = tuple[Candidate, tuple[Reason, ...]]
"""A candidate as the office reads it, and what the office has taught of it."""


@dataclass(frozen=True)
class Known:
    """An organisation of the book: its name, area and type."""

    name: str
    region: str = ""
    type: str = ""


@dataclass(frozen=True)
class Ground:
    """What proposals stand on: the paragraphs, the areas of both sides, whose words these are, what the office has taught."""

    texts: Sequence[str]
    supporting: str = ""
    receiving: str = ""
    home: str = ""
    organisations: Mapping[str, Known] = field(default_factory=dict)
    examples: Sequence[Example] = ()
    anchor: date | None = None


@dataclass(frozen=True)
class Lacking:
    """What a record cannot do without and the words do not say, or say in a way the book does not know."""

    field: str
    words: str = ""


@dataclass(frozen=True)
class Proposal:
    """One record as a text seems to tell it: what it says, where each thing stands, what lacks; or why there is none."""

    candidates: tuple[Candidate, ...]
    fact: Fact | None = None
    why: str = ""
    places: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)
    lacking: tuple[Lacking, ...] = ()
    unknown: tuple[Lacking, ...] = ()
    taught: tuple[Reason, ...] = ()
    total: bool = False
    kept: tuple[str, ...] = ()

    @property
    def first(self) -> Candidate:
        """The candidate that leads."""
        return self.candidates[0]

    @property
    def ready(self) -> bool:
        """Whether it can be taken as it stands."""
        return self.fact is not None and not (self.lacking or self.unknown or self.why)

    @property
    def spots(self) -> tuple[Spot, ...]:
        """The passages it was read from."""
        words = zip(self.candidates, self.kept, strict=True)
        return tuple(Spot(c.paragraph, c.start, c.end, c.kind, kept) for c, kept in words)

    def told(self, document: Ref, side: str, texts: Sequence[str]) -> Told[Fact]:
        """The fact with its sources: one for the whole, one for each number."""
        assert self.fact is not None  # noqa: S101  a proposal without a fact is not told
        text, section = texts[self.first.paragraph - 1], section_of(texts, self.first.paragraph)
        sources = {
            aspect: Source(document, side, self.first.paragraph, section, fragment(text, first, last))
            for aspect, (first, last) in self.places.items()
        }
        whole = Source(document, side, self.first.paragraph, section, fragment(text, self.first.start, self.first.end))
        return Told(self.fact, {"": whole, **sources}, self.said)


def made_of(group: Sequence[Read], ground: Ground, *, asked: bool = False) -> Proposal:
    """The record of one event."""
    lead = next((c for c, _ in group if way_of(c).record == "investment"), group[0][0])
    candidates = tuple(sorted((c for c, _ in group), key=lambda c: (c is not lead, c.start)))
    way, taught = way_of(lead), [reason for _, reasons in group for reason in reasons]
    text = ground.texts[lead.paragraph - 1]
    if (why := _why_not(candidates, way)) and not (asked and way.record):
        return Proposal(candidates, why=why, taught=tuple(taught), kept=tuple(_kept(c, text) for c in candidates))
    home = regions()[ground.home][-1].name if ground.home in regions() else ""
    offices = {known.name: (code, known.type) for code, known in ground.organisations.items()}
    areas = {code: known.region for code, known in ground.organisations.items()}
    scene = Scene(lead, text, ground.supporting, ground.receiving, ground.home, home, offices, areas)
    values: dict[str, Any] = dict(way.set)
    places: dict[str, tuple[int, int]] = {}
    said: dict[str, str] = {}
    for c in candidates:
        own = way_of(c)
        if name := field_of(c, own, part=way.record == "investment"):
            values[name], places[name], said[name] = c.quantity, (c.start, c.end), c.text
            if own.basis and own is not way:
                values[own.basis] = c.basis
    values |= {name: word for name, list_name in way.words.items() if (word := word_of(list_name, scene))}
    values |= {name: words for name in way.says if (words := SAYS[name](scene))}
    values |= {way.basis: lead.basis} if way.basis else {}
    parties, unknown = _parties(lead, way, values, ground)
    when = _when(lead, ground.anchor) if way.record != "plan" else _planned(lead)
    _settle(way.record, values, when, ground)
    values, more = said_as(way.record, values, text, lead, ground.examples)
    if way.record == "training_base":
        parties = [("base", code) for code in schools(scene)]
    if way.record == "principle":
        values["items"] = _points(lead.text)
    made = _made(candidates, way, values, parties, when, unknown, (*taught, *more), places, said)
    return replace(made, kept=tuple(_kept(c, text) for c in candidates))


def _kept(c: Candidate, text: str) -> str:
    """The words of a passage that the book keeps: a number as it stands, else a few words without the names of persons."""
    return c.text if c.quantity is not None else fragment(text, c.start, c.end)


def _why_not(candidates: Sequence[Candidate], way: Way) -> str:
    """Why there is no record of what was read; nothing where there may be one."""
    lead = candidates[0]
    if not way.record:
        return way.why
    if lead.basis in _NOT_DONE and lead.quantity is not None and way.record not in AS_IS:
        return f"{_NOT_DONE[lead.basis]}，不是已办成的事；要记的改读后再收"
    if lead.per and way.record not in PER_YEAR:
        return f"“{lead.per}”的数是每一份的数，不是总数"
    if lead.part and way.record not in ("stated_disbursement", "gift"):
        return "是其中数，已含在前面的总数里"
    if lead.kind == "donation_goods" and lead.quantity is not None and lead.quantity.unit == "fen":
        return "实物的折价另记：先登记捐了什么、多少，再在那条记录上折价"
    return "" if lead.quantity is None or field_of(lead, way) else "这个数的单位，这类记录里没有放处"


def _parties(
    lead: Candidate, way: Way, values: dict[str, Any], ground: Ground
) -> tuple[list[tuple[str, Ref]], list[Lacking]]:
    """Who takes part: fields into the values, the others as a list; who is not in the book stays words."""
    parties: list[tuple[str, Ref]] = []
    unknown: list[Lacking] = []
    for name, party in ((way.giver, lead.giver), (way.receiver, lead.receiver)):
        if not name or party is None or (name == "region" and values.get(name)):  # where it settled is nearer
            continue
        code = _code(name, party, ground)
        if not code:
            unknown += [] if values.get(name) else [Lacking(name.removeprefix("party:"), str(party))]
        elif name.startswith("party:"):
            parties.append((name.removeprefix("party:"), code))
        else:
            values[name] = code
    return parties, unknown


def _code(name: str, party: Party, ground: Ground) -> str:
    """The code of who is meant: an area where an area is asked for, else an organisation; a government stands for its area."""
    taught = next(
        (e.reads for e in ground.examples if e.aspect == "party" and e.words in (party.words, party.name)), ""
    )
    code = taught or party.code
    if name == "region":
        return ground.organisations[code].region if code in ground.organisations else code if code in regions() else ""
    if code in ground.organisations:
        return code
    offices = [c for c, o in ground.organisations.items() if o.region == code and o.type == "government" and code]
    named = [c for c in offices if regions()[code][-1].name in ground.organisations[c].name]
    return named[0] if len(named) == 1 else offices[0] if len(offices) == 1 else ""


def _when(lead: Candidate, anchor: date | None) -> Period | None:
    """When it was true; a text speaks of a running period only up to its own day."""
    when = lead.period
    if when and anchor and lead.basis == "actual" and when.first <= anchor < when.last:
        return Period(when.first, anchor)
    return when


def _points(words: str) -> tuple[tuple[str, str, str], ...]:
    """The points of principles or tasks that stand in quotes."""
    quoted, name = QUOTED.search(words), "task" if "任务" in words else "principle"
    return tuple((name, point, "") for point in re.split("[、，,]", quoted[1]) if point) if quoted else ()


def _planned(lead: Candidate) -> Period | None:
    """The years that a plan is for, as its title says them."""
    if year := re.search(r"((?:19|20)[0-9]{2})年", lead.text):
        return months(int(year[1]), 1, 12)
    return lead.period


def _settle(record: str, values: dict[str, Any], when: Period | None, ground: Ground) -> None:
    """What follows from the rest: the day of a total, the treasury of a side, an area by who receives."""
    if record in ("stated_total", "stated_disbursement"):
        values["as_of"] = (when.last if when else None) or ground.anchor
    if record == "secondment" and values.get("giver") == values.get("receiver"):
        values.pop("receiver", None)
    if record == "secured" and not values.get("source") and ground.supporting:
        values["source"] = "city" if ground.supporting[:2] in ("11", "12", "31", "50") else ""
    if record == "investment" and values.get("name") and not values.get("company"):
        named = [code for code, known in ground.organisations.items() if known.name == values["name"]]
        values |= {"company": named[0]} if len(named) == 1 else {}


def _made(
    candidates: tuple[Candidate, ...],
    way: Way,
    values: Mapping[str, Any],
    parties: Sequence[tuple[str, Ref]],
    when: Period | None,
    unknown: Sequence[Lacking],
    taught: Sequence[Reason],
    places: Mapping[str, tuple[int, int]],
    said: Mapping[str, str],
) -> Proposal:
    """The proposal of a record: what it cannot do without and nobody said is empty and named."""
    kind = FACTS[way.record]
    own = {f.name: f for f in fields(kind)}
    values = {name: value for name, value in values.items() if name in own and value not in ("", None)}
    needed = [name for name, f in own.items() if f.default is f.default_factory is MISSING]
    named = {one.field: one.words for one in unknown}
    lacking = tuple(Lacking(name, named.get(name, "")) for name in needed if name not in values)
    empty: dict[str, Any] = dict.fromkeys(needed, "")
    fact = replace(kind(**empty, parties=tuple(parties), when=when), **values)
    free = tuple(one for one in unknown if one.field not in [lack.field for lack in lacking])
    return Proposal(candidates, fact, "", places, said, lacking, free, tuple(taught), way.total)
