"""The money book: entries and their postings, each after the last of its position, none below zero."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date

from django.db.models import OuterRef, Q, Subquery

from duikou.records.models import Closing, Entry, Position, Posting, Programme, Record, of
from duikou.rules.fact import Fact, Ref, Source, Told
from duikou.rules.ledger import Draw, Moved, Place, Step, odd, position_has_it, step_of
from duikou.rules.period import on

from .doing import Work, today
from .entering import enter

Key = tuple[str, int | None, int | None]  # kind of position, owner, fund


@dataclass(frozen=True, kw_only=True)
class Movement(Fact):
    """An entry as the table keeps it."""

    state: str
    amount: int
    standing: str = "own"
    back: bool | None = None
    late: bool | None = None
    total: Ref | None = None
    of: Ref | None = None
    corrects: Ref | None = None
    payer: Ref | None = None
    receiver: Ref | None = None
    project: Ref | None = None
    fund: Ref | None = None
    notice: Ref | None = None
    receipt: Ref | None = None
    contract: Ref | None = None
    claim: Ref | None = None
    voucher: str = ""
    voucher_key: str = ""
    purpose: str = ""


Movement.kind, Movement.__name__ = "entry", "Entry"


def enter_movements(
    work: Work, programme: Programme, told: Sequence[Told[Movement]], keys: dict[str, int] | None = None
) -> list[int]:
    """Entries and their postings, all of one list in batches; their record numbers. Refused where money is not there."""
    _judge(work, told)
    told = [replace(t, fact=replace(t.fact, late=True)) if late else t for t, late in _late(programme, told)]
    numbers = enter(work, programme.record_id, told, {} if keys is None else keys)
    _post(work, programme, [work.rows["records_entry", n] for n in numbers])  # type: ignore[misc]
    return numbers


def _judge(work: Work, told: Sequence[Told[Movement]]) -> None:
    """Refuse amounts of nothing or below and days to come, all at once, before anything of the list is written."""
    now = today()
    for t in told:
        moved = Moved(t.fact.amount, t.fact.when.first if t.fact.when else None)
        work.problems += [problem.at(t.place) for problem in odd(moved, now)]
    work.refuse_if_stopped()


def move(work: Work, programme: Programme, *movements: Movement, source: Source | None = None) -> list[int]:
    """Enter movements that rest on one source, or on the records they name."""
    return enter_movements(work, programme, [Told(m, {"": source} if source else {}) for m in movements])


def reversal(entry: Entry, day: date) -> Movement:
    """The movement that takes an entry back on a day: the same way in the other direction."""
    kept = {f.name for f in fields(Movement)} - {f.name for f in fields(Fact)} - {"back", "late", "corrects"}
    same = {name: getattr(entry, f"{name}_id", None) or getattr(entry, name) for name in kept}
    return Movement(when=on(day), back=None if entry.back else True, corrects=entry.record_id, **same)


def _late(programme: Programme, told: Sequence[Told[Movement]]) -> Iterator[tuple[Told[Movement], bool]]:
    """Each movement, and whether its day lies in a period that is closed."""
    closed = [
        (first, last)
        for first, last in of(Closing, programme).filter(reopened=None).values_list("first", "last")
        if first and last
    ]
    for t in told:
        day = t.fact.day
        yield t, day is not None and any(first <= day <= last for first, last in closed)


# ---- postings -------------------------------------------------------------------------------------------------------


def _post(work: Work, programme: Programme, entries: Sequence[Entry]) -> None:
    """The postings of new entries; a position that would be short stops the act and is named."""
    sides = [(entry, sign, key) for entry in entries for sign, key in _sides(entry)]
    positions = _positions(work, programme, {key for _, _, key in sides})
    last = _last_postings(positions.values())
    postings = []
    for number, (entry, sign, key) in zip(work.numbers(Posting, len(sides)), sides, strict=True):
        position = positions[key]
        before = last.get(position)
        sequence, balance = (before[0] + 1, before[1]) if before else (1, 0)
        if sign < 0 and balance < entry.amount:
            short = position_has_it.ask(Draw(key[0], named(key[1]), entry.amount), balance)
            work.problems += [short] if short else []
            work.refuse_if_stopped()
        balance += sign * entry.amount
        last[position] = (sequence, balance)
        postings.append(
            Posting(
                number=number, entry=entry, position_id=position, sequence=sequence, sign=sign, amount=entry.amount,
                balance=balance, before_sequence=before and before[0], before_balance=before and before[1],
            )
        )  # fmt: skip
    work.write(postings)


def _sides(entry: Entry) -> Iterator[tuple[int, Key]]:
    """What an entry takes off and puts onto, as sign and position."""
    step: Step = step_of(entry.state, standing=entry.standing, noticed=entry.notice_id is not None)
    source, target = (step.target, step.source) if entry.back else (step.source, step.target)
    if source:
        yield -1, _key(source, entry)
    if target:
        yield 1, _key(target, entry)


def _key(place: Place, entry: Entry) -> Key:
    """The position of a place for an entry: whose, and of which fund."""
    owners = {
        "": None, "owner": entry.project_id or entry.receiver_id, "receiver": entry.receiver_id,
        "claim": entry.claim_id, "contract": entry.contract_id,
    }  # fmt: skip
    return place.kind, owners[place.whose], entry.fund_id


def _positions(work: Work, programme: Programme, keys: set[Key]) -> dict[Key, int]:
    """The numbers of positions, those that are new written; only those asked for are looked up."""
    owners = {owner for _, owner, _ in keys if owner}
    mine = Q(owner__in=owners) if owners else Q(pk=None)
    if any(owner is None for _, owner, _ in keys):
        mine |= Q(owner=None, kind__in={kind for kind, owner, _ in keys if owner is None})
    rows = Position.objects.filter(mine, programme=programme).values_list("kind", "owner", "fund", "number")
    known = {(kind, owner, fund): number for kind, owner, fund, number in rows}
    new = [key for key in dict.fromkeys(sorted(keys, key=str)) if key not in known]
    numbers = dict(zip(new, work.numbers(Position, len(new)), strict=True))
    work.write(
        [
            Position(number=number, programme=programme, kind=kind, owner_id=owner, fund_id=fund)
            for (kind, owner, fund), number in numbers.items()
        ]
    )
    return known | numbers


def _last_postings(positions: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Sequence and balance of the last posting on each position that has one; asked by position, however many it has."""
    rows = Position.objects.filter(pk__in=positions).values_list("pk", *_last_posting())
    return {position: (sequence, balance) for position, sequence, balance in rows if sequence}


def _last_posting() -> tuple[Subquery, Subquery]:
    """Sequence and balance of the last posting on a position, as a question about positions has them."""
    newest = Posting.objects.filter(position=OuterRef("pk")).order_by("-sequence")
    return Subquery(newest.values("sequence")[:1]), Subquery(newest.values("balance")[:1])


def balances(programme: Programme, *kinds: str, owners: Iterable[int] | None = None) -> dict[Key, int]:
    """What lies at the positions of some kinds, of some owners where they are named."""
    rows = Position.objects.filter(programme=programme, kind__in=kinds)
    if owners is not None:
        rows = rows.filter(owner__in=owners)
    told = rows.values_list("kind", "owner", "fund", *_last_posting())
    return {(kind, owner, fund): balance for kind, owner, fund, sequence, balance in told if sequence}


def named(owner: int | None) -> str:
    """An owner of money as people call it."""
    record = Record.objects.filter(number=owner).first() if owner else None
    return str(getattr(record, f"as_{record.kind.replace('_', '')}")) if record else ""
