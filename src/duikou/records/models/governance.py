"""What the programme rests on and is led by; what was decided, handed on and promised."""

from django.db import models

from .record import Kind, in_order, quantity_columns, reference, words


class PolicyBasis(Kind):
    """A meeting or paper from above that the programme rests on."""

    title = models.CharField(max_length=80)

    class Meta(Kind.Meta):
        db_table = "records_policy_basis"


class LeadingGroup(Kind):
    """The body that decides; its roles (office, not person) hang from it."""

    name = models.CharField(max_length=40)
    duty = words(80)

    class Meta(Kind.Meta):
        db_table = "records_leading_group"


class WorkingRule(Kind):
    """A standing rule of how matters are decided: text, and the body that decides."""

    text = models.CharField(max_length=120)
    decided_by = reference("Record")

    class Meta(Kind.Meta):
        db_table = "records_working_rule"


class Measures(Kind):
    """A 管理办法: title, issuer, purpose, whether its articles are known."""

    title = models.CharField(max_length=60)
    issuer = reference("Organisation")
    purpose = words(80)
    articles_known = models.BooleanField(default=False)

    class Meta(Kind.Meta):
        db_table = "records_measures"


class Instruction(Kind):
    """An instruction given by offices, once or several times; the offices hang from it."""

    content = models.CharField(max_length=120)
    times_low, times_high, times_hedge, times_unit = quantity_columns()

    class Meta(Kind.Meta):
        db_table = "records_instruction"
        constraints = [*Kind.Meta.constraints, *in_order("instruction", ["times"])]


class Decision(Kind):
    """A matter decided by a body or an office: its number (纪要号, 文号); what it decides about is linked (terms: link)."""

    number = models.CharField(max_length=40)
    type = models.CharField(max_length=12)
    matter = models.CharField(max_length=120)
    decided_by = reference("Record")

    class Meta(Kind.Meta):
        db_table = "records_decision"


class Assignment(Kind):
    """A matter handed to an office: out of what it arises, by when it is due, how and when the office answered."""

    content = models.CharField(max_length=120)
    office = models.ForeignKey("Organisation", models.PROTECT, related_name="+")
    arises_from = reference("Record")
    due = models.DateField(null=True)
    answer = words(200)
    answered = models.DateField(null=True)

    class Meta(Kind.Meta):
        db_table = "records_assignment"


class Commitment(Kind):
    """A promise made in a report, about which a later report can be asked."""

    text = models.CharField(max_length=80)

    class Meta(Kind.Meta):
        db_table = "records_commitment"


class CommitmentReply(Kind):
    """What a later report says of a promise: whether it was kept (terms: reply), and how."""

    commitment = models.ForeignKey("Commitment", models.PROTECT, related_name="replies")
    kept = models.CharField(max_length=12)
    text = models.CharField(max_length=200)

    class Meta(Kind.Meta):
        db_table = "records_commitment_reply"
