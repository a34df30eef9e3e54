"""How every act is done: who may, one transaction, batches of rows, questions kept, one line in the journal."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from hashlib import sha256
from itertools import chain
from typing import Any

from django.db import connection, models, transaction
from django.db.models import Max

from duikou.records.models import Finding, Link, Programme, Record, Request
from duikou.rules.book import by_fact
from duikou.rules.decisions import DecisionStanding, decision_comes_first
from duikou.rules.evidence import Document, fact_has_a_place
from duikou.rules.evidence import Text as DocumentText
from duikou.rules.fact import Fact, Told
from duikou.rules.problem import Problem, Refused, Rule, Weigh, judge
from duikou.rules.rights import Person, Place, may, who_may
from duikou.terms.words import zh

from . import journal
from .decided import standing_of_acts

FEW = 500  # records that questions are looked up for by number; for more, all open questions of their rules are read


class Forbidden(PermissionError):
    """The person may not do this act; names the roles that may."""

    def __init__(self, act: str) -> None:
        self.act = act
        super().__init__(
            f"{zh('act', act)}由{'、'.join(zh('role', role) for role in who_may(act))}办理，当前账号没有这项职责"
        )


@dataclass(frozen=True)
class Raised:
    """What is said of a question from its first day: programme, fen, who answers for it (organisation), days."""

    programme: int
    raised: date
    amount: int | None = None
    owner: int | None = None
    due: date | None = None


@dataclass
class Work:
    """One act under way: the rows it writes, in order, and the problems it met.

    `pouring`: rows that are written as the journal draws them, after the others; a whole book never lies in memory.
    """

    act: str
    person: Person
    rows: dict[tuple[str, int], models.Model] = field(default_factory=dict)
    pouring: Iterable[models.Model] = ()
    problems: list[Problem] = field(default_factory=list)
    questions: list[tuple[Problem, int, str]] = field(default_factory=list)
    raised: dict[tuple[str, int], Raised] = field(default_factory=dict)
    line: int | None = None
    must_journal: bool = False
    programme: str = ""

    @cached_property
    def decisions(self) -> DecisionStanding | None:
        """What is asked of the act before all rules of its subject: a decision, where the programme lists it."""
        return standing_of_acts(self.act, self.programme, today())

    @cached_property
    def _next(self) -> dict[type[models.Model], int]:
        return {}

    def numbers(self, model: type[models.Model], count: int) -> range:
        """A block of new numbers of one table, never used before."""
        start = self._next.get(model)
        if start is None:
            start = (model._base_manager.aggregate(last=Max("pk"))["last"] or 0) + 1
        self._next[model] = start + count
        return range(start, start + count)

    def write(self, rows: Sequence[models.Model]) -> None:
        """Keep new rows of one table."""
        if rows:
            type(rows[0])._base_manager.bulk_create(rows, batch_size=500)
            self.rows.update({(row._meta.db_table, row.pk): row for row in rows})

    def change(self, row: models.Model, **values: Any) -> None:
        """Change columns of a kept row; the journal keeps the row as it is afterwards."""
        row.refresh_from_db()  # it may have been read before this act began; its image must be what the table holds
        for name, value in values.items():
            setattr(row, name, value)
        row.save(update_fields=list(values))
        self.rows[(row._meta.db_table, row.pk)] = row

    def refuse_if_stopped(self) -> None:
        """Refuse the act if a rule stops it: all problems at once."""
        if any(p.weight == "stops" for p in self.problems):
            raise Refused(self.problems)


@contextmanager
def doing(
    act: str, *, person: Person, place: Place, reason: str = "", evidence: str = "", **more: str
) -> Iterator[Work]:
    """One act: the rights, the transaction, and at its end one journal line if anything changed."""
    if not may(person, act, place):
        raise Forbidden(act)
    with transaction.atomic():
        _alone()
        work = Work(act, person, programme=place.programme)
        yield work
        work.refuse_if_stopped()
        _keep_questions(work)
        if work.rows or work.must_journal:
            rows = chain(work.rows.values(), work.pouring)
            work.line = journal.append(
                act, person=person.account, reason=reason, evidence=evidence, rows=rows, **more
            ).number


def _alone() -> None:
    """One act at a time: SQLite's transactions begin IMMEDIATE, on PostgreSQL all wait for one lock."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(20110829)")


class AskedOtherwise(ValueError):
    """A key of a request that asked for something else before."""

    def __init__(self, key: str) -> None:
        super().__init__(f"请求号 {key} 已用于另一件事；换一个请求号再办，或查看那一件")


