"""How every act is done: who may, one transaction, batches of rows, questions kept, one line in the journal."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import Max

from duikou.records.models import Finding, Item, Link, Organisation, Party, Passage, Programme, Record, Statement
from duikou.rules.evidence import Document, fact_has_a_place
from duikou.rules.evidence import Text as DocumentText
from duikou.rules.fact import Fact, Ref, Source, Told
from duikou.rules.problem import Problem, Refused, Rule, judge
from duikou.rules.programmes import Organisation as OrganisationFact
from duikou.rules.quantity import Quantity
from duikou.rules.rights import may
from duikou.terms.words import Words

from . import journal


@dataclass(frozen=True)
class Person:
    """Who acts: the account and the roles it bears today."""

    account: str
    roles: frozenset[str]


class Forbidden(PermissionError):
    """The person may not do this act; names the roles that may."""


@dataclass
class Work:
    """One act under way: the rows it writes, in order, and the problems it met."""

    act: str
    person: Person
    rows: dict[tuple[str, int], models.Model] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    questions: list[tuple[Problem, int, str]] = field(default_factory=list)
    line: int | None = None
    must_journal: bool = False

    @cached_property
    def _next(self) -> dict[type[models.Model], int]:
        return {}

    def numbers(self, model: type[models.Model], count: int) -> range:
        """A block of new numbers of one table, never used before."""
        start = self._next.get(model)
        if start is None:
            start = (model._default_manager.aggregate(last=Max("pk"))["last"] or 0) + 1
        self._next[model] = start + count
        return range(start, start + count)

    def write(self, rows: Sequence[models.Model]) -> None:
        """Keep new rows of one table."""
        if rows:
            type(rows[0])._default_manager.bulk_create(rows, batch_size=500)
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
def doing(act: str, *, person: Person, reason: str = "", evidence: str = "", **more: str) -> Iterator[Work]:
    """One act: the rights, the transaction, and at its end one journal line if anything changed."""
    if not may(person.roles, act):
        raise Forbidden(f"账号 {person.account} 无权办理 {act}")
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(20110829)")
        work = Work(act, person)
        yield work
        work.refuse_if_stopped()
        _keep_questions(work)
        if work.rows or work.must_journal:
            rows = list(work.rows.values())
            work.line = journal.append(
                act, person=person.account, reason=reason, evidence=evidence, rows=rows, **more
            ).number


# ---- facts become rows -----------------------------------------------------------------------------------------


def enter(work: Work, programme: int | None, told: Sequence[Told[Fact]], keys: dict[str, int]) -> list[int]:
    """Write facts as records with their parties, lists, links, passages and statements; their record numbers.

    `keys` holds the numbers of records that earlier facts of the same intake brought, by key; it is added to.
    """
    numbers = list(work.numbers(Record, len(told)))
    keys.update({t.key: n for t, n in zip(told, numbers, strict=True) if t.key})
    resolve = _Resolver(keys)
    resolve.codes |= {t.fact.code: n for t, n in zip(told, numbers, strict=True) if isinstance(t.fact, OrganisationFact)}
    work.write([Record(number=n, kind=t.fact.kind, programme_id=programme) for t, n in zip(told, numbers, strict=True)])
    for kind in dict.fromkeys(t.fact.kind for t in told):
        chosen = [(t, n) for t, n in zip(told, numbers, strict=True) if t.fact.kind == kind]
        rows = [_row(t.fact, n, resolve) for t, n in chosen]
        work.problems += [p for (t, _), row in zip(chosen, rows, strict=True) for p in _too_long(row, t.place)]
        work.refuse_if_stopped()
        work.write(rows)
    _write_lists(work, told, numbers, resolve)
    _write_statements(work, told, numbers, resolve)
    return numbers


class _Resolver:
    """Keys of facts and codes of organisations to record numbers."""

    def __init__(self, keys: Mapping[str, int]) -> None:
        self.keys = keys
        self.codes: dict[str, int] = dict(Organisation.objects.values_list("code", "record_id"))

    def record(self, ref: Ref) -> int:
        if isinstance(ref, int):
            return ref
        if ref in self.keys:
            return self.keys[ref]
        return self.organisation(ref)

    def organisation(self, ref: Ref) -> int:
        if isinstance(ref, int):
            return ref
        if ref not in self.codes:
            raise UnknownReference(ref)
        return self.codes[ref]


class UnknownReference(LookupError):
    """A key or code that names nothing in the book or in this intake."""


def _model(fact: Fact) -> type[models.Model]:
    return apps.get_model("records", type(fact).__name__)


def _too_long(row: models.Model, place: str) -> Iterator[Problem]:
    """Texts longer than their column: SQLite would keep them, PostgreSQL would fail."""
    for column in row._meta.concrete_fields:
        text = getattr(row, column.attname)
        if isinstance(column, models.CharField) and column.max_length and len(text or "") > column.max_length:
            found, expected = f"{column.name} 有 {len(text)} 个字", f"至多 {column.max_length} 个字"
            yield Problem("records.1", "stops", TOO_LONG, found, expected, "写短些", place)


TOO_LONG = Words("records.1", "文字不超过规定的长度", "A text is no longer than its field")
OWN = ("when", "inferred", "parties", "items", "links")


def _row(fact: Fact, number: int, resolve: _Resolver) -> models.Model:
    """The row of a fact: quantities become four columns, references become numbers."""
    model = _model(fact)
    values: dict[str, Any] = {"record_id": number, "inferred": ",".join(fact.inferred)}
    if fact.when:
        values |= {"first": fact.when.first, "last": fact.when.last}
    for f in fields(fact):
        value = getattr(fact, f.name)
        if f.name in OWN or value is None:
            continue
        if isinstance(value, Quantity):
            values |= quantity_values(f.name, value)
        else:
            column = model._meta.get_field(f.name)
            if column.is_relation:
                to_organisation = column.related_model is Organisation
                values[f"{f.name}_id"] = (resolve.organisation if to_organisation else resolve.record)(value)
            else:
                values[f.name] = value
    return model(**values)


def quantity_values(name: str, value: Quantity) -> dict[str, Any]:
    """The four columns of a quantity."""
    return {
        f"{name}_low": value.low, f"{name}_high": value.high, f"{name}_hedge": value.hedge, f"{name}_unit": value.unit
    }  # fmt: skip


def _write_lists(work: Work, told: Sequence[Told[Fact]], numbers: Sequence[int], resolve: _Resolver) -> None:
    parties, items, links = [], [], []
    for t, record in zip(told, numbers, strict=True):
        for position, (role, ref) in enumerate(t.fact.parties, 1):
            parties.append((record, role, position, resolve.organisation(ref)))
        for position, (name, text, detail) in enumerate(t.fact.items, 1):
            items.append((record, name, position, text, detail))
        for position, (role, ref) in enumerate(t.fact.links, 1):
            links.append((record, role, position, resolve.record(ref)))
    work.write(
        [
            Party(number=n, record_id=r, role=role, position=p, organisation_id=o)
            for n, (r, role, p, o) in zip(work.numbers(Party, len(parties)), parties, strict=True)
        ]
    )
    work.write(
        [
            Item(number=n, record_id=r, list=name, position=p, text=text, detail=detail)
            for n, (r, name, p, text, detail) in zip(work.numbers(Item, len(items)), items, strict=True)
        ]
    )
    work.write(
        [
            Link(number=n, record_id=r, role=role, position=p, to_id=to)
            for n, (r, role, p, to) in zip(work.numbers(Link, len(links)), links, strict=True)
        ]
    )


def _write_statements(work: Work, told: Sequence[Told[Fact]], numbers: Sequence[int], resolve: _Resolver) -> None:
    """One passage per place, one statement per record for the whole and for each quantity."""
    places: dict[tuple[int, int | None, str], str] = {}
    said: list[tuple[int, str, tuple[int, int | None, str], str, str, Quantity | None]] = []
    for t, record in zip(told, numbers, strict=True):
        quantities = {f.name: v for f in fields(t.fact) if isinstance(v := getattr(t.fact, f.name), Quantity)}
        for aspect in ["", *quantities]:
            source = t.source_of(aspect)
            if source is None:
                continue
            place = (resolve.record(source.document), source.paragraph, source.fragment)
            places.setdefault(place, source.section)
            said.append((record, aspect, place, source.side, t.said.get(aspect, ""), quantities.get(aspect)))
    passages = _passages(work, places)
    work.write(
        [
            Statement(
                number=n, record_id=record, passage_id=passages[place], side=side, aspect=aspect, said=words,
                **(quantity_values("value", value) if value else {}),
            )
            for n, (record, aspect, place, side, words, value) in zip(
                work.numbers(Statement, len(said)), said, strict=True
            )
        ]
    )  # fmt: skip


def _passages(
    work: Work, places: Mapping[tuple[int, int | None, str], str]
) -> dict[tuple[int, int | None, str], int]:
    """The numbers of passages, those already kept used again."""
    documents = {place[0] for place in places}
    kept = {
        (d, p, f): n
        for n, d, p, f in Passage.objects.filter(document__in=documents).values_list(
            "number", "document_id", "paragraph", "fragment"
        )
    }
    new = [place for place in places if place not in kept]
    rows = [
        Passage(number=n, document_id=d, paragraph=p, fragment=f, section=places[(d, p, f)])
        for n, (d, p, f) in zip(work.numbers(Passage, len(new)), new, strict=True)
    ]
    work.write(rows)
    return kept | {(r.document_id, r.paragraph, r.fragment): r.number for r in rows}


# ---- judging ---------------------------------------------------------------------------------------------------


def judge_all(
    work: Work,
    told: Iterable[Told[Fact]],
    rules: Mapping[type[Any], Sequence[Rule]],
    standing: Callable[[Told[Fact]], Any],
    *,
    opened: date | None,
) -> dict[str, list[Problem]]:
    """Ask the rules of every fact; all problems go to the work, those that ask are given back by key of the fact."""
    asking: dict[str, list[Problem]] = {}
    for t in told:
        day = t.fact.when.last if t.fact.when else None
        found = judge(rules.get(type(t.fact), ()), t.fact, standing(t), day=day, opened=opened, place=t.place)
        work.problems.extend(found)
        asking[t.key] = [p for p in found if p.weight == "asks"]
    return asking


def judge_places(work: Work, told: Iterable[Told[Fact]]) -> None:
    """Every fact of an intake has its place; checked here once for all subjects."""
    for t in told:
        if not isinstance(t.fact, Document) and (found := fact_has_a_place.ask(t, DocumentText(""))):
            work.problems.append(found.at(t.place))


def _keep_questions(work: Work) -> None:
    """Questions become findings; the same rule asks the same record once."""
    if not work.questions:
        return
    asked = {
        (rule, record)
        for rule, record in Finding.objects.exclude(state="settled")
        .filter(record__links__to__in={record for _, record, _ in work.questions})
        .values_list("rule", "record__links__to_id")
    }
    new = [(p, r, t) for p, r, t in work.questions if (p.code, r) not in asked]
    if not new:
        return
    programmes = dict(Record.objects.filter(number__in=[r for _, r, _ in new]).values_list("number", "programme_id"))
    numbers = list(work.numbers(Record, len(new)))
    work.write(
        [
            Record(number=n, kind="finding", programme_id=programmes[record])
            for n, (_, record, _) in zip(numbers, new, strict=True)
        ]
    )
    work.write(
        [
            Finding(record_id=n, rule=p.code, title=title, found=p.found, remedy=p.remedy, state="open")
            for n, (p, _, title) in zip(numbers, new, strict=True)
        ]
    )
    work.write(
        [
            Link(number=k, record_id=n, role="about", position=1, to_id=record)
            for k, n, (_, record, _) in zip(work.numbers(Link, len(new)), numbers, new, strict=True)
        ]
    )


def ask(work: Work, problems: Iterable[Problem], record: int, title: str = "") -> None:
    """Keep problems that ask as questions about a record."""
    work.questions.extend((p, record, title or p.found) for p in problems if p.weight == "asks")


def today() -> date:
    """The server's day."""
    return datetime.now(UTC).astimezone().date()


def programme_of(code: str) -> Programme:
    """The programme of a code."""
    return Programme.objects.get(code=code)


__all__ = [
    "Forbidden", "Person", "Source", "UnknownReference", "Work", "ask", "doing", "enter", "judge_all", "judge_places",
    "programme_of", "quantity_values", "today",
]  # fmt: skip
