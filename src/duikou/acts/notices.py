"""Notices of funds: money is issued, recalled and issued again by document number; each line is an entry."""

from collections.abc import Sequence
from dataclasses import replace

from duikou.records.models import Entry, Notice, Programme
from duikou.rules import notices as rules
from duikou.rules.evidence import Document as DocumentFact
from duikou.rules.fact import Ref, Source, Told
from duikou.rules.funds import voucher_key
from duikou.rules.ledger import totals
from duikou.rules.rights import Person

from .doing import Work, always, ask, doing, judge_all, place_of, today
from .entering import enter
from .ledger import Movement, enter_movements
from .packs import pack_of
from .places import number, plan_lines

STATES = {"supporting": "issued", "receiving": "divided"}


def key_of(programme: Programme, number: str) -> str:
    """A document number as it is compared, within its programme."""
    return f"{programme.code}/{voucher_key(number)}"


def standing_of(programme: Programme, fact: rules.Notice) -> rules.NoticeStanding:
    """What the rules ask of a notice: whether its number is used, what the changed one has issued, which projects are planned."""
    key = key_of(programme, fact.number)
    projects = {number(line.project) for line in fact.lines if line.project}
    planned = plan_lines().filter(project__in=projects).values_list("project_id", flat=True)
    return rules.NoticeStanding(
        today=today(),
        pack=pack_of(programme),
        keys=frozenset(Notice.objects.filter(key=key).values_list("key", flat=True)),
        issued=tuple(_issued(fact.of).items()) if isinstance(fact.of, int) else (),
        planned=frozenset(planned),
    )


def _issued(notice: int) -> dict[tuple[Ref | None, Ref | None], int]:
    """What a notice and all that change it have issued less recalled, by project or receiver and fund."""
    family = [notice, *Notice.objects.filter(of=notice).values_list("record_id", flat=True)]
    lines = Entry.objects.filter(notice__in=family, state__in=STATES.values())
    return totals(
        ((project or receiver, fund), -amount if back else amount)
        for project, receiver, fund, amount, back in lines.values_list(
            "project_id", "receiver_id", "fund_id", "amount", "back"
        )
    )


def issue_notice(fact: rules.Notice, *, programme: Programme, person: Person, reason: str = "") -> int:
    """Enter a notice with all its lines, or none of it; its record number. Recalls go before what is issued again."""
    with doing("issue_notice", person=person, place=place_of(programme), reason=reason) as work:
        standing = standing_of(programme, fact)
        fact = replace(fact, key=key_of(programme, fact.number))
        asking = judge_all(
            work, [Told(fact, {})], rules.RULES, always(standing), opened=programme.opened, weigh=standing.pack.weight
        )[""]
        work.refuse_if_stopped()
        entered = _enter(work, programme, fact)
        ask(work, asking, entered)
        return entered


def _enter(work: Work, programme: Programme, fact: rules.Notice) -> int:
    paper = DocumentFact(title=f"{fact.number} {fact.title}".strip(), medium="notice", grade="issued", when=fact.when)
    (document,) = enter(work, programme.record_id, [Told(paper, {})], {})
    source = {"": Source(document, fact.side, None, "", fact.number[:20])}
    (notice,) = enter(work, programme.record_id, [Told(fact, source)], {})
    enter_movements(work, programme, [Told(m, source) for m in _movements(fact, notice)])
    return notice


def _movements(fact: rules.Notice, notice: int) -> Sequence[Movement]:
    """A movement per line; what is recalled first, so that it can be issued again by the same notice."""
    return [
        Movement(
            when=fact.when, state=STATES[fact.side], back=line.back or None, amount=line.amount, project=line.project,
            receiver=line.receiver, fund=line.fund, notice=notice, purpose=line.purpose,
        )
        for line in sorted(fact.lines, key=lambda line: not line.back)
    ]  # fmt: skip
