"""A paper …/reports/N/: how far it has come, its figures by section, comments, what it rests on, its files, its versions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from duikou.acts import issuing as acts
from duikou.acts.journal import header_of, time_of
from duikou.records.models import Finding, JournalImage, Paper, PaperComment, of
from duikou.rules.evidence import GRADES
from duikou.statistics.debt import Debt
from duikou.statistics.explain import TABLE
from duikou.web.addresses import figure_href, href
from duikou.web.book import Book, open_book
from duikou.web.doors import ABSENT, can, door
from duikou.web.language import say
from duikou.web.listing.files import EXCEL
from duikou.web.papers import WORD, _file

from . import making
from .kept import ONE, Kept, inside, of_paper, paper, said_of

PDF = "application/pdf"
DEEDS = (  # act, address of its form, the states of a paper in which its button stands
    ("sign_paper", "paper-sign", ("draft",)), ("issue_paper", "paper-issue", ("signed",)),
    ("comment_on_paper", "paper-comment", ("draft",)), ("refresh_paper", "paper-refresh", ("draft",)),
    ("withdraw_paper", "paper-withdraw", ("draft", "signed", "issued")),
)  # fmt: skip


@dataclass(frozen=True)
class Figured:
    """A figure of the paper: as it is printed, with the questions that are open about it and the comments on it."""

    shown: making.Shown
    called: str
    questions: tuple[Finding, ...]
    comments: tuple[PaperComment, ...]


@dataclass(frozen=True)
class Section:
    """A section of the paper with its figures."""

    title: str
    figures: tuple[Figured, ...]


@dataclass(frozen=True)
class Step:
    """What was done with a paper at a line of the journal."""

    line: int
    at: Any
    person: str
    act: str
    reason: str


def page(request: HttpRequest, programme: str, period: str, number: int) -> HttpResponse:
    """The page of a paper."""
    row = paper(programme, number)
    book, kept, within = open_book(programme, period), Kept(row), inside(request, row.record.programme)  # type: ignore[arg-type]
    comments = list(row.comments.order_by("pk")) if within else []
    context = {
        "book": book, "row": row, "kept": kept, "inside": within, "form": making.forms().get(row.form, row.form),
        "sections": sections(kept, comments) if within else [],
        "waiting": waiting(kept) if within else [], "comments": comments,
        "debts": debts(kept) if within else [], "files": list(files(kept, book, within=within)),
        "deeds": list(deeds(request, row, book)), "steps": list(steps(row)) if within else [],
        "issuer": issuer(row) if within else "", "versions": versions(request, row) if within else [],
        "floor": row.floor if row.floor in GRADES else "",
        "may_settle": can(request, "settle_comment", acts.place_of_paper(row)),
    }  # fmt: skip
    return render(request, "issuing_paper.html", context)


def sections(kept: Kept, comments: Sequence[PaperComment]) -> list[Section]:
    """The figures of a paper by section, in its order; those that stand in several places in each."""
    found: dict[str, list[Figured]] = {}
    for shown in kept.made.shown if kept.made else ():
        assert kept.made is not None  # noqa: S101  else there would be none
        own = tuple(one for one in comments if one.figure == str(shown.name))
        called = making.called(kept.made.snapshot, shown.name)
        figured = Figured(shown, called, kept.waiting.get(shown.name, ()), own)
        found.setdefault(shown.section, []).append(figured)
    return [Section(title, tuple(figures)) for title, figures in found.items()]


def waiting(kept: Kept) -> list[tuple[str, str, tuple[Finding, ...]]]:
    """The figures and records' own numbers that wait for a check: address, what it is called, the open questions."""
    made = kept.made
    if made is None:
        return []
    figures = (
        (figure_href(f"{name}@{kept.row.line}"), making.called(made.snapshot, name), asked)
        for name, asked in kept.waiting.items()
    )
    own = ((href(*making.record_of(name)), said_of(name), asked) for name, asked in kept.questions.items())
    return [*figures, *own]


def debts(kept: Kept) -> list[tuple[str, Debt, int]]:
    """What the paper rests on, for each frozen table that its records are in, and how many are below its floor."""
    floor = kept.row.floor if kept.row.floor in GRADES else GRADES[0]
    return [
        (TABLE.get(table, table), found, len(found.missing(floor))) for table, found in kept.debts.items() if found.rows
    ]


def deeds(request: HttpRequest, row: Paper, book: Book) -> Iterator[tuple[str, str]]:
    """What the person may do with the paper now: the act and its form."""
    place = acts.place_of_paper(row)
    for act, name, states in DEEDS:
        if row.state in states and can(request, act, place):
            yield act, reverse(name, args=[book.code, book.period, row.pk])


