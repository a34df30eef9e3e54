"""Projects and stated totals enter the book; needs and the proposals that answer them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache, partial

from duikou.records.models import Plan, Programme, Project, StatedTotal, of, quantity
from duikou.rules import needs
from duikou.rules import projects as rules
from duikou.rules.fact import Fact, Told
from duikou.rules.period import on
from duikou.rules.rights import Person

from .doing import Work, ask, doing, judge_all, judge_one, place_of, today
from .entering import enter


def enter_projects(work: Work, programme: Programme, told: Sequence[Told[Fact]], keys: dict[str, int]) -> list[int]:
    """Totals first, then the projects listed under them; a list that is not full is asked about."""
    named = Counter(Project.objects.filter(part_of__isnull=False).values_list("part_of_id", flat=True))
    coming = Counter(t.fact.part_of for t in told if isinstance(t.fact, rules.Project) and t.fact.part_of)
    totals = {t.key: t.fact.amount for t in told if isinstance(t.fact, rules.StatedTotal)}

    status_on = cache(partial(plan_status, programme))

    def standing(t: Told[Fact]) -> rules.ProjectStanding:
        status = status_on(t.fact.day)
        if isinstance(t.fact, rules.StatedTotal):
            return rules.ProjectStanding(coming[t.key], t.fact.amount, status)
        total = t.fact.part_of or "" if isinstance(t.fact, rules.Project) else ""
        if isinstance(total, int):
            row = StatedTotal.objects.get(pk=total)
            return rules.ProjectStanding(named[total] + coming[total], quantity(row, "amount"), status)
        return rules.ProjectStanding(coming[total], totals.get(str(total)), status)

    asking = judge_all(work, told, rules.RULES, standing, opened=programme.opened)
    lacking = judge_all(work, told, rules.AFTER, standing, opened=programme.opened)
    work.refuse_if_stopped()
    numbers = enter(work, programme.record_id, told, keys)
    for t, number in zip(told, numbers, strict=True):
        if isinstance(t.fact, rules.StatedTotal):
            ask(work, lacking[t.key], number, f"{t.fact.amount.low} 个项目的名单与分县情况")
            ask(work, asking[t.key], number, "项目已启动，年度计划尚未定稿")
    return numbers


def record_need(fact: needs.Need, *, programme: Programme, person: Person, reason: str = "") -> int:
    """Enter what people of an area need; the record number."""
    with doing(
        "record_need", person=person, place=replace(place_of(programme), area=fact.region), reason=reason
    ) as work:
        asking = judge_one(work, fact, None, programme)
        (need,) = enter(work, programme.record_id, [Told(fact, {})], {})
        ask(work, asking, need)
        return need


def propose_project(fact: rules.Project, *, programme: Programme, person: Person, reason: str = "") -> int:
    """Enter a proposal: a project in preparation that answers needs (links) and counts only once it is in the plan."""
    place = replace(place_of(programme), area=fact.region)
    with doing("propose_project", person=person, place=place, reason=reason) as work:
        fact = replace(fact, status="preparing", when=fact.when or on(today()))
        total = StatedTotal.objects.get(pk=fact.part_of) if isinstance(fact.part_of, int) else None
        named = Project.objects.filter(part_of=total).count() + 1 if total else 0
        twin = Project.objects.filter(record__programme=programme, name=fact.name, region=fact.region)
        coded = Project.objects.filter(record__programme=programme, code=fact.code) if fact.code else twin.none()
        standing = rules.ProjectStanding(
            named,
            quantity(total, "amount") if total else None,
            twin=twin.exclude(status="cancelled").exists(),
            code_bearer=str(coded.first() or ""),
        )
        asking = judge_one(work, fact, standing, programme)
        (project,) = enter(work, programme.record_id, [Told(fact, {})], {})
        ask(work, asking, project)
        return project


def plan_status(programme: Programme, day: date | None) -> str:
    """The state of the annual plan that covers a day; empty where there is none."""
    plans = of(Plan, programme).filter(type="annual", first__lte=day, last__gte=day) if day else None
    plan = plans.order_by("-record_id").first() if plans is not None else None
    return plan.status if plan else ""
