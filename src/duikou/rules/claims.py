"""Claims for payment: what was done, what is asked, what may be paid."""

from dataclasses import dataclass, field
from datetime import date

from duikou.terms.words import zh

from .amounts import words
from .fact import Fact, Ref
from .funds import voucher_key
from .packs import Pack
from .problem import Found, rule


@dataclass(frozen=True, kw_only=True)
class Claim(Fact):
    """A claim of a day (`when`) under a contract; amounts in fen, progress per mille, `done` all work finished so far.

    `payee` is who is to get the money, as the claim says; the papers that came with it are items of the list `paper`.
    """

    contract: Ref
    number: int
    type: str
    stage: str
    use: str
    amount: int
    payee: Ref | None = None
    progress: int | None = None
    done: int | None = None
    purpose: str = ""
    state: str = "submitted"
    invoices: tuple["Invoice", ...] = ()


@dataclass(frozen=True)
class Invoice:
    """An invoice behind a claim: code and number in one as it is printed, seller, amount in fen."""

    number: str
    seller: Ref
    amount: int


@dataclass(frozen=True, kw_only=True)
class Approval(Fact):
    """What is approved of a claim, and what of that is held back, both in fen."""

    claim: Ref
    approved: int
    retained: int = 0


@dataclass(frozen=True)
class ClaimStanding:
    """What the book knows of the contract and the project when a claim or its approval comes; amounts in fen.

    `price` with all supplements, `approved` and `retained` of all claims before this one that were not refused or
    voided, `paid` what has reached the payee; `done` the work finished at the last claim; `settled` the final accounts'
    amount; `aid` what the plan gives the project, `drawn` what claims have drawn on it; `invoices` those of its numbers
    that are used already; `signed` who has countersigned, as signer and account; `undecided` the changes (terms: change)
    asked for and not decided; `usable` the day from which the project could be used.
    """

    today: date
    pack: Pack = field(default_factory=Pack)
    claim: Claim | None = None
    payee: Ref | None = None
    contract_type: str = ""
    signed_on: date | None = None
    price: int = 0
    retention: int | None = None
    approved: int = 0
    retained: int = 0
    paid: int = 0
    done: int = 0
    settled: int | None = None
    planned: bool = False
    plan_final: bool = False
    aid: int | None = None
    drawn: int = 0
    estimate: int | None = None
    undecided: tuple[str, ...] = ()
    donations_left: int = 0
    invoices: frozenset[str] = frozenset()
    signed: tuple[tuple[str, str], ...] = ()
    usable: date | None = None


def claim_of(fact: Claim | Approval, standing: ClaimStanding) -> Claim | None:
    """The claim that is judged: the fact itself, or the one that an approval is of."""
    return fact if isinstance(fact, Claim) else standing.claim


def amount_of(fact: Claim | Approval) -> int:
    """What is claimed, or approved."""
    return fact.amount if isinstance(fact, Claim) else fact.approved


def is_of(fact: Claim | Approval, standing: ClaimStanding, *types: str) -> bool:
    """Whether the claim is of one of some types (terms: claim)."""
    claim = claim_of(fact, standing)
    return claim is not None and claim.type in types


def value(code: str, name: str, fact: Claim | Approval, standing: ClaimStanding) -> int | None:
    """A value of a rule on the day of the claim."""
    return standing.pack.value(code, name, fact.day or standing.today)


@rule("claims.1", basis="会计法：以确数记账", guards=True)
def claim_is_above_zero(fact: Claim, standing: ClaimStanding) -> Found | None:
    """申请付款的金额须大于零。
    A claim asks for more than nothing."""
    return None if fact.amount > 0 else Found(words(fact.amount), "大于 0", "改正金额；退款另记")


@rule("claims.2", basis="直接付给合同约定的施工单位账户（县级办法）")
def payee_is_the_contract_party(fact: Claim, standing: ClaimStanding) -> Found | None:
    """收款单位须是合同的对方。
    The payee is the party of the contract."""
    if fact.payee is None or fact.payee == standing.payee:
        return None
    return Found(f"收款单位 {fact.payee}", f"合同对方 {standing.payee}", "付给合同对方；转让、更名的先登记补充协议")


@rule("claims.3", basis="合同价是付款的上限", guards=True)
def claimed_within_what_is_owed(fact: Claim, standing: ClaimStanding) -> Found | None:
    """申请不得超过合同尚欠的数；质保金申请不得超过扣留的数。
    A claim stays within what the contract still owes, a claim for retention within what is held back."""
    owed = standing.retained if fact.type == "retention" else standing.price - standing.approved
    if fact.amount <= owed:
        return None
    return Found(words(fact.amount), f"不超过 {words(max(owed, 0))}", "核对前几期；合同增加的先登记补充协议")


@rule("claims.4", basis="一票一用；审计：重复报账、虚假发票", guards=True)
def invoice_is_used_once(fact: Claim, standing: ClaimStanding) -> Found | None:
    """同一发票只能报一次。
    An invoice is claimed once."""
    seen = {voucher_key(number) for number in standing.invoices}
    for invoice in fact.invoices:
        if (key := voucher_key(invoice.number)) in seen:
            return Found(f"发票 {invoice.number} 已用过", "未用过的发票", "查看已报的那一期；号码写错的改正")
        seen.add(key)
    return None


