"""Which lines of the journal touched a record of a frozen table between two lines: its own row, else a row that it joins."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db.models import Min, Model

from duikou.records.models import JournalImage, Record
from duikou.snapshot.tables import names

SOME = 400  # numbers in one question: SQLite takes at most 999


@dataclass(frozen=True)
class Known:
    """What the journal knows of a record: the lines that touched it, whether it is new, whether it was struck out."""

    lines: tuple[int, ...] = ()
    new: bool = False
    struck: bool = False


def lines_of(numbers: Collection[int], table: str, *, since: int, until: int) -> dict[int, Known]:
    """What the lines after one and up to another did to records of a table, by number."""
    models = names()[table].models
    own = _touched([Record._meta.db_table, *(model._meta.db_table for model in models)], numbers, since, until)
    first, struck = _first(numbers), _struck(numbers)
    lacking = [number for number in numbers if not own.get(number)]
    joined = _joined(models, table, lacking, since, until) if lacking else {}
    lines = {n: tuple(sorted(own.get(n) or joined.get(n) or set())) for n in numbers}
    return {n: Known(lines[n], first.get(n, 0) > since, n in struck) for n in numbers}


def _touched(tables: Sequence[str], numbers: Iterable[int], since: int, until: int) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for some in _some(numbers):
        images = JournalImage.objects.filter(table__in=tables, number__in=some, line_id__gt=since, line_id__lte=until)
        for number, line in images.values_list("number", "line_id"):
            found.setdefault(number, set()).add(line)
    return found


def _first(numbers: Iterable[int]) -> dict[int, int]:
    """The line that brought each record."""
    found: dict[int, int] = {}
    for some in _some(numbers):
        images = JournalImage.objects.filter(table=Record._meta.db_table, number__in=some).order_by()
        found |= dict(images.values_list("number").annotate(Min("line_id")))
    return found


def _struck(numbers: Iterable[int]) -> set[int]:
    """Those of some records that were struck out."""
    return {
        number
        for some in _some(numbers)
        for number in Record.objects.filter(number__in=some, struck=True).values_list("number", flat=True)
    }


def _joined(
    models: Sequence[type[Model]], table: str, numbers: Sequence[int], since: int, until: int
) -> dict[int, set[int]]:
    """The lines that touched what records join: their project, fund or giver."""
    found: dict[int, set[int]] = {}
    prefixes = {path.rpartition("__")[0] for path, _ in names()[table].columns.values() if "__" in path}
    for model in models:
        for prefix in sorted(prefixes - {"record"}):
            if (joined := _at(model, prefix)) is None:
                continue
            for some in _some(numbers):
                pairs = dict(
                    model._base_manager.filter(pk__in=some).exclude(**{prefix: None}).values_list("pk", prefix)
                )
                lines = _touched([joined._meta.db_table], set(pairs.values()), since, until)
                for number, to in pairs.items():
                    found.setdefault(number, set()).update(lines.get(to, ()))
    return found


def _at(model: type[Model], path: str) -> type[Model] | None:
    """The model that a path of references leads to; nothing where a kind has no such."""
    at = model
    for step in path.split("__"):
        found = next((f for f in at._meta.get_fields() if f.name == step), None)
        related = found.related_model if found else None
        if not isinstance(related, type):
            return None
        at = related
    return at


def _some(numbers: Iterable[int]) -> Iterator[list[int]]:
    """Numbers in parts that a database takes in one question."""
    left = iter(numbers)
    while part := list(islice(left, SOME)):
        yield part
