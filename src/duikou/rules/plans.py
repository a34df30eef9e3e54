"""Plans and what guides them."""

from dataclasses import dataclass
from typing import Literal

from duikou.terms.words import zh

from .amounts import words
from .fact import Fact, Ref
from .period import Period
from .problem import Found, rule
from .quantity import Quantity


@dataclass(frozen=True, kw_only=True)
class Plan(Fact):
    """A plan for its years (`when`), with its state (terms: plan_status)."""

    title: str
    type: str
    status: str
    version: int | None = None
    replaces: Ref | None = None
    under: Ref | None = None


@dataclass(frozen=True, kw_only=True)
class Principle(Fact):
    """Principles, tasks or a priority; the points are a list."""

    type: str


@dataclass(frozen=True, kw_only=True)
class Experience(Fact):
    """Years of earlier support that are drawn upon."""

    subject: str
    years: Quantity | None = None


@dataclass(frozen=True, kw_only=True)
class Consultation(Fact):
    """Rounds of consultation and what they led to."""

    subject: str = ""
    times: Quantity | None = None


@dataclass(frozen=True, kw_only=True)
class Fitting(Fact):
    """A sector of a plan: fen that the plan itself puts there, fen that the plans under it put there in all."""

    sector: str
    stated: int
    planned: int


@dataclass(frozen=True, kw_only=True)
class Superseding(Fact):
    """A new version of a plan: how many lines that still hold were left under the one it replaces, of how many fen."""

    left: int
    amount: int


@dataclass(frozen=True)
class PlanKnown:
    """What the book knows beside a plan: the years of the plan above it, the version that it replaces."""

    upper: Period | None = None
    before: int | None = None


Carried = Literal["none", "under_way", "done"]
NOT_BEGUN, DONE = ("preparing", "to_be_settled", "cancelled"), ("completed", "in_use", "in_production")


def carried(status: str) -> Carried:
    """How far a line of a plan is carried out, by the status of its project (terms: status)."""
    if status in DONE:
        return "done"
    return "none" if status in NOT_BEGUN else "under_way"


@rule("plans.1", basis="规划须标明期间")
def plan_has_its_years(fact: Plan, standing: object) -> Found | None:
    """规划和年度计划须写明管哪几年。
    A plan says which years it is for."""
    return None if fact.when else Found("未写期间", "如 2011 或 2011..2015", "补上 when")


@rule("plans.2", basis="原则、任务须逐条列出")
def principle_has_points(fact: Principle, standing: object) -> Found | None:
    """工作原则、主要任务须逐条列出。
    Principles and tasks are listed one by one."""
    return None if fact.items else Found("没有条目", "至少一条", "在 items 中逐条列出")


@rule("plans.3", basis="年度计划与五年规划衔接", weight="asks")
def years_within_the_upper_plan(fact: Plan, standing: PlanKnown) -> Found | None:
    """计划的年份须在上位规划的期间之内。
    The years of a plan lie within those of the plan above it."""
    if fact.when is None or standing.upper is None or fact.when.within(standing.upper):
        return None
    return Found(fact.when.zh, f"在{standing.upper.zh}之内", "核对年份，或改为管这几年的上位规划")


@rule("plans.4", basis="年度计划由五年规划分解", weight="asks")
def annual_plan_stands_under_one(fact: Plan, standing: object) -> Found | None:
    """年度计划须写明承接哪个五年规划。
    An annual plan names the five-year plan that it stands under."""
    if fact.type != "annual" or fact.under is not None:
        return None
    return Found("未写上位规划", "所承接的五年规划", "更正这个计划，选上位规划；还没有规划的先登记规划")


@rule("plans.5", basis="计划调整须分清先后版次")
def new_version_has_a_higher_number(fact: Plan, standing: PlanKnown) -> Found | None:
    """新版计划的版次须大于所替代的版次。
    The number of a new version is higher than that of the one it replaces."""
    if fact.version is None or standing.before is None or fact.version > standing.before:
        return None
    return Found(f"第 {fact.version} 版，所替代的是第 {standing.before} 版", "版次更大", "改正版次，或改选所替代的计划")


@rule("plans.6", basis="年度计划与五年规划衔接；超出的先办中期调整", weight="asks")
def lower_plans_within_the_upper(fact: Fitting, standing: object) -> Found | None:
    """下级计划在一个领域安排的资金合计，不超过上位规划在这个领域列出的资金。
    What the plans below put in a sector stays within what the plan above lists there."""
    if fact.planned <= fact.stated:
        return None
    found = f"{zh('sector', fact.sector)}：下级计划合计 {words(fact.planned)}"
    return Found(found, f"不超过 {words(fact.stated)}", "核减下级计划，或先报批调整上位规划")


@rule("plans.7", basis="计划调整须交代原计划的每一个项目", weight="asks")
def new_version_takes_over_every_line(fact: Superseding, standing: object) -> Found | None:
    """新版计划须交代旧版的每一行：移入、改动或取消。
    A new version says of every line of the old one whether it stays, is changed or is given up."""
    if fact.left <= 0:
        return None
    found = f"旧版还有 {fact.left} 行、{words(fact.amount)}没有移入，仍按有效计算"
    return Found(found, "逐行移入、改动或取消", "把这些项目列入新版；不做的办取消项目")


RULES = {
    Plan: (
        plan_has_its_years,
        years_within_the_upper_plan,
        annual_plan_stands_under_one,
        new_version_has_a_higher_number,
    ),
    Principle: (principle_has_points,),
    Fitting: (lower_plans_within_the_upper,),
    Superseding: (new_version_takes_over_every_line,),
}
