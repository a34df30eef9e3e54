"""Gifts: in cash, raised, in kind or as a service; goods have a number and no yuan unless they were valued."""

from django.db import models
from django.db.models import Q

from .record import Kind, in_order, later, quantity_columns, reference, words


class Gift(Kind):
    """One gift: giver, receiver, what for, money or goods."""

    form = models.CharField(max_length=12)
    sector = models.CharField(max_length=16)
    giver = reference("Organisation")
    receiver = reference("Organisation")
    purpose = words(60)
    amount_low, amount_high, amount_hedge, amount_unit = quantity_columns()
    goods = words(20)
    number_low, number_high, number_hedge, number_unit = quantity_columns()
    open_list = models.BooleanField(default=False)
    directed = models.BooleanField(null=True)
    receipt_number = later(40)
    made_public = models.DateField(null=True)

    class Meta(Kind.Meta):
        db_table = "records_gift"
        constraints = [
            *Kind.Meta.constraints,
            *in_order("gift", ["amount", "number"]),
            models.CheckConstraint(
                name="gift_goods_have_no_money",
                condition=~Q(form__in=["goods", "service"]) | Q(amount_low__isnull=True, amount_high__isnull=True),
            ),
        ]


class Valuation(Kind):
    """What goods or a service are worth, and on what that rests; the gift itself stays without yuan."""

    gift = models.ForeignKey("Gift", models.PROTECT, related_name="valuations")
    basis = models.CharField(max_length=80)
    amount_low, amount_high, amount_hedge, amount_unit = quantity_columns()

    class Meta(Kind.Meta):
        db_table = "records_valuation"
        constraints = [*Kind.Meta.constraints, *in_order("valuation", ["amount"])]


class GiftUse(Kind):
    """What a gift was used for: so much of its money or so many of its things, for a project or in words."""

    gift = models.ForeignKey("Gift", models.PROTECT, related_name="uses")
    project = reference("Project")
    use = models.CharField(max_length=80)
    amount_low, amount_high, amount_hedge, amount_unit = quantity_columns()
    number_low, number_high, number_hedge, number_unit = quantity_columns()

    class Meta(Kind.Meta):
        db_table = "records_gift_use"
        constraints = [*Kind.Meta.constraints, *in_order("giftuse", ["amount", "number"])]
