"""Rows of a table become facts: each cell is read by what its field holds; what cannot be read or placed is told at its cell."""

import re
from collections.abc import Collection, Mapping
from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from functools import cache, cached_property
from typing import Any, get_type_hints

from django.apps import apps

from duikou.acts.accepting import SUBJECTS
from duikou.records.models import Organisation
from duikou.rules.fact import Fact
from duikou.rules.kinds import FEN, UNITS, WORDS
from duikou.rules.period import Period
from duikou.rules.problem import Problem
from duikou.rules.quantity import Quantity
from duikou.rules.reading import UNIT_WORDS
from duikou.rules.typed import read_amount, read_day, read_many, read_span, squeezed
from duikou.terms.words import vocabulary

from .cells import BLANK, LOST_ZERO, problem, unfit
from .known import Known
from .layouts import Layout, counted, is_foreign, is_money
from .table import Table
from .values import is_a, refers

KINDS: Mapping[str, type[Fact]] = {fact.kind: fact for subject in SUBJECTS if subject.act for fact in subject.kinds}
"""The kinds of record that a sheet may bring, each with its fact."""
_MONTH_DAY = re.compile(r"[0-9]{1,2}月.*|[0-9]{1,2}[./][0-9]{1,2}")
_SEVERAL = re.compile(r"[、，,;；\n]+")


@dataclass(frozen=True)
class Reading:
    """What a row says: its number on the sheet, the values of its fields, the fact where they make one, problems.

    `unplaced` are the cells whose name means nothing in the book, or several things: field, what was said, what is near.
    """

    row: int
    values: Mapping[str, Any]
    fact: Fact | None = None
    problems: tuple[Problem, ...] = ()
    unplaced: tuple["Unplaced", ...] = ()
    said: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Unplaced:
    """A name that cannot be placed: the field and cell it stands in, its sort, what was said, what it may mean."""

    field: str
    place: str
    sort: str
    said: str
    near: tuple[str, ...] = ()
    means: tuple[str, ...] = ()


def read_rows(
    table: Table, known: Known, *, year: int | None = None, placed: Mapping[str, str] | None = None
) -> list[Reading]:
    """The rows of a table; `year` is meant where a day names none, `placed` says what unplaced names mean (sort:name)."""
    reader = _Reader(table, known, year, placed or {})
    return [reader.row(row) for row in table.rows]


