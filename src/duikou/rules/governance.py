"""What a programme rests on and is led by, what was decided, handed on and promised; offices, never persons."""

from dataclasses import dataclass
from datetime import date

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
class Decision(Fact):
    """A matter decided on a day (`when`) under a number; what it decides about is linked (terms: link)."""

    number: str
    type: str
    matter: str
    decided_by: Ref | None = None


@dataclass(frozen=True, kw_only=True)
class Assignment(Fact):
    """A matter handed to an office on a day (`when`), due by another; its answer and the day of it."""

    content: str
    office: Ref
    arises_from: Ref | None = None
    due: date | None = None
    answer: str = ""
    answered: date | None = None


@dataclass(frozen=True, kw_only=True)
class Commitment(Fact):
    """A promise about which a later report can be asked."""

    text: str


@dataclass(frozen=True, kw_only=True)
class CommitmentReply(Fact):
    """What is said of a promise later (`when`): whether it was kept (terms: reply), and how."""

    commitment: Ref
    kept: str
    text: str


@dataclass(frozen=True)
class GovernanceStanding:
    """What the book knows when a paper of governance comes: what bears a decision's number, the day of the promise."""

    today: date
    bearer: str = ""
    promised: date | None = None


@rule("governance.1", basis="领导小组须有组长")
def leading_group_has_a_head(fact: LeadingGroup, standing: object) -> Found | None:
    """领导小组须列明组长由哪个职务担任。
    A leading group names the office that heads it."""
    if "组长" not in fact.listed("role"):
        return Found("未列组长", "组长及其职务", "在 role 中补“组长：职务”")
    return None


@rule("governance.2", basis="一个文号只有一份文件")
def number_is_borne_once(fact: Decision, standing: GovernanceStanding) -> Found | None:
    """一个决定文号只登记一次。
    The number of a decision is borne once."""
    return Found(f"{fact.number}：{standing.bearer}", "未登记过的文号", "查看已登记的决定") if standing.bearer else None


@rule("governance.3", basis="先有事后有记录")
def papers_are_not_of_the_future(
    fact: Decision | Assignment | CommitmentReply, standing: GovernanceStanding
) -> Found | None:
    """决定、交办、答复的日期不晚于今天。
    A decision, an assignment, a reply does not lie in the future."""
    days = [day for day in (fact.day, getattr(fact, "answered", None)) if day and day > standing.today]
    return Found(f"{max(days)}", f"不晚于 {standing.today}", "改正日期") if days else None


@rule("governance.4", basis="先交办后办结")
def assignment_runs_forward(fact: Assignment, standing: GovernanceStanding) -> Found | None:
    """办理期限和答复日期不早于交办日期。
    An assignment is due, and is answered, on the day it was given or later."""
    given = fact.when.first if fact.when else None
    early = [day for day in (fact.due, fact.answered) if given and day and day < given]
    return Found(f"{min(early)}", f"{given} 或以后", "改正日期") if early else None


@rule("governance.5", basis="事事有回音")
def answer_says_something(fact: Assignment, standing: GovernanceStanding) -> Found | None:
    """办结须写明办理情况。
    What was done is said where an assignment is answered."""
    if fact.answered and not fact.answer.strip():
        return Found("未写办理情况", "办了什么、结果怎样", "补上办理情况")
    return None


@rule("governance.6", basis="督办须有期限", weight="asks")
def assignment_has_a_day(fact: Assignment, standing: GovernanceStanding) -> Found | None:
    """交办事项须定办结期限。
    An assignment says by when."""
    return None if fact.due or fact.answered else Found("未定期限", "办结期限", "与承办单位商定后补上")


@rule("governance.7", basis="承诺在先，答复在后")
def reply_comes_after_the_promise(fact: CommitmentReply, standing: GovernanceStanding) -> Found | None:
    """答复承诺的日期不早于作出承诺的日期。
    What is said of a promise comes after the promise."""
    if fact.when and standing.promised and fact.when.last < standing.promised:
        return Found(f"{fact.when.last}", f"{standing.promised} 或以后", "改正日期，或查看答复的是哪一项承诺")
    return None


RULES = {
    LeadingGroup: (leading_group_has_a_head,),
    Decision: (number_is_borne_once, papers_are_not_of_the_future),
    Assignment: (papers_are_not_of_the_future, assignment_runs_forward, answer_says_something, assignment_has_a_day),
    CommitmentReply: (papers_are_not_of_the_future, reply_comes_after_the_promise),
}
