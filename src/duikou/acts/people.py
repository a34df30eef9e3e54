"""Training, secondment, students and medical teams enter the book."""

from collections.abc import Sequence

from duikou.records.models import Programme
from duikou.rules import people as rules
from duikou.rules.fact import Fact, Told

from .doing import Work, judge_all
from .entering import enter


def enter_people(work: Work, programme: Programme, told: Sequence[Told[Fact]], keys: dict[str, int]) -> list[int]:
    """People programmes, each number in its own unit."""
    judge_all(work, told, rules.RULES, lambda _: None, opened=programme.opened)
    work.refuse_if_stopped()
    return enter(work, programme.record_id, told, keys)
