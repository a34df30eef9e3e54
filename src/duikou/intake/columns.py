"""What the cells of a column say: its type, its unit and its words are looked up once, and a text is read once."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, get_type_hints

from django.apps import apps

from duikou.records.models import Organisation
from duikou.rules.fact import Fact
from duikou.rules.kinds import FEN, UNITS, WORDS
from duikou.rules.period import Period
from duikou.rules.quantity import Quantity
from duikou.rules.reading import UNIT_WORDS
from duikou.rules.typed import read_amount, read_day, read_many, read_span, squeezed
from duikou.terms.words import vocabulary

from .cells import LOST_ZERO
from .layouts import counted, is_foreign, is_money
from .table import Table
from .values import is_a, refers

_MONTH_DAY = re.compile(r"[0-9]{1,2}月.*|[0-9]{1,2}[./][0-9]{1,2}")
_SEVERAL = re.compile(r"[、，,;；\n]+")


@dataclass(frozen=True)
class Column:
    """A column of a table that is read: the table, the fact that its rows make, the field; `year` is meant where none is said."""

    table: Table
    fact: type[Fact]
    name: str
    year: int | None = None

    @cached_property
    def at(self) -> int:
        """Where it stands on the sheet, from 0."""
        return self.table.columns[self.name].column - 1

    @cached_property
    def role(self) -> str:
        """What a list holds in the column: host of party.host; nothing for what is no list."""
        return self.name.partition(".")[2]

    @cached_property
    def sort(self) -> str:
        """What a name in it is of: an area, an organisation, a kind of record; nothing where it holds no names."""
        if self.role:
            return "organisation" if self.name.startswith("party.") else ""
        if self.name == "region":
            return self.name
        if not refers(self._hint):
            return ""
        to = apps.get_model("records", self.fact.__name__)._meta.get_field(self.name).related_model
        return "organisation" if to is Organisation else str(to._meta.model_name)

    @cached_property
    def _hint(self) -> Any:
        """What the field holds."""
        return get_type_hints(self.fact).get(self.name)

    @cached_property
    def is_text(self) -> bool:
        """Whether a cell says just what it says."""
        return not self.sort and self.reads is _same

    @cached_property
    def reads(self) -> Callable[[str], Any]:
        """How a cell is read where it holds no name; ValueError or LookupError say what is wrong with it."""
        if self.role:
            return several
        if (self.fact.kind, self.name) in WORDS:
            return self._word
        return {
            "Quantity": self._quantity,
            "Period": lambda text: read_span(self._dated(text)),
            "date": lambda text: read_day(self._dated(text)),
            "bool": _yes,
            "int": self._whole,
            "str": _same,
        }[next((one.__name__ for one in (Quantity, Period, date, bool, int) if is_a(self._hint, one)), "str")]

    @cached_property
    def expected(self) -> str:
        """What may stand in it."""
        if (self.fact.kind, self.name) in WORDS:
            return "、".join(words.zh for words in vocabulary()[WORDS[self.fact.kind, self.name]].values())
        hint = self._hint
        if UNITS.get(self.name) == "fen" or self.name in FEN.get(self.fact.kind, ()):
            return f"金额（{self.unit}），如 12.5"
        if is_a(hint, Quantity):
            return f"数，如 12 或 12{self.unit}"
        if is_a(hint, Period) or is_a(hint, date):
            return "日期，如 2023-03-05 或 2023年3月"
        return "是或否" if is_a(hint, bool) else "整数"

    @cached_property
    def unit(self) -> str:
        """The unit of a bare number: that of its heading, of the sheet, of the layout."""
        heading, column = self.table.columns[self.name], self.table.layout.column(self.name)
        own = column.unit if column else ""
        return heading.unit or next((unit for unit in self.table.units if _alike(unit, own)), own)

    def _dated(self, text: str) -> str:
        """A day with the year of the sheet where it names none; of 2023.1 a sheet may have dropped the last 0."""
        if LOST_ZERO.fullmatch(text):
            year = text[:4]
            raise ValueError(f"“{text}”分不清是 1 月还是 10 月；写成 {year}年1月 或 {year}年10月")
        if self.year and _MONTH_DAY.fullmatch(text):
            return f"{self.year}年{text.replace('.', '月').replace('/', '月')}"
        return text

    def _quantity(self, text: str) -> Quantity:
        name, unit = self.name, self.unit
        if UNITS.get(name) == "fen":
            if self._is_foreign:
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

    @cached_property
    def _is_foreign(self) -> bool:
        """Whether its unit is of a money that the book does not keep, or of none."""
        return is_foreign(self.unit) or not is_money(self.unit)

    def _whole(self, text: str) -> int:
        if self.name in FEN.get(self.fact.kind, ()):
            amount = read_amount(text, self.unit or "万元")
            if not amount.exact or amount.low is None:
                raise ValueError(f"“{text}”不是确数；写确数，如 120.5")
            return amount.low
        digits = text.removesuffix("年") if self.name == "year" else text
        if not digits.isdecimal():
            raise ValueError(f"“{text}”不是整数；写整数，如 2023")
        return int(digits)

    def _word(self, text: str) -> str:
        """The code of a word of the terms, as offices write it."""
        said = squeezed(text)
        own = self.table.layout.values.get(self.name, {})
        for code, words in vocabulary()[WORDS[self.fact.kind, self.name]].items():
            if said in (code, squeezed(words.zh)) or any(
                said == squeezed(word) for word, of in own.items() if of == code
            ):
                return code
        raise ValueError("不在可填的词里；改成其中一个词")


def several(text: str) -> tuple[str, ...]:
    """What a cell lists."""
    return tuple(part.strip() for part in _SEVERAL.split(text) if part.strip())


def _same(text: str) -> str:
    return text


def _alike(unit: str, own: str) -> bool:
    """Whether a unit that is said over a table may be that of a column: both of money, or for the same things."""
    return is_money(unit) if is_money(own) else counted(unit) == own


def _yes(text: str) -> bool:
    if text in ("是", "有", "√", "Y", "y", "1", "对"):
        return True
    if text in ("否", "没有", "×", "N", "n", "0"):
        return False
    raise ValueError(f"“{text}”读不成是或否；写“是”或“否”")
