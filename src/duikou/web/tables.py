"""统计表: a table of a programme and period, or of one county, as a page in official form, as .csv and as .json."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render

from duikou.statistics.figure import BadName
from duikou.statistics.passages import Passage
from duikou.statistics.tables import FilledTable, Line, by_area, of_persons, table_of, tables
from duikou.statistics.values import RefusedSum
from duikou.terms.words import regions

from . import tables_rows
from .book import Book, open_book
from .doors import door, of_programme
from .listing import files
from .passages import Piece, marked
from .seeing import Reader, reader
from .tables_choosing import choices_of, for_insiders, of_county
from .tables_described import definitions, metadata

COLUMNS = (
    ("指标名称", "甲"), ("计量单位", "乙"), ("行号", "丙"), ("数值", "1"), ("性质", "2"), ("时间", "3"), ("依据", "4"),
    ("核对", "5"), ("说明", "6"),
)  # fmt: skip
DOTS = Piece("……", "")
DESCRIBED = "-metadata.json"  # where CSV on the Web looks for what a .csv is
SHOWN = 4  # passages shown under a line; the others stand on the figure's page


@dataclass(frozen=True)
class Said:
    """A passage under a line: its place, and its sentence in pieces with the words of the figure marked."""

    title: str
    place: str
    pieces: tuple[Piece, ...]
    document: int


@dataclass(frozen=True)
class Row:
    """A line with the passages it rests on, each once."""

    line: Line
    passages: tuple[Passage, ...]
    read: Reader

    @property
    def said(self) -> list[Said]:
        """The first passages, with their words."""
        return [Said(p.title, p.place, _pieces(p, self.read), p.document) for p in self.passages[:SHOWN]]

    @property
    def more(self) -> int:
        """How many passages are not shown."""
        return max(0, len(self.passages) - SHOWN)


@dataclass(frozen=True)
class Group:
    """A heading with its rows."""

    label: str
    rows: tuple[Row, ...]


def page(request: HttpRequest, programme: str, code: str, period: str, area: str = "") -> HttpResponse:
    """The table in official form."""
    book, filled = filled_at(request, programme, code, period, area)
    context: dict[str, Any] = {"book": book, "table": filled, **choices_of(request, book, filled)}
    if filled.body is not None:
        return render(request, "table_register.html", context | tables_rows.shown(request, filled, filled.body))
    context |= {"groups": _groups(filled.lines, reader(request)), "columns": COLUMNS}
    return render(request, "table.html", context)


def as_csv(request: HttpRequest, programme: str, code: str, period: str, area: str = "") -> HttpResponseBase:
    """The lines of the table with the name of each figure; of a register its rows, each with its record."""
    _, filled = filled_at(request, programme, code, period, area)
    name = f"{filled.number}-{period}{f'-{area}' if area else ''}"
    rows = tables_rows.cells(filled.body) if filled.body is not None else map(_cells, filled.lines)
    answer = files.as_csv(files.Listing(name, filled.title, _heads(filled), rows))
    answer["Link"] = f'<{_file(area or code)}{DESCRIBED}>; rel="describedby"; type="application/csvm+json"'
    return answer


def as_metadata(request: HttpRequest, programme: str, code: str, period: str, area: str = "") -> JsonResponse:
    """What the .csv of the table is, with the definitions of its figures, as CSV on the Web asks for it."""
    _, filled = filled_at(request, programme, code, period, area)
    told = metadata(filled, _file(area or code), _heads(filled))
    return JsonResponse(
        told, json_dumps_params={"ensure_ascii": False, "indent": 1}, content_type="application/csvm+json"
    )


def _file(name: str) -> str:
    """The .csv as its metadata, which lie beside it, name it."""
    return f"{name}.csv"


def _heads(filled: FilledTable) -> Sequence[str]:
    """The heads of the .csv."""
    return tables_rows.heads(filled.body) if filled.body is not None else [*(name for name, _ in COLUMNS), "数字名"]


def as_json(request: HttpRequest, programme: str, code: str, period: str, area: str = "") -> JsonResponse:
    """The table with every figure's four groups, its checks and notes."""
    _, filled = filled_at(request, programme, code, period, area)
    return JsonResponse(_told(filled, programme, period), json_dumps_params={"ensure_ascii": False, "indent": 1})


def of_county_page(request: HttpRequest, programme: str, register: str, period: str, area: str) -> HttpResponse:
    """A county's table."""
    return page(request, programme, register, period, area)


def of_county_csv(request: HttpRequest, programme: str, register: str, period: str, area: str) -> HttpResponseBase:
    """A county's table as a file of values."""
    return as_csv(request, programme, register, period, area)


def of_county_metadata(request: HttpRequest, programme: str, register: str, period: str, area: str) -> JsonResponse:
    """What the file of values of a county's table is."""
    return as_metadata(request, programme, register, period, area)


