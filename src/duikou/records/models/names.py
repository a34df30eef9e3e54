"""Personal data in two halves: a numbered commitment under the journal, value and salt in a store beside it (J10)."""

from django.db import models

from .record import Numbered


class Personal(Numbered):
    """One field of one person as the book knows it: a commitment to the value, and whether the value was erased."""

    field = models.CharField(max_length=20)
    commitment = models.CharField(max_length=64)
    erased = models.BooleanField(default=False)

    class Meta:
        db_table = "records_personal"


class Name(models.Model):
    """The value and salt of a personal field; outside journal, replay and snapshots; erasing deletes the row."""

    number = models.BigIntegerField(primary_key=True)
    value = models.TextField()
    salt = models.CharField(max_length=32)

    class Meta:
        db_table = "names_name"


class NameRead(models.Model):
    """A reading of personal data: when, which account, of which fields, to what end; kept half a year at least."""

    number = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    account = models.CharField(max_length=20)
    names = models.JSONField()
    why = models.CharField(max_length=120)

    class Meta:
        db_table = "names_read"
