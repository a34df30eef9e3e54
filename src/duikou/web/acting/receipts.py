"""到账: what the bank says has come, and which payments it is; likely ones are proposed with their reasons."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField

from duikou.acts import receipts as acts
from duikou.records.models import Entry, Receipt
from duikou.rules import receipts as rules
from duikou.rules.amounts import words
from duikou.rules.ledger import signed
from duikou.rules.period import on
from duikou.web.forms import Day, Money

from .asking import Sheet, Shown, sheet
from .offer import Pick, number
from .places import of_receipt, own_work, receipt


class NewReceipt(Sheet):
    """登记到账: what has come, by the bank's reference."""

    act, leads = "record_receipt", "receipts/{}/match"
    at = {"receipts.1": "amount", "receipts.2": "reference", "receipts.3": "day"}
    amount = Money(label="到账金额", help_text="只写数字按万元")
    day = Day(label="到账日期", help_text="照银行回单")
    receiver = Pick("收款单位")
    project = Pick("项目", required=False, empty="不分到项目", help_text="直接付给项目的选项目")
    reference = forms.CharField(label="银行回单号", max_length=40)

    def prepare(self) -> None:
        """Receivers and projects of one's own part."""
        self.offers(receiver=self.offer.receivers, project=self.offer.projects)

    @property
    def back(self) -> str:
        """The page of receipts."""
        return "receipts/"

    def do(self, said: dict[str, Any]) -> int:
        """Enter it; which payments it is, is said next."""
        fact = rules.Receipt(
            when=on(said["day"]), amount=said["amount"], receiver=said["receiver"].pk, project=number(said["project"]),
            reference=said["reference"],
        )  # fmt: skip
        return acts.record_receipt(fact, programme=self.offer.programme, person=self.offer.person)


@dataclass(frozen=True)
class Likely:
    """A payment that a receipt may be: what is open of it, and what speaks for it."""

    entry: Entry
    open: int
    reasons: tuple[str, ...]

    @property
    def left(self) -> str:
        """What has not come yet, in words."""
        return words(self.open)

    @property
    def named(self) -> str:
        """The payment in a few words."""
        whom = self.entry.project or self.entry.receiver
        day = f"{self.entry.last:%Y-%m-%d}" if self.entry.last else ""
        return "　".join(filter(None, (day, words(self.entry.amount), str(whom or ""), self.entry.voucher)))


@dataclass(frozen=True)
class Row:
    """A payment on the form, with its box and its amount."""

    likely: Likely
    take: BoundField
    amount: BoundField


def open_of(row: Receipt) -> int:
    """What of a receipt is not matched yet, in fen."""
    return rules.left(row.amount, [_received(receipt=row.pk)])


def likely(row: Receipt) -> list[Likely]:
    """The payments to the same receiver or project that are not wholly received, the likeliest first."""
    paid = Entry.objects.filter(record__programme=row.record.programme, state__in=("disbursed", "itemised"), back=None)
    paid = paid.exclude(standing="total").exclude(pk__in=Entry.objects.exclude(corrects=None).values("corrects"))
    mine = (
        paid.filter(project=row.project_id) if row.project_id else paid.filter(project=None, receiver=row.receiver_id)
    )
    open_ = [
        (entry, rules.left(entry.amount, [_received(of=entry.pk)]))
        for entry in mine.select_related("project", "receiver").order_by("last", "pk")
    ]
    found = [Likely(entry, rest, tuple(_reasons(row, entry, rest))) for entry, rest in open_ if rest > 0]
    return sorted(found, key=lambda one: -len(one.reasons))


def _received(**what: int) -> int:
    return signed(Entry.objects.filter(state="received", **what).values_list("amount", "back"))


def _reasons(row: Receipt, entry: Entry, rest: int) -> Iterator[str]:
    """What speaks for a payment."""
    yield "同一项目" if row.project_id else "同一收款单位"
    if rest == open_of(row):
        yield "金额相同"
    if entry.last and row.last and (days := _days(entry.last, row.last)):
        yield days


def _days(paid: date, come: date) -> str:
    """How many days lie between, where they are few."""
    between = (come - paid).days
    return "同一天" if between == 0 else f"拨付后 {between} 天" if 0 < between <= 31 else ""


class Match(Sheet):
    """核对到账: which payments a receipt is; several may be chosen, each with what of it has come."""

    act, leads, template = "match_receipt", "receipts/{}/", "acting_match.html"
    reason = forms.CharField(label="说明", max_length=120, required=False)

    def prepare(self) -> None:
        """A box and an amount for each payment that may be it; the one of the same amount is chosen already."""
        self.open, self.found = open_of(self.about), likely(self.about)
        same = [one for one in self.found if one.open == self.open]
        for one in self.found:
            self.fields[f"take-{one.entry.pk}"] = forms.BooleanField(
                label=one.named, required=False, initial=len(same) == 1 and one is same[0]
            )
            self.fields[f"amount-{one.entry.pk}"] = Money(
                label=f"{one.named}到账", required=False, initial=min(one.open, self.open) or None
            )

    @property
    def subject(self) -> str:
        """Which receipt."""
        return f"银行回单 {self.about.reference}"

    @property
    def matches(self) -> list[Row]:
        """The payments with their fields."""
        return [Row(one, self[f"take-{one.entry.pk}"], self[f"amount-{one.entry.pk}"]) for one in self.found]

    @property
    def own(self) -> BoundField:
        """The field that is not of a payment."""
        return self["reason"]

    def clean(self) -> dict[str, Any]:
        """At least one payment, each with an amount."""
        said = super().clean() or {}
        chosen = [one.entry.pk for one in self.found if said.get(f"take-{one.entry.pk}")]
        if not chosen:
            self.add_error(None, "没有选；至少选名单里的一笔拨付")
        for pk in chosen:
            if f"amount-{pk}" in said and said[f"amount-{pk}"] is None:
                self.add_error(f"amount-{pk}", "填写到账金额")
        return said

    def beside(self) -> Shown:
        """What has come."""
        row: Receipt = self.about
        whom = str(row.project or row.receiver)
        day = f"{row.last:%Y-%m-%d}" if row.last else ""
        return [
            ("到账", words(row.amount)), ("尚未核对", words(self.open) if self.open else "0"), ("收款", whom),
            ("日期", day), ("回单号", row.reference),
        ]  # fmt: skip

    def do(self, said: Mapping[str, Any]) -> list[int]:
        """Enter what was matched; the receipt first, then the entries."""
        chosen = [one.entry.pk for one in self.found if said[f"take-{one.entry.pk}"]]
        acts_of = acts.match_receipt(
            self.about, [(pk, said[f"amount-{pk}"]) for pk in chosen], programme=self.offer.programme,
            person=self.offer.person, reason=said["reason"],
        )  # fmt: skip
        return [self.about.pk, *acts_of]


urlpatterns = [
    sheet("receipts/new", NewReceipt, own_work(NewReceipt.act), "receipt-new"),
    sheet("receipts/<int:number>/match", Match, of_receipt, "receipt-match", receipt),
]
