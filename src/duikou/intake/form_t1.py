"""T1 as a form: every project of the year with what is known of it; asked are the running month's progress, money, the next day."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from duikou.records.models import Programme, Project, of
from duikou.rules.period import Period
from duikou.rules.problem import Refused
from duikou.rules.progress import Progress as ProgressFact
from duikou.rules.rights import contains
from duikou.statistics.t1 import COLUMNS, MONTHS, STAGES, Known, Row, row_of, write
from duikou.terms.words import regions

from . import t1
from .form_lines import Form, Line, as_sheet
from .form_words import canonical
from .layouts import Layout
from .ours import KNOWN, OPEN
from .table import find

EMPTY = 20
NUMBERS = ("money", "whole")
SUM = "done"  # what the sheet adds up itself
MEANS = {
    "percent": "到月底的形象进度，0 到 100 的整数", "stage": "到月底干到哪一步，几个字", "place": "到月底累计到位的资金",
    "done_aid": "到月底累计完成的投资中，对口支援资金的部分", "done_other": "到月底累计完成的投资中，其他资金的部分",
    "started": "实际开工的日期；还没有开工的写计划日期", "completed": "实际完工的日期", "accepted": "通过完工验收的日期",
}  # fmt: skip


def form(programme: Programme, area: str, when: Period, request: int | None = None) -> Form:
    """The form of projects for an area and a month; projects without a code cannot be known again and are not listed."""
    year, until = when.last.year, when.last.month
    kept = _kept(programme, area, year)
    lines = [_line(row_of(_of_year(one, year), year), until) for one in kept.values()]
    made = Form(
        _layout(until), f"{_area(area)}项目计划和进度表（{when.zh}）", area, when, _heads(year, until),
        tuple(column.code for column in COLUMNS), tuple(lines), request=request,
    )  # fmt: skip
    same = _same(made, kept)
    empty = Line(tuple("" for _ in COLUMNS), OPEN, free=True)
    return replace(made, lines=(*same, *[empty] * EMPTY), left=len(lines) - len(same))


def projects(programme: Programme, area: str, year: int) -> list[Known]:
    """The projects of an area and a year that bear a code, as the book knows them."""
    return [_of_year(one, year) for one in _kept(programme, area, year).values()]


def asked(row: Row, until: int) -> frozenset[str]:
    """What is asked of a project: progress, stage and money in place of the running quarter, money done, the next day to come."""
    month = next(m for m in MONTHS if until <= m)
    reached = [stage for stage in STAGES if row[stage] is None]
    return frozenset({f"percent{month}", f"stage{month}", f"place{month}", "done_aid", "done_other", *reached[:1]})


def _kept(programme: Programme, area: str, year: int) -> dict[str, t1.Kept]:
    """The projects of an area and a year that bear a code, by it."""
    rows = of(Project, programme).exclude(code="").exclude(code=None).order_by("pk")
    codes = {row.code: row for row in rows if row.code and (not area or contains(area, row.region or ""))}
    kept = t1.kept_in(programme, set(codes)) if codes else {}
    return {code: kept[code] for code, row in codes.items() if code in kept and year in _years(row, kept[code])}


def _years(row: Project, one: t1.Kept) -> set[int]:
    """The years that a project is of: its own, of its days, of its plan, of its reports."""
    spans = [*([row.when] if row.when else []), *(report.when for report in one.known.reports)]
    found = {year for span in spans for year in range(span.first.year, span.last.year + 1)}
    return {*found, *one.plans, *([row.year] if row.year else [])}


def _of_year(one: t1.Kept, year: int) -> Known:
    aid, total = one.plans.get(year, (None, None))
    return replace(one.known, aid=aid, total=total)


def _line(row: Mapping[str, Any], until: int) -> Line:
    texts = tuple(_text(column.kind, row[column.code]) for column in COLUMNS)
    return Line(texts, KNOWN, asked(row, until))


def _text(kind: str, value: Any) -> str:
    """A cell as a workbook gives it back."""
    text = write(kind, value)
    return canonical(Decimal(text)) if text and kind in NUMBERS else text


def _heads(year: int, until: int) -> tuple[tuple[str, ...], ...]:
    """The two rows of headings, with the year, or the month up to which a group goes."""
    over = []
    for column in COLUMNS:
        until_said = (
            f"截至{year}年{until}月{column.group}" if column.code.startswith(SUM) else f"{year}年{column.group}"
        )
        grouped = until_said if column.code.startswith(SUM) or column.code[-1].isdigit() else column.group
        over.append(grouped or column.title)
    return tuple(over), tuple(column.title if column.group else "" for column in COLUMNS)


def _layout(until: int) -> Layout:
    """The layout with what its asked columns mean."""
    month = next(m for m in MONTHS if until <= m)
    means = {f"{code}{month}" if code in ("percent", "stage", "place") else code: text for code, text in MEANS.items()}
    return replace(t1.layout(), means=means)


def _area(code: str) -> str:
    return regions()[code][-1].short if code in regions() else ""


def _same(made: Form, kept: Mapping[str, t1.Kept]) -> list[Line]:
    """The rows that say nothing but the running month's report when they are read; others are not sent."""
    tables = find(as_sheet(made), [t1.layout()])
    if not tables or not made.lines:
        return []
    sheet = t1.Sheet(made.title, made.when.last.year, made.when.last, made.when.last.month, made.area)
    first = tables[0].heading_rows[1] + 1
    return [
        made.lines[row - first] for row, cells in t1.cells_of(tables[0]).items() if _says_nothing(row, cells, sheet, kept)
    ]  # fmt: skip


def _says_nothing(row: int, cells: Any, sheet: t1.Sheet, kept: Mapping[str, t1.Kept]) -> bool:
    try:
        told = t1.facts({row: cells}, sheet, kept)[1:]
    except Refused:
        return False
    of_month = (one.fact for one in told)
    return all(isinstance(fact, ProgressFact) and not fact.items and fact.day == sheet.day for fact in of_month)
