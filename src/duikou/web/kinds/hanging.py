"""由此而来: what hangs from a record by reference, as the models of the kinds say it."""

from collections.abc import Iterator
from functools import cache

from django.db.models import Model
from django.http import HttpRequest

from duikou.records.models import Record
from duikou.records.models.record import Kind
from duikou.web.addresses import model_of, titles
from duikou.web.seeing import visible

from .sections import OF_KIND

MOST = 100  # records that a page lists
Hanging = tuple[Record, str]  # a record and what it is called


@cache
def references(model: type[Model]) -> tuple[tuple[type[Kind], str], ...]:
    """The fields by which kinds of sections refer to a kind, or to any record."""
    return tuple(_fields(model))


def _fields(model: type[Model]) -> Iterator[tuple[type[Kind], str]]:
    for kind in OF_KIND:
        of: type[Kind] = model_of(kind)  # type: ignore[assignment]
        for field in of._meta.concrete_fields:
            if field.is_relation and not field.primary_key and field.related_model in (model, Record):
                yield of, field.name


def hanging(request: HttpRequest, row: Model) -> tuple[list[Hanging], int]:
    """What the person sees of the records that refer to a row, and how many more there are than a page lists."""
    found: set[int] = set()
    for of, name in references(type(row)):
        found |= set(of._default_manager.filter(**{name: row.pk}).values_list("pk", flat=True))
    records = Record.objects.filter(pk__in=sorted(found)[: MOST * 10]).select_related("programme").order_by("number")
    seen = visible(request, records)
    said = titles(seen[:MOST])
    return [(record, said[record.number]) for record in seen[:MOST]], len(seen) - len(seen[:MOST])
