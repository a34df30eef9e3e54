"""The rules that a programme has chosen: which hold, how heavily, from when to when, with which values."""

from django.db import models

from .record import Kind, words


class Setting(Kind):
    """One rule in a programme's pack (terms: weight); its values hang from it as a list, those not set are not there."""

    pack = models.CharField(max_length=24)
    rule = models.CharField(max_length=24)
    weight = models.CharField(max_length=8)
    basis = words(120)
    ended = models.DateField(null=True)

    class Meta(Kind.Meta):
        db_table = "records_setting"


class Closing(Kind):
    """A month or a year that was closed; the journal line that wrote it is the line its tables are made from."""

    reconciled = words(60)
    reopened = models.DateField(null=True)

    class Meta(Kind.Meta):
        db_table = "records_closing"
