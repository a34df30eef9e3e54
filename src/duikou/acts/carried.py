"""What a whole programme is carried in: tables and columns as they lie in files, and which rows of a book belong to it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from heapq import merge
from operator import itemgetter
from typing import Any

from django.db import connection, models, transaction
from django.db.models import Q, QuerySet

from duikou.records.models import (
    Account,
    Appointment,
    Finding,
    Key,
    Kind,
    Link,
    Personal,
    Programme,
    ReceivedHead,
    Record,
)
from duikou.records.models.record import kind_of

from .journal import journaled

Table = type[models.Model]
Row = tuple[Any, ...]
FEW = 400  # numbers that are named in a question
KEPT_BACK: tuple[Table, ...] = (Account, Appointment, Key, ReceivedHead)  # who enters this book, and what it witnesses
KINDS_KEPT_BACK = tuple(kind_of(model) for model in KEPT_BACK)
NOTHING = r"\N"  # an empty text column that may also hold a text without characters


@dataclass(frozen=True)
class Column:
    """A column as it lies in a file: its name, type, whether it may be empty, how long it is at most, the table it refers to."""

    name: str
    type: str
    required: bool
    longest: int | None = None
    to: Table | None = None
    default: Any = None

    @property
    def nothing(self) -> str | None:
        """How a cell says that nobody said; a text that is always there has no such way."""
        if self.type != "string":
            return ""
        return None if self.required else NOTHING

    def text(self, value: Any) -> str:
        """A value as it is written; ValueError where it could not be told from nothing."""
        if value is None:
            return self.nothing or ""
        said = {True: "true", False: "false"}[value] if self.type == "boolean" else str(value)
        if said == self.nothing:
            raise ValueError(f"{self.name} 的内容是 {NOTHING}，写出后同空白分不开；改写它再导出")
        return said

    def value(self, text: str) -> Any:
        """The value of a cell; ValueError says what may stand there."""
        if text == self.nothing:
            if self.required:
                raise ValueError("不空")
            return None
        if self.type == "string":
            if self.longest is not None and len(text) > self.longest:
                raise ValueError(f"至多 {self.longest} 个字")
            return text
        read, expected = READERS[self.type]
        try:
            value = read(text)
        except (ValueError, KeyError):
            raise ValueError(expected) from None
        if self.text(value) != text:
            raise ValueError(expected)
        return value


def _whole_number(text: str) -> int:
    number = int(text[:20])
    if len(text) > 20 or not -(2**63) <= number < 2**63:
        raise ValueError
    return number


READERS: dict[str, tuple[Any, str]] = {
    "integer": (_whole_number, "整数，写作 1000"),
    "date": (date.fromisoformat, "日期，写作 2011-08-29"),
    "boolean": ({"true": True, "false": False}.__getitem__, "true 或 false"),
}
TYPES: tuple[tuple[type[Any], str], ...] = (
    (models.BooleanField, "boolean"), (models.DateField, "date"), (models.CharField, "string"), (models.TextField, "string"),
    (models.IntegerField, "integer"), (models.ForeignKey, "integer"),
)  # fmt: skip


def tables() -> dict[str, Table]:
    """The tables that are carried, by the name of their files: all under the journal but accounts, roles, keys and received heads."""
    return {name.removeprefix("records_"): model for name, model in journaled().items() if model not in KEPT_BACK}


@cache
def columns(model: Table) -> tuple[Column, ...]:
    """The columns of a table in their order, the number first."""
    return tuple(_column(f) for f in _fields(model))


def _fields(model: Table) -> list[Any]:
    return sorted(model._meta.concrete_fields, key=lambda f: not f.primary_key)


def _column(f: Any) -> Column:
    found = next(name for of, name in TYPES if isinstance(f, of))
    default = f.get_default() if f.has_default() else None
    return Column(f.column, found, not f.null, f.max_length, f.related_model if f.is_relation else None, default)


@contextmanager
def one_moment() -> Iterator[None]:
    """The book at one moment for many questions; nobody who writes waits for it."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        connection.ensure_connection()
        connection.connection.execute("BEGIN")  # deferred: Django's own, IMMEDIATE, would hold up every act
        try:
            yield
        finally:
            connection.connection.execute("ROLLBACK")
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield


# ---- which rows belong to a programme ----------------------------------------------------------------------------------


@cache
def _owner(model: Table) -> Any:
    """What a row belongs to: its record, else the first row that it cannot be without."""
    found = (f for f in _fields(model) if f.is_relation and not f.null)
    return None if model is Record else next(found, None)


