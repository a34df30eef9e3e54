"""A bare record that anything can point at by number, and the lists that hang from it."""

import re
from collections.abc import Iterable
from typing import Any, ClassVar, Self, TypeVar

from django.db import models

from duikou.rules.period import Period
from duikou.rules.quantity import Quantity


class Numbered(models.Model):
    """A row of the book: its number is given by the act that writes it and is never used again."""

    number = models.BigIntegerField(primary_key=True)

    class Meta:
        abstract = True


class Record(Numbered):
    """What can be pointed at: number, kind (terms: record) and programme; organisations belong to no programme.

    `struck`: the sheet that brought it was taken back.
    """

    kind = models.CharField(max_length=24)
    programme = models.ForeignKey("Programme", models.PROTECT, null=True, related_name="+")
    struck = models.BooleanField(null=True)

    class Meta:
        db_table = "records_record"
        indexes = [models.Index(fields=["programme", "kind"])]

    def __str__(self) -> str:
        return f"{self.kind}-{self.number}"


def kind_of(model: type[models.Model]) -> str:
    """The kind (terms: record) that records of a table bear: StatedTotal, stated_total."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", model.__name__).lower()


M = TypeVar("M", bound="Kind")


class Standing(models.Manager[M]):
    """The records that stand: what came with a sheet that was taken back is left out (`_base_manager` has it)."""

    def get_queryset(self) -> models.QuerySet[M]:
        """All that is not struck."""
        return super().get_queryset().filter(record__struck__isnull=True)


class Kind(models.Model):
    """What every kind of record has: its number, when it was true as exactly as known, what in it is only inferred."""

    record = models.OneToOneField(Record, models.PROTECT, primary_key=True, related_name="as_%(class)s")
    first = models.DateField(null=True)
    last = models.DateField(null=True)
    inferred = models.CharField(max_length=60, default="", blank=True)

    objects: ClassVar[Standing[Self]] = Standing()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_days_in_order",
                condition=models.Q(first__isnull=True, last__isnull=True) | models.Q(first__lte=models.F("last")),
            )
        ]

    @property
    def when(self) -> Period | None:
        """When it was true; nothing when the source does not say."""
        return Period(self.first, self.last) if self.first and self.last else None


def words(length: int = 80) -> Any:
    """A short text that may be empty."""
    return models.CharField(max_length=length, default="", blank=True)


def later(length: int) -> Any:
    """A short text in a column that came later: lines written before it stay as they are."""
    return models.CharField(max_length=length, null=True)


def reference(to: str, **options: Any) -> Any:
    """A reference to another row, kept for ever; empty where the source is silent."""
    return models.ForeignKey(to, models.PROTECT, null=True, blank=True, related_name="+", **options)


def quantity_columns() -> tuple[Any, Any, Any, Any]:
    """The four columns of a quantity: low, high (closed, empty for unbounded), hedge, unit."""
    return (
        models.BigIntegerField(null=True),
        models.BigIntegerField(null=True),
        models.CharField(max_length=8, default="", blank=True),
        models.CharField(max_length=12, default="", blank=True),
    )


def quantity(row: models.Model, name: str) -> Quantity | None:
    """The quantity kept in four columns of a row; nothing when the source gives no number."""
    low, high, hedge, unit = (getattr(row, f"{name}_{part}") for part in ("low", "high", "hedge", "unit"))
    return None if low is None and high is None else Quantity(low, high, unit, hedge)


def later_quantity() -> tuple[Any, Any, Any, Any]:
    """The four columns of a quantity that came later: lines written before it stay as they are, and so does the table."""
    return (
        models.BigIntegerField(null=True),
        models.BigIntegerField(null=True),
        models.CharField(max_length=8, null=True),
        models.CharField(max_length=12, null=True),
    )


def in_order(model: str, names: Iterable[str]) -> list[models.CheckConstraint]:
    """The constraints that the bounds of quantities stand in order."""
    return [
        models.CheckConstraint(
            name=f"{model}_{name}_in_order",
            condition=models.Q(**{f"{name}_low__isnull": True})
            | models.Q(**{f"{name}_high__isnull": True})
            | models.Q(**{f"{name}_low__lte": models.F(f"{name}_high")}),
        )
        for name in names
    ]


def of(model: type[M], programme: models.Model) -> models.QuerySet[M]:
    """The rows of a kind that a programme has, by the index of records: a large book is not read for its two closings."""
    return model.objects.filter(record__programme=programme, record__kind=kind_of(model))


class Party(Numbered):
    """Who took part in a record, as what (terms: party), in the order of the source."""

    record = models.ForeignKey(Record, models.PROTECT, related_name="parties")
    role = models.CharField(max_length=16)
    position = models.PositiveIntegerField()
    organisation = models.ForeignKey("Organisation", models.PROTECT, related_name="+")

    class Meta:
        db_table = "records_party"
        constraints = [models.UniqueConstraint(fields=["record", "role", "position"], name="party_once")]


class Item(Numbered):
    """A named thing in a list of a record (terms: list), in the order of the source."""

    record = models.ForeignKey(Record, models.PROTECT, related_name="items")
    list = models.CharField(max_length=16)
    position = models.PositiveIntegerField()
    text = models.CharField(max_length=120)
    detail = words(60)

    class Meta:
        db_table = "records_item"
        constraints = [models.UniqueConstraint(fields=["record", "list", "position"], name="item_once")]


class Link(Numbered):
    """One record resting on another (terms: link): a plan on a consultation, a question on a gift."""

    record = models.ForeignKey(Record, models.PROTECT, related_name="links")
    role = models.CharField(max_length=16)
    position = models.PositiveIntegerField()
    to = models.ForeignKey(Record, models.PROTECT, related_name="linked_from")

    class Meta:
        db_table = "records_link"
        constraints = [models.UniqueConstraint(fields=["record", "role", "position"], name="link_once")]
