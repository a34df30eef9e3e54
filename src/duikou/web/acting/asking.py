"""A form before an act: sent twice it is done once, objections stand at their fields, what was written is named."""

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, URLPattern, resolve, reverse
from django.utils.html import format_html
from django.utils.translation import gettext

from duikou.acts.doing import Forbidden, once, programme_of
from duikou.acts.journal import head
from duikou.records.models import Finding, JournalImage, Record
from duikou.rules.problem import Problem, Refused
from duikou.terms.words import zh
from duikou.web.addresses import href, root, title_of
from duikou.web.book import Book, open_book, person_of
from duikou.web.doors import Find, door
from duikou.web.forms import Once
from duikou.web.frame import Frame, nearest
from duikou.web.language import say

from .offer import Offer
from .places import Thing

HERE = "p/<slug:programme>/<period:period>/"
MORE = 4  # rows that are added on asking
Shown = list[tuple[str, str]]


class Sheet(Once):
    """The form of one act: who and what it is asked of, the record it is about, what stands in the address's query."""

    act: ClassVar[str]
    at: ClassVar[Mapping[str, str]] = {}  # the field of a rule's objection
    under: ClassVar[str] = "funds"  # the part of the book (terms: page) that it belongs to, as in its address
    leads: ClassVar[str] = ""  # the page to go to, below that part
    part: ClassVar[str] = ""  # the part to go back to, where it is another than that of the address
    checked: ClassVar[bool] = False  # whether it is read once more before it is done
    template: ClassVar[str] = "acting_form.html"
    rows: ClassVar[Any] = None  # the form set of its rows
    rows_said: ClassVar[str] = ""

    def __init__(self, *args: Any, offer: Offer, about: Any = None, query: Mapping[str, str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.offer, self.about, self.query = offer, about, query
        data = self.data if self.is_bound else None
        self.lines = self.rows(data, prefix="line", form_kwargs={"offer": offer}) if self.rows else None
        self.prepare()

    def prepare(self) -> None:
        """Say what the fields offer and propose."""

    def do(self, said: dict[str, Any]) -> int | list[int]:
        """Do the act; the numbers of the records it wrote or changed. Every form says it."""
        raise NotImplementedError

    def understood(self, said: dict[str, Any]) -> tuple[Shown, list[Problem]]:
        """What was read, and what the rules will say of it. Every form that is `checked` says it."""
        raise NotImplementedError

    def beside(self) -> Shown:
        """What to know while filling it in."""
        return []

    @property
    def back(self) -> str:
        """The page one comes from, below its part."""
        return self.leads.format(self.about.pk if self.about else "")

    def onward(self, number: int) -> str:
        """The page to go to once the record of a number was written, below its part."""
        return self.leads.format(number)

    @property
    def subject(self) -> str:
        """What it is about, below the title."""
        return title_of(self.about.record) if self.about is not None else ""

    def is_valid(self) -> bool:
        """Whether fields and rows can be read."""
        own = super().is_valid()
        return (self.lines is None or self.lines.is_valid()) and own

    def offers(self, **choices: Any) -> None:
        """Let fields offer records."""
        for name, rows in choices.items():
            field: Any = self.fields[name]
            field.queryset = rows

    def propose(self, *names: str, **values: Any) -> None:
        """Let fields propose values; those named by the address's query propose what it says."""
        self.initial = {**self.initial, **values, **{name: self.query[name] for name in names if name in self.query}}

    def number_in_query(self, name: str) -> int | None:
        """The number that the address's query says; nothing where it is none."""
        said = self.query.get(name, "")
        return int(said) if said.isdecimal() and len(said) < 16 else None

    def object_to(self, problem: Problem) -> None:
        """Put a rule's objection at its field, or over the form."""
        field = self.at.get(problem.code)
        self.add_error(field if field in self.fields else None, str(problem))


def sheet(route: str, form: type[Sheet], find: Find, name: str, thing: Thing | None = None) -> URLPattern:
    """The address of a form: a door of its act on the place that `find` finds; `thing`: the record in the address."""

    def view(request: HttpRequest, programme: str, period: str, number: int = 0) -> HttpResponse:
        about = thing(programme, number) if thing else None
        return answer(request, open_book(programme, period), form, about)

    view.__doc__ = form.__doc__
    return door(f"{HERE}{form.under}/{route}", view, form.act, find, name=name)


def answer(request: HttpRequest, book: Book, form: type[Sheet], about: Model | None) -> HttpResponse:
    """The form, the page that is read before it is done, or the way on once it is."""
    offer = Offer(programme_of(book.code), person_of(request), form.act)
    told: dict[str, Any] = {"offer": offer, "about": about, "query": request.GET.dict()}
    step = request.POST.get("step", "check" if form.checked else "confirm")
    if request.method != "POST":
        return _page(request, book, form(**told))
    if step == "more":
        return _page(request, book, form(_longer(request), **told), quiet=True)
    typed = form(request.POST, request.FILES, **told)
    if not typed.is_valid() or step == "edit":
        return _page(request, book, typed, quiet=step == "edit")
    if step == "check" and form.checked and (page := _check(request, book, typed)):
        return page
    if step == "confirm" and (onward := _done(request, book, typed)):
        return onward
    return _page(request, book, typed)


def _longer(request: HttpRequest) -> Any:
    """What was typed, with more rows."""
    data = request.POST.copy()
    count = data.get("line-TOTAL_FORMS", "")
    data["line-TOTAL_FORMS"] = str(int(count) + MORE if count.isdecimal() and len(count) < 4 else MORE)
    return data


def _page(request: HttpRequest, book: Book, typed: Sheet, *, quiet: bool = False) -> HttpResponse:
    wrong = typed.is_bound and not quiet and not typed.is_valid()
    context = {
        "book": book, "form": typed, "title": zh("act", typed.act), "wrong": wrong, "quiet": quiet,
        "back": onward(request, book, f"{typed.part or typed.under}/{typed.back}"),
    }  # fmt: skip
    return render(request, typed.template, context, status=422 if wrong else 200)


def _check(request: HttpRequest, book: Book, typed: Sheet) -> HttpResponse | None:
    """What was understood, to be read before it is done; nothing where a rule stops it: then it stands on the form."""
    shown, problems = typed.understood(typed.cleaned_data)
    stopping = [problem for problem in problems if problem.weight == "stops"]
    for problem in stopping:
        typed.object_to(problem)
    if stopping:
        return None
    kept = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in ("csrfmiddlewaretoken", "step")
        for value in values
    ]
    context = {
        "book": book, "form": typed, "title": zh("act", typed.act), "shown": shown, "asks": problems, "kept": kept,
        "back": onward(request, book, f"{typed.under}/{typed.back}"),
    }  # fmt: skip
    return render(request, "acting_check.html", context)


def _done(request: HttpRequest, book: Book, typed: Sheet) -> HttpResponse | None:
    """Do the act once for the key of the form and go on; nothing where it was refused: then it stands on the form."""
    said = {name: value for name, value in typed.cleaned_data.items() if name != "key"}

    def act() -> list[int]:
        numbers = typed.do(said)
        last = head()
        return [last.number if last else 0, *([numbers] if isinstance(numbers, int) else numbers)]

    try:
        (line, *numbers), before = once(typed.offer.person, typed.cleaned_data["key"], _asked(request, typed), act)
    except Refused as refused:
        for problem in refused.problems:
            if problem.weight == "stops":
                typed.object_to(problem)
    except (Forbidden, ValueError) as odd:
        typed.add_error(None, str(odd))
    else:
        _say(request, book, typed.act, line, numbers, before)
        return redirect(onward(request, book, f"{typed.part or typed.under}/{typed.onward(numbers[0])}"))
    return None


def _asked(request: HttpRequest, typed: Sheet) -> str:
    """All that was asked for, in one text: the act, what the address names, every field."""
    at = {name: value for name, value in request.resolver_match.kwargs.items() if name != "period"}  # type: ignore[union-attr]
    left_out = ("csrfmiddlewaretoken", "step", "key")
    fields = {name: sorted(values) for name, values in request.POST.lists() if name not in left_out}
    fields |= {name: [_digest(file) for file in files] for name, files in request.FILES.lists()}
    return json.dumps([typed.act, at, fields], ensure_ascii=False, sort_keys=True)


def _digest(file: Any) -> str:
    """What tells one uploaded file from another."""
    found = sha256(b"".join(file.chunks())).hexdigest()
    file.seek(0)
    return found


def _say(request: HttpRequest, book: Book, act: str, line: int, numbers: list[int], before: bool) -> None:
    """Name what was written and its line, and the questions that were raised by it."""
    record = Record.objects.get(number=numbers[0])
    done, again = (
        gettext('已办：{} <a href="{}">{}</a>，账本第 {} 行。'),
        gettext('已办过，没有再办：{} <a href="{}">{}</a>，账本第 {} 行。'),
    )
    named = (say("act", act), href(record.kind, record.number), title_of(record), line)
    messages.success(request, format_html(again if before else done, *named))
    for finding in _raised(line):
        there = reverse("finding", args=[book.code, book.period, finding.pk])
        said = gettext('记入待核：{}。{} <a href="{}">去看</a>')
        messages.warning(request, format_html(said, finding.found, finding.remedy, there))


def _raised(line: int) -> Iterator[Finding]:
    """The questions that a line of the journal raised."""
    images = JournalImage.objects.filter(line_id=line, table="records_finding").values("number")
    yield from Finding.objects.filter(pk__in=images, state="open").order_by("pk")


def onward(request: HttpRequest, book: Book, rest: str) -> str:
    """The page of a subject, else the nearest above it; who sees one area only and no page above goes to that area."""
    here = f"{root()}/p/{book.code}/{book.period}/"
    try:
        resolve(f"{here}{rest}")
    except Resolver404:
        found = nearest(f"{here}{rest}x")
    else:
        return f"{here}{rest}"
    return Frame(book, request).home if found == here else found
