"""T1 (项目计划和进度表) becomes facts: projects with plan line, milestones, reports and the places they concern.

What the book has no column for is kept in the source's own words, under the heading of its cell, so that nothing is lost.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from duikou.acts.accepting import accept
from duikou.records.models import Item, Milestone, PlanLine, Programme, Progress, Project
from duikou.rules.budgets import PlanLine as PlanFact
from duikou.rules.evidence import Document
from duikou.rules.fact import Fact, Ref, Source, Told
from duikou.rules.period import Period, months, on, parse
from duikou.rules.problem import Problem, Refused
from duikou.rules.progress import Progress as ProgressFact
from duikou.rules.projects import Project as ProjectFact
from duikou.rules.rights import Person
from duikou.rules.stages import Milestone as MilestoneFact
from duikou.rules.typed import read_amount, read_span
from duikou.statistics.t1 import (
    COLUMNS,
    MONTHS,
    PERCENT,
    STAGES,
    Known,
    Reached,
    Report,
    Row,
    heading,
    read,
    row_of,
    write,
)
from duikou.statistics.t1 import Column as FormColumn
from duikou.terms.words import code_of

from .cells import BLANK, LOST_ZERO
from .file import READING
from .layouts import Column, Layout, is_money, plain
from .table import Table

FIRST = 4  # the row of the sheet that data begins in, after the title and two rows of headings
FRAGMENT = 20
CODE, NAME, COUNTY = ([column.code for column in COLUMNS].index(name) for name in ("code", "name", "county"))

Cells = Sequence[Sequence[str]] | Mapping[int, Sequence[str]]
"""The lines of a sheet in the order of the columns: from its fourth row on, or by the number of the row."""
Where = Callable[[int, str], str]
"""What a cell is called: of a row and the code of a column, empty for the whole row."""


@dataclass(frozen=True)
class Sheet:
    """A sheet as it was handed in: of which year, on which day, by which side; up to which month work done is told.

    `area` is the county whose sheet it is, where its rows do not name one.
    """

    title: str
    year: int
    day: date
    until: int = 12
    area: str = ""
    side: str = "receiving"

    @property
    def key(self) -> str:
        """The key of its document among the facts."""
        return f"t1 {self.year}"


@dataclass(frozen=True)
class Kept:
    """A project that the book has already: its number, what is known of it, aid and total planned by year."""

    number: int
    known: Known
    plans: Mapping[int, tuple[int, int | None]] = field(default_factory=dict)


def kept_in(programme: Programme, codes: Collection[str]) -> dict[str, Kept]:
    """The projects of a programme that bear one of some codes, by it; in as many questions for thousands as for one."""
    found = {row.pk: row for row in Project.objects.filter(record__programme=programme) if row.code in codes}
    hanging = {"record__programme": programme, "project__code__gt": ""}
    stages: dict[int, dict[str, Reached]] = {}
    for m in Milestone.objects.filter(**hanging):
        stages.setdefault(m.project_id, {})[m.stage] = Reached(m.when, m.due, m.remark)
    reports: dict[int, list[Report]] = {}
    for r in Progress.objects.filter(**hanging).order_by("pk"):
        if r.when:
            report = Report(r.when, r.percent, r.said, r.in_place, r.aid_done, r.other_done)
            reports.setdefault(r.project_id, []).append(report)
    plans: dict[int, dict[int, tuple[int, int | None]]] = {}
    for line in PlanLine.objects.filter(**hanging).order_by("pk"):
        if line.last:
            plans.setdefault(line.project_id, {})[line.last.year] = (line.aid, line.total)
    listed: dict[tuple[int, str], list[str]] = {}
    items = Item.objects.filter(record__programme=programme, record__kind="project", list__in=("class", "place"))
    for number, name, text in items.order_by("record", "position").values_list("record_id", "list", "text"):
        listed.setdefault((number, name), []).append(text)
    return {
        row.code or "": Kept(
            n,
            Known(
                row.name, row.region, row.paired, row.year, row.sector, tuple(listed.get((n, "class"), ())),
                tuple(listed.get((n, "place"), ())), row.remark or "", row.code or "",
                stages=stages.get(n, {}), reports=reports.get(n, ()),
            ),
            plans.get(n, {}),
        )
        for n, row in found.items()
    }  # fmt: skip


def load(programme: Programme, cells: Cells, sheet: Sheet, *, person: Person) -> list[int]:
    """Accept the rows of a sheet, all of them or none; Refused carries every problem with its row and column."""
    codes = {line[CODE].strip() for line in numbered(cells).values() if len(line) > CODE} - {""}
    told = facts(cells, sheet, kept_in(programme, codes) if codes else {})
    return accept(programme, told, {}, person=person, reason=f"载入 {sheet.title}", evidence=sheet.title)


def numbered(cells: Cells) -> Mapping[int, Sequence[str]]:
    """The lines by the numbers of their rows."""
    return cells if isinstance(cells, Mapping) else dict(enumerate(cells, FIRST))


def cells_of(table: Table) -> dict[int, list[str]]:
    """The lines of a table of this form as it stands on a sheet: without totals and notes, under the rows they stand in."""
    return {row: [_cell(table, row, column) for column in COLUMNS] for row in table.rows}


def _cell(table: Table, row: int, column: FormColumn) -> str:
    """A cell as the form has it: money in 万元, whatever unit was written; a dash for nothing where no text stands."""
    text = table.text(row, column.code)
    if column.kind in ("text", "list"):
        return text
    if text in BLANK:
        return ""
    heading = table.columns.get(column.code)
    if column.kind == "money" and heading:
        return _money(text, heading.unit or next(filter(is_money, table.units), "万元"))
    return _day(text) if column.kind == "day" else text


def _money(text: str, unit: str) -> str:
    """An amount in 万元; one that cannot be read stays as it is, with its unit."""
    try:
        amount = read_amount(text, unit)
    except ValueError:
        return text if unit == "万元" else f"{text}{unit}"
    if not amount.exact or (unit == "万元" and re.fullmatch(r"[0-9.,]+", text)):
        return text
    return write("money", amount.low)


def _day(text: str) -> str:
    """A day as the form writes it; what cannot be read stays as it is."""
    if LOST_ZERO.fullmatch(text):
        return f"{text}（1 月或 10 月）"
    try:
        return text if read("day", text) else ""
    except ValueError:
        pass
    try:
        return read_span(text).code
    except ValueError:
        return text


def layout() -> Layout:
    """The form as a layout: a heading with what stands over it; words that only one column bears stand for it alone."""
    borne = Counter(column.title for column in COLUMNS)
    columns = (
        Column(c.code, tuple(dict.fromkeys((plain(c.full), *([c.title] if borne[c.title] == 1 else ())))), _unit(c))
        for c in COLUMNS
    )
    return Layout("t1_projects", "项目计划和进度表", "project", tuple(columns), "T1", ("code",), ("name", "percent3"))


def _unit(column: FormColumn) -> str:
    """The unit of a column of numbers."""
    return "万元" if column.kind == "money" else "%" if column.group == PERCENT else ""


def facts(
    cells: Cells, sheet: Sheet, kept: Mapping[str, Kept] | None = None, where: Where | None = None
) -> list[Told[Fact]]:
    """The facts of a sheet's rows, its document first; Refused names all cells that cannot be read, as `where` names them."""
    problems: list[Problem] = []
    rows = {number: _row(line, number, problems, where or _in_words) for number, line in numbered(cells).items()}
    problems += _twice(rows, where or _in_words)
    if problems:
        raise Refused(problems)
    paper = Document(title=sheet.title, medium="notice", grade="issued", when=on(sheet.day))
    told: list[Told[Fact]] = [Told(paper, {}, key=sheet.key)]
    for number, row in rows.items():
        told += _told(row, number, sheet, (kept or {}).get(row["code"]))
    return told


