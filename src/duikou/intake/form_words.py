"""What the book knows as the text of a cell: written so that it is read back as the same."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from duikou.records.models import Organisation
from duikou.rules.fact import Fact
from duikou.rules.kinds import FEN, UNITS, WORDS
from duikou.rules.period import Period
from duikou.rules.quantity import Quantity
from duikou.rules.typed import read_many, read_span
from duikou.rules.writing import write
from duikou.terms.words import regions, vocabulary

from .known import Known
from .layouts import Layout
from .values import is_a, refers
from .workbook import number

WAN = 10**6  # fen


@dataclass(frozen=True)
class Writer:
    """Writes what facts of a layout's kind say; `hints` are the types of their fields."""

    layout: Layout
    known: Known
    hints: Mapping[str, Any]

    def texts(self, fact: Fact) -> dict[str, str]:
        """The cells of a fact, by field."""
        return {one.field: self.text(fact, one.field) for one in self.layout.columns}

    def text(self, fact: Fact, name: str) -> str:
        """What a fact says in a field; empty where it says nothing, or what no cell can say."""
        listed, _, role = name.partition(".")
        if role:
            said = fact.named(role) if listed == "party" else fact.listed(role)
            return "、".join(self.organisation(str(one)) if listed == "party" else str(one) for one in said)
        value = getattr(fact, name)
        return "" if value is None or value == "" else self._one(name, value)

    def region(self, code: str) -> str:
        """The name of an area that means just this one."""
        rows = regions().get(code, ())
        return self._exact("region", code, [name for row in rows[-1:] for name in (row.short, row.name)])

    def organisation(self, code: str) -> str:
        """The name of an organisation that means just this one."""
        return self._exact("organisation", code, self._names.get(code, ()))

    def _one(self, name: str, value: Any) -> str:
        if name == "region":
            return self.region(value)
        if (self.layout.kind, name) in WORDS:
            words = vocabulary()[WORDS[self.layout.kind, name]]
            return words[value].zh if value in words else ""
        if refers(self.hints[name]):
            return self.organisation(str(value))
        if isinstance(value, Quantity):
            return _quantity(name, value)
        if isinstance(value, Period):
            return span(value)
        if isinstance(value, bool):
            return "是" if value else "否"
        if isinstance(value, int):
            return canonical(Decimal(value) / (WAN if name in FEN.get(self.layout.kind, ()) else 1))
        return value.isoformat() if isinstance(value, date) else str(value)

    @cached_property
    def _names(self) -> Mapping[str, tuple[str, str]]:
        rows = Organisation.objects.values_list("code", "name", "short")
        return {code: (name, short) for code, name, short in rows}

    def _exact(self, sort: str, code: str, names: Any) -> str:
        meaning = (name for name in names if name and self.known.named(sort, name) == {code})
        return next(meaning, "")


def is_number(layout: Layout, name: str, hint: Any) -> bool:
    """Whether a column holds numbers."""
    return is_a(hint, Quantity) or (name in FEN.get(layout.kind, ())) or name == "year"


def span(value: Period) -> str:
    """A day, a month or a span as people write it, and as it is read back."""
    return next((text for text in _spans(value) if _reads(text, value)), "")


def canonical(value: Decimal) -> str:
    """A number as a cell of a workbook gives it back."""
    return number(float(value)) if value != value.to_integral_value() else str(int(value))


def _spans(value: Period) -> Iterator[str]:
    yield from ((value.code, value.zh) if value.month_known else (value.zh, value.code))
    yield f"{value.first.isoformat()}..{value.last.isoformat()}"


def _reads(text: str, value: Period) -> bool:
    try:
        return read_span(text) == value
    except ValueError:
        return False


def _quantity(name: str, value: Quantity) -> str:
    """An exact number in the unit of its column, another in words with its unit."""
    if value.low is None or not value.exact:
        return write(value).text
    if UNITS[name] == "fen":
        return canonical(Decimal(value.low) / WAN)
    one = read_many(f"1{vocabulary()['unit'][UNITS[name]].zh}", (UNITS[name],)).low
    return canonical(Decimal(value.low) / one) if one else ""
