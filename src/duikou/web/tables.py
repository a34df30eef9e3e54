"""统计表 /p/{programme}/t/{table}/{period}/: a table in official form, each number with its basis; as JSON and CSV too."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path

from duikou.statistics.measure import RefusedSum
from duikou.statistics.tables import FilledTable, Line, table_of, tables

from .book import Book, open_book
from .data import csv_file
from .documents import paragraph_address

HEADS = ("指标名称", "计量单位", "行号", "数值", "性质", "时间", "依据", "核对", "说明", "数字名")


def filled(programme: str, code: str, period: str) -> tuple[Book, FilledTable]:
    """The table and the book it is filled from; 404 names the tables there are."""
    if code not in tables():
        raise Http404(f"没有表 {code}；可用：{'、'.join(tables())}")
    book = open_book(programme, period)
    return book, table_of(book.snapshot, code, programme, period)


def page(request: HttpRequest, programme: str, code: str, period: str) -> HttpResponse:
    """The table in its form."""
    try:
        book, table = filled(programme, code, period)
    except RefusedSum as error:
        raise Http404(f"本期有一行不能相加：{error}") from None
    lines = [(line, _places(line)) for line in table.lines]
    here = f"/p/{programme}/t/{code}/{period}"
    return render(request, "table.html", {"book": book, "table": table, "lines": lines, "here": here})


def _places(line: Line) -> list[tuple[str, str]]:
    """The paragraphs a line rests on, each with its address."""
    found = {p.place: paragraph_address(p.digest, p.document, p.paragraph) for m in line.members for p in m.passages}
    return list(found.items())


def as_json(request: HttpRequest, programme: str, code: str, period: str) -> JsonResponse:
    """The table as plain data: its lines with their figures, and its cross-checks."""
    book, table = filled(programme, code, period)
    content: dict[str, Any] = {
        "title": table.title, "code": table.number, "office": table.office, "period": period,
        "head": book.snapshot.head.full, "lines": [_line(line) for line in table.lines], "notes": list(table.notes),
        "checks": [
            {"sentence": c.sentence, "reading": c.reading.code, "detail": c.reading.detail} for c in table.checks
        ],
    }  # fmt: skip
    return JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1})


def _line(line: Line) -> dict[str, Any]:
    if line.figure is None:
        return {"group": line.label}
    return {
        "label": line.label, "line": line.line, "indent": line.indent, "time": line.time, "source": line.source,
        "check": line.check, "note": line.note, "figure": line.figure.as_data(),
    }  # fmt: skip


def as_csv(request: HttpRequest, programme: str, code: str, period: str) -> HttpResponse:
    """The table as CSV."""
    _, table = filled(programme, code, period)
    lines: list[list[object]] = [
        [line.label, line.unit, line.line or "", line.number, line.nature, line.time, line.source, line.check, line.note,
         line.figure.tag if line.figure else ""]
        for line in table.lines
    ]  # fmt: skip
    return csv_file(f"{table.number}-{period}", HEADS, lines)


urlpatterns = [
    path("p/<slug:programme>/t/<slug:code>/<str:period>/", page),
    path("p/<slug:programme>/t/<slug:code>/<str:period>.json", as_json),
    path("p/<slug:programme>/t/<slug:code>/<str:period>.csv", as_csv),
]
