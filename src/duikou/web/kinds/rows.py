"""The rows of a kind of record in a programme, in short; asked of the book once for each of its heads."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from django.db.models import CharField, F, Model, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf
from django.http import HttpRequest

from duikou.acts.journal import Head, head
from duikou.records.models import Programme, Record, of
from duikou.records.models.record import Kind
from duikou.web.addresses import area_columns, called, model_of, with_names
from duikou.web.language import english
from duikou.web.projects.kept import sees

from .columns import Cell, Column, Names, by_name, columns_of, when_words


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


@dataclass(frozen=True)
class Standing:
    """The records of a kind in a programme at a head of the book, in the language of the page."""

    programme: Programme
    kind: str
    head: Head | None
    english: bool

    @property
    def model(self) -> type[Kind]:
        """The table of the kind."""
        return model_of(self.kind)  # type: ignore[return-value]

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of the kind."""
        return columns_of(self.model)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """All rows, the newest first; those without a day last."""
        found = with_area(with_names(of(self.model, self.programme)))
        newest = found.order_by(F("last").desc(nulls_last=True), "-pk")
        return tuple(
            Row(row.pk, called(row), row.area, row.first, row.last, tuple(one.value(row) for one in self.columns))  # type: ignore[attr-defined]
            for row in newest
        )

    @cached_property
    def names(self) -> Names:
        """Kind and title of every record that a row refers to; one question to each table for each column."""
        found: dict[int, tuple[str, str]] = {}
        for column in self.columns:
            if column.to:
                found |= dict(self._named(column))
        return found

    def _named(self, column: Column) -> Iterator[tuple[int, tuple[str, str]]]:
        """The records that a column refers to."""
        numbers = of(self.model, self.programme).exclude(**{column.name: None}).order_by().values(column.name)
        of_kinds = Record.objects.filter(pk__in=numbers).order_by("kind").values_list("kind", flat=True).distinct()
        for kind in of_kinds:
            for row in with_names(model_of(kind)._default_manager.filter(pk__in=numbers)):
                yield row.pk, (kind, called(row))

    def cells(self, row: Row, columns: Sequence[Column]) -> list[Cell]:
        """What a row says in some columns."""
        return [column.cell(row.values[self.place(column)], self.names) for column in columns]

    def place(self, column: Column) -> int:
        """Where a column stands among the values of a row."""
        return self.columns.index(column)

    def telling(self, rows: Sequence[Row]) -> list[Column]:
        """The columns in which some of the rows say something, and something that their titles do not say yet."""
        return [column for place, column in enumerate(self.columns) if self._tells(place, column, rows)]

    def _tells(self, place: int, column: Column, rows: Sequence[Row]) -> bool:
        said = ((row.title, row.values[place]) for row in rows if row.values[place] not in (None, "", False))
        if column.holds not in ("text", "record"):
            return any(True for _ in said)
        return any(column.said(value, self.names) not in title for title, value in said)

    def key(self, row: Row, name: str) -> Any:
        """What a row is ordered by in a column, by its title or its days."""
        if name == "title":
            return by_name(row.title)
        if name == "when":
            return (row.first, row.last) if row.first else None
        place = next(place for place, column in enumerate(self.columns) if column.name == name)
        return self.columns[place].key(row.values[place], self.names)


kept = lru_cache(maxsize=64)(Standing)


def standing(programme: Programme, kind: str) -> Standing:
    """The records of a kind as they stand now; what was asked stays until the next act."""
    return kept(programme, kind, head(), english())


def rows_of(request: HttpRequest, found: Standing) -> list[Row]:
    """The rows that the person sees."""
    mine = sees(request, found.programme)
    return [row for row in found.rows if mine(row.region)]


def with_area(rows: QuerySet[Kind]) -> QuerySet[Kind]:
    """Rows of a kind with the area whose people see them; empty where it is in none."""
    said: list[Any] = [NullIf(column, Value("")) for column in area_columns(rows.model)]
    return rows.annotate(area=Coalesce(*said, Value(""), Value(""), output_field=CharField()))


def has(model: type[Model], name: str) -> bool:
    """Whether a kind has a field."""
    return name in {field.name for field in model._meta.fields}
