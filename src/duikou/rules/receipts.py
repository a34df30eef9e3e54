"""到账: two sides of one movement, what was paid and what has come, and what is left open on either."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from .amounts import words
from .fact import Fact, Ref
from .problem import Found, rule


@dataclass(frozen=True, kw_only=True)
class Receipt(Fact):
    """What has come to a receiver, or for a project, on a day (`when`), in fen, by the bank's reference."""

    amount: int
    receiver: Ref
    reference: str
    project: Ref | None = None
    key: str = ""

    def keyed(self, key: str) -> "Receipt":
        """The same receipt with its reference as it is compared."""
        return replace(self, key=key)


@dataclass(frozen=True, kw_only=True)
class Match(Fact):
    """Fen of a receipt that are said to be a payment: the entry with its state, day and whom it went to."""

    amount: int
    receipt: int
    entry: int
    state: str
    paid_on: date | None
    to: Ref | None
    receiver: Ref | None


@dataclass(frozen=True)
class ReceiptStanding:
    """Whether the bank's reference is used already."""

    today: date
    used: bool = False


@dataclass(frozen=True)
class MatchStanding:
    """What is not matched yet, in fen: of the receipt, and of each payment by its entry."""

    open_of_receipt: int
    open_of_entries: tuple[tuple[int, int], ...] = ()


def left(amount: int, matched: Iterable[int]) -> int:
    """What of an amount is not matched yet."""
    return amount - sum(matched)


def after(fact: Match, standing: MatchStanding) -> MatchStanding:
    """What is open once a match is made."""
    entries = tuple((n, rest - fact.amount if n == fact.entry else rest) for n, rest in standing.open_of_entries)
    return MatchStanding(standing.open_of_receipt - fact.amount, entries)


@rule("receipts.1", basis="会计法：以确数记账", guards=True)
def receipt_is_above_zero(fact: Receipt | Match, standing: object) -> Found | None:
    """到账金额须大于零。
    What has come is more than nothing."""
    return None if fact.amount > 0 else Found(words(fact.amount), "大于 0", "照银行回单改正；退回另记")


@rule("receipts.2", basis="一证一笔", guards=True)
def reference_is_used_once(fact: Receipt, standing: ReceiptStanding) -> Found | None:
    """同一银行回单只登记一次，须有回单号。
    A bank's reference stands for one receipt, and every receipt has one."""
    if not fact.reference.strip():
        return Found("未写回单号", "银行回单号", "照银行回单填上")
    return Found(f"回单 {fact.reference} 已登记", "未登记过的回单号", "查看已登记的那一笔") if standing.used else None


@rule("receipts.3", basis="记录已发生的到账", guards=True)
def receipt_is_not_in_the_future(fact: Receipt, standing: ReceiptStanding) -> Found | None:
    """到账日期不得晚于今天。
    A receipt does not lie in the future."""
    if fact.day and fact.day > standing.today:
        return Found(str(fact.day), f"不晚于 {standing.today}", "照银行回单改正日期")
    return None


@rule("receipts.4", basis="拨付与到账是一笔钱的两头", guards=True)
def match_is_within_both(fact: Match, standing: MatchStanding) -> Found | None:
    """核对的金额不得超过回单和拨付各自尚未核对的数。
    A match is within what is open of the receipt and of the payment."""
    rest = min(standing.open_of_receipt, dict(standing.open_of_entries).get(fact.entry, 0))
    if fact.amount <= rest:
        return None
    return Found(
        words(fact.amount), f"不超过 {words(rest)}", "核对回单和拨付；一笔拨付分次到账的，按实际到账数分别核对"
    )


@rule("receipts.5", basis="拨付与到账是一笔钱的两头", guards=True)
def match_is_of_a_payment_to_the_receiver(fact: Match, standing: MatchStanding) -> Found | None:
    """到账只与付给同一收款单位或项目的拨付核对。
    A receipt is matched with a payment to the same receiver or project."""
    if fact.state not in ("disbursed", "itemised"):
        return Found(f"第 {fact.entry} 号记录不是拨付", "一笔拨付", "选支援方登记的拨付")
    return None if fact.to == fact.receiver else Found("拨付给了另一单位或项目", "同一收款单位或项目", "核对收款单位")


@rule("receipts.6", basis="先拨付后到账", weight="asks")
def receipt_is_not_before_the_payment(fact: Match, standing: MatchStanding) -> Found | None:
    """到账日期不应早于拨付日期。
    A receipt is not older than the payment."""
    if fact.day and fact.paid_on and fact.day < fact.paid_on:
        return Found(f"{fact.day} 到账，{fact.paid_on} 才拨付", "拨付在先", "核对两边日期")
    return None


RULES = {
    Receipt: (receipt_is_above_zero, reference_is_used_once, receipt_is_not_in_the_future),
    Match: (
        receipt_is_above_zero,
        match_is_of_a_payment_to_the_receiver,
        match_is_within_both,
        receipt_is_not_before_the_payment,
    ),
}
