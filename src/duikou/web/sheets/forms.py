"""空表 …/sheets/forms/: for each sheet a form that holds what the book knows and asks only for what this office alone knows."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from duikou.acts.doing import programme_of
from duikou.intake.form_lines import Saved
from duikou.intake.form_page import drawn
from duikou.intake.forms import form
from duikou.intake.offered import offered
from duikou.records.models import DataRequest, of
from duikou.rules.period import Period, parse
from duikou.web.acting.places import own_work
from duikou.web.book import open_book
from duikou.web.doors import ABSENT, door

from .answers import as_file
from .kept import ACT, HERE, Handing, areas_of, handing, known_sheets, layout_name
from .saved import saved_by_layout


@dataclass(frozen=True)
class Row:
    """A form on the page: its layout, name and cells."""

    code: str
    name: str
    cells: Saved


@require_safe
def page(request: HttpRequest, programme: str, period: str) -> HttpResponse:
    """All forms of an area and a month, with how many cells they spare."""
    book, by = open_book(programme, period), handing(request, programme)
    area, when = _area(request, by), _month(request, period)
    found = saved_by_layout(by.programme, area, when)
    rows = [Row(code, layout_name(code), cells) for code, cells in found.items()]
    whole = Saved(0, 0)
    for cells in found.values():
        whole += cells
    context: dict[str, Any] = {
        "book": book, "rows": rows, "whole": whole, "areas": areas_of(by), "area": area,
        "month": when.code,
    }  # fmt: skip
    return render(request, "sheets_forms.html", context)


@require_safe
def as_xlsx(request: HttpRequest, programme: str, period: str, layout: str) -> HttpResponse:
    """A form as a workbook: ?region=632323&month=2012-05; else of the own area and the last month of the period."""
    if layout not in known_sheets():
        raise Http404(ABSENT)
    by = handing(request, programme)
    area, when = _area(request, by), _month(request, period)
    made = form(by.programme, layout, area, when, _request(by, layout, area, when))
    return as_file(drawn(made, offered(by.programme, made)), f"{made.title}.xlsx")


def _area(request: HttpRequest, by: Handing) -> str:
    """The area of the form: one that the person may hand in; 404 for any other."""
    codes = [code for code, _ in areas_of(by)]
    said = request.GET.get("region", codes[0] if codes else "")
    if said not in codes:
        raise Http404(ABSENT)
    return said


def _month(request: HttpRequest, period: str) -> Period:
    """The month that is named, else the last one of the period."""
    try:
        found = parse(request.GET.get("month") or period)
    except ValueError as error:
        raise Http404(str(error)) from None
    return parse(f"{found.last.year:04}-{found.last.month:02}")


def _request(by: Handing, layout: str, area: str, when: Period) -> int | None:
    """The request that the form answers, where the area was asked for it."""
    asked = of(DataRequest, programme_of(by.programme.code)).filter(layout=layout, region=area, first=when.first)
    found = asked.order_by("-pk").first()
    return found.pk if found else None


FORMS = HERE + "forms/"
urlpatterns = [
    door(FORMS, page, ACT, own_work(ACT), name="sheet-forms"),
    door(FORMS + "<slug:layout>.xlsx", as_xlsx, ACT, own_work(ACT), name="sheet-form"),
]
