"""A figure by its name: identity, value, writing and standing; its trail to records and passages; at a line too."""

from typing import Any, Literal

from django.http import Http404, HttpRequest
from ninja import Router
from pydantic import Field

from duikou.statistics.figure import BadName, Name, parse
from duikou.statistics.measure import figure
from duikou.web.data import data_of
from duikou.web.doors import of_figure

from .asking import asks
from .programmes import now
from .shapes import AtFigure, Hedge, Passage, Shape

router = Router(tags=["数字 figures"])


class Identity(Shape):
    """What a figure is: its name, the version of its sheet, whose word it is, at which line of the journal."""

    name: str
    sheet: str
    version: str
    programme: str
    period: str
    cut: dict[str, str]
    side: str
    line: int


class Value(Shape):
    """The number: both ends in the base unit (money: whole fen), an open end empty; both empty where nothing is told."""

    low: int | None
    high: int | None
    unit: str
    kind: str
    money: str
    state: str
    basis: str


class Writing(Shape):
    """How the number is written, with its hedge."""

    text: str
    number: str
    unit: str
    hedge: Hedge | None
    nature: str


class Standing(Shape):
    """What the number rests on: records, a stated total with what is listed of it, evidence, open questions."""

    records: int
    unvalued: int
    total: int | None
    listed: int | None
    later: int | None
    grade: str
    questions: list[str]
    blank: str


class Figure(Shape):
    """A figure with all four groups."""

    identity: Identity
    value: Value
    writing: Writing
    standing: Standing


class Member(Shape):
    """A record under a figure, counted in or left out for a reason."""

    record: str
    label: str
    who: str
    form: str
    text: str
    low: int | None
    high: int | None
    unit: str | None
    hedge: Hedge | None
    counted: bool
    reason: str
    questions: list[str]
    passages: list[Passage]


class Dated(Identity):
    """What the figure is, with the first and the last day of its period (2010-08-01)."""

    first: str
    last: str


class Rounded(Writing):
    """How the number is written, with its decimal digits and the rule by which it was rounded."""

    digits: int
    rounding: str


class Definition(Shape):
    """The sheet of a figure: what is had how (sum, count, heads, share) of which table, who answers for it, from which day (or "")."""

    code: str
    version: str
    name: str
    en: str
    why: str
    sentence: str
    how: str
    adds: str
    unit: str
    kind: str
    of: str
    where: dict[str, list[str | bool]]
    by: list[str]
    share: list[str]
    rests_on: str
    author: str
    checked_by: str
    valid_from: str


class Part(Shape):
    """A part of the make-up: its label, its number as written, where it begins and how wide it is, in hundredths."""

    label: str
    number: str
    begins: str = Field(alias="from")
    width: str


class MakeUp(Shape):
    """What a figure is made of, drawn to scale: what is said of it, its equation, its parts; what is withheld has none."""

    said: str
    equation: str
    parts: list[Part]


class Proof(Shape):
    """What the program checked of a figure by itself, or leaves to a person (ask)."""

    state: Literal["ok", "ask", "fails", "unknown"]
    title: str
    detail: str


class Trail(Figure):
    """A figure with its way back: its sheet, what it is made of, its checks, how it adds up, its records, their passages."""

    identity: Dated
    writing: Rounded
    definition: Definition
    sentence: str
    make_up: MakeUp
    checks: list[Proof]
    equation: str
    with_source: str
    members: list[Member]
    made_of: list[Figure]
    head: str


@router.get("/figures/{name}", response=Figure, summary="一个数字")
@asks("see_figures", of_figure)
def one_figure(request: HttpRequest, name: AtFigure) -> dict[str, Any]:
    """A figure by its name, of today or at a line: donations.education:tj-hn.2011@41."""
    wanted, line = _parsed(name)
    return plain(figure(now(line), wanted).as_data())


@router.get("/figures/{name}/trail", response=Trail, by_alias=True, summary="一个数字的来路")
@asks("see_figures", of_figure)
def one_trail(request: HttpRequest, name: AtFigure) -> dict[str, Any]:
    """A figure with the records it is made of, those left out with the reason, and the passages they rest on."""
    wanted, line = _parsed(name)
    found = plain(data_of(now(line), wanted))
    return found | {"made_of": [plain(part) for part in found["made_of"]]}


def plain(data: dict[str, Any]) -> dict[str, Any]:
    """A figure's data, where a number that is not told has no hedge."""
    writing = data["writing"]
    return data | {"writing": writing | {"hedge": writing["hedge"] or None}}


def _parsed(name: str) -> tuple[Name, int | None]:
    try:
        return parse(name)
    except (BadName, KeyError) as error:
        raise Http404(str(error.args[0])) from None
