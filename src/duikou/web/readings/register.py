"""口径 /def/: every statistic by subject, and one of them: what it means, its readings, the years, where it is used."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from duikou.acts import readings as acts
from duikou.acts.doing import place_of, programme_of
from duikou.records.models import Definition as Kept
from duikou.records.models import Programme
from duikou.rules.quantity import spoken
from duikou.rules.readings import series_of
from duikou.statistics import bridge, tables
from duikou.statistics.definition import Definition, definition, definitions, series, sheets
from duikou.statistics.explain import along, column_said, sentence, word_of
from duikou.statistics.figure import BadName
from duikou.statistics.uses import Uses, uses
from duikou.terms.words import vocabulary
from duikou.web.book import Book
from duikou.web.doors import can, door, nowhere
from duikou.web.language import named, say
from duikou.web.listing import files

from .kept import book_of, inside, outlines, sheet_of, years

LONGEST = 60  # characters that are looked for


@dataclass(frozen=True)
class Row:
    """A statistic of the register: the reading in use, how many there are, whether one waits for a decision."""

    first: Definition
    now: Definition
    checker: str
    count: int
    waits: bool

    @property
    def name(self) -> str:
        """What it is called."""
        return named(self.now)

    @property
    def unit(self) -> str:
        """Its unit in words."""
        return unit_said(self.now)


def unit_said(d: Definition) -> str:
    """The unit of a sheet in words: fen are spoken as yuan."""
    return say("unit", spoken(d.unit))


def rows(asked: str, waiting: Collection[str]) -> Iterator[Row]:
    """The statistics whose name, code or meaning has the words that are looked for; all where none are."""
    checkers = dict(Kept.objects.filter(state="adopted").values_list("code", "checked_by"))
    later: dict[str, list[Definition]] = {}
    for d in definitions().values():
        if d.follows:
            later.setdefault(d.follows, []).append(d)
    for first in sheets().values():
        own = sorted(later.get(first.code, ()), key=lambda d: str(d.valid_from))
        said = " ".join((first.code, first.name, first.en, first.why, *(d.name for d in own))).lower()
        if asked.lower() in said:
            now = own[-1] if own else first
            yield Row(first, now, checkers.get(now.code, now.checked_by), 1 + len(own), first.code in waiting)


def register(request: HttpRequest) -> HttpResponse:
    """The register of statistics."""
    asked = request.GET.get("q", "").strip()[:LONGEST]
    subjects: dict[str, list[Row]] = {}
    mine = inside(request)
    waiting = [row for row in acts.waiting() if row.record.programme and row.record.programme.code in mine]
    found = list(rows(asked, {row.follows for row in waiting}))
    for row in found:
        subjects.setdefault(_subject(row.first.subject), []).append(row)
    context = {
        "book": book_of(request), "subjects": list(subjects.items()), "asked": asked, "count": len(found), "waiting": waiting,
    }  # fmt: skip
    return render(request, "readings_list.html", context)


def taken(request: HttpRequest) -> files.Listing:
    """The register as a file, every reading a row."""
    heads = (
        _("代码"),
        _("口径"),
        _("计量单位"),
        _("性质"),
        _("自何日起"),
        _("提出人"),
        _("核定人"),
        _("口径依据"),
        _("一句话"),
    )
    found = sorted(definitions().values(), key=lambda d: d.code)
    cells = (
        [
            d.code,
            named(d),
            unit_said(d),
            say("kind", d.kind),
            d.valid_from,
            d.author,
            d.checked_by,
            d.rests_on,
            sentence(d),
        ]
        for d in found
    )
    return files.Listing("definitions", _("口径"), heads, cells, wide=8)


def page(request: HttpRequest, code: str) -> HttpResponse:
    """One statistic: its meaning, the law for it, its readings, the years bridged at each break, where it is used."""
    d, book = sheet_of(code), book_of(request)
    first = series_of(code)
    mine = inside(request)
    others = (
        Kept.objects.filter(follows=first, record__programme__code__in=mine).exclude(state="adopted").order_by("pk")
    )
    context = {
        "book": book, "sheet": d, "name": named(d), "unit": unit_said(d), "sentence": sentence(d), "along": along(d),
        "conditions": conditions(d), "by": [column_said(d.of, column) for column in d.by],
        "share": [definition(part) for part in d.share if part], "readings": _history(first), "others": others,
        "uses": used(uses(code, outlines(request)), drafts=bool(mine)), "years": _years(book, first), "may_propose": _may_propose(request, book),
    }  # fmt: skip
    return render(request, "readings.html", context)


def _history(code: str) -> list[tuple[Definition, str, str]]:
    """The readings of a series in use, each with its sentence and who checked it."""
    checkers = dict(Kept.objects.filter(follows=code, state="adopted").values_list("code", "checked_by"))
    return [(d, sentence(d), checkers.get(d.code, d.checked_by)) for d in series(code)]


def _subject(code: str) -> str:
    """A subject in words; one that terms do not name stands for itself."""
    return say("subject", code) if code in vocabulary()["subject"] else code


def conditions(d: Definition) -> list[tuple[str, list[str]]]:
    """The conditions of a sheet in words."""
    return [(column_said(d.of, c), [word_of(d.of, c, word) for word in words]) for c, words in d.where.items()]


def used(found: Uses, *, drafts: bool) -> dict[str, Any]:
    """What uses a statistic, by name; papers that are not issued are no public matter."""
    titles = dict(Programme.objects.values_list("code", "title"))
    return {
        "tables": [(code, tables.tables()[code]["name"]) for code in found.tables],
        "outlines": [(one, titles.get(one.programme, "")) for one in found.outlines],
        "ratios": [definition(code) for code in found.ratios],
        "papers": [paper for paper in found.papers if drafts or paper.state == "issued"],
    }


def _years(book: Book | None, code: str) -> list[bridge.Year]:
    """The series year by year in the programme that is shown; none where its names are too long."""
    if book is None:
        return []
    try:
        found = bridge.over_years(book.snapshot, code, book.code, years(book))
        return [*found, *bridge.over_readings(book.snapshot, code, book.code, book.period)]
    except BadName:
        return []


def _may_propose(request: HttpRequest, book: Book | None) -> bool:
    return book is not None and can(request, "propose_reading", place_of(programme_of(book.code)))


urlpatterns = [
    door("def/", register, "see_readings", nowhere, name="readings"),
    *files.doors("def/list", taken, "see_readings", nowhere, name="readings"),
    door("def/<str:code>/", page, "see_readings", nowhere, name="reading"),
]
