"""Investments with their steps and results, and intentions enter the book."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from duikou.records.models import Investment, InvestmentResult, InvestmentStep, Programme, of
from duikou.rules import enterprises as rules
from duikou.rules.fact import Fact, Told

from .doing import today
from .judged import Judged, Keys, kept

STEP = ("investment_id", "step", "first")


def standings(programme: Programme, keys: Keys, but: int | None) -> Callable[[Told[Fact]], rules.EnterpriseStanding]:
    """The steps that an investment has taken; whether a year of its results stands already."""
    years = set(of(InvestmentResult, programme).exclude(pk=but).values_list("investment_id", "year"))
    taken: dict[int, dict[str, date]] = {}
    steps = of(InvestmentStep, programme).exclude(pk=but).exclude(first=None).order_by("first", "pk")
    for investment, step, day in steps.values_list(*STEP):
        taken.setdefault(investment, {})[step] = day

    def standing(t: Told[Fact]) -> rules.EnterpriseStanding:
        known, fact = rules.EnterpriseStanding(today()), t.fact
        row = kept(Investment, getattr(fact, "investment", None), keys)
        if row and isinstance(fact, rules.InvestmentStep):
            before = dict(taken.get(row.pk, {}))
            if fact.day:
                taken.setdefault(row.pk, {})[fact.step] = fact.day
            return replace(known, taken=before)
        if row and isinstance(fact, rules.InvestmentResult):
            twin = (row.pk, fact.year) in years
            years.add((row.pk, fact.year))
            return replace(known, twin=twin)
        return known

    return standing


ENTERPRISES = Judged(rules.RULES, standings)
