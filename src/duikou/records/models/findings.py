"""What is to be verified (待核): a rule's question about records, until someone answers it."""

from django.db import models

from .record import Kind, words


class Finding(Kind):
    """A question: the rule that asks, what it found, what would settle it; the records it touches are linked."""

    rule = models.CharField(max_length=24)
    title = models.CharField(max_length=80)
    found = words(120)
    remedy = words(120)
    state = models.CharField(max_length=12)

    class Meta(Kind.Meta):
        db_table = "records_finding"
