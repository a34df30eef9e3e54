"""What a project may cost: planned, changed, accounted for in the end."""

from dataclasses import replace

from duikou.records.models import Entry, Item, PlanLine, Programme, ProjectChange, Settlement, of
from duikou.rules import budgets as rules
from duikou.rules.book import by_fact
from duikou.rules.fact import Fact, Told
from duikou.rules.ledger import signed, total, totals
from duikou.rules.rights import Person

from .doing import Work, always, ask, doing, judge_all, today
from .entering import enter
from .ledger import balances
from .packs import pack_of
from .places import number, place_in


def plan_project(fact: rules.PlanLine, *, programme: Programme, person: Person, reason: str = "") -> int:
    """Put a project in a plan, or replace its line there; the record number of the line."""
    with doing("plan_project", person=person, place=place_in(programme, project=fact.project), reason=reason) as work:
        current = PlanLine.objects.filter(project=number(fact.project), replaced_by=None).first()
        fact = replace(fact, replaces=current.pk if current else None)
        standing = plan_standing(programme, current)
        asking = judge_all(
            work, [Told(fact, {})], by_fact(), always(standing), opened=programme.opened, weigh=standing.pack.weight
        )[""]
        work.refuse_if_stopped()
        (line,) = enter(work, programme.record_id, [Told(fact, {})], {})
        ask(work, asking, line)
        return line


def plan_standing(programme: Programme, current: PlanLine | None) -> rules.PlanStanding:
    """What the rules ask of a plan line: what the programme plans beside it, and what that counts as."""
    lines = of(PlanLine, programme).filter(replaced_by=None)
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
        _stop(work, programme, fact)
        return enter(work, programme.record_id, [Told(fact, {})], {})[0]


def decide_change(
    change: ProjectChange, approved: bool, approval: str, *, programme: Programme, person: Person, reason: str = ""
) -> None:
    """Decide on a change of a project by a document number."""
    place = place_in(programme, project=change.project_id)
    with doing("decide_change", person=person, place=place, reason=reason) as work:
        change.refresh_from_db()
        _stop(work, programme, rules.Decision(decided=change.decided, approval=approval))
        work.change(change, decided=today(), approved=approved, approval=approval)


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


def _stop(work: Work, programme: Programme, fact: Fact) -> None:
    """Refuse the act where a rule of a fact without standing stops it."""
    judge_all(work, [Told(fact, {})], by_fact(), always(None), opened=programme.opened)
    work.refuse_if_stopped()
