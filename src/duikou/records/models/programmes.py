"""Who helps whom, what was agreed, who met."""

from django.db import models

from .record import Kind, in_order, later, quantity_columns, reference, words


class Programme(Kind):
    """A paired-assistance programme: scheme, the two regions (GB/T 2260), and the day its book was opened."""

    code = models.CharField(max_length=6, unique=True)
    title = models.CharField(max_length=80)
    scheme = models.CharField(max_length=24)
    supporting = models.CharField(max_length=6, blank=True, default="")
    receiving = models.CharField(max_length=6, blank=True, default="")
    office = reference("Organisation")
    opened = models.DateField()
    published = models.DateField(null=True)

    class Meta(Kind.Meta):
        db_table = "records_programme"

    def __str__(self) -> str:
        return self.title


class Organisation(Kind):
    """An organisation or a government: short code, name, area, the one it is part of, its credit code."""

    code = models.CharField(max_length=6, unique=True)
    name = models.CharField(max_length=60)
    short = words(30)
    type = models.CharField(max_length=16)
    region = models.CharField(max_length=6, blank=True, default="")
    parent = reference("self")
    credit_code = models.CharField(max_length=18, null=True, unique=True)  # noqa: DJ001  unique where there is one
    successor = reference("self")

    class Meta(Kind.Meta):
        db_table = "records_organisation"

    def __str__(self) -> str:
        return self.name


class Pairing(Kind):
    """Giver and receiver paired: at which level, decided by whom, charged with what; begun by a day at the latest."""

    level = models.CharField(max_length=16)
    giver = reference("Organisation")
    receiver = reference("Organisation")
    decided_by = reference("Record")
    mandate = words()
    begun_by = models.DateField(null=True)
    ended = models.DateField(null=True)
    rests_on = reference("Record")
    remark = later(120)

    class Meta(Kind.Meta):
        db_table = "records_pairing"


class Agreement(Kind):
    """A signed agreement; its parties and fields hang from it."""

    title = models.CharField(max_length=80)
    type = models.CharField(max_length=16)
    theme = words(120)
    arises_from = reference("Record")
    open_list = models.BooleanField(default=False)

    class Meta(Kind.Meta):
        db_table = "records_agreement"


class Visit(Kind):
    """A visit, a meeting, field research or an inspection; visitors, hosts and members hang from it."""

    type = models.CharField(max_length=16)
    name = models.CharField(max_length=60)
    when_said = words(40)
    place = words(40)
    event = words(40)
    purpose = words(80)
    outcome = words(80)
    meetings_low, meetings_high, meetings_hedge, meetings_unit = quantity_columns()
    groups_low, groups_high, groups_hedge, groups_unit = quantity_columns()
    people_low, people_high, people_hedge, people_unit = quantity_columns()
    open_list = models.BooleanField(default=False)
    rank = later(12)

    class Meta(Kind.Meta):
        db_table = "records_visit"
        constraints = [*Kind.Meta.constraints, *in_order("visit", ["meetings", "groups", "people"])]


class Indicator(Kind):
    """A target that an agreement sets for its year: the figure (sheet) it is held against, or words where there is none."""

    agreement = models.ForeignKey("Agreement", models.PROTECT, related_name="indicators")
    name = models.CharField(max_length=60)
    sheet = words(40)
    direction = words(16)
    target_low, target_high, target_hedge, target_unit = quantity_columns()

    class Meta(Kind.Meta):
        db_table = "records_indicator"
        constraints = [*Kind.Meta.constraints, *in_order("indicator", ["target"])]