@dataclass(frozen=True)
class _Reader:
    table: Table
    known: Known
    year: int | None
    placed: Mapping[str, str]

    @property
    def layout(self) -> Layout:
        """The layout of the table."""
        return self.table.layout

    def row(self, row: int) -> Reading:
        """One row."""
        values: dict[str, Any] = {}
        said: dict[str, str] = {}
        problems: list[Problem] = []
        unplaced: list[Unplaced] = []
        met: set[str] = set()
        for name in self.table.columns:
            text = self.table.text(row, name)
            if (odd := unfit(self.table, row, name, text)) is not None:
                problems.append(odd)
                met.add(name)
            elif text and text not in BLANK:
                said[name] = text
                met.add(name)
                try:
                    values[name] = self._value(row, name, text, unplaced)
                except (ValueError, LookupError) as error:
                    expected, how = self._expected(name), _how(str(error))
                    problems.append(problem("sheet.1", text, expected, how, self._here(row, name)))
        return self._made(row, values, said, problems, unplaced, met)

    def _made(
        self, row: int, values: dict[str, Any], said: dict[str, str], problems: list[Problem], unplaced: list[Unplaced],
        met: set[str],
    ) -> Reading:  # fmt: skip
        """The fact of a row, where nothing is missing and nothing stands in its way."""
        for name, code in self.layout.says.items():
            values.setdefault(name, code)
        for name in _needed(self.layout.kind):
            if name in self._lacking and row != self.table.rows[0]:
                continue  # said once for the whole column
            if name not in met and name not in values:
                what = self.layout.column(name).title if self.layout.column(name) else name  # type: ignore[union-attr]
                remedy = "补上这一格" if name in self.table.columns else f"表里没有“{what}”一列，加上这一列"
                problems.append(problem("sheet.4", "空白", what, remedy, self._here(row, name)))
        fact = (
            None
            if problems or unplaced or self._lacking
            else KINDS[self.layout.kind](**(_gathered(values) if self._lists else values))
        )
        return Reading(row, values, fact, tuple(problems), tuple(unplaced), said)

    def _value(self, row: int, name: str, text: str, unplaced: list[Unplaced]) -> Any:
        """What a cell says in its field."""
        if "." in name:
            parts = [part.strip() for part in _SEVERAL.split(text) if part.strip()]
            if name.startswith("party."):
                found = [self._named(row, name, "organisation", part, unplaced) for part in parts]
                return tuple(one for one in found if one)
            return tuple(parts)
        if sort := _sort(self.layout.kind, name):
            return self._named(row, name, sort, text, unplaced)
        if (name, text) not in self._read:
            word = (self.layout.kind, name) in WORDS
            self._read[name, text] = self._word(name, text) if word else self._plain(name, text)
        return self._read[name, text]

    @cached_property
    def _read(self) -> dict[tuple[str, str], Any]:
        """What was read already, by field and text: a sheet says the same again and again."""
        return {}

    @cached_property
    def _lacking(self) -> frozenset[str]:
        """The fields that a fact cannot do without and the sheet has no column for."""
        return frozenset(_needed(self.layout.kind)) - {*self.table.columns, *self.layout.says}

    @cached_property
    def _lists(self) -> bool:
        """Whether a column holds several of something: parties, points of a list."""
        return any("." in name for name in (*self.table.columns, *self.layout.says))

    @cached_property
    def _means(self) -> dict[tuple[str, str], Collection[str]]:
        """What names were found to mean, by sort and name."""
        return {}

    def _plain(self, name: str, text: str) -> Any:
        """A number, a day, yes or no, a text."""
        match _type(self.layout.kind, name):
            case "Quantity":
                return self._quantity(name, text)
            case "Period":
                return read_span(self._dated(text))
            case "date":
                return read_day(self._dated(text))
            case "bool":
                return _yes(text)
            case "int":
                return self._whole(name, text)
        return text

    def _expected(self, name: str) -> str:
        """What may stand in a field."""
        if (self.layout.kind, name) in WORDS:
            return "、".join(words.zh for words in vocabulary()[WORDS[self.layout.kind, name]].values())
        hint = _hints(self.layout.kind).get(name)
        if UNITS.get(name) == "fen" or name in FEN.get(self.layout.kind, ()):
            return f"金额（{self._unit(name)}），如 12.5"
        if is_a(hint, Quantity):
            return f"数，如 12 或 12{self._unit(name)}"
        if is_a(hint, Period) or is_a(hint, date):
            return "日期，如 2023-03-05 或 2023年3月"
        return "是或否" if is_a(hint, bool) else "整数"

    def _dated(self, text: str) -> str:
        """A day with the year of the sheet where it names none; of 2023.1 a sheet may have dropped the last 0."""
        if LOST_ZERO.fullmatch(text):
            year = text[:4]
            raise ValueError(f"“{text}”分不清是 1 月还是 10 月；写成 {year}年1月 或 {year}年10月")
        if self.year and _MONTH_DAY.fullmatch(text):
            return f"{self.year}年{text.replace('.', '月').replace('/', '月')}"
        return text

    def _unit(self, name: str) -> str:
        """The unit of a bare number: that of its heading, of the sheet, of the layout."""
        heading, column = self.table.columns[name], self.layout.column(name)
        own = column.unit if column else ""
        return heading.unit or next((unit for unit in self.table.units if _alike(unit, own)), own)

    def _quantity(self, name: str, text: str) -> Quantity:
        unit = self._unit(name)
        if UNITS.get(name) == "fen":
            if is_foreign(unit) or not is_money(unit):
                raise ValueError(f"这一列的单位是{unit}；改填人民币，单位写 元 或 万元")
            return read_amount(text, unit)
        kept = UNITS[name]
        bare = text if re.search(r"[^0-9.,，．０-９约近超余多至～~以上左右]", text) else f"{text}{unit}"
        if unit and counted(unit) not in UNIT_WORDS.get(kept, (counted(unit),)) and kept != "item":
            raise ValueError(f"“{text}”的单位是{unit}；应为{vocabulary()['unit'][kept].zh}")
        found = read_many(bare, (kept,), hedged=True)
        if found.unit != kept and kept != "item":
            raise ValueError(f"“{text}”的单位不对；应为{vocabulary()['unit'][kept].zh}")
        return found

    def _whole(self, name: str, text: str) -> int:
        if name in FEN.get(self.layout.kind, ()):
            amount = read_amount(text, self._unit(name) or "万元")
            if not amount.exact or amount.low is None:
                raise ValueError(f"“{text}”不是确数；写确数，如 120.5")
            return amount.low
        digits = text.removesuffix("年") if name == "year" else text
        if not digits.isdecimal():
            raise ValueError(f"“{text}”不是整数；写整数，如 2023")
        return int(digits)

    def _word(self, name: str, text: str) -> str:
        """The code of a word of the terms, as offices write it."""
        said = squeezed(text)
        own = self.layout.values.get(name, {})
        for code, words in vocabulary()[WORDS[self.layout.kind, name]].items():
            if said in (code, squeezed(words.zh)) or any(
                said == squeezed(word) for word, of in own.items() if of == code
            ):
                return code
        raise ValueError("不在可填的词里；改成其中一个词")

    def _named(self, row: int, name: str, sort: str, text: str, unplaced: list[Unplaced]) -> Any:
        """What a name means: exactly one thing of the book, or what a person has said it means; else it is asked about."""
        if (sort, text) not in self._means:
            told = self.placed.get(f"{sort}:{text}")
            self._means[sort, text] = {told} if told is not None else self.known.named(sort, text)
        means = self._means[sort, text]
        if len(means) == 1:
            (one,) = means
            return one if sort in ("organisation", "region") else int(one)
        place = self._here(row, name)
        unplaced.append(Unplaced(name, place, sort, text, tuple(self.known.near(sort, text)), tuple(sorted(means))))
        return None

    def _here(self, row: int, name: str) -> str:
        return self.table.sheet.named(self.table.place(row, name))


