"""Plans and what guides them."""

from dataclasses import dataclass

from .fact import Fact, Ref
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


RULES = {Plan: (plan_has_its_years,), Principle: (principle_has_points,)}
