"""The life of a question (待核): assigned, answered, settled, reopened; and what must hold for each."""

from dataclasses import dataclass
from datetime import date

from .problem import Found, rule


@dataclass(frozen=True)
class Assignment:
    """Who is to answer a question, an organisation by record number, and by which day; `seen`: the line it was seen at."""

    owner: int
    due: date
    seen: int


@dataclass(frozen=True)
class Answer:
    """What is answered, and the number of the document it rests on."""

    text: str
    seen: int
    evidence: int | None = None


@dataclass(frozen=True)
class Decision:
    """判定: the word that ends a question; may be empty where the answer says it all."""

    word: str
    seen: int


@dataclass(frozen=True)
class Reopening:
    """Why a settled question is asked again."""

    reason: str
    seen: int


Deed = Assignment | Answer | Decision | Reopening


@dataclass(frozen=True)
class FindingStanding:
    """A question when someone deals with it: state, the account that deals with it, the one that answered.

    `line` is the last line of the journal that touched it, `since` what the lines after the one seen have changed.
    """

    today: date
    state: str
    account: str = ""
    answered: bool = False
    answered_by: str = ""
    line: int = 0
    since: tuple[str, ...] = ()


LONGEST = 120


@rule("findings.1", basis="修改须以所见为准", guards=True)
def deed_meets_what_was_seen(fact: Deed, standing: FindingStanding) -> Found | None:
    """办理待核须以所见的那一行为准；其后有变动的，看过再办。
    A question is dealt with as it was seen; where it has moved on since, it is looked at again first."""
    if fact.seen == standing.line:
        return None
    since = "；".join(standing.since) or f"现在是第 {standing.line} 行"
    return Found(since, f"第 {fact.seen} 行以来没有变动", "看过变动再办；上面填的还在")


@rule("findings.2", basis="审计：以前的问题未整改", guards=True)
def settled_question_is_reopened_first(fact: Assignment | Answer | Decision, standing: FindingStanding) -> Found | None:
    """已判定的待核，重开以后才能再办。
    A settled question is dealt with again only after it was reopened."""
    return Found("已判定", "未判定", "确要再办的，先重开并说明原因") if standing.state == "settled" else None


@rule("findings.3", basis="交办须留出办理时间", guards=True)
def due_day_is_to_come(fact: Assignment, standing: FindingStanding) -> Found | None:
    """交办的期限不得早于今天。
    What is assigned is not due before today."""
    return Found(str(fact.due), f"不早于 {standing.today}", "改期限") if fact.due < standing.today else None


@rule("findings.4", basis="审计：以前的问题未整改", guards=True)
def answer_says_something(fact: Answer, standing: FindingStanding) -> Found | None:
    """答复写明情况，不超过 120 字。
    An answer says how things stand, in no more than 120 characters."""
    text = fact.text.strip()
    if text and len(text) <= LONGEST:
        return None
    found = f"{len(text)} 个字" if text else "没有写答复"
    return Found(found, f"1 到 {LONGEST} 个字", "写明情况；更长的附文件")


@rule("findings.5", basis="审计：以前的问题未整改", guards=True)
def decision_rests_on_something(fact: Decision, standing: FindingStanding) -> Found | None:
    """判定要有答复或者写明理由。
    A decision rests on an answer or says its reason."""
    if standing.answered or fact.word.strip():
        return None
    return Found("没有答复，也没有写理由", "两者有一", "等责任单位答复，或写明判定的理由")


@rule("findings.6", basis="不相容职务分离", guards=True)
def who_answers_does_not_decide(fact: Decision, standing: FindingStanding) -> Found | None:
    """答复的人不判定自己的答复。
    Whoever answered does not decide on the answer."""
    if standing.answered and standing.account and standing.account == standing.answered_by:
        return Found(f"{standing.account} 答复过", "由另一个账号判定", "请业务员或审计中的另一人判定")
    return None


@rule("findings.7", basis="审计：以前的问题未整改", guards=True)
def only_what_was_settled_is_reopened(fact: Reopening, standing: FindingStanding) -> Found | None:
    """重开的是已判定的待核。
    Only a settled question is reopened."""
    return None if standing.state == "settled" else Found("还没有判定", "已判定", "直接交办、答复或判定")


@rule("findings.8", basis="审计：以前的问题未整改", guards=True)
def reopening_says_why(fact: Reopening, standing: FindingStanding) -> Found | None:
    """重开待核须写明原因。
    Reopening a question says why."""
    return None if fact.reason.strip() else Found("没有写原因", "写明原因", "写明新情况，如复查发现未整改")


RULES = {
    Assignment: (deed_meets_what_was_seen, settled_question_is_reopened_first, due_day_is_to_come),
    Answer: (deed_meets_what_was_seen, settled_question_is_reopened_first, answer_says_something),
    Decision: (
        deed_meets_what_was_seen,
        settled_question_is_reopened_first,
        decision_rests_on_something,
        who_answers_does_not_decide,
    ),
    Reopening: (deed_meets_what_was_seen, only_what_was_settled_is_reopened, reopening_says_why),
}
