"""Labour, consumption assistance, model villages."""

from dataclasses import dataclass
from datetime import date

from duikou.terms.words import regions

from .fact import Fact, Ref
from .problem import Found, rule
from .quantity import Quantity
from .writing import write


@dataclass(frozen=True, kw_only=True)
class LabourTransfer(Fact):
    """People of an area helped to work: where to, how, for how many months, how many from families lifted out of poverty."""

    region: str
    destination: str
    placing: str
    workers: Quantity | None = None
    poor: Quantity | None = None
    months: Quantity | None = None


@dataclass(frozen=True, kw_only=True)
class Sale(Fact):
    """Products of an area bought, or helped to sell (terms: sale), by a channel."""

    product: str
    region: str
    type: str
    channel: str
    buyer: Ref | None = None
    amount: Quantity | None = None


@dataclass(frozen=True, kw_only=True)
class Village(Fact):
    """A model village: content, money, what the village earned in common before and after, in fen a year."""

    name: str
    region: str
    content: str = ""
    amount: Quantity | None = None
    income_before: Quantity | None = None
    income_after: Quantity | None = None


@dataclass(frozen=True)
class CooperationStanding:
    """The day on which something is recorded."""

    today: date


@rule("cooperation.1", basis="其中数不大于总数", guards=True)
def a_part_is_no_more_than_the_whole(fact: LabourTransfer, standing: object) -> Found | None:
    """其中脱贫劳动力不多于转移就业总数。
    Workers from families lifted out of poverty are no more than all workers."""
    if fact.workers is None or fact.poor is None:
        return None
    most, least = fact.workers.high, fact.poor.low
    if most is not None and least is not None and least > most:
        return Found(f"其中{write(fact.poor).text}", f"至多{write(fact.workers).text}", "核对两个数")
    return None


@rule("cooperation.2", basis="消费帮扶须有金额")
def a_sale_has_its_amount(fact: Sale, standing: object) -> Found | None:
    """采购和帮助销售须写明金额。
    What was bought or helped to be sold has an amount."""
    return None if fact.amount else Found("未写金额", "如 120万元", "照订单或平台记录补上")


@rule("cooperation.3", basis="转移就业须有人数")
def a_transfer_has_its_workers(fact: LabourTransfer, standing: object) -> Found | None:
    """转移就业须写明人数。
    A transfer of labour says how many people."""
    return None if fact.workers else Found("未写人数", "如 86人", "照名册补上")


@rule("cooperation.4", basis="GB/T 2260")
def areas_have_codes(fact: LabourTransfer | Sale | Village, standing: object) -> Found | None:
    """地区须是国家标准中的区划代码。
    An area is named by its code of the national standard."""
    known = fact.region in regions()
    return None if known else Found(fact.region or "未写地区", "GB/T 2260 代码", "从名单中选地区")


@rule("cooperation.5", basis="记录已发生的事")
def what_is_recorded_has_happened(fact: LabourTransfer | Sale, standing: CooperationStanding) -> Found | None:
    """劳务、消费帮扶的日期不晚于今天。
    Labour and sales that are recorded do not lie in the future."""
    if fact.when and fact.when.first > standing.today:
        return Found(fact.when.zh, f"不晚于 {standing.today}", "改正日期")
    return None


RULES = {
    LabourTransfer: (
        a_part_is_no_more_than_the_whole, a_transfer_has_its_workers, areas_have_codes, what_is_recorded_has_happened,
    ),
    Sale: (a_sale_has_its_amount, areas_have_codes, what_is_recorded_has_happened),
    Village: (areas_have_codes,),
}  # fmt: skip
