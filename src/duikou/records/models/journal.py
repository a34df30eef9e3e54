"""The journal: lines that are small trees of stored text, and one tree over the lines (docs/journal-format.md)."""

from django.db import models


class JournalLine(models.Model):
    """One act: header text, root of its own small tree, root of the book's tree after it; both in hex."""

    number = models.BigIntegerField(primary_key=True)
    header = models.TextField()
    hash = models.CharField(max_length=64)
    root = models.CharField(max_length=64)

    class Meta:
        db_table = "journal_line"


class JournalImage(models.Model):
    """One row as it is after the act, as stored text; table and row number stand beside it to be found by."""

    id = models.BigAutoField(primary_key=True)
    line = models.ForeignKey(JournalLine, models.PROTECT, related_name="images")
    position = models.PositiveIntegerField()
    table = models.CharField(max_length=40)
    number = models.BigIntegerField()
    text = models.TextField()

    class Meta:
        db_table = "journal_image"
        constraints = [models.UniqueConstraint(fields=["line", "position"], name="image_once")]
        indexes = [models.Index(fields=["table", "number"])]
