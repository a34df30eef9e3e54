"""One entry, every table: a county's simulated year in full forms and in forms that hold what the book knows.

In a generated province the next year happens as the last one did. Every county hands in 项目、劳务、消费帮扶 each month and
培训、产业、示范村 each quarter: once as full forms, all rows of which are written out; once as the forms that we send, of
which it writes what is asked, what has changed and what is new. Both books end with the same tables; cells are counted.
"""

import io
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, get_type_hints

import openpyxl
import xlsxwriter
from django.db import transaction

from duikou.acts.accepting import accept
from duikou.acts.as_told import facts_of, table_of
from duikou.acts.handing import accept_sheet
from duikou.intake import opened
from duikou.intake.form_page import drawn
from duikou.intake.form_t1 import projects
from duikou.intake.form_words import Writer, canonical
from duikou.intake.forms import form, saved
from duikou.intake.known import known
from duikou.intake.layouts import layouts
from duikou.intake.rows import KINDS
from duikou.intake.taking import T1, Asked, answer
from duikou.records.models import Programme, of
from duikou.rules import budgets, evidence
from duikou.rules.fact import Fact, Told
from duikou.rules.period import Period, months, on, parse
from duikou.rules.projects import Project
from duikou.statistics.t1 import COLUMNS, row_of, write

from .generate import OFFICER
from .province.batches import SOURCE
from .province.parties import COUNTIES
from .province.scale import YEARS

YEAR = YEARS[-1] + 1
MONTHLY, QUARTERLY = (T1, "t7_labour", "t9_sales"), ("t6_training", "t8_investments", "t14_villages")
AIM = 60  # per cent fewer cells than full forms
WAN = 10**6  # fen
STAGES = ("前期", "基础施工", "主体施工", "装修", "完工")
Row = Mapping[str, str]


@dataclass(frozen=True)
class Year:
    """What happens in a county: its area, the rows of each sheet as they stand at the end of a month."""

    area: str
    truth: Callable[[str, Period], Sequence[Row]]


def run(size: int) -> list[dict[str, Any]]:
    """The year over a province of so many thousandths, all counties and months."""
    from .province.make import make

    found = Programme.objects.filter(code="prov").first() or make(size / 1000)[0]
    begun = time.perf_counter()
    full, asked, same = simulated(found)
    share = round(100 * (full - asked) / full, 1)
    return [{
        "workload": "各县一年", "size": size, "full": full, "asked": asked, "share": share, "aim": AIM, "within": share >= AIM,
        "same_tables": same, "took_s": round(time.perf_counter() - begun, 1),
    }]  # fmt: skip


def simulated(programme: Programme, counties: Sequence[str] = COUNTIES, until: int = 12) -> tuple[int, int, bool]:
    """Cells of the full forms, cells asked by ours or written into them, whether both books end with the same tables."""
    with transaction.atomic():
        _plan(programme, counties)
        years = [_year(programme, area) for area in counties]
        full, first = _lived(programme, years, until, _full)
        asked, second = _lived(programme, years, until, _ours)
        transaction.set_rollback(True)
    return full, asked, first == second and all(tables[0] for tables in first)


def _lived(programme: Programme, years: Sequence[Year], until: int, way: Any) -> tuple[int, Any]:
    """The year in one way: how many cells were written, and the tables at its end; the book is then as before."""
    cells = 0
    with transaction.atomic():
        for month in range(1, until + 1):
            for code in (*MONTHLY, *(QUARTERLY if month % 3 == 0 else ())):
                for year in years:
                    cells += _handed_in(programme, year, code, months(YEAR, month, month), way)
        tables = [_tables(programme, year.area) for year in years]
        transaction.set_rollback(True)
    return cells, tables


