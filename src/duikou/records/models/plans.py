"""What is meant to be done: plans, what guides them, what led to them."""

from django.db import models

from .record import Kind, in_order, quantity_columns, reference, words


class Plan(Kind):
    """A five-year or annual plan with its state; `first` and `last` are the years it is for."""

    title = models.CharField(max_length=80)
    type = models.CharField(max_length=16)
    status = models.CharField(max_length=16)
    version = models.PositiveIntegerField(null=True)
    replaces = reference("self")
    under = reference("self")

    class Meta(Kind.Meta):
        db_table = "records_plan"


class Principle(Kind):
    """Principles, tasks or a priority (terms: principle); its points hang from it as a list."""

    type = models.CharField(max_length=16)

    class Meta(Kind.Meta):
        db_table = "records_principle"


class Experience(Kind):
    """Years of earlier support that are drawn upon."""

    subject = models.CharField(max_length=40)
    years_low, years_high, years_hedge, years_unit = quantity_columns()

    class Meta(Kind.Meta):
        db_table = "records_experience"
        constraints = [*Kind.Meta.constraints, *in_order("experience", ["years"])]


class Consultation(Kind):
    """Rounds of consultation between the sides; what they led to hangs from it."""

    subject = words(40)
    times_low, times_high, times_hedge, times_unit = quantity_columns()

    class Meta(Kind.Meta):
        db_table = "records_consultation"
        constraints = [*Kind.Meta.constraints, *in_order("consultation", ["times"])]
