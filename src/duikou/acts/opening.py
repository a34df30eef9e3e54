"""A programme is opened with its leading office, and organisations are registered as they come to take part in it."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, count

from duikou.records.models import Organisation, Programme
from duikou.rules import programmes as rules
from duikou.rules.fact import Told
from duikou.rules.rights import Person
from duikou.terms.words import regions

from .accepting import accept_programmes
from .doing import always, doing, judge_all, place_of
from .entering import enter
from .programmes import of_organisation

LONGEST = 6  # characters of a code


def open_programme(
    fact: rules.Programme, office: rules.Organisation | None = None, *, person: Person, reason: str
) -> Programme:
    """Open a programme; without a code it is given one. An office that the book does not hold yet is registered with it."""
    code = fact.code or free_code(fact.supporting, fact.receiving)
    new = [Told(replace(office, code=_free_number(), region=fact.supporting), {})] if office else []
    fact = replace(fact, code=code, office=new[0].fact.code if new else fact.office)
    (number,) = accept_programmes([Told(fact, {})], new, {}, person=person, reason=reason)
    return Programme.objects.get(pk=number)


def register_organisation(fact: rules.Organisation, *, programme: Programme, person: Person) -> int:
    """An organisation that takes part in a programme, with what it is part of and its former names; its record number."""
    with doing("register_organisation", person=person, place=place_of(programme)) as work:
        told = Told(replace(fact, code=fact.code or _free_number()), {})
        judge_all(work, [told], rules.RULES, always(of_organisation(fact)), opened=None)
        work.refuse_if_stopped()
        return enter(work, None, [told], {})[0]


def free_code(supporting: str, receiving: str) -> str:
    """A code for a programme between two areas that none bears yet: be-ho for Beijing and Hotan, then be-ho2."""
    stem = "-".join(filter(None, (_letters(area) for area in (supporting, receiving)))) or "p"
    tries = chain([stem], (f"{stem[: LONGEST - len(str(n))]}{n}" for n in count(2)))
    return _first_free(tries, set(Programme.objects.values_list("code", flat=True)))


def _letters(area: str) -> str:
    """The first two letters of an area's English name, of its code where it has none."""
    rows = regions().get(area, ())
    said = rows[-1].en[:2].lower() if rows else ""
    return said if said.isalpha() and said.isascii() else area[:2]


def _free_number() -> str:
    """The code of a new organisation that nobody gave one: o00001."""
    taken = set(Organisation.objects.filter(code__startswith="o").values_list("code", flat=True))
    return _first_free((f"o{n:05d}" for n in count(1)), taken)


def _first_free(tries: Iterator[str], taken: set[str]) -> str:
    return next(code for code in tries if code not in taken)
