"""What a record says now, as the fact that would make it."""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import Any

from django.apps import apps
from django.db.models import Model

from duikou.records.models import Item, Link, Organisation, Party, quantity
from duikou.rules.fact import Fact

STRUCK = "struck"  # what a correction takes out of a list stays in the book, crossed out


def fact_of(row: Any, kind: type[Fact]) -> Fact:
    """The fact of a row, organisations by their codes, other records by number; what is crossed out is not said."""
    return facts_of([row], kind)[row.pk]


def facts_of(rows: Sequence[Any], kind: type[Fact]) -> dict[int, Fact]:
    """The facts of rows of one kind, by number; in as many questions for thousands as for one."""
    numbers = [row.pk for row in rows]
    parties = _listed(Party, numbers, "role", ("role", "organisation__code"))
    items = _listed(Item, numbers, "list", ("list", "text", "detail"))
    links = _listed(Link, numbers, "role", ("role", "to_id"))
    return {
        row.pk: kind(
            **dict(_own(row, kind)),
            parties=parties.get(row.pk, ()),
            items=items.get(row.pk, ()),
            links=links.get(row.pk, ()),
        )
        for row in rows
    }


def _own(row: Any, kind: type[Fact]) -> Iterator[tuple[str, Any]]:
    """What the columns of a row say."""
    yield "when", row.when
    yield "inferred", tuple(filter(None, row.inferred.split(",")))
    for f in fields(kind):
        if f.name not in ("when", "inferred", "parties", "items", "links"):
            yield f.name, quantity(row, f.name) if hasattr(row, f"{f.name}_low") else _value(row, f.name)


def _listed(
    model: type[Party | Item | Link], numbers: Sequence[int], role: str, columns: tuple[str, ...]
) -> dict[int, tuple[Any, ...]]:
    """What hangs from records as a list, by record."""
    found: dict[int, list[Any]] = {}
    rows = model._default_manager.filter(record__in=numbers).exclude(**{role: STRUCK}).order_by(role, "position")
    for record, *said in rows.values_list("record_id", *columns):
        found.setdefault(record, []).append(tuple(said))
    return {record: tuple(said) for record, said in found.items()}


def _value(row: Any, name: str) -> Any:
    """A column; an organisation by its code."""
    column = row._meta.get_field(name)
    if column.is_relation and column.related_model is Organisation:
        organisation = getattr(row, name)
        return organisation.code if organisation else None
    return getattr(row, column.attname)


def table_of(kind: type[Fact]) -> type[Model]:
    """The table of a kind of fact."""
    return apps.get_model("records", kind.__name__)
