"""Gifts: cash, funds raised, goods, services; what is given twice in words may be one gift."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .fact import Fact, Ref
from .problem import Found, rule
from .quantity import Quantity, exactly
from .writing import write


@dataclass(frozen=True, kw_only=True)
class Gift(Fact):
    """One gift: its form (terms: gift), giver, what for; money or a number of goods."""

    form: str
    sector: str
    giver: Ref
    receiver: Ref | None = None
    purpose: str = ""
    amount: Quantity | None = None
    goods: str = ""
    number: Quantity | None = None
    open_list: bool = False
    directed: bool | None = None
    receipt_number: str | None = None
    made_public: date | None = None


@dataclass(frozen=True, kw_only=True)
class Valuation(Fact):
    """What goods or a service are worth by which basis; the gift itself stays without yuan."""

    gift: Ref
    basis: str
    amount: Quantity | None = None


@dataclass(frozen=True, kw_only=True)
class GiftUse(Fact):
    """What a gift was used for: money or a number of its things, for a project or in words."""

    gift: Ref
    use: str
    project: Ref | None = None
    amount: Quantity | None = None
    number: Quantity | None = None


@dataclass(frozen=True)
class GiftStanding:
    """For one gift: a gift of the giver's own parent for the same sector, and the money secured in its time."""

    parent_gift: str = ""
    secured: Quantity | None = None


@dataclass(frozen=True)
class UseStanding:
    """For the use or the valuation of a gift: its form, its money and things, what of both was used before."""

    form: str = ""
    amount: Quantity | None = None
    number: Quantity | None = None
    uses: tuple[GiftUse, ...] = ()
    valued: str = ""


def least(parts: Iterable[Quantity | None]) -> int:
    """What quantities come to at the least."""
    return sum(part.low or 0 for part in parts if part)


@rule("donations.1", basis="实物未折价不计金额", guards=True)
def goods_have_no_yuan(fact: Gift, standing: GiftStanding) -> Found | None:
    """实物和服务未经折价，不得填金额。
    Goods and services that were not valued have no yuan."""
    if fact.form in ("goods", "service") and fact.amount is not None:
        return Found(write(fact.amount).text, "空", "填数量和计量单位；有折价依据时另记折价")
    return None


@rule("donations.2", basis="捐款须有金额", guards=True)
def money_has_an_amount(fact: Gift, standing: GiftStanding) -> Found | None:
    """捐资、筹资须有金额。
    A gift of money has an amount."""
    if fact.form in ("cash", "raised") and fact.amount is None:
        return Found("未填金额", "如 160万元", "补上金额；来源没说的，记为实物或服务")
    return None


@rule("donations.3", basis="同一笔捐赠不计两次", weight="asks")
def giver_is_not_within_another_giver(fact: Gift, standing: GiftStanding) -> Found | None:
    """捐赠单位的上级也有同类捐赠时，应查明是否已含在内。
    When the giver's parent gave for the same purpose too, it is asked whether the one is inside the other."""
    if not standing.parent_gift or fact.amount is None:
        return None
    return Found(
        f"{write(fact.amount).text}是否含在{standing.parent_gift}内，原文未说明", "两笔的关系", "请捐赠单位说明"
    )


@rule("donations.4", basis="财政资金与社会捐助分列", weight="asks")
def raised_money_is_not_aid(fact: Gift, standing: GiftStanding) -> Found | None:
    """筹资来源不明时，应查明是否已含在落实的援助资金内。
    Where money raised has no stated source, it is asked whether it lies inside the aid that is secured."""
    if fact.form != "raised" or fact.amount is None or standing.secured is None:
        return None
    return Found(
        f"{write(fact.amount).text}是否含在落实的{write(standing.secured).text}内，原文未说明",
        "资金来源",
        "请筹资单位说明资金来源",
    )


@rule("donations.5", basis="实物折价须有依据", guards=True)
def a_valuation_has_its_basis(fact: Valuation, standing: UseStanding) -> Found | None:
    """实物折价须写明金额和依据（发票、评估报告、捐赠协议）。
    A valuation says how much and on what it rests."""
    lacking = [said for said, there in (("金额", fact.amount), ("依据", fact.basis.strip())) if not there]
    return Found(f"未写{'、'.join(lacking)}", "金额和依据", "补上；没有依据的不折价") if lacking else None


@rule("donations.6", basis="货币捐款不折价", guards=True)
def only_things_are_valued(fact: Valuation, standing: UseStanding) -> Found | None:
    """折价只用于实物和服务，一件捐助只折价一次。
    Only goods and services are valued, and each gift once."""
    if standing.form not in ("goods", "service"):
        return Found("货币捐款", "实物或服务", "货币捐款以捐款金额计，不折价")
    return Found(f"已折价{standing.valued}", "未折价的捐助", "改正已登记的折价") if standing.valued else None


@rule("donations.7", basis="捐款使用不超过捐款", guards=True)
def no_more_is_used_than_was_given(fact: GiftUse, standing: UseStanding) -> Found | None:
    """使用的金额和数量不超过捐助的余额。
    No more of a gift is used than is left of it."""
    for used, given, before in (
        (fact.amount, standing.amount, [use.amount for use in standing.uses]),
        (fact.number, standing.number, [use.number for use in standing.uses]),
    ):
        if used is None or used.low is None:
            continue
        if given is None:
            return Found(write(used).text, "捐助有这一项", "捐款填金额，实物填数量")
        left = None if given.high is None else given.high - least(before)
        if left is not None and used.low > left:
            return Found(write(used).text, f"至多 {write(exactly(left, used.unit)).text}", "核对捐助的余额")
    return None


@rule("donations.8", basis="专款专用", weight="asks")
def a_use_says_how_much(fact: GiftUse, standing: UseStanding) -> Found | None:
    """捐助的使用须写明金额或数量。
    The use of a gift says how much or how many."""
    return None if fact.amount or fact.number else Found("未写金额或数量", "用了多少", "补上")


RULES = {
    Gift: (goods_have_no_yuan, money_has_an_amount, giver_is_not_within_another_giver, raised_money_is_not_aid),
    Valuation: (a_valuation_has_its_basis, only_things_are_valued),
    GiftUse: (no_more_is_used_than_was_given, a_use_says_how_much),
}
