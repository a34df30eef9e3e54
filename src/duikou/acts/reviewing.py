"""审读: a text is taken in, and of what was read in it each passage is recorded, joined to a record, or declined.

What is recorded enters by the act of its subject, so whoever may record it by hand may take it from a text, and nobody else.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from django.apps import apps

from duikou.records.models import Document, Entry, Passage, Programme, Record, Reviewed, Statement, Wording, quantity
from duikou.rules import evidence
from duikou.rules import reviews as rules
from duikou.rules.fact import Fact, Told
from duikou.rules.quantity import Quantity, exactly
from duikou.rules.rights import Person, Place
from duikou.rules.sides import Saying

from .accepting import subject_of
from .doing import Work, ask, doing, judge_all, judge_places, place_of
from .entering import enter, enter_statements
from .evidence import enter_documents, keep_document, keep_text, kept_file

BY = {"secured": "record_secured", "stated_disbursement": "record_disbursement"}
LOADING = "load_programme"  # what no act of its own records: totals, named projects, the other side's word


@dataclass(frozen=True)
class Spot:
    """Where in a text something was read: the paragraph from 1, characters of it, as what, the words."""

    paragraph: int
    begins: int
    ends: int
    reads: str
    text: str

    @property
    def key(self) -> tuple[int, int, str]:
        """What tells one reading of a text from another."""
        return self.paragraph, self.begins, self.reads


@dataclass(frozen=True)
class Review:
    """Who reviews which text of which programme; the area that what is recorded lies in."""

    document: Document
    programme: Programme
    person: Person
    area: str = ""

    @property
    def place(self) -> Place:
        """What the right is asked of."""
        return replace(place_of(self.programme), area=self.area)


def act_of(kind: type[Fact]) -> str:
    """The act by which a fact of a kind is taken from a text."""
    return LOADING if kind is Saying else subject_of(kind).act or BY.get(kind.kind, LOADING)


def take_text(fact: evidence.Document, data: bytes, *, programme: Programme, person: Person, area: str = "") -> int:
    """A text becomes a document of the book, its bytes kept under their digest; one that the book has is not entered again."""
    kept = Document.objects.filter(digest=fact.digest, record__programme=programme).first()
    if kept is not None:
        if not kept_file(kept.digest):
            keep_document(data, person=person)
        return int(kept.pk)
    place = replace(place_of(programme), area=area)
    with doing("review_text", person=person, place=place, evidence=f"sha256:{fact.digest}") as work:
        (number,) = enter_documents(work, programme, [Told(fact, {})], {})
        keep_text(data)
        return number


def accept_told(
    told: Told[Fact],
    spots: Sequence[Spot],
    review: Review,
    *,
    verdict: str = "accepted",
    learnt: Sequence[rules.Wording] = (),
) -> int:
    """Record what was read in a text, with its passages; what was corrected is kept as the office's wording. The record's number."""
    kind = type(told.fact)
    with _reviewing(act_of(kind), spots, review, verdict) as work:
        judge_places(work, [told])
        (number,) = subject_of(kind).enter(work, review.programme, [told], {})
        if undated := evidence.what_happened_has_its_day.ask(told.fact, None):
            ask(work, [undated], number)
        _decided(work, review, spots, verdict, number)
        _learn(work, review, learnt)
        return number


def join_told(told: Told[Fact], spots: Sequence[Spot], review: Review, *, to: int) -> int:
    """A text tells what a record says: its passages become further sources; a number that differs stands beside, not adopted."""
    with _reviewing(act_of(type(told.fact)), spots, review, "joined") as work:
        record = Record.objects.get(number=to, programme=review.programme, struck=None)
        if _rests_on(record, told):
            raise ValueError("这条记录已经以这处词句为出处")
        before = _numbers(record)
        last = Statement.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        enter_statements(work, told, to, {})
        for row in Statement.objects.filter(record=record, pk__gt=last).exclude(value_unit=""):
            said = Quantity(row.value_low, row.value_high, row.value_unit, row.value_hedge)
            if before.get(row.aspect, said) != said:
                work.change(row, adopted=False)
        _decided(work, review, spots, "joined", to)
        return to


def decline(spots: Sequence[Spot], review: Review, *, reason: str) -> None:
    """What was read is not taken; it is not offered again."""
    with _reviewing("review_text", spots, review, "declined", reason) as work:
        _decided(work, review, spots, "declined", None, reason)


def forget_wording(row: Wording, *, programme: Programme, person: Person, area: str = "", reason: str) -> None:
    """An example of wording is used no longer; it stays in the book, struck out."""
    place = replace(place_of(programme), area=area)
    with doing("review_text", person=person, place=place, reason=reason) as work:
        work.change(row.record, struck=True)


def decided(document: Document) -> dict[tuple[int, int, str], Reviewed]:
    """What was last decided of each passage of a text, by paragraph, first character and what it was read as."""
    rows = Reviewed.objects.filter(document=document).select_related("about").order_by("pk")
    return {(row.paragraph, row.begins, row.reads): row for row in rows}


@contextmanager
def _reviewing(act: str, spots: Sequence[Spot], review: Review, verdict: str, reason: str = "") -> Iterator[Work]:
    """An act about passages of a text: none of them was taken before."""
    where = "、".join(dict.fromkeys(f"第{spot.paragraph}段" for spot in spots))
    why = f"审读{review.document}{where}"
    digest = f"sha256:{review.document.digest}" if review.document.digest else ""
    with doing(act, person=review.person, place=review.place, reason=why, evidence=digest) as work:
        before = decided(review.document)
        facts = [Told(_fact(spot, review, verdict, None, reason), {}, place=f"第{spot.paragraph}段") for spot in spots]
        keys = {t.fact.place: spot.key for t, spot in zip(facts, spots, strict=True)}

        def standing(told: Told[Fact]) -> rules.ReviewStanding:
            row = before.get(keys[told.fact.place]) if isinstance(told.fact, rules.Reviewed) else None
            return rules.ReviewStanding(row.verdict if row else "")

        judge_all(work, facts, rules.RULES, standing, opened=review.programme.opened)
        work.refuse_if_stopped()
        yield work


def _decided(
    work: Work, review: Review, spots: Sequence[Spot], verdict: str, about: int | None, reason: str = ""
) -> None:
    facts = [Told(_fact(spot, review, verdict, about, reason), {}) for spot in spots]
    enter(work, review.programme.record_id, facts, {})


def _fact(spot: Spot, review: Review, verdict: str, about: int | None, reason: str) -> rules.Reviewed:
    return rules.Reviewed(
        document=review.document.pk, paragraph=spot.paragraph, begins=spot.begins, ends=spot.ends, reads=spot.reads,
        text=spot.text[:40], verdict=verdict, about=about, reason=reason.strip(),
    )  # fmt: skip


def _learn(work: Work, review: Review, learnt: Sequence[rules.Wording]) -> None:
    """Keep examples of wording, each once."""
    told = [Told(one, {}) for one in learnt]
    judge_all(work, told, rules.RULES, lambda _: None, opened=review.programme.opened)
    work.refuse_if_stopped()
    enter(work, review.programme.record_id, told, {})


def _rests_on(record: Record, told: Told[Fact]) -> bool:
    """Whether a record has one of these passages as a source already."""
    places = [(s.document, s.paragraph, s.fragment) for s in told.sources.values()]
    kept = Passage.objects.filter(statements__record=record).values_list("document_id", "paragraph", "fragment")
    return any(place in places for place in kept)


def _numbers(record: Record) -> dict[str, Quantity]:
    """The numbers that a record holds, by aspect."""
    row = apps.get_model("records", record.kind.replace("_", "")).objects.get(pk=record.number)
    names = [f.name.removesuffix("_low") for f in row._meta.concrete_fields if f.name.endswith("_low")]
    found = {name: kept for name in names if (kept := quantity(row, name))}
    return found | ({"amount": exactly(row.amount, "fen")} if isinstance(row, Entry) else {})
