"""What a project yields and leaves: targets as people write them, what was found of them, assets."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms

from duikou.acts import works as acts
from duikou.records.models import Asset, Output, ProjectPaper, Settlement, quantity
from duikou.rules import assets, outputs
from duikou.rules.amounts import words
from duikou.rules.ledger import total
from duikou.rules.stages import locked
from duikou.rules.typed import read_many
from duikou.rules.writing import write
from duikou.terms.words import zh
from duikou.web.forms import Money

from .asking import Shown, sheet
from .offer import Coded, Pick, number
from .places import of_output, of_project, output, project
from .reading import DayOrMonth, Many
from .works import HERE, OfProject


class Target(forms.Form):
    """One output: what, how much, of what it is called where the kind does not say it."""

    type = Coded("output", "产出种类")
    target = Many(label="目标")
    name = forms.CharField(label="名称", max_length=40, required=False)
    kept = forms.IntegerField(widget=forms.HiddenInput, required=False)  # the output whose target is changed

    def __init__(self, *args: Any, offer: Any, **more: Any) -> None:
        super().__init__(*args, **more)

    def clean(self) -> dict[str, Any]:
        """Read the target in a unit of its kind."""
        said = super().clean() or {}
        if said.get("type") and said.get("target"):
            try:
                said["target"] = read_many(said["target"], outputs.UNITS[said["type"]])
            except ValueError as odd:
                self.add_error("target", str(odd))
        return said


class SetOutput(OfProject):
    """定产出目标: what a project is to yield; what was approved changes by an approved change only."""

    act = "set_output"
    at: ClassVar = {"outputs.1": "target", "outputs.2": "target", "outputs.3": "target", "outputs.4": "name"}
    rows = forms.formset_factory(Target, extra=0, min_num=0, max_num=30, absolute_max=30)
    rows_said = "逐行填写：种类，目标连单位，如 120户、3.5公里、2000平方米；同一种有几样的写名称。空行不计"
    reason = forms.CharField(label="说明", max_length=120, required=False)

    def __init__(self, *args: Any, about: Any = None, **more: Any) -> None:
        self.existing = list(Output.objects.filter(project=about).order_by("pk"))
        self.rows = forms.formset_factory(Target, extra=len(self.existing) + 4, max_num=30, absolute_max=30)  # type: ignore[misc]
        super().__init__(*args, about=about, **more)

    def prepare(self) -> None:
        """The outputs that are kept, to be changed, and empty rows."""
        for line, row in zip(self.lines or (), self.existing, strict=False):
            if not self.is_bound:
                target = quantity(row, "target")
                line.initial = {
                    "type": row.type, "target": write(target).text if target else "", "name": row.name, "kept": row.pk
                }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """At least one row, each of an output of this project or new."""
        said = super().clean() or {}
        mine = {row.pk: row for row in self.existing}
        read = self.lines is not None and self.lines.is_valid()
        for line in self.filled:
            kept = line.cleaned_data.get("kept")
            if kept and kept not in mine:
                line.add_error(None, "不是这个项目的产出；重新打开这一页再改")
            elif kept and line.cleaned_data.get("type") not in (None, mine[kept].type):
                line.add_error("type", f"原来是{zh('output', mine[kept].type)}，种类不能改；另写一行")
        if read and not self.filled:
            self.add_error(None, "没有一行写了目标；照绩效目标表逐行填写")
        return said

    def beside(self) -> Shown:
        """What is kept, and what lets it be changed."""
        found = [(named(row), said_of(row)) for row in self.existing]
        if not locked(self.life):
            return [*self.standing(), *found]
        ready = {"scale", "content"} & set(self.life.changing)
        return [*self.standing(), *found, ("改动目标", "有批复的变更可用" if ready else "凭批复的规模或内容变更")]

    def do(self, said: dict[str, Any]) -> list[int]:
        """Set all that is new or changed, or none."""
        rows = {row.pk: row for row in self.existing}
        new = [line for line in self.filled if not _same(line.cleaned_data, rows.get(line.cleaned_data["kept"]))]
        if not new:
            raise ValueError("没有改动；改了再送，或不办")

        def set_one(row: dict[str, Any]) -> int:
            fact = outputs.Output(project=self.about.pk, type=row["type"], target=row["target"], name=row["name"])
            return acts.set_output(fact, output=rows.get(row["kept"]), reason=said["reason"], **self.told)

        return self.each(new, set_one)


def _same(said: dict[str, Any], row: Output | None) -> bool:
    told = (said["type"], said["name"], said["target"])
    return row is not None and (row.type, row.name, quantity(row, "target")) == told


def named(row: Output) -> str:
    """What an output is called."""
    return f"{zh('output', row.type)}（{row.name}）" if row.name else zh("output", row.type)


def said_of(row: Output) -> str:
    """Target and actual in words."""
    target, actual = quantity(row, "target"), quantity(row, "actual")
    return f"目标 {write(target).text if target else '未定'}" + (f"，核实 {write(actual).text}" if actual else "")


def called(row: ProjectPaper) -> str:
    """What a paper is called."""
    return " ".join(filter(None, (zh("requisite", row.type), row.number, row.issuer)))


class Verify(OfProject):
    """核实产出: how much of an output was found, on which day, by which paper."""

    act = "verify_output"
    at: ClassVar = {
        "outputs.5": "evidence", "outputs.6": "actual", "outputs.7": "actual", "outputs.8": "day", "outputs.10": "actual",
        "outputs.11": "day",
    }  # fmt: skip
    actual = Many(label="核实的数")
    day = DayOrMonth(label="核实日期", help_text="照验收证书或核查记录填")
    evidence = Pick("依据哪份要件", required=False)
    reason = forms.CharField(label="说明", max_length=120, required=False)

    def __init__(self, *args: Any, about: Any = None, **more: Any) -> None:
        self.output: Output = about
        super().__init__(*args, about=about.project, **more)

    def prepare(self) -> None:
        """The papers of the project, the newest first; the actual in the unit of the target."""
        papers = ProjectPaper.objects.filter(project=self.about, waived=False).order_by("-pk")
        self.offers(evidence=papers)
        field: Any = self.fields["evidence"]
        field.label_from_instance = called
        if not papers:
            field.help_text = "项目还没有登记要件；先登记验收证书或核查记录"
        target = quantity(self.output, "target")
        self.fields["actual"].help_text = f"与目标同一单位，如 {write(target).text}" if target else "写上单位"

    @property
    def subject(self) -> str:
        """Which output of which project."""
        return f"{self.about.name}　{named(self.output)}"

    def beside(self) -> Shown:
        """What was to be, and what was found before."""
        return [*self.now(), (named(self.output), said_of(self.output))]

    def clean(self) -> dict[str, Any]:
        """Read what was found."""
        said = super().clean() or {}
        if said.get("actual"):
            try:
                said["actual"] = read_many(said["actual"], (self.output.target_unit,))
            except ValueError as odd:
                self.add_error("actual", str(odd))
        return said

    def do(self, said: dict[str, Any]) -> int:
        """Say it."""
        fact = outputs.Verified(
            output=self.output.pk, actual=said["actual"], evidence=number(said["evidence"]), when=said["day"]
        )
        acts.verify_output(fact, reason=said["reason"], **self.told)
        kept: int = self.output.pk
        return kept


class NewAsset(OfProject):
    """登记资产: what a project leaves: its class, cost, owner and upkeep."""

    act = "register_asset"
    at: ClassVar = {
        "assets.1": "upkeep", "assets.2": "cost", "assets.3": "owner", "assets.4": "day", "assets.5": "cost",
    }  # fmt: skip
    name = forms.CharField(label="资产名称", max_length=60)
    type = Coded("asset", "资产类别", help_text="经营性：产业、股权；公益性：道路、学校、供水；到户类：发放到户")
    cost = Money(label="原值", help_text="只写数字按万元；照决算")
    owner = Pick("所有单位", required=False, help_text="到户类可不选")
    operator = forms.CharField(label="运营单位", max_length=40, required=False)
    certificate = forms.CharField(label="确权证号", max_length=40, required=False)
    upkeep = forms.CharField(label="谁管护、钱从哪里来", max_length=80, help_text="如：村委会管护，村集体经费")
    day = DayOrMonth(label="移交日期", help_text="照移交清单填；只知道月的写 2012年4月")

    def prepare(self) -> None:
        """Organisations of the receiving side."""
        self.offers(owner=self.offer.receivers)
        self.propose(owner=self.about.owner_id)

    def beside(self) -> Shown:
        """What was registered before, and the final accounts."""
        return [*self.now(), *self._registered()]

    def _registered(self) -> Iterator[tuple[str, str]]:
        kept = Asset.objects.filter(project=self.about).values_list("cost", flat=True)
        yield ("已登记资产", words(total(kept)) if kept else "没有")
        accounts = Settlement.objects.filter(project=self.about).exclude(settled=None).first()
        yield ("决算数", words(accounts.amount) if accounts and accounts.amount is not None else "未决算")

    def do(self, said: dict[str, Any]) -> int:
        """Register it."""
        fact = assets.Asset(
            project=self.about.pk, name=said["name"], type=said["type"], cost=said["cost"],
            owner=number(said["owner"]), operator=said["operator"], certificate=said["certificate"],
            upkeep=said["upkeep"], when=said["day"],
        )  # fmt: skip
        return acts.register_asset(fact, **self.told)


urlpatterns = [
    sheet(HERE + "output/", SetOutput, of_project, "project-output", project),
    sheet("outputs/<int:number>/verify/", Verify, of_output, "output-verify", output),
    sheet(HERE + "asset/", NewAsset, of_project, "project-asset", project),
]
