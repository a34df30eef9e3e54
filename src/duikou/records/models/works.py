"""What becomes of a project: the need behind it, papers, stages, progress, what it yields, inspections, assets."""

from django.db import models
from django.db.models import Q

from .record import Kind, in_order, quantity_columns, reference, words


class Need(Kind):
    """A need (群众最迫切需要) that a survey found in an area: of how many households and people."""

    title = models.CharField(max_length=60)
    sector = models.CharField(max_length=16)
    region = models.CharField(max_length=6)
    households_low, households_high, households_hedge, households_unit = quantity_columns()
    people_low, people_high, people_hedge, people_unit = quantity_columns()
    survey = reference("Record")

    class Meta(Kind.Meta):
        db_table = "records_need"
        constraints = [*Kind.Meta.constraints, *in_order("need", ["households", "people"])]

    def __str__(self) -> str:
        return self.title


class ProjectPaper(Kind):
    """A paper of a project (terms: requisite) with its number and issuer; `waived`: it says that none is needed."""

    project = models.ForeignKey("Project", models.PROTECT, related_name="papers")
    type = models.CharField(max_length=24)
    number = words(60)
    issuer = words(40)
    waived = models.BooleanField(default=False)
    document = reference("Document")

    class Meta(Kind.Meta):
        db_table = "records_project_paper"


class Milestone(Kind):
    """A stage (terms: life) of a project: by when it is due, and in `first` and `last` when it was reached."""

    project = models.ForeignKey("Project", models.PROTECT, related_name="milestones")
    stage = models.CharField(max_length=16)
    due = models.DateField(null=True)
    remark = words(60)

    class Meta(Kind.Meta):
        db_table = "records_milestone"
        constraints = [
            *Kind.Meta.constraints,
            models.UniqueConstraint(fields=["project", "stage"], name="milestone_once"),
        ]


class Progress(Kind):
    """What is reported of a project on a day: percent, stage in words, fen of work done by source, fen in place.

    Photographs hang from it as a list, by digest.
    """

    project = models.ForeignKey("Project", models.PROTECT, related_name="reports")
    percent = models.PositiveIntegerField(null=True)
    said = words(60)
    aid_done = models.BigIntegerField(null=True)
    other_done = models.BigIntegerField(null=True)
    in_place = models.BigIntegerField(null=True)
    remark = words(120)
    account = words(20)

    class Meta(Kind.Meta):
        db_table = "records_progress"
        constraints = [
            *Kind.Meta.constraints,
            models.CheckConstraint(name="progress_percent_within", condition=Q(percent__lte=100)),
        ]


class Output(Kind):
    """What a project is to yield (terms: output): target at approval, actual as verified on a day (`last`) by a paper."""

    project = models.ForeignKey("Project", models.PROTECT, related_name="outputs")
    type = models.CharField(max_length=20)
    name = words(40)
    target_low, target_high, target_hedge, target_unit = quantity_columns()
    actual_low, actual_high, actual_hedge, actual_unit = quantity_columns()
    evidence = reference("ProjectPaper")

    class Meta(Kind.Meta):
        db_table = "records_output"
        constraints = [*Kind.Meta.constraints, *in_order("output", ["target", "actual"])]


class Inspection(Kind):
    """A group looks at a project (terms: inspection): review, inspection, acceptance, yearly look, rating.

    `score` in tenths of a point, `use` (terms: asset_use) what it is used for after handover. Who took part are its
    parties; what was found hangs from it as a list, and each point is a question until it is settled.
    """

    project = models.ForeignKey("Project", models.PROTECT, related_name="inspections")
    type = models.CharField(max_length=20)
    conclusion = models.CharField(max_length=12)
    score = models.PositiveIntegerField(null=True)
    use = words(12)
    report = reference("ProjectPaper")

    class Meta(Kind.Meta):
        db_table = "records_inspection"
        constraints = [
            *Kind.Meta.constraints,
            models.CheckConstraint(name="inspection_score_within", condition=Q(score__lte=1000)),
        ]


class Asset(Kind):
    """A thing that a project leaves (terms: asset): class, cost in fen, who owns, runs and keeps it up."""

    project = models.ForeignKey("Project", models.PROTECT, related_name="assets")
    name = models.CharField(max_length=60)
    type = models.CharField(max_length=12)
    cost = models.BigIntegerField()
    owner = reference("Organisation")
    operator = words(40)
    certificate = words(40)
    upkeep = words(80)

    class Meta(Kind.Meta):
        db_table = "records_asset"
        constraints = [
            *Kind.Meta.constraints,
            models.CheckConstraint(name="asset_cost_positive", condition=Q(cost__gt=0)),
        ]
