"""From a claim to the payee: who signs, what is ordered, what the bank has paid."""

from collections.abc import Sequence
from dataclasses import dataclass

from .fact import Fact
from .problem import Found, rule

FROM = {
    "countersign": ("submitted", "approved"), "approve": ("submitted",), "refuse": ("submitted", "approved"),
    "order": ("approved",), "confirm": ("pending",), "void": ("pending", "posted"),
}  # fmt: skip
WORDS = {
    "submitted": "已申请",
    "approved": "已核定",
    "pending": "待付",
    "posted": "已付",
    "voided": "已作废",
    "refused": "已退回",
}


@dataclass(frozen=True, kw_only=True)
class Step(Fact):
    """A step of a claim: which, by whom, as which signer (terms: countersigner) and by which voucher where it has them."""

    step: str
    account: str
    signer: str = ""
    voucher: str = ""
    reason: str = ""


@dataclass(frozen=True)
class PaymentStanding:
    """Where a claim stands: its state, who filed it, who signed as what, whether the voucher is used."""

    state: str
    filed_by: str
    signed: Sequence[tuple[str, str]] = ()
    used: bool = False


@rule("payments.1", basis="先申请、会签、核定，后付款", guards=True)
def claim_stands_at_this_step(fact: Step, standing: PaymentStanding) -> Found | None:
    """付款申请按申请、会签、核定、付款、付讫的次序办。
    A claim is filed, countersigned, approved, ordered and confirmed in this order."""
    due = FROM[fact.step]
    if standing.state in due:
        return None
    return Found(WORDS[standing.state], "或".join(WORDS[state] for state in due), "看这笔申请现在到了哪一步")


@rule("payments.2", basis="县级分管领导和前方干部会签（县级办法）")
def payment_is_countersigned(fact: Step, standing: PaymentStanding) -> Found | None:
    """付款前须由县级分管领导和前方干部会签。
    Before payment the county leader in charge and the front-line cadre have countersigned."""
    if fact.step != "order":
        return None
    signed = {signer for signer, _ in standing.signed}
    missing = [
        words for code, words in (("county_leader", "县级分管领导"), ("front_line", "前方干部")) if code not in signed
    ]
    return Found("缺" + "、".join(missing) + "会签", "两人会签", "请所缺的一方会签") if missing else None


@rule("payments.3", basis="不相容职务相分离", guards=True)
def two_different_people_sign(fact: Step, standing: PaymentStanding) -> Found | None:
    """会签的两人不是同一人，也不是申请人；同一身份只签一次。
    Those who countersign are two people, neither of them who filed the claim; each signs once."""
    if fact.step != "countersign":
        return None
    if fact.signer in {signer for signer, _ in standing.signed}:
        return Found("这一方已会签", "未会签", "不必再签")
    if fact.account in {account for _, account in standing.signed}:
        return Found(f"{fact.account} 已以另一身份会签", "另一人", "请另一人会签")
    return Found(f"{fact.account} 是申请人", "另一人", "请另一人会签") if fact.account == standing.filed_by else None


@rule("payments.4", basis="一证一笔", guards=True)
def payment_has_its_own_voucher(fact: Step, standing: PaymentStanding) -> Found | None:
    """确认付讫须有银行回单号，一号只记一笔。
    A payment is confirmed by the bank's reference, which stands for one payment."""
    if fact.step != "confirm":
        return None
    if not fact.voucher.strip():
        return Found("未写回单号", "银行回单号", "照银行回单填上")
    return Found(f"回单 {fact.voucher} 已记过", "未用过的回单号", "核对回单号") if standing.used else None


@rule("payments.5", basis="会计法：更正须有依据，留痕", guards=True)
def refusal_says_why(fact: Step, standing: PaymentStanding) -> Found | None:
    """退回和作废须写明原因。
    What is refused or voided says why."""
    if fact.step not in ("refuse", "void") or fact.reason.strip():
        return None
    return Found("未写原因", "原因", "写明为什么退回或作废，好让对方改正")


RULES = {
    Step: (
        claim_stands_at_this_step,
        two_different_people_sign,
        payment_is_countersigned,
        payment_has_its_own_voucher,
        refusal_says_why,
    )
}
