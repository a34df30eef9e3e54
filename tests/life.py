"""A project's life for tests: what each stage asks is supplied by the acts of the book, one day after the other."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial

from money import CHIEF, WAN, County
from pouring import poured

from duikou.acts.budgets import plan_project, settle_project
from duikou.acts.contracts import sign_contract
from duikou.acts.journal import Head, head
from duikou.acts.life import life_of
from duikou.acts.projects import propose_project
from duikou.acts.stages import advance_project
from duikou.acts.works import describe_project, inspect_project, keep_paper, register_asset, set_output, verify_output
from duikou.records.models import Organisation, Output, Project, ProjectPaper
from duikou.rules import assets, budgets, contracts, inspections, outputs, projects, stages, works
from duikou.rules.period import on, parse
from duikou.rules.quantity import exactly
from duikou.rules.rights import everywhere

OFFICER = everywhere("yewu", "programme_officer", "front_line_officer", "county_clerk", "finance_clerk")
BEGIN = date(2012, 4, 2)


@dataclass
class Works:
    """One project of a county on its way; each act is done on the next day."""

    county: County
    project: int
    day: date = BEGIN
    aid: int = 300
    done: list[str] = field(default_factory=list)
    kept: Head | None = None  # where it stands, if it came there as others do

    @property
    def told(self):
        """Who acts, in which programme."""
        return {"programme": self.county.programme, "person": OFFICER}

    def next_day(self):
        """The day on which the next thing is done."""
        self.day += timedelta(days=1)
        return self.day

    def life(self):
        """What the rules know of it."""
        return life_of(self.county.programme, self.project)

    def supply(self, requisite):
        """Bring about one requisite, by the act that it takes."""
        act = getattr(self, f"_{requisite}", None)
        act() if act else self.paper(requisite)
        self.done.append(requisite)

    def paper(self, requisite, **more):
        """A paper of today."""
        fact = works.ProjectPaper(
            project=self.project, type=requisite, number=f"{requisite}〔2012〕1号", when=on(self.next_day()), **more
        )
        return keep_paper(fact, **self.told)

    def enter(self, stage):
        """Enter a stage today."""
        fact = stages.Milestone(project=self.project, stage=stage, when=on(self.next_day()))
        return advance_project(fact, **self.told)

    def reach(self, stage):
        """Go through the life up to a stage, supplying what each asks."""
        row = Project.objects.get(pk=self.project)
        path = stages.path(row.fixed)
        for step in path[path.index(row.stage) + 1 if row.stage else 0 : path.index(stage) + 1]:
            if self.kept == head():
                self.day, self.aid, self.done = poured(f"a project in {step}", partial(self._go, step))
                self.kept = head()
            else:
                self._go(step)

    def _go(self, step):
        """The next step, with what it asks; how far it has brought us."""
        for gate in self.life().lacks(step):
            if gate.requisite not in self.life().has:
                self.supply(gate.requisite)
        self.enter(step)
        return self.day, self.aid, list(self.done)

    def inspect(self, type_, conclusion="passed", *found, **more):
        """A group looks at it today."""
        groups = tuple(("inspector", row.pk) for row in Organisation.objects.order_by("pk")[:2])
        fact = inspections.Inspection(
            project=self.project, type=type_, conclusion=conclusion, when=on(self.next_day()), parties=groups,
            items=tuple(("found", point, "") for point in found), **more,
        )  # fmt: skip
        return inspect_project(fact, **self.told)

    def _review(self):
        self.inspect("review")

    def _plan_line(self):
        fact = budgets.PlanLine(
            project=self.project, scope="in_plan", aid=self.aid * WAN, total=self.aid * WAN, when=parse("2012")
        )
        plan_project(fact, **self.told)

    def _contract(self):
        fact = contracts.Contract(
            project=self.project, number=f"合同{self.project}", key="", title="施工", type="works", method="tender",
            price=self.aid * WAN, payee=self.county.builder, tender="中标〔2012〕1号", when=on(self.next_day()),
        )  # fmt: skip
        sign_contract(fact, **self.told)

    def _responsible(self):
        said = {
            "owner": self.county.hn,
            "owner_post": "县发改局局长",
            "front": self.county.programme.office_id,
            "front_post": "项目组组长",
        }
        self.describe(**said)

    def describe(self, **said):
        """Say something else of it."""
        fact = works.Description(project=self.project, values=tuple(said.items()), before=())
        describe_project(fact, **self.told)

    def output(self, type_="housing", number=120, unit="dwelling", **more):
        """A target."""
        fact = outputs.Output(project=self.project, type=type_, target=exactly(number, unit), **more)
        return set_output(fact, **self.told)

    def _target(self):
        self.output()

    def _actual(self):
        paper = ProjectPaper.objects.filter(project=self.project).order_by("pk").last()
        for output in Output.objects.filter(project=self.project, evidence=None):
            actual = exactly(output.target_low, output.target_unit)
            fact = outputs.Verified(output=output.pk, actual=actual, evidence=paper.pk, when=on(self.next_day()))
            verify_output(fact, **self.told)

    def _acceptance(self):
        self.inspect("acceptance")

    def _settlement(self):
        fact = budgets.Settlement(
            project=self.project, usable=self.day, size="small", settled=self.next_day(), amount=self.aid * WAN
        )
        settle_project(fact, **self.told)

    def _asset(self):
        fact = assets.Asset(
            project=self.project, name="定居点住房", type="household", cost=self.aid * WAN, upkeep="村委会管护，村集体经费",
            when=on(self.next_day()),
        )  # fmt: skip
        register_asset(fact, **self.told)

    def _self_rating(self):
        self.inspect("self_rating", score=912)

    def _department_rating(self):
        self.inspect("department_rating", score=885)


def propose(county, name="牧民定居点", **more):
    """A project that a county proposes, as Works."""
    fact = projects.Project(name=name, sector="housing", status="", region="632321", **more)
    return Works(county, propose_project(fact, programme=county.programme, person=OFFICER))


def proposed(county, called):
    """The same, kept under a name for whoever begins with this county: its way is walked once and poured in for all."""
    works = poured(f"a project of {called}", partial(propose, county))
    works.kept = head()
    return works


__all__ = ["CHIEF", "OFFICER", "Works", "propose", "proposed"]
