"""The stages of a project's life and their gates: what must exist to enter each, and who can supply it (gates.csv)."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from duikou.terms.words import code_of, vocabulary, zh

from .amounts import words
from .fact import Fact, Ref
from .packs import Pack
from .period import Period
from .problem import Found, rule

TABLE = Path(__file__).with_name("gates.csv")
BUILT = ("approved", "prepared", "handed_over")  # stages that only a fixed asset goes through
ADMITTED = ("reviewed", "in_library", "planned")  # stages that the office's side enters (act: admit_project)
STATUS = {"started": "started", "completed": "completed", "accepted": "completed", "settled": "completed"}
DERIVED = ("review", "plan_line", "contract", "responsible", "target", "acceptance", "actual", "settlement", "asset",
           "self_rating", "department_rating")  # fmt: skip  # requisites that are acts of the book, not papers


@dataclass(frozen=True)
class Gate:
    """One thing that must exist to enter a stage: requisite, to which projects it applies, who can supply it, basis."""

    stage: str
    requisite: str
    applies: str
    supplier: str
    basis: str

    def asked_of(self, fixed: bool | None) -> bool:
        """Whether it is asked of a project; one that nobody has called loose is taken for a fixed asset."""
        return self.applies == "all" or (self.applies == "loose") == (fixed is False)


@cache
def gates() -> tuple[Gate, ...]:
    """All gates in the order of the table; ValueError names a word that is not in terms."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        _, *rows = csv.reader(file)
    return tuple(
        Gate(
            code_of("life", stage),
            code_of("requisite", what),
            code_of("applies", whom),
            code_of("supplier", who),
            basis,
        )
        for stage, what, whom, who, basis in rows
    )


def path(fixed: bool | None) -> tuple[str, ...]:
    """The stages that a project goes through, in their order."""
    return tuple(stage for stage in vocabulary()["life"] if fixed is not False or stage not in BUILT)


def next_stage(stage: str, fixed: bool | None) -> str:
    """The stage after one ("" for none yet); "" after the last."""
    stages = path(fixed)
    if not stage:
        return stages[0]
    at = stages.index(stage) + 1 if stage in stages else len(stages)
    return stages[at] if at < len(stages) else ""


def status_of(stage: str, fixed: bool | None) -> str:
    """What a project is for a leader (terms: status) at a stage; a loose one is in use once it is accepted."""
    stages = path(fixed)
    if stages.index(stage) < stages.index("started"):
        return "preparing"
    return "in_use" if stage not in STATUS or (fixed is False and stage in ("accepted", "settled")) else STATUS[stage]


@dataclass(frozen=True, kw_only=True)
class Milestone(Fact):
    """A stage of a project, reached on a day or in a month (`when`) where it was, due by a day where that is set."""

    project: Ref
    stage: str
    due: date | None = None
    remark: str = ""


@dataclass(frozen=True, kw_only=True)
class Schedule(Fact):
    """By when a project is to reach a stage."""

    project: Ref
    stage: str
    due: date


@dataclass(frozen=True, kw_only=True)
class Return(Fact):
    """A project goes back from a stage that it had entered, with the reason."""

    project: Ref
    stage: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Cancellation(Fact):
    """A project is given up, with the reason."""

    project: Ref
    reason: str


@dataclass(frozen=True)
class Life:
    """What the book knows of a project's life: today, stages reached, requisites that exist and since when.

    `has` gives the days of each requisite's oldest paper, for one that is renewed later was there before (nothing where it
    has none, or needs none); `lying` the fen that
    lie with the project or were paid for it.
    """

    today: date
    stage: str = ""
    fixed: bool | None = None
    delivery: str = ""
    status: str = ""
    reached: Mapping[str, Period | None] = field(default_factory=dict)
    due: Mapping[str, date] = field(default_factory=dict)
    has: Mapping[str, Period | None] = field(default_factory=dict)
    lying: int = 0
    changing: tuple[str, ...] = ()
    pack: Pack = field(default_factory=Pack)

    def lacks(self, stage: str) -> list[Gate]:
        """What is missing to enter a stage."""
        return [
            gate
            for gate in gates()
            if gate.stage == stage and gate.asked_of(self.fixed) and gate.requisite not in self.has
        ]

    def supplier(self, gate: Gate) -> str:
        """Who can supply it; of a turnkey project, the front line builds and so answers for the owner's papers."""
        return "front" if gate.supplier == "owner" and self.delivery == "turnkey" else gate.supplier


