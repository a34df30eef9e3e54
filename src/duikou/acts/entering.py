"""Facts become rows: the record and its kind, parties, lists, links, passages and statements, in batches."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from django.apps import apps
from django.db import models

from duikou.records.models import Item, Link, Organisation, Party, Passage, Record, Statement
from duikou.rules.evidence import Document
from duikou.rules.fact import Fact, Ref, Source, Told
from duikou.rules.kinds import WORDS
from duikou.rules.period import Period
from duikou.rules.problem import Problem
from duikou.rules.programmes import Organisation as OrganisationFact
from duikou.rules.quantity import Quantity
from duikou.terms.words import Words, vocabulary

from .doing import Work


def enter(work: Work, programme: int | None, told: Sequence[Told[Fact]], keys: dict[str, int]) -> list[int]:
    """Write facts as records with their parties, lists, links, passages and statements; their record numbers.

    `keys` holds the numbers of records that earlier facts of the same intake brought, by key; it is added to.
    """
    numbers = list(work.numbers(Record, len(told)))
    keys.update({t.key: n for t, n in zip(told, numbers, strict=True) if t.key})
    resolve = _Resolver(keys)
    resolve.codes |= {
        t.fact.code: n for t, n in zip(told, numbers, strict=True) if isinstance(t.fact, OrganisationFact)
    }
    work.write([Record(number=n, kind=t.fact.kind, programme_id=programme) for t, n in zip(told, numbers, strict=True)])
    for kind in dict.fromkeys(t.fact.kind for t in told):
        chosen = [(t, n) for t, n in zip(told, numbers, strict=True) if t.fact.kind == kind]
        rows = [_row(t.fact, n, resolve) for t, n in chosen]
        work.problems += [p for (t, _), row in zip(chosen, rows, strict=True) for p in _odd(row, t)]
        work.refuse_if_stopped()
        work.write(rows)
    _write_lists(work, told, numbers, resolve)
    _write_statements(work, told, numbers, resolve)
    return numbers


def enter_paper(work: Work, programme: int | None, title: str, when: Period | None, digest: str = "") -> Source:
    """A paper of the receiving side that an act brings, as the document that its fact rests on."""
    paper = Document(title=title, medium="notice", grade="original", when=when, digest=digest)
    (document,) = enter(work, programme, [Told(paper, {})], {})
    return Source(document, "receiving", None, "", title[-20:])


def row_as_told(work: Work, told: Told[Fact], number: int, keys: Mapping[str, int]) -> models.Model:
    """The row that a fact is to become, not written yet; what no column can hold stops the act."""
    row = _row(told.fact, number, _Resolver(keys))
    work.problems += _odd(row, told)
    work.refuse_if_stopped()
    return row


def lists_as_told(fact: Fact, keys: Mapping[str, int]) -> dict[type[models.Model], list[dict[str, Any]]]:
    """What a fact holds several of, as columns: who took part, points of lists, links."""
    resolve = _Resolver(keys)
    return {
        Party: [{"role": role, "organisation_id": resolve.organisation(ref)} for role, ref in fact.parties],
        Item: [{"list": name, "text": text, "detail": detail} for name, text, detail in fact.items],
        Link: [{"role": role, "to_id": resolve.record(ref)} for role, ref in fact.links],
    }


def enter_statements(work: Work, told: Told[Fact], number: int, keys: Mapping[str, int]) -> None:
    """Write what the sources of a fact say of a record that is kept."""
    _write_statements(work, [told], [number], _Resolver(keys))


def link(work: Work, record: int, links: Sequence[tuple[str, Ref]]) -> None:
    """Further links of a kept record, after those that it has; one that it has is not written again."""
    kept = list(Link.objects.filter(record=record).values_list("role", "to_id"))
    new = [(role, number) for role, to in links if (role, number := _Resolver({}).record(to)) not in kept]
    work.write(
        [
            Link(number=n, record_id=record, role=role, position=len(kept) + p, to_id=to)
            for p, (n, (role, to)) in enumerate(zip(work.numbers(Link, len(new)), new, strict=True), 1)
        ]
    )


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


def _odd(row: models.Model, told: Told[Fact]) -> Iterator[Problem]:
    """What no column can hold: texts that are too long, codes that are in no list."""
    yield from _too_long(row, told.place)
    yield from _off_list(told)


def _off_list(told: Told[Fact]) -> Iterator[Problem]:
    """Codes that are in no list of the terms: pages could not say them."""
    for name, words in CODED.get(told.fact.kind, ()):
        code = getattr(told.fact, name, "")
        if code and code not in vocabulary()[words]:
            expected = "、".join(vocabulary()[words])
            yield Problem("records.2", "stops", OFF_LIST, f"{name} = {code}", expected, "从词表中选", told.place)


TOO_LONG = Words("records.1", "文字不超过规定的长度", "A text is no longer than its field")
CODED = {kind: [(name, words) for (of, name), words in WORDS.items() if of == kind] for kind, _ in WORDS}
OFF_LIST = Words("records.2", "编码取自词表", "A code is in its list of terms")
OWN = ("when", "inferred", "parties", "items", "links")


def _row(fact: Fact, number: int, resolve: _Resolver) -> models.Model:
    """The row of a fact: quantities become four columns, references numbers; what it holds several of is not its own."""
    model = _model(fact)
    values: dict[str, Any] = {"record_id": number, "inferred": ",".join(fact.inferred)}
    if fact.when:
        values |= {"first": fact.when.first, "last": fact.when.last}
    for f in fields(fact):
        value = getattr(fact, f.name)
        if f.name in OWN or value is None or isinstance(value, tuple):
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


def _passages(work: Work, places: Mapping[tuple[int, int | None, str], str]) -> dict[tuple[int, int | None, str], int]:
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
