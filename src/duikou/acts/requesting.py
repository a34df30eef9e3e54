"""要表: offices are asked for the sheets of a period, answer or are reminded; a sheet that is taken answers by itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Case, Q, When

from duikou.records.models import Appointment, DataRequest, Organisation, Programme
from duikou.rules import handing as rules
from duikou.rules import requesting as answering
from duikou.rules.fact import Told
from duikou.rules.period import Period
from duikou.rules.problem import judge
from duikou.rules.rights import Person, Place, may

from .asked import asked_before
from .doing import Raised, Work, ask, doing, judge_all, place_of, today
from .entering import enter

BY_PHONE = "电话答复"
_NAME = Case(When(short="", then="name"), default="short")


@dataclass(frozen=True)
class Wanted:
    """A sheet that is wanted of an office: the office's number, its area, the layout and what it is called."""

    office: int
    region: str
    layout: str
    title: str


def ask_for_sheet(
    wanted: Sequence[Wanted], *, when: Period, due: date, programme: Programme, person: Person
) -> list[int]:
    """Ask offices for sheets of a period by a day, under one line; the numbers of the requests."""
    reason = f"要{when.zh}的表 {len(wanted)} 份，{due} 前报"
    with doing("ask_for_sheet", person=person, place=place_of(programme), reason=reason) as work:
        before = asked_before(programme, when)
        named = dict(Organisation.objects.filter(pk__in=[one.office for one in wanted]).values_list("pk", _NAME))
        told = [Told(_fact(one, when, due, named), {}, key=str(n)) for n, one in enumerate(wanted)]
        standings = {t.key: rules.RequestStanding(today(), _said_before(before, wanted, n)) for n, t in enumerate(told)}
        asking = judge_all(work, told, rules.RULES, lambda t: standings[t.key], opened=programme.opened)
        work.refuse_if_stopped()
        numbers = enter(work, programme.record_id, told, {})
        for number in numbers[:1]:  # all have the same day: one question says it
            ask(work, asking["0"], number)
    return numbers


def answer_request(
    request: DataRequest, answer: str, reason: str = "", *, programme: Programme, person: Person
) -> None:
    """What an office answers in place of a sheet: 本期无数据, 迟报, 不报; an officer keeps what it says on the telephone."""
    with doing("answer_request", person=person, place=place_of_request(request, programme)) as work:
        request.refresh_from_db()
        fact, standing = _answering(request, answer, reason.strip(), person, programme)
        told = replace(_kept(request), answer=answer, reason=fact.reason)
        problems = judge(answering.RULES[answering.Answering], fact, standing, day=today(), opened=None)
        problems += judge(
            [rules.answer_says_what_it_is], told, rules.RequestStanding(today()), day=today(), opened=None
        )
        work.problems += problems
        work.refuse_if_stopped()
        work.change(request, answer=answer, answered=today(), reason=_spoken(fact))
        _ask_the_leader(work, problems, request, programme)


def remind(requests: Sequence[DataRequest], *, programme: Programme, person: Person) -> None:
    """Remind offices of the sheets that they owe, under one line; its day is shown to them."""
    with doing("remind", person=person, place=place_of(programme), reason=f"催报 {len(requests)} 份") as work:
        for row in requests:
            row.refresh_from_db()
            standing = answering.RemindingStanding(today(), row.answer, row.reminded)
            fact = answering.Reminding(row.title)
            work.problems += judge(answering.RULES[answering.Reminding], fact, standing, day=today(), opened=None)
        work.refuse_if_stopped()
        for row in requests:
            work.change(row, reminded=today())


def place_of_request(request: DataRequest, programme: Programme) -> Place:
    """A request as the thing a right is asked of: the area of who was asked; the public never sees it."""
    return replace(place_of(programme), area=request.region, state="internal")


def owed_of(row: DataRequest) -> answering.Owed:
    """A request as what is owed."""
    return answering.Owed(row.answer, row.due, row.answered)


def _fact(one: Wanted, when: Period, due: date, named: Mapping[int, str]) -> rules.DataRequest:
    """A request, under a title that tells it from all others."""
    title = f"{one.title}（{named.get(one.office, '')} {when.zh}）"
    return rules.DataRequest(
        layout=one.layout, title=title, office=one.office, region=one.region, when=when, asked_on=today(), due=due
    )


def _said_before(before: dict[tuple[str, int], str], wanted: Sequence[Wanted], at: int) -> str:
    """What stands against asking the one of a place again: the book, or an earlier one of the same asking."""
    key = (wanted[at].layout, wanted[at].office)
    twice = any((one.layout, one.office) == key for one in wanted[:at])
    return before.get(key) or (f"本次已列{wanted[at].title}" if twice else "")


def _kept(row: DataRequest) -> rules.DataRequest:
    """A request as its fact."""
    return rules.DataRequest(
        layout=row.layout, title=row.title, office=row.office_id, region=row.region, when=row.when,
        asked_on=row.asked_on, due=row.due, submission=row.submission_id,
    )  # fmt: skip


def _answering(
    row: DataRequest, answer: str, reason: str, person: Person, programme: Programme
) -> tuple[answering.Answering, answering.AnsweringStanding]:
    """What is answered, and by whom it may be."""
    own = any(post.office == row.office.code for post in person.posts)
    whole = may(person, "answer_request", replace(place_of_request(row, programme), area=""))
    receipt = row.submission.receipt if row.submission else ""
    standing = answering.AnsweringStanding(row.answer, receipt, "" if own else str(row.office))
    return answering.Answering(answer, reason, by_phone=whole and not own), standing


def _spoken(fact: answering.Answering) -> str:
    """The reason as it is kept; what was told by telephone says so."""
    return "：".join(part for part in (BY_PHONE if fact.by_phone else "", fact.reason) if part)


def _ask_the_leader(work: Work, problems: list[Any], row: DataRequest, programme: Programme) -> None:
    """Keep a refusal as a question to the office in which the programme's leader works."""
    of_leaders = Appointment.objects.filter(role="leader").filter(Q(ends=None) | Q(ends__gte=today()))
    in_it = of_leaders.filter(Q(record__programme=programme.record_id) | Q(record__programme=None))
    leader = in_it.order_by("pk").select_related("account__office").first()
    owner = leader.account.office.organisation_id if leader else programme.office_id
    due = answering.look_into_by(today())
    for problem in problems:
        work.raised[problem.code, row.pk] = Raised(programme.record_id, today(), owner=owner, due=due)
    ask(work, problems, row.pk, f"不报{row.title}")
