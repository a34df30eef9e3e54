"""提出口径: the conditions as words to be ticked, then what would change, then the proposal."""

import json
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from duikou.acts import readings as acts
from duikou.acts.doing import Forbidden, once, programme_of, today
from duikou.rules import readings as rules
from duikou.rules.problem import Problem, Refused
from duikou.statistics.definition import Definition, series, unfit
from duikou.statistics.explain import column_said, columns_of, sentence, word_of
from duikou.statistics.proposals import following, plain, series_known, tried
from duikou.statistics.uses import changes, uses
from duikou.web.book import Book, open_book, person_of, snapshot
from duikou.web.doors import door, of_programme
from duikou.web.forms import Day, Once

from .kept import outlines, sheet_of, touched
from .register import used

NOT_TICKED = ("kind", "label", *rules.STAYING)  # columns that tell one statistic from another
MANY = 12  # words that are ticked without a frame of their own


class Propose(Once):
    """The form of a proposal: what it is called and means, from which day, its conditions as words, and why."""

    name = forms.CharField(label="名称", max_length=80)
    why = forms.CharField(label="含义", max_length=120, help_text="一句话：算的是什么，不算什么")
    valid_from = Day(label="自何日起", help_text="晚于已关账的账期和前一说法；末日在这一天以后的期间用新说法")
    rests_on = forms.CharField(label="依据", max_length=120, help_text="文件名称、文号或来源用语")
    reason = forms.CharField(label="为什么改", max_length=120)
    at = {
        "readings.2": "", "readings.5": "valid_from", "readings.6": "reason",
    }  # fmt: skip

    def __init__(self, *args: Any, sheet: Definition, **more: Any) -> None:
        super().__init__(*args, **more)
        self.sheet = sheet
        proposal = {"name": sheet.name, "why": sheet.why, "rests_on": sheet.rests_on, "valid_from": today()}
        self.initial = {**self.initial, **proposal}
        for column, words in self._columns().items():
            self.fields[f"where_{column}"] = _ticks(sheet, column, words)
            self.initial[f"where_{column}"] = list(sheet.where.get(column, ()))
        for place, part in enumerate(filter(None, sheet.share)):
            readings = [(d.code, f"{d.name}（{d.code}）") for d in series(rules.series_of(part))]
            label = "分母" if place else "分子"
            self.fields[f"share_{place}"] = forms.ChoiceField(label=label, choices=readings, initial=part)

    def _columns(self) -> dict[str, tuple[str, ...]]:
        """The columns whose words are ticked: those of terms, and those that the sheet has a condition on."""
        if not self.sheet.of:
            return {}
        known = columns_of(self.sheet.of).items()
        return {c: words for c, words in known if words and c not in NOT_TICKED and not c.endswith("_unit")}

    def written(self) -> dict[str, Any]:
        """The sheet that was typed."""
        said = self.cleaned_data
        where = {c: list(words) for c, words in self.sheet.where.items() if f"where_{c}" not in self.fields}
        where |= {c: list(said[f"where_{c}"]) for c in self._columns() if said[f"where_{c}"]}
        share = {"share": [said["share_0"], said["share_1"]]} if "share_0" in self.fields else {}
        typed = {name: said[name].strip() for name in ("name", "why", "rests_on")}
        return {**plain(self.sheet), **typed, **share, "where": where, "valid_from": str(said["valid_from"])}


def _ticks(sheet: Definition, column: str, words: tuple[str, ...]) -> forms.Field:
    choices = [(word, word_of(sheet.of, column, word)) for word in words]
    widget = forms.CheckboxSelectMultiple(attrs={"class": "many"} if len(choices) > MANY else {})
    note = "都不选：不论" + column_said(sheet.of, column)
    return forms.MultipleChoiceField(
        label=f"条件：{column_said(sheet.of, column)}", choices=choices, required=False, widget=widget, help_text=note
    )