def files(kept: Kept, book: Book, *, within: bool) -> Iterator[tuple[str, str]]:
    """The files that may be taken away: which (terms of the page) and its address."""
    row = kept.row
    if not within and (row.state not in acts.SEEN_BY_ALL or kept.withheld):
        return
    yield ("issued" if row.file else "draft" if kept.is_draft else "clean"), _to(book, row, "paper-file")
    if row.pdf:
        yield "pdf", _to(book, row, "paper-pdf")
    if within and kept.asked.kind == making.REPORT:
        yield "review", _to(book, row, "paper-review")
        yield "evidence", _to(book, row, "paper-evidence")


def _to(book: Book, row: Paper, name: str) -> str:
    return reverse(name, args=[book.code, book.period, row.pk])


def steps(row: Paper) -> Iterator[Step]:
    """What was done with a paper, the first first."""
    images = JournalImage.objects.filter(table=Paper._meta.db_table, number=row.pk).select_related("line")
    for image in images.order_by("line_id"):
        said = header_of(image.line)
        yield Step(image.line_id, time_of(image.line), said["person"], say("act", said["act"]), said["reason"])


def issuer(row: Paper) -> str:
    """The account that issued a paper, and so let it out in spite of what was open; nothing before."""
    images = JournalImage.objects.filter(table=Paper._meta.db_table, number=row.pk).select_related("line")
    said = (header_of(image.line) for image in images.order_by("-line_id")) if row.file else ()
    return next((str(one["person"]) for one in said if one["act"] == "issue_paper"), "")


def versions(request: HttpRequest, row: Paper) -> list[Paper]:
    """The other papers of the same table or outline and period, the newest first."""
    programme = row.record.programme
    if programme is None:
        return []
    rows = (
        of(Paper, programme)
        .filter(form=row.form, span=row.span, project=row.project_id)
        .exclude(pk=row.pk)
        .order_by("-pk")
    )
    return [
        one for one in rows.select_related("record__programme") if can(request, "see_papers", acts.place_of_paper(one))
    ]


# ---- files -------------------------------------------------------------------------------------------------------------


def clean(request: HttpRequest, programme: str, period: str, number: int) -> HttpResponse:
    """The file: what was issued, byte for byte; before that as it is made now, stamped 草稿 while something is open."""
    kept = _open(request, programme, number)
    row = kept.row
    kind = EXCEL if kept.asked.kind == making.TABLE else WORD
    name = f"{row.title}{making.ENDINGS[kept.asked.kind]}"
    if row.file:
        if (data := acts.kept_file(row.file)) is None:
            raise Http404(f"印发件 {row.file[:16]}… 不在存放处，或者已被改动；取出备份再看")
        return _file(data, kind, name)
    if kept.made is None:
        raise Http404(f"账本第 {row.line} 行的时点数据不在")
    data = making.written(kept.made, kept.heading(), draft=kept.is_draft)
    return _file(data, kind, f"{making.STAMP}{name}" if kept.is_draft else name)


def as_pdf(request: HttpRequest, programme: str, period: str, number: int) -> HttpResponse:
    """The PDF that was made when the paper was issued."""
    row = _open(request, programme, number).row
    if (data := acts.kept_file(row.pdf)) is None:
        return redirect("paper", programme, period, number)
    return _file(data, PDF, f"{row.title}.pdf")


def review(request: HttpRequest, programme: str, period: str, number: int) -> HttpResponse:
    """核对稿 of a report: a comment beside each figure."""
    kept = _report(request, programme, number)
    assert kept.made is not None  # noqa: S101  see _report
    return _file(
        making.reviewed(kept.made, kept.heading(), draft=kept.is_draft), WORD, f"{kept.row.title}（核对稿）.docx"
    )


def evidence(request: HttpRequest, programme: str, period: str, number: int) -> HttpResponse:
    """数据依据表 of a report."""
    kept = _report(request, programme, number)
    assert kept.made is not None  # noqa: S101  see _report
    return _file(making.evidenced(kept.made), EXCEL, f"{kept.row.title}（数据依据表）.xlsx")


def _open(request: HttpRequest, programme: str, number: int) -> Kept:
    """A paper whose file the person may take away; one that holds a figure which is not for everyone, inside only."""
    kept = Kept(paper(programme, number))
    if not inside(request, kept.row.record.programme) and kept.withheld:  # type: ignore[arg-type]
        raise Http404(ABSENT)
    return kept


def _report(request: HttpRequest, programme: str, number: int) -> Kept:
    kept = Kept(paper(programme, number))
    within = inside(request, kept.row.record.programme)  # type: ignore[arg-type]
    if not within or kept.asked.kind != making.REPORT or kept.made is None:
        raise Http404(ABSENT)
    return kept


urlpatterns = [
    door(ONE, page, "see_papers", of_paper, name="paper"),
    door(ONE + "file", clean, "see_papers", of_paper, name="paper-file"),
    door(ONE + "file.pdf", as_pdf, "see_papers", of_paper, name="paper-pdf"),
    door(ONE + "review.docx", review, "see_papers", of_paper, name="paper-review"),
    door(ONE + "evidence.xlsx", evidence, "see_papers", of_paper, name="paper-evidence"),
]
