"""Contracts: who is to be paid how much for what, and how that was decided."""

from dataclasses import dataclass, field
from datetime import date

from duikou.terms.words import zh

from .amounts import percent, words
from .fact import Fact, Ref
from .funds import voucher_key
from .packs import Pack
from .problem import Found, rule


@dataclass(frozen=True, kw_only=True)
class Contract(Fact):
    """A contract signed on a day (`when`): price and estimate in fen, retention per mille; a supplement amends another."""

    number: str
    title: str = ""
    project: Ref
    payee: Ref
    type: str
    method: str
    price: int
    estimate: int | None = None
    tender: str = ""
    retention: int | None = None
    amends: Ref | None = None
    key: str = ""


@dataclass(frozen=True)
class ContractStanding:
    """What the book knows when a contract comes: amounts in fen.

    `estimate` is the project's approved 概算, `feasibility` its 可研 figure; `contracted` what its contracts come to so
    far; `alike` what contracts of the same type with the same payee under the same project come to.
    """

    today: date
    pack: Pack = field(default_factory=Pack)
    planned: bool = False
    estimate: int | None = None
    contracted: int = 0
    alike: int = 0
    credit_code: str = ""
    keys: frozenset[str] = frozenset()


ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015: no I, O, S, V, Z
TENDERED = ("tender", "invited")


def credit_code_is_true(text: str) -> bool:
    """Whether a credit code has 18 characters of its alphabet and the check character that they call for."""
    if len(text) != 18 or any(c not in ALPHABET for c in text):
        return False
    total = sum(ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(text[:17]))
    return ALPHABET[-total % 31] == text[17]


def _threshold(fact: Contract, standing: ContractStanding) -> int | None:
    """From which amount a contract of this type has to be tendered."""
    return standing.pack.value("contracts.6", fact.type, fact.day or standing.today)


@rule("contracts.1", basis="一合同一号", guards=True)
def contract_number_is_used_once(fact: Contract, standing: ContractStanding) -> Found | None:
    """合同编号只能用一次，须写编号。
    A contract number stands for one contract, and every contract has one."""
    if not voucher_key(fact.number):
        return Found("未写合同编号", "合同上的编号", "照合同填上")
    if (fact.key or voucher_key(fact.number)) not in standing.keys:
        return None
    return Found(f"合同 {fact.number} 已登记", "未登记过的编号", "查看已登记的那一份；补充协议用自己的编号")


@rule("contracts.2", basis="会计法：以确数记账", guards=True)
def contract_price_is_above_zero(fact: Contract, standing: ContractStanding) -> Found | None:
    """合同价须大于零。
    A contract's price is above zero."""
    return None if fact.price > 0 else Found(words(fact.price), "大于 0", "照合同填上；减少合同价的，先登记变更")


@rule("contracts.3", basis="GB 32100-2015", weight="asks")
def payee_has_a_credit_code(fact: Contract, standing: ContractStanding) -> Found | None:
    """收款单位应有统一社会信用代码。
    A payee has a credit code."""
    return None if standing.credit_code else Found("没有统一社会信用代码", "18 位代码", "照营业执照登记")


@rule("contracts.4", basis="GB 32100-2015 校验码")
def credit_code_has_its_check_character(fact: Contract, standing: ContractStanding) -> Found | None:
    """收款单位的统一社会信用代码须合校验码。
    A payee's credit code bears the check character that it calls for."""
    code = standing.credit_code
    return Found(code, "18 位且校验码相符", "照营业执照改正") if code and not credit_code_is_true(code) else None


@rule("contracts.5", basis="资金跟着项目走", weight="asks")
def contract_is_for_a_planned_project(fact: Contract, standing: ContractStanding) -> Found | None:
    """签合同的项目应已列入计划。
    A contract is signed for a project that is in a plan."""
    return None if standing.planned else Found("项目未列入计划", "计划内的项目", "先把项目列入计划；计划外的注明来源")


@rule("contracts.6", basis="招标投标法第3条及必须招标的工程项目规定", needs=("works", "goods", "services"))
def contract_above_the_threshold_is_tendered(fact: Contract, standing: ContractStanding) -> Found | None:
    """单项合同达到限额的应当招标：工程、货物、服务各有限额。
    A contract that reaches the threshold of its type, works, goods or services, is tendered."""
    threshold, estimate = _threshold(fact, standing), max(fact.price, fact.estimate or 0)
    if threshold is None or fact.method in TENDERED or estimate < threshold:
        return None
    found = f"{zh('contract', fact.type)} {words(estimate)}，{zh('method', fact.method)}"
    return Found(found, f"{words(threshold)}及以上招标", "补招标手续；依法可不招标的，改由有权机关批准")


@rule("contracts.7", basis="招标投标法第4条")
def split_contracts_are_summed(fact: Contract, standing: ContractStanding) -> Found | None:
    """不得化整为零规避招标：同一项目与同一单位的同类合同合并计算（限额见 contracts.6）。
    Tendering is not avoided by splitting: contracts of one type with one payee under one project are added up."""
    threshold, together = _threshold(fact, standing), standing.alike + fact.price
    if threshold is None or fact.method in TENDERED or not standing.alike or fact.price >= threshold > 0:
        return None
    if together < threshold:
        return None
    found = f"连同已签的 {words(standing.alike)}，共 {words(together)}"
    return Found(found, f"合并后不到 {words(threshold)}，或经招标", "合并招标；确不相关的写明理由")


@rule("contracts.8", basis="政府投资条例第23条")
def contracts_within_the_estimate(fact: Contract, standing: ContractStanding) -> Found | None:
    """项目各合同之和不得超过批准的概算；增加须由原核定部门批准。
    A project's contracts stay within its approved estimate; the body that approved it decides on any increase."""
    together = standing.contracted + fact.price
    if standing.estimate is None or together <= standing.estimate:
        return None
    found = f"连同本合同 {words(together)}"
    return Found(found, f"不超过概算 {words(standing.estimate)}", "先办概算调整，再登记合同")


@rule("contracts.9", basis="建质〔2017〕138号；财建〔2022〕183号", needs=("limit",))
def agreed_retention_within_the_limit(fact: Contract, standing: ContractStanding) -> Found | None:
    """合同约定的质保金比例不得超过签订日的限额。
    The retention that a contract agrees on is within the limit of the day it was signed."""
    limit = standing.pack.value("contracts.9", "limit", fact.day or standing.today)
    if limit is None or fact.retention is None or fact.retention <= limit:
        return None
    return Found(percent(fact.retention), f"不超过 {percent(limit)}", "改正比例，或与对方改签")


RULES = {
    Contract: (
        contract_number_is_used_once,
        contract_price_is_above_zero,
        payee_has_a_credit_code,
        credit_code_has_its_check_character,
        contract_is_for_a_planned_project,
        contract_above_the_threshold_is_tendered,
        split_contracts_are_summed,
        contracts_within_the_estimate,
        agreed_retention_within_the_limit,
    )
}
