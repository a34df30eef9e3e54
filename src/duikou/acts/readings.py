"""口径的新说法: proposed by an officer, adopted or refused by another person; the sheet itself is never changed."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from duikou.records.models import Closing, Definition, Programme
from duikou.rules import readings as rules
from duikou.rules.fact import Fact, Told
from duikou.rules.period import Period
from duikou.rules.problem import Problem, judge
from duikou.rules.rights import Person, may

from .doing import Forbidden, Work, always, doing, judge_all, place_of, today
from .entering import enter


def adopted() -> Iterable[tuple[str, str]]:
    """The code and the text of every reading that is in use."""
    return Definition.objects.filter(state="adopted").order_by("pk").values_list("code", "text")


def taken(series: str) -> list[str]:
    """The codes of a series that a reading bears, proposed, adopted or refused."""
    return list(Definition._base_manager.filter(follows=series).values_list("code", flat=True))


def waiting() -> list[Definition]:
    """The readings that wait for a decision, the oldest first."""
    return list(Definition.objects.filter(state="proposed").select_related("record__programme").order_by("pk"))


def propose_reading(fact: rules.Definition, *, programme: Programme, person: Person, series: rules.Series) -> int:
    """Put a reading beside those of its series, to be decided by another; the record number."""
    with doing("propose_reading", person=person, place=place_of(programme), reason=fact.reason) as work:
        _judge(work, fact, _standing(fact.follows, series))
        return enter(work, programme.record_id, [Told(fact, {})], {})[0]


def objections(fact: rules.Definition, series: rules.Series) -> list[Problem]:
    """What the rules will say of a reading, before it is proposed."""
    return judge(rules.RULES[type(fact)], fact, _standing(fact.follows, series), day=None, opened=None)


def adopt_reading(number: int, *, person: Person, reason: str, following: Sequence[rules.Following]) -> None:
    """Let a proposed reading be used from its day on, and with it the readings of the ratios that follow it."""
    _decide("adopt_reading", number, "adopted", person, reason, following)


def refuse_reading(number: int, *, person: Person, reason: str) -> None:
    """Leave a proposed reading aside; its code is not used again."""
    _decide("refuse_reading", number, "refused", person, reason)


def may_decide(act: str, person: Person) -> bool:
    """Whether a person may decide on readings: these are of the whole book, so all its programmes must be the person's."""
    return all(may(person, act, place_of(programme)) for programme in Programme.objects.all())


def _decide(
    act: str, number: int, state: str, person: Person, reason: str, following: Sequence[rules.Following] = ()
) -> None:
    row = Definition.objects.select_related("record__programme").get(pk=number)
    home = row.record.programme
    assert home is not None  # noqa: S101  a reading is proposed within a programme
    if not may_decide(act, person):
        raise Forbidden(act)
    with doing(act, person=person, place=place_of(home), reason=reason) as work:
        row.refresh_from_db()  # another may have decided before this act began
        kept = rules.Reading(row.code, row.valid_from, row.state, row.author)
        fact = rules.Checking(state=state, checker=person.account, reason=reason, valid_from=row.valid_from)
        _judge(work, fact, rules.ReadingStanding(_readings(row.follows), closed=_closed(), kept=kept))
        why = {"reason": reason} if state == "refused" else {}
        work.change(row, state=state, checked_by=person.account, decided=today(), **why)
        for one in following:
            follower = replace(one.fact, state="adopted", checked_by=person.account, decided=today())
            _judge(work, follower, _standing(follower.follows, one.series))
            enter(work, home.record_id, [Told(follower, {})], {})


def _judge(work: Work, fact: Fact, standing: rules.ReadingStanding) -> None:
    judge_all(work, [Told(fact, {})], rules.RULES, always(standing), opened=None)
    work.refuse_if_stopped()


def _standing(code: str, series: rules.Series) -> rules.ReadingStanding:
    first = rules.Reading(code, date.fromisoformat(str(series.first["valid_from"])))
    return rules.ReadingStanding((first, *_readings(code)), tuple(taken(code)), _closed(), series)


def _readings(series: str) -> tuple[rules.Reading, ...]:
    rows = Definition.objects.filter(follows=series).order_by("pk")
    return tuple(rules.Reading(row.code, row.valid_from, row.state, row.author) for row in rows)


def _closed() -> tuple[Period, ...]:
    """The closed periods of all programmes: a reading is the whole book's."""
    rows = Closing.objects.filter(reopened=None).order_by("pk")
    return tuple(row.when for row in rows if row.when)