def _handed_in(programme: Programme, year: Year, code: str, when: Period, way: Any) -> int:
    """Hand in one sheet; how many cells were written for it."""
    rows = year.truth(code, when)
    data, cells = way(programme, year, code, when, rows)
    said = answer(programme, f"{code}.xlsx", data, Asked(when, region=year.area))
    if said.rows:
        assert said.ready, [str(problem) for problem in said.told][:5]
        if said.counts["new"] or said.counts["changed"]:
            title = replace(said, name=f"{year.area}{code}{when.code}.xlsx")
            accept_sheet(title.handed(), programme=programme, person=OFFICER)
    return cells


# ---- two ways ----------------------------------------------------------------------------------------------------------


def _full(programme: Programme, year: Year, code: str, when: Period, rows: Sequence[Row]) -> tuple[bytes, int]:
    """A full form: every cell of every row is written."""
    empty = replace(form(programme, code, year.area, when), lines=())
    box = io.BytesIO()
    book = xlsxwriter.Workbook(box, {"in_memory": True})
    sheet = book.add_worksheet("全表")
    for n, heads in enumerate(empty.heads):
        sheet.write_row(n, 0, heads)
    for n, row in enumerate(rows, len(empty.heads)):
        for at, field in enumerate(empty.fields):
            sheet.write_string(n, at, row.get(field, ""))
    book.close()
    return box.getvalue(), sum(bool(row.get(field)) for row in rows for field in empty.fields if field != "done")


def _ours(programme: Programme, year: Year, code: str, when: Period, rows: Sequence[Row]) -> tuple[bytes, int]:
    """Our form: what is asked, what has changed and what is new is written; nothing else."""
    made = form(programme, code, year.area, when)
    data = drawn(made, {})
    book = openpyxl.load_workbook(io.BytesIO(data))
    page, cells = book["填报"], saved(made).asked
    same = ("code",) if code == T1 else made.layout.same
    lines = {_key(dict(zip(made.fields, line.texts, strict=True)), same): at for at, line in enumerate(made.lines)}
    free = iter(at for at, line in enumerate(made.lines) if line.free)
    for row in rows:
        found = lines.get(_key(row, same))
        at = found if found is not None else next(free)
        line = made.lines[at]
        told = dict(zip(made.fields, line.texts, strict=True))
        changed = {field for field in made.fields if row.get(field, "") != told[field]}
        for field in changed:
            page.cell(made.first + at, made.fields.index(field) + 1).value = _value(field, row.get(field, ""))
        cells += len(changed - line.asked - {"done"})  # which the sheet adds up itself
    return opened.saved(book, data), cells  # its sums keep their values, as in the office's own program


def _key(row: Row, same: Sequence[str]) -> tuple[str, ...]:
    return tuple(row.get(name, "") for name in same)


def _value(field: str, text: str) -> str | float | None:
    """A cell as a clerk types it: numbers as numbers."""
    if field != "code" and text.replace(".", "", 1).isdigit():
        return float(text)
    return text or None


def _tables(programme: Programme, area: str) -> Any:
    """What the tables of the year are made from: the rows of T1, and every record of the other sheets."""
    found: list[Any] = [[row_of(one, YEAR) for one in projects(programme, area, YEAR)]]
    for code in (*MONTHLY[1:], *QUARTERLY):
        kind = KINDS[layouts()[code].kind]
        model: Any = table_of(kind)
        facts = facts_of(list(of(model, programme).filter(region=area).select_related("record")), kind)
        found.append(sorted(repr(fact) for fact in facts.values()))
    return found


# ---- what happens ------------------------------------------------------------------------------------------------------


def _plan(programme: Programme, counties: Sequence[str]) -> None:
    """The year's plan stands in the book before the year: as many projects as the last year had, each with its code and money."""
    last = of(table_of(Project), programme).filter(year=YEAR - 1, region__in=counties).order_by("pk")
    told: list[Told[Fact]] = [
        Told(evidence.Document(title=f"{YEAR}年计划", medium="notice", grade="original"), {}, key="S")
    ]
    for n, row in enumerate(last):
        fact = Project(
            name=f"{YEAR}年{row.name}", sector=row.sector, status="preparing", region=row.region, code=f"NEW-{n:05}", paired=True,
            level="county", year=YEAR, when=parse(f"{YEAR}"),
        )  # fmt: skip
        told.append(Told(fact, SOURCE, key=f"N{n}"))
        line = budgets.PlanLine(project=f"N{n}", scope="in_plan", aid=100 * WAN, total=150 * WAN, when=parse(f"{YEAR}"))
        told.append(Told(line, SOURCE))
    accept(programme, told, {}, person=OFFICER, reason="生成计划", evidence="")


