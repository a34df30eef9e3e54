"""全本导出 and 全本装入: a programme is carried out of a book whole, and begins an empty one, each by one act."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import IntegrityError, models, transaction

from duikou.records.models import Programme
from duikou.rules.rights import Person, Place, may

from .accepting import open_book
from .carried import Table, columns, tables
from .doing import Forbidden, doing, place_of
from .journal import Head, head, journaled

BATCH = 500


class NotEmpty(ValueError):
    """The book holds something already."""

    def __init__(self, table: str) -> None:
        self.table = table
        super().__init__(f"账上已有记录（表 {table}）")


class Misfit(ValueError):
    """A row that the database refuses: table, number, in what way."""

    def __init__(self, model: Table, number: int, why: str) -> None:
        self.model, self.number, self.why = model, number, why
        super().__init__(f"{model._meta.db_table} {number}：{why}")


def may_carry_out(programme: Programme, person: Person) -> None:
    """Nothing where the person may carry a programme out of the book whole; else Forbidden."""
    if not may(person, "export_programme", place_of(programme)):
        raise Forbidden("export_programme")


def carried_out(programme: Programme, digest: str, at: Head, *, person: Person) -> None:
    """The journal says that a programme was carried out as of a head, under which digest."""
    place, said = place_of(programme), {"programme": programme.code, "head": at.full}
    with doing("export_programme", person=person, place=place, evidence=f"sha256:{digest}", **said) as work:
        work.must_journal = True


def carry_in(
    rows: Callable[[Table], Iterator[tuple[Any, ...]]], *, office: str, programme: str, came_from: str, digest: str,
    person: Person, papers: Callable[[], None],
) -> Head:  # fmt: skip
    """Every row of a folder enters an empty book by one act, whose line images them all; the head after it.

    The line keeps the head that the rows came from. `papers` puts the documents in their place when all rows are written.
    """
    if not may(person, "import_book", Place()):
        raise Forbidden("import_book")
    said = {"programme": programme, "head": came_from}
    with transaction.atomic():
        if head() is None:
            open_book(office, person=person)
        with doing("import_book", person=person, place=Place(), evidence=f"sha256:{digest}", **said) as work:
            refuse_if_not_empty()
            work.must_journal = True
            work.pouring = _poured(rows, papers)
        found = head()
    if found is None:  # it has just been written
        raise LookupError("账上没有日志")
    return found


def refuse_if_not_empty() -> None:
    """NotEmpty where a table under the journal has a row: numbers are kept, so that two books cannot be put together."""
    for name, model in journaled().items():
        if model._base_manager.exists():
            raise NotEmpty(name)


def _poured(rows: Callable[[Table], Iterator[tuple[Any, ...]]], papers: Callable[[], None]) -> Iterator[models.Model]:
    """The rows of all tables, each written before the journal is given it."""
    for model in tables().values():
        names = [column.name for column in columns(model)]
        made = (model(**dict(zip(_attributes(model, names), values, strict=True))) for values in rows(model))
        while batch := list(islice(made, BATCH)):
            _write(model, batch)
            yield from batch
    papers()


def _attributes(model: Table, names: Iterable[str]) -> list[str]:
    found = {f.column: f.attname for f in model._meta.concrete_fields}
    return [found[name] for name in names]


def _write(model: Table, batch: list[models.Model]) -> None:
    """Write rows of one table; Misfit names the one that the database refuses."""
    try:
        with transaction.atomic():
            model._base_manager.bulk_create(batch, batch_size=BATCH)
    except IntegrityError as error:
        for row in batch:  # one by one, each on those before it, until one is refused; the act is taken back with it
            try:
                with transaction.atomic():
                    model._base_manager.bulk_create([row])
            except IntegrityError as why:
                raise Misfit(model, row.pk, str(why)) from error
        raise
