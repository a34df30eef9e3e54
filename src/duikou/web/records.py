"""A record /r/{kind}-{number}: its fields in words, what is said of it and where, its history, the figures it is in."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from duikou.acts.journal import image
from duikou.intake.values import WORDS
from duikou.records.models import Record
from duikou.rules.period import time_words
from duikou.rules.quantity import Quantity, exactly
from duikou.rules.writing import write
from duikou.statistics.figure import Figure
from duikou.terms.words import regions, vocabulary, zh

from .book import Book, reporting_period, snapshot
from .documents import address

TITLES = ("name", "title", "purpose", "subject", "text", "content", "event", "trains", "mandate")
MORE_WORDS = {("entry", "state"): "state", ("entry", "standing"): "standing", ("finding", "state"): "finding_state"}
AREAS = ("region", "supporting", "receiving")
SKIPPED = ("record", "first", "last", "inferred")


@dataclass(frozen=True)
class Field:
    """One thing a record says, in words, with the record it names."""

    label: str
    text: str
    href: str = ""
    inferred: bool = False


@dataclass(frozen=True)
class Said:
    """What a passage says of one aspect of the record."""

    aspect: str
    words: str
    value: str
    side: str
    title: str
    place: str
    fragment: str
    href: str
    compared: bool | None


@dataclass(frozen=True)
class Change:
    """One line of the journal that touched the record: who, when, what act, which fields before and after."""

    line: int
    at: datetime
    person: str
    act: str
    reason: str
    changed: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Use:
    """A figure the record is counted in, or left out of for a reason."""

    figure: Figure
    reason: str


def page(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """The page of a record; a wrong kind leads to the right address, a document to its own page."""
    record = Record.objects.filter(number=number).select_related("programme").first()
    if record is None:
        raise Http404(f"没有第 {number} 号记录；号码用过不再用")
    if record.kind == "document":
        return HttpResponsePermanentRedirect(address(record.as_document.digest, number))
    if record.kind == "programme":
        return HttpResponsePermanentRedirect(f"/p/{record.as_programme.code}/")
    if record.kind != kind:
        return HttpResponsePermanentRedirect(href(record))
    taken = snapshot()
    code = record.programme.code if record.programme else ""
    row = row_of(record)
    return render(request, "record.html", {
        "book": Book(taken, code, reporting_period(taken, code)) if code else None,
        "record": record, "word": zh("record", kind), "title": title_of(row), "fields": fields_of(row),
        "parties": _parties(number), "items": _items(number), "links": _links(record), "said": list(_said(taken, number)),
        "questions": _questions(number), "postings": _postings(row), "history": list(_history(row)),
        "uses": list(_uses(taken, record, row, code)) if code else [], "part_in": _part_in(taken, row),
    })  # fmt: skip


def row_of(record: Record) -> Model:
    """The row of a record in the table of its kind."""
    found: Model = apps.get_model("records", record.kind.replace("_", ""))._default_manager.get(pk=record.number)
    return found


def href(record: Record) -> str:
    """The address of a record."""
    return f"/r/{record.kind}-{record.number}"


def title_of(row: Model) -> str:
    """What a record is called: the first of its telling fields, else its kind and number."""
    said = next((str(getattr(row, name)) for name in TITLES if getattr(row, name, "")), "")
    return said or f"{zh('record', _kind(row))}-{row.pk}"


def _kind(row: Model) -> str:
    record: Record = row.record  # type: ignore[attr-defined]
    return record.kind


def fields_of(row: Model) -> list[Field]:
    """All fields of a row that say something."""
    return list(_fields(row, json.loads(image(row))["row"]))


def _fields(row: Model, columns: Mapping[str, Any]) -> Iterator[Field]:
    """The fields of a row as its stored columns say them; quantities as words, codes as their words, areas by name."""
    kind = _kind(row)
    inferred = str(columns.get("inferred", "")).split(",")
    if columns.get("first"):
        days = (date.fromisoformat(columns[end]) for end in ("first", "last"))
        yield Field(zh("field", "when"), time_words(*days), inferred="when" in inferred)
    for column in row._meta.concrete_fields:
        name, value = column.name, columns.get(column.column)
        if name in SKIPPED or value in ("", None) or name.endswith(("_high", "_hedge", "_unit")):
            if not (name.endswith("_high") and columns.get(column.column.replace("_high", "_low")) is None) or value is None:
                continue
        name = name.removesuffix("_low").removesuffix("_high")
        text, to = _text(kind, name, column, columns)
        if text:
            yield Field(label(kind, name), text, to, name in inferred)


def label(kind: str, name: str) -> str:
    """What a field of a kind is called."""
    words = vocabulary()["field"]
    return words[f"{kind}_{name}" if f"{kind}_{name}" in words else name].zh


def _text(kind: str, name: str, column: Any, columns: Mapping[str, Any]) -> tuple[str, str]:
    """The words of a field, and the address of the record it names."""
    value = columns.get(column.column)
    if f"{name}_unit" in columns:
        low, high, hedge, unit = (columns.get(f"{name}_{part}") for part in ("low", "high", "hedge", "unit"))
        return write(Quantity(low, high, str(unit), hedge or "exact")).text, ""
    if column.is_relation:
        named = Record.objects.get(pk=value)
        return title_of(row_of(named)), href(named)
    words = MORE_WORDS.get((kind, name)) or WORDS.get((kind, name))
    if words:
        return zh(words, str(value)), ""
    if (kind, name) == ("entry", "amount"):
        return write(exactly(int(value), "fen")).text, ""
    if name in AREAS:
        return (regions()[value][-1].name if value in regions() else str(value)), ""
    if column.get_internal_type() == "BooleanField":
        return ("是" if value else ""), ""
    return str(value), ""
