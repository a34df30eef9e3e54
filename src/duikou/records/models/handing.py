"""What offices hand in and are asked for: sheets that were taken, requests for data, lines of bank lists and their matches."""

from django.db import models
from django.db.models import Q

from .record import Kind, Numbered, reference, words


class Submission(Kind):
    """A sheet that an office handed in and the book took: its receipt, layout, area, document, rows new, changed and the same.

    What it brought and changed hangs from it as links (brings, changes); `undone` is the day on which it was taken back.
    """

    receipt = models.CharField(max_length=24)
    layout = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    office = reference("Organisation")
    region = words(6)
    document = models.ForeignKey("Document", models.PROTECT, related_name="+")
    added = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    same = models.PositiveIntegerField()
    undone = models.DateField(null=True)

    class Meta(Kind.Meta):
        db_table = "records_submission"


class DataRequest(Kind):
    """An office is asked for a sheet of a period (`first`, `last`) by a day; its answer (terms: data_answer) with its day."""

    layout = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    office = models.ForeignKey("Organisation", models.PROTECT, related_name="+")
    region = words(6)
    asked_on = models.DateField()
    due = models.DateField()
    answer = models.CharField(max_length=12, default="asked")
    answered = models.DateField(null=True)
    reason = words(120)
    reminded = models.DateField(null=True)
    submission = reference("Submission")

    class Meta(Kind.Meta):
        db_table = "records_data_request"


class BankLine(Kind):
    """A line of a bank's or treasury's list: account, serial, which way (terms: flow), fen, the other party, what for.

    `owner` answers for it while it is open; `reason` says why nothing of the ledger belongs to it.
    """

    document = models.ForeignKey("Document", models.PROTECT, related_name="+")
    account = words(60)
    serial = models.CharField(max_length=60)
    flow = models.CharField(max_length=8)
    amount = models.BigIntegerField()
    party = words(120)
    summary = words(120)
    owner = reference("Organisation")
    reason = words(120)

    class Meta(Kind.Meta):
        db_table = "records_bank_line"
        constraints = [
            *Kind.Meta.constraints,
            models.CheckConstraint(name="bank_line_amount_positive", condition=Q(amount__gt=0)),
        ]


class BankMatch(Numbered):
    """So many fen of a line of a bank's list are an entry of the ledger; `struck`: taken back."""

    line = models.ForeignKey(BankLine, models.PROTECT, related_name="matches")
    entry = models.ForeignKey("Entry", models.PROTECT, related_name="+")
    amount = models.BigIntegerField()
    struck = models.BooleanField(null=True)

    class Meta:
        db_table = "records_bank_match"
        constraints = [models.CheckConstraint(name="bank_match_amount_positive", condition=Q(amount__gt=0))]
