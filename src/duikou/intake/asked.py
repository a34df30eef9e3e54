"""What a person has said of a file, and a row of it as we answer: where it stands, its state, what enters by it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from duikou.acts.accepting import PAPER
from duikou.rules.evidence import FRAGMENT
from duikou.rules.fact import Fact, Ref, Source, Told
from duikou.rules.period import Period
from duikou.rules.problem import Problem

from .candidates import State
from .layouts import Layout
from .rows import Unplaced
from .table import Table


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


def source_in(table: Table, asked: Asked, row: int, words: str) -> Source:
    """A row of the file, with the words of a cell."""
    return Source(PAPER, asked.side, row, table.sheet.name[:FRAGMENT], words[:FRAGMENT])
