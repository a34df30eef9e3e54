"""What a project may cost: planned, changed, decided, accounted for."""

from typing import Any

from django import forms

from duikou.acts import budgets as acts
from duikou.acts.doing import today
from duikou.records.models import PlanLine, ProjectChange
from duikou.rules import budgets as rules
from duikou.rules.amounts import words
from duikou.rules.period import months, on
from duikou.terms.words import vocabulary, zh
from duikou.web.forms import MOST, Day, Money

from .asking import Sheet, Shown, sheet
from .deciding import RULE, links_of, offer_decision
from .offer import Coded, Pick, number
from .places import change, of_change, own_work

LONGEST = 3650  # days by which a schedule may be moved


class Plan(Sheet):
    """列入计划: a project with its money in a plan; a project that stands in one gets a new line."""

    act = "plan_project"
    at = {
        "budgets.1": "aid", "budgets.2": "aid", "budgets.3": "total", "budgets.4": "approval", "budgets.5": "estimate",
        "budgets.6": "approval", **RULE,
    }  # fmt: skip
    project = Pick("项目")
    plan = Pick("哪个计划", required=False)
    year = forms.IntegerField(label="年度", min_value=1990, max_value=2100)
    scope = Coded("scope", "计划内外")
    aid = Money(label="援助资金", help_text="只写数字按万元")
    total = Money(label="总投资", required=False)
    feasibility = Money(label="可研估算", required=False)
    estimate = Money(label="批准的概算", required=False)
    approval = forms.CharField(label="批文文号", max_length=40, required=False, help_text="改动已列入计划的项目须写")
    shares = forms.MultipleChoiceField(
        label="计入哪些比例", required=False, widget=forms.CheckboxSelectMultiple,
        choices=lambda: [(code, word.zh) for code, word in vocabulary()["share"].items()],
    )  # fmt: skip

    def prepare(self) -> None:
        """Projects and plans; `?project=` names one, whose line is proposed, `?aid=` with another amount."""
        self.offers(project=self.offer.projects, plan=self.offer.plans)
        self.propose("project")
        offer_decision(self)
        project = self.offer.projects.filter(pk=self.number_in_query("project")).first()
        if project and (line := PlanLine.objects.filter(project=project, replaced_by=None).first()):
            kept = ("plan_id", "scope", "aid", "total", "feasibility", "estimate")
            shares = list(line.record.items.filter(list="share").values_list("text", flat=True))
            self.propose("aid", shares=shares, **{name.removesuffix("_id"): getattr(line, name) for name in kept})

    def do(self, said: dict[str, Any]) -> int:
        """Plan it."""
        fact = rules.PlanLine(
            project=said["project"].pk, scope=said["scope"], aid=said["aid"], plan=number(said["plan"]),
            total=said["total"], feasibility=said["feasibility"], estimate=said["estimate"], approval=said["approval"],
            when=months(said["year"], 1, 12), items=tuple(("share", share, "") for share in said["shares"]),
            links=links_of(said),
        )  # fmt: skip
        return acts.plan_project(fact, programme=self.offer.programme, person=self.offer.person)


class Change(Sheet):
    """申请变更: what is to change about a project and why; until it is decided nothing is paid for it."""

    act, part = "request_change", "projects"
    at = {"budgets.7": "reason", "budgets.17": "content", "budgets.19": "day", "budgets.20": "amount"}
    project = Pick("项目")
    type = Coded("change", "变更什么")
    day = Day(label="申请日期")
    content = forms.CharField(
        label="由什么改为什么", max_length=120, required=False, help_text="如：建筑面积由 2000 改为 1800 平方米"
    )
    amount = Money(
        label="投资增减", least=-MOST, required=False, help_text="改投资的写；只写数字按万元，减少的写负数，如 -20万元"
    )
    days = forms.IntegerField(
        label="工期增减（天）", min_value=-LONGEST, max_value=LONGEST, required=False,
        help_text="改工期的写；提前的写负数",
    )  # fmt: skip
    reason = forms.CharField(label="理由", max_length=120)

    def prepare(self) -> None:
        """Open projects; `?project=` names one, `?type=` what is to change, `?content=` and `?amount=` from what to what."""
        self.offers(project=self.offer.projects)
        self.propose("project", "type", "content", "amount", day=today())

    @property
    def back(self) -> str:
        """The project that it is about, once it is known."""
        known = self.data.get("project", "") if self.is_bound else self.query.get("project", "")
        return f"{known}/" if str(known).isdecimal() and len(str(known)) < 16 else ""

    def onward(self, number: int) -> str:
        """The project."""
        return self.back

    def do(self, said: dict[str, Any]) -> int:
        """Ask for it."""
        fact = rules.ProjectChange(
            project=said["project"].pk, type=said["type"], reason=said["reason"], when=on(said["day"]),
            content=said["content"], amount=said["amount"], days=said["days"],
        )  # fmt: skip
        return acts.request_change(fact, programme=self.offer.programme, person=self.offer.person)


