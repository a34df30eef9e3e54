"""What one side reports and the other has not yet confirmed: payments without 到账, receipts without a payment."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from duikou.acts.doing import today
from duikou.records.models import Entry, Programme, Receipt, of
from duikou.rules.amounts import words
from duikou.rules.ledger import signed, total, totals
from duikou.web.addresses import batched, href


class Open(NamedTuple):
    """A movement that stands on one side: record, whom it is to, its day, what of it is open, whose answer it waits for."""

    kind: str
    number: int
    said: str
    to: str
    day: date | None
    fen: int
    owner: str

    @property
    def href(self) -> str:
        """Its record."""
        return href(self.kind, self.number)

    @property
    def amount(self) -> str:
        """What is open, in words."""
        return words(self.fen)

    @property
    def age(self) -> int | None:
        """For how many days it has been open."""
        return (today() - self.day).days if self.day else None


class Left(NamedTuple):
    """What is left open of a movement: its day, its number, how much, whether it is a stated total."""

    day: date | None
    number: int
    fen: int
    stated: bool = False


@dataclass(frozen=True)
class Movements:
    """What is open on either side, the oldest first; in words (told_paid, told_received) what of it is shown."""

    paid: tuple[Left, ...]
    received: tuple[Left, ...]

    @property
    def open_paid(self) -> str:
        """What was paid and not confirmed, in words."""
        return _words(self.paid)

    @property
    def open_received(self) -> str:
        """What has come and is no known payment, in words."""
        return _words(self.received)


def movements(programme: Programme) -> Movements:
    """What was paid and is not confirmed, and what has come and is not known to have been paid; the oldest first."""
    matched = of(Entry, programme).filter(state="received")
    rows = list(matched.values_list("of", "receipt", "amount", "back"))
    confirmed = totals((entry, signed([(amount, back)])) for entry, _, amount, back in rows if entry)
    known = totals((receipt, signed([(amount, back)])) for _, receipt, amount, back in rows if receipt)
    return Movements(_oldest_first(_paid(programme, confirmed)), _oldest_first(_received(programme, known)))


def _oldest_first(rows: Iterable[Left]) -> tuple[Left, ...]:
    """What is open, where nobody knows its day first."""
    return tuple(sorted((row for row in rows if row.fen > 0), key=lambda row: (row.day or date.min, row.number)))


def _paid(programme: Programme, confirmed: Mapping[int, int]) -> Iterator[Left]:
    """Payments that went on their way, less what was returned, confirmed, or, of a stated total, listed one by one."""
    paid = of(Entry, programme).filter(state__in=("disbursed", "itemised"))
    corrected = set(of(Entry, programme).exclude(corrects=None).values_list("corrects", flat=True))
    drawn = paid.filter(back=None).values_list("pk", "state", "standing", "total_id", "amount", "last")
    rows = [row for row in drawn if row[0] not in corrected]
    listed = totals((total_, fen) for _, state, _, total_, fen, _ in rows if state == "itemised")
    back = paid.filter(back=True, corrects=None).values_list("of", "amount")
    returned = totals((of_, fen) for of_, fen in back if of_)
    for pk, _, standing, total_, fen, day in rows:
        stated = standing == "total"
        gone = listed.get(total_, 0) if stated else returned.get(pk, 0) + confirmed.get(pk, 0)
        yield Left(day, pk, fen - gone, stated)


def _received(programme: Programme, known: Mapping[int, int]) -> Iterator[Left]:
    """Receipts, less what of them is known to be a payment."""
    for pk, amount, day in of(Receipt, programme).values_list("pk", "amount", "last"):
        yield Left(day, pk, amount - known.get(pk, 0))


def told_paid(rows: Iterable[Left]) -> Iterator[Open]:
    """Payments that are open, in words."""
    left = {one.number: one for one in rows}
    for some in batched(list(left)):
        drawn = Entry.objects.filter(pk__in=some)
        said = {pk: to for pk, *to in drawn.values_list("pk", "voucher", "purpose", "project__name", "receiver__name")}
        for one in map(left.__getitem__, some):
            voucher, purpose, *to = said[one.number]
            whom = "来源只说总数，未逐笔列出" if one.stated else next(filter(None, to), "收款单位未定")
            yield Open("entry", one.number, voucher or purpose, whom, one.day, one.fen, "受援方")


def told_received(rows: Iterable[Left]) -> Iterator[Open]:
    """Receipts that are open, in words."""
    left = {one.number: one for one in rows}
    for some in batched(list(left)):
        drawn = Receipt.objects.select_related("receiver", "project").in_bulk(some)
        for one in map(left.__getitem__, some):
            row = drawn[one.number]
            yield Open("receipt", row.pk, row.reference, str(row.project or row.receiver), one.day, one.fen, "支援方")


def _words(rows: Sequence[Left]) -> str:
    return words(total(row.fen for row in rows))


def oldest(rows: Iterable[Left]) -> int | None:
    """The age of the oldest, in days."""
    first = min((row.day for row in rows if row.day is not None), default=None)
    return (today() - first).days if first else None
