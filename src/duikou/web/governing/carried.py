"""What carries out promises, priorities and tasks, instructions and assignments; what has nothing under it first."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from duikou.records.models import (
    Agreement,
    Assignment,
    Commitment,
    CommitmentReply,
    Instruction,
    Item,
    Link,
    Principle,
    Programme,
    of,
)
from duikou.web.addresses import href
from duikou.web.language import listed, say

from .decisions import Named, name, when_of

CARRIES = ("carries_out", "rests_on", "arises_from")  # links by which what is done names what it is done for


@dataclass(frozen=True)
class Reply:
    """What was said of a promise: when, whether it was kept, how."""

    when: str
    kept: str
    text: str
    href: str


@dataclass(frozen=True)
class Meant:
    """A promise, a priority or an instruction with what carries it out and what was said of it."""

    number: int
    kind: str
    word: str
    said: str
    href: str
    when: str
    things: tuple[Named, ...] = ()
    replies: tuple[Reply, ...] = ()

    @property
    def bare(self) -> bool:
        """Whether nothing carries it out and nothing was said of it."""
        return not self.things and not self.replies


@dataclass(frozen=True)
class Handed:
    """An assignment: to whom, since when, due when, how it stands (open, late, answered), what it arises from."""

    number: int
    said: str
    href: str
    office: str
    when: str
    due: date | None
    answered: date | None
    answer: str
    standing: str
    things: tuple[Named, ...] = ()


def meant(programme: Programme) -> list[Meant]:
    """All promises, principles with their points, and instructions; those with nothing under them first."""
    return first_meant(programme)[0]


def first_meant(programme: Programme, most: int | None = None) -> tuple[list[Meant], int, int]:
    """The first promises, principles with their points, and instructions, or all; those with nothing under them before the others.

    Beside them how many there are, and how many of those have nothing under them.
    """
    promises = list(of(Commitment, programme).order_by("first", "pk"))
    principles = list(of(Principle, programme).order_by("first", "pk"))
    instructions = list(of(Instruction, programme).order_by("first", "pk"))
    said, pairs = replies(programme), carrying(row.pk for row in (*promises, *principles, *instructions))
    every: list[tuple[Commitment | Principle | Instruction, str]] = [
        *((row, "commitment") for row in promises), *((row, "principle") for row in principles),
        *((row, "instruction") for row in instructions),
    ]  # fmt: skip
    every.sort(key=lambda one: one[0].pk in pairs or one[0].pk in said)
    chosen = every[:most]
    under, points = carried(pairs, [row.pk for row, _ in chosen]), _points(programme)
    found = [_of(row, kind, points, under, said) for row, kind in chosen]
    return found, len(every), len([row for row, _ in every if row.pk not in pairs and row.pk not in said])


def _of(
    row: Commitment | Principle | Instruction, kind: str, points: Mapping[int, list[str]],
    under: Mapping[int, tuple[Named, ...]], said: Mapping[int, list[Reply]],
) -> Meant:  # fmt: skip
    """A promise by its text, an instruction by its content, a principle by its points."""
    if isinstance(row, Principle):
        points_said = listed(points.get(row.pk, []))
        return _meant(row.pk, kind, points_said, when_of(row), under, said, say("principle", row.type))
    return _meant(row.pk, kind, row.text if isinstance(row, Commitment) else row.content, when_of(row), under, said)


def _meant(
    number: int, kind: str, said: str, when: str, under: Mapping[int, tuple[Named, ...]],
    answers: Mapping[int, list[Reply]], word: str = "",
) -> Meant:  # fmt: skip
    return Meant(
        number, kind, word or say("record", kind), said, href(kind, number), when, under.get(number, ()),
        tuple(answers.get(number, ())),
    )  # fmt: skip


def _points(programme: Programme) -> dict[int, list[str]]:
    """The points of each principle."""
    rows = Item.objects.filter(record__programme=programme, record__kind="principle").order_by("record", "number")
    found: dict[int, list[str]] = {}
    for record, text in rows.values_list("record_id", "text"):
        found.setdefault(record, []).append(text)
    return found


def carrying(numbers: Iterable[int]) -> dict[int, list[int]]:
    """What names each record as that which it carries out, or out of which it arises."""
    asked = list(numbers)
    pairs = list(Link.objects.filter(to__in=asked, role__in=CARRIES).values_list("to_id", "record_id"))
    for model in (Assignment, Agreement):
        pairs += model._default_manager.filter(arises_from__in=asked).values_list("arises_from_id", "record_id")
    found: dict[int, list[int]] = {}
    for about, number in dict.fromkeys(pairs):
        found.setdefault(about, []).append(number)
    return found


def carried(pairs: Mapping[int, list[int]], numbers: Iterable[int]) -> dict[int, tuple[Named, ...]]:
    """The same by name, of some records."""
    chosen = [number for number in numbers if number in pairs]
    named = name({number for about in chosen for number in pairs[about]})
    return {about: tuple(named[number] for number in pairs[about]) for about in chosen}


def replies(programme: Programme) -> dict[int, list[Reply]]:
    """The replies to each promise, in the order of their days; those without a day last."""
    rows = sorted(of(CommitmentReply, programme), key=lambda row: (row.last or date.max, row.pk))
    found: dict[int, list[Reply]] = {}
    for row in rows:
        reply = Reply(when_of(row), say("reply", row.kept), row.text, href("commitment_reply", row.pk))
        found.setdefault(row.commitment_id, []).append(reply)
    return found


def handed(programme: Programme, today: date, most: int | None = None) -> tuple[list[Handed], int, int]:
    """The first assignments, or all: those that are late, then the open ones, then the answered.

    Beside them how many there are, and how many of those are late.
    """
    rows = list(of(Assignment, programme).select_related("office").order_by("due", "pk"))
    rows.sort(key=lambda row: ORDER.index(_standing(row, today)))
    chosen = rows[:most]
    arising = name({row.arises_from_id for row in chosen if row.arises_from_id})
    late = len([row for row in rows if _standing(row, today) == "late"])
    return list(_handed(chosen, arising, today)), len(rows), late


def _standing(row: Assignment, today: date) -> str:
    """How an assignment stands."""
    return "answered" if row.answered else "late" if row.due and row.due < today else "open"


ORDER = ("late", "open", "answered")


def _handed(rows: Iterable[Assignment], arising: Mapping[int, Named], today: date) -> Iterator[Handed]:
    for row in rows:
        yield Handed(
            row.pk, row.content, href("assignment", row.pk), row.office.short or row.office.name, when_of(row), row.due,
            row.answered, row.answer, _standing(row, today), (arising[row.arises_from_id],) if row.arises_from_id else (),
        )  # fmt: skip
