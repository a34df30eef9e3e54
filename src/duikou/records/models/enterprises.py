"""Enterprise investment and letters of intent: neither is aid, and an intention is not an investment."""

from django.db import models

from .record import Kind, in_order, later, later_quantity, quantity_columns, reference, words


class Investment(Kind):
    """A plant or firm that an investor builds: what is there, and what is only expected of it per year."""

    name = models.CharField(max_length=40)
    investor = reference("Organisation")
    company = reference("Organisation")
    sole = models.BooleanField(default=False)
    region = models.CharField(max_length=6, blank=True, default="")
    product = words(20)
    status = models.CharField(max_length=16)
    total_low, total_high, total_hedge, total_unit = quantity_columns()
    capacity_low, capacity_high, capacity_hedge, capacity_unit = quantity_columns()
    jobs_low, jobs_high, jobs_hedge, jobs_unit = quantity_columns()
    output_low, output_high, output_hedge, output_unit = quantity_columns()
    output_basis = words(12)
    profit_low, profit_high, profit_hedge, profit_unit = quantity_columns()
    profit_basis = words(12)
    benefit = later(120)
    agreed_low, agreed_high, agreed_hedge, agreed_unit = later_quantity()

    class Meta(Kind.Meta):
        db_table = "records_investment"
        constraints = [
            *Kind.Meta.constraints,
            *in_order("investment", ["total", "capacity", "jobs", "output", "profit"]),
        ]


class InvestmentStep(Kind):
    """A step that an investment has taken (terms: step) on its day; money in place says how much came by this step."""

    investment = models.ForeignKey("Investment", models.PROTECT, related_name="steps")
    step = models.CharField(max_length=12)
    amount_low, amount_high, amount_hedge, amount_unit = quantity_columns()

    class Meta(Kind.Meta):
        db_table = "records_investment_step"
        constraints = [*Kind.Meta.constraints, *in_order("investmentstep", ["amount"])]


class InvestmentResult(Kind):
    """What an investment yielded in a year, as verified: jobs, output, profit and tax; what is expected stands with it."""

    investment = models.ForeignKey("Investment", models.PROTECT, related_name="results")
    year = models.PositiveIntegerField()
    jobs_low, jobs_high, jobs_hedge, jobs_unit = quantity_columns()
    poor_low, poor_high, poor_hedge, poor_unit = quantity_columns()
    output_low, output_high, output_hedge, output_unit = quantity_columns()
    profit_low, profit_high, profit_hedge, profit_unit = quantity_columns()

    class Meta(Kind.Meta):
        db_table = "records_investment_result"
        constraints = [
            *Kind.Meta.constraints,
            *in_order("investmentresult", ["jobs", "poor", "output", "profit"]),
            models.UniqueConstraint(fields=["investment", "year"], name="investment_result_once"),
        ]


class Intent(Kind):
    """A letter of intent, or the sum of several: an intention, added to nothing that is done."""

    event = models.CharField(max_length=40)
    itemised = models.BooleanField(default=False)
    investment = reference("Investment")
    amount_low, amount_high, amount_hedge, amount_unit = quantity_columns()

    class Meta(Kind.Meta):
        db_table = "records_intent"
        constraints = [*Kind.Meta.constraints, *in_order("intent", ["amount"])]
