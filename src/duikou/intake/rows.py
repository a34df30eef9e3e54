"""Rows of a table become facts: each cell is read by what its field holds; what cannot be read or placed is told at its cell."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from functools import cache
from typing import Any, get_type_hints

from django.apps import apps

from duikou.acts.accepting import SUBJECTS
from duikou.records.models import Organisation
from duikou.rules import identity
from duikou.rules.fact import Fact
from duikou.rules.kinds import FEN, UNITS, WORDS
from duikou.rules.period import Period
from duikou.rules.problem import Problem
from duikou.rules.quantity import Quantity
from duikou.rules.reading import UNIT_WORDS
from duikou.rules.typed import read_amount, read_day, read_many, read_span
from duikou.terms.words import Words, vocabulary

from .known import Known
from .layouts import MONEY, Layout
from .table import Table
from .values import is_a, refers

SENTENCES = {w.code: w for w in (Words(code, *entry) for code, entry in {
    "sheet.1": ("每一格读得出", "Every cell can be read"),
    "sheet.2": ("公式算出了数", "A formula has a value"),
    "sheet.3": ("表里不写身份证号码", "A sheet bears no identity numbers"),
    "sheet.4": ("必填的格不空", "What a row cannot do without is filled in"),
    "sheet.5": ("写到的单位、项目和地区在账上", "Organisations, projects and areas are those of the book"),
    "sheet.6": ("合计等于各行相加", "A total is the sum of its rows"),
    "sheet.7": ("隐藏的行照收，请看一眼", "Hidden rows are taken; look at them"),
    "sheet.8": ("同一件事在一张表里只写一行", "One thing has one row on a sheet"),
}.items())}  # fmt: skip
BLANK = ("—", "－", "-", "--", "——", "/", "／", "\\", "无", "空", "N/A", "n/a")
KINDS: Mapping[str, type[Fact]] = {fact.kind: fact for subject in SUBJECTS if subject.act for fact in subject.kinds}
"""The kinds of record that a sheet may bring, each with its fact."""
_MONTH_DAY = re.compile(r"[0-9]{1,2}月([0-9]{1,2}日)?|[0-9]{1,2}[./][0-9]{1,2}")
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
        for name in self.table.columns:
            text = self.table.text(row, name)
            if (odd := self.table.sheet.odd.get(self.table.place(row, name))) is not None:
                problems.append(
                    self._problem("sheet.2", row, name, odd or "没有算过的公式", "数或文字", "改正公式，或改填算出的数")
                )
            elif len(text) >= identity.LENGTH and identity.wrong(text, date.max) == "":
                problems.append(
                    self._problem(
                        "sheet.3", row, name, "身份证号码", "不含号码的表", "删去号码这一列；号码在参加人员页登记"
                    )
                )
            elif text and text not in BLANK:
                said[name] = text
                try:
                    values[name] = self._value(row, name, text, unplaced)
                except (ValueError, LookupError) as error:
                    problems.append(self._problem("sheet.1", row, name, text, self._expected(name), _how(str(error))))
        return self._made(row, values, said, problems, unplaced)

    def _made(
        self, row: int, values: dict[str, Any], said: dict[str, str], problems: list[Problem], unplaced: list[Unplaced]
    ) -> Reading:
        """The fact of a row, where nothing is missing and nothing stands in its way."""
        kind = KINDS[self.layout.kind]
        for name, code in self.layout.says.items():
            values.setdefault(name, code)
        told = set(values) | {one.field for one in unplaced} | set(self._odd(row))
        for f in fields(kind):
            if f.default is f.default_factory is MISSING and f.name not in told:
                place = self._here(row, f.name)
                what = self.layout.column(f.name).title if self.layout.column(f.name) else f.name  # type: ignore[union-attr]
                remedy = "补上这一格" if f.name in self.table.columns else f"表里没有“{what}”一列，加上这一列"
                problems.append(Problem("sheet.4", "stops", SENTENCES["sheet.4"], "空白", what, remedy, place))
        fact = None if problems or unplaced else kind(**dict(_gathered(values)))
        return Reading(row, values, fact, tuple(problems), tuple(unplaced), said)

    def _odd(self, row: int) -> Iterator[str]:
        """The fields of a row in which something stands."""
        for name in self.table.columns:
            if self.table.text(row, name) not in ("", *BLANK) or self.table.place(row, name) in self.table.sheet.odd:
                yield name

    def _value(self, row: int, name: str, text: str, unplaced: list[Unplaced]) -> Any:
        """What a cell says in its field."""
        if "." in name:
            parts = [part.strip() for part in _SEVERAL.split(text) if part.strip()]
            if name.startswith("party."):
                found = [self._named(row, name, "organisation", part, unplaced) for part in parts]
                return tuple(one for one in found if one)
            return tuple(parts)
        hint = _hints(self.layout.kind)[name]
        if name == "region":
            return self._named(row, name, "region", text, unplaced)
        if refers(hint):
            return self._named(row, name, _sort(self.layout.kind, name), text, unplaced)
        if (self.layout.kind, name) in WORDS:
            return self._word(name, text)
        return self._plain(name, hint, text)

    def _plain(self, name: str, hint: Any, text: str) -> Any:
        """A number, a day, yes or no, a text."""
        if is_a(hint, Quantity):
            return self._quantity(name, text)
        if is_a(hint, Period):
            return read_span(self._dated(text))
        if is_a(hint, date):
            return read_day(self._dated(text))
        if is_a(hint, bool):
            return _yes(text)
        if is_a(hint, int):
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
        """A day with the year of the sheet where it names none."""
        if self.year and _MONTH_DAY.fullmatch(text):
            return f"{self.year}年{text.replace('.', '月').replace('/', '月')}"
        return text

    def _unit(self, name: str) -> str:
        """The unit of a bare number: that of its heading, of the sheet, of the layout."""
        heading, column = self.table.columns[name], self.layout.column(name)
        own = column.unit if column else ""
        if own in MONEY:
            return next((unit for unit in (heading.unit, self.table.unit) if unit in MONEY), own)
        return heading.unit or own

    def _quantity(self, name: str, text: str) -> Quantity:
        unit = self._unit(name)
        if UNITS.get(name) == "fen":
            return read_amount(text, unit or "万元")
        counted = UNITS[name]
        bare = text if re.search(r"[^0-9.,，．０-９约近超余多至～~以上左右]", text) else f"{text}{unit}"
        if unit and unit not in UNIT_WORDS.get(counted, (unit,)) and counted != "item":
            raise ValueError(f"“{text}”的单位是{unit}；应为{vocabulary()['unit'][counted].zh}")
        found = read_many(bare, (counted,), hedged=True)
        if found.unit != counted and counted != "item":
            raise ValueError(f"“{text}”的单位不对；应为{vocabulary()['unit'][counted].zh}")
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
        known = vocabulary()[WORDS[self.layout.kind, name]]
        own = self.layout.values.get(name, {})
        for code, words in known.items():
            if text in (code, words.zh) or own.get(text) == code:
                return code
        raise ValueError("不在可填的词里；改成其中一个词")

    def _named(self, row: int, name: str, sort: str, text: str, unplaced: list[Unplaced]) -> Any:
        """What a name means: exactly one thing of the book, or what a person has said it means; else it is asked about."""
        means = {self.placed[key]} if (key := f"{sort}:{text}") in self.placed else self.known.named(sort, text)
        if len(means) == 1:
            (one,) = means
            return one if sort in ("organisation", "region") else int(one)
        place = self._here(row, name)
        unplaced.append(Unplaced(name, place, sort, text, tuple(self.known.near(sort, text)), tuple(sorted(means))))
        return None

    def _here(self, row: int, name: str) -> str:
        return self.table.sheet.named(self.table.place(row, name))

    def _problem(self, code: str, row: int, name: str, found: str, expected: str, remedy: str) -> Problem:
        return Problem(code, "stops", SENTENCES[code], found, expected, remedy, self._here(row, name))


def _how(error: str) -> str:
    """How to mend what cannot be read, as far as the error says it: …不是确数；写确数，如 120.5."""
    return error.partition("；")[2] or "改正这一格；不知道的留空，不填 0"


def _yes(text: str) -> bool:
    if text in ("是", "有", "√", "Y", "y", "1", "对"):
        return True
    if text in ("否", "没有", "×", "N", "n", "0"):
        return False
    raise ValueError(f"“{text}”读不成是或否；写“是”或“否”")


def _gathered(values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The arguments of a fact: what belongs to its lists together."""
    parties = tuple((n.partition(".")[2], code) for n, v in values.items() if n.startswith("party.") for code in v)
    items = tuple((n.partition(".")[2], text, "") for n, v in values.items() if n.startswith("list.") for text in v)
    yield from ((name, value) for name, value in values.items() if "." not in name)
    yield from ((name, rows) for name, rows in (("parties", parties), ("items", items)) if rows)


@cache
def _hints(kind: str) -> dict[str, Any]:
    return get_type_hints(KINDS[kind])


@cache
def _sort(kind: str, name: str) -> str:
    """What a reference is to: organisation, or a kind of record."""
    to = apps.get_model("records", KINDS[kind].__name__)._meta.get_field(name).related_model
    return "organisation" if to is Organisation else str(to._meta.model_name)
