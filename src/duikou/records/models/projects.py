"""Projects, and totals that a source states without their parts."""

from django.db import models

from .record import Kind, in_order, quantity_columns, reference, words


class StatedTotal(Kind):
    """A total as a source asserts it on a day: of what (terms: total), how much, in which state; parts may point here."""

    of = models.CharField(max_length=16)
    as_of = models.DateField()
    status = words(16)
    amount_low, amount_high, amount_hedge, amount_unit = quantity_columns()
    open_list = models.BooleanField(default=False)

    class Meta(Kind.Meta):
        db_table = "records_stated_total"
        constraints = [*Kind.Meta.constraints, *in_order("statedtotal", ["amount"])]


class Project(Kind):
    """A project: name, sector, state; `part_of` the stated total it is listed under."""

    name = models.CharField(max_length=60)
    sector = models.CharField(max_length=16)
    status = models.CharField(max_length=16)
    region = models.CharField(max_length=6, blank=True, default="")
    part_of = reference("StatedTotal")
    brought_in = words(60)
    may_be_several = models.BooleanField(default=False)
    open_list = models.BooleanField(default=False)

    class Meta(Kind.Meta):
        db_table = "records_project"

    def __str__(self) -> str:
        return self.name
