"""What is to be verified (待核): a rule's question about records, until someone answers it."""

from django.db import models

from .record import Kind, later, reference, words


class Finding(Kind):
    """A question: the rule that asks, what it found, what would settle it; the records it touches are linked.

    One that a standing check raised has the day it was raised, the office that answers for it and by when.
    """

    rule = models.CharField(max_length=24)
    title = models.CharField(max_length=80)
    found = words(120)
    remedy = words(120)
    state = models.CharField(max_length=12)
    amount = models.BigIntegerField(null=True)
    raised = models.DateField(null=True)
    owner = reference("Organisation")
    due = models.DateField(null=True)
    answer = later(120)
    evidence = reference("Document")
    settled = models.DateField(null=True)

    class Meta(Kind.Meta):
        db_table = "records_finding"
