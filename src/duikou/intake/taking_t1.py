"""T1 dropped in: each row beside its project; what it says that the book does not is entered: plan, milestones, reports."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from duikou.records.models import Programme
from duikou.rules.fact import Fact, Told
from duikou.rules.problem import Problem, Refused

from . import t1
from .asked import Asked, Row, source_in
from .candidates import State
from .known import Known, known
from .rows import Unplaced
from .table import Table


def project_rows(programme: Programme, table: Table, asked: Asked, title: str) -> tuple[Row, ...]:
    """The rows of the form; one whose county means nothing in the programme waits for a person."""
    cells, unplaced = _placed(t1.cells_of(table), table, asked, known(programme))
    told, problems = _facts(
        programme, {row: line for row, line in cells.items() if row not in unplaced}, table, asked, title
    )
    return tuple(
        Row(
            _where(table, row), row, line[t1.NAME] or f"第 {row} 行",
            "unplaced" if row in unplaced else _state(row, told, problems), tuple(told.get(row, ())),
            problems=tuple(problems.get(row, ())), unplaced=unplaced.get(row, ()),
        )
        for row, line in cells.items()
    )  # fmt: skip


def _placed(
    cells: Mapping[int, list[str]], table: Table, asked: Asked, names: Known
) -> tuple[dict[int, list[str]], dict[int, tuple[Unplaced, ...]]]:
    """The lines with their counties by code, and the counties that mean nothing of the programme's two sides."""
    found: dict[int, list[str]] = {}
    unplaced: dict[int, tuple[Unplaced, ...]] = {}
    for row, line in cells.items():
        said = line[t1.COUNTY].strip()
        told = asked.placed.get(f"region:{said}")
        means = {told} if told is not None else names.named("region", said) if said else {""}
        found[row] = [*line]
        if len(means) == 1:
            (found[row][t1.COUNTY],) = means
        else:
            near = tuple(names.near("region", said))
            unplaced[row] = (
                Unplaced("county", _where(table, row, "county"), "region", said, near, tuple(sorted(means))),
            )
    return found, unplaced


def _facts(
    programme: Programme, cells: Mapping[int, list[str]], table: Table, asked: Asked, title: str
) -> tuple[dict[int, list[Told[Fact]]], dict[int, list[Problem]]]:
    """What the rows say, and what is wrong with them, by row."""
    day = asked.when.last
    sheet = t1.Sheet(title, day.year, day, day.month, asked.region, asked.side)
    codes = {line[t1.CODE].strip() for line in cells.values()} - {""}
    told: dict[int, list[Told[Fact]]] = {}
    problems: dict[int, list[Problem]] = {}
    try:
        for one in t1.facts(cells, sheet, t1.kept_in(programme, codes), lambda row, column: _where(table, row, column))[
            1:
        ]:
            row = _paragraph(one)
            source = source_in(table, asked, row, table.text(row, "name"))
            told.setdefault(row, []).append(replace(one, sources={"": source}, place=_where(table, row)))
    except Refused as refused:
        for problem in refused.problems:
            problems.setdefault(_row_of(problem, cells), []).append(problem)
    return told, problems


def _where(table: Table, row: int, column: str = "") -> str:
    return table.sheet.named(table.place(row, column))


def _paragraph(one: Told[Fact]) -> int:
    source = one.source_of("")
    return source.paragraph or 0 if source else 0


def _row_of(problem: Problem, cells: Mapping[int, list[str]]) -> int:
    """The row that a problem names by its cell."""
    digits = "".join(c for c in problem.place.rpartition("·")[2] if c.isdigit())
    return int(digits) if digits and int(digits) in cells else min(cells)


def _state(row: int, told: Mapping[int, Sequence[Told[Fact]]], problems: Mapping[int, Sequence[Problem]]) -> State:
    if row in problems:
        return "odd"
    if row not in told:
        return "same"
    return "new" if any(one.fact.kind == "project" for one in told[row]) else "changed"
