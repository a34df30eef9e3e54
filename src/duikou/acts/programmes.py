"""Programmes are opened and published; organisations, pairings, agreements and visits enter the book."""

from collections.abc import Sequence
from dataclasses import replace

from duikou.records.models import Document, Organisation, Programme, Record
from duikou.rules import programmes as rules
from duikou.rules.fact import Fact, Told
from duikou.rules.rights import Person

from .doing import Work, always, ask, doing, judge_all, place_of, today
from .entering import enter
from .judged import Judged

CONTACTS = Judged(rules.RULES, lambda *_: always(rules.Standing(today())))


def open_programmes(work: Work, told: Sequence[Told[Fact]], keys: dict[str, int]) -> list[int]:
    """Programmes: each is the programme of its own record."""
    judge_all(work, told, rules.RULES, lambda t: of_programme(t.fact), opened=None)  # type: ignore[arg-type]  # of programmes only
    work.refuse_if_stopped()
    numbers = enter(work, None, told, keys)
    for record in Record.objects.filter(number__in=numbers):
        work.change(record, programme_id=record.number)
    return numbers


def of_programme(fact: rules.Programme) -> rules.Standing:
    """What bears the code and the title of a programme that is to be opened."""
    coded = Programme.objects.filter(code=fact.code).values_list("title", flat=True).first()
    named = Programme.objects.filter(title=fact.title).values_list("code", flat=True).first()
    return rules.Standing(today(), coded=coded or "", named=named or "")


def of_organisation(fact: rules.Organisation) -> rules.Standing:
    """Who bears the credit code and the name of an organisation that is to be registered."""
    bearer = Organisation.objects.filter(credit_code=fact.credit_code).first() if fact.credit_code else None
    named = Organisation.objects.filter(name=fact.name).values_list("code", flat=True).first()
    return rules.Standing(today(), bearer.name if bearer else "", named=named or "")


def enter_contacts(
    work: Work, programme: Programme | None, told: Sequence[Told[Fact]], keys: dict[str, int]
) -> list[int]:
    """Organisations (of no programme), pairings, agreements, visits."""
    standing = rules.Standing(today())
    opened = programme.opened if programme else None
    asking = judge_all(work, told, rules.RULES, lambda _: standing, opened=opened)
    work.refuse_if_stopped()
    numbers = enter(work, programme.record_id if programme else None, told, keys)
    for t, number in zip(told, numbers, strict=True):
        ask(work, asking[t.key], number)
    return numbers


def register_payee(fact: rules.Organisation, *, person: Person, programme: Programme) -> int:
    """An organisation that is paid, with its credit code; its record number. Its short code is given here."""
    with doing("register_payee", person=person, place=place_of(programme)) as work:
        bearer = Organisation.objects.filter(credit_code=fact.credit_code).first() if fact.credit_code else None
        fact = replace(fact, code=f"p{Organisation.objects.filter(code__startswith='p').count() + 1:05d}")
        standing = rules.Standing(today(), bearer.name if bearer else "")
        judge_all(work, [Told(fact, {})], rules.RULES, always(standing), opened=None)
        work.refuse_if_stopped()
        return enter(work, None, [Told(fact, {})], {})[0]


def publish(programme: Programme, documents: Sequence[Document] = (), *, person: Person, reason: str) -> None:
    """What the book holds of a programme may be seen by everyone from today, and the whole text of these documents."""
    with doing("publish_programme", person=person, place=place_of(programme), reason=reason) as work:
        rows: tuple[Programme | Document, ...] = (programme, *documents)
        for row in rows:
            if row.published is None:
                work.change(row, published=today())
