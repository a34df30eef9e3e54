"""Standing checks on money: what is asked of the book as it lies on a day, whoever has written it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from unicodedata import normalize

from duikou.terms.words import zh

from .alike import Invoiced, Payee, invoice_key, payee_key, same_payment
from .amounts import share, words
from .book import by_fact
from .budgets import RULES as OF_BUDGETS
from .budgets import CarryOver, Spent
from .idle import Balance, by_age, by_cause, months
from .packs import Pack
from .problem import Found, Problem, Rule, rule
from .shares import RULES as OF_SHARES
from .uses import SOUNDS_LIKE


@dataclass(frozen=True)
class Checked:
    """When the book is checked and by whose values."""

    today: date
    pack: Pack = field(default_factory=Pack)

    def value(self, code: str, name: str) -> int | None:
        """A value of a rule on the day; nothing where nobody has set it."""
        return self.pack.value(code, name, self.today)


@dataclass(frozen=True)
class Lying:
    """What lies at the positions of one owner."""

    balances: tuple[Balance, ...]


@dataclass(frozen=True)
class Spending:
    """What one project has received since a first day, and what of it has reached payees, in fen."""

    first: date
    received: int
    spent: int


@dataclass(frozen=True)
class Works:
    """A contract: price with supplements, approved and paid in fen, progress per mille and the value of all work done."""

    price: int
    approved: int = 0
    paid: int = 0
    progress: int | None = None
    done: int | None = None


@dataclass(frozen=True)
class Moved:
    """A movement of money (terms: state) with its voucher or the bank's reference; `open`: what of a total is not listed."""

    state: str
    amount: int
    voucher: str = ""
    total: bool = False
    open: int = 0


@dataclass(frozen=True)
class Used:
    """What money is claimed or paid for: the use (terms), where one is named, and the purpose in words."""

    amount: int
    use: str = ""
    purpose: str = ""


def barred(use: str, purpose: str) -> str:
    """The barred use (terms: use) that money is for, as it is said or as its purpose sounds; empty where it is none."""
    if use in SOUNDS_LIKE:
        return use
    said = "".join(normalize("NFKC", purpose).split())
    return next((code for code, sounds in SOUNDS_LIKE.items() if any(sound in said for sound in sounds)), "")


@rule("checks.1", basis="审计：资金闲置，结转按原因分", weight="asks")
def money_does_not_lie_idle(fact: Lying, standing: Checked) -> Found | None:
    """资金到一处满六个月的，应当用出去或者说明原因。
    Money that has lain at one place for six months is used, or it is said why not."""
    ages = {months: fen for months, fen in by_age(fact.balances, standing.today).items() if months and fen > 0}
    if not ages:
        return None
    said = "、".join(f"满{months}个月 {words(fen)}" for months, fen in ages.items())
    causes = {code: fen for code, fen in by_cause(fact.balances, standing.today).items() if fen > 0}
    why = "、".join(zh("cause", code) + (f" {words(fen)}" if len(causes) > 1 else "") for code, fen in causes.items())
    largest = max(causes, key=causes.__getitem__)
    return Found(f"闲置 {words(sum(ages.values()))}：{said}；{why}", "满六个月前用出去", REMEDIES[largest])


REMEDIES: Mapping[str, str] = {
    "built_with_balance": "已付清或决算的，结余上缴财政；未付的办付款",
    "not_started": "说明何时开工；不能开工的收回，另行安排",
    "unfinished": "按进度申请付款；停工的说明原因",
    "not_accepted": "组织验收，验收后办付款和决算",
    "not_claimed": "由项目单位备齐单据申请付款",
}


@rule("checks.2", basis="审计：支出缓慢", weight="asks", needs=("months", "points"))
def spending_keeps_pace_with_time(fact: Spending, standing: Checked) -> Found | None:
    """到账资金的支出进度不应比时间进度慢得超过规定的百分点。
    Received money is not spent slower than time passes by more than the set points."""
    span, points = (standing.value("checks.2", name) for name in ("months", "points"))
    if not span or points is None or fact.received <= 0:
        return None
    gone = min(months(fact.first, standing.today), span)
    if 100 * (gone * fact.received - fact.spent * span) <= points * span * fact.received:
        return None
    said = f"到账 {words(fact.received)} 已 {gone} 个月，支出 {words(fact.spent)}，{share(fact.spent, fact.received)}"
    expected = f"按 {span} 个月用完应有 {share(gone, span)}，慢不过 {points} 个百分点"
    return Found(said, expected, "说明慢在哪里；能付的申请付款，不能付的调整计划")


@rule("checks.3", basis="拨付跟着进度走；审计：进度滞后、支出缓慢", weight="asks", needs=("points",))
def payment_keeps_pace_with_progress(fact: Works, standing: Checked) -> Found | None:
    """合同已付比例与工程进度相差不应超过规定的百分点。
    The paid share of a contract and its progress do not differ by more than the set points."""
    points = standing.value("checks.3", "points")
    if points is None or fact.progress is None or fact.price <= 0:
        return None
    apart = 1000 * fact.paid - fact.progress * fact.price
    if abs(apart) <= 10 * points * fact.price:
        return None
    remedy = "付款超过进度：停付，核实进度" if apart > 0 else "付款落后于进度：核实进度，办付款"
    said = f"已付 {share(fact.paid, fact.price)}，进度 {share(fact.progress, 1000)}"
    return Found(said, f"相差不超过 {points} 个百分点", remedy)


