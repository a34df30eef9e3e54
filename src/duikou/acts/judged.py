"""What most subjects do with what is told: judge it, enter it, keep its questions; correct a record that is kept."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db.models import Model

from duikou.records.models import Programme
from duikou.rules.fact import Fact, Ref, Told
from duikou.rules.problem import Rule

from .doing import Work, ask, judge_all, today
from .entering import enter

LOADING = "load_programme"
M = TypeVar("M", bound=Model)
Keys = Mapping[str, int]
Standings = Callable[[Programme, Keys, int | None], Callable[[Told[Fact]], Any]]
"""What the book knows of each fact: of a programme, with keys of the same file, leaving out the record that is corrected."""


@dataclass(frozen=True)
class Judged:
    """A subject whose facts are judged one by one: its rules, and what the book knows of each fact."""

    rules: Mapping[type[Any], Sequence[Rule]]
    standings: Standings = lambda *_: lambda _: None

    def enter(self, work: Work, programme: Programme, told: Sequence[Told[Fact]], keys: dict[str, int]) -> list[int]:
        """Judge facts, enter them, keep what is asked; a file of the past is not asked for what nobody wrote down then."""
        standings = self.standings(programme, keys, None)
        asking = judge_all(work, told, self.rules, standings, opened=programme.opened, day=day_of(work, told))
        work.refuse_if_stopped()
        numbers = enter(work, programme.record_id, told, keys)
        if work.act != LOADING:
            for t, number in zip(told, numbers, strict=True):
                ask(work, asking[t.key], number)
        return numbers


def day_of(work: Work, told: Sequence[Told[Fact]]) -> date | None:
    """The day whose rules hold where facts say none: today for what a person records, none for a file of the past."""
    return today() if work.act != LOADING and not any(t.fact.when for t in told) else None


def kept(model: type[M], ref: Ref | None, keys: Keys) -> M | None:
    """The row that a fact refers to: by its number, or by the key under which the same file has brought it."""
    number = keys.get(ref) if isinstance(ref, str) else ref
    return model._default_manager.filter(pk=number).first() if number else None
