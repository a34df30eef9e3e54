"""A project goes from stage to stage, is sent back, given up, scheduled: what a gate lacks is seen before anything is sent."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar

from django import forms

from duikou.acts import stages as acts
from duikou.acts.stages import act_of
from duikou.records.models import Project
from duikou.rules import stages as rules
from duikou.rules.amounts import words
from duikou.rules.rights import who_may
from duikou.rules.stages import Gate, next_stage, path
from duikou.terms.words import zh
from duikou.web.forms import Day

from .asking import Shown, sheet
from .deciding import RULE, links_of, offer_decision
from .places import of_project, project
from .reading import DayOrMonth
from .works import HERE, OfProject


class Advance(OfProject):
    """推进阶段: a project enters its next stage, once what must exist for it exists."""

    act, template = "advance_project", "acting_advance.html"
    at = {
        "stages.1": "", "stages.2": "stage", "stages.3": "day", "stages.4": "day", "stages.5": "stage", "stages.6": "day",
        "stages.7": "", **RULE,
    }  # fmt: skip
    stage = forms.ChoiceField(label="进入阶段", error_messages={"invalid_choice": "不是下一阶段；阶段依次进入"})
    day = DayOrMonth(label="进入日期", help_text="照文件填，如 2012-4-2；只知道月的写 2012年4月")
    remark = forms.CharField(label="说明", max_length=60, required=False)

    def prepare(self) -> None:
        """Propose the next stage."""
        self.next = next_stage(self.life.stage, self.life.fixed)
        field: Any = self.fields["stage"]
        field.choices = [(self.next, zh("life", self.next))] if self.next else []
        offer_decision(self)

    @property
    def lacking(self) -> Sequence[tuple[str, str, bool, str]]:
        """What the stage lacks: requisite, who can supply it, whether it is a paper, the rest of the address of its form."""
        return [(zh("requisite", g.requisite), self._supplier(g), *_form_of(g, self.about)) for g in self._gates()]

    def _gates(self) -> list[Gate]:
        return self.life.lacks(self.next) if self.next else []

    def _supplier(self, gate: Gate) -> str:
        return zh("supplier", self.life.supplier(gate))

    @property
    def closed(self) -> str:
        """Why the person cannot send it; nothing where that may be tried."""
        if self.life.status == "cancelled":
            return "项目已取消，不再推进。"
        if not self.next:
            return "项目已走完全部阶段。"
        act = act_of(self.next)
        if not replace(self.offer, act=act).reaches(self.about.region):
            return f"进入“{zh('life', self.next)}”由{'、'.join(zh('role', role) for role in who_may(act))}办理。"
        return ""

    def beside(self) -> Shown:
        """Where it stands, and the day it reached that stage."""
        reached = self.life.reached.get(self.life.stage)
        return [*self.standing(), *([(f"“{zh('life', self.life.stage)}”的日期", reached.zh)] if reached else [])]

    def do(self, said: dict[str, Any]) -> int:
        """Enter it."""
        fact = rules.Milestone(
            project=self.about.pk, stage=said["stage"], when=said["day"], remark=said["remark"], links=links_of(said)
        )
        acts.advance_project(fact, **self.told)
        kept: int = self.about.pk
        return kept


class Admit(Advance):
    """入库定项: the office's side brings a project through review, library and plan."""

    act = "admit_project"


FORMS = {  # the form by which a requisite that is no paper comes about: the rest of its address, below the period
    "review": "projects/{}/inspect/?type=review", "acceptance": "projects/{}/inspect/?type=acceptance",
    "self_rating": "projects/{}/inspect/?type=self_rating",
    "department_rating": "projects/{}/inspect/?type=department_rating", "target": "projects/{}/output/",
    "responsible": "projects/{}/describe/", "asset": "projects/{}/asset/", "plan_line": "funds/plan/new?project={}",
    "contract": "funds/contracts/new?project={}", "settlement": "funds/settlements/new?project={}",
    "actual": "projects/{}/",
}  # fmt: skip


def _form_of(gate: Gate, about: Project) -> tuple[bool, str]:
    """Whether a requisite is a paper, and where it is brought about."""
    paper = gate.requisite not in rules.DERIVED
    return paper, (f"projects/{{}}/paper/?type={gate.requisite}" if paper else FORMS[gate.requisite]).format(about.pk)


class Return(OfProject):
    """退回阶段: the stage that a project stands in is taken back, with the reason."""

    act, at = "return_project", {"stages.8": "reason", "stages.9": "stage"}
    stage = forms.ChoiceField(label="退回哪个阶段", error_messages={"invalid_choice": "只能退回项目现在所在的阶段"})
    reason = forms.CharField(label="退回的原因", max_length=120, help_text="写查出了什么、依据什么文件")

    def prepare(self) -> None:
        """The stage it stands in."""
        field: Any = self.fields["stage"]
        field.choices = [(self.life.stage, zh("life", self.life.stage))] if self.life.stage else []
        if not field.choices:
            field.help_text = "项目还没有进入任何阶段，没有可退回的"

    def beside(self) -> Shown:
        """Where it stands, and where it will."""
        stages = [stage for stage in path(self.life.fixed) if stage in self.life.reached]
        before = stages[stages.index(self.life.stage) - 1] if self.life.stage in stages[1:] else ""
        return [*self.now(), ("退回后", zh("life", before) if before else "尚未进入任何阶段")]

    def do(self, said: dict[str, Any]) -> int:
        """Take it back."""
        acts.return_project(
            rules.Return(project=self.about.pk, stage=said["stage"], reason=said["reason"]), **self.told
        )
        kept: int = self.about.pk
        return kept