def once(person: Person, key: str, asked: str, act: Callable[[], list[int]]) -> tuple[list[int], bool]:
    """Do an act once for a key of its account: the numbers it gave, and whether it was done before; without a key, do it.

    `asked` is all that was asked for, in one text; a key that asked for something else is AskedOtherwise.
    """
    if not key:
        return act(), False
    with transaction.atomic():
        _alone()
        digest = sha256(asked.encode()).hexdigest()
        before = Request.objects.filter(account=person.account, key=key).first()
        if before:
            if before.digest != digest:
                raise AskedOtherwise(key)
            return list(before.answer), True
        answer = act()
        Request.objects.create(account=person.account, key=key, digest=digest, answer=answer, at=datetime.now(UTC))
        return answer, False


def judge_all(
    work: Work,
    told: Iterable[Told[Fact]],
    rules: Mapping[type[Any], Sequence[Rule]],
    standing: Callable[[Told[Fact]], Any],
    *,
    opened: date | None,
    weigh: Weigh | None = None,
    day: date | None = None,
) -> dict[str, list[Problem]]:
    """Ask the rules of every fact; all problems go to the work, those that ask are given back by key of the fact.

    `day` is the day they are asked of where it is not the fact's own.
    """
    asking: dict[str, list[Problem]] = {}
    for t in told:
        asked = rules.get(type(t.fact), ())
        found = judge(asked, t.fact, standing(t), day=day, opened=opened, place=t.place, weigh=weigh)
        if known := work.decisions:
            at = day or t.fact.day or known.today
            found += judge(
                [decision_comes_first], t.fact, known, day=at, opened=opened, place=t.place, weigh=known.pack.weight
            )
        work.problems.extend(found)
        asking[t.key] = [p for p in found if p.weight == "asks"]
    return asking


def always(standing: Any) -> Callable[[object], Any]:
    """The same standing for every fact."""
    return lambda _: standing


def judge_one(
    work: Work, fact: Fact, standing: Any, programme: Programme, weigh: Weigh | None = None, day: date | None = None
) -> list[Problem]:
    """Ask all rules of one fact; the act is refused at once where one stops it, else the problems that ask are given."""
    asking = judge_all(
        work, [Told(fact, {})], by_fact(), always(standing), opened=programme.opened, weigh=weigh, day=day
    )
    work.refuse_if_stopped()
    return asking[""]


def judge_places(work: Work, told: Iterable[Told[Fact]]) -> None:
    """Every fact of an intake has its place; checked here once for all subjects."""
    for t in told:
        if not isinstance(t.fact, Document) and (found := fact_has_a_place.ask(t, DocumentText(""))):
            work.problems.append(found.at(t.place))


def _keep_questions(work: Work) -> None:
    """Questions become findings; the same rule asks the same record once."""
    if not work.questions:
        return
    about = {record for _, record, _ in work.questions}
    kept = Finding.objects.exclude(state="settled").filter(rule__in={p.code for p, _, _ in work.questions})
    of_these = {"record__links__to__in": about} if len(about) <= FEW else {"record__links__role": "about"}
    asked = set(kept.filter(**of_these).values_list("rule", "record__links__to_id"))
    new = [(p, r, t) for p, r, t in work.questions if (p.code, r) not in asked]
    if not new:
        return
    said = [r for p, r, _ in new if (p.code, r) not in work.raised]
    programmes = dict(Record.objects.filter(number__in=said).values_list("number", "programme_id"))
    programmes |= {r: raised.programme for (_, r), raised in work.raised.items()}
    numbers = list(work.numbers(Record, len(new)))
    work.write(
        [
            Record(number=n, kind="finding", programme_id=programmes[record])
            for n, (_, record, _) in zip(numbers, new, strict=True)
        ]
    )
    work.write(
        [
            Finding(
                record_id=n,
                rule=p.code,
                title=title,
                found=p.found,
                remedy=p.remedy,
                state="open",
                **(_columns(work.raised[p.code, r]) if (p.code, r) in work.raised else {}),
            )
            for n, (p, r, title) in zip(numbers, new, strict=True)
        ]
    )
    work.write(
        [
            Link(number=k, record_id=n, role="about", position=1, to_id=record)
            for k, n, (_, record, _) in zip(work.numbers(Link, len(new)), numbers, new, strict=True)
        ]
    )


def _columns(raised: Raised) -> dict[str, Any]:
    """The columns of a finding that has an owner."""
    return {"amount": raised.amount, "raised": raised.raised, "owner_id": raised.owner, "due": raised.due}


def ask(work: Work, problems: Iterable[Problem], record: int, title: str = "") -> None:
    """Keep problems that ask as questions about a record."""
    work.questions.extend((p, record, title or p.found) for p in problems if p.weight == "asks")


def today() -> date:
    """The server's day."""
    return datetime.now(UTC).astimezone().date()


def programme_of(code: str) -> Programme:
    """The programme of a code."""
    return Programme.objects.get(code=code)


def place_of(programme: Programme) -> Place:
    """A programme as the thing a right is asked of."""
    return Place(programme=programme.code, state="public" if programme.published else "internal")
