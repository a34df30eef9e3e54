"""What the pages of plans share: lines as they stood in a plan, what is told of each, the trial that judges them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import Http404

from duikou.acts.budgets import plan_standing
from duikou.acts.places import plan_lines
from duikou.records.models import Item, Plan, PlanLine, Programme
from duikou.rules import budgets as rules
from duikou.rules.ledger import total
from duikou.rules.plans import Carried, carried
from duikou.rules.trials import Line, Trial
from duikou.terms.words import vocabulary
from duikou.web.addresses import href
from duikou.web.doors import ABSENT
from duikou.web.language import area_name, listed, say
from duikou.web.ledger.kept import wan
from duikou.web.projects.kept import COME, GIVEN, PAID, Money, of_states, way
from duikou.web.projects.rows import Row

from .tree import Tree

HERE = "p/<slug:programme>/<period:period>/plans/"
GONE = "cancelled"
SECTORS = list(vocabulary()["sector"])


def found_plan(tree: Tree, number: int) -> Plan:
    """The plan of a number in an address; 404 where the programme has none."""
    found = tree.plan(number)
    if found is None:
        raise Http404(ABSENT)
    return found


def stood(plans: Iterable[Plan]) -> list[PlanLine]:
    """The lines of plans as each stood at last: of every project the last line in each plan, whatever replaced it elsewhere."""
    rows = PlanLine.objects.filter(plan__in=[plan.pk for plan in plans]).select_related("project", "replaces")
    return list({(row.plan_id, row.project_id): row for row in rows.order_by("pk")}.values())


def holding(programme: Programme, plan: Plan | None = None) -> list[PlanLine]:
    """The lines that still hold, of a plan or of all plans: no later line took their place, no project was given up."""
    rows = plan_lines().filter(record__programme=programme).select_related("project", "replaces")
    return list(rows.filter(plan=plan) if plan else rows)


def shares_of(rows: Iterable[PlanLine]) -> dict[int, tuple[str, ...]]:
    """What each line counts as (terms: share), in the order of the list of terms."""
    numbers = [row.pk for row in rows]
    found: dict[int, set[str]] = {}
    for record, share in Item.objects.filter(record__in=numbers, list="share").values_list("record_id", "text"):
        found.setdefault(record, set()).add(share)
    return {number: tuple(code for code in vocabulary()["share"] if code in said) for number, said in found.items()}


def trial_of(programme: Programme, rows: Iterable[PlanLine]) -> Trial:
    """Lines as the rules judge them when they are entered; projects that were given up are counted no longer."""
    held = [row for row in rows if row.project.status != GONE]
    shares = shares_of(held)
    lines = tuple(_line(row, shares.get(row.pk, ())) for row in held)
    return Trial(lines, plan_standing(programme, None), programme.opened)


def _line(row: PlanLine, shares: tuple[str, ...]) -> Line:
    fact = rules.PlanLine(
        project=row.project_id, scope=row.scope, aid=row.aid, plan=row.plan_id, total=row.total,
        feasibility=row.feasibility, estimate=row.estimate, approval=row.approval, replaces=row.replaces_id, when=row.when,
        items=tuple(("share", share, "") for share in shares),
    )  # fmt: skip
    before = row.replaces
    return Line(row.pk, fact, before.estimate if before else None, before.aid if before else None)


@dataclass(frozen=True)
class Listed:
    """A line of a plan as a page shows it, with its project and the money that has moved for it."""

    row: PlanLine
    project: Row
    shares: tuple[str, ...]
    issued: int | None
    received: int | None
    spent: int | None

    @property
    def href(self) -> str:
        """Its record."""
        return href("plan_line", self.row.pk)

    def there(self, programme: str, period: str) -> str:
        """The page of its project."""
        return way("project", programme, period, self.project.number)

    @property
    def carried(self) -> Carried:
        """How far it is carried out."""
        return carried(self.project.status)

    @property
    def cancelled(self) -> bool:
        """Whether its project was given up."""
        return self.project.status == GONE

    @property
    def cells(self) -> tuple[str, ...]:
        """What the table and the files show, after the name of the project."""
        row, project = self.row, self.project
        stage = say("life", project.stage) if project.stage and not self.cancelled else say("status", project.status)
        return (
            say("sector", project.sector), area_name(project.region), say("scope", row.scope), wan(row.aid), wan(row.total),
            stage, wan(self.issued), wan(self.received), wan(self.spent), listed([say("share", one) for one in self.shares]),
        )  # fmt: skip


def listed_of(rows: Iterable[PlanLine], projects: dict[int, Row], money: Money) -> list[Listed]:
    """The lines of projects that the person sees, by sector and area."""
    seen = [row for row in rows if row.project_id in projects]
    shares = shares_of(seen)
    found = [_listed(row, projects[row.project_id], shares.get(row.pk, ()), money) for row in seen]
    return sorted(found, key=lambda one: (_place(one.project.sector), one.project.region, one.row.pk))


def _listed(row: PlanLine, project: Row, shares: tuple[str, ...], money: Money) -> Listed:
    entries = money.get(project.number, [])
    given, come, paid = (of_states(entries, states) for states in (GIVEN, COME, PAID))
    return Listed(row, project, shares, given, come, paid)


def _place(sector: str) -> int:
    return SECTORS.index(sector) if sector in SECTORS else len(SECTORS)


@dataclass(frozen=True)
class Block:
    """Lines added up: of a sector, of an area, or all of them; those of projects that were given up are left out."""

    code: str
    words: str
    lines: tuple[Listed, ...]

    @property
    def aid(self) -> str:
        """What is planned, in 万元."""
        return wan(total(one.row.aid for one in self.lines))

    @property
    def moved(self) -> tuple[str, ...]:
        """What was allotted, came and was paid, in 万元; empty where nobody said any."""
        return tuple(
            wan(total(said)) if (said := [fen for fen in column if fen is not None]) else ""
            for column in zip(*((one.issued, one.received, one.spent) for one in self.lines), strict=True)
        ) or ("", "", "")

    def count(self, how: Carried) -> int:
        """How many lines are carried out so far."""
        return len([one for one in self.lines if one.carried == how])

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """How many lines there are, are not begun, under way, done."""
        return len(self.lines), self.count("none"), self.count("under_way"), self.count("done")


def summed(lines: Iterable[Listed]) -> tuple[list[Block], list[Block], Block]:
    """The lines by sector, by area, and all of them."""
    held = [one for one in lines if not one.cancelled]
    sectors = [
        Block(code, say("sector", code), tuple(one for one in held if one.project.sector == code))
        for code in dict.fromkeys(one.project.sector for one in held)
    ]
    areas = [
        Block(code, area_name(code), tuple(one for one in held if one.project.region == code))
        for code in sorted({one.project.region for one in held}, key=lambda code: (not code, code))
    ]
    return sectors, areas, Block("all", "", tuple(held))
