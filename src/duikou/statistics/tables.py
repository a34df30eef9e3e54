"""Tables in official form: a list of sheets with their rows, filled from one snapshot, with their cross-checks."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from duikou.rules.period import Period, time_words
from duikou.rules.writing import write
from duikou.snapshot.store import Snapshot
from duikou.terms.words import zh

from .checks import Reading, part_reading, sum_reading
from .figure import Figure, Name
from .measure import asked, cut
from .trace import Member, counted_in

HERE = Path(__file__).parent / "tables"


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
class Check:
    """A cross-check (勾稽) with the tightest reading that holds."""

    sentence: str
    reading: Reading


@dataclass(frozen=True)
class FilledTable:
    """A table filled from a snapshot."""

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

    @property
    def fails(self) -> bool:
        """Whether a cross-check fails: then the table says so on its face."""
        return any(check.reading.code == "fails" for check in self.checks)


@cache
def tables() -> dict[str, dict[str, Any]]:
    """All table forms by code."""
    return {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(HERE.glob("*.toml"))}


def sheets_of(code: str) -> list[str]:
    """The sheets a table uses."""
    return [row["figure"] for row in tables()[code]["row"] if "figure" in row]


def table_of(snapshot: Snapshot, code: str, programme: str, period: str) -> FilledTable:
    """A table of a programme and period; KeyError where there is no such table or programme."""
    form = tables()[code]
    row = next(p for p in snapshot.rows["programmes"] if p["code"] == programme)
    names = {o["code"]: o["short"] or o["name"] for o in snapshot.rows["organisations"]}
    lines = tuple(_numbered(_lines(snapshot, form["row"], programme, period, names)))
    return FilledTable(
        code=code, number=f"{programme.upper()}-{form['code']}", name=form["name"],
        title=form["title"].format(title=row["title"]), office=row["office"] or "", period=Name("funds.secured", programme, period).days,
        snapshot=snapshot, lines=lines, checks=tuple(_checks(snapshot, form.get("check", []), programme, period)),
        notes=tuple(form["notes"]), unit_note=form["unit_note"], rounding_note=form["rounding_note"],
        changes_note=form["changes_note"],
    )  # fmt: skip


def _lines(
    snapshot: Snapshot, rows: Sequence[dict[str, Any]], programme: str, period: str, names: dict[str, str]
) -> Iterator[Line]:
    for row in rows:
        if "group" in row:
            yield Line(row["group"], group=True)
            continue
        name = Name(row["figure"], programme, period)
        if "cut" in row:
            for found in cut(snapshot, name, row["cut"]):
                code = found.identity.name.cut[-1][1]
                yield _line(snapshot, found, names.get(code, code), row)
        else:
            yield _line(snapshot, asked(snapshot, name), row["label"], row)


def _line(snapshot: Snapshot, found: Figure, label: str, row: dict[str, Any]) -> Line:
    members = () if found.mark == "apart" else counted_in(snapshot, found.identity.name)
    return Line(
        label=label, figure=found, indent=row.get("indent", 0), members=members, time=_time(found, members),
        source="、".join(dict.fromkeys(p.place for m in members for p in m.passages)),
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


def _checks(snapshot: Snapshot, checks: Sequence[dict[str, Any]], programme: str, period: str) -> Iterator[Check]:
    for check in checks:
        if "total" in check:
            name = Name(check["total"], programme, period)
            parts = [f.value for f in cut(snapshot, name, check["parts"])]
            yield Check(check["sentence"], sum_reading(parts, asked(snapshot, name).value))
        else:
            part, whole = (asked(snapshot, Name(check[k], programme, period)).value for k in ("part", "whole"))
            yield Check(check["sentence"], part_reading(part, whole))
