"""Who takes part in a course, a secondment or a medical team enters the book: names in their store, a digest in the record."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from duikou.records.models import Attendance, MedicalSupport, Programme, Secondment, Training, quantity
from duikou.rules import people as rules
from duikou.rules.amounts import months_after
from duikou.rules.fact import Told
from duikou.rules.identity import read
from duikou.rules.problem import Problem, judge
from duikou.rules.rights import Person, Place

from . import sealing
from .doing import Work, ask, doing, judge_all, place_of, today
from .entering import enter
from .names import keep
from .places import place_in

Whole = Training | Secondment | MedicalSupport
STATED = {Training: "trainees", Secondment: "people", MedicalSupport: "people"}
"""What people take part in, and the quantity that states how many they are."""
WHOLES: dict[str, type[Whole]] = {"training": Training, "secondment": Secondment, "medical_support": MedicalSupport}
MOST = 300  # people at a time


def place_of_whole(programme: Programme, row: Whole) -> Place:
    """Where a course, secondment or team lies: in its area, else in that of who organises or receives it."""
    if area := getattr(row, "region", None):
        return replace(place_of(programme), area=area)
    organisation = row.organiser_id if isinstance(row, Training) else row.receiver_id
    return place_in(programme, organisation=organisation) if organisation else place_of(programme)


def attend(
    of_record: Whole, people: Sequence[rules.Attending], *, programme: Programme, person: Person, reason: str = ""
) -> list[int]:
    """Put people into a course, a secondment or a team: all of them or none, one line; the record numbers."""
    place = place_of_whole(programme, of_record)
    with doing("record_attendance", person=person, place=place, reason=reason) as work:
        if not people or len(people) > MOST:
            raise ValueError(
                f"一次至多登记 {MOST} 人，现有 {len(people)} 人；分几次登记"
                if people
                else "没有写参加人员；逐行填写，或粘贴名单"
            )
        if not sealing.has(sealing.BEARERS) and Attendance.objects.exists():
            raise sealing.KeyGone(sealing.BEARERS)
        told = [_told(n, one, of_record) for n, one in enumerate(people, 1)]
        bearers = [sealing.bearer(t.fact.identity, t.fact.name, t.fact.unit) for t in told]
        asking = _judge(work, programme, of_record, told, bearers)
        numbers = _enter(work, programme, of_record, told, bearers)
        for t, record in zip(told, numbers, strict=True):
            ask(work, asking[t.key], record, "参加日期")
        _keep_to_the_roll(work, programme, of_record)
        return numbers


def _told(number: int, one: rules.Attending, row: Whole) -> Told[rules.Attending]:
    """What is told of a person, read; who takes part all the time does so on the days of the whole."""
    kept = replace(one, identity=read(one.identity), when=one.when or row.when)
    return Told(kept, {}, key=str(number), place=f"第 {number} 人")


def _judge(
    work: Work, programme: Programme, row: Whole, told: Sequence[Told[rules.Attending]], bearers: Sequence[str]
) -> dict[str, list[Problem]]:
    """Ask the rules of each, who stands in the list before it among those who are there; refuse where one stops it."""
    there = set(row.record.attendances.values_list("bearer", flat=True))
    begins, ends = days_of(row)
    standings = {}
    for t, bearer in zip(told, bearers, strict=True):
        standings[t.key] = rules.AttendingStanding(today(), begins, ends, bearer in there)
        there.add(bearer)
    found = judge_all(work, told, rules.RULES, lambda t: standings[t.key], opened=programme.opened)
    work.refuse_if_stopped()
    return found


def days_of(row: Whole) -> tuple[date | None, date | None]:
    """The first and the last day of a course, of a term, of a team; nothing where the book does not say."""
    if isinstance(row, Training):
        return row.first, row.last
    if isinstance(row, Secondment):
        return row.first, row.ended or row.due
    return row.first, (months_after(row.first, row.months_high) if row.first and row.months_high else None)


def _enter(
    work: Work, programme: Programme, row: Whole, told: Sequence[Told[rules.Attending]], bearers: Sequence[str]
) -> list[int]:
    """Names and numbers into their store, a record for each person."""
    names = keep(work, [("name", t.fact.name) for t in told])
    given = [t.key for t in told if t.fact.identity]
    identities = dict(
        zip(given, keep(work, [("identity", t.fact.identity) for t in told if t.fact.identity]), strict=True)
    )
    facts = [
        rules.Attendance(
            of=row.pk, bearer=bearer, person=name, identity=identities.get(t.key), unit=t.fact.unit, post=t.fact.post,
            when=t.fact.when,
        )
        for t, bearer, name in zip(told, bearers, names, strict=True)
    ]  # fmt: skip
    return enter(
        work, programme.record_id, [Told(fact, {}, place=t.place) for fact, t in zip(facts, told, strict=True)], {}
    )


def _keep_to_the_roll(work: Work, programme: Programme, row: Whole) -> None:
    """Ask where more people are named now than are stated."""
    roll = rules.Roll(row.record.attendances.count(), quantity(row, STATED[type(row)]))
    ask(work, judge(rules.RULES[rules.Roll], roll, None, day=today(), opened=programme.opened), row.pk, "名单与人数")
