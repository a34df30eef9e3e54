"""The projects of a programme as the standing checks ask of them: read in one question to each table, whatever its size."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain

from duikou.records.models import (
    Asset,
    Finding,
    Inspection,
    Item,
    JournalImage,
    Link,
    Milestone,
    Output,
    Plan,
    Programme,
    Progress,
    Project,
    ProjectChange,
    of,
    quantity,
)
from duikou.rules import course, results
from duikou.rules.alike import alike
from duikou.rules.inspections import FOUND
from duikou.rules.ledger import signed, totals
from duikou.rules.stages import path
from duikou.terms.words import regions, zh

from .life import hanging, lives
from .money import Asked, Money, Row
from .places import plan_lines

GIVEN = ("issued", "disbursed", "received", "divided")
SETTLED = '"state":"settled"'  # as a line of the journal says it of a question


class Course:
    """What a programme's tables say of its projects on a day, and the facts made of it."""

    def __init__(self, programme: Programme, money: Money, day: date) -> None:
        self.programme, self.money, self.day = programme, money, day
        self.lives = lives(programme, day=day)
        self.projects = {n: row for n, row in money.projects.items() if row.status != "cancelled"}
        self.lines = {line.project_id: line for line in plan_lines().filter(record__programme=programme)}
        self.reports: dict[int, list[Progress]] = {}
        for report in of(Progress, programme).order_by("last", "record_id"):
            self.reports.setdefault(report.project_id, []).append(report)
        self.outputs = [row for row in hanging(Output, programme, None) if row.project_id in self.projects]

    def asked(self) -> Iterator[Asked]:
        """Every fact that a check is asked of."""
        ways = self._ways()
        for number, way in ways.items():
            yield self._about(number, way)
        yield from self._funded(ways)
        yield from self._shared()
        yield from self._changing()
        yield from self._due()
        yield from self._points()
        yield from self._yielded(ways)
        yield from self._shown(ways)
        yield from self._twins()

    def _about(self, project: int, fact: object, record: int | None = None, name: str = "") -> Asked:
        """A fact about a project, or a record that hangs from it; who owns the project answers, else its area."""
        row = self.projects[project]
        return Asked(record or project, name or row.name, row.owner_id or self.money.answers(project), fact)

    # ---- the way of each project that the book follows

    def _ways(self) -> dict[int, course.Way]:
        given, used, looks = self._given(), self._used(), self._looks()
        served = {row.project_id for row in self.outputs if row.type in results.SERVED and row.evidence_id}
        found = {}
        for number, row in self.projects.items():
            if not row.stage:
                continue
            life, look = self.lives[number], looks.get(number)
            handed = life.reached.get("handed_over")
            days = [day for day in (used.get(number), handed and handed.first) if day]
            reported, percent = self._reported(number)
            found[number] = course.Way(
                life, self._aid(number), given.get(number), min(days, default=None),
                look.last if look else None, (look.use if look else "") or "", reported, percent, number in served,
            )  # fmt: skip
        return found

    def _given(self) -> dict[int, date]:
        """The first day money was issued or came for each project."""
        found: dict[int, date] = {}
        for number, row in self.money.entries.items():
            taken = row["back"] or row["corrects_id"] or number in self.money.undone
            if row["state"] in GIVEN and row["project_id"] and row["last"] and not taken:
                found[row["project_id"]] = min(row["last"], found.get(row["project_id"], date.max))
        return found

    def _used(self) -> dict[int, date]:
        """The first day something of each project was handed over or seen in use."""
        seen = of(Inspection, self.programme).filter(use="in_use", first__isnull=False)
        handed = of(Asset, self.programme).filter(first__isnull=False)
        days = chain(seen.values_list("project_id", "first"), handed.values_list("project_id", "first"))
        found: dict[int, date] = {}
        for project, day in days:
            found[project] = min(day or date.max, found.get(project, date.max))
        return found

    def _looks(self) -> dict[int, Inspection]:
        """The last yearly look at each project."""
        rows = of(Inspection, self.programme).filter(type="look").order_by("last", "record_id")
        return {row.project_id: row for row in rows}

    def _reported(self, project: int) -> tuple[date | None, int]:
        """The day of the last report, and the last percentage that was reported."""
        reports = self.reports.get(project, [])
        said = [report.percent for report in reports if report.percent is not None]
        return (reports[-1].last if reports else None), (said[-1] if said else 0)

    def _aid(self, project: int) -> int | None:
        return self.lines[project].aid if project in self.lines else None

    # ---- what projects are worth

    def _funded(self, ways: dict[int, course.Way]) -> Iterator[Asked]:
        """Each project that is followed or planned, as industry; those that are followed with their other money."""
        come = [row for row in self.money.entries.values() if row["state"] in ("received", "divided")]
        received = totals((row["project_id"], signed([(row["amount"], row["back"])])) for row in come)
        for number, row in self.projects.items():
            if number in ways or number in self.lines:
                yield self._about(number, results.Industry(row.sector, row.benefit or "", self._aid(number)))
        for number, way in ways.items():
            line = self.lines.get(number)
            if line is None or line.total is None or line.total <= line.aid:
                continue
            last = self.reports[number][-1] if number in self.reports else None
            other, in_place = (last.other_done or 0, last.in_place or 0) if last else (0, 0)
            percent = 100 if way.past("completed") else way.percent
            here = max(other, in_place - received.get(number, 0))
            yield self._about(number, results.CoFunding(line.total - line.aid, percent, here))

    def _shared(self) -> Iterator[Asked]:
        """What each plan gives to projects of a sector, and to areas."""
        plans = dict(of(Plan, self.programme).values_list("record_id", "title"))
        lines: dict[int | None, list[tuple[Project, int]]] = {}
        for number, line in self.lines.items():
            if number in self.projects:
                lines.setdefault(line.plan_id, []).append((self.projects[number], line.aid))
        for plan, given in lines.items():
            record = plan or self.programme.record_id
            groups = tuple(_groups(given))
            name = plans.get(record, "") or str(self.programme)
            yield Asked(record, name, self.programme.office_id, results.Sharing(groups))

    def _changing(self) -> Iterator[Asked]:
        """Each weighty change that is not decided, with what was reported and paid since."""
        waiting = hanging(ProjectChange, self.programme, None).filter(decided=None).exclude(weighty=False)
        spent: dict[int, list[Row]] = {}
        for row in self.money.entries.values():
            if row["state"] == "spent" and row["last"]:
                spent.setdefault(row["project_id"], []).append(row)
        for change in waiting.filter(last__isnull=False):
            project, asked = change.project_id, change.last
            if project not in self.projects or asked is None:
                continue
            worked = [r.last for r in self.reports.get(project, ()) if r.last and r.last > asked and r.percent]
            after = [row for row in spent.get(project, ()) if row["last"] > asked]
            paid = signed((row["amount"], row["back"]) for row in after)
            fact = course.Changing(change.type, asked, max(worked, default=None), paid)
            yield self._about(project, fact, change.pk)

    def _due(self) -> Iterator[Asked]:
        """Each stage that is due by a day."""
        for row in hanging(Milestone, self.programme, None).filter(due__isnull=False):
            project = self.projects.get(row.project_id)
            if project is not None and row.due is not None and row.stage in path(project.fixed):
                yield self._about(row.project_id, course.Due(row.stage, row.due, row.when), row.pk)

    def _points(self) -> Iterator[Asked]:
        """The points of each inspection that are not settled."""
        open_ = of(Finding, self.programme).filter(rule=FOUND).exclude(state="settled")
        due = dict(open_.values_list("record_id", "due"))
        table = Finding._meta.db_table
        before = JournalImage.objects.filter(table=table, number__in=open_.values("pk"), text__contains=SETTLED)
        settled = set(before.values_list("number", flat=True))
        about = Link.objects.filter(role="about", record__in=open_.values("pk")).order_by("number")
        points: dict[int, list[int]] = {}
        for finding, inspection in about.values_list("record_id", "to_id"):
            points.setdefault(inspection, []).append(finding)
        for row in hanging(Inspection, self.programme, None):
            if row.pk in points and row.project_id in self.projects:
                mine = points[row.pk]
                fact = results.Points(tuple(due[n] for n in mine), len(settled & set(mine)))
                yield self._about(row.project_id, fact, row.pk)

    def _yielded(self, ways: dict[int, course.Way]) -> Iterator[Asked]:
        """Each output of a project that is followed."""
        for row in self.outputs:
            target, way = quantity(row, "target"), ways.get(row.project_id)
            if target is not None and way is not None:
                built = way.life.fixed is not False and way.past("accepted")
                fact = results.Yielded(row.type, target, quantity(row, "actual"), row.evidence_id is not None, built)
                yield self._about(row.project_id, fact, row.pk)

    def _shown(self, ways: dict[int, course.Way]) -> Iterator[Asked]:
        """The last percentage reported of each project that is followed."""
        listed = Item.objects.filter(record__programme=self.programme, list="photograph", record__kind="progress")
        photographs = totals((record, 1) for record in listed.values_list("record_id", flat=True))
        for number in ways:
            said = [report for report in self.reports.get(number, ()) if report.percent is not None]
            if said:
                fact = results.Shown(said[-1].last, said[-1].percent, photographs.get(said[-1].pk, 0))
                yield self._about(number, fact, said[-1].pk)

    def _twins(self) -> Iterator[Asked]:
        """Each project beside the earlier ones that may be the same."""
        yields: dict[int, list[tuple[str, int]]] = {}
        for row in self.outputs:
            yields.setdefault(row.project_id, []).append((row.type, row.target_low or 0))
        facts = [
            results.Twin(
                row.name, row.region, row.place or "", row.content or "", tuple(sorted(yields.get(number, ()))),
                self._aid(number),
            )
            for number, row in self.projects.items()
        ]  # fmt: skip
        compared = alike(facts, *(key for _, key in results.TWINS))
        for number, fact in zip(self.projects, compared, strict=True):
            yield self._about(number, fact)


def _groups(given: Iterable[tuple[Project, int]]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """What the projects of each sector get, and what areas get of all they are given."""
    given = list(given)
    for sector in dict.fromkeys(project.sector for project, _ in given):
        yield f"{zh('sector', sector)}项目", tuple(aid for project, aid in given if project.sector == sector)
    areas = totals((project.region, aid) for project, aid in given if project.region in regions())
    yield "地区", tuple(areas.values())
