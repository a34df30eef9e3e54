"""What the rules ask about many facts of projects at once: gathered for all of them, kept up while a file is judged."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from duikou.records.models import Asset, Milestone, Output, PlanLine, Programme, Project, Settlement
from duikou.rules import assets, budgets, inspections, outputs, progress, stages
from duikou.rules.fact import Fact, Told
from duikou.rules.ledger import total
from duikou.rules.period import Period
from duikou.rules.problem import Problem
from duikou.rules.stages import Life
from duikou.terms.words import zh

from .budgets import plan_standing
from .doing import FEW, today
from .life import hanging, lives, open_points
from .works import reported

Asked = tuple[Fact, Any]  # a fact, and what the rules ask about it


class Standings:
    """The standing of each fact of a file; `old` where all of it is history, of which only what guards is asked.

    `came` are the projects that the same act has entered: one that was given up may have gone its way before.
    """

    def __init__(self, programme: Programme, rows: Mapping[int, Project], came: set[int], *, old: bool) -> None:
        self.programme, self.rows, self.came, self.old, self.today = programme, rows, came, old, today()
        self.only = list(rows) if len(rows) <= FEW else None
        self.milestones = {(m.project_id, m.stage): m for m in hanging(Milestone, programme, self.only)}
        self.lines = {row.project_id: row for row in hanging(PlanLine, programme, self.only).filter(replaced_by=None)}
        self.outputs = {row[:3] for row in self._outputs()}
        self.percents: dict[int, tuple[date, int]] = {}
        self.told: set[tuple[int, str]] = set()
        self.planned = 0
        self.look()

    def look(self) -> None:
        """Look at the lives of the projects anew: in full where all is asked of them, else at what guards."""
        if self.old:
            reached: dict[int, dict[str, Period | None]] = {}
            for (project, stage), row in self.milestones.items():
                if row.when:
                    reached.setdefault(project, {})[stage] = row.when
            found = {
                n: Life(self.today, row.stage or "", row.fixed, "", row.status, reached.get(n, {}))
                for n, row in self.rows.items()
            }
        else:
            found = lives(self.programme, self.only)
        self.lives = {n: replace(life, status="") if n in self.came else life for n, life in found.items()}

    def take_for_reached(self, facts: Iterable[stages.Milestone]) -> None:
        """Take the stages that a file tells of for reached while its other facts are judged."""
        for fact in facts:
            self.reach(fact)

    def reach(self, fact: stages.Milestone) -> None:
        """A project has entered a stage: what comes after it is judged by that."""
        project = int(fact.project)
        if fact.when:
            life = self.lives[project]
            self.lives[project] = replace(life, stage=fact.stage, reached={**life.reached, fact.stage: fact.when})

    def twice(self, t: Told[Any]) -> list[Problem]:
        """What is wrong with a stage that a file tells of a second time."""
        key = (t.fact.project, t.fact.stage)
        again = key in self.told
        self.told.add(key)
        rule, found = stages.stage_is_entered_once, f"“{zh('life', t.fact.stage)}”在文件里写了两次"
        problem = Problem(rule.code, "stops", rule.sentence, found, "一个项目一个阶段一条", "合为一条", t.place)
        return [problem] if again else []

    def of(self, fact: Any) -> Iterator[Asked]:
        """The fact with what the rules ask about it; an output that is verified is two facts."""
        project: int = getattr(fact, "project", 0)
        life = self.lives.get(project, Life(self.today))
        match fact:
            case budgets.PlanLine():
                yield fact, self._planned(fact, project)
            case progress.Progress():
                yield fact, self._reported(fact, project)
            case outputs.Output():
                yield from self._yields(fact, project, life)
            case inspections.Inspection():
                points = 0 if self.old else open_points(self.programme).get(project, 0)
                yield fact, inspections.Inspected(life, points)
            case assets.Asset():
                yield fact, self._left(project, life)
            case stages.Milestone():
                yield fact, life
                kept = self.milestones.get((project, fact.stage))
                if kept is not None and kept.due and fact.due:
                    yield stages.Schedule(project=project, stage=fact.stage, due=fact.due), life
            case _:
                yield fact, life

    def _yields(self, fact: outputs.Output, project: int, life: Life) -> Iterator[Asked]:
        """An output, and what of it was verified."""
        key = (project, fact.type, fact.target.unit)
        yield fact, outputs.Yield(life, None, key in self.outputs)
        self.outputs.add(key)
        if fact.actual is not None:
            verified = outputs.Verified(output=0, actual=fact.actual, evidence=fact.evidence, when=fact.when)
            yield verified, outputs.Yield(life, fact.target)

    def _outputs(self) -> Iterator[tuple[int, str, str]]:
        yield from hanging(Output, self.programme, self.only).values_list("project_id", "type", "target_unit")

    def _planned(self, fact: budgets.PlanLine, project: int) -> budgets.PlanStanding:
        """What is planned beside a line: of the book once it is asked, and of the file before it."""
        if self.old:
            return budgets.PlanStanding(self.today)
        current = self.lines.get(project)
        standing = plan_standing(self.programme, current)
        self.planned += fact.aid
        return replace(standing, planned=total([standing.planned, self.planned, -fact.aid]))

    def _reported(self, fact: progress.Progress, project: int) -> progress.Reported:
        """The report before it, of the book or of the file, and what was planned and paid."""
        if self.old:
            return progress.Reported(self.today)
        standing = reported(self.programme, self.rows[project])
        if project in self.percents:
            day, percent = self.percents[project]
            standing = replace(standing, last_day=day, last_percent=percent)
        if fact.percent is not None and fact.day:
            self.percents[project] = (fact.day, fact.percent)
        return replace(standing, begun=standing.begun or "started" in self.lives[project].reached)

    def _left(self, project: int, life: Life) -> assets.Left:
        """The assets registered before and the final accounts."""
        if self.old:
            return assets.Left(life)
        accounts = Settlement.objects.filter(project=project).first()
        kept = Asset.objects.filter(project=project).values_list("cost", flat=True)
        return assets.Left(life, total(kept), accounts.amount if accounts and accounts.settled else None)
