"""The money book: entries that are never edited, and postings whose balances the database itself guards."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from .record import Kind, Numbered, reference, words


class Fund(Kind):
    """Money of one source and year (terms: source, scope): kept apart from all other money on its whole way."""

    title = models.CharField(max_length=60)
    source = models.CharField(max_length=12)
    scope = models.CharField(max_length=12)
    year = models.PositiveIntegerField()
    giver = reference("Organisation")
    function_code = words(10)

    class Meta(Kind.Meta):
        db_table = "records_fund"

    def __str__(self) -> str:
        return self.title


class Notice(Kind):
    """A notice of funds (指标文件) of a side (terms: notice, side) on a day; its lines are entries.

    `key` is programme and number as they are compared.
    """

    number = models.CharField(max_length=40)
    key = models.CharField(max_length=100, unique=True)
    title = words(80)
    type = models.CharField(max_length=8)
    side = models.CharField(max_length=12)
    issuer = reference("Organisation")
    of = reference("self")
    function_code = words(10)
    basis = words(80)

    class Meta(Kind.Meta):
        db_table = "records_notice"

    def __str__(self) -> str:
        return self.number


class Receipt(Kind):
    """What the receiving side says has come, by its bank's reference; entries of state received match it."""

    amount = models.BigIntegerField()
    receiver = models.ForeignKey("Organisation", models.PROTECT, related_name="+")
    project = reference("Project")
    reference = models.CharField(max_length=40)
    key = models.CharField(max_length=100, unique=True)

    class Meta(Kind.Meta):
        db_table = "records_receipt"
        constraints = [
            *Kind.Meta.constraints,
            models.CheckConstraint(name="receipt_amount_positive", condition=Q(amount__gt=0)),
        ]


class Position(Numbered):
    """Where money of a programme can lie inside the book (terms: position), of one owner and one fund where it has them."""

    programme = models.ForeignKey("Programme", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)
    owner = reference("Record")
    fund = reference("Fund")

    class Meta:
        db_table = "records_position"
        constraints = [
            models.UniqueConstraint(
                "programme", "kind", Coalesce("owner", 0), Coalesce("fund", 0), name="position_of_owner_and_fund_once"
            )
        ]


class Entry(Kind):
    """A movement of money in whole fen: its state (terms: state), from where to where, what it rests on.

    `standing` tells how it counts: own (by itself), total (a stated total posted as one sum), part (detail drawn from a
    stated total, which it fills in and does not add to). `back` is set where the money goes the way of its state back:
    a recall, a return, a reversal, the last with `corrects`. `late` is set where its day lay in a closed period.
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
    back = models.BooleanField(null=True)
    late = models.BooleanField(null=True)
    fund = reference("Fund")
    notice = reference("Notice")
    receipt = reference("Receipt")
    contract = reference("Contract")
    claim = reference("Claim")

    class Meta(Kind.Meta):
        db_table = "records_entry"
        indexes = [models.Index(fields=["state"])]
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
