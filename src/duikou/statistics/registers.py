"""A register (台账) as a form: of which frozen table, its columns in official order, what each shows; kept in tables/*.toml."""

import dataclasses
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, Literal

from duikou.snapshot.tables import names as tables_by_name
from duikou.terms.words import vocabulary

from .definition import definition

HERE = Path(__file__).parent / "tables"
STEMS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"  # the letters of columns of words, in their order
WAN = 10**6  # fen in 万元, in which registers say money
Kind = Literal[
    "serial", "text", "words", "day", "when", "year", "whole", "percent", "yes", "area", "money", "fen", "number", "listed",
    "summed", "personal", "blank", "rule",
]  # fmt: skip
NUMBERS: tuple[Kind, ...] = ("money", "fen", "number", "whole", "percent", "summed")


@dataclass(frozen=True)
class Hang:
    """What hangs from the rows of a register: rows of another table, by the column that names the record.

    `dated`: only what happened in the period of the register.
    """

    of: str
    by: str
    field: str
    where: Mapping[str, tuple[Any, ...]] = dataclasses.field(default_factory=dict)
    dated: bool = False


@dataclass(frozen=True)
class Column:
    """A column: its head and what stands over it, the field of the frozen row it shows, and how; the sheet of its total.

    `words` the list of terms of a code; `where` in which rows it shows anything; `link` kind and column of the record its
    words lead to, or the column with the code of an organisation; `hang` what it takes
    from another table, by the number in `hangs_on`.
    """

    head: str
    kind: Kind = "text"
    field: str = ""
    group: str = ""
    words: str = ""
    where: Mapping[str, tuple[Any, ...]] = dataclasses.field(default_factory=dict)
    link: tuple[str, str] = ("", "")
    hang: Hang | None = None
    hangs_on: str = "number"
    total: str = ""
    letter: str = ""
    wide: int = 0

    @property
    def numeric(self) -> bool:
        """Whether its cells are numbers, which stand right."""
        return self.kind in NUMBERS

    @property
    def decimals(self) -> int:
        """Digits after the point: money in 万元 has two, a share one."""
        return {"money": 2, "fen": 2, "summed": 2, "percent": 1}.get(self.kind, 0)

    @property
    def full(self) -> str:
        """The head with what stands over it."""
        return f"{self.group}：{self.head}" if self.group else self.head


@dataclass(frozen=True, eq=False)
class Register:
    """A register: its table, which rows of it, in which order, its columns, whether it lists whatever the day.

    Each is made once: it is itself and no other, so that what is asked of it can be kept.
    """

    of: str
    columns: tuple[Column, ...]
    where: Mapping[str, tuple[Any, ...]] = dataclasses.field(default_factory=dict)
    order: tuple[str, ...] = ("first", "number")
    timeless: bool = False
    persons: bool = False

    @property
    def by_area(self) -> bool:
        """Whether a county has a table of its own."""
        return "region" in tables_by_name()[self.of].schema.names

    @property
    def grouped(self) -> bool:
        """Whether headings stand over columns, in a row of their own."""
        return any(column.group for column in self.columns)

    @property
    def sheets(self) -> list[str]:
        """The sheets of its totals."""
        return list(dict.fromkeys(column.total for column in self.columns if column.total))


@cache
def forms() -> dict[str, dict[str, Any]]:
    """All table forms by code, in the order of their numbers."""
    found = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in HERE.glob("*.toml")}
    return dict(sorted(found.items(), key=lambda one: (one[0] != "overview", int(one[1]["code"].lstrip("T")))))


@cache
def register(code: str) -> Register:
    """The register of a code; ValueError where a column fits neither its table nor the terms."""
    form = forms()[code]
    found = Register(
        of=form["of"], columns=lettered([_column(one) for one in form["columns"]]), where=_where(form),
        order=tuple(form.get("order", ("first", "number"))), timeless=form.get("timeless", False),
        persons=form.get("persons", False),
    )  # fmt: skip
    if wrong := list(_odd(found)):
        raise ValueError(f"表 {code}：{'；'.join(wrong)}")
    return found


def lettered(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Columns with their letters: words 甲 乙 丙, numbers 1 2 3."""
    stems, number, found = iter(STEMS), 0, []
    for column in columns:
        number += column.numeric
        letter = str(number) if column.numeric else next(stems)
        found.append(Column(**{**{f.name: getattr(column, f.name) for f in fields(column)}, "letter": letter}))
    return tuple(found)


def _column(said: dict[str, Any]) -> Column:
    hang = said.get("hang")
    more: dict[str, Any] = {"where": _where(said), "link": tuple(said.get("link", ("", "")))}
    if hang:
        more["hang"] = Hang(hang["of"], hang["by"], hang["field"], _where(hang), hang.get("dated", False))
    return Column(**{**said, **more})


def _where(said: Mapping[str, Any]) -> dict[str, tuple[Any, ...]]:
    return {column: tuple(words) for column, words in said.get("where", {}).items()}


def _odd(one: Register) -> list[str]:
    """What fits neither the tables, nor the terms, nor the sheets."""
    schema = set(tables_by_name()[one.of].schema.names)
    wrong = [f"没有列 {name}" for name in (*one.where, *one.order) if name not in schema]
    for column in one.columns:
        wrong += [f"{column.head}：没有列 {name}" for name in needed(column) if name not in schema]
        if column.kind == "words" and column.words not in vocabulary():
            wrong.append(f"{column.head}：没有词表 {column.words}")
        if column.hang and (lacking := _lacking(column.hang, column.kind)):
            wrong.append(f"{column.head}：表 {column.hang.of} 没有列 {'、'.join(lacking)}")
        dated = column.hang.dated if column.hang else not one.timeless
        if column.total and definition(column.total).timeless == dated:
            wrong.append(f"{column.head}：合计的口径与台账所列期间不同")
    return wrong


def _lacking(hang: Hang, kind: str) -> list[str]:
    of = tables_by_name()[hang.of].schema.names
    wanted = (hang.by, *hang.where, f"{hang.field}_low" if kind == "summed" else hang.field)
    return [name for name in wanted if name not in of]


def needed(column: Column) -> list[str]:
    """The columns of the frozen table that a column of a register is made of."""
    found = [*column.where, *filter(None, [column.link[1]])]
    match column.kind:
        case "when":
            return [*found, "first", "last"]
        case "money" | "number":
            return [*found, *(f"{column.field}_{part}" for part in ("low", "high", "hedge", "unit"))]
        case "listed" | "summed":
            return [*found, column.hangs_on]
        case "serial" | "personal" | "blank":
            return found
    return [*found, column.field]
