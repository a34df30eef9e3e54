"""Gifts: in cash, raised, in kind or as a service; goods have a number and no yuan unless they were valued."""

from django.db import models
from django.db.models import Q

from .record import Kind, in_order, quantity_columns, reference, words


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
