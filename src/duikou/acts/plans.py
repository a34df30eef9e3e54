"""Plans, principles, experience and consultations enter the book."""

from collections.abc import Callable

from duikou.records.models import Plan, Programme
from duikou.rules import plans as rules
from duikou.rules.fact import Fact, Told

from .judged import Judged, Keys, kept


def standings(_of: Programme, keys: Keys, _but: int | None) -> Callable[[Told[Fact]], rules.PlanKnown]:
    """What the book knows beside each plan; of other facts nothing is asked of it."""

    def standing(t: Told[Fact]) -> rules.PlanKnown:
        if isinstance(t.fact, rules.Plan):
            return known(kept(Plan, t.fact.under, keys), kept(Plan, t.fact.replaces, keys))
        return known()

    return standing


def known(upper: Plan | None = None, before: Plan | None = None) -> rules.PlanKnown:
    """What is known of a plan by the one above it and the one that it replaces."""
    return rules.PlanKnown(upper.when if upper else None, before.version if before else None)


PLANS = Judged(rules.RULES, standings)
