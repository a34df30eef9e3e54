"""计划衔接 …/plans/fit/: which plan stands under which, what each holds, whether the lower fit the upper; principles beside them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from duikou.acts.doing import programme_of
from duikou.records.models import Plan, PlanLine
from duikou.rules.ledger import total, totals
from duikou.rules.plans import RULES, Fitting, Superseding
from duikou.rules.problem import Problem, judge
from duikou.web.book import open_book
from duikou.web.doors import door, of_own_part
from duikou.web.governing.carried import meant
from duikou.web.language import period_words, say
from duikou.web.ledger.kept import wan
from duikou.web.listing import files
from duikou.web.projects.kept import Money, way, whole
from duikou.web.projects.rows import Row, rows_of, standing

from .kept import GONE, HERE, SECTORS, Block, holding, listed_of, stood, summed
from .said import sentence
from .tree import Tree
from .versions import signed

SHOWN = 20  # lines without a plan that the page names


@dataclass(frozen=True)
class Held:
    """A plan in force as the page shows it: how deep it stands, its lines added up, what the rules say of it."""

    plan: Plan
    depth: int
    sum: Block
    versions: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Sector:
    """A sector of a plan: what the plan itself puts there, what the plans under it put there, in fen; the problem, if any."""

    code: str
    stated: int
    planned: int
    problem: Problem | None

    @property
    def amounts(self) -> tuple[str, str, str]:
        """Both and what is left, in 万元."""
        return wan(self.stated), wan(self.planned), signed(self.stated - self.planned) or wan(0)


@dataclass(frozen=True)
class Fits:
    """A plan with the plans under it: sector by sector where it lists projects itself, and all of them."""

    upper: Plan
    lower: tuple[Plan, ...]
    sectors: tuple[Sector, ...]
    planned: str
    stated: bool


def page(request: HttpRequest, programme: str, period: str) -> HttpResponse:
    """The page."""
    book, found = open_book(programme, period), programme_of(programme)
    tree, all_of_it = Tree.of(found), whole(request, programme)
    projects = {row.number: row for row in rows_of(request, found)}
    money, by_plan = standing(found).money, lines_by_plan(tree, projects)
    held = list(held_by(tree, by_plan, projects, money, all_of_it=all_of_it))
    loose = [row for row in holding(found) if row.plan_id is None and row.project_id in projects]
    lined = listed_of(loose, projects, money)
    context = {
        "book": book, "code": programme, "whole": all_of_it, "held": held,
        "fits": list(fits(tree, by_plan)) if all_of_it else [],
        "asking": [(one, sentence(problem), problem) for one in held for problem in one.problems],
        "loose": [(one, one.there(programme, period)) for one in lined[:SHOWN]], "loose_count": len(lined),
        "loose_sum": wan(total(one.row.aid for one in lined)), "more": max(len(lined) - SHOWN, 0),
        "guiding": [one for one in meant(found) if one.kind == "principle"] if all_of_it else [],
        "hanging": way("governance-hanging", programme, period),
    }  # fmt: skip
    return render(request, "plans_fit.html", context)


Lines = dict[int | None, list[PlanLine]]


def lines_by_plan(tree: Tree, projects: Iterable[int]) -> Lines:
    """The lines of the projects that the person sees, by plan."""
    found: Lines = {}
    for row in stood(tree.plans):
        if row.project_id in projects:
            found.setdefault(row.plan_id, []).append(row)
    return found


def held_by(tree: Tree, by_plan: Lines, projects: dict[int, Row], money: Money, *, all_of_it: bool) -> Iterator[Held]:
    """The plans in force, each after the one it stands under; what the rules say is for who sees the whole programme."""
    for depth, plan in tree.nested():
        lines = listed_of(by_plan.get(plan.pk, ()), projects, money)
        problems = tuple(tree.problems(plan)) if all_of_it else ()
        yield Held(plan, depth, summed(lines)[2], len(tree.older(plan)) + 1, problems)


def fits(tree: Tree, by_plan: Lines) -> Iterator[Fits]:
    """Each plan that others stand under, with what they come to."""
    for _depth, plan in tree.nested():
        if lower := tree.below(plan):
            under = [row for one in lower for row in by_plan.get(one.pk, ())]
            yield fitted(tree, plan, lower, by_plan.get(plan.pk, []), under)


def fitted(tree: Tree, upper: Plan, lower: Sequence[Plan], own: Sequence[PlanLine], under: Sequence[PlanLine]) -> Fits:
    """A plan and those under it, sector by sector; projects that were given up are left out."""
    stated, planned = (
        totals((row.project.sector, row.aid) for row in rows if row.project.status != GONE) for rows in (own, under)
    )
    sectors = [code for code in SECTORS if code in stated or code in planned] if stated else []
    return Fits(
        upper, tuple(lower), tuple(_sector(tree, upper, code, stated.get(code, 0), planned.get(code, 0)) for code in sectors),
        wan(total(planned.values())), bool(stated),
    )  # fmt: skip


def _sector(tree: Tree, upper: Plan, code: str, stated: int, planned: int) -> Sector:
    fact = Fitting(sector=code, stated=stated, planned=planned, when=upper.when)
    found = judge(RULES[Fitting], fact, None, day=None, opened=tree.programme.opened)
    return Sector(code, stated, planned, found[0] if found else None)


def left_behind(tree: Tree, plan: Plan) -> Superseding:
    """The lines that still hold under the versions that a plan replaces."""
    older = {before.pk for before in tree.older(plan)}
    left = [row for row in holding(tree.programme) if row.plan_id in older] if older and not tree.newer(plan) else []
    return Superseding(left=len(left), amount=total(row.aid for row in left), when=plan.when)


# ---- the tables to take away ---------------------------------------------------------------------------------------------


def taken(request: HttpRequest, programme: str, period: str) -> files.Listing:
    """The plans in force as the page lists them, each with the one it stands under."""
    found = programme_of(programme)
    tree, projects = Tree.of(found), {row.number: row for row in rows_of(request, found)}
    heads = (
        _("计划名称"), _("年份"), _("状态"), _("行数"), _("未开工"), _("在建"), _("完工"), _("计划援助（万元）"),
        _("已支付（万元）"), _("承接"),
    )  # fmt: skip
    held = held_by(tree, lines_by_plan(tree, projects), projects, standing(found).money, all_of_it=False)
    rows = (_cells(tree, one) for one in held)
    return files.Listing(f"plans-{programme}", _("规划和计划"), heads, rows, wide=0)


def _cells(tree: Tree, one: Held) -> list[object]:
    """A plan as the page shows it."""
    plan, above = one.plan, tree.above(one.plan)
    version = _("第 %(n)s 版") % {"n": plan.version} if plan.version else ""
    years = period_words(plan.when) if plan.when else _("未报")
    return [
        plan.title, years, f"{say('plan_status', plan.status)}　{version}".strip(), *one.sum.counts,
        one.sum.aid if one.sum.lines else "", one.sum.moved[2], above.title if above and above is not plan else "",
    ]  # fmt: skip


def taken_sectors(request: HttpRequest, programme: str, period: str) -> files.Listing:
    """Sector by sector what each upper plan lists and what those under it come to; only for who sees the whole programme."""
    found = programme_of(programme)
    tree, projects = Tree.of(found), {row.number: row for row in rows_of(request, found)}
    heads = (
        _("领域"), _("上位规划列出（万元）"), _("下级合计（万元）"), _("还可安排（万元）"), _("合不合要求"), _("上位规划"),
    )  # fmt: skip
    shown = fits(tree, lines_by_plan(tree, projects)) if whole(request, programme) else ()
    rows = ([*_verdict(sector), one.upper.title] for one in shown for sector in one.sectors)
    return files.Listing(f"plans-sectors-{programme}", _("计划衔接"), heads, rows, wide=4)


def _verdict(sector: Sector) -> list[object]:
    """A sector as the page shows it."""
    odd = sector.problem
    said = f"{_('超出')} {odd.remedy}（{odd.code}）" if odd else _("在内")
    return [say("sector", sector.code), *sector.amounts, said]


urlpatterns = [
    door(HERE + "fit/", page, "see_records", of_own_part, name="plans-fit"),
    *files.doors(HERE + "fit/list", taken, "see_records", of_own_part, name="plans-fit"),
    *files.doors(HERE + "fit/sectors", taken_sectors, "see_records", of_own_part, name="plans-sectors"),
]