@rule("checks.4", basis="审计：凭证不合规", weight="asks")
def movement_has_its_voucher(fact: Moved, standing: Checked) -> Found | None:
    """拨付、到账、支出各笔都有凭证号或银行回单号。
    Every disbursement, receipt and payment bears the number of its voucher or the bank's reference."""
    if fact.total or fact.voucher.strip():
        return None
    return Found(
        f"{zh('state', fact.state)} {words(fact.amount)}缺凭证", "凭证号或银行回单号", "取凭证或回单，补记号码和影印件"
    )


@rule("checks.5", basis="审计：凭证不合规；总数可先于分项", weight="asks")
def total_is_itemised(fact: Moved, standing: Checked) -> Found | None:
    """来源所说的拨付总数应当逐笔列出。
    A disbursement stated as a total is listed payment by payment."""
    if not fact.total or fact.open <= 0:
        return None
    return Found(
        f"总数 {words(fact.amount)}，未列 {words(fact.open)}", "逐笔列出，合计等于总数", "向拨付方取明细，逐笔补记"
    )


@rule("checks.6", basis="审计：重复报账、虚假发票", weight="asks")
def invoice_number_is_written_once(fact: Invoiced, standing: Checked) -> Found | None:
    """一张发票换个写法也只能报一次。
    An invoice is claimed once, however its number is written."""
    key = invoice_key(fact.number)
    same = [other.number for other in fact.like if key and invoice_key(other.number) == key]
    if not same:
        return None
    return Found(
        f"发票 {fact.number} 与 {same[0]} 只是写法不同", "一张发票一个号码", "核对原票；是同一张的退回后一份申请"
    )


@rule("checks.7", basis="审计：重复报账、虚假发票", weight="asks")
def invoices_are_not_twins(fact: Invoiced, standing: Checked) -> Found | None:
    """同日、同金额、同一销方的两张发票应当各有来由。
    Two invoices of one day, one amount and one seller each have their own reason."""
    same = [o.number for o in fact.like if same_payment(fact) and same_payment(o) == same_payment(fact)]
    if not same:
        return None
    said = f"发票 {fact.number} 与 {same[0]} 同日、同为 {words(fact.amount)}、同一销方"
    return Found(said, "两笔各有来由", "核对两张原票和所附清单；确是两期的写明期次")


@rule("checks.8", basis="审计：重复报账、虚假发票", weight="asks")
def payee_is_one_organisation(fact: Payee, standing: Checked) -> Found | None:
    """一个收款单位在账上只有一条登记。
    A payee is one organisation in the book."""
    code = payee_key(fact.credit_code)
    same = next((o for o in fact.like if code and payee_key(o.credit_code) == code), None)
    how = "同一信用代码" if same else "名称只是写法不同"
    same = same or next((o for o in fact.like if payee_key(o.name) == payee_key(fact.name)), None)
    if same is None:
        return None
    return Found(
        f"{fact.name}与{same.name}：{how}", "一个单位一条登记", "查营业执照；是同一单位的改用一条，查两条名下的付款"
    )


@rule("checks.9", basis="负面清单；审计：挪作他用", weight="asks")
def use_is_not_barred(fact: Used, standing: Checked) -> Found | None:
    """资金不得用于负面清单所列的用途。
    Money is not used for what the negative list bars."""
    found = barred(fact.use, fact.purpose)
    if not found:
        return None
    said = f"{zh('use', found)}：{fact.purpose}" if fact.purpose else zh("use", found)
    return Found(
        f"{words(fact.amount)}用于{said}", "不在负面清单之列", "核对用途；确属负面清单的退回资金，误记的改正用途"
    )


@rule("checks.10", basis="政府投资条例第22条", weight="asks", needs=("points",))
def contractor_does_not_prefinance(fact: Works, standing: Checked) -> Found | None:
    """已完工程不得长期高出核定付款，由施工单位垫资。
    Work done does not run far ahead of what was approved, financed by the builder."""
    points = standing.value("checks.10", "points")
    if points is None or fact.done is None or fact.price <= 0:
        return None
    if 100 * (fact.done - fact.approved) <= points * fact.price:
        return None
    said = f"已完成 {words(fact.done)}，核定 {words(fact.approved)}，高出合同价的 {share(fact.done - fact.approved, fact.price)}"
    return Found(said, f"高出不超过合同价的 {points}%", "核实工程量，及时核定付款；不得要求施工单位垫资")


RULES: Mapping[type[Any], tuple[Rule, ...]] = {
    Lying: (money_does_not_lie_idle,),
    Spending: (spending_keeps_pace_with_time,),
    Works: (payment_keeps_pace_with_progress, contractor_does_not_prefinance),
    Moved: (movement_has_its_voucher, total_is_itemised),
    Invoiced: (invoice_number_is_written_once, invoices_are_not_twins),
    Payee: (payee_is_one_organisation,),
    Used: (use_is_not_barred,),
    CarryOver: OF_BUDGETS[CarryOver],
    Spent: OF_SHARES[Spent],
}
CODES = tuple(r.code for rules in RULES.values() for r in rules)


def asked_of(fact: Any, standing: Checked) -> list[Problem]:
    """What the checks find in a fact; a standing check stops nothing, however heavily a programme takes it."""
    held = [r for r in by_fact()[type(fact)] if standing.pack.weight(r.code, standing.today) != "off"]
    return [replace(found, weight="asks") for r in held if (found := r.ask(fact, standing, standing.today))]


def at_stake(fact: Any, standing: Checked) -> int | None:
    """The fen that a question is about: of money that lies, only what is idle; nothing where it is about a name."""
    if isinstance(fact, Lying):
        return sum(fen for months, fen in by_age(fact.balances, standing.today).items() if months)
    if isinstance(fact, Spending):
        return fact.received - fact.spent
    if isinstance(fact, Works):
        return fact.price
    return (fact.open or fact.amount) if isinstance(fact, Moved) else getattr(fact, "amount", None)
