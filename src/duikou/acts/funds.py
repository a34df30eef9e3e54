"""Money moves out of the supporting treasury and within it; a stated total stands in 未分解 until detail is drawn."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from duikou.records.models import Entry, Plan, Programme, StatedTotal, of
from duikou.rules import funds as rules
from duikou.rules import projects as total_rules
from duikou.rules.evidence import Document as DocumentFact
from duikou.rules.fact import Fact, Source, Told
from duikou.rules.notices import Fund
from duikou.rules.period import on
from duikou.rules.problem import Problem
from duikou.rules.quantity import Quantity
from duikou.rules.rights import Person
from duikou.rules.writing import write

from .doing import Work, always, ask, doing, judge_all, place_of, today
from .drawing import drawn_on
from .entering import enter
from .ledger import Movement, balances, enter_movements, move, reversal


def standing_of(
    programme: Programme, day: date, vouchers: Iterable[str] = (), fund: int | None = None
) -> rules.FundsStanding:
    """The money of a programme, or of one fund, as the rules need it, and which of some vouchers are used."""
    lying = balances(programme, "pool", "undivided", "reserve", "allotment")
    mine = {key[:2]: balance for key, balance in lying.items() if key[2] == fund}
    total = _stated(programme) if fund is None else None
    plan = of(Plan, programme).filter(type="annual", first__lte=day, last__gte=day)
    latest = plan.order_by("-record_id").first()
    secured = Entry.objects.filter(state="secured", record__programme=programme, fund=fund)
    return rules.FundsStanding(
        today=today(),
        secured_parts=tuple(-amount if back else amount for amount, back in secured.values_list("amount", "back")),
        pool=mine.get(("pool", None), 0),
        unpaid=tuple(balance for (kind, _), balance in mine.items() if kind in ("reserve", "allotment")),
        undivided=mine.get(("undivided", None), 0),
        stated=total.amount_low or 0 if total else 0,
        stated_on=total.as_of if total else None,
        stated_from=total.first if total else None,
        begun=programme.first,
        plan_status=latest.status if latest else "",
        vouchers=_used(programme, vouchers),
    )


def _used(programme: Programme, vouchers: Iterable[str]) -> frozenset[str]:
    """Those of some vouchers that are used already, as they are compared; a payment that was reversed frees its own."""
    keys = [rules.voucher_key(voucher) for voucher in vouchers if voucher]
    kept = Entry.objects.filter(record__programme=programme, voucher_key__in=keys, back=None)
    reversed_ones = Entry.objects.filter(corrects__in=kept.values("pk")).values("corrects")
    return frozenset(kept.exclude(pk__in=reversed_ones).values_list("voucher_key", flat=True))


def _stated(programme: Programme) -> StatedTotal | None:
    return of(StatedTotal, programme).filter(of="disbursed").order_by("as_of").last()


def enter_funds(work: Work, programme: Programme, told: Sequence[Told[Fact]], keys: dict[str, int]) -> list[int]:
    """Sums secured and totals stated by a source; each posts one entry."""
    numbers: list[int] = []
    for t in told:
        day = t.fact.as_of if isinstance(t.fact, rules.StatedDisbursement) else today()
        standing = standing_of(programme, day)
        asking = judge_all(work, [t], rules.RULES, always(standing), opened=programme.opened)
        work.refuse_if_stopped()
        numbers += _enter_one(work, programme, t, keys, asking[t.key])
    return numbers


def _enter_one(
    work: Work, programme: Programme, t: Told[Fact], keys: dict[str, int], asking: Sequence[Problem]
) -> list[int]:
    fact = t.fact
    if isinstance(fact, rules.Secured):
        return enter_movements(work, programme, [Told(_secured(fact), t.sources, t.said, t.key, t.place)], keys)
    if isinstance(fact, rules.StatedDisbursement):
        total = total_rules.StatedTotal(
            when=fact.when, of="disbursed", as_of=fact.as_of, amount=fact.amount, status=fact.status
        )
        (number,) = enter(work, programme.record_id, [Told(total, t.sources, t.said, t.key, t.place)], keys)
        entry = Movement(
            when=fact.when, state="disbursed", standing="total", amount=rules.fen(fact.amount), total=number, of=fact.of
        )
        numbers = enter_movements(work, programme, [Told(entry, t.sources, t.said)], keys)
        for problem in asking:
            ask(work, [problem], numbers[0], _title(problem, fact.amount))
        return [number]
    raise TypeError(fact.kind)


def _secured(fact: rules.Secured) -> Movement:
    return Movement(
        when=fact.when, inferred=fact.inferred, state="secured", amount=rules.fen(fact.amount), purpose=fact.purpose,
        fund=fact.fund, voucher=fact.voucher,
    )  # fmt: skip


def _title(problem: Problem, amount: Quantity) -> str:
    words = write(amount).text
    return f"{words}的拨付凭证" if problem.code == "funds.4" else f"{words}已拨付，年度计划尚未定稿"


def _disburse(work: Work, programme: Programme, told: Sequence[Told[rules.Disbursement]]) -> list[int]:
    """Payments as entries: those that fill a stated total in draw on 未分解, those under a notice on what it issued."""
    total = _stated(programme)
    entries = []
    for t in told:
        fact = t.fact
        free = total is not None and not fact.fund and not fact.notice
        fills = free and total is not None and rules.fills(fact.paid_on, total.first, total.as_of)
        entries.append(
            Told(
                Movement(
                    when=on(fact.paid_on), state="itemised" if fills else "disbursed",
                    standing="part" if fills else "own", amount=rules.fen(fact.amount),
                    total=total.record_id if fills and total else None, receiver=fact.receiver, project=fact.project,
                    voucher=fact.voucher, voucher_key=rules.voucher_key(fact.voucher), purpose=fact.purpose,
                    fund=fact.fund, notice=fact.notice,
                ),
                t.sources, t.said, t.key, t.place,
            )
        )  # fmt: skip
    return enter_movements(work, programme, entries)


def record_disbursements(
    facts: Sequence[rules.Disbursement], *, programme: Programme, person: Person, reason: str = ""
) -> list[int]:
    """Record payments with their vouchers as evidence; the numbers of the entries. Refused with all problems at once."""
    with doing("record_disbursement", person=person, place=place_of(programme), reason=reason) as work:
        told = [Told(fact, {}, place=f"第 {n} 笔" if len(facts) > 1 else "") for n, fact in enumerate(facts, 1)]
        first, vouchers = min(f.paid_on for f in facts), [f.voucher for f in facts]
        standings = {fund: standing_of(programme, first, vouchers, fund) for fund in {f.fund for f in facts}}
        used, asking = next(iter(standings.values())).vouchers, []
        for t in told:
            standing = replace(standings[t.fact.fund], vouchers=used)
            asking.append(judge_all(work, [t], rules.RULES, always(standing), opened=programme.opened)[t.key])
            standings[t.fact.fund] = rules.after(t.fact, standing)
            used = standings[t.fact.fund].vouchers
        work.refuse_if_stopped()
        papers = _keep_vouchers(work, programme, [t.fact for t in told])
        sourced = [
            Told(t.fact, {"": Source(papers[t.fact.voucher], "supporting", None, "", t.fact.voucher[:20])}, key=f"{n}")
            for n, t in enumerate(told)
        ]
        numbers = _disburse(work, programme, sourced)
        for number, problems in zip(numbers, asking, strict=True):
            ask(work, problems, number)
        return numbers


def _keep_vouchers(work: Work, programme: Programme, facts: Sequence[rules.Disbursement]) -> dict[str, int]:
    """A document record for every voucher number."""
    names = list(dict.fromkeys(f.voucher for f in facts))
    told = [
        Told(
            DocumentFact(title=f"拨款凭证 {name}" if name else "填报（凭证待补）", medium="voucher", grade="original"),
            {},
        )
        for name in names
    ]
    numbers = enter(work, programme.record_id, told, {})
    return dict(zip(names, numbers, strict=True))


def preview(fact: rules.Disbursement, *, programme: Programme) -> tuple[rules.Case, rules.FundsStanding, list[Problem]]:
    """Which case a payment would be, the standing it would meet, and what the rules would say; nothing is written."""
    standing = standing_of(programme, fact.paid_on, [fact.voucher], fact.fund)
    work = Work("record_disbursement", Person(), programme=programme.code)
    judge_all(work, [Told(fact, {})], rules.RULES, always(standing), opened=programme.opened)
    if fact.notice and (short := drawn_on(fact, standing, programme).short):
        work.problems.append(short)
    return rules.case_of(fact, standing), standing, work.problems


# ---- what else moves on the supporting side -------------------------------------------------------------------------


def open_fund(fact: Fund, *, programme: Programme, person: Person, reason: str = "") -> int:
    """A source of money for a year, kept apart from all others from now on; its record number."""
    with doing("open_fund", person=person, place=place_of(programme), reason=reason) as work:
        (number,) = enter(work, programme.record_id, [Told(fact, {})], {})
        return number


def record_secured(fact: rules.Secured, *, programme: Programme, person: Person, reason: str) -> int:
    """Money that the supporting side has made sure of, with the paper that says so; the number of the entry."""
    with doing("record_secured", person=person, place=place_of(programme), reason=reason) as work:
        standing = standing_of(programme, fact.day or today(), [fact.voucher], fact.fund)
        judge_all(work, [Told(fact, {})], rules.RULES, always(standing), opened=programme.opened)
        work.refuse_if_stopped()
        paper = DocumentFact(title=f"落实文件 {fact.voucher}", medium="notice", grade="original")
        (document,) = enter(work, programme.record_id, [Told(paper, {})], {})
        (number,) = move(
            work, programme, _secured(fact), source=Source(document, "supporting", None, "", fact.voucher[:20])
        )
        return number


def reserve(amount: int, fund: int | None, *, programme: Programme, day: date, person: Person, reason: str) -> int:
    """Set fen of a fund aside as 预留金; the number of the entry."""
    with doing("reserve_money", person=person, place=place_of(programme), reason=reason) as work:
        return move(work, programme, Movement(when=on(day), state="reserved", amount=amount, fund=fund))[0]


def release_reserve(
    amount: int, fund: int | None, approval: str, *, programme: Programme, day: date, person: Person, reason: str
) -> int:
    """Let fen of the 预留金 be used again, by the number of the paper that approves it; the number of the entry."""
    with doing("release_reserve", person=person, place=place_of(programme), reason=reason) as work:
        fact = rules.Release(when=on(day), amount=amount, approval=approval)
        judge_all(work, [Told(fact, {})], rules.RULES, always(None), opened=programme.opened)
        work.refuse_if_stopped()
        out = Movement(when=on(day), state="reserved", back=True, amount=amount, fund=fund, voucher=approval)
        return move(work, programme, out)[0]


def return_funds(
    entry: Entry, amount: int, *, programme: Programme, day: date, person: Person, reason: str
) -> list[int]:
    """退回: fen of a payment that was received go back to where the payment came from; the two entries."""
    with doing("return_funds", person=person, place=place_of(programme), reason=reason) as work:
        back = replace(reversal(entry, day), corrects=None, of=entry.record_id, amount=amount, standing="own")
        received = replace(back, state="received", notice=None, total=None)
        return move(work, programme, received, back)


def surrender(
    amount: int,
    fund: int | None,
    *,
    project: int | None = None,
    receiver: int | None = None,
    programme: Programme,
    day: date,
    person: Person,
    reason: str,
) -> int:
    """上缴: what a project or a county has left leaves the book for the treasury; the number of the entry."""
    with doing("surrender_funds", person=person, place=place_of(programme), reason=reason) as work:
        left = Movement(when=on(day), state="surrendered", amount=amount, fund=fund, project=project, receiver=receiver)
        return move(work, programme, left)[0]


def reverse_entry(entry: Entry, *, programme: Programme, day: date, person: Person, reason: str) -> int:
    """冲正: a new entry takes an entry back and points at it; refused where what it moved has moved on."""
    with doing("reverse_entry", person=person, place=place_of(programme), reason=reason) as work:
        corrected = Entry.objects.filter(corrects=entry).values_list("record_id", flat=True).first()
        fact = rules.Reversal(when=on(day), standing=entry.standing, corrected=corrected, reason=reason)
        judge_all(work, [Told(fact, {})], rules.RULES, always(None), opened=programme.opened)
        work.refuse_if_stopped()
        return move(work, programme, reversal(entry, day))[0]
