"""What an office owes, for its own page: by when, whether it was reminded, where to hand in, the form, where to answer."""

from dataclasses import dataclass

from django.http import HttpRequest

from duikou.acts.doing import programme_of, today
from duikou.acts.requesting import place_of_request
from duikou.records.models import DataRequest, Programme
from duikou.rules.requesting import OWING
from duikou.rules.rights import contains
from duikou.web.doors import can
from duikou.web.projects.kept import way

from .kept import seen
from .rows import Cell


@dataclass(frozen=True)
class Owed:
    """A sheet that is owed, and the ways on; empty where there is none."""

    cell: Cell
    hand_in: str
    form: str
    answer: str


def owed_by(request: HttpRequest, programme: str, area: str) -> list[Owed]:
    """What the offices of an area owe, the first due first."""
    found = programme_of(programme)
    rows = seen(request, found, answer__in=OWING) if area else []
    return [_owed(request, found, row) for row in rows if contains(area, row.region)]


def _owed(request: HttpRequest, programme: Programme, row: DataRequest) -> Owed:
    code = row.when.code if row.when else ""
    may = can(request, "accept_sheet", place_of_request(row, programme))
    return Owed(
        Cell(row, today()), way("sheets", programme.code, code) if may else "",
        way("sheet-form", programme.code, code, row.layout) if may else "",
        way("request-answer", programme.code, code, row.pk)
        if can(request, "answer_request", place_of_request(row, programme))
        else "",
    )  # fmt: skip
