"""Tables to take away: one as .xlsx, all of a period in one workbook, and T5 with names for who may read them."""

from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from urllib.parse import quote

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from duikou.acts import names
from duikou.acts.doing import programme_of
from duikou.records.models import Attendance
from duikou.reports.annual import workbook_bytes, write_tables
from duikou.reports.register_sheet import PERSONAL
from duikou.reports.workbook import workbook
from duikou.rules import identity
from duikou.rules.reporting import named
from duikou.statistics.registers_cells import Value
from duikou.statistics.tables import FilledTable, table_of, tables

from .book import open_book, person_of
from .doors import door, of_programme
from .listing.files import EXCEL, SMALL
from .people.places import of_office, office_of
from .tables import filled_at
from .tables_choosing import may_see, of_county

REASON = 60  # characters of a reason
NAMES = "t05"  # the table of persons


def table(request: HttpRequest, programme: str, code: str, period: str, area: str = "") -> HttpResponse:
    """The table as .xlsx."""
    _book, filled = filled_at(request, programme, code, period, area)
    answer = HttpResponse(workbook(filled), content_type=EXCEL)
    answer["Content-Disposition"] = _named(f"{filled.title}（{filled.when}）")
    return answer


def of_county_file(request: HttpRequest, programme: str, register: str, period: str, area: str) -> HttpResponse:
    """A county's table as .xlsx."""
    return table(request, programme, register, period, area)


def annual(request: HttpRequest, programme: str, period: str) -> HttpResponseBase:
    """All tables of a period in one workbook; those of persons only for those inside."""
    book, found = open_book(programme, period), programme_of(programme)
    codes = [code for code in tables() if may_see(request, found, code, "")]

    def filled() -> Iterator[FilledTable]:
        for code in codes:
            yield table_of(book.snapshot, code, programme, period)

    box: IO[bytes] = SpooledTemporaryFile(max_size=SMALL)  # noqa: SIM115  the answer closes it
    title = f"{book.programme['title']}统计表（{named(book.days)}）"
    write_tables(box, filled(), title=title)
    box.seek(0)
    answer = FileResponse(box, content_type=EXCEL)
    answer["Content-Disposition"] = _named(title)
    return answer


def with_names(request: HttpRequest, programme: str, period: str) -> HttpResponse:
    """T5 with names, filled at printing from the store of names; who read them and why is kept before a value is given."""
    reason = request.POST.get("reason", "").strip()
    if not reason or len(reason) > REASON:
        messages.error(request, _("写明印出的事由，至多 %(most)s 个字") % {"most": REASON})
        return redirect("table", programme, period, NAMES)
    _book, filled = filled_at(request, programme, NAMES, period)
    numbers = [line.number for line in filled.body.lines(linked=False)] if filled.body else []
    try:
        fill = _read(request, programme, numbers, f"印{filled.name}（{filled.when}）：{reason}")
    except ValueError as odd:
        messages.error(request, str(odd))
        return redirect("table", programme, period, NAMES)
    answer = HttpResponse(workbook_bytes(filled, fill), content_type=EXCEL)
    answer["Content-Disposition"] = _named(f"{filled.title}（{PERSONAL}）")
    answer["Cache-Control"] = "no-store"
    return answer


def _read(request: HttpRequest, programme: str, numbers: list[int], why: str) -> dict[int, list[Value]]:
    """Name, identity number, sex and month of birth of each on the list; what was erased stays empty."""
    rows: list[tuple[int, int, int | None]] = []
    for begin in range(0, len(numbers), 500):
        some = Attendance.objects.filter(pk__in=numbers[begin : begin + 500])
        rows += some.values_list("pk", "person_id", "identity_id")
    kept = [number for _pk, *both in rows for number in both if number]
    values = names.read(kept, person=person_of(request), place=office_of(programme_of(programme)), why=why)
    return {pk: _told(values.get(name, ""), values.get(card or 0, "")) for pk, name, card in rows}


def _told(name: str, card: str) -> list[Value]:
    born = identity.birth(card) if len(card) == identity.LENGTH else None
    sex = {"1": "男", "2": "女"}[identity.sex(card)] if born else None
    return [name or None, card or None, sex, f"{born.year}-{born.month:02}" if born else None]


def _named(title: str) -> str:
    return f"attachment; filename*=UTF-8''{quote(title)}.xlsx"


_posted: Any = require_POST(with_names)
HERE = "p/<slug:programme>/<period:period>/t/"
urlpatterns = [
    door(HERE + f"{NAMES}/names.xlsx", _posted, "see_names", of_office, name="table-names"),
    door(HERE + "annual.xlsx", annual, "see_figures", of_programme, name="tables-annual"),
    door(HERE + "<slug:code>.xlsx", table, "see_figures", of_programme, name="table-file"),
    door(HERE + "<slug:register>/<slug:area>.xlsx", of_county_file, "see_records", of_county, name="table-county-file"),
]
