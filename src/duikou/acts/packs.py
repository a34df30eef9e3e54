"""Rule packs: a programme adopts one from a day, and every act asks what the programme has chosen."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Q

from duikou.records.models import Programme, Setting, of
from duikou.rules.book import by_fact, packs
from duikou.rules.fact import Told
from duikou.rules.packs import Pack
from duikou.rules.packs import Setting as SettingFact
from duikou.rules.period import Period
from duikou.rules.problem import Problem, judge
from duikou.rules.rights import Person

from .chosen import OPEN, pack_of
from .doing import doing, place_of
from .entering import enter

__all__ = ["NoSuchPack", "adopt_pack", "adopted", "pack_of", "rehearse"]
History = Iterable[tuple[int, Any, Any]]
"""Record number, fact and standing of its time: what an act's subject offers for a rehearsal."""


class NoSuchPack(LookupError):
    """A pack that does not ship; names those that do."""

    def __init__(self, code: str) -> None:
        super().__init__(f"没有规则包 {code}；可用：{'、'.join(packs())}")


def adopt_pack(programme: Programme, code: str, first: date, *, person: Person, reason: str = "") -> list[int]:
    """Let a pack hold for a programme from a day, in place of what it had chosen before; numbers of the settings."""
    if code not in packs():
        raise NoSuchPack(code)
    with doing("adopt_pack", person=person, place=place_of(programme), reason=reason) as work:
        earlier = of(Setting, programme).filter(Q(ended=None) | Q(ended__gt=first))
        for row in earlier.filter(last__gte=first):
            work.change(row, ended=first)
        settings = [Told(fact, {}) for fact in _settings(code, first)]
        return enter(work, programme.record_id, settings, {})


def _settings(code: str, first: date) -> Iterator[SettingFact]:
    """The settings of a pack from a day on; those whose own days are over by then are left out."""
    for choice in packs()[code].choices:
        begins, ends = max(first, choice.first or first), choice.last or OPEN
        if begins <= ends:
            yield SettingFact(
                pack=code, rule=choice.rule, weight=choice.weight, basis=choice.basis, when=Period(begins, ends),
                items=tuple(("value", name, str(value)) for name, value in choice.values.items()),
            )  # fmt: skip


def rehearse(history: History, codes: Iterable[str], pack: Pack) -> list[tuple[int, date | None, Problem]]:
    """What rules would have found in history, had a pack held then: record, day, problem with its weight.

    A rule that the pack only tries or does not use is taken as it is written: a rehearsal shows what it would do.
    """
    wanted = frozenset(codes)
    found = []
    for number, fact, standing in history:
        rules = [rule for rule in by_fact().get(type(fact), ()) if rule.code in wanted]
        problems = judge(rules, fact, replace(standing, pack=pack), day=None, opened=None, weigh=_in_earnest(pack))
        found += [(number, fact.day, problem) for problem in problems]
    return found


def _in_earnest(pack: Pack) -> Callable[[str, date], str]:
    return lambda rule, day: {"stops": "stops", "asks": "asks"}.get(pack.weight(rule, day), "")


def adopted(programme: Programme) -> list[tuple[str, date]]:
    """The packs that a programme has adopted and not replaced, each with the first day it holds."""
    rows = of(Setting, programme).filter(ended=None).order_by("first")
    found: dict[str, date] = {}
    for pack, first in rows.values_list("pack", "first"):
        if first:
            found.setdefault(pack, first)
    return list(found.items())
