"""Opening programmes; organisations, pairings, agreements and visits enter the book."""

from collections.abc import Sequence

from duikou.records.models import Programme, Record
from duikou.rules import programmes as rules
from duikou.rules.fact import Fact, Told

from .doing import Work, ask, judge_all, today
from .entering import enter


def open_programmes(work: Work, told: Sequence[Told[Fact]], keys: dict[str, int]) -> list[int]:
    """Programmes: each is the programme of its own record."""
    standing = rules.Standing(today())
    judge_all(work, told, rules.RULES, lambda _: standing, opened=None)
    work.refuse_if_stopped()
    numbers = enter(work, None, told, keys)
    for record in Record.objects.filter(number__in=numbers):
        work.change(record, programme_id=record.number)
    return numbers


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
