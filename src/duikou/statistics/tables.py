"""Tables in official form, filled from one snapshot with their cross-checks: lists of figures, registers, T1, T17."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from duikou.rules.period import Period, time_words
from duikou.rules.reporting import named
from duikou.rules.writing import write
from duikou.snapshot.store import Snapshot
from duikou.terms.words import regions, zh

from .definition import definition, in_force
from .figure import Figure, Name
from .measure import asked, cut, rest
from .members import Member
from .passages import joined
from .registers import forms, register
from .registers_made import Indicators
from .registers_rows import Body, Rows
from .registers_t1 import Projects
from .tables_checks import Cell, Check, checks_of, sheets_in
from .trace import counted_in

__all__ = ["Check", "FilledTable", "Line", "by_area", "sheets_of", "table_of", "tables"]
LISTED = "lines"  # the shape of a form that says none
UNIT_NOTE = "金额以万元计，由分一次折算，保留两位小数；人数以人计。"
ROUNDING_NOTE = "四舍五入，一次进位；因四舍五入，分项之和与合计略有差异的，不作调整。"
CHANGES_NOTE = "登记、更正或判定待核事项后，下一次取数随之变动；已印发的表不改。"
BLANK_NOTE = "空格表示来源未报，不作0处理。"


@dataclass(frozen=True)
class Line:
    """One line of a table: a group heading, or a figure with what an official wants beside it."""

    label: str
    group: bool = False
    figure: Figure | None = None
    line: int | None = None
    indent: int = 0
    time: str = ""
    source: str = ""
    members: tuple[Member, ...] = ()
    check: str = ""
    note: str = ""

    @property
    def unit(self) -> str:
        """The unit of the line."""
        return self.figure.unit if self.figure else ""

    @property
    def number(self) -> str:
        """The number with its hedge; empty when blank."""
        return self.figure.number if self.figure else ""

    @property
    def nature(self) -> str:
        """What a reader must know of the number; a plain fact needs no word."""
        if self.figure is None or self.figure.nature == "exact":
            return ""
        also = self.figure.nature == "expected" and self.figure.value is not None and not self.figure.value.exact
        return (zh("nature", "approximate") + " " if also else "") + zh("nature", self.figure.nature)


@dataclass(frozen=True)
class FilledTable:
    """A table filled from a snapshot: lines of figures, or the rows of a body; `area` the county it is of."""

    code: str
    number: str
    name: str
    title: str
    office: str
    period: Period
    snapshot: Snapshot
    lines: tuple[Line, ...]
    checks: tuple[Check, ...]
    notes: tuple[str, ...]
    unit_note: str
    rounding_note: str
    changes_note: str
    body: Body | None = None
    area: str = ""
    counted: Figure | None = None

    @property
    def failing(self) -> tuple[Check, ...]:
        """The cross-checks that fail: without a recorded reason such a table is not issued."""
        return tuple(check for check in self.checks if check.reading.code == "fails")

    @property
    def fails(self) -> bool:
        """Whether a cross-check fails: then the table says so on its face."""
        return bool(self.failing)

    @property
    def has_totals(self) -> bool:
        """Whether a line 合计 stands under its rows."""
        return self.counted is not None or (self.body is not None and any(self.body.totals))

    @property
    def when(self) -> str:
        """The period by its official name: 2011年上半年."""
        return named(self.period)

    @property
    def place(self) -> str:
        """The short name of the county it is of; nothing for the whole programme."""
        found = regions().get(self.area, ())
        return found[-1].short if found else self.area

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All figures that it prints, each once."""
        found = [line.figure for line in self.lines if line.figure is not None]
        if self.body is not None:
            found += [one for one in self.body.totals if one is not None]
        if isinstance(self.body, Indicators):
            found += [one for line in self.body.lines() for one in line.figures.values()]
        found += [self.counted] if self.counted else []
        return tuple({one.name: one for one in found}.values())


def tables() -> dict[str, dict[str, Any]]:
    """All table forms by code."""
    return forms()


def shape_of(code: str) -> str:
    """What a table is: lines of figures, a register, T1 (projects), T17 (indicators)."""
    return str(forms()[code].get("shape", LISTED))


def by_area(code: str) -> bool:
    """Whether a county has a table of its own."""
    shape = shape_of(code)
    return shape == "projects" or (shape == "register" and register(code).by_area)


def of_records(code: str) -> bool:
    """Whether a table lists records, which not everyone who sees its figures may see."""
    return shape_of(code) in ("register", "projects")


def of_persons(code: str) -> bool:
    """Whether its rows are persons, who are nobody's but those inside."""
    return shape_of(code) == "register" and register(code).persons


def sheets_of(code: str) -> list[str]:
    """The sheets a table uses."""
    form = forms()[code]
    found = [row["figure"] for row in form.get("row", ()) if "figure" in row]
    found += register(code).sheets if shape_of(code) == "register" else []
    return list(dict.fromkeys(found + ([form["count"]] if "count" in form else [])))


def sheets_checked(code: str) -> list[str]:
    """The sheets that its cross-checks ask."""
    return list(dict.fromkeys(sheet for check in forms()[code].get("check", ()) for sheet in sheets_in(check)))


