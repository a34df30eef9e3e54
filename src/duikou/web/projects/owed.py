"""What should have been done for projects and is not: stages due, reports, rectification, final accounts, open changes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max
from django.http import HttpRequest
from django.utils.translation import gettext as _

from duikou.acts.doing import today
from duikou.acts.packs import pack_of
from duikou.records.models import Link, Programme, Progress, ProjectChange, Settlement, of
from duikou.rules.budgets import PlanStanding, final_accounts_are_in_time
from duikou.rules.budgets import Settlement as Accounts
from duikou.rules.inspections import FOUND

from .kept import sees
from .rows import Row

KINDS = ("points", "accounts", "changes", "silent")  # in the order of the columns


@dataclass(frozen=True)
class Owed:
    """Something that is owed for a project: of which kind, since which day, what was found, the question about it."""

    kind: str
    row: Row
    since: date | None
    found: str = ""
    finding: int = 0

    @property
    def said(self) -> str:
        """How it stands, in words."""
        if self.kind == "silent":
            return _("上次报进度 {}").format(self.since) if self.since else _("没有报过进度")
        return _("{} 申请的变更还没有批复").format(self.since) if self.kind == "changes" else self.found


def owed(request: HttpRequest, programme: Programme, rows: Iterable[Row]) -> list[Owed]:
    """What is owed for projects, what has been owed longest first."""
    known = {row.number: row for row in rows if row.status != "cancelled"}
    found = [
        *_silent(programme, known), *_points(request, programme, known), *_accounts(programme, known),
        *_changes(programme, known),
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.since or date.min, one.row.number))


def _silent(programme: Programme, known: dict[int, Row]) -> Iterator[Owed]:
    """Projects under way of which nothing was reported in this month or the one before."""
    last_month = (today().replace(day=1) - timedelta(days=1)).replace(day=1)
    rows = of(Progress, programme).values("project").annotate(day=Max("last")).values_list("project", "day")
    reported = dict(rows)
    for number, row in known.items():
        day = reported.get(number)
        if row.status == "started" and (day is None or day < last_month):
            yield Owed("silent", row, day)


def _points(request: HttpRequest, programme: Programme, known: dict[int, Row]) -> Iterator[Owed]:
    """Points that inspections found, whose day has passed and that nobody has settled, as far as the person sees them."""
    about = Link.objects.filter(role="about", record__programme=programme, record__kind="finding")
    rows = about.filter(record__as_finding__rule=FOUND)
    rows = rows.filter(record__as_finding__due__lt=today()).exclude(record__as_finding__state="settled")
    found = [f"record__as_finding__{name}" for name in ("found", "due", "owner__region")]
    mine = sees(request, programme)
    for number, project, said, due, area in rows.values_list("record_id", "to__as_inspection__project_id", *found):
        if project in known and mine(area or ""):
            yield Owed("points", known[project], due, f"{said}：{due} 前整改", number)


def _accounts(programme: Programme, known: dict[int, Row]) -> Iterator[Owed]:
    """Final accounts that are not done in time by the rule of the programme."""
    rows = list(of(Settlement, programme).filter(settled=None).order_by("pk"))
    standing = PlanStanding(today=today(), pack=pack_of(programme)) if rows else PlanStanding(today=today())
    for row in rows:
        fact = Accounts(project=row.project_id, usable=row.usable, size=row.size, extended=row.extended)
        problem = final_accounts_are_in_time.ask(fact, standing)
        if problem and row.project_id in known:
            yield Owed(
                "accounts",
                known[row.project_id],
                row.usable,
                f"决算{problem.found}，应在 {problem.expected}",
            )


def _changes(programme: Programme, known: dict[int, Row]) -> Iterator[Owed]:
    """Changes that were asked for more than a month ago and that nobody has decided."""
    month_ago = today() - timedelta(days=30)
    rows = of(ProjectChange, programme).filter(decided=None, last__lt=month_ago).order_by("pk")
    for project, day in rows.values_list("project_id", "last"):
        if project in known:
            yield Owed("changes", known[project], day)
