"""What a project may cost: its line in the annual plan, changes asked for, its final accounts."""

from django.db import models
from django.db.models import Q

from .record import Kind, later, reference, words


class PlanLine(Kind):
    """A project in a plan: aid and total investment planned, feasibility and estimate (概算) approved, all in fen.

    What the money counts as (terms: share) hangs from it as a list. A later line of the same project replaces it.
    """

    plan = reference("Plan")
    project = models.ForeignKey("Project", models.PROTECT, related_name="plan_lines")
    scope = models.CharField(max_length=12)
    aid = models.BigIntegerField()
    total = models.BigIntegerField(null=True)
    feasibility = models.BigIntegerField(null=True)
    estimate = models.BigIntegerField(null=True)
    approval = words(40)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")

    class Meta(Kind.Meta):
        db_table = "records_plan_line"
        constraints = [
            *Kind.Meta.constraints,
            models.CheckConstraint(name="plan_line_aid_positive", condition=Q(aid__gt=0)),
        ]


class ProjectChange(Kind):
    """A change of a project asked for (terms: change), and how its approver decided.

    `content` says from what to what, `amount` by how many fen, `days` by how many days; `weighty`: it goes back to who
    approved the project; `carried` is the day on which it was carried out.
    """

    project = models.ForeignKey("Project", models.PROTECT, related_name="changes")
    type = models.CharField(max_length=12)
    reason = words(120)
    decided = models.DateField(null=True)
    approved = models.BooleanField(null=True)
    approval = words(40)
    content = later(120)
    amount = models.BigIntegerField(null=True)
    days = models.IntegerField(null=True)
    weighty = models.BooleanField(null=True)
    carried = models.DateField(null=True)

    class Meta(Kind.Meta):
        db_table = "records_project_change"


class Settlement(Kind):
    """The final accounts (竣工财务决算) of a project: from which day it could be used, by when they are due, when done."""

    project = models.OneToOneField("Project", models.PROTECT, related_name="settlement")
    usable = models.DateField()
    size = models.CharField(max_length=12)
    extended = models.DateField(null=True)
    settled = models.DateField(null=True)
    amount = models.BigIntegerField(null=True)

    class Meta(Kind.Meta):
        db_table = "records_settlement"