class Cancel(OfProject):
    """取消项目: a project is given up, with the reason."""

    act, at = "cancel_project", {"stages.10": "reason", "stages.11": ""}
    reason = forms.CharField(label="取消的原因", max_length=120, help_text="写原因和依据的文件")

    def beside(self) -> Shown:
        """Where it stands, and what money it holds."""
        held = words(self.life.lying) + "，先收回或调整" if self.life.lying > 0 else "没有"
        return [*self.now(), ("名下资金", held)]

    def do(self, said: dict[str, Any]) -> int:
        """Give it up."""
        acts.cancel_project(rules.Cancellation(project=self.about.pk, reason=said["reason"]), **self.told)
        kept: int = self.about.pk
        return kept


class Due(forms.Form):
    """One stage and the day by which it is to be reached."""

    stage = forms.ChoiceField(
        label="阶段", required=False, error_messages={"invalid_choice": "名单里没有这个阶段；从名单中选"}
    )
    due = Day(label="期限", required=False)

    def __init__(self, *args: Any, offer: Any, **more: Any) -> None:
        super().__init__(*args, **more)

    def clean(self) -> dict[str, Any]:
        """A day is of a stage; a stage without one is not meant."""
        said = super().clean() or {}
        if said.get("due") and said.get("stage") == "":
            self.add_error("stage", "选这个期限是哪个阶段的")
        return said


class Schedule(OfProject):
    """排定工期: by when a project is to reach its stages; an approved schedule changes by an approved change only."""

    act = "schedule_project"
    at: ClassVar = {"stages.12": "due", "stages.13": "due"}
    rows = forms.formset_factory(Due, extra=6, max_num=13, absolute_max=13)
    rows_said = "逐行填写：阶段、期限。空行不计"
    reason = forms.CharField(label="说明", max_length=120, required=False)

    def prepare(self) -> None:
        """The stages still to come, with the days that are set."""
        life = self.life
        choices = [("", ""), *((stage, zh("life", stage)) for stage in path(life.fixed) if stage not in life.reached)]
        begin = [stage for stage, _ in choices[1:] if stage in life.due or stage in USUAL]
        for n, line in enumerate(self.lines or ()):
            field: Any = line.fields["stage"]
            field.choices = choices
            if not self.is_bound and n < len(begin):
                line.initial = {"stage": begin[n], "due": life.due.get(begin[n])}

    def clean(self) -> dict[str, Any]:
        """Rows without a day are not meant; one stage stands in one row."""
        said = super().clean() or {}
        if not (self.lines and self.lines.is_valid()):
            return said
        named = [line.cleaned_data["stage"] for line in self.meant]
        for n, line in enumerate(self.meant):
            if line.cleaned_data["stage"] in named[:n]:
                line.add_error("stage", "这个阶段已在前面一行；一个阶段写一行")
        if not named:
            self.add_error(None, "没有一行写了期限；至少写一行")
        return said

    @property
    def meant(self) -> list[forms.Form]:
        """The rows that name a stage and a day."""
        return [line for line in self.filled if line.cleaned_data.get("stage") and line.cleaned_data.get("due")]

    def beside(self) -> Shown:
        """The days that are set, and what lets them be changed."""
        due = [(zh("life", stage), str(day)) for stage, day in self.life.due.items()]
        if not rules.locked(self.life) or not due:
            return [*self.standing(), *due]
        ready = "schedule" in self.life.changing
        return [*self.standing(), *due, ("改动已定期限", "有批复的工期变更可用" if ready else "凭批复的工期变更")]

    def do(self, said: dict[str, Any]) -> list[int]:
        """Schedule all of them, or none."""
        new = [x for x in self.meant if self.life.due.get(x.cleaned_data["stage"]) != x.cleaned_data["due"]]
        if not new:
            raise ValueError("期限都没有改；改了再送，或不办")
        self.each(new, self._schedule)
        return [self.about.pk]

    def _schedule(self, row: dict[str, Any]) -> int:
        fact = rules.Schedule(project=self.about.pk, stage=row["stage"], due=row["due"])
        return acts.schedule_project(fact, reason=self.cleaned_data["reason"], **self.told)


USUAL = ("prepared", "started", "completed", "accepted", "settled", "handed_over")  # stages that are mostly scheduled
urlpatterns = [
    sheet(HERE + "advance/", Advance, of_project, "project-advance", project),
    sheet(HERE + "admit/", Admit, of_project, "project-admit", project),
    sheet(HERE + "return/", Return, of_project, "project-return", project),
    sheet(HERE + "cancel/", Cancel, of_project, "project-cancel", project),
    sheet(HERE + "schedule/", Schedule, of_project, "project-schedule", project),
]
