"""What most subjects do with what is told: judge it, enter it, keep its questions; correct a record that is kept."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model

from duikou.records.models import Programme
from duikou.rules.fact import Fact, Ref, Told
from duikou.rules.problem import Rule

from .doing import Work, ask, judge_all
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
        asking = judge_all(work, told, self.rules, self.standings(programme, keys, None), opened=programme.opened)
        work.refuse_if_stopped()
        numbers = enter(work, programme.record_id, told, keys)
        if work.act != LOADING:
            for t, number in zip(told, numbers, strict=True):
                ask(work, asking[t.key], number)
        return numbers


def kept(model: type[M], ref: Ref | None, keys: Keys) -> M | None:
    """The row that a fact refers to: by its number, or by the key under which the same file has brought it."""
    number = keys.get(ref) if isinstance(ref, str) else ref
    return model._default_manager.filter(pk=number).first() if number else None
