"""The rows of 项目清单: a project in short, what facets and columns ask of it; asked of the book once for each of its heads."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest

from duikou.acts.doing import today
from duikou.acts.journal import Head, head
from duikou.records.models import Milestone, PlanLine, Programme, Progress, Project, of
from duikou.terms.words import vocabulary
from duikou.web.listing.order import ordered

from .asked import Question, open_questions
from .kept import COME, PAID, Money, moved, of_states, sees, with_area

FIELDS = ("pk", "name", "code", "area", "sector", "status", "stage", "delivery", "fixed", "timing", "level")
FIXED = {True: "fixed", False: "loose", None: ""}
GONE = "cancelled"


class Row(NamedTuple):
    """A project in short; what nobody said is empty. `late`: late, due, or empty where no day is set for what is to come."""

    number: int
    name: str
    code: str
    region: str
    sector: str
    status: str
    stage: str
    delivery: str
    fixed: str
    timing: str
    level: str
    scope: str
    aid: int | None
    due: date | None
    due_stage: str
    late: str

    @property
    def days(self) -> int | None:
        """For how many days it has been late; nothing where it is not."""
        return (today() - self.due).days if self.late == "late" and self.due else None


@dataclass(frozen=True)
class Standing:
    """How all projects of a programme stand at a head of the book on a day; whoever asks first waits for it, nobody else."""

    programme: Programme
    head: Head | None
    day: date

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The projects in the order they came."""
        plans = {p: (scope, aid) for p, scope, aid in _plans(self.programme)}
        due = due_of(self.programme)
        rows = with_area(of(Project, self.programme)).order_by("pk").values_list(*FIELDS)
        return tuple(_row(found, plans, due, self.day) for found in rows)

    @cached_property
    def reports(self) -> dict[int, tuple[int, date]]:
        """Percent and day of the last report of projects that said a percentage."""
        return newest(of(Progress, self.programme))

    @cached_property
    def money(self) -> Money:
        """What was allotted, came and was paid."""
        return moved(self.programme, None)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """The open questions."""
        return tuple(open_questions(self.programme))


kept = lru_cache(maxsize=4)(Standing)


def standing(programme: Programme) -> Standing:
    """How the projects of a programme stand now; what was asked stays until the next act or day."""
    return kept(programme, head(), today())


def rows_of(request: HttpRequest, programme: Programme) -> list[Row]:
    """The projects of a programme that the person sees, in the order they came."""
    mine = sees(request, programme)
    return [row for row in standing(programme).rows if mine(row.region)]


def _row(
    found: tuple[Any, ...], plans: Mapping[int, tuple[str, int]], due: Mapping[int, tuple[date, str]], day: date
) -> Row:
    number, name, code, area, sector, status, stage, delivery, fixed, timing, level = found
    scope, aid = plans.get(number, ("", None))
    by, of_stage = due.get(number, (None, "")) if status != GONE else (None, "")
    late = "" if by is None else "late" if by < day else "due"
    return Row(
        number, name, code or "", area, sector, status, stage or "", delivery or "", FIXED[fixed], timing or "", level or "",
        scope, aid, by, of_stage, late,
    )  # fmt: skip


def _plans(programme: Programme) -> QuerySet[PlanLine, tuple[int, str, int]]:
    lines = of(PlanLine, programme).filter(replaced_by=None).order_by("pk")
    return lines.values_list("project_id", "scope", "aid")


def due_of(programme: Programme) -> dict[int, tuple[date, str]]:
    """By when a project is due next and in which stage: the earliest day set for a stage that it has not reached."""
    rows = of(Milestone, programme).filter(first=None, due__isnull=False)
    first = rows.annotate(
        place=Window(RowNumber(), partition_by=F("project"), order_by=[F("due").asc(), F("pk").asc()])
    )
    found = first.filter(place=1).values_list("project_id", "due", "stage")
    return {project: (due, stage) for project, due, stage in found if due}


@dataclass(frozen=True)
class Beside:
    """What stands beside projects in the list: last reports (percent, day), money, open questions, by project."""

    reports: Mapping[int, tuple[int, date]]
    money: Money
    questions: Mapping[int, int]

    def percent(self, number: int) -> int | None:
        """How far it is, as last reported."""
        return self.reports[number][0] if number in self.reports else None

    def day(self, number: int) -> date | None:
        """The day of that report."""
        return self.reports[number][1] if number in self.reports else None

    def received(self, number: int) -> int | None:
        """What has come to it, in fen."""
        return of_states(self.money.get(number, ()), COME)

    def paid(self, number: int) -> int | None:
        """What was paid for it, in fen."""
        return of_states(self.money.get(number, ()), PAID)

    def asked(self, number: int) -> int:
        """How many questions about it are open."""
        return self.questions.get(number, 0)


def beside(request: HttpRequest, programme: Programme) -> Beside:
    """What stands beside projects; of questions those that the person sees."""
    found, mine = standing(programme), sees(request, programme)
    asked = Counter(project for project, area in found.questions if mine(area))
    return Beside(found.reports, found.money, asked)


def newest(rows: QuerySet[Progress]) -> dict[int, tuple[int, date]]:
    """Percent and day of the newest of some reports that said a percentage, by project."""
    rows = rows.exclude(percent=None).exclude(last=None)
    order = [F("last").desc(), F("pk").desc()]
    last = rows.annotate(place=Window(RowNumber(), partition_by=F("project"), order_by=order)).filter(place=1)
    found = last.values_list("project_id", "percent", "last")
    return {project: (percent, day) for project, percent, day in found if percent is not None and day}


LIFE, STATUS = (list(vocabulary()[name]) for name in ("life", "status"))
LIGHT: dict[str, Callable[[Row], Any]] = {  # columns whose order the rows themselves know
    "name": lambda row: row.name.encode("gb18030"),  # as a Chinese dictionary has the common characters
    "region": lambda row: row.region or None,
    "sector": lambda row: row.sector or None,
    "stage": lambda row: LIFE.index(row.stage) if row.stage in LIFE else STATUS.index(row.status) - 100,
    "aid": lambda row: row.aid,
    "due": lambda row: row.due,
}
HEAVY = ("percent", "received", "paid", "asked")  # columns that stand beside them
COLUMNS = (*LIGHT, *HEAVY)


def in_order(rows: list[Row], by: str, found: Beside) -> list[Row]:
    """Rows by a column, from above where it begins with "-"; those that say nothing there last."""
    name = by.removeprefix("-")
    if name in HEAVY:
        ask = getattr(found, name)
        keyed = [(ask(row.number), row) for row in rows]
    elif name in LIGHT:
        keyed = [(LIGHT[name](row), row) for row in rows]
    else:
        return rows
    return ordered(keyed, by)