def _year(programme: Programme, area: str) -> Year:
    """The truth of a county: its projects go on month by month, the rest happens as in the year before."""
    names = known(programme)
    rows: dict[str, list[tuple[Period | None, Row]]] = {}
    for code in (*MONTHLY[1:], *QUARTERLY):
        layout = layouts()[code]
        writer = Writer(layout, names, get_type_hints(KINDS[layout.kind]))
        rows[code] = [(fact.when, writer.texts(fact)) for fact in _facts(programme, code, area)]
    works = [_project(one, n) for n, one in enumerate(projects(programme, area, YEAR))]

    def truth(code: str, when: Period) -> list[Row]:
        if code == T1:
            return [work(when.last.month) for work in works]
        chosen = [(day, row) for day, row in rows[code] if day and day.first <= when.last]
        sent = layouts()[code].sent
        if sent.get("again"):
            return [row for day, row in chosen if day and day.within(when)]
        if sent.get("standing"):
            return [_moved(row, n, when.last.month) for n, (_, row) in enumerate(chosen)]
        return [row for day, row in chosen if day and day.last.year == YEAR]

    return Year(area, truth)


def _facts(programme: Programme, code: str, area: str) -> Iterator[Fact]:
    """What the book has of a kind, and what happens anew: each thing of the last year once more."""
    layout = layouts()[code]
    kind = KINDS[layout.kind]
    model: Any = table_of(kind)
    kept = list(facts_of(list(of(model, programme).filter(region=area).select_related("record")), kind).values())
    if layout.sent.get("standing"):
        yield from kept
    seen: set[Any] = set()
    for fact in kept:
        if fact.when is None or fact.when.first.year != YEAR - 1:
            continue
        month = fact.when.first.month
        when = (
            months(YEAR, month, month)
            if layout.sent.get("again")
            else on(date(YEAR, month, fact.when.first.day % 28 + 1))
        )
        named = {name: f"新{getattr(fact, name)}" for name in ("name", "subject") if hasattr(fact, name)}
        new = replace(fact, when=when, **named)
        key = tuple(getattr(new, name) for name in layout.same)
        if key not in seen:  # one thing has one row
            seen.add(key)
            yield new


def _moved(row: Row, n: int, month: int) -> Row:
    """A standing thing at the end of a month: some go a step further in some month."""
    return {**row, "status": "完工"} if "status" in row and n % 12 < month and n % 4 == 0 else row


def _project(known_project: Any, n: int) -> Callable[[int], Row]:
    """The row of a project at the end of each month."""
    base: Row = {column.code: write(column.kind, row_of(known_project, YEAR)[column.code]) for column in COLUMNS}

    def at(month: int) -> Row:
        row = dict(base) | {name: canonical_text(base[name]) for name in ("total", "aid", "other")}
        begin = 1 + n % 4
        for m in range(begin, month + 1):
            quarter, steps = (m + 2) // 3 * 3, m - begin + 1
            percent = min(100, steps * 12)
            row |= {f"percent{quarter}": str(percent), f"stage{quarter}": STAGES[min(4, percent // 24)],
                    f"place{quarter}": str(10 * steps), "done_aid": str(8 * steps), "done_other": str(4 * steps),
                    "done": str(12 * steps)}  # fmt: skip
        return row

    return at


def canonical_text(text: str) -> str:
    """An amount as a cell of a workbook gives it back."""
    return canonical(Decimal(text)) if text else ""