def propose(request: HttpRequest, programme: str, period: str, code: str) -> HttpResponse:
    """The form, the page of what would change, or the way back to the statistic once it is proposed."""
    book, sheet = open_book(programme, period), sheet_of(code)
    if request.method != "POST":
        return _form(request, book, Propose(sheet=sheet))
    typed, step = Propose(request.POST, sheet=sheet), request.POST.get("step", "check")
    if not typed.is_valid() or step == "edit":
        return _form(request, book, typed, quiet=step == "edit")
    fact = _fact(request, typed)
    known = series_known(sheet.code, str(fact.valid_from))
    _object(typed, acts.objections(fact, known))
    if not typed.errors and (wrong := unfit(tried(fact.code, fact.sheet))):
        typed.add_error(None, wrong)
    if typed.errors:
        return _form(request, book, typed)
    if step != "confirm":
        return _check(request, book, typed, tried(fact.code, fact.sheet))
    return _done(request, book, typed, fact, known) or _form(request, book, typed)


def _fact(request: HttpRequest, typed: Propose) -> rules.Definition:
    first = rules.series_of(typed.sheet.code)
    code = rules.next_code(first, acts.taken(first))
    return rules.proposed(code, typed.written(), author=person_of(request).account, reason=typed.cleaned_data["reason"])


def _object(typed: Propose, problems: list[Problem] | tuple[Problem, ...]) -> None:
    for problem in problems:
        field = Propose.at.get(problem.code) or None
        typed.add_error(field, str(problem))


def _done(
    request: HttpRequest, book: Book, typed: Propose, fact: rules.Definition, known: rules.Series
) -> HttpResponse | None:
    """Propose once for the key of the form; nothing where it was refused: then it stands on the form."""
    person, programme = person_of(request), programme_of(book.code)

    def act() -> list[int]:
        return [acts.propose_reading(fact, programme=programme, person=person, series=known)]

    asked = json.dumps(["propose_reading", typed.sheet.code, typed.written()], ensure_ascii=False, sort_keys=True)
    try:
        (number,), before = once(person, typed.cleaned_data["key"], asked, act)
    except Refused as refused:
        _object(typed, refused.problems)
    except (Forbidden, ValueError) as odd:
        typed.add_error(None, str(odd))
    else:
        said = _("已提出过，没有再提：等待核定") if before else _("已提出，等待核定")
        messages.success(request, said)
        return redirect(reverse("reading-proposed", args=[book.code, book.period, number]))
    return None


def _form(request: HttpRequest, book: Book, typed: Propose, *, quiet: bool = False) -> HttpResponse:
    wrong = typed.is_bound and not quiet and bool(typed.errors)
    context = {
        "book": book, "form": typed, "sheet": typed.sheet, "sentence": sentence(typed.sheet), "wrong": wrong, "quiet": quiet,
        "back": reverse("reading", args=[typed.sheet.code]),
    }  # fmt: skip
    return render(request, "readings_propose.html", context, status=422 if wrong else 200)


def _check(request: HttpRequest, book: Book, typed: Propose, new: Definition) -> HttpResponse:
    kept = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in ("csrfmiddlewaretoken", "step")
        for value in values
    ]
    context = {"book": book, "form": typed, "sheet": typed.sheet, "kept": kept, **would_change(request, new)}
    return render(request, "readings_check.html", context)


def would_change(request: HttpRequest, new: Definition) -> dict[str, Any]:
    """What a reading would change: its sentence, the periods whose figure differs, the tables and papers that use it."""
    taken = snapshot()
    titles = {row["code"]: row["title"] for row in taken.rows["programmes"]}
    found = changes(taken, new, touched(request, new))
    return {
        "new": new, "said": sentence(new), "changes": [(titles[one.programme], one.bridge) for one in found],
        "uses": used(uses(new.code, outlines(request)), drafts=True), "following": [one.fact for one in following(new)],
    }  # fmt: skip


urlpatterns = [
    door(
        "p/<slug:programme>/<period:period>/def/<str:code>/propose",
        propose,
        "propose_reading",
        of_programme,
        name="reading-propose",
    ),
]
