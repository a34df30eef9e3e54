"""改项目资料: what is said of a project; what was approved is locked, and says which change lets it through."""

import json
from typing import Any

from django import forms

from duikou.acts import works as acts
from duikou.acts.journal import head
from duikou.records.models import JournalImage, Organisation, Project, ProjectChange
from duikou.rules import works as rules
from duikou.rules.problem import Problem
from duikou.rules.stages import locked
from duikou.terms.words import zh

from .asking import Shown, sheet
from .offer import Coded, Pick, number
from .places import of_project, project
from .reading import YesNo
from .works import HERE, OfProject


class Described(forms.Form):
    """The fields that say what a project is, for its proposal and for later."""

    name = forms.CharField(label="名称", max_length=60)
    sector = Coded("sector", "领域")
    place = forms.CharField(label="建设地点", max_length=60, required=False, help_text="到乡镇、村或定居点")
    content = forms.CharField(
        label="建设内容", max_length=120, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="照批复或申报书写主要内容",
    )  # fmt: skip
    fixed = YesNo("是否固定资产投资", "固投", "非固投", help_text="培训、交流、补贴等是非固投；没有说明的按固投要手续")
    delivery = Coded("delivery", "谁来建", required=False, help_text="交钥匙的由支援方建好移交")
    aid_form = Coded("aid_form", "援助形式", required=False)
    timing = Coded("timing", "新建还是续建", required=False)
    level = Coded("project_level", "统筹层级", required=False)
    year = forms.IntegerField(label="年度", min_value=1990, max_value=2100, required=False)
    paired = YesNo("是否对口支援项目", "是", "否，其他资金项目")
    code = forms.CharField(label="项目编码", max_length=24, required=False)
    benefit = forms.CharField(
        label="怎样带动群众受益", max_length=80, required=False, help_text="产业项目要写，如：流转草场分红，带动 60 户"
    )
    owner = Pick("项目单位", required=False)
    owner_post = forms.CharField(label="项目单位责任岗位", max_length=40, required=False, help_text="写岗位，不写姓名")
    front = Pick("前方负责单位", required=False)
    front_post = forms.CharField(label="前方责任岗位", max_length=40, required=False, help_text="写岗位，不写姓名")
    remark = forms.CharField(label="备注", max_length=120, required=False)


DESCRIBED = tuple(Described.base_fields)
OFFICES = ("owner", "front")


def _column(name: str) -> str:
    """The column of a field; offices are kept by number."""
    return f"{name}_id" if name in OFFICES else name


class Describe(Described, OfProject):
    """改项目资料: what is to be said of a project from now on; what was approved only by an approved change."""

    act, at = "describe_project", {"works.1": "", "works.2": "name"}
    reason = forms.CharField(label="改动的原因", max_length=120, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)  # the line that the page was made at

    def prepare(self) -> None:
        """Propose what is said now; say at each field that is locked which change lets it through."""
        self.offers(owner=self.offer.organisations, front=self.offer.offices)
        last = head()
        self.propose(seen=last.number if last else 0, **{name: self._kept(name) for name in DESCRIBED})
        for name, change in self.locked.items():
            field = self.fields[name]
            field.help_text = f"已批复，凭批复的{zh('change', change)}变更改动" + (
                "；有一项已批复的变更可用" if change in self.life.changing else ""
            )

    @property
    def locked(self) -> dict[str, str]:
        """The fields that are locked, each with the change (terms) that lets it through."""
        fields = {name: change for name, change in rules.APPROVED.items() if name in self.fields}
        return fields if locked(self.life) else {}

    def beside(self) -> Shown:
        """Where it stands, and the changes that are approved and not carried out."""
        waiting = ProjectChange.objects.filter(project=self.about, approved=True, carried=None).order_by("pk")
        changes = [("可用的变更", f"{zh('change', row.type)}　{row.approval}") for row in waiting]
        none = [("可用的变更", "没有；先申请变更")] if self.locked and not changes else []
        return [*self.standing(), *changes, *none]

    def _kept(self, name: str) -> Any:
        return getattr(self.about, _column(name))

    def clean(self) -> dict[str, Any]:
        """What someone else has changed since the page was shown is not changed back in silence."""
        said = super().clean() or {}
        self.hidden_errors("seen")
        seen = said.get("seen") or 0
        for name in self._moved(seen) if seen else []:
            if name in said and not self._same(name, said[name]):
                now = self._kept(name)
                self.add_error(name, f"别人已改为“{self._words(name, now)}”；核对后再送一次，以这里所填为准")
        if self.errors:
            last = head()
            self.hide("seen", str(last.number if last else 0))
        return said

    def _moved(self, seen: int) -> list[str]:
        """The fields that say something else than at a line of the journal."""
        images = JournalImage.objects.filter(table=Project._meta.db_table, number=self.about.pk, line_id__lte=seen)
        last = images.order_by("-line_id", "-position").first()
        then = json.loads(last.text)["row"] if last else self.about.__dict__
        return [name for name in DESCRIBED if (then.get(_column(name)) or None) != (self._kept(name) or None)]

    def _same(self, name: str, said: Any) -> bool:
        """Whether a field says what the book says."""
        return ((number(said) if name in OFFICES else said) or None) == (self._kept(name) or None)

    def _words(self, name: str, value: Any) -> str:
        """A value as the page shows it."""
        field: Any = self.fields[name]
        shown = dict(getattr(field, "choices", ())) if not isinstance(field, Pick) else {}
        offices = Organisation.objects.filter(pk=value) if name in OFFICES and value else ()
        return str(next(iter(offices), "") or shown.get(field.prepare_value(value), value) or "空")

    def do(self, said: dict[str, Any]) -> int:
        """Say what is different from what the book says."""
        changed = [name for name in DESCRIBED if not self._same(name, said[name])]
        values = tuple((name, number(said[name]) if name in OFFICES else said[name]) for name in changed)
        if not values:
            raise ValueError("没有改动；改了再送，或不办")
        acts.describe_project(
            rules.Description(project=self.about.pk, values=values, before=()), reason=said["reason"], **self.told
        )
        kept: int = self.about.pk
        return kept

    def object_to(self, problem: Problem) -> None:
        """A locked field is objected to at each field that was to change."""
        changed = [name for name in self.locked if not self._same(name, self.cleaned_data.get(name))]
        if problem.code != "works.1" or not changed:
            return super().object_to(problem)
        for name in changed:
            self.add_error(name, str(problem))
        return None


urlpatterns = [sheet(HERE + "describe/", Describe, of_project, "project-describe", project)]
