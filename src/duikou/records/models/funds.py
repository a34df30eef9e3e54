"""The money book: entries that are never edited, and postings whose balances the database itself guards."""

from django.db import models
from django.db.models import F, Q

from .record import Kind, Numbered, reference, words


class Position(Numbered):
    """Where money of a programme can lie inside the book (terms: position), for one owner where it has one."""

    programme = models.ForeignKey("Programme", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)
    owner = reference("Record")

    class Meta:
        db_table = "records_position"
        constraints = [
            models.UniqueConstraint(fields=["programme", "kind", "owner"], nulls_distinct=False, name="position_once")
        ]


class Entry(Kind):
    """A movement of money in whole fen: its state (terms: state), from where to where, what it rests on.

    `standing` tells how it counts: own (by itself), total (a stated total posted as one sum), part (detail drawn from a
    stated total, which it fills in and does not add to).
    """

    state = models.CharField(max_length=16)
    standing = models.CharField(max_length=8)
    amount = models.BigIntegerField()
    total = reference("StatedTotal")
    of = reference("self")
    corrects = reference("self")
    payer = reference("Organisation")
    receiver = reference("Organisation")
    project = reference("Project")
    voucher = words(40)
    voucher_key = models.CharField(max_length=80, default="", blank=True, db_index=True)
    purpose = words(60)

    class Meta(Kind.Meta):
        db_table = "records_entry"
        constraints = [
            *Kind.Meta.constraints,
            models.CheckConstraint(name="entry_amount_positive", condition=Q(amount__gt=0)),
            models.UniqueConstraint(fields=["record", "amount"], name="entry_amount_once"),
            models.UniqueConstraint(fields=["corrects"], name="entry_corrected_once"),
            models.CheckConstraint(name="entry_part_has_total", condition=~Q(standing="part") | Q(total__isnull=False)),
        ]


class Posting(Numbered):
    """One side of an entry on one position: amount with sign, place in the position's row, balance after it.

    The table is made by hand in the migration: composite keys bind each posting to the one before it and to its
    entry's amount, so that a wrong balance, a gap, a second writer or an overdraft cannot be written.
    """

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="postings")
    position = models.ForeignKey(Position, models.PROTECT, related_name="postings")
    sequence = models.PositiveIntegerField()
    sign = models.SmallIntegerField()
    amount = models.BigIntegerField()
    balance = models.BigIntegerField()
    before_sequence = models.PositiveIntegerField(null=True)
    before_balance = models.BigIntegerField(null=True)

    class Meta:
        db_table = "records_posting"
        constraints = [
            models.UniqueConstraint(fields=["position", "sequence"], name="posting_once"),
            models.UniqueConstraint(fields=["entry", "sign"], name="posting_side_once"),
            models.CheckConstraint(name="posting_not_overdrawn", condition=Q(balance__gte=0)),
            models.CheckConstraint(
                name="posting_follows",
                condition=Q(
                    sequence=1,
                    before_sequence__isnull=True,
                    before_balance__isnull=True,
                    balance=F("sign") * F("amount"),
                )
                | Q(
                    sequence__gt=1,
                    before_sequence__isnull=False,
                    before_balance__isnull=False,
                    before_sequence=F("sequence") - 1,
                    balance=F("before_balance") + F("sign") * F("amount"),
                ),
            ),
        ]
