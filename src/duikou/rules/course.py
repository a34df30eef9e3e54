"""Standing checks on the course of projects: what audits found of it (DOMAIN 4.2), asked of the book on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from duikou.terms.words import zh

from .amounts import months_after, words
from .checks import Checked
from .period import Period
from .problem import Found, Rule, rule
from .stages import Life, gates, path

PAPERS = ("feasibility_reply", "design_reply", "estimate_reply", "land", "planning_permit", "construction_permit")
# 招标投标法第9条：资金落实才招标，所以中标通知书、合同和施工许可在资金之后
BEFORE_TENDER = ("land", "planning_permit", "environment")


@dataclass(frozen=True)
class Way:
    """A project that the book follows: its life, what was given, said and seen.

    `given` is the first day money was issued or came for it, `used` the first day it was in use, `looked` the last
    yearly look and `use` what it saw, `reported` the last report and `percent` what it said; `amount` the aid in fen.
    """

    life: Life
    amount: int | None = None
    given: date | None = None
    used: date | None = None
    looked: date | None = None
    use: str = ""
    reported: date | None = None
    percent: int = 0
    served: bool = False

    def past(self, stage: str) -> bool:
        """Whether it stands in a stage or beyond."""
        stages = path(self.life.fixed)
        return self.life.stage in stages and stage in stages and stages.index(self.life.stage) >= stages.index(stage)

    def later(self, requisites: tuple[str, ...], day: date) -> list[str]:
        """The requisites that did not exist on a day: missing, or younger."""
        found = []
        for name in requisites:
            when = self.life.has.get(name)
            if name not in self.life.has or (when is not None and when.first > day):
                found.append(zh("requisite", name) + (f" {when.zh}" if when else " 未见"))
        return found


def preparation(fixed: bool | None) -> tuple[str, ...]:
    """The requisites that exist before money is issued: up to the approval and the land, of a loose one up to the plan."""
    stages = path(fixed)
    before = stages[: stages.index("planned" if fixed is False else "approved") + 1]
    asked = [g for g in gates() if g.asked_of(fixed) and (g.stage in before or g.requisite in BEFORE_TENDER)]
    return tuple(g.requisite for g in asked)


@dataclass(frozen=True)
class Changing:
    """A change (terms: change) asked for on a day and not decided: the last day work was reported since, fen paid since."""

    type: str
    asked: date
    worked: date | None = None
    amount: int = 0


@dataclass(frozen=True)
class Due:
    """A stage that is due by a day, and when it was reached."""

    stage: str
    due: date
    reached: Period | None = None


@rule("course.1", basis="审计发现第8类：41个县568个项目未公示；省级扶贫条例第35条", weight="asks")
def made_public_before_the_start(fact: Way, standing: Checked) -> Found | None:
    """项目开工前应当公示。
    A project is made public before its start."""
    began = fact.life.reached.get("started")
    late = fact.later(("publicity_before",), began.last) if began else []
    return Found(f"{began.zh}开工，{late[0]}", "公示在开工之前", "补公示，说明原因") if began and late else None


@rule("course.2", basis="审计发现第8类：41个县568个项目未公示；省级扶贫条例第35条", weight="asks")
def made_public_after_the_end(fact: Way, standing: Checked) -> Found | None:
    """项目建成后应当公示结果。
    What came of a project is made public after its end."""
    if not fact.past("accepted") or "publicity_after" in fact.life.has:
        return None
    return Found("已验收，没有事后公示", "公示资金使用和建设结果", "公示后登记公示文件")


@rule("course.3", basis="审计发现第9类：189个项目改作他用或废弃，管护薄弱", weight="asks")
def asset_is_looked_at_every_year(fact: Way, standing: Checked) -> Found | None:
    """移交后的项目每年至少查看一次。
    After handover a project is looked at every year."""
    handed = fact.life.reached.get("handed_over")
    last = max(handed.last, fact.looked or handed.last) if handed else None
    if last is None or standing.today <= months_after(last, 12):
        return None
    said = f"{fact.looked} 查看以后" if fact.looked else f"{last} 移交以后"
    return Found(f"{said}没有再查看", "满一年前查看一次", "到现场看用途和管护，登记年度查看")


@rule("course.4", basis="审计发现第9类：189个项目改作他用或废弃，管护薄弱", weight="asks")
def asset_is_in_use(fact: Way, standing: Checked) -> Found | None:
    """移交后的项目应当正常使用，不闲置、不改作他用、不废弃。
    What was handed over is in use: not idle, not put to other use, not abandoned."""
    if fact.use in ("", "in_use"):
        return None
    return Found(f"{fact.looked} 查看：{zh('asset_use', fact.use)}", "正常使用", "由所有单位说明原因，限期恢复使用")


@rule("course.5", basis="审计发现第12类：367个项目前期工作不扎实", weight="asks")
def preparation_comes_before_money(fact: Way, standing: Checked) -> Found | None:
    """资金下达或到账时，项目的前期要件应当齐全。
    When money is issued or comes for a project, its preparation papers exist."""
    if fact.given is None or not fact.life.stage:
        return None
    late = fact.later(preparation(fact.life.fixed), fact.given)
    if not late:
        return None
    said = f"{fact.given} 有资金，缺 {len(late)} 项：{'、'.join(late[:4])}{'等' if len(late) > 4 else ''}"
    return Found(said, "先前期，后资金", "补齐前期要件；补不齐的收回资金")


@rule("course.6", basis="审计发现第13类：未批先建，无规划和施工许可，缺用地手续", weight="asks")
def approvals_come_before_the_start(fact: Way, standing: Checked) -> Found | None:
    """固投项目的批复、用地手续、规划许可和施工许可应在开工之前。
    Approvals, land papers and permits of a fixed asset are older than its start."""
    began = fact.life.reached.get("started")
    late = fact.later(PAPERS, began.last) if began and fact.life.fixed is not False else []
    return Found(f"{began.zh}开工；{'、'.join(late)}", "先批后建", "停工补办，说明原因") if began and late else None


@rule("course.7", basis="审计发现第13类：未验收先使用", weight="asks")
def acceptance_comes_before_use(fact: Way, standing: Checked) -> Found | None:
    """项目验收合格后才投入使用。
    A project is put to use after its acceptance."""
    accepted = fact.life.reached.get("accepted")
    if fact.used is None or (accepted is not None and accepted.first <= fact.used):
        return None
    said = f"{accepted.zh}验收" if accepted else "尚未验收"
    return Found(f"{fact.used} 已使用，{said}", "先验收，后使用", "停止使用，组织验收")


@rule("course.8", basis="审计发现第13类：擅自改变规模和内容；政府投资条例第21条", weight="asks")
def change_waits_for_its_approval(fact: Changing, standing: Checked) -> Found | None:
    """变更批复前，变更的部分不应施工、付款。
    Before a change is approved, nothing of it is built or paid."""
    said = [f"{fact.worked} 又报进度"] if fact.worked else []
    said += [f"又付 {words(fact.amount)}"] if fact.amount > 0 else []
    if not said:
        return None
    asked = f"{fact.asked} 申请{zh('change', fact.type)}变更未批复，其后{'、'.join(said)}"
    return Found(asked, "先批复，后施工", "变更部分停工停付，报原审批部门")


@rule("course.9", basis="审计发现第14类：开工晚、进度落后于计划", weight="asks")
def stage_is_reached_in_time(fact: Due, standing: Checked) -> Found | None:
    """项目应按排定的期限进入各阶段。
    A project reaches each stage by the day it is due."""
    late = (standing.today - fact.due).days
    if fact.reached is not None or late <= 0:
        return None
    return Found(
        f"应于 {fact.due} 前进入“{zh('life', fact.stage)}”，已逾期 {late} 天",
        "按期进入",
        "说明原因；确需延期的报批工期变更",
    )


@rule("course.10", basis="月报、月调度；审计发现第14类", weight="asks", needs=("months",))
def progress_is_reported_regularly(fact: Way, standing: Checked) -> Found | None:
    """在建项目应每隔规定的月数报一次进度。
    Of a project under way progress is reported within every so many months."""
    span, began = standing.value("course.10", "months"), fact.life.reached.get("started")
    if span is None or began is None or fact.past("completed"):
        return None
    last = max(began.last, fact.reported or began.last)
    if standing.today <= months_after(last, span):
        return None
    said = f"上次报进度 {fact.reported}" if fact.reported else f"{began.zh}开工，没有报过进度"
    return Found(said, f"每 {span} 个月至少一次", "到现场看，报一次进度")


@rule("course.11", basis="审计发现第14类：进度落后于计划", weight="asks", needs=("points",))
def progress_keeps_pace_with_time(fact: Way, standing: Checked) -> Found | None:
    """形象进度不应比工期过去的比例慢得超过规定的百分点。
    Progress does not fall behind the share of time gone by more than the set points."""
    points, began, end = (
        standing.value("course.11", "points"), fact.life.reached.get("started"), fact.life.due.get("completed"),
    )  # fmt: skip
    if points is None or began is None or end is None or end <= began.last or fact.past("completed"):
        return None
    span, gone = (end - began.last).days, (min(standing.today, end) - began.last).days
    if 100 * gone <= (fact.percent + points) * span:
        return None
    said = f"工期已过 {100 * gone // span}%，形象进度 {fact.percent}%"
    return Found(said, f"慢不过 {points} 个百分点", "说明慢在哪里，排出赶工计划")


RULES: Mapping[type[Any], tuple[Rule, ...]] = {
    Way: (
        made_public_before_the_start,
        made_public_after_the_end,
        asset_is_looked_at_every_year,
        asset_is_in_use,
        preparation_comes_before_money,
        approvals_come_before_the_start,
        acceptance_comes_before_use,
        progress_is_reported_regularly,
        progress_keeps_pace_with_time,
    ),
    Changing: (change_waits_for_its_approval,),
    Due: (stage_is_reached_in_time,),
}
CODES = tuple(r.code for rules in RULES.values() for r in rules)
