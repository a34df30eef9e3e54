"""Heads (账首) of other offices' books as their signed snapshots said them: witnesses against a book that is written anew."""

from django.db import models

from .record import Numbered, reference, words


class ReceivedHead(Numbered):
    """A head that an office signed and handed in: its book, line and root, the snapshot's digest, the key that signed it.

    `verdict` says how it stood to those received before; where it contradicts one, `against` is that one, and
    it is kept as evidence, never held against later ones. `manifest` is the digest of what was signed.
    """

    book = models.CharField(max_length=10)
    office = models.CharField(max_length=80)
    epoch = models.PositiveIntegerField()
    line = models.BigIntegerField()
    root = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    key = models.CharField(max_length=44)
    manifest = models.CharField(max_length=64)
    verdict = words(12)
    against = reference("self")
    received = models.DateField()

    class Meta:
        db_table = "records_received_head"
        constraints = [models.UniqueConstraint(fields=["book", "line", "root"], name="received_head_once")]

    def __str__(self) -> str:
        return f"{self.book}.{self.epoch} · {self.line}"
