"""试算 …/plans/plan/<number>/try/: the lines of a plan with other amounts, what that breaks, and the way to the real act."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from duikou.acts.doing import programme_of
from duikou.records.models import Plan, PlanLine
from duikou.rules.amounts import words
from duikou.rules.trials import SHARES, Trial, appeared, papers
from duikou.web.book import open_book
from duikou.web.doors import door, of_programme
from duikou.web.forms import Money
from duikou.web.ledger.kept import wan
from duikou.web.listing import files
from duikou.web.projects.kept import offered, way
from duikou.web.projects.rows import rows_of, standing

from .kept import HERE, Listed, found_plan, holding, listed_of, trial_of
from .said import beside, names_of, said
from .tree import Tree
from .versions import signed

LONGEST = 1500  # characters of what was tried that an address takes
LINE = "line"
HEADS = ("项目", "领域", "地区", "计入比例", "现在（万元）", "试算（万元）", "相差（万元）")


class Amounts(forms.Form):
    """Another amount for each line; or so much money from one line to another."""

    source = forms.ChoiceField(label=_("从"), required=False)
    target = forms.ChoiceField(label=_("到"), required=False)
    much = Money(label=_("多少（万元）"), required=False)

    def __init__(self, lines: Sequence[PlanLine], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.lines = lines
        offered_: Any = [("", "——"), *((str(line.pk), str(line.project)) for line in lines)]
        for name in ("source", "target"):
            field: Any = self.fields[name]
            field.choices = offered_
        for line in lines:
            self.fields[f"{LINE}{line.pk}"] = Money(least=0, required=False, label=str(line.project))
            self.initial.setdefault(f"{LINE}{line.pk}", plain(line.aid))

    def clean(self) -> dict[str, Any]:
        """Money is moved from a line that has it to another."""
        said = super().clean() or {}
        if not {"source", "target", "much"} <= said.keys() or not (said["source"] or said["target"] or said["much"]):
            return said
        if lacking := [name for name in ("source", "target", "much") if not said[name]]:
            self.add_error(lacking[0], "从哪一行、到哪一行、多少，三样一起写")
        elif said["source"] == said["target"]:
            self.add_error("target", "从哪一行移出，就不能移入哪一行；另选一行")
        else:
            self._move(said)
        return said

    def _move(self, said: dict[str, Any]) -> None:
        """Take it from one line and put it on the other."""
        amounts = self.amounts(said)
        source, target, much = int(said["source"]), int(said["target"]), said["much"]
        if much > amounts[source]:
            name = self.fields[f"{LINE}{source}"].label
            self.add_error("much", f"“{name}”有 {words(amounts[source])}，移不出 {words(much)}；改小，或另选一行")
            return
        said[f"{LINE}{source}"], said[f"{LINE}{target}"] = amounts[source] - much, amounts[target] + much

    def amounts(self, said: Mapping[str, Any]) -> dict[int, int]:
        """What each line comes to; an empty field leaves it as it is."""
        standing = {line.pk: line.aid for line in self.lines}
        typed = {line: said.get(f"{LINE}{line}") for line in standing}
        return standing | {line: fen for line, fen in typed.items() if fen is not None}

    def tried(self) -> dict[int, int]:
        """The lines that come to something else, each with what it comes to."""
        amounts = self.amounts(self.cleaned_data)
        return {line.pk: amounts[line.pk] for line in self.lines if amounts[line.pk] != line.aid}


def plain(fen: int) -> str:
    """An amount in 万元 as a field takes it: digits alone."""
    return wan(fen).replace(",", "")


@dataclass(frozen=True)
class Shift:
    """A line with its field, what it is tried with, by how much that differs; the ways to the real acts."""

    one: Listed
    field: Any
    after: int
    weighty: bool = False
    change: str = ""
    plan: str = ""

    @property
    def changed(self) -> bool:
        """Whether it is tried with another amount."""
        return self.after != self.one.row.aid

    @property
    def amounts(self) -> tuple[str, str, str]:
        """Before, after, the difference, in 万元."""
        return wan(self.one.row.aid), wan(self.after), signed(self.after - self.one.row.aid)


def page(request: HttpRequest, programme: str, period: str, number: int) -> HttpResponse:
    """The lines with their fields; what was typed or moved stands in the address of the answer, and nowhere in the book."""
    found = programme_of(programme)
    tree = Tree.of(found)
    plan = found_plan(tree, number)
    lines = [] if tree.newer(plan) else holding(found, plan)
    form = _form(request, lines)
    if form.is_bound and not form.is_valid():
        return _page(request, period, tree, plan, form, lines, {})
    tried = form.tried() if form.is_bound else {}
    query = urlencode({f"{LINE}{line}": plain(fen) for line, fen in tried.items()})
    if request.method == "POST" and len(query) <= LONGEST:
        return redirect(f"{request.path}?{query}#result" if query else request.path)
    data = {f"{LINE}{line.pk}": plain(tried.get(line.pk, line.aid)) for line in lines}
    return _page(request, period, tree, plan, Amounts(lines, initial=data), lines, tried)


def taken(request: HttpRequest, programme: str, period: str, number: int) -> files.Listing | HttpResponse:
    """The lines with what the address tries them with; 422 where that cannot be read."""
    found = programme_of(programme)
    tree = Tree.of(found)
    plan = found_plan(tree, number)
    lines = [] if tree.newer(plan) else holding(found, plan)
    form = _form(request, lines)
    if form.is_bound and not form.is_valid():
        said = gettext("有要改的地方，还没有算")
        return HttpResponse(said, status=422, content_type="text/plain; charset=utf-8")
    tried = form.tried() if form.is_bound else {}
    listed = listed_of(lines, {row.number: row for row in rows_of(request, found)}, standing(found).money)
    rows = (_cells(Shift(one, None, tried.get(one.row.pk, one.row.aid))) for one in listed)
    title, name = f"{gettext('试算')} {plan.title}", f"try-{programme}-{number}"
    return files.Listing(name, title, tuple(map(gettext, HEADS)), rows, wide=0)


def _cells(shift: Shift) -> list[object]:
    """A line as the page shows it, with what it comes to."""
    cells = shift.one.cells
    return [shift.one.project.name, cells[0], cells[1], cells[9], *shift.amounts]


def _form(request: HttpRequest, lines: Sequence[PlanLine]) -> Amounts:
    """What was typed, or what the address says."""
    if request.method == "POST":
        return Amounts(lines, request.POST)
    said = request.GET.dict()
    return Amounts(lines, said) if any(name.startswith(LINE) for name in said) else Amounts(lines)


def _page(
    request: HttpRequest, period: str, tree: Tree, plan: Plan, form: Amounts, lines: Sequence[PlanLine],
    tried: Mapping[int, int],
) -> HttpResponse:  # fmt: skip
    found = tree.programme
    projects = {row.number: row for row in rows_of(request, found)}
    before, every = trial_of(found, lines), trial_of(found, holding(found))
    after = before.tried(tried)
    listed = listed_of(lines, projects, standing(found).money)
    wrong = form.is_bound and not form.is_valid()
    shifts = [
        _shift(request, (found.code, period), before, one, form, tried.get(one.row.pk, one.row.aid)) for one in listed
    ]
    context = {
        "book": open_book(found.code, period), "plan": plan, "form": form, "wrong": wrong, "tried": bool(tried),
        "shifts": shifts, "changed": [one for one in shifts if one.changed], "totals": _totals(before, after),
        "shares": beside(before, after), "turns": said(appeared(before.objections, after.objections), names_of(listed)),
        "every": _every(before, every, tried), "papers": papers(after.objections),
        "back": way("plan", found.code, period, plan.pk),
    }  # fmt: skip
    return render(request, "plan_try.html", context, status=422 if wrong else 200)


def _totals(before: Trial, after: Trial) -> tuple[str, str, str]:
    """What all lines come to before and after, and the difference."""
    return wan(before.total), wan(after.total), signed(after.total - before.total)


def _every(before: Trial, every: Trial, tried: Mapping[int, int]) -> dict[str, Any]:
    """The same of all lines of the programme, which the rules look at when one is entered; nothing where these are all."""
    if {line.number for line in before.lines} == {line.number for line in every.lines}:
        return {}
    after = every.tried(tried)
    return {
        "shares": beside(every, after),
        "turns": [one for one in said(appeared(every.objections, after.objections), {}) if one.problem.code in SHARES.values()],
        "totals": _totals(every, after),
    }  # fmt: skip


def _shift(request: HttpRequest, at: tuple[str, str], trial: Trial, one: Listed, form: Amounts, after: int) -> Shift:
    """A line with its field, and where it is tried with another amount the ways to the real acts."""
    field, row = form[f"{LINE}{one.row.pk}"], one.row
    if after == row.aid:
        return Shift(one, field, after)
    delta = after - row.aid
    turned = f"援助资金由 {words(row.aid)}改为 {words(after)}"
    said = {"project": row.project_id, "type": "budget", "amount": f"{'-' if delta < 0 else ''}{words(abs(delta))}"}
    programme, period = at
    return Shift(
        one, field, after, trial.weighty(row.pk, after),
        offered(request, programme, "request_change", "change-new", programme, period, content=turned, **said),
        offered(request, programme, "plan_project", "plan-new", programme, period, project=row.project_id, aid=words(after)),
    )  # fmt: skip


TRY = HERE + "plan/<int:number>/try/"
urlpatterns = [
    door(TRY, page, "see_records", of_programme, name="plan-try"),
    *files.doors(TRY + "list", taken, "see_records", of_programme, name="plan-try"),
]
