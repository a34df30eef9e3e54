"""What one side reports and the other has not yet confirmed: payments without 到账, receipts without a payment."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from duikou.acts.doing import today
from duikou.records.models import Entry, Programme, Receipt, of
from duikou.rules.amounts import words
from duikou.rules.ledger import signed, total, totals
from duikou.web.addresses import href


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


@dataclass(frozen=True)
class Movements:
    """What is open on either side."""

    paid: tuple[Open, ...]
    received: tuple[Open, ...]

    @property
    def open_paid(self) -> str:
        """What was paid and not confirmed, in words."""
        return _words(self.paid)

    @property
    def open_received(self) -> str:
        """What has come and is no known payment, in words."""
        return _words(self.received)


TOLD = (
    "pk", "standing", "total_id", "amount", "voucher", "purpose", "last", "project__name", "receiver__name",
)  # fmt: skip


def movements(programme: Programme) -> Movements:
    """What was paid and is not confirmed, and what has come and is not known to have been paid; the oldest first."""
    matched = Entry.objects.filter(state="received", record__programme=programme)
    rows = list(matched.values_list("of", "receipt", "amount", "back"))
    confirmed = totals((entry, signed([(amount, back)])) for entry, _, amount, back in rows if entry)
    known = totals((receipt, signed([(amount, back)])) for _, receipt, amount, back in rows if receipt)
    return Movements(_paid(programme, confirmed), _received(programme, known))


def _paid(programme: Programme, confirmed: dict[int, int]) -> tuple[Open, ...]:
    """Payments that went on their way, less what was returned, confirmed, or, of a stated total, listed one by one."""
    rows = Entry.objects.filter(state__in=("disbursed", "itemised"), record__programme=programme, back=None)
    rows = rows.exclude(pk__in=Entry.objects.exclude(corrects=None).values("corrects"))
    listed = totals(rows.filter(state="itemised").values_list("total_id", "amount"))
    back = Entry.objects.filter(
        state__in=("disbursed", "itemised"), record__programme=programme, back=True, corrects=None
    )
    returned = totals((of_, fen) for of_, fen in back.values_list("of", "amount") if of_)
    found = []
    for pk, standing, total_, amount, said, purpose, day, *to in rows.order_by("last", "pk").values_list(*TOLD):
        stated = standing == "total"
        left = amount - (listed.get(total_, 0) if stated else returned.get(pk, 0) + confirmed.get(pk, 0))
        if left > 0:
            whom = "来源只说总数，未逐笔列出" if stated else next(filter(None, to), "收款单位未定")
            found.append(Open("entry", pk, said or purpose, whom, day, left, "受援方"))
    return tuple(found)


def _received(programme: Programme, known: dict[int, int]) -> tuple[Open, ...]:
    """Receipts, less what of them is known to be a payment."""
    return tuple(
        Open(
            "receipt", row.pk, row.reference, str(row.project or row.receiver), row.last,
            row.amount - known.get(row.pk, 0), "支援方",
        )
        for row in of(Receipt, programme).select_related("receiver", "project").order_by("last", "pk")
        if row.amount > known.get(row.pk, 0)
    )  # fmt: skip


def _words(rows: Sequence[Open]) -> str:
    return words(total(row.fen for row in rows))


def oldest(rows: Iterable[Open]) -> int | None:
    """The age of the oldest, in days."""
    first = min((row.day for row in rows if row.day is not None), default=None)
    return (today() - first).days if first else None
