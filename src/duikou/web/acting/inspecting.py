"""登记检查: a group looked at a project: what it concluded, what it found point by point, by when that is to be mended."""

from datetime import timedelta
from typing import Any, ClassVar

from django import forms

from duikou.acts import works as acts
from duikou.acts.doing import today
from duikou.acts.life import open_points
from duikou.records.models import ProjectPaper
from duikou.rules import inspections
from duikou.rules.period import on
from duikou.web.forms import Day

from .asking import Shown, sheet
from .offer import Coded, Pick, number
from .outputs import called
from .places import of_project, project
from .reading import Points, Score
from .works import HERE, OfProject

DAYS = 30  # to mend what was found, where nobody says otherwise


class Inspect(OfProject):
    """登记检查: review, inspection, acceptance, yearly look, rating."""

    act = "inspect_project"
    at: ClassVar = {
        "inspections.1": "day", "inspections.2": "found", "inspections.3": "type", "inspections.4": "score",
        "inspections.5": "inspectors", "inspections.6": "conclusion", "inspections.7": "use",
    }  # fmt: skip
    type = Coded("inspection", "哪一种检查")
    day = Day(label="检查日期")
    conclusion = Coded("conclusion", "结论")
    found = Points(label="发现的问题", required=False, help_text="一行一条；每条记入待核，由项目单位整改、检查方判定")
    due = Day(label="整改期限", required=False)
    score = Score(label="得分", required=False, help_text="绩效评价才填，0 至 100，如 91.2")
    use = Coded("asset_use", "使用情况", required=False, help_text="移交后年度查看才填")
    report = Pick("检查报告", required=False, help_text="登记过的要件")
    inspectors: Any = forms.ModelMultipleChoiceField(
        None, label="检查组成员单位", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="竣工验收应有两个以上",
        error_messages={"invalid_choice": "名单里没有这个单位；从名单中选", "invalid_pk_value": "名单里没有这个单位；从名单中选"},
    )  # fmt: skip
    reason = forms.CharField(label="说明", max_length=120, required=False)

    def prepare(self) -> None:
        """Offices and papers; `?type=` names the kind."""
        papers = ProjectPaper.objects.filter(project=self.about).order_by("-pk")
        self.offers(inspectors=self.offer.offices, report=papers)
        field: Any = self.fields["report"]
        field.label_from_instance = called
        self.fields["due"].help_text = f"不写的按 {DAYS} 天，到 {today() + timedelta(days=DAYS)}"
        self.propose("type", day=today())

    def clean(self) -> dict[str, Any]:
        """A day to mend is of points that were found, and not before the look."""
        said = super().clean() or {}
        due, day = said.get("due"), said.get("day")
        if due and "found" in said and not said["found"]:
            self.add_error("due", "没有写问题，不用整改期限")
        if due and day and due < day:
            self.add_error("due", f"早于检查的 {day}；核对两个日期")
        return said

    def beside(self) -> Shown:
        """Where it stands, and what earlier looks found and is not settled."""
        left = open_points(self.offer.programme).get(self.about.pk, 0)
        return [*self.standing(), ("未办结的问题", f"{left} 个" if left else "没有")]

    def do(self, said: dict[str, Any]) -> int:
        """Enter it, each point as a question."""
        fact = inspections.Inspection(
            project=self.about.pk, type=said["type"], conclusion=said["conclusion"], when=on(said["day"]),
            score=said["score"], use=said["use"], report=number(said["report"]),
            parties=tuple(("inspector", row.pk) for row in said["inspectors"]),
            items=tuple(("found", point, "") for point in said["found"]),
        )  # fmt: skip
        return acts.inspect_project(fact, due=said["due"], reason=said["reason"], **self.told)


urlpatterns = [sheet(HERE + "inspect/", Inspect, of_project, "project-inspect", project)]
