"""What a project may cost: planned, changed, accounted for in the end."""

from dataclasses import replace

from duikou.records.models import Entry, Item, PlanLine, Programme, Project, ProjectChange, Settlement
from duikou.rules import budgets as rules
from duikou.rules.book import by_fact
from duikou.rules.fact import Told
from duikou.rules.ledger import signed, total, totals
from duikou.rules.rights import Person

from .doing import always, ask, doing, judge_all, judge_one, today
from .entering import enter
from .ledger import balances
from .life import carry
from .packs import pack_of
from .places import number, place_in, plan_lines


def plan_project(fact: rules.PlanLine, *, programme: Programme, person: Person, reason: str = "") -> int:
    """Put a project in a plan, or replace its line there; the record number of the line."""
    with doing("plan_project", person=person, place=place_in(programme, project=fact.project), reason=reason) as work:
        current = plan_lines().filter(project=number(fact.project)).first()
        fact = replace(fact, replaces=current.pk if current else None)
        given_up = Project.objects.filter(pk=number(fact.project), status="cancelled").exists()
        standing = replace(plan_standing(programme, current), cancelled=given_up)
        asking = judge_all(
            work, [Told(fact, {})], by_fact(), always(standing), opened=programme.opened, weigh=standing.pack.weight
        )[""]
        work.refuse_if_stopped()
        (line,) = enter(work, programme.record_id, [Told(fact, {})], {})
        if current:
            carry(work, current.project_id, {"budget"})
        ask(work, asking, line)
        return line


def plan_standing(programme: Programme, current: PlanLine | None) -> rules.PlanStanding:
    """What the rules ask of a plan line: what the programme plans beside it, and what that counts as."""
    lines = plan_lines().filter(record__programme=programme, record__kind="plan_line")
    beside = dict((lines.exclude(pk=current.pk) if current else lines).values_list("pk", "aid"))
    counts = Item.objects.filter(record__in=beside, list="share").values_list("text", "record")
    secured = Entry.objects.filter(record__programme=programme, state="secured").values_list("amount", "back")
    return rules.PlanStanding(
        today=today(),
        pack=pack_of(programme),
        planned=total(beside.values()),
        shares=tuple(totals((share, beside[record]) for share, record in counts).items()),
        secured=signed(secured),
        reserve=total(balances(programme, "reserve").values()),
        before=current.aid if current else None,
        estimate_before=current.estimate if current else None,
    )


def request_change(fact: rules.ProjectChange, *, programme: Programme, person: Person) -> int:
    """Ask for a change of a project; its payments are locked until it is decided. The record number."""
    with doing("request_change", person=person, place=place_in(programme, project=fact.project)) as work:
        line = plan_lines().filter(project=number(fact.project)).first()
        weighty = rules.is_weighty(fact, line.aid if line else 0, pack_of(programme), today())
        fact = replace(fact, weighty=weighty)
        planned = (line.total or line.aid) if line else 0
        asking = judge_one(work, fact, rules.ChangeStanding(today(), planned), programme)
        (change,) = enter(work, programme.record_id, [Told(fact, {})], {})
        ask(work, asking, change)
        return change


def decide_change(
    change: ProjectChange, approved: bool, approval: str, *, programme: Programme, person: Person, reason: str = ""
) -> None:
    """Decide on a change of a project by a document number."""
    place = place_in(programme, project=change.project_id)
    with doing("decide_change", person=person, place=place, reason=reason) as work:
        change.refresh_from_db()
        judge_one(work, rules.Decision(decided=change.decided, approval=approval), None, programme, day=today())
        work.change(change, decided=today(), approved=approved, approval=approval)


def file_change(change: ProjectChange, *, programme: Programme, person: Person, reason: str = "") -> None:
    """Put a slight change on file, which allows it; a weighty one is refused."""
    place = place_in(programme, project=change.project_id)
    with doing("file_change", person=person, place=place, reason=reason) as work:
        change.refresh_from_db()
        fact = rules.Filing(decided=change.decided, weighty=change.weighty is not False)
        judge_one(work, fact, None, programme, day=today())
        work.change(change, decided=today(), approved=True, approval="备案")


def settle_project(fact: rules.Settlement, *, programme: Programme, person: Person, reason: str = "") -> int:
    """Enter when a project could be used and its final accounts, or complete what was entered; the record number."""
    place = place_in(programme, project=fact.project)
    with doing("settle_project", person=person, place=place, reason=reason) as work:
        standing = rules.PlanStanding(
            today=today(), pack=pack_of(programme),
            overpaid=max(_paid(number(fact.project)) - (fact.amount or 0), 0) if fact.settled else 0,
            leftover=total(balances(programme, "account", owners=[number(fact.project)]).values()),
        )  # fmt: skip
        asking = judge_all(
            work, [Told(fact, {})], by_fact(), always(standing), opened=programme.opened, weigh=standing.pack.weight
        )[""]
        work.refuse_if_stopped()
        kept = Settlement.objects.filter(project=number(fact.project)).first()
        if kept is None:
            (settlement,) = enter(work, programme.record_id, [Told(fact, {})], {})
        else:
            settlement = kept.pk
            work.change(
                kept, usable=fact.usable, size=fact.size, extended=fact.extended, settled=fact.settled,
                amount=fact.amount,
            )  # fmt: skip
        ask(work, asking, settlement)
        return settlement


def _paid(project: int) -> int:
    """What has reached payees for a project, in fen."""
    return signed(Entry.objects.filter(state="spent", project=project).values_list("amount", "back"))
