"""What a programme rests on and is led by; offices, never persons."""

from dataclasses import dataclass

from .fact import Fact, Ref
from .problem import Found, rule
from .quantity import Quantity


@dataclass(frozen=True, kw_only=True)
class PolicyBasis(Fact):
    """A meeting or paper from above."""

    title: str


@dataclass(frozen=True, kw_only=True)
class LeadingGroup(Fact):
    """The body that decides; its roles are a list of role and office."""

    name: str
    duty: str = ""


@dataclass(frozen=True, kw_only=True)
class WorkingRule(Fact):
    """A standing rule of how matters are decided."""

    text: str
    decided_by: Ref | None = None


@dataclass(frozen=True, kw_only=True)
class Measures(Fact):
    """A 管理办法."""

    title: str
    issuer: Ref | None = None
    purpose: str = ""
    articles_known: bool = False


@dataclass(frozen=True, kw_only=True)
class Instruction(Fact):
    """An instruction of offices, once or several times."""

    content: str
    times: Quantity | None = None


@dataclass(frozen=True, kw_only=True)
class Commitment(Fact):
    """A promise about which a later report can be asked."""

    text: str


@rule("governance.1", basis="领导小组须有组长")
def leading_group_has_a_head(fact: LeadingGroup, standing: object) -> Found | None:
    """领导小组须列明组长由哪个职务担任。
    A leading group names the office that heads it."""
    if "组长" not in fact.listed("role"):
        return Found("未列组长", "组长及其职务", "在 role 中补“组长：职务”")
    return None


RULES = {LeadingGroup: (leading_group_has_a_head,)}
