"""T1: the projects of a year in the form of the 项目计划和进度表, as .xlsx and as .csv."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from duikou.reports.t1 import headings, lines, write_t1
from duikou.statistics.t1 import Row
from duikou.statistics.t1_rows import done_until, rows
from duikou.web.book import Book, open_book
from duikou.web.doors import door, of_own_part
from duikou.web.listing import files


def as_xlsx(request: HttpRequest, programme: str, period: str) -> HttpResponse:
    """The table of a year (?year=2012; else the last year of the period) as a workbook."""
    book, year, found = _rows(request, programme, period)
    title = f"{book.programme['title']}项目计划和进度表（{year}年）"
    made = write_t1(
        found, title=title, year=year, until=done_until(book.snapshot, programme, year), foot=book.snapshot.head.short
    )
    answer = HttpResponse(made, content_type=files.EXCEL)
    answer["Content-Disposition"] = f'attachment; filename="t1-{programme}-{year}.xlsx"'
    return answer


def as_csv(request: HttpRequest, programme: str, period: str) -> HttpResponseBase:
    """The same as a file of values."""
    book, year, found = _rows(request, programme, period)
    heads = headings(year, done_until(book.snapshot, programme, year))
    return files.as_csv(files.Listing(f"t1-{programme}-{year}", "T1", tuple(heads), lines(found)))


def _rows(request: HttpRequest, programme: str, period: str) -> tuple[Book, int, list[Row]]:
    """The rows that one may see: a county's clerk those of the own area."""
    book = open_book(programme, period)
    said = request.GET.get("year", str(book.days.last.year))
    if not (said.isascii() and said.isdecimal() and len(said) == 4 and int(said) > 0):
        raise Http404(f"年份现为“{said[:20]}”，应为四位数字，如 2012")
    area = of_own_part(request, programme=programme).area
    return book, int(said), list(rows(book.snapshot, programme, int(said), area))


HERE = "p/<slug:programme>/<period:period>/projects/"
urlpatterns = [
    door(HERE + "t1.xlsx", as_xlsx, "see_records", of_own_part, name="projects-t1"),
    door(HERE + "t1.csv", as_csv, "see_records", of_own_part, name="projects-t1-csv"),
]
