"""One plan …/plans/plan/<number>/: its versions, what it stands under, consultations, lines, how they are carried out, shares."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from duikou.acts.doing import place_of, programme_of
from duikou.records.models import Consultation, Link, Party, Plan, PlanLine, Programme, Project, of, quantity
from duikou.rules.plans import RULES, Superseding
from duikou.rules.problem import Problem, judge
from duikou.rules.trials import SHARES, Trial
from duikou.rules.writing import write
from duikou.web.addresses import href, titles
from duikou.web.book import open_book
from duikou.web.doors import can, door, of_own_part
from duikou.web.governing.decisions import when_of
from duikou.web.kinds.listing import new_of
from duikou.web.language import area_name, say
from duikou.web.ledger.kept import wan
from duikou.web.listing import files
from duikou.web.projects.kept import offered, way, whole
from duikou.web.projects.rows import Row, rows_of, standing

from .fit import left_behind
from .kept import HERE, Listed, found_plan, holding, listed_of, stood, summed, trial_of
from .said import beside, names_of, said, told
from .tree import Tree
from .versions import Turn, Turned, adjusted, cells_of_turn, turned

NUMBERS = (3, 4, 6, 7, 8)  # cells of a line that are amounts
SHOWN = 30  # projects outside the plan that the page names


@dataclass(frozen=True)
class Round:
    """A consultation about a plan: when, about what, how often, who took part, what it led to."""

    row: Consultation
    when: str
    times: str
    parties: tuple[str, ...]
    led: tuple[tuple[str, str], ...]

    @property
    def href(self) -> str:
        """Its record."""
        return href("consultation", self.row.pk)


@dataclass(frozen=True)
class Outside:
    """A project of the years of a plan that has no line in it: its line elsewhere, if it has one."""

    project: Row
    elsewhere: PlanLine | None


def page(request: HttpRequest, programme: str, period: str, number: int) -> HttpResponse:
    """The page of a plan."""
    book, found = open_book(programme, period), programme_of(programme)
    tree = Tree.of(found)
    plan, all_of_it = found_plan(tree, number), whole(request, programme)
    projects = {row.number: row for row in rows_of(request, found)}
    lines = listed_of(stood([plan]), projects, standing(found).money)
    sectors, areas, every = summed(lines)
    outside = list(_outside(tree, plan, projects))
    context = {
        "book": book, "plan": plan, "record": href("plan", plan.pk), "whole": all_of_it, "numbers": NUMBERS,
        "above": tree.above(plan), "named": tree.plan(plan.under_id), "below": tree.below(plan), "newer": tree.newer(plan),
        "versions": list(_versions(tree, plan, projects)), "heads": heads(),
        "lines": [(one, one.there(programme, period), cells_of(one)) for one in lines], "sectors": sectors, "areas": areas, "every": every,
        "given_up": len([one for one in lines if one.cancelled]),
        "idle": [one for one in every.lines if one.carried == "none"],
        "turns": _adjusted(plan, projects), "outside": outside[:SHOWN], "more": max(len(outside) - SHOWN, 0),
        "loose": len([one for one in outside if one.elsewhere is None]), "here": way("plan", programme, period, number),
        "fit": way("plans-fit", programme, period), **(_whole(request, period, tree, plan, names_of(lines)) if all_of_it else {}),
    }  # fmt: skip
    return render(request, "plan.html", context)


def _whole(request: HttpRequest, period: str, tree: Tree, plan: Plan, names: dict[int, str]) -> dict[str, object]:
    """What only those see who see the whole programme: consultations, what the rules say, the ways on."""
    programme, code = tree.programme, tree.programme.code
    held = holding(programme, plan)
    trial = trial_of(programme, stood([plan]))
    everything = trial_of(programme, holding(programme)) if not tree.newer(plan) else trial
    beyond = {line.number for line in everything.lines} != {line.number for line in trial.lines}
    correct = can(request, "correct_record", place_of(programme))
    return {
        "rounds": list(_rounds(programme, [plan, *tree.older(plan), *tree.newer(plan)])), "shares": beside(None, trial),
        "objections": said([("", one) for one in trial.objections], names),
        "beyond": _beyond(everything) if beyond else {}, "problems": told(problems(tree, plan)),
        "try": way("plan-try", code, period, plan.pk) if held and not tree.newer(plan) else "",
        "consult": new_of(request, code, period, "consultation"),
        "put": offered(request, code, "plan_project", "plan-new", code, period),
        "correct": way("kind-correct", code, period, "plans", "plan", plan.pk) if correct else "",
    }  # fmt: skip


def _beyond(trial: Trial) -> dict[str, object]:
    """The shares of all lines of the programme, which the rules look at when one is entered, and where they fall short."""
    found = [one for one in trial.objections if one.problem.code in SHARES.values()]
    return {
        "shares": beside(None, trial),
        "objections": said([("", one) for one in found], {}),
        "total": wan(trial.total),
    }


def problems(tree: Tree, plan: Plan) -> list[Problem]:
    """What the rules say of a plan itself, and of what it left behind in the version it replaces."""
    asked = judge(RULES[Superseding], left_behind(tree, plan), None, day=plan.last, opened=tree.programme.opened)
    return tree.problems(plan) + asked


def _versions(tree: Tree, plan: Plan, projects: dict[int, Row]) -> Iterator[Turned]:
    """Each version with the one it replaces, the newest first."""
    older = tree.older(plan)
    every = [*reversed(tree.newer(plan)), plan, *older]
    lines: dict[int, list[PlanLine]] = {one.pk: [] for one in every}
    if len(every) > 1:
        for row in stood(every):
            if row.project_id in projects and row.plan_id:
                lines[row.plan_id].append(row)
    for newer in every:
        before = tree.plan(newer.replaces_id)
        if before is not None and before.pk in lines:
            yield turned(before, newer, lines[before.pk], lines[newer.pk])


def _adjusted(plan: Plan, projects: dict[int, Row]) -> list[Turn]:
    """The lines that were changed within this version."""
    rows = PlanLine.objects.filter(plan=plan, replaces__plan=plan).select_related("project", "replaces").order_by("pk")
    return adjusted(row for row in rows if row.project_id in projects)


def _rounds(programme: Programme, versions: Sequence[Plan]) -> Iterator[Round]:
    """The consultations that led to a plan or are about it, in the order of their days."""
    numbers = {plan.pk for plan in versions}
    links = Link.objects.filter(to__in=numbers, role__in=("leads_to", "about"), record__kind="consultation")
    rows = list(of(Consultation, programme).filter(pk__in=links.values("record")).select_related("record"))
    numbered = [row.pk for row in rows]
    parties: dict[int, list[str]] = {}
    for party in Party.objects.filter(record__in=numbered, role="party").select_related("organisation"):
        parties.setdefault(party.record_id, []).append(party.organisation.short or party.organisation.name)
    led: dict[int, list[Link]] = {}
    for link in Link.objects.filter(record__in=numbered, role="leads_to").select_related("to").order_by("position"):
        led.setdefault(link.record_id, []).append(link)
    names = titles(link.to for links_ in led.values() for link in links_)
    for row in sorted(rows, key=lambda row: (row.first is None, row.first, row.pk)):
        times = quantity(row, "times")
        to = tuple((names[link.to_id], href(link.to.kind, link.to_id)) for link in led.get(row.pk, ()))
        yield Round(row, when_of(row), write(times).text if times else "", tuple(parties.get(row.pk, ())), to)


def _outside(tree: Tree, plan: Plan, projects: dict[int, Row]) -> Iterator[Outside]:
    """The projects of the years of a plan that have no line in it, nor in one under it; those without any line first."""
    if plan.first is None or plan.last is None:
        return
    lines = {row.project_id: row for row in holding(tree.programme)}
    inside = {row.project_id for row in stood([plan, *tree.under(plan)])}
    years = of(Project, tree.programme).filter(first__lte=plan.last, last__gte=plan.first).exclude(status="cancelled")
    numbers = [number for number in years.order_by("pk").values_list("pk", flat=True) if number in projects]
    found = [Outside(projects[number], lines.get(number)) for number in numbers if number not in inside]
    yield from sorted(found, key=lambda one: one.elsewhere is not None)


# ---- the lines to take away ---------------------------------------------------------------------------------------------


def heads() -> tuple[str, ...]:
    """The heads of the table of lines, after the project."""
    return (
        _("领域"), _("地区"), _("计划内外"), _("计划援助（万元）"), _("总投资（万元）"), _("阶段"), _("已下达（万元）"), _("已到账（万元）"),
        _("已支付（万元）"), _("计入比例"),
    )  # fmt: skip


def cells_of(one: Listed) -> list[tuple[str, str, bool]]:
    """The cells of a line: head, text, whether it is a number."""
    return [(head, cell, at in NUMBERS) for at, (head, cell) in enumerate(zip(heads(), one.cells, strict=True))]


def taken(request: HttpRequest, programme: str, period: str, number: int) -> files.Listing:
    """The lines of the plan as the page shows them."""
    found = programme_of(programme)
    plan = found_plan(Tree.of(found), number)
    projects = {row.number: row for row in rows_of(request, found)}
    lines: list[Listed] = listed_of(stood([plan]), projects, standing(found).money)
    rows = ([one.row.pk, one.project.name, *one.cells] for one in lines)
    return files.Listing(f"plan-{programme}-{number}", plan.title, (_("编号"), _("项目"), *heads()), rows)


def taken_outside(request: HttpRequest, programme: str, period: str, number: int) -> files.Listing:
    """The projects of the years of the plan that have no line in it."""
    found = programme_of(programme)
    tree = Tree.of(found)
    plan, projects = found_plan(tree, number), {row.number: row for row in rows_of(request, found)}
    title, heads = _("同期项目，没有列入这个计划"), (_("项目"), _("领域"), _("地区"), _("列在哪里"))
    cells = (
        [one.project.name, say("sector", one.project.sector), area_name(one.project.region), _where(one)]
        for one in _outside(tree, plan, projects)
    )
    return files.Listing(f"plan-outside-{programme}-{number}", title, heads, cells, wide=0)


def _where(one: Outside) -> str:
    """Where a project has its line."""
    if one.elsewhere is None:
        return _("没有计划行")
    return _("别的计划") if one.elsewhere.plan_id else _("有计划行，没有写哪个计划")


def taken_turns(request: HttpRequest, programme: str, period: str, number: int) -> files.Listing:
    """What changed from version to version, then within this one, as the page lists it."""
    found = programme_of(programme)
    tree = Tree.of(found)
    plan, projects = found_plan(tree, number), {row.number: row for row in rows_of(request, found)}
    heads = (
        _("项目"), _("改动"), _("原援助（万元）"), _("现援助（万元）"), _("相差（万元）"), _("原总投资（万元）"), _("现总投资（万元）"),
        _("批文"), _("版次"),
    )  # fmt: skip
    rows: list[list[object]] = []
    for one in _versions(tree, plan, projects):
        if one.turns:
            turns = [cells_of_turn(turn) for turn in one.turns]
            turns.append([_("合计"), "", *one.totals, "", "", ""])
            rows += [[*cells, f"{one.older.title} → {one.newer.title}"] for cells in turns]
    rows += [[*cells_of_turn(turn), _("本版内的调整")] for turn in _adjusted(plan, projects)]
    return files.Listing(f"plan-turns-{programme}-{number}", f"{_('改动')} {plan.title}", heads, rows, wide=0)


ONE = HERE + "plan/<int:number>/"
urlpatterns = [
    door(ONE, page, "see_records", of_own_part, name="plan"),
    *files.doors(ONE + "list", taken, "see_records", of_own_part, name="plan"),
    *files.doors(ONE + "outside", taken_outside, "see_records", of_own_part, name="plan-outside"),
    *files.doors(ONE + "turns", taken_turns, "see_records", of_own_part, name="plan-turns"),
]