@rule("claims.5", basis="票、款、合同三方一致")
def invoices_are_the_payees(fact: Claim, standing: ClaimStanding) -> Found | None:
    """发票须由合同的对方开出。
    Invoices are issued by the party of the contract."""
    for invoice in fact.invoices:
        if standing.payee is not None and invoice.seller != standing.payee:
            return Found(f"发票 {invoice.number} 由 {invoice.seller} 开出", f"合同对方 {standing.payee}", "换开发票")
    return None


@rule("claims.6", basis="票、款、合同三方一致")
def invoices_cover_the_claim(fact: Claim, standing: ClaimStanding) -> Found | None:
    """发票金额合计不少于申请金额。
    Invoices add up to at least what is claimed."""
    total = sum(invoice.amount for invoice in fact.invoices)
    if not fact.invoices or fact.type == "retention" or total >= fact.amount:
        return None
    return Found(f"发票合计 {words(total)}", f"不少于 {words(fact.amount)}", "补齐发票，或减少申请金额")


@rule("claims.7", basis="资金跟着项目走；不在年度计划的不予报账")
def paid_for_a_planned_project(fact: Claim | Approval, standing: ClaimStanding) -> Found | None:
    """没有列入计划的项目不付款。
    Nothing is paid for a project that is in no plan."""
    return None if standing.planned else Found("项目未列入计划", "计划内的项目", "先把项目列入计划")


@rule("claims.8", basis="无计划不拨款；先年度项目计划，后资金下达")
def paid_under_a_final_plan(fact: Claim | Approval, standing: ClaimStanding) -> Found | None:
    """付款时计划应已定稿。
    When money is paid the plan is final."""
    if not standing.planned or standing.plan_final:
        return None
    return Found("计划尚未定稿", "已定稿的计划", "计划定稿后再付；先行启动的附审批文件")


@rule("claims.9", basis="拨付不超计划")
def paid_within_the_plan(fact: Claim | Approval, standing: ClaimStanding) -> Found | None:
    """项目付款合计不得超过计划安排给它的援助资金。
    What is paid for a project stays within the aid that the plan gives it."""
    together = standing.drawn + amount_of(fact)
    if standing.aid is None or is_of(fact, standing, "retention") or together <= standing.aid:
        return None
    return Found(f"连同本期 {words(together)}", f"不超过计划 {words(standing.aid)}", "核对金额；需要增加的先办变更")


@rule("claims.10", basis="政府投资条例第23条")
def paid_within_the_estimate(fact: Claim | Approval, standing: ClaimStanding) -> Found | None:
    """项目付款合计不得超过批准的概算。
    What is paid for a project stays within its approved estimate."""
    together = standing.drawn + amount_of(fact)
    if standing.estimate is None or is_of(fact, standing, "retention") or together <= standing.estimate:
        return None
    return Found(f"连同本期 {words(together)}", f"不超过概算 {words(standing.estimate)}", "先办概算调整")


@rule("claims.11", basis="政府投资条例第21条；设计变更未批准前停止付款")
def undecided_change_locks_payment(fact: Claim | Approval, standing: ClaimStanding) -> Found | None:
    """项目变更未批复前停止付款。
    While a change of the project is undecided nothing is paid."""
    if not standing.undecided:
        return None
    listed = "、".join(zh("change", change) for change in standing.undecided)
    return Found(f"{listed}变更待批", "变更已批复", "由原审批部门批复后再付")


@rule("claims.12", basis="核定以申请为限", guards=True)
def approved_within_the_claim(fact: Approval, standing: ClaimStanding) -> Found | None:
    """核定金额大于零，不超过申请金额。
    What is approved is above zero and within what was claimed."""
    claimed = standing.claim.amount if standing.claim else 0
    if 0 < fact.approved <= claimed:
        return None
    return Found(words(fact.approved), f"大于 0，不超过申请的 {words(claimed)}", "改正核定金额；全不核定的退回申请")


@rule("claims.13", basis="扣留以核定为限", guards=True)
def retained_within_the_approval(fact: Approval, standing: ClaimStanding) -> Found | None:
    """扣留的质保金不为负，不超过核定金额；质保金申请不再扣留。
    What is held back is not below zero and within what is approved; from retention nothing is held back again."""
    most = 0 if is_of(fact, standing, "retention") else fact.approved
    if 0 <= fact.retained <= most:
        return None
    return Found(words(fact.retained), f"0 至 {words(most)}", "改正扣留金额")


@rule("claims.14", basis="先用捐赠资金，后用财政资金；灾后重建援建办法", weight="asks", needs=("above",))
def donations_are_used_first(fact: Claim, standing: ClaimStanding) -> Found | None:
    """先用捐赠资金，后用财政资金：捐赠资金所余不多于规定数，才用财政资金。
    Donations are used first: fiscal money only once no more than a set amount of them is left."""
    above = value("claims.14", "above", fact, standing)
    if above is None or standing.donations_left <= above:
        return None
    return Found(f"捐赠资金尚有 {words(standing.donations_left)}", f"不多于 {words(above)}", "先从捐赠资金付")


RULES = {
    Claim: (
        claim_is_above_zero,
        payee_is_the_contract_party,
        claimed_within_what_is_owed,
        invoice_is_used_once,
        invoices_are_the_payees,
        invoices_cover_the_claim,
        paid_for_a_planned_project,
        paid_under_a_final_plan,
        paid_within_the_plan,
        paid_within_the_estimate,
        undecided_change_locks_payment,
        donations_are_used_first,
    ),
    Approval: (
        approved_within_the_claim,
        retained_within_the_approval,
        paid_for_a_planned_project,
        paid_under_a_final_plan,
        paid_within_the_plan,
        paid_within_the_estimate,
        undecided_change_locks_payment,
    ),
}
