"""Gifts: cash, funds raised, goods, services; what is given twice in words may be one gift."""

from dataclasses import dataclass

from .fact import Fact, Ref
from .problem import Found, rule
from .quantity import Quantity
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


@dataclass(frozen=True)
class GiftStanding:
    """For one gift: a gift of the giver's own parent for the same sector, and the money secured in its time."""

    parent_gift: str = ""
    secured: Quantity | None = None


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


RULES = {Gift: (goods_have_no_yuan, money_has_an_amount, giver_is_not_within_another_giver, raised_money_is_not_aid)}