@cache
def _way(model: Table) -> tuple[str, ...]:
    """The way from a row to the record that it belongs to, as steps of a question."""
    owner = _owner(model)
    return () if owner is None else (owner.name, *_way(owner.related_model))


@cache
def _number(model: Table) -> str:
    """What to ask a row for to be told the number of its record, or nothing where it belongs to none."""
    if model is Record or issubclass(model, Kind):
        return "pk"
    owner = _owner(model)
    if owner is None:
        return ""
    rest = _number(owner.related_model)
    return owner.attname if rest == "pk" else f"{owner.name}__{rest}"


@cache
def _references(model: Table) -> tuple[str, ...]:
    """What to ask a row for to be told the numbers of all records that it refers to."""
    return tuple(
        f.attname if _number(f.related_model) == "pk" else f"{f.name}__{_number(f.related_model)}"
        for f in _fields(model)
        if f.is_relation and _number(f.related_model)
    )


class Chosen:
    """The rows of a programme and all that they refer to: whole in itself, so that it can stand in a book of its own."""

    def __init__(self, programme: Programme) -> None:
        self._programme = programme
        self._known = set(self._own(Record).values_list("pk", flat=True))
        self._beyond: set[int] = set()
        self._follow()
        self._extra = {model: self._rows_beyond(model) for model in tables().values()}

    def rows(self, model: Table) -> Iterator[Row]:
        """The rows of a table in the order of their numbers, each as the values of its columns; drawn as they are asked for."""
        names = [f.attname for f in _fields(model)]
        extra = sorted(self._extra[model])
        parts = (model._base_manager.filter(pk__in=some).order_by("pk").values_list(*names) for some in _few(extra))
        own = self._own(model).order_by("pk").values_list(*names).iterator(chunk_size=2000)
        return merge(own, (row for rows in parts for row in rows), key=itemgetter(0))

    def _own(self, model: Table) -> QuerySet[Any]:
        """The rows that belong to records of the programme."""
        if not _number(model):
            return model._base_manager.none()
        to = "__".join((*_way(model), ""))
        kept_back = Q(**{f"{to}kind__in": KINDS_KEPT_BACK})
        return model._base_manager.filter(~kept_back, **{f"{to}programme": self._programme.pk})

    def _follow(self) -> None:
        """What is referred to, and what that refers to, until nothing is new."""
        new = self._new(numbers for model in tables().values() for numbers in _referred(model, self._own(model)))
        while new:
            self._known |= new
            self._beyond |= new
            new = self._new(self._referred_beyond(new))

    def _new(self, numbers: Iterable[int]) -> set[int]:
        return {number for number in numbers if number is not None and number not in self._known}

    def _referred_beyond(self, numbers: set[int]) -> Iterator[int]:
        """What records of no programme, or of another, refer to; and the questions about them that belong to no programme."""
        for some in _few(sorted(numbers)):
            records = Record._base_manager.filter(pk__in=some)
            yield from _referred(Record, records)
            for kind in set(records.values_list("kind", flat=True)):
                model = next(found for found in tables().values() if issubclass(found, Kind) and kind_of(found) == kind)
                yield from _referred(model, model._base_manager.filter(pk__in=some))
            asked = Link._base_manager.filter(to__in=some, record__kind=kind_of(Finding), record__programme=None)
            yield from asked.values_list("record_id", flat=True)

    def _rows_beyond(self, model: Table) -> set[int]:
        """The rows that come beside those of the programme: of what it refers to, as far as they refer to nothing else."""
        if model is Personal:
            return self._persons()
        if model is Record:
            return self._beyond
        to, found = _number(model), set()
        for some in _few(sorted(self._beyond)):
            rows = model._base_manager.filter(**{f"{to}__in": some}).values_list("pk", *_references(model))
            whole = issubclass(model, Kind)
            found |= {pk for pk, *others in rows if whole or all(n is None or n in self._known for n in others)}
        return found

    def _persons(self) -> set[int]:
        """The personal fields that rows refer to: numbers and commitments, never a value."""
        found: set[int] = set()
        for model in tables().values():
            for f in _fields(model):
                if f.related_model is Personal:
                    rows = self._own(model).exclude(**{f.name: None}) if f.null else self._own(model)
                    found |= set(rows.values_list(f.attname, flat=True))
        return found


def _referred(model: Table, rows: QuerySet[Any]) -> Iterator[int]:
    """The numbers of the records that rows refer to, each once for each of their columns."""
    for path in _references(model):
        yield from rows.order_by().values_list(path, flat=True).distinct()


def _few(numbers: list[int]) -> Iterator[list[int]]:
    return (numbers[at : at + FEW] for at in range(0, len(numbers), FEW))
