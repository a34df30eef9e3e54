"""Training, secondment, students, cohorts and medical teams enter the book, each number in its own unit."""

from collections.abc import Callable
from dataclasses import replace

from duikou.records.models import Cohort, Programme, StudyClass, of, quantity
from duikou.rules import people as rules
from duikou.rules.fact import Fact, Told

from .doing import today
from .judged import Judged, Keys, kept


def standings(programme: Programme, keys: Keys, but: int | None) -> Callable[[Told[Fact]], rules.PeopleStanding]:
    """The quota of the class of a cohort; whether its year stands already."""
    years = set(of(Cohort, programme).exclude(pk=but).values_list("study_class_id", "year"))

    def standing(t: Told[Fact]) -> rules.PeopleStanding:
        known = rules.PeopleStanding(today())
        if not isinstance(t.fact, rules.Cohort) or not (row := kept(StudyClass, t.fact.study_class, keys)):
            return known
        twin = (row.pk, t.fact.year) in years
        years.add((row.pk, t.fact.year))
        return replace(known, quota=quantity(row, "intake"), twin=twin)

    return standing


PEOPLE = Judged(rules.RULES, standings)