@rule("stages.1", basis="基本建设程序")
def stage_has_its_papers(fact: Milestone, life: Life) -> Found | None:
    """进入一个阶段，须具备这个阶段的要件。
    A project enters a stage when what must exist for it exists."""
    missing = life.lacks(fact.stage) if fact.when else []
    if not missing:
        return None
    listed = "、".join(f"{zh('requisite', g.requisite)}（{zh('supplier', life.supplier(g))}）" for g in missing)
    return Found(
        f"进入“{zh('life', fact.stage)}”还缺 {len(missing)} 项：{listed}", "要件齐全", "由括号里的单位补上，再推进"
    )


@rule("stages.2", basis="基本建设程序")
def stages_follow_each_other(fact: Milestone, life: Life) -> Found | None:
    """阶段依次进入，不能跳过。
    Stages are entered one after the other."""
    following = next_stage(life.stage, life.fixed)
    if fact.when is None or fact.stage == following:
        return None
    now = zh("life", life.stage) if life.stage else "尚未申报"
    expected = f"下一阶段是“{zh('life', following)}”" if following else "已是最后阶段"
    return Found(f"{now}，要进入“{zh('life', fact.stage)}”", expected, "先办前一阶段")


@rule("stages.3", basis="先后有序；审计发现第13类", guards=True)
def stage_is_not_before_an_earlier_one(fact: Milestone, life: Life) -> Found | None:
    """后一阶段的日期不得早于前一阶段。
    A stage is not entered before the stages that come ahead of it."""
    stages = path(life.fixed)
    if fact.when is None or fact.stage not in stages:
        return None
    at = stages.index(fact.stage)
    for other, when in life.reached.items():
        if when is None or other not in stages or other == fact.stage:
            continue
        before = stages.index(other) < at
        if (when.first > fact.when.last) if before else (when.last < fact.when.first):
            said = f"“{zh('life', fact.stage)}”{fact.when.zh}，“{zh('life', other)}”{when.zh}"
            return Found(said, "前一阶段在先", "核对两个日期，照文件上的填")
    return None


@rule("stages.4", basis="不记将来的事", guards=True)
def stage_is_not_in_the_future(fact: Milestone, life: Life) -> Found | None:
    """进入阶段的日期不得晚于今天。
    A stage is not entered on a day to come."""
    if fact.when is None or fact.when.first <= life.today:
        return None
    return Found(fact.when.zh, f"不晚于 {life.today}", "还没到的排进工期")


@rule("stages.5", basis="一个阶段只进一次", guards=True)
def stage_is_entered_once(fact: Milestone, life: Life) -> Found | None:
    """已经进入的阶段不再进入。
    A stage that was entered is not entered again."""
    if fact.when is None or fact.stage not in life.reached:
        return None
    return Found(f"已进入“{zh('life', fact.stage)}”", "尚未进入的阶段", "日期记错的先退回这个阶段，再按正确日期推进")


@rule("stages.6", basis="先有文件后办事；审计发现第13类")
def papers_are_not_younger_than_the_stage(fact: Milestone, life: Life) -> Found | None:
    """要件的日期不得晚于进入阶段的日期。
    The papers of a stage are not younger than the day it was entered."""
    when = fact.when
    asked = [g.requisite for g in gates() if g.stage == fact.stage and g.asked_of(life.fixed)] if when else []
    late = [(r, has) for r in asked if when and (has := life.has.get(r)) and has.first > when.last]
    if not late or when is None:
        return None
    listed = "、".join(f"{zh('requisite', requisite)} {has.zh}" for requisite, has in late)
    return Found(f"{listed}，晚于{when.zh}", "文件在先", "核对日期；确是先办后补文件的，按实际日期填")


