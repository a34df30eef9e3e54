"""Working tables, outside journal and replay: long work under way, requests that were answered, sheets not taken yet."""

from django.db import models


class Job(models.Model):
    """Long work (terms: job for its state): who asked for it, how far it is in words, what came of it."""

    number = models.BigAutoField(primary_key=True)
    work = models.CharField(max_length=24)
    account = models.CharField(max_length=20)
    options = models.JSONField(default=dict)
    state = models.CharField(max_length=12, default="waiting")
    said = models.CharField(max_length=120, blank=True, default="")
    done = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    worker = models.CharField(max_length=40, blank=True, default="")
    tries = models.PositiveIntegerField(default=0)
    stop = models.BooleanField(default=False)
    result = models.JSONField(default=dict)

    class Meta:
        db_table = "working_job"
        indexes = [models.Index(fields=["state", "number"])]


class Request(models.Model):
    """A request that bore a key (idempotency key): what it asked by digest, what it was answered; asked again it is told that."""

    account = models.CharField(max_length=20)
    key = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)
    answer = models.JSONField(default=list)
    at = models.DateTimeField()

    class Meta:
        db_table = "working_request"
        constraints = [models.UniqueConstraint(fields=["account", "key"], name="request_once")]


class Upload(models.Model):
    """A file that was dropped in and is not taken yet: who, for which programme, its digest and what a person has said of it.

    `chosen` holds the sheet and layout, the year meant, what names mean (sort:name) and how columns are to be read.
    """

    number = models.BigAutoField(primary_key=True)
    account = models.CharField(max_length=20)
    programme = models.CharField(max_length=24)
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    chosen = models.JSONField(default=dict)
    at = models.DateTimeField()
    submission = models.BigIntegerField(null=True)

    class Meta:
        db_table = "working_upload"
        indexes = [models.Index(fields=["account", "number"])]


class SavedLayout(models.Model):
    """How the columns of an office's own sheet are read: by its headings, for a kind of record."""

    number = models.BigAutoField(primary_key=True)
    office = models.CharField(max_length=40)
    kind = models.CharField(max_length=24)
    title = models.CharField(max_length=120)
    columns = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        db_table = "working_layout"
        constraints = [models.UniqueConstraint(fields=["office", "title"], name="layout_once")]
