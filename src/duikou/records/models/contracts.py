"""What money is paid for: contracts, claims under them, their invoices, and who countersigned."""

from django.db import models
from django.db.models import Q

from .record import Kind, Numbered, reference, words


class Contract(Kind):
    """A contract under a project with the payee it names; a supplement amends another. `key`: programme and number."""

    number = models.CharField(max_length=40)
    key = models.CharField(max_length=100, unique=True)
    title = words(80)
    project = models.ForeignKey("Project", models.PROTECT, related_name="contracts")
    payee = models.ForeignKey("Organisation", models.PROTECT, related_name="+")
    type = models.CharField(max_length=12)
    method = models.CharField(max_length=16)
    price = models.BigIntegerField()
    estimate = models.BigIntegerField(null=True)
    tender = words(40)
    retention = models.PositiveIntegerField(null=True)
    amends = reference("self")

    class Meta(Kind.Meta):
        db_table = "records_contract"
        constraints = [
            *Kind.Meta.constraints,
            models.CheckConstraint(name="contract_price_positive", condition=Q(price__gt=0)),
        ]

    def __str__(self) -> str:
        return self.number


class Claim(Kind):
    """A claim for payment: which part of a contract (terms: claim, stage), work done and claimed, then approved and held back.

    Amounts are fen, `done` the value of all work finished so far, `progress` and a contract's `retention` are per mille.
    """

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="claims")
    number = models.PositiveIntegerField()
    type = models.CharField(max_length=12)
    stage = models.CharField(max_length=20)
    use = models.CharField(max_length=20)
    progress = models.PositiveIntegerField(null=True)
    done = models.BigIntegerField(null=True)
    amount = models.BigIntegerField()
    approved = models.BigIntegerField(null=True)
    retained = models.BigIntegerField(null=True)
    purpose = words(60)
    state = models.CharField(max_length=12)

    class Meta(Kind.Meta):
        db_table = "records_claim"
        constraints = [
            *Kind.Meta.constraints,
            models.CheckConstraint(name="claim_amount_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="claim_approved_within", condition=Q(approved__lte=models.F("amount"))),
            models.CheckConstraint(name="claim_retained_within", condition=Q(retained__lte=models.F("approved"))),
            models.UniqueConstraint(fields=["contract", "number"], name="claim_once"),
        ]

    def __str__(self) -> str:
        return f"{self.contract.number} 第 {self.number} 期"


class Invoice(Numbered):
    """An invoice behind a claim; its code and number, as they are compared, stand for one invoice in the whole book."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="invoices")
    said = models.CharField(max_length=40)
    key = models.CharField(max_length=40, unique=True)
    seller = models.ForeignKey("Organisation", models.PROTECT, related_name="+")
    amount = models.BigIntegerField()

    class Meta:
        db_table = "records_invoice"
        constraints = [models.CheckConstraint(name="invoice_amount_positive", condition=Q(amount__gt=0))]


class Countersignature(Numbered):
    """Who countersigned a claim as what (terms: countersigner), on which day: no one signs the same claim twice."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="countersignatures")
    signer = models.CharField(max_length=20)
    account = models.CharField(max_length=20)
    day = models.DateField()

    class Meta:
        db_table = "records_countersignature"
        constraints = [
            models.UniqueConstraint(fields=["claim", "signer"], name="countersigned_once_as"),
            models.UniqueConstraint(fields=["claim", "account"], name="countersigned_once_by"),
        ]
