"""Standing checks on what enterprises mean to do: an intention, or what was signed, that nothing has followed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from duikou.terms.words import zh

from .amounts import months_after
from .checks import Checked
from .problem import Found, Rule, rule

EARLY = ("intended", "signed")  # steps (terms: step) after which nothing is built yet


@dataclass(frozen=True)
class Intended:
    """An intention or an investment: the last step it has taken and the last day on which that may have been."""

    name: str
    step: str
    since: date

    def months(self, day: date) -> int:
        """How many whole months it has stood at this step on a day."""
        gone = (day.year - self.since.year) * 12 + day.month - self.since.month
        return max(gone - (months_after(self.since, max(gone, 0)) > day), 0)


@rule("intentions.1", basis="意向不等于投资：久无下文的要问", weight="asks", needs=("months",))
def an_intention_is_followed_by_a_step(fact: Intended, standing: Checked) -> Found | None:
    """意向、签约之后，应在规定的月数内有下一步。
    An intention, or what was signed, is followed by a next step within the set number of months."""
    most = standing.value("intentions.1", "months")
    if not most or fact.step not in EARLY or standing.today <= months_after(fact.since, most):
        return None
    said = f"“{zh('step', fact.step)}”是 {fact.since}，至今 {fact.months(standing.today)} 个月没有下一步"
    return Found(said, f"{most} 个月内有下一步", "登记已办成的下一步；不再办的写明原因，由合作交流办判定")


RULES: Mapping[type[Any], tuple[Rule, ...]] = {Intended: (an_intention_is_followed_by_a_step,)}
CODES = tuple(r.code for rules in RULES.values() for r in rules)