def of_county_json(request: HttpRequest, programme: str, register: str, period: str, area: str) -> JsonResponse:
    """A county's table as data."""
    return as_json(request, programme, register, period, area)


def data_of(programme: str, code: str, period: str) -> dict[str, Any]:
    """A table as plain data; 404 where there is no such table, programme or period."""
    return _told(_filled(programme, code, period)[1], programme, period)


def _told(filled: FilledTable, programme: str, period: str) -> dict[str, Any]:
    rows = tables_rows.told(filled.body) if filled.body is not None else {}
    return {
        "number": filled.number, "title": filled.title, "office": filled.office, "programme": programme,
        "period": period, "line": filled.snapshot.line, "head": filled.snapshot.head.full,
        "lines": [_data(line) for line in filled.lines], "notes": filled.notes,
        "checks": [
            {"sentence": c.sentence, "code": c.reading.code, "reading": c.reading.zh, "detail": c.reading.detail}
            for c in filled.checks
        ],
        "definitions": definitions(filled),
        **rows,
    }  # fmt: skip


def filled_at(request: HttpRequest, programme: str, code: str, period: str, area: str = "") -> tuple[Book, FilledTable]:
    """The table at an address, for who may see it; a table of persons is for those inside, however public its programme."""
    if code in tables() and of_persons(code):
        for_insiders(request, programme, area)
    return _filled(programme, code, period, area)


def _filled(programme: str, code: str, period: str, area: str = "") -> tuple[Book, FilledTable]:
    """The table at an address; 404 where there is no such table, programme, period or county."""
    if code not in tables():
        raise Http404(f"没有表 {code}；可用：{'、'.join(tables())}")
    if area and not (area in regions() and by_area(code)):
        raise Http404(f"没有{tables()[code]['name']}的分县表 {area}")
    book = open_book(programme, period)
    try:
        return book, table_of(book.snapshot, code, programme, period, area) if area else table_of(
            book.snapshot, code, programme, period
        )
    except (BadName, RefusedSum) as error:
        raise Http404(str(error)) from None


def _groups(lines: Sequence[Line], read: Reader) -> list[Group]:
    """The lines under their headings."""
    found: list[tuple[str, list[Row]]] = []
    for line in lines:
        if line.group or not found:
            found.append((line.label if line.group else "", []))
        if not line.group:
            passages = [p for member in line.members for p in member.passages]
            once = {(p.document, p.paragraph, p.fragment): p for p in passages}
            found[-1][1].append(Row(line, tuple(once.values()), read))
    return [Group(label, tuple(rows)) for label, rows in found]


def _pieces(passage: Passage, read: Reader) -> tuple[Piece, ...]:
    """The sentence of a passage where its text may be shown, else the words that were kept; what carries the number marked."""
    texts, number = read(passage.digest, passage.document), passage.paragraph or 0
    if texts is None or not 0 < number <= len(texts) or passage.fragment not in texts[number - 1]:
        return (DOTS, *marked(number, passage.fragment, (), passage.said).pieces, DOTS)
    pieces = marked(number, texts[number - 1], (), passage.fragment, dim=True).pieces
    return tuple(piece for piece in pieces if piece.mark != "far")


def _cells(line: Line) -> list[object]:
    name = line.figure.name if line.figure else ""
    return [
        line.label, line.unit, line.line, line.figure.plain_number if line.figure else "", line.nature, line.time,
        line.source, line.check, line.note, name,
    ]  # fmt: skip


def _data(line: Line) -> dict[str, Any]:
    if line.figure is None:
        return {"group": line.label}
    return {
        "line": line.line, "label": line.label, "indent": line.indent, "time": line.time, "source": line.source,
        "check": line.check, "note": line.note, "figure": line.figure.as_data(),
    }  # fmt: skip


HERE = "p/<slug:programme>/<period:period>/t/"
COUNTY = HERE + "<slug:register>/<slug:area>"
urlpatterns = [
    door(HERE + "<slug:code>.csv", as_csv, "see_figures", of_programme, name="table-csv"),
    door(HERE + f"<slug:code>.csv{DESCRIBED}", as_metadata, "see_figures", of_programme, name="table-metadata"),
    door(HERE + "<slug:code>.json", as_json, "see_figures", of_programme, name="table-json"),
    door(HERE + "<slug:code>/", page, "see_figures", of_programme, name="table"),
    door(COUNTY + ".csv", of_county_csv, "see_records", of_county, name="table-county-csv"),
    door(COUNTY + f".csv{DESCRIBED}", of_county_metadata, "see_records", of_county, name="table-county-metadata"),
    door(COUNTY + ".json", of_county_json, "see_records", of_county, name="table-county-json"),
    door(COUNTY + "/", of_county_page, "see_records", of_county, name="table-county"),
]