def asked_for(row: ProjectChange) -> Shown:
    """What a change is, and whether it goes back to who approved the project."""
    found = [("变更", zh("change", row.type)), ("由什么改为什么", row.content or "未写"), ("理由", row.reason)]
    found += [("投资增减", words(row.amount))] if row.amount is not None else []
    found += [("工期增减", f"{row.days} 天")] if row.days is not None else []
    return [
        *found,
        (
            "分类",
            "一般变更，可以备案"
            if row.weighty is False
            else "重大变更，报原审批部门批复；规则包没有设定界限的一律算重大",
        ),
    ]


class _OfAChange(Sheet):
    """What is done about a change that was asked for; from its project and back."""

    part = "projects"
    about: ProjectChange

    @property
    def subject(self) -> str:
        """Which project."""
        return f"{self.about.project}　{zh('change', self.about.type)}变更"

    @property
    def back(self) -> str:
        """Its project."""
        return f"{self.about.project_id}/"

    def onward(self, number: int) -> str:
        """Its project, too."""
        return self.back

    def beside(self) -> Shown:
        """What is asked for."""
        return asked_for(self.about)


class Decide(_OfAChange):
    """批复变更: whether a change is approved, by which document."""

    act, at = "decide_change", {"budgets.13": "approved", "budgets.14": "approval"}
    approved = forms.ChoiceField(label="批复", choices=[("yes", "同意"), ("no", "不同意")], widget=forms.RadioSelect)
    approval = forms.CharField(label="批文文号", max_length=40)
    reason = forms.CharField(label="说明", max_length=120, required=False)

    def do(self, said: dict[str, Any]) -> int:
        """Decide."""
        acts.decide_change(
            self.about, said["approved"] == "yes", said["approval"], programme=self.offer.programme,
            person=self.offer.person, reason=said["reason"],
        )  # fmt: skip
        kept: int = self.about.pk
        return kept


class PutOnFile(_OfAChange):
    """备案变更: a slight change is put on file, which allows it; a weighty one goes to who approved the project."""

    act = "file_change"
    reason = forms.CharField(label="说明", max_length=120, required=False)

    def do(self, said: dict[str, Any]) -> int:
        """Put it on file."""
        acts.file_change(self.about, programme=self.offer.programme, person=self.offer.person, reason=said["reason"])
        kept: int = self.about.pk
        return kept


class Settle(Sheet):
    """登记决算: from when a project can be used, and its final accounts once they are done."""

    act = "settle_project"
    at = {"budgets.8": "settled", "budgets.9": "extended", "budgets.10": "amount"}
    project = Pick("项目")
    usable = Day(label="可以使用的日期")
    size = Coded("size", "项目规模")
    extended = Day(label="批准延期到", required=False)
    settled = Day(label="决算编完的日期", required=False)
    amount = Money(label="决算数", required=False, help_text="只写数字按万元")

    def prepare(self) -> None:
        """Projects whose accounts are not done."""
        self.offers(project=self.offer.projects)
        self.propose("project")

    def clean(self) -> dict[str, Any]:
        """Day and amount of the accounts go together, and no accounts come before the project can be used."""
        said = super().clean() or {}
        day, amount = said.get("settled"), said.get("amount")
        if (day is None) != (amount is None) and "settled" in said and "amount" in said:
            self.add_error("amount" if amount is None else "settled", "决算的日期和数一起写")
        if day and said.get("usable") and day < said["usable"]:
            self.add_error("settled", f"早于可以使用的 {said['usable']}；核对两个日期")
        return said

    def do(self, said: dict[str, Any]) -> int:
        """Enter it."""
        fact = rules.Settlement(
            project=said["project"].pk, usable=said["usable"], size=said["size"], extended=said["extended"],
            settled=said["settled"], amount=said["amount"],
        )  # fmt: skip
        return acts.settle_project(fact, programme=self.offer.programme, person=self.offer.person)


urlpatterns = [
    sheet("plan/new", Plan, own_work(Plan.act), "plan-new"),
    sheet("changes/new", Change, own_work(Change.act), "change-new"),
    sheet("changes/<int:number>/decide", Decide, of_change, "change-decide", change),
    sheet("changes/<int:number>/file", PutOnFile, of_change, "change-file", change),
    sheet("settlements/new", Settle, own_work(Settle.act), "settlement-new"),
]
