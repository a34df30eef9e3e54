"""Standing checks on what was promised and handed on: asked of the book on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from .amounts import months_after
from .checks import Checked
from .problem import Found, Rule, rule


@dataclass(frozen=True)
class Promised:
    """A promise: the last day it may have been made on, the last day something was said of it."""

    text: str
    made: date
    replied: date | None = None


@dataclass(frozen=True)
class Handed:
    """A matter in the hands of an office: by when it is due, when it was answered."""

    content: str
    due: date
    answered: date | None = None


@rule("promises.1", basis="报告展望的事，下一次报告要答复", weight="asks")
def promise_is_spoken_of_within_a_year(fact: Promised, standing: Checked) -> Found | None:
    """作出的承诺每年至少答复一次。
    What was promised is spoken of at least once a year."""
    last = max(fact.made, fact.replied or fact.made)
    if standing.today <= months_after(last, 12):
        return None
    said = f"上次答复 {fact.replied}" if fact.replied else f"{fact.made} 承诺，没有答复过"
    return Found(said, "满一年前答复一次", "登记承诺答复：办到哪一步，不再实施的写明原因")


@rule("promises.2", basis="督办：到期须有回音", weight="asks")
def assignment_is_answered_in_time(fact: Handed, standing: Checked) -> Found | None:
    """交办事项应在期限内答复。
    An assignment is answered by the day it is due."""
    late = (standing.today - fact.due).days
    if fact.answered is not None or late <= 0:
        return None
    return Found(
        f"应于 {fact.due} 前答复，已逾期 {late} 天", "按期答复", "由承办单位答复；办不完的说明原因，商定新的期限"
    )


RULES: Mapping[type[Any], tuple[Rule, ...]] = {
    Promised: (promise_is_spoken_of_within_a_year,),
    Handed: (assignment_is_answered_in_time,),
}
CODES = tuple(r.code for rules in RULES.values() for r in rules)
