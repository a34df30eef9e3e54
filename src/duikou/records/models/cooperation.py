"""Labour, consumption assistance, villages: what the two sides do together besides money and projects."""

from django.db import models

from .record import Kind, in_order, quantity_columns, reference, words


class LabourTransfer(Kind):
    """People of an area who were helped to work: where to, how, how many of them from families lifted out of poverty."""

    region = models.CharField(max_length=6)
    destination = models.CharField(max_length=12)
    placing = models.CharField(max_length=12)
    workers_low, workers_high, workers_hedge, workers_unit = quantity_columns()
    poor_low, poor_high, poor_hedge, poor_unit = quantity_columns()
    months_low, months_high, months_hedge, months_unit = quantity_columns()

    class Meta(Kind.Meta):
        db_table = "records_labour_transfer"
        constraints = [*Kind.Meta.constraints, *in_order("labourtransfer", ["workers", "poor", "months"])]


class Sale(Kind):
    """Products of an area that the supporting side bought, or helped to sell (terms: sale), by which channel."""

    product = models.CharField(max_length=40)
    region = models.CharField(max_length=6)
    type = models.CharField(max_length=12)
    channel = models.CharField(max_length=12)
    buyer = reference("Organisation")
    amount_low, amount_high, amount_hedge, amount_unit = quantity_columns()

    class Meta(Kind.Meta):
        db_table = "records_sale"
        constraints = [*Kind.Meta.constraints, *in_order("sale", ["amount"])]


class Village(Kind):
    """A model village: what is done there, with how much, and what the village earned in common before and after."""

    name = models.CharField(max_length=40)
    region = models.CharField(max_length=6)
    content = words(120)
    amount_low, amount_high, amount_hedge, amount_unit = quantity_columns()
    income_before_low, income_before_high, income_before_hedge, income_before_unit = quantity_columns()
    income_after_low, income_after_high, income_after_hedge, income_after_unit = quantity_columns()

    class Meta(Kind.Meta):
        db_table = "records_village"
        constraints = [*Kind.Meta.constraints, *in_order("village", ["amount", "income_before", "income_after"])]
