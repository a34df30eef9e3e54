"""What we say to a sheet that was dropped in: its table, each row beside the book, all problems at once; ready to be taken."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from hashlib import sha256
from pathlib import PurePath

from duikou.acts.handing import Handed
from duikou.records.models import Programme
from duikou.rules.evidence import Document
from duikou.rules.fact import Fact, Told
from duikou.rules.problem import Problem
from duikou.rules.quantity import Quantity

from . import t1
from .asked import Asked, Row, source_in
from .candidates import STATES, Candidate, State, compare, oddities
from .cells import SENTENCES
from .known import known
from .layouts import Layout, layouts
from .ours import without_ours
from .rows import KINDS, read_rows
from .table import Table, find
from .taking_t1 import project_rows
from .upload import examine
from .workbook import TABLES, Sheet, sheets

T1 = "t1_projects"
SAID = 40  # characters of a cell that a statement keeps


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
    found, untouched = without_ours(sheets(upload, data))
    said = Answer(upload.name, sha256(data).hexdigest(), found, asked, problems=tuple(_hidden(found)))
    table = _table(found, asked)
    if table is None:
        return said
    told = _projects(programme, table, said) if table.layout.code == T1 else _rows(programme, table, said)
    same = untouched[table.sheet.name]
    return replace(told, rows=tuple(_untouched(row) if row.row in same else row for row in told.rows))


def _untouched(row: Row) -> Row:
    """A row of a form that came back as we sent it says nothing anew, where nothing is wrong with it."""
    return row if row.state in ("odd", "unplaced") else replace(row, state="same", told=(), differs=())


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
    """What a row is about: what no row of the sheet goes without, else the first text in it that is no number."""
    said = (table.text(row, name) for name in (*table.layout.must, *table.columns))
    return next((text for text in said if text and not text.replace(".", "").isdigit()), f"第 {row} 行")


def _told(one: Candidate, table: Table, asked: Asked) -> Told[Fact]:
    """A fact with its cells: the row for the whole, and the cell of each quantity."""
    row, fact = one.reading.row, one.fact
    assert fact is not None  # noqa: S101  asked for above
    sources = {"": source_in(table, asked, row, _title(table, row))}
    said: dict[str, str] = {}
    for f in fields(fact):
        text = one.reading.said.get(f.name, "")
        if text and isinstance(getattr(fact, f.name), Quantity):
            cell = table.sheet.named(table.place(row, f.name)).rpartition("·")[2]
            sources[f.name] = source_in(table, asked, row, f"{cell} {text}")
            said[f.name] = text[:SAID]
    return Told(fact, sources, said, place=table.sheet.named(table.place(row)))


def _projects(programme: Programme, table: Table, said: Answer) -> Answer:
    """Each row of T1 beside its project."""
    rows = project_rows(programme, table, said.asked, said.title)
    return replace(said, table=table, rows=rows, problems=(*said.problems, *oddities(table, ())))
