"""Statistics tables: the forms there are, and the lines of one for a programme and period with their cross-checks."""

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router

from duikou.statistics.tables import shape_of, sheets_of
from duikou.statistics.tables import tables as forms
from duikou.web.doors import of_programme
from duikou.web.tables import data_of

from .asking import asks, open_to_all
from .figures import Definition, Figure, plain
from .programmes import now
from .shapes import AtCode, AtPeriod, AtProgramme, Shape

router = Router(tags=["统计表 tables"])


class Form(Shape):
    """A table form: its code, its name, the sheets it uses."""

    code: str
    name: str
    sheets: list[str]


class Group(Shape):
    """A heading between lines."""

    group: str


class Line(Shape):
    """A line: its number, label and figure, with time, source, check and note as the table prints them."""

    line: int
    label: str
    indent: int
    time: str
    source: str
    check: str
    note: str
    figure: Figure


class Check(Shape):
    """A cross-check (勾稽) with the tightest reading that holds."""

    sentence: str
    code: str
    reading: str
    detail: str


class Table(Shape):
    """A table of a programme and period at one line of the journal, with the sheets of its figures by code."""

    number: str
    title: str
    office: str
    programme: str
    period: str
    line: int
    head: str
    lines: list[Group | Line]
    checks: list[Check]
    notes: list[str]
    definitions: dict[str, Definition]


@router.get("/tables", response=list[Form], summary="有哪些统计表")
@open_to_all("表式是公开的，不含数字")
def tables(request: HttpRequest) -> list[Form]:
    """The table forms."""
    return [
        Form(code=code, name=form["name"], sheets=sheets_of(code))
        for code, form in forms().items()
        if shape_of(code) == "lines"
    ]


@router.get("/programmes/{programme}/{period}/tables/{code}", response=Table, summary="一张统计表")
@asks("see_figures", of_programme)
def one_table(request: HttpRequest, programme: AtProgramme, period: AtPeriod, code: AtCode) -> dict[str, Any]:
    """The lines of a table, each with its figure, and the cross-checks."""
    now()
    if code in forms() and shape_of(code) != "lines":
        raise Http404(f"{forms()[code]['name']}是台账，取 /p/{programme}/{period}/t/{code}.json")
    found = data_of(programme, code, period)
    lines = [line | {"figure": plain(line["figure"])} if "figure" in line else line for line in found["lines"]]
    return found | {"lines": lines}
