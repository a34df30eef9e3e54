"""The fields of a record in words: quantities as written, codes as their words, areas and other records by name."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model

from duikou.acts.journal import image
from duikou.records.models import Record
from duikou.rules.amounts import percent
from duikou.rules.kinds import AREAS, FEN, PER_MILLE, WORDS
from duikou.rules.period import time_words
from duikou.rules.quantity import Quantity, exactly
from duikou.rules.writing import write
from duikou.terms.words import regions, vocabulary, zh

from .addresses import href, title_of

OWN = ("record", "first", "last", "inferred", "voucher_key", "key")
REST = ("_high", "_hedge", "_unit")
NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True)
class Field:
    """One thing a record says, in words, with the address of the record it names."""

    label: str
    text: str
    href: str = ""
    inferred: bool = False


def fields_of(kind: str, row: Model, withheld: Mapping[str, str] = NOTHING) -> list[Field]:
    """All fields of a row that say something."""
    return list(fields_in(kind, row, json.loads(image(row))["row"], withheld))


def fields_in(
    kind: str, row: Model, columns: Mapping[str, Any], withheld: Mapping[str, str] = NOTHING
) -> Iterator[Field]:
    """The fields that the stored columns of a row say, of today or of an older line; what stands for those withheld."""
    inferred = str(columns.get("inferred", "")).split(",")
    if columns.get("first"):
        first, last = (date.fromisoformat(columns[end]) for end in ("first", "last"))
        yield Field(zh("field", "when"), time_words(first, last), inferred="when" in inferred)
    for column in row._meta.concrete_fields:
        if column.name in OWN or column.name.endswith(REST):
            continue
        name = column.name.removesuffix("_low")
        text, to = _quantity(name, columns) if name != column.name else _text(kind, column, columns.get(column.attname))
        if text:
            text = withheld.get(name, text)
            yield Field(label(kind, name), text, to, name in inferred)


def label(kind: str, name: str) -> str:
    """What a field of a kind is called; the whole record is the field without a name."""
    words = vocabulary()["field"]
    return words[f"{kind}_{name}" if f"{kind}_{name}" in words else name].zh if name else "整条"


def _quantity(name: str, columns: Mapping[str, Any]) -> tuple[str, str]:
    low, high, hedge, unit = (columns.get(f"{name}_{part}") for part in ("low", "high", "hedge", "unit"))
    return ("" if low is None and high is None else write(Quantity(low, high, str(unit), hedge or "exact")).text), ""


def _text(kind: str, column: Any, value: Any) -> tuple[str, str]:
    """The words of one column, and the address of the record it names."""
    if value in ("", None):
        return "", ""
    if column.name == "person":
        return "", ""  # the store of names is read on its own pages, and each reading is logged
    if column.is_relation:
        named = Record.objects.get(pk=value)
        return title_of(named), href(named.kind, named.number)
    if (kind, column.name) in WORDS:
        return zh(WORDS[kind, column.name], str(value)), ""
    if column.name in PER_MILLE.get(kind, ()):
        return percent(int(value)), ""
    if column.name in FEN.get(kind, ()):
        return write(exactly(int(value), "fen")).text, ""
    if column.name in AREAS:
        return (regions()[value][-1].name if value in regions() else str(value)), ""
    if column.get_internal_type() == "BooleanField":
        return ("是" if value else ""), ""
    return str(value), ""
