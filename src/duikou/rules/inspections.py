"""Groups look at a project: review, inspection, acceptance, the yearly look after handover, ratings; what they find."""

from dataclasses import dataclass

from duikou.terms.words import zh

from .fact import Fact, Ref
from .problem import Found, rule
from .stages import Life

FOUND = "inspections.8"  # the rule whose questions are the points that inspections found
RATINGS = ("self_rating", "department_rating", "finance_rating")
GRADES = ((900, "excellent"), (800, "good"), (600, "middling"))


@dataclass(frozen=True, kw_only=True)
class Inspection(Fact):
    """A look at a project on a day (`when`) by a group (parties: inspector), and what it concluded; `found`: the points.

    `score` in tenths of a point, of ratings; `use` (terms: asset_use) of the yearly look.
    """

    project: Ref
    type: str
    conclusion: str
    score: int | None = None
    use: str = ""
    report: Ref | None = None


@dataclass(frozen=True)
class Inspected:
    """What the book knows: the life of the project, and how many points found before are not settled."""

    life: Life
    open: int = 0


def grade(score: int) -> str:
    """The grade (terms: rating) of a score in tenths of a point."""
    return next((code for least, code in GRADES if score >= least), "poor")


@rule("inspections.1", basis="不记将来的事", guards=True)
def inspection_is_not_in_the_future(fact: Inspection, standing: Inspected) -> Found | None:
    """检查日期不得晚于今天。
    An inspection is not of a day to come."""
    if fact.when is None or fact.when.first <= standing.life.today:
        return None
    return Found(fact.when.zh, f"不晚于 {standing.life.today}", "改正日期")


@rule("inspections.2", basis="检查须有结论和发现")
def failing_inspection_says_what_it_found(fact: Inspection, standing: Inspected) -> Found | None:
    """结论为限期整改或不合格的，须逐条写明问题。
    An inspection that does not pass says what it found, point by point."""
    if fact.conclusion == "passed" or fact.listed("found"):
        return None
    return Found(f"{zh('conclusion', fact.conclusion)}，没有写问题", "至少一条问题", "一行写一条问题")


@rule("inspections.3", basis="省级扶贫资金办法第22—27条：完工后验收")
def acceptance_follows_completion(fact: Inspection, standing: Inspected) -> Found | None:
    """竣工验收在完工之后。
    Acceptance follows completion."""
    done = standing.life.reached.get("completed")
    if fact.type != "acceptance" or (done and fact.when and fact.when.last >= done.first):
        return None
    return Found("尚未完工" if done is None else f"{done.zh}完工", "完工在先", "先办完工，再验收")


@rule("inspections.4", basis="财预〔2020〕10号", guards=True)
def rating_has_its_score(fact: Inspection, standing: Inspected) -> Found | None:
    """绩效评价须有 0 到 100 分的得分，其他检查不打分。
    A rating has a score between 0 and 100; other inspections have none."""
    rated = fact.type in RATINGS
    if rated == (fact.score is not None) and (fact.score is None or 0 <= fact.score <= 1000):
        return None
    found = "没有得分" if fact.score is None else f"{fact.score / 10:g} 分"
    return Found(found, "0 到 100 分" if rated else "不打分", "照评价报告填")


@rule("inspections.5", basis="省级扶贫资金办法第22—27条：牵头部门会同财政、监督、审计、属地和专业人员", weight="asks")
def acceptance_is_by_a_group(fact: Inspection, standing: Inspected) -> Found | None:
    """竣工验收应由两个以上单位组成的验收组进行。
    Acceptance is by a group of several offices."""
    if fact.type != "acceptance" or len(set(fact.named("inspector"))) >= 2:
        return None
    return Found(f"验收组单位 {len(set(fact.named('inspector')))} 个", "两个以上单位", "补齐验收组成员单位")


@rule("inspections.6", basis="审计发现第18类：查出的问题须整改")
def passing_acceptance_leaves_nothing_open(fact: Inspection, standing: Inspected) -> Found | None:
    """验收合格须以前查出的问题都已整改。
    Acceptance passes once all that was found before is settled."""
    if fact.type != "acceptance" or fact.conclusion != "passed" or not standing.open:
        return None
    return Found(f"还有 {standing.open} 个问题没有办结", "全部办结", "先整改、判定，再验收")


@rule("inspections.7", basis="审计发现第9类：移交后看用途")
def look_says_what_it_is_used_for(fact: Inspection, standing: Inspected) -> Found | None:
    """移交后的查看须写明使用情况，其他检查不写。
    The yearly look says what the asset is used for."""
    if (fact.type == "look") == bool(fact.use):
        return None
    return Found(zh("asset_use", fact.use) or "未写使用情况", "移交后年度查看写使用情况", "从名单中选")


@rule("inspections.8", basis="审计发现第18类：问题整改台账", weight="asks")
def what_was_found_is_mended(fact: Inspection, standing: Inspected) -> Found | None:
    """检查发现的问题须整改，整改须有证据。
    What an inspection found is mended, with evidence."""
    points = fact.listed("found")
    return Found("；".join(points), "已整改", "责任单位整改后答复并附证据，由检查方判定") if points else None


RULES = {
    Inspection: (
        inspection_is_not_in_the_future,
        failing_inspection_says_what_it_found,
        acceptance_follows_completion,
        rating_has_its_score,
        acceptance_is_by_a_group,
        passing_acceptance_leaves_nothing_open,
        look_says_what_it_is_used_for,
        what_was_found_is_mended,
    )
}
