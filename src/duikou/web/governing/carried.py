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
    """Promises, principles with their points, and instructions; those with nothing under them first."""
    promises = list(of(Commitment, programme).order_by("first", "pk"))
    principles = list(of(Principle, programme).order_by("first", "pk"))
    instructions = list(of(Instruction, programme).order_by("first", "pk"))
    under = carried(row.pk for row in (*promises, *principles, *instructions))
    said, points = replies(programme), _points(programme)
    found = [
        *(_meant(row.pk, "commitment", row.text, when_of(row), under, said) for row in promises),
        *(
            _meant(
                row.pk, "principle", listed(points.get(row.pk, [])), when_of(row), under, {}, say("principle", row.type)
            )
            for row in principles
        ),
        *(_meant(row.pk, "instruction", row.content, when_of(row), under, {}) for row in instructions),
    ]
    return sorted(found, key=lambda one: not one.bare)


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


def carried(numbers: Iterable[int]) -> dict[int, tuple[Named, ...]]:
    """What names each record as that which it carries out, or out of which it arises."""
    asked = list(numbers)
    pairs = list(Link.objects.filter(to__in=asked, role__in=CARRIES).values_list("to_id", "record_id"))
    for model in (Assignment, Agreement):
        pairs += model._default_manager.filter(arises_from__in=asked).values_list("arises_from_id", "record_id")
    named = name({number for _, number in pairs})
    found: dict[int, list[Named]] = {}
    for about, number in dict.fromkeys(pairs):
        found.setdefault(about, []).append(named[number])
    return {about: tuple(things) for about, things in found.items()}


def replies(programme: Programme) -> dict[int, list[Reply]]:
    """The replies to each promise, in the order of their days; those without a day last."""
    rows = sorted(of(CommitmentReply, programme), key=lambda row: (row.last or date.max, row.pk))
    found: dict[int, list[Reply]] = {}
    for row in rows:
        reply = Reply(when_of(row), say("reply", row.kept), row.text, href("commitment_reply", row.pk))
        found.setdefault(row.commitment_id, []).append(reply)
    return found


def handed(programme: Programme, today: date) -> list[Handed]:
    """Assignments: those that are late first, then the open ones, then the answered."""
    rows = list(of(Assignment, programme).select_related("office").order_by("due", "pk"))
    arising = name({row.arises_from_id for row in rows if row.arises_from_id})
    return sorted(_handed(rows, arising, today), key=lambda one: ORDER.index(one.standing))


ORDER = ("late", "open", "answered")


def _handed(rows: Iterable[Assignment], arising: Mapping[int, Named], today: date) -> Iterator[Handed]:
    for row in rows:
        standing = "answered" if row.answered else "late" if row.due and row.due < today else "open"
        yield Handed(
            row.pk, row.content, href("assignment", row.pk), row.office.short or row.office.name, when_of(row), row.due,
            row.answered, row.answer, standing, (arising[row.arises_from_id],) if row.arises_from_id else (),
        )  # fmt: skip
