"""What a record says, field by field, in words: quantities written out, codes as their words, areas by name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model

from duikou.intake.values import WORDS
from duikou.records.models import Record
from duikou.rules.period import on, time_words
from duikou.rules.quantity import Quantity, exactly
from duikou.rules.writing import write
from duikou.terms.words import regions, vocabulary, zh

from .addresses import href, title_of

MORE_WORDS = {("entry", "state"): "state", ("entry", "standing"): "standing", ("finding", "state"): "finding_state"}
AREAS = ("region", "supporting", "receiving")
SKIPPED = ("record", "first", "last", "inferred")
BESIDE_UNIT = ("_low", "_high", "_hedge")  # said with the unit of the quantity


@dataclass(frozen=True)
class Field:
    """One thing a record says, in words, with the record it names."""

    label: str
    text: str
    href: str = ""
    inferred: bool = False


def fields_of(kind: str, model: type[Model], columns: Mapping[str, Any]) -> Iterator[Field]:
    """The fields that say something, of a row as the journal keeps it: its columns by name."""
    inferred = str(columns.get("inferred", "")).split(",")
    if columns.get("first"):
        days = time_words(date.fromisoformat(columns["first"]), date.fromisoformat(columns["last"]))
        yield Field(label(kind, "when"), days, inferred="when" in inferred)
    for column in model._meta.concrete_fields:
        if column.name in SKIPPED or column.name.endswith(BESIDE_UNIT) or columns.get(column.column) in ("", None):
            continue
        name = column.name.removesuffix("_unit")
        text, to = _text(kind, name, column, columns)
        if text:
            yield Field(label(kind, name), text, to, name in inferred)


def label(kind: str, name: str) -> str:
    """What a field of a kind is called."""
    words = vocabulary()["field"]
    return words[f"{kind}_{name}" if f"{kind}_{name}" in words else name].zh


def _text(kind: str, name: str, column: Any, columns: Mapping[str, Any]) -> tuple[str, str]:
    """The words of a field, and the address of the record it names."""
    value = columns[column.column]
    words = MORE_WORDS.get((kind, name)) or WORDS.get((kind, name))
    if column.is_relation:
        named = Record.objects.get(pk=value)
        return title_of(named), href(named)
    if column.name != name:
        return quantity_words(columns, name), ""
    if words:
        return zh(words, value), ""
    if (kind, name) == ("entry", "amount"):
        return write(exactly(value, "fen")).text, ""
    if name in AREAS:
        return (regions()[value][-1].name if value in regions() else value), ""
    match column.get_internal_type():
        case "BooleanField":
            return ("是" if value else ""), ""
        case "DateField":
            return on(date.fromisoformat(value)).zh, ""
    return str(value), ""


def quantity_words(columns: Mapping[str, Any], name: str) -> str:
    """A quantity of four columns in words; nothing where the source gives no number."""
    low, high = columns.get(f"{name}_low"), columns.get(f"{name}_high")
    if low is None and high is None:
        return ""
    return write(Quantity(low, high, columns[f"{name}_unit"], columns[f"{name}_hedge"])).text
