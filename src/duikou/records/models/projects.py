"""Projects, and totals that a source states without their parts."""

from django.db import models

from .record import Kind, in_order, later, quantity_columns, reference, words


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
    """A project: name, sector, state; `part_of` the stated total it is listed under.

    `stage` (terms: life) is the furthest that acts have brought it to, empty where only a source speaks of it. Of its
    kind: delivery, aid_form, assets fixed or not, timing, level; who answers for it on both sides, by office and post.
    """

    name = models.CharField(max_length=60)
    sector = models.CharField(max_length=16)
    status = models.CharField(max_length=16)
    region = models.CharField(max_length=6, blank=True, default="")
    part_of = reference("StatedTotal")
    brought_in = words(60)
    may_be_several = models.BooleanField(default=False)
    open_list = models.BooleanField(default=False)
    code = later(24)
    stage = later(16)
    delivery = later(16)
    aid_form = later(16)
    fixed = models.BooleanField(null=True)
    paired = models.BooleanField(null=True)
    timing = later(12)
    level = later(12)
    year = models.PositiveIntegerField(null=True)
    place = later(60)
    content = later(120)
    benefit = later(80)
    owner = reference("Organisation")
    owner_post = later(40)
    front = reference("Organisation")
    front_post = later(40)
    remark = later(120)

    class Meta(Kind.Meta):
        db_table = "records_project"

    def __str__(self) -> str:
        return self.name
