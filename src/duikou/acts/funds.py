"""Money moves: each movement is an entry with its postings; a stated total stands in 未分解 until detail is drawn."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Subquery

from duikou.records.models import Entry, Plan, Position, Posting, Programme, StatedTotal
from duikou.rules import funds as rules
from duikou.rules import projects as total_rules
from duikou.rules.evidence import Document as DocumentFact
from duikou.rules.fact import Fact, Ref, Source, Told
from duikou.rules.period import on
from duikou.rules.problem import Problem
from duikou.rules.quantity import Quantity
from duikou.rules.rights import Person
from duikou.rules.writing import write

from .doing import Work, ask, doing, judge_all, place_of, today
from .entering import enter

PLACES = {"secured": (None, "pool"), "disbursed": ("pool", "transit"), "itemised": ("undivided", "transit")}


@dataclass(frozen=True, kw_only=True)
class _Entry(Fact):
    """An entry as the table keeps it."""

    state: str
    standing: str
    amount: int
    total: Ref | None = None
    of: Ref | None = None
    receiver: Ref | None = None
    project: Ref | None = None
    voucher: str = ""
    voucher_key: str = ""
    purpose: str = ""


_Entry.__name__, _Entry.kind = "Entry", "entry"


def standing_of(programme: Programme, day: date, vouchers: Iterable[str] = ()) -> rules.FundsStanding:
    """The money of a programme as the rules need it, and which of some vouchers are used; balances from last postings."""
    balances = dict(_balances(programme))
    total = _stated(programme)
    plan = Plan.objects.filter(record__programme=programme, type="annual", first__lte=day, last__gte=day)
    latest = plan.order_by("-record_id").first()
    entries = Entry.objects.filter(record__programme=programme)
    return rules.FundsStanding(
        today=today(),
        secured_parts=tuple(entries.filter(state="secured").values_list("amount", flat=True)),
        pool=balances.get("pool", 0),
        undivided=balances.get("undivided", 0),
        stated=total.amount_low or 0 if total else 0,
        stated_on=total.as_of if total else None,
        stated_from=total.first if total else None,
        begun=programme.first,
        plan_status=latest.status if latest else "",
        vouchers=_used(programme, vouchers),
    )


def _used(programme: Programme, vouchers: Iterable[str]) -> frozenset[str]:
    """Those of some vouchers that are used already, as they are compared."""
    keys = [rules.voucher_key(voucher) for voucher in vouchers if voucher]
    kept = Entry.objects.filter(record__programme=programme, voucher_key__in=keys)
    return frozenset(kept.values_list("voucher_key", flat=True))


def _always(standing: rules.FundsStanding) -> Callable[[object], rules.FundsStanding]:
    return lambda _: standing


def _stated(programme: Programme) -> StatedTotal | None:
    return StatedTotal.objects.filter(record__programme=programme, of="disbursed").order_by("as_of").last()


def _balances(programme: Programme) -> list[tuple[str, int]]:
    found = []
    for position in Position.objects.filter(programme=programme, owner__isnull=True):
        last = Posting.objects.filter(position=position).order_by("sequence").last()
        found.append((position.kind, last.balance if last else 0))
    return found


def enter_funds(work: Work, programme: Programme, told: Sequence[Told[Fact]], keys: dict[str, int]) -> list[int]:
    """Sums secured and totals stated by a source; each posts one entry."""
    numbers: list[int] = []
    for t in told:
        day = t.fact.as_of if isinstance(t.fact, rules.StatedDisbursement) else today()
        standing = standing_of(programme, day)
        asking = judge_all(work, [t], rules.RULES, _always(standing), opened=programme.opened)
        work.refuse_if_stopped()
        numbers += _enter_one(work, programme, t, keys, asking[t.key])
    return numbers


def _enter_one(
    work: Work, programme: Programme, t: Told[Fact], keys: dict[str, int], asking: Sequence[Problem]
) -> list[int]:
    fact = t.fact
    if isinstance(fact, rules.Secured):
        entry = _Entry(
            when=fact.when, inferred=fact.inferred, state="secured", standing="own", amount=rules.fen(fact.amount),
            purpose=fact.purpose,
        )  # fmt: skip
        return _enter_entries(work, programme, [Told(entry, t.sources, t.said, t.key, t.place)], keys)
    if isinstance(fact, rules.StatedDisbursement):
        total = total_rules.StatedTotal(
            when=fact.when, of="disbursed", as_of=fact.as_of, amount=fact.amount, status=fact.status
        )
        (number,) = enter(work, programme.record_id, [Told(total, t.sources, t.said, t.key, t.place)], keys)
        entry = _Entry(
            when=fact.when, state="disbursed", standing="total", amount=rules.fen(fact.amount), total=number, of=fact.of
        )
        numbers = _enter_entries(work, programme, [Told(entry, t.sources, t.said)], keys)
        for problem in asking:
            ask(work, [problem], numbers[0], _title(problem, fact.amount))
        return [number]
    if isinstance(fact, rules.Disbursement):
        return _disburse(work, programme, [t], keys)
    raise TypeError(fact.kind)


def _title(problem: Problem, amount: Quantity) -> str:
    words = write(amount).text
    return f"{words}的拨付凭证" if problem.code == "funds.4" else f"{words}已拨付，年度计划尚未定稿"


def _disburse(work: Work, programme: Programme, told: Sequence[Told[Fact]], keys: dict[str, int]) -> list[int]:
    """Payments as entries: those that fill a stated total in draw on 未分解, the others on the pool."""
    total = _stated(programme)
    entries = []
    for t in told:
        fact = t.fact
        assert isinstance(fact, rules.Disbursement)  # noqa: S101  told apart by the caller
        fills = total is not None and rules.fills(fact.paid_on, total.first, total.as_of)
        entries.append(
            Told(
                _Entry(
                    when=on(fact.paid_on), state="itemised" if fills else "disbursed",
                    standing="part" if fills else "own", amount=rules.fen(fact.amount),
                    total=total.record_id if fills and total else None, receiver=fact.receiver, project=fact.project,
                    voucher=fact.voucher, voucher_key=rules.voucher_key(fact.voucher), purpose=fact.purpose,
                ),
                t.sources, t.said, t.key, t.place,
            )
        )  # fmt: skip
    return _enter_entries(work, programme, entries, keys)


def _enter_entries(work: Work, programme: Programme, told: Sequence[Told[_Entry]], keys: dict[str, int]) -> list[int]:
    """Entries and their postings, all of one list in batches."""
    numbers = enter(work, programme.record_id, told, keys)
    post(work, programme, list(Entry.objects.filter(record_id__in=numbers).order_by("record_id")))
    return numbers


def post(work: Work, programme: Programme, entries: Sequence[Entry]) -> None:
    """The postings of new entries: off one position, onto another, each after the last of its position."""
    places = _Places(work, programme)
    sides: list[tuple[Entry, int, int]] = []
    for entry in entries:
        source, target = PLACES[entry.state]
        if entry.standing == "total":
            target = "undivided"
        owner = entry.project_id or entry.receiver_id if target == "transit" else None
        if source:
            sides.append((entry, -1, places.of(source, None)))
        sides.append((entry, 1, places.of(target, owner)))
    work.write(places.new)
    last = _last_postings({position for _, _, position in sides})
    postings = []
    for number, (entry, sign, position) in zip(work.numbers(Posting, len(sides)), sides, strict=True):
        before = last.get(position)
        sequence, balance = (before[0] + 1, before[1]) if before else (1, 0)
        balance += sign * entry.amount
        last[position] = (sequence, balance)
        postings.append(
            Posting(
                number=number, entry=entry, position_id=position, sequence=sequence, sign=sign, amount=entry.amount,
                balance=balance, before_sequence=before and before[0], before_balance=before and before[1],
            )
        )  # fmt: skip
    work.write(postings)


def _last_postings(positions: set[int]) -> dict[int, tuple[int, int]]:
    """Sequence and balance of the last posting on each position that has one; asked by position, however many it has."""
    newest = Posting.objects.filter(position=OuterRef("pk")).order_by("-sequence")
    rows = Position.objects.filter(pk__in=positions).values_list(
        "pk", Subquery(newest.values("sequence")[:1]), Subquery(newest.values("balance")[:1])
    )
    return {position: (sequence, balance) for position, sequence, balance in rows if sequence}


class _Places:
    """The positions of a programme, found or made."""

    def __init__(self, work: Work, programme: Programme) -> None:
        self.work, self.programme = work, programme
        rows = Position.objects.filter(programme=programme)
        self.known = {(p.kind, p.owner_id): p.number for p in rows}
        self.new: list[Position] = []

    def of(self, kind: str, owner: int | None) -> int:
        """The number of a position."""
        if (kind, owner) not in self.known:
            number = self.work.numbers(Position, 1)[0]
            self.known[(kind, owner)] = number
            self.new.append(Position(number=number, programme=self.programme, kind=kind, owner_id=owner))
        return self.known[(kind, owner)]


def record_disbursements(
    facts: Sequence[rules.Disbursement], *, programme: Programme, person: Person, reason: str = ""
) -> list[int]:
    """Record payments with their vouchers as evidence; the numbers of the entries. Refused with all problems at once."""
    with doing("record_disbursement", person=person, place=place_of(programme), reason=reason) as work:
        told = [Told(fact, {}, place=f"第 {n} 笔" if len(facts) > 1 else "") for n, fact in enumerate(facts, 1)]
        standing = standing_of(programme, min(f.paid_on for f in facts), [f.voucher for f in facts])
        asking = []
        for t in told:
            asking.append(judge_all(work, [t], rules.RULES, _always(standing), opened=programme.opened)[t.key])
            standing = rules.after(t.fact, standing)
        work.refuse_if_stopped()
        vouchers = _keep_vouchers(work, programme, [t.fact for t in told])
        sourced = [
            Told(
                t.fact, {"": Source(vouchers[t.fact.voucher], "supporting", None, "", t.fact.voucher[:20])}, key=f"{n}"
            )
            for n, t in enumerate(told)
        ]
        numbers = _disburse(work, programme, sourced, {})
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
    standing = standing_of(programme, fact.paid_on, [fact.voucher])
    work = Work("record_disbursement", Person())
    judge_all(work, [Told(fact, {})], rules.RULES, _always(standing), opened=programme.opened)
    return rules.case_of(fact, standing), standing, work.problems
