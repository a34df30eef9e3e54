"""What is found of records: by kind, what one may see alone, the nearest to the question first."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from duikou.acts.doing import place_of, programme_of
from duikou.acts.journal import Head, head
from duikou.records.models import Document, Programme
from duikou.web.addresses import area_columns, batched, model_of
from duikou.web.book import Book
from duikou.web.doors import can, openness
from duikou.web.seeing import withdrawn

from .index import Index, Place, index
from .question import Question

EXACT, BEGINS, HAS, REST = range(4)  # how near a name is to the question
FEW = 900  # records whose areas are asked one by one
FIRST = (
    "project", "decision", "agreement", "plan", "gift", "investment", "visit", "indicator", "commitment", "assignment", "training",
    "secondment", "fund", "notice", "contract", "finding",
)  # fmt: skip
LAST = (
    "stated_total", "output", "plan_line", "project_paper", "milestone", "progress", "inspection", "asset", "receipt", "claim",
    "entry", "attendance", "other_saying",
)  # fmt: skip
APART = ("organisation", "document")  # kinds that stand in groups of their own
Near = dict[int, int]  # how near each record is, by number


@dataclass(frozen=True)
class Found:
    """The records of a book in which all words of a question stand, as far as the person sees them."""

    book: Book
    request: HttpRequest
    asked: Question

    @property
    def words(self) -> Index:
        """The words of the book."""
        return index(self.book.snapshot)

    def records(self) -> Mapping[str, list[int]]:
        """The numbers by kind, what weighs more first, and in a kind what is nearer and then newer first."""
        return {kind: ordered(near) for kind, near in self.near.items()}

    @property
    def near(self) -> dict[str, Near]:
        """How near the records of each kind are that the person sees, by weight."""
        kept = self.request.__dict__.setdefault("found", {})
        if self.asked not in kept:
            by_kind = matching(self.words, self.book.code, self.asked)
            seen = Seen(self.request, programme_of(self.book.code))
            only = {kind: seen.only(kind, by_kind[kind]) for kind in sorted(by_kind, key=weight) if kind not in APART}
            kept[self.asked] = {kind: near for kind, near in only.items() if near}
        found: dict[str, Near] = kept[self.asked]
        return found

    def organisations(self) -> list[int]:
        """The organisations, which everyone sees."""
        return ordered(matching(self.words, "", self.asked).get("organisation", {}))

    def documents(self) -> list[int]:
        """The documents of the programme and those that its records rest on."""
        found: Near = {}
        for programme in Programme.objects.all():
            if can(self.request, "see_records", place_of(programme)):
                near = matching(self.words, programme.code, self.asked, "document").get("document", {})
                own = programme.code == self.book.code
                found |= near if own else {n: k for n, k in near.items() if self.words.rests_on(self.book.code, n)}
        return ordered(found)

    def texts(self) -> list[Place]:
        """The words of documents that records of the programme rest on, each place once, by document and paragraph."""
        programme = programme_of(self.book.code)
        hidden = withdrawn(self.request)
        apart = unseen(self.words, programme.code, Seen(self.request, programme))
        found: dict[Place, None] = {}
        for said in self.words.said(programme.code):
            left: Sequence[int] = range(len(said.texts))
            for word in self.asked.texts:
                left = [at for at in left if word in said.texts[at]]
            found |= {said.places[at]: None for at in left if said.records[at] not in apart}
        mine = self._readable({document for document, _, _ in found})
        return sorted(place for place in found if place[0] in mine and place[0] not in hidden)

    def _readable(self, documents: set[int]) -> set[int]:
        """Those of some documents whose programme one may see."""
        may_see = {p.pk for p in Programme.objects.all() if can(self.request, "see_records", place_of(p))}
        rows = Document.objects.filter(record__programme__in=may_see)
        return {n for some in batched(sorted(documents)) for n in rows.filter(pk__in=some).values_list("pk", flat=True)}


def matching(words: Index, programme: str, asked: Question, only: str = "") -> dict[str, Near]:
    """How near the records of a programme (empty: of none) are to a question, by kind; those that do not match are not there."""
    found: dict[str, Near] = {}
    for segment, part in words.parts(programme):
        if only and segment.table != f"{only}s":
            continue
        if not (left := part.matching(asked)):
            continue
        steps = nearnesses([part.names[at] for at in left], asked.phrase)
        if part.kind:
            found.setdefault(part.kind, {}).update(zip([part.numbers[at] for at in left], steps, strict=True))
            continue
        for at, step in zip(left, steps, strict=True):
            near, number = found.setdefault(part.kinds[at], {}), part.numbers[at]
            if number not in near or step < near[number]:
                near[number] = step
    if len(asked.words) == 1 and (named := asked.words[0].number) is not None:
        for kind, near in found.items():
            if named in near and kind in (asked.words[0].kinds or (kind,)):
                near[named] = EXACT
    return found


def nearnesses(names: Sequence[str], phrase: str) -> list[int]:
    """How near names are to a question."""
    return [
        REST if phrase not in name else EXACT if name == phrase else BEGINS if name.startswith(phrase) else HAS
        for name in names
    ]


def ordered(near: Near) -> list[int]:
    """Numbers, the nearest first, of those the newest."""
    newest = sorted(near, reverse=True)
    return [number for step in (EXACT, BEGINS, HAS, REST) for number in newest if near[number] == step]


def weight(kind: str) -> tuple[int, int]:
    """Where a kind stands among the others."""
    if kind in FIRST:
        return 0, FIRST.index(kind)
    return (2, LAST.index(kind)) if kind in LAST else (1, 0)


def nearest(found: Mapping[str, Near], records: Mapping[str, list[int]], most: int) -> list[tuple[str, int]]:
    """The first records of all kinds together."""
    best = [(found[kind][n], place, kind, n) for place, kind in enumerate(records) for n in records[kind][:most]]
    best.sort(key=lambda one: one[:2])
    return [(kind, number) for _, _, kind, number in best[:most]]


# ---- what the person sees --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Seen:
    """Which records of a programme a person sees."""

    request: HttpRequest
    programme: Programme

    def _may(self, kind: str) -> Callable[[str], bool]:
        place = place_of(self.programme)
        place = replace(place, state=openness(kind, place.state))
        return cache(lambda area: can(self.request, "see_records", replace(place, area=area)))

    def whole(self, kind: str) -> bool:
        """Whether the person sees all records of a kind."""
        return self._may(kind)("")

    def only(self, kind: str, near: Near) -> Near:
        """Those of some records of a kind that the person sees."""
        may = self._may(kind)
        if may(""):
            return near
        areas = areas_of(kind, self.programme, list(near))
        return {number: step for number, step in near.items() if may(areas.get(number, ""))}


def areas_of(kind: str, programme: Programme, numbers: Sequence[int]) -> Mapping[int, str]:
    """The areas that records of a kind are in: asked for few, kept for all of the kind until the next act."""
    if len(numbers) > FEW:
        return _areas(kind, programme, head())
    return dict(_areas_in(model_of(kind)._default_manager.filter(pk__in=numbers)))


@lru_cache(maxsize=64)
def _areas(kind: str, programme: Programme, at: Head | None) -> Mapping[int, str]:
    return dict(_areas_in(model_of(kind)._default_manager.filter(record__programme=programme)))


def _areas_in(rows: QuerySet[Any]) -> Iterator[tuple[int, str]]:
    """The area of each row: its own, else that of what it is of or who receives."""
    for number, *said in rows.values_list("pk", *area_columns(rows.model)):
        yield number, next(filter(None, said), "")


def unseen(words: Index, programme: str, seen: Seen) -> frozenset[int]:
    """The records of persons (who took part) where the person who asks may not see them."""
    return frozenset() if seen.whole("attendance") else words.attendances.get(programme, frozenset())
