"""Papers to take away: a report in its copies and forms, made from the page's snapshot."""

import re
from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from duikou.reports.acceptance import acceptance
from duikou.reports.evidence import evidence_sheet
from duikou.reports.outline import names_in, outlines
from duikou.reports.outline import paper as filled_outline
from duikou.reports.paper import Form, Heading, Paper, occurrences
from duikou.reports.pdf import write_pdf
from duikou.reports.review import review_comments
from duikou.reports.word import write_paper

from .book import Book, open_book
from .doors import door, of_programme
from .listing.files import EXCEL

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
COPIES = {"clean": "", "plain": "", "pdf": "", "review": "（核对稿）", "evidence": "数据依据表"}
LONGEST = 400  # characters of a heading's field


@dataclass(frozen=True)
class Asked:
    """A report as it is asked for: which book, filled with what, in which form, under which heading."""

    book: Book
    made: Paper
    form: Form
    heading: Heading
    code: str

    @property
    def ready(self) -> bool:
        """Whether it can be written: an upward report says to whom."""
        return self.form == "spoken" or bool(self.heading.addressee)

    @property
    def said(self) -> dict[str, str]:
        """The heading as an address says it."""
        h = self.heading
        said = {"addressee": h.addressee, "code": h.code, "copies": "、".join(h.copies), "urgency": h.urgency}
        return {"form": self.form} | {name: value for name, value in said.items() if value}


def report(request: HttpRequest, programme: str, code: str, period: str) -> HttpResponse:
    """A report as .docx, `?form=upward` with its heading, `?plain` without content controls."""
    asked = asked_for(request, programme, code, period)
    return _taken(request, asked, "plain" if "plain" in request.GET else "clean")


def pdf(request: HttpRequest, programme: str, code: str, period: str) -> HttpResponse:
    """A report as .pdf."""
    return _taken(request, asked_for(request, programme, code, period), "pdf")


def review(request: HttpRequest, programme: str, code: str, period: str) -> HttpResponse:
    """核对稿: a report with a comment beside each figure."""
    return _taken(request, asked_for(request, programme, code, period), "review")


def evidence(request: HttpRequest, programme: str, code: str, period: str) -> HttpResponse:
    """数据依据表: every figure of a report with what it rests on."""
    return _taken(request, asked_for(request, programme, code, period), "evidence")


def page(request: HttpRequest, programme: str, code: str, period: str) -> HttpResponse:
    """The copies of a report in both forms, the heading of the upward one; `?check` with the acceptance checks."""
    return _page(request, asked_for(request, programme, code, period))


def asked_for(request: HttpRequest, programme: str, code: str, period: str) -> Asked:
    """What an address asks; 404 where there is no such outline."""
    if code not in outlines():
        raise Http404(f"没有提纲 {code}；可用：{'、'.join(outlines())}")
    book = open_book(programme, period)
    try:
        made = filled_outline(book.snapshot, code, programme, period, project=_project(request))
    except LookupError as lacking:
        raise Http404(str(lacking.args[0] if lacking.args else lacking)) from None
    form: Form = "upward" if request.GET.get("form") == "upward" else "spoken"
    return Asked(book, made, form, _heading(request.GET, made) if form == "upward" else Heading(), code)


def _heading(said: QueryDict, made: Paper) -> Heading:
    """The heading of a report that is not issued yet: a draft."""
    values = {name: said.get(name, "").strip()[:LONGEST] for name in ("addressee", "code", "copies", "urgency")}
    copies = tuple(part for part in re.split("[、，,；;\\s]+", values["copies"]) if part)
    return Heading(
        office=made.office.removesuffix("负责人"), addressee=values["addressee"], code=values["code"], copies=copies,
        urgency=values["urgency"], draft=True,
    )  # fmt: skip


def _written(asked: Asked, copy: str) -> bytes:
    """A copy of a report."""
    made, form, heading = asked.made, asked.form, asked.heading
    if copy == "evidence":
        return evidence_sheet(made, asked.book.snapshot)
    if copy == "pdf":
        return write_pdf(made, form=form, heading=heading)
    comments = review_comments(made, asked.book.snapshot) if copy == "review" else ()
    return write_paper(made, form=form, heading=heading, plain=copy == "plain", comments=comments)


def _taken(request: HttpRequest, asked: Asked, copy: str) -> HttpResponse:
    """A copy as a file; the page with what is lacking where it cannot be written."""
    if not asked.ready:
        return _page(request, asked, status=400)
    kind, ending = {"pdf": (PDF, "pdf"), "evidence": (EXCEL, "xlsx")}.get(copy, (WORD, "docx"))
    return _file(_written(asked, copy), kind, f"{asked.made.plain_title}{COPIES[copy]}.{ending}")


def _page(request: HttpRequest, asked: Asked, status: int = 200) -> HttpResponse:
    problems = None
    if "check" in request.GET and asked.ready:
        names = names_in(asked.book.snapshot)
        problems = acceptance(_written(asked, "clean"), _written(asked, "pdf"), names=names)
    context = {
        "book": asked.book, "made": asked.made, "heading": asked.heading, "code": asked.code, "form": asked.form,
        "upward": asked.form == "upward", "ready": asked.ready, "asked": urlencode(asked.said), "problems": problems,
        "figures": len(occurrences(asked.made)), "unready": status != 200,
        "spoken_said": urlencode(replace(asked, form="spoken", heading=Heading()).said),
    }  # fmt: skip
    return render(request, "report_files.html", context, status=status)


def _project(request: HttpRequest) -> int | None:
    """The project that a paper of one project is of: ?project=15."""
    said = request.GET.get("project", "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 16 else None


def _file(data: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


HERE = "p/<slug:programme>/<period:period>/"
REPORT = HERE + "reports/<slug:code>"
urlpatterns = [
    door(REPORT + ".docx", report, "make_papers", of_programme, name="report-file"),
    door(REPORT + ".pdf", pdf, "make_papers", of_programme, name="report-pdf"),
    door(REPORT + "/review.docx", review, "make_papers", of_programme, name="report-review"),
    door(REPORT + "/evidence.xlsx", evidence, "make_papers", of_programme, name="report-evidence"),
    door(REPORT + "/files/", page, "make_papers", of_programme, name="report-files"),
]
