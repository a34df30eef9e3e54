"""The columns of a kind of record, derived from its model: what each holds, how a value is said and ordered."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import Field, Model
from django.utils.translation import gettext as _

from duikou.records.models import quantity
from duikou.records.models.record import kind_of
from duikou.rules.kinds import AREAS, WORDS
from duikou.rules.period import Period, time_words
from duikou.rules.writing import write
from duikou.statistics.definition import definitions
from duikou.terms.words import vocabulary
from duikou.web.addresses import href
from duikou.web.fields import OWN, REST
from duikou.web.language import area_name, english, heading, named, period_words, say

LOW = "_low"
CHINESE = ("quantity", "record", "text")  # what stands in Chinese on every page: as written, names
PLAIN = {"DateField": "day", "BooleanField": "flag", "PositiveIntegerField": "number"}
Names = Mapping[int, tuple[str, str]]  # of records that are referred to: kind and title


@dataclass(frozen=True)
class Cell:
    """A value in words, with the address of the record it names; `zh`: it is Chinese on every page."""

    head: str
    text: str
    href: str = ""
    zh: bool = False
    number: bool = False


@dataclass(frozen=True)
class Column:
    """A column: its field, what it holds (quantity, record, word, area, day, flag, number, sheet, text), its list of terms."""

    kind: str
    name: str
    holds: str
    terms: str = ""
    to: type[Model] | None = None

    @property
    def number(self) -> bool:
        """Whether it stands on the right."""
        return self.holds in ("quantity", "number")

    @property
    def head(self) -> str:
        """What it is called in the language of the page."""
        return field_name(self.kind, self.name)

    @property
    def attribute(self) -> str:
        """Where a row keeps it, but for a quantity, which has four places."""
        return f"{self.name}_id" if self.to else self.name

    def value(self, row: Model) -> Any:
        """What a row holds in it: a quantity, a number of a record, a code, a day, a text."""
        if self.holds == "quantity":
            return quantity(row, self.name)
        return getattr(row, self.attribute)

    def said(self, value: Any, names: Names) -> str:
        """A value in words; nothing where nobody said one."""
        if value in (None, "", False):
            return ""
        match self.holds:
            case "quantity":
                return value if isinstance(value, str) else str(write(value).text)
            case "record":
                return names[value][1]
            case "word":
                return say(self.terms, value) if value in vocabulary()[self.terms] else str(value)
            case "area":
                return area_name(value) or str(value)
            case "day":
                return str(value.isoformat())
            case "flag":
                return _("是")
            case "sheet":
                return named(definitions()[value]) if value in definitions() else str(value)
        return str(value)

    def cell(self, value: Any, names: Names) -> Cell:
        """A value as a table shows it."""
        to = href(names[value][0], value) if self.holds == "record" and value else ""
        return Cell(self.head, self.said(value, names), to, self.holds in CHINESE, self.number)

    def key(self, value: Any, names: Names) -> Any:
        """What rows are ordered by; nothing where nobody said a value."""
        if value in (None, "", False):
            return None
        if self.holds == "quantity" and isinstance(value, str):
            return "", 0  # withheld: a place in the order would tell
        if self.holds == "quantity":
            return value.unit, value.high if value.low is None else value.low
        if self.holds == "word":
            return place_of(self.terms).get(value, len(place_of(self.terms)))
        if self.holds in ("record", "text", "sheet"):
            return by_name(self.said(value, names))
        return value


@cache
def place_of(terms: str) -> dict[str, int]:
    """Where each code stands in a list of terms."""
    return {code: place for place, code in enumerate(vocabulary()[terms])}


def by_name(text: str) -> bytes:
    """A text as a Chinese dictionary has the common characters."""
    return text.encode("gb18030")


def field_name(kind: str, name: str) -> str:
    """What a field of a kind is called in the language of the page."""
    return heading("field", f"{kind}_{name}" if f"{kind}_{name}" in vocabulary()["field"] else name)


def when_words(first: Any, last: Any) -> str:
    """When a record was true, as its own page says it."""
    if not first or not last:
        return ""
    return period_words(Period(first, last)) if english() else time_words(first, last)


@cache
def columns_of(model: type[Model]) -> tuple[Column, ...]:
    """The columns of a kind in the order of its model, without what every record has."""
    kind = kind_of(model)
    fields = [field for field in model._meta.concrete_fields if field.name not in OWN and not field.name.endswith(REST)]
    return tuple(_column(kind, field) for field in fields)


def _column(kind: str, field: "Field[Any, Any]") -> Column:
    """A column by its field."""
    if field.name.endswith(LOW):
        return Column(kind, field.name.removesuffix(LOW), "quantity")
    if field.is_relation:
        to = field.related_model
        return Column(kind, field.name, "record", to=to if isinstance(to, type) else None)
    if terms := WORDS.get((kind, field.name)):
        return Column(kind, field.name, "word", terms)
    if field.name in AREAS:
        return Column(kind, field.name, "area")
    if (kind, field.name) == ("indicator", "sheet"):
        return Column(kind, field.name, "sheet")
    return Column(kind, field.name, PLAIN.get(field.get_internal_type(), "text"))
