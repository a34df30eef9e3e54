"""The programmes that one may see, each with its own period and the years in it; the sheets (口径) in words."""

from datetime import date

from django.http import Http404, HttpRequest
from ninja import Router

from duikou.rules import period as periods
from duikou.snapshot.store import Snapshot
from duikou.statistics.definition import CUTS, Definition, definition, definitions
from duikou.statistics.explain import sentence
from duikou.web.book import reporting_period, snapshot
from duikou.web.doors import of_own_part, seen

from .asking import asks, open_to_all
from .shapes import AtProgramme, AtSheet, Shape, Word, area, word

router = Router(tags=["项目方案 programmes"])


class Span(Shape):
    """A period: its code in addresses and names, in words, its first and last day."""

    code: str
    zh: str
    first: date
    last: date


class Programme(Shape):
    """A programme: who helps whom under which scheme, its own period, the years in it."""

    code: str
    title: str
    scheme: Word
    supporting: Word
    receiving: Word
    office: str
    period: Span
    years: list[Span]


class Sheet(Shape):
    """A sheet (口径): what is added or counted, in one Chinese sentence, and who answers for it."""

    code: str
    name: str
    en: str
    sentence: str
    unit: Word
    kind: Word
    basis: Word
    cuts: dict[str, str]
    author: str
    checked_by: str
    valid_from: date | None
    version: str


@router.get("/programmes", response=list[Programme], summary="看得到的项目方案")
@open_to_all("只列出提问的人看得到的")
def programmes(request: HttpRequest) -> list[Programme]:
    """The programmes of which one may see anything."""
    taken = now()
    return [_shape(taken, code) for code in seen(request, taken)]


@router.get("/programmes/{programme}", response=Programme, summary="一个项目方案")
@asks("see_records", of_own_part)
def one_programme(request: HttpRequest, programme: AtProgramme) -> Programme:
    """One programme by its code."""
    return _shape(now(), programme)


@router.get("/sheets", response=list[Sheet], summary="全部口径")
@open_to_all("口径是公开的说明，不含数字")
def sheets(request: HttpRequest) -> list[Sheet]:
    """All sheets, each with its sentence."""
    return [_sheet(d) for d in definitions().values()]


@router.get("/sheets/{sheet}", response=Sheet, summary="一个口径")
@open_to_all("口径是公开的说明，不含数字")
def one_sheet(request: HttpRequest, sheet: AtSheet) -> Sheet:
    """One sheet by its code."""
    try:
        return _sheet(definition(sheet))
    except KeyError as error:
        raise Http404(str(error.args[0])) from None


def now(line: int | None = None) -> Snapshot:
    """The snapshot that answers, of a line if one is named; 404 for a line never frozen and for an empty book."""
    try:
        return snapshot(line)
    except LookupError as error:
        raise Http404(str(error)) from None


def _shape(taken: Snapshot, code: str) -> Programme:
    row = next((row for row in taken.rows["programmes"] if row["code"] == code), None)
    if row is None:
        raise Http404(f"没有项目方案 {code}")
    whole = reporting_period(taken, code)
    days = periods.parse(whole)
    return Programme(
        code=code, title=row["title"], scheme=word("scheme", row["scheme"]), supporting=area(row["supporting"] or ""),
        receiving=area(row["receiving"] or ""), office=row["office"] or "", period=_span(whole),
        years=[_span(str(year)) for year in range(days.first.year, days.last.year + 1)],
    )  # fmt: skip


def _span(code: str) -> Span:
    days = periods.parse(code)
    return Span(code=code, zh=days.zh, first=days.first, last=days.last)


def _sheet(d: Definition) -> Sheet:
    return Sheet(
        code=d.code, name=d.name, en=d.en, sentence=sentence(d), unit=word("unit", d.unit), kind=word("kind", d.kind),
        basis=word("basis", d.basis), cuts={letter: column for letter, column in CUTS.items() if column in d.by},
        author=d.author, checked_by=d.checked_by, valid_from=d.valid_from, version=d.version,
    )  # fmt: skip
