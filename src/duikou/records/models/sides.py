"""What the other side says, beside our record of it."""

from django.db import models

from .record import Kind, in_order, quantity_columns, reference, words


class OtherSaying(Kind):
    """One thing that the other side has published: of what kind, about which of our records, how the two compare.

    It is never counted; `verdict` (terms: verdict) is what the rules found, `detail` in which aspects the two differ.
    """

    of = models.CharField(max_length=24)
    title = models.CharField(max_length=80)
    about = reference("Record")
    verdict = models.CharField(max_length=12)
    detail = words(120)
    value_low, value_high, value_hedge, value_unit = quantity_columns()

    class Meta(Kind.Meta):
        db_table = "records_other_saying"
        constraints = [*Kind.Meta.constraints, *in_order("other_saying", ["value"])]
