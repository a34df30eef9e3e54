"""Papers to take away: the table as a workbook, the situation report as a Word file; made from the page's snapshot."""

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse

from duikou.reports.outline import outlines, paper
from duikou.reports.word import write_paper
from duikou.reports.workbook import workbook
from duikou.statistics.tables import table_of, tables

from .book import open_book
from .doors import door, of_programme
from .listing.files import EXCEL

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def table(request: HttpRequest, programme: str, code: str, period: str) -> HttpResponse:
    """The table as .xlsx."""
    if code not in tables():
        raise Http404(f"没有表 {code}；可用：{'、'.join(tables())}")
    book = open_book(programme, period)
    filled = table_of(book.snapshot, code, programme, period)
    return _file(workbook(filled), EXCEL, f"{filled.title}（{filled.period.zh}）.xlsx")


def report(request: HttpRequest, programme: str, code: str, period: str) -> HttpResponse:
    """The situation report as .docx; `?plain` without content controls."""
    if code not in outlines():
        raise Http404(f"没有提纲 {code}；可用：{'、'.join(outlines())}")
    book = open_book(programme, period)
    made = paper(book.snapshot, code, programme, period)
    return _file(write_paper(made, plain="plain" in request.GET), WORD, f"{made.title.replace('|', '')}.docx")


def _file(data: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


HERE = "p/<slug:programme>/<period:period>/"
urlpatterns = [
    door(HERE + "t/<slug:code>.xlsx", table, "see_figures", of_programme, name="table-file"),
    door(HERE + "reports/<slug:code>.docx", report, "make_papers", of_programme, name="report-file"),
]
