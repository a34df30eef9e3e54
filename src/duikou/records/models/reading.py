"""What people made of texts that were read: each passage with what was decided of it, and how an office's words are read."""

from django.db import models

from .record import Kind, reference
from .record import words as short


class Reviewed(Kind):
    """A passage that was read and decided on (terms: review): where it stands, what it was read as, the record it led to.

    What was declined is not offered again.
    """

    document = models.ForeignKey("Document", models.PROTECT, related_name="+")
    paragraph = models.PositiveIntegerField()
    begins = models.PositiveIntegerField()
    ends = models.PositiveIntegerField()
    reads = models.CharField(max_length=24)
    text = short(40)
    verdict = models.CharField(max_length=12)
    about = reference("Record")
    reason = short(120)

    class Meta(Kind.Meta):
        db_table = "records_reviewed"


class Wording(Kind):
    """An example of an office's wording: words that were read one way in an aspect and, by its correction, mean another."""

    office = short(40)
    aspect = models.CharField(max_length=24)
    words = models.CharField(max_length=60)
    was = short(80)
    reads = models.CharField(max_length=80)
    document = reference("Document")

    class Meta(Kind.Meta):
        db_table = "records_wording"
