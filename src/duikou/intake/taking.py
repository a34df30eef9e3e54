"""What we say to a sheet that was dropped in: its table, each row beside the book, all problems at once; ready to be taken."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from hashlib import sha256
from pathlib import PurePath
from typing import Any

from duikou.acts.accepting import PAPER
from duikou.acts.handing import Handed
from duikou.records.models import Programme
from duikou.rules.evidence import FRAGMENT, Document
from duikou.rules.fact import Fact, Ref, Source, Told
from duikou.rules.period import Period
from duikou.rules.problem import Problem, Refused
from duikou.rules.quantity import Quantity

from . import t1
from .candidates import STATES, Candidate, State, compare, oddities
from .known import known
from .layouts import Layout, layouts
from .rows import KINDS, SENTENCES, Unplaced, read_rows
from .table import Table, find
from .upload import examine
from .workbook import TABLES, Sheet, sheets

T1 = "t1_projects"
SAID = 40  # characters of a cell that a statement keeps


@dataclass(frozen=True)
class Asked:
    """What a person has said of a file: period, area, whose word it is, layouts of the office, what names mean (sort:name).

    `layout` and `sheet` choose where several would do.
    """

    when: Period
    region: str = ""
    side: str = "receiving"
    office: Ref | None = None
    layout: str = ""
    sheet: str = ""
    own: tuple[Layout, ...] = ()
    placed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """A row of the sheet: where it stands, what it is about, its state, what enters by it, what it would change, problems."""

    place: str
    row: int
    title: str
    state: State
    told: tuple[Told[Fact], ...] = ()
    of: Any = None
    differs: tuple[tuple[str, Any, Any], ...] = ()
    problems: tuple[Problem, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()


@dataclass(frozen=True)
class Answer:
    """A file as it was read: name, digest, all its sheets, the table that was found (or none), rows, problems of the whole."""

    name: str
    digest: str
    sheets: tuple[Sheet, ...]
    asked: Asked
    table: Table | None = None
    rows: tuple[Row, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def counts(self) -> dict[State, int]:
        """How many rows are in each state."""
        counted = Counter(row.state for row in self.rows)
        return {state: counted[state] for state in STATES}

    @property
    def told(self) -> list[Problem]:
        """All problems, those that stop before those that ask."""
        found = [*(p for row in self.rows for p in row.problems), *self.problems]
        return sorted(found, key=lambda problem: problem.weight != "stops")

    @property
    def ready(self) -> bool:
        """Whether nothing stands in the way of taking it, as far as reading goes."""
        clear = not any(problem.weight == "stops" for problem in self.told)
        return clear and bool(self.rows) and not self.counts["unplaced"]

    @property
    def title(self) -> str:
        """What the file is called."""
        return PurePath(self.name).stem[:120] or "来表"

    def handed(self) -> Handed:
        """The sheet as it is to be taken; only of one that is ready."""
        assert self.table is not None  # noqa: S101  one that is ready has a table
        asked = self.asked
        paper = Document(
            title=self.title, medium="sheet", grade="issued", issuer=asked.office, digest=self.digest, when=asked.when
        )
        corrected = tuple((row.of, row.told[0]) for row in self.rows if row.of is not None and row.state == "changed")
        new = tuple(told for row in self.rows if row.of is None for told in row.told)
        return Handed(
            self.table.layout.code, self.title, paper, asked.when, asked.office, asked.region, new, corrected,
            self.counts["new"], len(corrected) + sum(row.of is None and row.state == "changed" for row in self.rows),
            self.counts["same"],
        )  # fmt: skip


def answer(programme: Programme, name: str, data: bytes, asked: Asked) -> Answer:
    """What we say to a file; Refused where it may not come in at all. A table that is not known is left to the person."""
    upload = examine(name, data, TABLES)
    found = tuple(sheets(upload, data))
    said = Answer(upload.name, sha256(data).hexdigest(), found, asked, problems=tuple(_hidden(found)))
    table = _table(found, asked)
    if table is None:
        return said
    if table.layout.code == T1:
        return _project_rows(programme, table, said)
    return _rows(programme, table, said)


def known_layouts(asked: Asked) -> list[Layout]:
    """The sheets that are known: those of the office first, ours, T1."""
    ours = [*asked.own, *layouts().values(), t1.layout()]
    return [one for one in ours if asked.layout in ("", one.code)]


def _table(found: Sequence[Sheet], asked: Asked) -> Table | None:
    """The table of the first sheet that holds one; what is hidden is not read."""
    wanted = [one for one in found if not one.hidden and asked.sheet in ("", one.name)]
    tried = [tables[0] for one in wanted if (tables := find(one, known_layouts(asked)))]
    return max(tried, key=lambda table: len(table.columns), default=None)


def _hidden(found: Sequence[Sheet]) -> Iterator[Problem]:
    for one in found:
        if one.hidden and one.rows:
            yield Problem(
                "sheet.7", "asks", SENTENCES["sheet.7"], f"工作表“{one.name}”隐藏着，有 {len(one.rows)} 行", "不隐藏的工作表",
                "要报的，取消隐藏再交；不报的不必管", one.name,
            )  # fmt: skip


# ---- sheets whose rows are records -------------------------------------------------------------------------------


def _rows(programme: Programme, table: Table, said: Answer) -> Answer:
    """Each row beside the records of its kind."""
    kind, asked = table.layout.kind, said.asked
    if "region" not in table.columns and "region" in KINDS[kind].__dataclass_fields__ and asked.region:
        table = replace(table, layout=replace(table.layout, says={**table.layout.says, "region": asked.region}))
    readings = read_rows(table, known(programme), year=asked.when.last.year, placed=asked.placed)
    rows = tuple(_row(one, table, asked) for one in compare(programme, table, readings))
    return replace(said, table=table, rows=rows, problems=(*said.problems, *oddities(table, readings)))


def _row(one: Candidate, table: Table, asked: Asked) -> Row:
    row = one.reading.row
    told = (_told(one, table, asked),) if one.state in ("new", "changed") and one.fact else ()
    return Row(
        table.sheet.named(table.place(row)), row, _title(table, row), one.state, told, one.row, one.differs,
        one.reading.problems, one.reading.unplaced,
    )  # fmt: skip


def _title(table: Table, row: int) -> str:
    """What a row is about: the first text in it that is no number."""
    said = (table.text(row, name) for name in table.columns)
    return next((text for text in said if text and not text.replace(".", "").isdigit()), f"第 {row} 行")


def _told(one: Candidate, table: Table, asked: Asked) -> Told[Fact]:
    """A fact with its cells: the row for the whole, and the cell of each quantity."""
    row, fact = one.reading.row, one.fact
    assert fact is not None  # noqa: S101  asked for above
    sources = {"": _source(table, asked, row, _title(table, row))}
    said: dict[str, str] = {}
    for f in fields(fact):
        text = one.reading.said.get(f.name, "")
        if text and isinstance(getattr(fact, f.name), Quantity):
            cell = table.sheet.named(table.place(row, f.name)).rpartition("·")[2]
            sources[f.name] = _source(table, asked, row, f"{cell} {text}")
            said[f.name] = text[:SAID]
    return Told(fact, sources, said, place=table.sheet.named(table.place(row)))


def _source(table: Table, asked: Asked, row: int, words: str) -> Source:
    return Source(PAPER, asked.side, row, table.sheet.name[:FRAGMENT], words[:FRAGMENT])


# ---- T1: a row is a project with its plan line, milestones and reports ---------------------------------------------


def _project_rows(programme: Programme, table: Table, said: Answer) -> Answer:
    """Each row beside its project; what it says that the book does not is entered."""
    asked, cells = said.asked, t1.cells_of(table)
    codes = {line[t1.CODE].strip() for line in cells.values()} - {""}
    sheet = t1.Sheet(said.title, asked.when.last.year, asked.when.last, asked.when.last.month, asked.region, asked.side)
    kept = t1.kept_in(programme, codes)

    def where(row: int, column: str) -> str:
        return table.sheet.named(table.place(row, column))

    problems: dict[int, list[Problem]] = {}
    told: dict[int, list[Told[Fact]]] = {}
    try:
        for one in t1.facts(cells, sheet, kept, where)[1:]:
            told.setdefault(_paragraph(one), []).append(_of_paper(one, table, asked))
    except Refused as refused:
        for problem in refused.problems:
            problems.setdefault(_row_of(problem, cells), []).append(problem)
    rows = tuple(
        Row(
            where(row, ""), row, line[t1.NAME] or f"第 {row} 行", _state(row, told, problems), tuple(told.get(row, ())),
            problems=tuple(problems.get(row, ())),
        )
        for row, line in cells.items()
    )  # fmt: skip
    return replace(said, table=table, rows=rows, problems=(*said.problems, *oddities(table, ())))


def _paragraph(one: Told[Fact]) -> int:
    source = one.source_of("")
    return source.paragraph or 0 if source else 0


def _of_paper(one: Told[Fact], table: Table, asked: Asked) -> Told[Fact]:
    """The same with the file as its paper, and the cell for its place."""
    row = _paragraph(one)
    words = table.text(row, "name")
    return replace(one, sources={"": _source(table, asked, row, words)}, place=table.sheet.named(table.place(row)))


def _row_of(problem: Problem, cells: Mapping[int, Any]) -> int:
    """The row that a problem names by its cell."""
    digits = "".join(c for c in problem.place.rpartition("·")[2] if c.isdigit())
    return int(digits) if digits and int(digits) in cells else min(cells)


def _state(row: int, told: Mapping[int, Sequence[Told[Fact]]], problems: Mapping[int, Sequence[Problem]]) -> State:
    if problems:
        return "odd" if row in problems else "same"
    if row not in told:
        return "same"
    return "new" if any(one.fact.kind == "project" for one in told[row]) else "changed"