def _in_words(number: int, column: str) -> str:
    """A cell by its row and heading."""
    return f"第 {number} 行" + (f"·{next(c.full for c in COLUMNS if c.code == column)}" if column else "")


def _row(line: Sequence[str], number: int, problems: list[Problem], where: Where) -> dict[str, Any]:
    """The values of one line; what cannot be read is a problem at its cell."""
    row: dict[str, Any] = {column.code: read(column.kind, "") for column in COLUMNS}
    if len(line) != len(COLUMNS):
        found, expected = f"{len(line)} 列", f"{len(COLUMNS)} 列"
        problems.append(_problem(where(number, ""), found, expected, "照表式补齐各列，没有的留空"))
        return row
    for column, text in zip(COLUMNS, line, strict=True):
        try:
            row[column.code] = read(column.kind, text)
        except ValueError as error:
            problems.append(_problem(where(number, column.code), text, str(error), "改正这一格；不知道的留空，不填 0"))
    if not row["name"]:
        problems.append(_problem(where(number, "name"), "空白", "项目名称", "补上名称，或删去这一行"))
    return row


def _problem(place: str, found: str, expected: str, remedy: str) -> Problem:
    return Problem("file.3", "stops", READING["file.3"], found, expected, remedy, place)


def _twice(rows: Mapping[int, Row], where: Where) -> Iterator[Problem]:
    """Codes that stand in more than one row."""
    used = Counter(row["code"] for row in rows.values() if row["code"])
    for number, row in rows.items():
        if used[row["code"]] > 1:
            place = where(number, "code")
            yield Problem(
                "file.6", "stops", READING["file.6"], row["code"], "一个项目一行", "合为一行，或改正编码", place
            )


