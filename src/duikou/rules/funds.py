"""Money: what is secured, what is disbursed, and what must hold before a fen moves."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal
from unicodedata import category, normalize

from .amounts import words
from .fact import Fact, Ref
from .problem import Found, rule
from .quantity import Quantity
from .writing import write


@dataclass(frozen=True, kw_only=True)
class Secured(Fact):
    """落实: money that the supporting side has secured for a programme."""

    amount: Quantity
    source: str
    purpose: str = ""
    fund: int | None = None
    voucher: str = ""


@dataclass(frozen=True, kw_only=True)
class StatedDisbursement(Fact):
    """拨付 as a source states it in one sum on a day, without its payments."""

    amount: Quantity
    as_of: date
    of: Ref | None = None
    status: str = ""

    @property
    def day(self) -> date:
        """The day of the statement."""
        return self.as_of


@dataclass(frozen=True, kw_only=True)
class Disbursement(Fact):
    """拨付: one payment out of the supporting treasury, on a day, to an organisation, with its voucher."""

    amount: Quantity
    paid_on: date
    receiver: Ref | None = None
    project: Ref | None = None
    voucher: str = ""
    purpose: str = ""
    fund: int | None = None
    notice: int | None = None

    @property
    def day(self) -> date:
        """The day of the payment."""
        return self.paid_on


@dataclass(frozen=True, kw_only=True)
class Release(Fact):
    """动用预留金: fen that are to be used again, and the number of the paper that approves it."""

    amount: int
    approval: str


@dataclass(frozen=True, kw_only=True)
class Reversal(Fact):
    """冲正: how the entry counts that is taken back, which entry has taken it back already, and why."""

    standing: str
    corrected: Ref | None
    reason: str


@dataclass(frozen=True)
class FundsStanding:
    """The money of a programme, of one fund where a fact names one, at the moment of an act, in fen.

    `unpaid` is what lies in reserve and in allotments: secured, no longer in the pool, and not yet disbursed.
    """

    today: date
    secured_parts: tuple[int, ...] = ()
    pool: int = 0
    unpaid: tuple[int, ...] = ()
    undivided: int = 0
    stated: int = 0
    stated_on: date | None = None
    stated_from: date | None = None
    begun: date | None = None
    plan_status: str = ""
    vouchers: frozenset[str] = frozenset()

    @property
    def secured(self) -> int:
        """All that was secured."""
        return sum(self.secured_parts)

    @property
    def disbursed(self) -> int:
        """All that was disbursed: what lies no longer in pool, reserve or allotment."""
        return self.secured - self.pool - sum(self.unpaid)

    @property
    def later(self) -> int:
        """How much was disbursed besides the stated total."""
        return self.disbursed - self.stated

    @property
    def listed(self) -> int:
        """How much of the stated total is listed by payments."""
        return self.stated - self.undivided


Case = Literal["fills", "adds", "first"]


def case_of(fact: Disbursement, standing: FundsStanding) -> Case:
    """Whether a payment fills a stated total in (its day is not after the total's), adds to it, or there is none."""
    if standing.stated_on is None or fact.fund or fact.notice:
        return "first"
    return "fills" if fills(fact.paid_on, standing.stated_from, standing.stated_on) else "adds"


def fills(paid_on: date, stated_from: date | None, stated_on: date) -> bool:
    """Whether a payment of this day lies inside a total stated for the days from one to the other."""
    return (stated_from or date.min) <= paid_on <= stated_on


def after(fact: Disbursement, standing: FundsStanding) -> FundsStanding:
    """The standing once a payment is made: what the next one of the same list meets."""
    amount = fen(fact.amount) if fact.amount.exact else 0
    vouchers = standing.vouchers | {voucher_key(fact.voucher)} if fact.voucher else standing.vouchers
    if case_of(fact, standing) == "fills":
        return replace(standing, undivided=standing.undivided - amount, vouchers=vouchers)
    if fact.notice:
        return replace(standing, unpaid=(*standing.unpaid, -amount), vouchers=vouchers)
    return replace(standing, pool=standing.pool - amount, vouchers=vouchers)


def voucher_key(voucher: str) -> str:
    """A voucher number as it is compared: Ｖ-1, v-1 and V-1 are one, and what cannot be seen does not count."""
    seen = (c for c in normalize("NFKC", voucher) if category(c)[0] not in "CZ")
    return "".join(seen).casefold()


def fen(quantity: Quantity) -> int:
    """The whole fen of an exact quantity."""
    if quantity.low is None or not quantity.exact:
        raise ValueError("不是确数")
    return quantity.low


@rule("funds.1", basis="会计法：以确数记账", guards=True)
def amount_is_exact(fact: Secured | StatedDisbursement | Disbursement, standing: FundsStanding) -> Found | None:
    """记入资金账的金额须是大于零的确数。
    An amount in the money book is one number above zero."""
    if fact.amount.unit != "fen" or not fact.amount.exact:
        return Found(write(fact.amount).text, "确数，如 200万元", "查明确数后再记；概数可作为陈述留存")
    if fen(fact.amount) <= 0:
        return Found(words(fen(fact.amount)), "大于 0", "改正金额；退回另记")
    return None


@rule("funds.2", basis="资金跟着项目走，不得超计划拨付", guards=True)
def disbursed_within_secured(fact: Disbursement | StatedDisbursement, standing: FundsStanding) -> Found | None:
    """拨付不得超过已落实而尚未拨付的资金。
    No more is disbursed than is secured and not yet disbursed."""
    if isinstance(fact, Disbursement) and (fact.notice or case_of(fact, standing) == "fills"):
        return None
    if not fact.amount.exact or fen(fact.amount) <= standing.pool:
        return None
    expected = (
        f"不超过 {words(standing.pool)}（已落实 {words(standing.secured)}）" if standing.pool else "先有落实的资金"
    )
    return Found(words(fen(fact.amount)), expected, "核对金额；从某项资金拨付的，选上资金来源；另有落实的，先记落实")


@rule("funds.3", basis="无计划不拨款；先年度项目计划，后资金下达")
def paid_under_a_final_plan(fact: Disbursement | StatedDisbursement, standing: FundsStanding) -> Found | None:
    """拨付资金时年度计划应已定稿。
    Money is paid under an annual plan that is final."""
    if standing.plan_status != "preliminary":
        return None
    return Found("资金已拨付，年度计划仅“初步完成”", "计划定稿在先", "补计划定稿和批准文件，或说明先行拨付的依据")


@rule("funds.4", basis="拨付须有凭证、日期、收款单位", weight="asks")
def payment_has_its_voucher(fact: Disbursement | StatedDisbursement, standing: FundsStanding) -> Found | None:
    """每笔拨付须有凭证，写明日期和收款单位。
    Every payment has a voucher that names its day and its payee."""
    if isinstance(fact, StatedDisbursement):
        return Found("缺凭证、日期、收款单位", "拨付凭证", "向市财政局取拨付凭证，逐笔补记")
    missing = [name for name, value in (("凭证号", fact.voucher), ("收款单位", fact.receiver)) if not value]
    return Found("缺" + "、".join(missing), "拨付凭证", "补上后重报") if missing else None


@rule("funds.5", basis="总数可先于分项", guards=True)
def detail_within_its_total(fact: Disbursement, standing: FundsStanding) -> Found | None:
    """补列的明细合计不得超过来源所说的总数。
    The payments that fill in a stated total do not come to more than it."""
    if case_of(fact, standing) != "fills" or not fact.amount.exact or fen(fact.amount) <= standing.undivided:
        return None
    listed = standing.listed + fen(fact.amount)
    return Found(
        f"连同本笔已列 {words(listed)}",
        f"不超过来源总数 {words(standing.stated)}（截至 {standing.stated_on}）",
        "核对日期：晚于该日的拨付另计；否则请来源更正总数",
    )


@rule("funds.6", basis="记录已发生的拨付", guards=True)
def payment_is_not_in_the_future(fact: Disbursement, standing: FundsStanding) -> Found | None:
    """拨付日期不得晚于今天。
    A payment does not lie in the future."""
    if fact.paid_on > standing.today:
        return Found(str(fact.paid_on), f"不晚于 {standing.today}", "改正日期；待拨付的另记计划")
    return None


@rule("funds.7", basis="一证一笔", guards=True)
def voucher_is_used_once(fact: Disbursement, standing: FundsStanding) -> Found | None:
    """同一凭证号只能记一笔拨付。
    A voucher number stands for one payment."""
    if fact.voucher and voucher_key(fact.voucher) in standing.vouchers:
        return Found(f"凭证 {fact.voucher} 已记过", "未用过的凭证号", "查看已记的那一笔；确是另一笔时改正凭证号")
    return None


@rule("funds.8", basis="项目方案自其起始日起有账", guards=True)
def payment_is_not_before_the_programme(fact: Disbursement, standing: FundsStanding) -> Found | None:
    """拨付日期不得早于项目方案开始的日期。
    A payment is not older than its programme."""
    if standing.begun and fact.paid_on < standing.begun:
        return Found(str(fact.paid_on), f"不早于 {standing.begun}", "核对年份；更早的支援另设项目方案")
    return None


@rule("funds.9", basis="动用预留金须经批准（各地办法）", guards=True)
def release_is_approved(fact: Release, standing: object) -> Found | None:
    """动用预留金须有批准文号。
    The reserve is released by the number of the paper that approves it."""
    return None if voucher_key(fact.approval) else Found("未写批准文号", "批准动用的文号", "报批以后填上文号")


@rule("funds.10", basis="会计法：更正须有依据，留痕", guards=True)
def entry_is_reversed_once(fact: Reversal, standing: object) -> Found | None:
    """一笔账只冲正一次，并写明原因；来源所说的总数不冲正。
    An entry is reversed once and with a reason; a stated total is not reversed."""
    if fact.corrected:
        return Found(f"已由第 {fact.corrected} 号记录冲正", "未冲正过的一笔", "查看冲正的那一笔；再要改正，冲正那一笔")
    if fact.standing == "total":
        return Found("这一笔是来源所说的总数", "逐笔登记的一笔", "请来源更正总数")
    return None if fact.reason.strip() else Found("未写原因", "冲正的原因", "写明哪里记错、依据什么")


RULES = {
    Release: (release_is_approved,),
    Reversal: (entry_is_reversed_once,),
    Secured: (amount_is_exact,),
    StatedDisbursement: (amount_is_exact, disbursed_within_secured, paid_under_a_final_plan, payment_has_its_voucher),
    Disbursement: (
        amount_is_exact,
        payment_is_not_in_the_future,
        payment_is_not_before_the_programme,
        voucher_is_used_once,
        disbursed_within_secured,
        detail_within_its_total,
        paid_under_a_final_plan,
        payment_has_its_voucher,
    ),
}
