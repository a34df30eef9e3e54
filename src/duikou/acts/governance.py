"""Policy basis, leading group, working rules, measures, instructions, commitments enter the book."""

from collections.abc import Sequence

from duikou.records.models import Programme
from duikou.rules import governance as rules
from duikou.rules.fact import Fact, Told

from .doing import Work, judge_all
from .entering import enter


def enter_governance(work: Work, programme: Programme, told: Sequence[Told[Fact]], keys: dict[str, int]) -> list[int]:
    """What the programme rests on and is led by."""
    judge_all(work, told, rules.RULES, lambda _: None, opened=programme.opened)
    work.refuse_if_stopped()
    return enter(work, programme.record_id, told, keys)