# ---- one row


def _told(row: Row, number: int, sheet: Sheet, kept: Kept | None) -> list[Told[Fact]]:
    """The facts of a row: the project where it is new, its plan line, milestones and reports."""
    place = f"第 {number} 行"
    source = {"": Source(sheet.key, sheet.side, number, "", row["name"][:FRAGMENT])}
    key = f"{sheet.key} {number}"
    of: Ref = kept.number if kept else key
    before = kept or Kept(0, _new(row, sheet))
    hanging = [*_plan(row, sheet, of, before), *_milestones(row, sheet, of, before), *_reports(row, sheet, of, before)]
    words = tuple(("said", title, text) for title, text in _lost(row, hanging, sheet, before).items())
    told: list[Told[Fact]] = []
    if kept is None:
        told.append(Told(_project(row, sheet, words), source, key=key, place=place))
    elif words:  # the words hang from what the sheet reports; a report that says nothing else bears them alone
        report = hanging.pop() if hanging and isinstance(hanging[-1], ProgressFact) else _silent(sheet, of)
        hanging.append(replace(report, items=words))
    return told + [Told(fact, source, place=place) for fact in hanging]


def _new(row: Row, sheet: Sheet) -> Known:
    """What becomes known of a new project; a type that is no sector of ours is the class that its source gives it."""
    sector, classes = _sector(row["type"])
    return Known(
        row["name"], row["county"] or sheet.area, row["paired"], row["year"], sector, classes, row["places"], row["remark"],
        row["code"],
    )  # fmt: skip


def _project(row: Row, sheet: Sheet, words: tuple[tuple[str, str, str], ...]) -> ProjectFact:
    """The project of a row; work that has begun says that it is started, before any day does."""
    new = _new(row, sheet)
    begun = any(row[f"percent{m}"] for m in MONTHS)
    items = (*(("class", c, "") for c in new.classes), *(("place", p, "") for p in new.places), *words)
    return ProjectFact(
        name=new.name, sector=new.sector, status="started" if begun else "preparing", region=new.region, paired=new.paired,
        year=new.year, remark=new.remark, code=new.code, when=parse(str(sheet.year)), items=items,
    )  # fmt: skip


def _sector(said: str) -> tuple[str, tuple[str, ...]]:
    try:
        return (code_of("sector", said), ()) if said else ("", ())
    except ValueError:
        return "other", (said,)


