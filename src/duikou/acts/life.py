"""The life of projects as the rules ask of it: stages reached, requisites that exist, what is changing; in few questions."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TypeVar

from django.db.models import QuerySet

from duikou.records.models import (
    Asset,
    Contract,
    Finding,
    Inspection,
    Milestone,
    Output,
    PlanLine,
    Programme,
    Project,
    ProjectChange,
    ProjectPaper,
    Settlement,
)
from duikou.records.models import of as rows_of
from duikou.records.models.record import Kind
from duikou.rules.idle import LYING
from duikou.rules.inspections import FOUND, RATINGS
from duikou.rules.ledger import totals
from duikou.rules.period import Period, on
from duikou.rules.stages import Life

from .doing import Work, today
from .ledger import balances
from .packs import pack_of

K = TypeVar("K", bound=Kind)


def life_of(programme: Programme, project: int, day: date | None = None) -> Life:
    """The life of one project."""
    return lives(programme, [project], day)[project]


def lives(programme: Programme, projects: Iterable[int] | None = None, day: date | None = None) -> dict[int, Life]:
    """The life of projects, of all where none are named, in as many questions for thousands as for one."""
    rows = rows_of(Project, programme)
    found = (rows if projects is None else rows.filter(pk__in=list(projects))).in_bulk()
    only = None if projects is None else list(found)
    has: dict[int, dict[str, Period | None]] = {number: {} for number in found}
    for project, requisite, when in _requisites(programme, found.values(), only):
        before = has[project].get(requisite)
        has[project][requisite] = min(before, when) if before and when else when or before
    reached: dict[int, dict[str, Period | None]] = {}
    due: dict[int, dict[str, date]] = {}
    for milestone in hanging(Milestone, programme, only):
        if milestone.when:
            reached.setdefault(milestone.project_id, {})[milestone.stage] = milestone.when
        if milestone.due:
            due.setdefault(milestone.project_id, {})[milestone.stage] = milestone.due
    changes = hanging(ProjectChange, programme, only).filter(approved=True, carried=None)
    changing: dict[int, list[str]] = {}
    for project, what in changes.values_list("project_id", "type"):
        changing.setdefault(project, []).append(what)
    lying = totals((owner, fen) for (_, owner, _), fen in balances(programme, *LYING, owners=only).items() if owner)
    pack, now = pack_of(programme), day or today()
    return {
        number: Life(
            now, row.stage or "", row.fixed, row.delivery or "", row.status, reached.get(number, {}), due.get(number, {}),
            has[number], lying.get(number, 0), tuple(changing.get(number, ())), pack,
        )
        for number, row in found.items()
    }  # fmt: skip


def hanging(model: type[K], programme: Programme, projects: list[int] | None) -> QuerySet[K]:
    """The rows of a kind that hang from projects, of all where none are named, in the order they were entered."""
    if projects is None:
        return rows_of(model, programme).order_by("record_id")
    return model.objects.order_by("record_id").filter(project__in=projects)


def _requisites(
    programme: Programme, projects: Iterable[Project], only: list[int] | None
) -> Iterator[tuple[int, str, Period | None]]:
    """What exists for the gates: project, requisite (terms), and the days of what it is where it has some."""
    for row in projects:
        if row.owner_id and row.owner_post and row.front_id and row.front_post:
            yield row.pk, "responsible", None
    for paper in hanging(ProjectPaper, programme, only):
        yield paper.project_id, paper.type, None if paper.waived else paper.when
    for line in hanging(PlanLine, programme, only).filter(replaced_by=None):
        yield line.project_id, "plan_line", None
    for contract in hanging(Contract, programme, only).filter(amends=None):
        yield contract.project_id, "contract", contract.when
    for settlement in hanging(Settlement, programme, only):
        if settlement.settled:
            yield settlement.project_id, "settlement", on(settlement.settled)
    for project in _whole(hanging(Asset, programme, only).values_list("project_id", "upkeep")):
        yield project, "asset", None
    outputs = list(hanging(Output, programme, only).values_list("project_id", "evidence_id"))
    yield from ((project, "target", None) for project in {project for project, _ in outputs})
    yield from ((project, "actual", None) for project in _whole(outputs))
    yield from _inspected(programme, only)


def _whole(rows: Iterable[tuple[int, object]]) -> list[int]:
    """The projects of which every row has what is asked."""
    found: dict[int, bool] = {}
    for project, said in rows:
        found[project] = found.get(project, True) and bool(said)
    return [project for project, whole in found.items() if whole]


def _inspected(programme: Programme, only: list[int] | None) -> Iterator[tuple[int, str, Period | None]]:
    """The last review and the last acceptance where they passed with nothing left open; ratings."""
    last = {(row.project_id, row.type): row for row in hanging(Inspection, programme, only)}
    points = open_points(programme) if any(kind == "acceptance" for _, kind in last) else {}
    for (project, kind), row in last.items():
        passed = row.conclusion == "passed" and not (kind == "acceptance" and points.get(project))
        if kind in RATINGS or (kind in ("review", "acceptance") and passed):
            yield project, kind, row.when


def open_points(programme: Programme) -> dict[int, int]:
    """How many of the points that inspections found are not settled, by project."""
    asked = rows_of(Finding, programme).filter(rule=FOUND).exclude(state="settled")
    about = list(asked.filter(record__links__role="about").values_list("record__links__to", flat=True))
    of = dict(Inspection.objects.filter(pk__in=about).values_list("pk", "project_id"))
    return totals((of[number], 1) for number in about if number in of)


def carry(work: Work, project: int, kinds: set[str] | frozenset[str]) -> None:
    """The oldest approved change of each kind is carried out with this act, and allows no other."""
    for kind in sorted(kinds):
        change = (
            ProjectChange.objects.filter(project=project, type=kind, approved=True, carried=None).order_by("pk").first()
        )
        if change is not None:
            work.change(change, carried=today())