def _alike(unit: str, own: str) -> bool:
    """Whether a unit that is said over a table may be that of a column: both of money, or for the same things."""
    return is_money(unit) if is_money(own) else counted(unit) == own


def _how(error: str) -> str:
    """How to mend what cannot be read, as far as the error says it: …不是确数；写确数，如 120.5."""
    return error.partition("；")[2] or "改正这一格；不知道的留空，不填 0"


def _yes(text: str) -> bool:
    if text in ("是", "有", "√", "Y", "y", "1", "对"):
        return True
    if text in ("否", "没有", "×", "N", "n", "0"):
        return False
    raise ValueError(f"“{text}”读不成是或否；写“是”或“否”")


def _gathered(values: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of a fact: what belongs to its lists together."""
    parties = tuple((n.partition(".")[2], code) for n, v in values.items() if n.startswith("party.") for code in v)
    items = tuple((n.partition(".")[2], text, "") for n, v in values.items() if n.startswith("list.") for text in v)
    listed = {name: rows for name, rows in (("parties", parties), ("items", items)) if rows}
    return {name: value for name, value in values.items() if "." not in name} | listed


@cache
def _hints(kind: str) -> dict[str, Any]:
    return get_type_hints(KINDS[kind])


@cache
def _needed(kind: str) -> tuple[str, ...]:
    """The fields that a fact cannot do without."""
    return tuple(f.name for f in fields(KINDS[kind]) if f.default is f.default_factory is MISSING)


@cache
def _type(kind: str, name: str) -> str:
    """The type of what a field holds."""
    hint = _hints(kind)[name]
    return next((one.__name__ for one in (Quantity, Period, date, bool, int) if is_a(hint, one)), "str")


@cache
def _sort(kind: str, name: str) -> str:
    """What a name in a field is of: an area, an organisation, a kind of record; nothing where the field holds no name."""
    if name == "region":
        return name
    if not refers(_hints(kind)[name]):
        return ""
    to = apps.get_model("records", KINDS[kind].__name__)._meta.get_field(name).related_model
    return "organisation" if to is Organisation else str(to._meta.model_name)