def _plan(row: Row, sheet: Sheet, of: Ref, before: Kept) -> Iterator[Fact]:
    """The line of the plan, where aid is planned and not planned so already; else a plan is its source's word only."""
    if row["aid"] and row["aid"] > 0 and before.plans.get(sheet.year) != (row["aid"], row["total"]):
        yield PlanFact(project=of, scope="in_plan", aid=row["aid"], total=row["total"], when=parse(str(sheet.year)))


def _milestones(row: Row, sheet: Sheet, of: Ref, before: Kept) -> Iterator[Fact]:
    """The days of a row: reached where they are not after the day of the sheet and the works have come so far, else due."""
    for stage in STAGES:
        said: Period | None = row[stage]
        kept = before.known.stages.get(stage)
        if said is None or (kept and (kept.when or kept.said == said)):
            continue
        if said.first <= sheet.day and _may_be_reached(row, stage):
            yield MilestoneFact(project=of, stage=stage, when=said)
        else:
            yield MilestoneFact(project=of, stage=stage, due=said.last, remark="" if said.day_known else said.code)


def _may_be_reached(row: Row, stage: str) -> bool:
    """Whether the works have come so far: what is not at 100 % is not completed, whatever day was set for it."""
    percents = [row[f"percent{m}"] for m in MONTHS if row[f"percent{m}"] is not None]
    return stage == "started" or not percents or max(percents) >= 100


def _reports(row: Row, sheet: Sheet, of: Ref, before: Kept) -> Iterator[Fact]:
    """A report for each month of which the row says something that was not reported so already.

    The column of the quarter that is under way says how things stand at the end of the month that the sheet goes to.
    """
    said: dict[int, dict[str, Any]] = {}
    given = row_of(before.known, sheet.year)
    for m in MONTHS:
        found = {"percent": row[f"percent{m}"], "said": row[f"stage{m}"] or None, "in_place": row[f"place{m}"]}
        month = sheet.until if m - 3 < sheet.until < m else m
        if month == sheet.until or any(
            row[f"{name}{m}"] != given[f"{name}{m}"] for name in ("percent", "stage", "place")
        ):
            said[month] = {name: value for name, value in found.items() if value is not None}
    done = {"aid_done": row["done_aid"], "other_done": row["done_other"]}
    said[sheet.until] = said.get(sheet.until, {}) | {name: value for name, value in done.items() if value is not None}
    for month in sorted(said):
        when = months(sheet.year, month, month)
        if said[month] and not any(_says(report, when, said[month]) for report in before.known.reports):
            yield ProgressFact(project=of, when=when, **said[month])


def _says(report: Report, when: Period, said: Mapping[str, Any]) -> bool:
    """Whether a report says all this of some days, and perhaps more."""
    return report.when == when and all(getattr(report, name) == value for name, value in said.items())


def _silent(sheet: Sheet, of: Ref) -> ProgressFact:
    return ProgressFact(project=of, when=months(sheet.year, sheet.until, sheet.until))


def _lost(row: Row, hanging: Sequence[Any], sheet: Sheet, before: Kept) -> dict[str, str]:
    """The cells that the book's own columns would not give back, in words under their headings."""
    line = next((f for f in hanging if isinstance(f, PlanFact)), None)
    aid, total = (line.aid, line.total) if line else before.plans.get(sheet.year, (None, None))
    new = {f.stage: Reached(f.when, f.due, f.remark) for f in hanging if isinstance(f, MilestoneFact)}
    reports = [
        Report(f.when, f.percent, f.said, f.in_place, f.aid_done, f.other_done)
        for f in hanging if isinstance(f, ProgressFact) and f.when
    ]  # fmt: skip
    known = replace(
        before.known,
        total=total,
        aid=aid,
        stages={**before.known.stages, **new},
        reports=[*before.known.reports, *reports],
    )
    given = row_of(known, sheet.year)
    return {heading(sheet.year, c): write(c.kind, row[c.code]) for c in COLUMNS if given[c.code] != row[c.code]}
