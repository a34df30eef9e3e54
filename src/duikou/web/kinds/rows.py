"""The rows of a kind of record in a programme, in short; asked of the book once for each of its heads."""

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import connection
from django.http import HttpRequest

from duikou.acts.journal import Head, head
from duikou.records.models import Gift, Organisation, Programme, Record, of
from duikou.records.models.record import Kind
from duikou.rules.small_groups import PERSONS
from duikou.web import withheld
from duikou.web.addresses import called, model_of, with_names
from duikou.web.language import english, masked
from duikou.web.projects.kept import sees

from .columns import Cell, Column, Names, by_name, columns_of
from .reading import Row, Touched, far, in_order, read, touched, with_area

__all__ = ["Row", "Standing", "rows_of", "standing", "with_area"]
KEPT = 64  # kinds of programmes whose rows a process keeps


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
        return tuple(read(self.model, self.programme))

    @cached_property
    def refers(self) -> frozenset[int]:
        """The records that rows refer to."""
        places = [place for place, column in enumerate(self.columns) if column.to]
        return frozenset(number for place in places for row in self.rows if (number := row.values[place]))

    def at(self, programme: Programme, now: Head) -> "Standing":
        """The same at a later head: only what acts have touched since is read again, unless it is more than its own rows."""
        later = Standing(programme, self.kind, now, self.english)
        since = touched(self.head, now) if self.head and "rows" in self.__dict__ else None
        if since is None or self._moved(since):
            return later
        own = since.get(self.model, frozenset())
        later.__dict__["rows"] = self.rows if not own else tuple(
            in_order([*(row for row in self.rows if row.number not in own), *read(self.model, self.programme, own)])
        )  # fmt: skip
        kept = ("refers", "names", "tell") if not own else ("names",) if later.refers <= self.names.keys() else ()
        later.__dict__.update({name: self.__dict__[name] for name in kept if name in self.__dict__})
        return later

    def _moved(self, since: Touched) -> bool:
        """Whether something that rows take their words or their area from has changed."""
        others = {number for model, numbers in since.items() if model is not self.model for number in numbers}
        return bool(others & self.refers) or (far(self.model) and any(model in since for model in (Organisation, Gift)))

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
        return list(self.tell) if len(rows) == len(self.rows) else self._telling(rows)

    @cached_property
    def tell(self) -> list[Column]:
        """The columns in which any row says something of its own."""
        return self._telling(self.rows)

    def _telling(self, rows: Sequence[Row]) -> list[Column]:
        return [column for place, column in enumerate(self.columns) if self._tells(place, column, rows)]

    def _tells(self, place: int, column: Column, rows: Sequence[Row]) -> bool:
        said = ((row.title, row.values[place]) for row in rows if row.values[place] not in (None, "", False))
        if column.holds not in ("text", "record"):
            return any(True for _ in said)
        return any(column.said(value, self.names) not in title for title, value in said)

    def keyed(self, rows: Sequence[Row], name: str) -> Iterator[tuple[Any, Row]]:
        """Rows with what they are ordered by in a column, by their titles or their days; each value is asked for its key once."""
        if name in ("title", "when"):
            for row in rows:
                yield by_name(row.title) if name == "title" else (row.first, row.last) if row.first else None, row
            return
        place = next(place for place, column in enumerate(self.columns) if column.name == name)
        column, known = self.columns[place], dict[Any, Any]()
        for row in rows:
            value = row.values[place]
            if value not in known:
                known[value] = column.key(value, self.names)
            yield known[value], row


kept: OrderedDict[tuple[str, int, str, bool], Standing] = OrderedDict()


def standing(programme: Programme, kind: str) -> Standing:
    """The records of a kind as they stand now; what was read stays, and after an act what it did not touch."""
    now, key = head(), (str(connection.settings_dict["NAME"]), programme.pk, kind, english())
    found = kept.get(key)
    if found is None or found.programme != programme or now is None:
        found = Standing(programme, kind, now, english())
    elif found.head != now:
        found = found.at(programme, now)
    kept[key] = found
    kept.move_to_end(key)
    if len(kept) > KEPT:
        kept.popitem(last=False)
    return found


def rows_of(request: HttpRequest, found: Standing) -> list[Row]:
    """The rows that the person sees."""
    mine = sees(request, found.programme)
    rows = [row for row in found.rows if mine(row.region)]
    return _withheld(request, found, rows) if found.kind in PERSONS else rows


def _withheld(request: HttpRequest, found: Standing, rows: Sequence[Row]) -> list[Row]:
    """The rows, and in those that the person does not see inside what stands for a small group's number."""
    marks = withheld.marks(found.programme, found.model, found.kind)
    open_areas = {area: withheld.inside(request, found.programme, area) for area in {row.region for row in rows}}
    names = [one.name for one in found.columns]
    return [
        row if open_areas[row.region] else row._replace(values=tuple(
            masked(mark) if (mark := marks.get(name, {}).get(row.number)) else value
            for name, value in zip(names, row.values, strict=True)
        ))
        for row in rows
    ]  # fmt: skip