@rule("stages.7", basis="取消的项目不再推进", guards=True)
def cancelled_project_stays(fact: Milestone, life: Life) -> Found | None:
    """已取消的项目不再推进。
    A project that was given up goes no further."""
    return Found("项目已取消", "未取消的项目", "要恢复的重新申报") if life.status == "cancelled" else None


@rule("stages.8", basis="退回须说明原因")
def return_says_why(fact: Return, life: Life) -> Found | None:
    """退回阶段须写明原因。
    A stage is taken back with the reason."""
    return None if fact.reason.strip() else Found("未写原因", "退回的原因", "写明查出了什么")


@rule("stages.9", basis="从后往前退", guards=True)
def only_the_last_stage_is_taken_back(fact: Return, life: Life) -> Found | None:
    """只能退回项目现在所在的阶段。
    Only the stage that a project stands in is taken back."""
    if life.stage and fact.stage == life.stage:
        return None
    now = zh("life", life.stage) if life.stage else "没有进入任何阶段"
    return Found(f"要退回“{zh('life', fact.stage)}”，项目{now}", "项目现在所在的阶段", "从后往前逐个退回")


@rule("stages.10", basis="政府投资条例；省级扶贫条例第33条")
def cancellation_says_why(fact: Cancellation, life: Life) -> Found | None:
    """取消项目须写明原因。
    A project is given up with the reason."""
    return None if fact.reason.strip() else Found("未写原因", "取消的原因", "写明原因和依据的文件")


@rule("stages.11", basis="资金跟着项目走", guards=True)
def cancelled_project_holds_no_money(fact: Cancellation, life: Life) -> Found | None:
    """还有资金的项目不能取消，先把资金收回或调整。
    A project that still holds money is not given up."""
    return (
        Found(f"项目名下还有 {words(life.lying)}", "没有资金", "先收回或调整资金，再取消") if life.lying > 0 else None
    )


@rule("stages.12", basis="政府投资条例第21条；工期变更报原审批部门")
def approved_schedule_is_changed_by_approval(fact: Schedule, life: Life) -> Found | None:
    """已批复项目的工期只凭批复的变更改动。
    The schedule of an approved project changes only by an approved change."""
    before = life.due.get(fact.stage)
    if before is None or fact.due == before or not locked(life) or "schedule" in life.changing:
        return None
    return Found(f"期限由 {before} 改为 {fact.due}", "批复的工期变更", "先申请工期变更，批复后再改")


@rule("stages.13", basis="先后有序", weight="asks")
def due_days_follow_each_other(fact: Schedule, life: Life) -> Found | None:
    """各阶段的期限应依次在后。
    The days by which stages are due follow each other."""
    stages = path(life.fixed)
    at = stages.index(fact.stage) if fact.stage in stages else -1
    for other, due in life.due.items():
        if other in stages and other != fact.stage and (due > fact.due if stages.index(other) < at else due < fact.due):
            return Found(
                f"“{zh('life', fact.stage)}”{fact.due}，“{zh('life', other)}”{due}", "依次在后", "核对两个期限"
            )
    return None


def locked(life: Life) -> bool:
    """Whether what was approved of a project is locked: from the approval on, of a loose one from the plan on."""
    stages = path(life.fixed)
    return life.stage in stages and stages.index(life.stage) >= stages.index(
        "approved" if life.fixed is not False else "planned"
    )


RULES = {
    Milestone: (
        stage_has_its_papers,
        stages_follow_each_other,
        stage_is_not_before_an_earlier_one,
        stage_is_not_in_the_future,
        stage_is_entered_once,
        papers_are_not_younger_than_the_stage,
        cancelled_project_stays,
    ),
    Schedule: (approved_schedule_is_changed_by_approval, due_days_follow_each_other),
    Return: (return_says_why, only_the_last_stage_is_taken_back),
    Cancellation: (cancellation_says_why, cancelled_project_holds_no_money),
}
