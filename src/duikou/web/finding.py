"""One question (待核): what was found and answered, its history, and what may be done with it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy

from duikou.acts import findings as acts
from duikou.acts.doing import today
from duikou.records.models import Document, Finding, Office, Organisation, Pairing, Record
from duikou.rules import findings as rules
from duikou.rules.book import book as rule_book
from duikou.rules.problem import Refused
from duikou.rules.rights import Person, Place
from duikou.statistics.definition import definitions
from duikou.statistics.figure import Figure
from duikou.statistics.measure import figure
from duikou.statistics.values import RefusedSum

from . import withheld
from .addresses import areas, href, titles
from .book import Book, open_book, person_of
from .doors import ABSENT, can, door
from .findings import Listed, sentence, touched
from .forms import Day
from .language import named
from .projects.beside import beside
from .records import history_of
from .seeing import visible


class Assign(forms.Form):
    """Who answers, by when."""

    owner = forms.ModelChoiceField(label="责任单位", queryset=Organisation.objects.none(), empty_label="")
    due = Day(label="期限", help_text="写到日，如 2012-03-05")

    def __init__(self, *args: Any, finding: Finding, **more: Any) -> None:
        super().__init__(*args, **more)
        programme = finding.record.programme
        field: Any = self.fields["owner"]
        paired = Pairing.objects.filter(record__programme=programme).values("receiver")
        known = Q(pk__in=Office.objects.values("organisation")) | Q(pk__in=paired.exclude(receiver=None))
        asked = Finding.objects.filter(record__programme=programme).exclude(owner=None).values("owner")
        field.queryset = Organisation.objects.filter(known | Q(pk__in=asked)).order_by("pk")
        self.initial = {"owner": finding.owner_id, "due": finding.due}


class Reply(forms.Form):
    """What there is to say, and the paper it rests on."""

    text = forms.CharField(label="情况说明", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    evidence = forms.ModelChoiceField(
        label="依据的文件", queryset=Document.objects.none(), required=False, empty_label="没有"
    )

    def __init__(self, *args: Any, finding: Finding, **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["evidence"]
        papers = Document.objects.filter(record__programme=finding.record.programme, withdrawn=None)
        field.queryset = papers.order_by("-pk")
        self.initial = {"text": finding.answer}


class Word(forms.Form):
    """The word of a decision, or the reason of asking again."""

    word = forms.CharField(label="理由", required=False, max_length=200)

    def __init__(self, *args: Any, finding: Finding, **more: Any) -> None:
        super().__init__(*args, **more)


@dataclass(frozen=True)
class Deed:
    """What may be done with a question: the act, its words, its form, and how it is done."""

    act: str
    title: Any
    hint: Any
    done: Any
    form: Callable[..., forms.Form]
    do: Callable[[Finding, Person, dict[str, Any], int], None]
    settled: bool = False


def _assign(finding: Finding, person: Person, said: dict[str, Any], seen: int) -> None:
    acts.assign_finding(rules.Assignment(said["owner"].pk, said["due"], seen), finding=finding, person=person)


def _answer(finding: Finding, person: Person, said: dict[str, Any], seen: int) -> None:
    paper = said["evidence"].pk if said["evidence"] else None
    acts.answer_finding(rules.Answer(said["text"], seen, paper), finding=finding, person=person)


def _settle(finding: Finding, person: Person, said: dict[str, Any], seen: int) -> None:
    acts.settle_finding(rules.Decision(said["word"], seen), finding=finding, person=person)


def _reopen(finding: Finding, person: Person, said: dict[str, Any], seen: int) -> None:
    acts.reopen_finding(rules.Reopening(said["word"], seen), finding=finding, person=person)


DEEDS = {
    "answer": Deed("answer_finding", gettext_lazy("提交答复"), "", gettext_lazy("已答复"), Reply, _answer),
    "settle": Deed(
        "settle_finding", gettext_lazy("判定"), gettext_lazy("有答复的可不写理由；答复的人不判定自己的答复"), gettext_lazy("已判定"), Word, _settle
    ),
    "assign": Deed("assign_finding", gettext_lazy("交办"), "", gettext_lazy("已交办"), Assign, _assign),
    "reopen": Deed(
        "reopen_finding", gettext_lazy("重开"), gettext_lazy("写明新情况；原来的答复留在修改记录里"), gettext_lazy("已重开"), Word, _reopen, True
    ),
}  # fmt: skip


def of_finding(request: HttpRequest, *, programme: str, number: int, **at: Any) -> Place:
    """A question: its programme and the area of who answers for it; 404 where the programme has no such question."""
    return acts.place_of_finding(_finding(programme, number))


def _finding(programme: str, number: int) -> Finding:
    rows = Finding.objects.filter(record__programme__code=programme).select_related("record__programme", "owner")
    found = rows.filter(pk=number).first() if number < 2**63 else None
    if found is None:
        raise Http404(ABSENT)
    return found


def one(request: HttpRequest, programme: str, period: str, number: int) -> HttpResponse:
    """A question: what is asked, what was found, what was answered, what may be done."""
    return _page(request, open_book(programme, period), _finding(programme, number))


def deal(request: HttpRequest, programme: str, period: str, number: int, *, deed: str) -> HttpResponse:
    """Do what was asked with a question, or show it again with what stands against it."""
    if request.method != "POST":
        return redirect("finding", programme, period, number)
    finding, chosen_deed = _finding(programme, number), DEEDS[deed]
    typed = chosen_deed.form(request.POST, finding=finding, auto_id=f"{deed}-%s")
    seen = request.POST.get("seen", "")
    if typed.is_valid():
        line = int(seen) if seen.isdecimal() and len(seen) < 12 else 0
        try:
            chosen_deed.do(finding, person_of(request), typed.cleaned_data, line)
        except Refused as refused:
            for problem in refused.problems:
                typed.add_error(None, str(problem))
        else:
            messages.success(request, chosen_deed.done)
            return redirect("finding", programme, period, number)
    return _page(request, open_book(programme, period), _finding(programme, number), deed, typed)


def _page(
    request: HttpRequest, book: Book, finding: Finding, deed: str = "", typed: forms.Form | None = None
) -> HttpResponse:
    """The page of a question; with a form that was typed and its objections where one did not pass."""
    place = acts.place_of_finding(finding)
    offered = [
        (code, d, typed if code == deed and typed else d.form(finding=finding, auto_id=f"{code}-%s"))
        for code, d in DEEDS.items()
        if can(request, d.act, place) and (d.settled == (finding.state == "settled") or code == deed)
    ]
    linked = Record.objects.filter(linked_from__record=finding.pk, linked_from__role="about").select_related(
        "programme"
    )
    about = visible(request, linked.order_by("number"))
    counted = touched(book.snapshot, book.code, book.period, {record.number for record in about})
    called, area = titles(about), areas(about)
    sheets = sorted({sheet for record in about for sheet in counted.get(record.number, ())})
    kept_back = withheld.of_record(request, finding.record, finding)
    history = list(history_of(finding.record, finding, kept_back))
    rule = rule_book().get(finding.rule)
    (told,) = withheld.questions(request, [finding])
    context = {
        "book": book, "listed": Listed(finding, len(sheets), today()), "finding": told, "offered": offered,
        "sentence": sentence(finding.rule), "rule": rule, "seen": acts.line_of(finding), "history": history,
        "about": [(r, called[r.number], href(r.kind, r.number), area.get(r.number, "")) for r in about],
        "figures": [shown for sheet in sheets if (shown := _figure(book, sheet))], "typed": typed, "deed": DEEDS.get(deed),
        "beside": beside(request, book, about),
    }  # fmt: skip
    return render(request, "finding.html", context, status=422 if typed is not None else 200)


def _figure(book: Book, sheet: str) -> tuple[str, Figure] | None:
    """A figure that the question touches, and what it is called; nothing where it may not be added up."""
    try:
        return named(definitions()[sheet]), figure(book.snapshot, book.name(sheet))
    except RefusedSum:
        return None


def _view(deed: str) -> Callable[..., HttpResponse]:
    def view(request: HttpRequest, programme: str, period: str, number: int) -> HttpResponse:
        return deal(request, programme, period, number, deed=deed)

    return view


HERE = "p/<slug:programme>/<period:period>/findings/<int:number>/"
urlpatterns = [
    door(HERE, one, "see_records", of_finding, name="finding"),
    *(
        door(HERE + code, _view(code), "see_records", of_finding, change=d.act, name=f"finding-{code}")
        for code, d in DEEDS.items()
    ),
]
