"""What comes before a project: needs that people have, and proposals that answer them."""

from typing import Any

from django import forms

from duikou.acts import projects as acts
from duikou.acts.doing import today
from duikou.records.models import Document, Link, Need, ProjectPaper, of
from duikou.rules import needs, projects
from duikou.rules.period import on
from duikou.rules.quantity import Quantity
from duikou.rules.rights import contains
from duikou.rules.typed import read_many
from duikou.terms.words import regions

from .asking import sheet
from .describing import DESCRIBED, OFFICES, Described
from .offer import Coded, Offer, Pick, number
from .places import own_work
from .reading import DayOrMonth, Many
from .works import OfProjects

MOST = 200  # needs that are offered


def areas(offer: Offer) -> list[tuple[str, str]]:
    """The areas of the receiving side where the person may do the act, by the codes of today."""
    side = offer.programme.receiving
    current = {code: rows[-1] for code, rows in regions().items() if not rows[-1].successor}
    inside = [(code, row.name) for code, row in current.items() if not side or contains(side, code)]
    return [(code, name) for code, name in inside if offer.reaches(code)]


class NewNeed(OfProjects):
    """登记需求: what people of an area need, of how many households and people, found by which survey."""

    act, leads = "record_need", "needs/"
    at = {"needs.1": "title", "needs.2": "households", "needs.3": "survey"}
    title = forms.CharField(label="要解决什么", max_length=60, help_text="如：牧民定居点通水")
    region = forms.ChoiceField(label="地区", error_messages={"invalid_choice": "名单里没有这个地区；从名单中选"})
    sector = Coded("sector", "领域")
    households = Many(label="涉及户数", required=False, help_text="如 120户；也可写约120户")
    people = Many(label="涉及人数", required=False, help_text="如 460人")
    day = DayOrMonth(label="调研日期", help_text="只知道月的写 2012年4月")
    survey = Pick("出自哪份调研材料", required=False, empty="没有登记的材料", help_text="没有的记入待核")

    def prepare(self) -> None:
        """Areas of the person's reach, papers of the programme; where there is one area it is chosen."""
        papers = Document.objects.filter(record__programme=self.offer.programme).exclude(medium="voucher")
        papers = papers.exclude(pk__in=ProjectPaper.objects.exclude(document=None).values("document"))
        self.offers(survey=papers.order_by("pk"))
        begin(self, areas(self.offer))

    def clean(self) -> dict[str, Any]:
        """Read both numbers."""
        said = super().clean() or {}
        for name, unit in (("households", "household"), ("people", "person")):
            if said.get(name):
                try:
                    said[name] = read_many(said[name], (unit,), hedged=True)
                except ValueError as odd:
                    self.add_error(name, str(odd))
                else:
                    self._in_unit(name, said[name], unit)
        return said

    def _in_unit(self, name: str, found: Quantity, unit: str) -> None:
        if found.unit != unit:
            example = "120户" if unit == "household" else "460人"
            self.add_error(name, f"“{self.data.get(name)}”不是{self.fields[name].label}；写如 {example}")

    def do(self, said: dict[str, Any]) -> int:
        """Enter it."""
        fact = needs.Need(
            title=said["title"], sector=said["sector"], region=said["region"], households=said["households"] or None,
            people=said["people"] or None, survey=number(said["survey"]), when=said["day"],
        )  # fmt: skip
        return acts.record_need(fact, **self.told)


class Propose(Described, OfProjects):
    """申报项目: a project in preparation that answers needs; it counts only once it is in the plan."""

    act, leads = "propose_project", "{}/"
    at = {"projects.4": "name", "projects.5": "code", "projects.6": "benefit", "projects.7": "name"}
    region = forms.ChoiceField(label="地区", error_messages={"invalid_choice": "名单里没有这个地区；从名单中选"})
    answers = forms.MultipleChoiceField(
        label="回应哪些需求", required=False, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "名单里没有这项需求；从名单中选"},
    )  # fmt: skip
    field_order = ("name", "region", "sector", "answers", *DESCRIBED[2:])

    def prepare(self) -> None:
        """Areas of the person's reach, offices, needs; `?need=` names one that it answers."""
        self.offers(owner=self.offer.receivers, front=self.offer.offices)
        reached = areas(self.offer)
        begin(self, reached)
        self.propose(year=today().year)
        rows = list(of(Need, self.offer.programme).order_by("-pk")[:MOST])
        answers = Link.objects.filter(role="answers", to__in=[row.pk for row in rows])
        answered = set(answers.values_list("to", flat=True))
        mine = [row for row in rows if self.offer.reaches(row.region)]
        names = dict(reached)
        field: Any = self.fields["answers"]
        field.choices = [
            (str(row.pk), f"{row.title}（{names.get(row.region, '')}{'，已有项目回应' if row.pk in answered else ''}）")
            for row in sorted(mine, key=lambda row: row.pk in answered)
        ]
        if not mine:
            field.help_text = "还没有登记需求；先登记需求，申报时就能选上"
        if need := self.number_in_query("need"):
            self.propose(answers=[str(need)])

    @property
    def back(self) -> str:
        """The list of projects."""
        return ""

    def do(self, said: dict[str, Any]) -> int:
        """Propose it."""
        values: dict[str, Any] = {name: number(said[name]) if name in OFFICES else said[name] for name in DESCRIBED}
        links = tuple(("answers", int(need)) for need in said["answers"])
        fact = projects.Project(status="preparing", region=said["region"], links=links, when=on(today()), **values)
        return acts.propose_project(fact, **self.told)


def begin(form: Any, reached: list[tuple[str, str]]) -> None:
    """Let a form offer areas; the only one is chosen."""
    form.fields["region"].choices = reached if len(reached) == 1 else [("", ""), *reached]
    form.propose("region")


urlpatterns = [
    sheet("needs/new/", NewNeed, own_work(NewNeed.act), "need-new"),
    sheet("new/", Propose, own_work(Propose.act), "propose"),
]