def table_of(snapshot: Snapshot, code: str, programme: str, period: str, area: str = "") -> FilledTable:
    """A table of a programme and period, or of one county; KeyError where there is no such table or programme."""
    form = forms()[code]
    row = next(p for p in snapshot.rows["programmes"] if p["code"] == programme)
    names = {o["code"]: o["short"] or o["name"] for o in snapshot.rows["organisations"]}
    listed = form.get("row", ()) if shape_of(code) == LISTED else ()
    lines = tuple(_numbered(_lines(snapshot, listed, programme, period, names)))
    cell = Cell(snapshot, programme, period, area)
    filled = FilledTable(
        code=code, number=f"{programme.upper()}-{form['code']}", name=form["name"],
        title=form["title"].format(title=row["title"]), office=row["office"] or "", period=Name("funds.secured", programme, period).days,
        snapshot=snapshot, lines=lines, checks=tuple(checks_of(form, cell)),
        notes=tuple(form["notes"]) if listed else (BLANK_NOTE, *form["notes"]), unit_note=form.get("unit_note", UNIT_NOTE),
        rounding_note=form.get("rounding_note", ROUNDING_NOTE), changes_note=form.get("changes_note", CHANGES_NOTE),
        body=_body(snapshot, code, programme, period, area), area=area,
        counted=cell.figure(form["count"]) if "count" in form and not (area and not _cuttable(form["count"])) else None,
    )  # fmt: skip
    return filled if not area else replace(filled, title=f"{filled.title}（{filled.place}）")


def standing_of(
    snapshot: Snapshot, code: str, programme: str, period: str, area: str = ""
) -> tuple[int, tuple[Check, ...]]:
    """How many rows a table has, and its cross-checks: what a list of tables says of it without filling it."""
    form, body = forms()[code], _body(snapshot, code, programme, period, area)
    rows = body.count if body is not None else len([row for row in form["row"] if "figure" in row])
    return rows, tuple(checks_of(form, Cell(snapshot, programme, period, area)))


def _cuttable(sheet: str) -> bool:
    return "region" in definition(sheet).by


def _body(snapshot: Snapshot, code: str, programme: str, period: str, area: str) -> Body | None:
    """The rows of a table that is not a list of figures."""
    match shape_of(code):
        case "register":
            return Rows(snapshot, register(code), programme, period, area)
        case "projects":
            return Projects(snapshot, programme, period, area)
        case "indicators":
            return Indicators(snapshot, forms()[code]["row"], programme, period)
    return None


def _lines(
    snapshot: Snapshot, rows: Sequence[dict[str, Any]], programme: str, period: str, names: dict[str, str]
) -> Iterator[Line]:
    for row in rows:
        if "group" in row:
            yield Line(row["group"], group=True)
            continue
        name = Name(in_force(row["figure"], period, snapshot), programme, period)
        if "cut" in row:
            for found in cut(snapshot, name, row["cut"]):
                code = found.identity.name.cut[-1][1]
                yield _line(snapshot, found, names.get(code, code), row)
            if left := rest(snapshot, name, row["cut"]):
                yield _line(snapshot, left, "未标明", row)
        else:
            yield _line(snapshot, asked(snapshot, name), row["label"], row)


def _line(snapshot: Snapshot, found: Figure, label: str, row: dict[str, Any]) -> Line:
    members = () if found.mark == "apart" else counted_in(snapshot, found.identity.name)
    return Line(
        label=label, figure=found, indent=row.get("indent", 0), members=members, time=_time(found, members),
        source=joined(dict.fromkeys(p.place for m in members for p in m.passages)),
        check="—" if found.blank else "待核" if found.asked else "有出处",
        note=row.get("note") or _note(found),
    )  # fmt: skip


def _numbered(lines: Iterator[Line]) -> Iterator[Line]:
    number = 0
    for line in lines:
        if line.group:
            yield line
            continue
        number += 1
        yield Line(**{**line.__dict__, "line": number})


def _time(found: Figure, members: Sequence[Member]) -> str:
    """When: the day, the month, the year, or in short the months between which it was."""
    if found.blank or found.definition.timeless:
        return ""
    days = [(m.first, m.last) for m in members if m.first and m.last]
    if not days:
        return ""
    first, last = min(first for first, _ in days), max(last for _, last in days)
    if first.year == last.year:
        return time_words(first, last)
    return f"{first.year}.{first.month}—{last.year}.{last.month}"  # a narrow column


def _note(found: Figure) -> str:
    """What stands beside the number: blank, filled-in total, open question."""
    if found.mark:
        return found.standing.blank
    if found.blank:
        return f"{found.standing.blank}，留空"
    standing = found.standing
    if standing.total and standing.listed and found.definition.kind == "count":
        return f"来源列名 {standing.listed.low} 项"
    if standing.total and standing.later:
        return f"来源 {write(standing.total).text}＋其后 {write(standing.later).text}"
    if standing.total and standing.listed and standing.listed.low:
        return f"构成已列 {write(standing.listed).text}，数不变"
    return standing.questions[-1] if standing.questions else ""
