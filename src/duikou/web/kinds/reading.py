"""The rows of a kind as they are read from the book: in one question; after an act only those that it touched."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from django.db.models import CharField, Model, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from duikou.acts.journal import Head, journaled
from duikou.records.models import JournalImage, JournalLine, Programme, of
from duikou.records.models.record import Kind
from duikou.rules.quantity import Quantity
from duikou.web.addresses import NAMED_BY, OF_WORKS, area_columns, called, with_names

from .columns import columns_of, when_words

MOST = 2_000  # rows that acts may have touched since; after more all are read anew
Touched = Mapping[type[Model], frozenset[int]]
PARTS = ("low", "high", "unit", "hedge")


class Row(NamedTuple):
    """A record in short: number, title, the area it is in, its days, what stands in each column."""

    number: int
    title: str
    region: str
    first: date | None
    last: date | None
    values: tuple[Any, ...]

    @property
    def when(self) -> str:
        """When it was true, in words."""
        return when_words(self.first, self.last)


def read(model: type[Kind], programme: Programme, only: Collection[int] | None = None) -> list[Row]:
    """All rows of a kind in a programme, or some, the newest first; those without a day last."""
    asked = with_area(of(model, programme))
    rows = asked if only is None else asked.filter(pk__in=only)
    parts = [
        [f"{one.name}_{part}" for part in PARTS] if one.holds == "quantity" else one.attribute
        for one in columns_of(model)
    ]
    return in_order(_row(row, parts) for row in _rows(rows))


def in_order(rows: Iterable[Row]) -> list[Row]:
    """Rows from the newest to those without a day."""
    return sorted(rows, key=lambda row: (row.last or date.min, row.number), reverse=True)


def _rows(rows: QuerySet[Kind]) -> Iterator[Kind]:
    """Rows with what their titles are made from; those that are made from nothing else as plain values.

    Of twenty thousand gifts Django's own way to make an instance takes two thirds of the time of the page.
    """
    if rows.model in NAMED_BY or rows.model in OF_WORKS:
        yield from with_names(rows)
        return
    names = [*(field.attname for field in rows.model._meta.concrete_fields), "in_area"]
    for values in rows.values_list(*names):
        row = rows.model.__new__(rows.model)
        row.__dict__.update(zip(names, values, strict=True))
        yield row


def _row(row: Kind, parts: Iterable[list[str] | str]) -> Row:
    kept = row.__dict__
    values = tuple(kept[one] if isinstance(one, str) else _quantity(*map(kept.__getitem__, one)) for one in parts)
    return Row(kept["record_id"], called(row), kept["in_area"], kept["first"], kept["last"], values)


def _quantity(low: int | None, high: int | None, unit: str, hedge: Any) -> Quantity | None:
    """The quantity of four columns; nothing when the source gives no number."""
    return None if low is None and high is None else Quantity(low, high, unit, hedge)


def with_area(rows: QuerySet[Kind]) -> QuerySet[Kind]:
    """Rows of a kind with the area whose people see them; empty where it is in none."""
    said: list[Any] = [NullIf(column, Value("")) for column in area_columns(rows.model)]
    return rows.annotate(in_area=Coalesce(*said, Value(""), Value(""), output_field=CharField()))


# ---- what acts have touched since ------------------------------------------------------------------------------------


def touched(since: Head, now: Head) -> Touched | None:
    """The records that acts have touched since a head of the same book, by table; nothing where they are too many."""
    if since.code != now.code or not JournalLine.objects.filter(number=since.number, root=since.root.hex()).exists():
        return None
    images = JournalImage.objects.filter(line__gt=since.number, table__in=_kinds()).values_list("table", "number")
    found: dict[type[Model], set[int]] = {}
    for place, (table, number) in enumerate(images[: MOST + 1]):
        if place == MOST:
            return None
        found.setdefault(_kinds()[table], set()).add(number)
    return {model: frozenset(numbers) for model, numbers in found.items()}


@cache
def _kinds() -> dict[str, type[Kind]]:
    """The tables whose rows are records."""
    return {table: model for table, model in journaled().items() if issubclass(model, Kind)}


def far(model: type[Kind]) -> bool:
    """Whether the area of a kind is that of something that its rows do not name themselves."""
    return any(column.count("__") > 1 for column in area_columns(model))
