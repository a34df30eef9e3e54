"""What a programme rests on and is led by enters the book; decisions, assignments and their answers, promises and replies."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from duikou.records.models import Assignment, Commitment, Decision, Programme, of
from duikou.rules import governance as rules
from duikou.rules.fact import Fact, Told
from duikou.rules.period import Period
from duikou.rules.rights import Person

from .doing import ask, doing, judge_one, place_of, today
from .judged import Judged, Keys, kept


def standings(programme: Programme, keys: Keys, but: int | None) -> Callable[[Told[Fact]], rules.GovernanceStanding]:
    """What bears the number of a decision already; when a promise was made."""
    bearers = dict(of(Decision, programme).exclude(pk=but).values_list("number", "matter"))

    def standing(t: Told[Fact]) -> rules.GovernanceStanding:
        known = rules.GovernanceStanding(today())
        if isinstance(t.fact, rules.Decision):
            bearer = bearers.get(t.fact.number, "")
            bearers[t.fact.number] = t.fact.matter
            return replace(known, bearer=bearer)
        if isinstance(t.fact, rules.CommitmentReply) and (promise := kept(Commitment, t.fact.commitment, keys)):
            return replace(known, promised=promise.first)
        return known

    return standing


GOVERNANCE = Judged(rules.RULES, standings)


def answer_assignment(row: Assignment, answer: str, day: date, *, programme: Programme, person: Person) -> int:
    """Say what was done about an assignment and when; the record number."""
    with doing("answer_assignment", person=person, place=place_of(programme)) as work:
        if row.answered:
            raise ValueError(f"已于 {row.answered} 办结；再有进展，另行交办")
        when = Period(row.first, row.last) if row.first and row.last else None
        fact = rules.Assignment(
            content=row.content, office=row.office_id, due=row.due, answer=answer, answered=day, when=when
        )
        asking = judge_one(work, fact, rules.GovernanceStanding(today()), programme)
        work.change(row, answer=answer, answered=day)
        ask(work, asking, row.pk)
        return row.record_id
