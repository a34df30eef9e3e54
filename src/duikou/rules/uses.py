"""What the money may not pay for (negative list), and the papers without which a claim is not paid."""

from duikou.terms.words import zh

from .claims import Claim, ClaimStanding
from .problem import Found, rule

OLD, CENTRAL = "旧扶贫资金办法", "财农〔2021〕19号"
SOUNDS_LIKE = {
    "offices": ("办公楼", "楼堂", "礼堂", "会堂", "招待所", "培训中心", "宾馆"),
    "running_costs": ("人员经费", "办公经费", "公用经费", "工资", "差旅费", "水电费"),
    "welfare": ("奖金", "津贴", "福利", "慰问金"),
    "company_losses": ("弥补亏损", "补亏"),
    "budget_gap": ("预算缺口", "平衡预算"),
    "vehicles": ("公务车", "公务用车", "轿车", "越野车", "手机", "对讲机"),
    "debt": ("还债", "还贷", "偿还", "归还垫资", "欠款"),
    "landscape": ("景观", "亮化", "牌坊", "立面", "雕塑"),
    "cash_handout": ("发放现金", "现金发放", "直接发钱"),
    "reception": ("接待", "宴请", "招待费"),
}


def _forbidden(use: str, fact: Claim) -> Found | None:
    if fact.use != use:
        return None
    return Found(f"用途为{zh('use', use)}", "可以列支的用途", "退回申请；从其他经费列支")


def _lacks(paper: str, fact: Claim) -> Found | None:
    if paper in fact.listed("paper"):
        return None
    return Found(f"缺{zh('paper', paper)}", zh("paper", paper), "补齐后再付")


@rule("uses.1", basis=f"兵团援疆项目办法（2011）；{OLD}；{CENTRAL}")
def not_for_offices_and_halls(fact: Claim, standing: ClaimStanding) -> Found | None:
    """不得用于楼堂馆所。
    Not for offices, halls and guest houses."""
    return _forbidden("offices", fact)


@rule("uses.2", basis=f"{OLD}；{CENTRAL}")
def not_for_running_costs(fact: Claim, standing: ClaimStanding) -> Found | None:
    """不得用于单位人员经费和基本支出。
    Not for staff and running costs of public units."""
    return _forbidden("running_costs", fact)


@rule("uses.3", basis=f"{OLD}；{CENTRAL}")
def not_for_bonuses_and_welfare(fact: Claim, standing: ClaimStanding) -> Found | None:
    """不得用于奖金、津贴和福利。
    Not for bonuses, allowances and welfare."""
    return _forbidden("welfare", fact)


@rule("uses.4", basis=OLD)
def not_for_company_losses(fact: Claim, standing: ClaimStanding) -> Found | None:
    """不得用于弥补企业亏损。
    Not for covering the losses of companies."""
    return _forbidden("company_losses", fact)


@rule("uses.5", basis=OLD)
def not_for_budget_gaps(fact: Claim, standing: ClaimStanding) -> Found | None:
    """不得用于弥补预算支出缺口。
    Not for filling gaps of a budget."""
    return _forbidden("budget_gap", fact)


@rule("uses.6", basis=f"{OLD}；{CENTRAL}")
def not_for_vehicles(fact: Claim, standing: ClaimStanding) -> Found | None:
    """不得用于购买交通工具和通讯设备。
    Not for vehicles and communication equipment."""
    return _forbidden("vehicles", fact)


@rule("uses.7", basis=CENTRAL)
def not_for_debt(fact: Claim, standing: ClaimStanding) -> Found | None:
    """不得用于偿还债务和垫资。
    Not for repaying debts and advances."""
    return _forbidden("debt", fact)


@rule("uses.8", basis="312个县扶贫审计（2018）")
def not_for_landscape(fact: Claim, standing: ClaimStanding) -> Found | None:
    """不得用于景观和立面工程。
    Not for landscape and facade works."""
    return _forbidden("landscape", fact)


@rule("uses.9", basis="312个县扶贫审计（2018）")
def not_given_out_as_cash(fact: Claim, standing: ClaimStanding) -> Found | None:
    """造血的资金不得直接发给个人。
    Money meant to build a livelihood is not given out as cash."""
    return _forbidden("cash_handout", fact)


@rule("uses.10", basis="312个县扶贫审计（2018）")
def not_for_receptions(fact: Claim, standing: ClaimStanding) -> Found | None:
    """不得用于接待。
    Not for receptions."""
    return _forbidden("reception", fact)


@rule("uses.11", basis="负面清单；审计：挪作他用", weight="asks")
def purpose_sounds_allowed(fact: Claim, standing: ClaimStanding) -> Found | None:
    """用途的说法不应像负面清单所列。
    The words of a purpose do not sound like what the money may not pay for."""
    for use, said in SOUNDS_LIKE.items():
        if hit := next((word for word in said if word in fact.purpose and fact.use != use), ""):
            return Found(f"用途写有“{hit}”，像{zh('use', use)}", "不在负面清单内", "查明实际用途；属负面清单的退回")
    return None


@rule("uses.12", basis="无明细、无合规票据的不予报账（县级报账办法）", weight="asks")
def claim_has_an_itemised_bill(fact: Claim, standing: ClaimStanding) -> Found | None:
    """付款申请应附明细清单。
    A claim comes with an itemised bill."""
    return _lacks("itemised_bill", fact)


@rule("uses.13", basis="无明细、无合规票据的不予报账（县级报账办法）", weight="asks")
def claim_has_its_invoices(fact: Claim, standing: ClaimStanding) -> Found | None:
    """付款申请应附发票；质保金不再另开。
    A claim comes with its invoices; retention needs none of its own."""
    if fact.type == "retention" or fact.invoices:
        return None
    return _lacks("invoice", fact)


@rule("uses.14", basis="主管部门未签章的不予报账（县级报账办法）", weight="asks")
def claim_bears_the_departments_seal(fact: Claim, standing: ClaimStanding) -> Found | None:
    """付款申请应有主管部门签章。
    A claim bears the seal of the department in charge."""
    return _lacks("department_seal", fact)


@rule("uses.15", basis="进度款凭监理意见支付", weight="asks")
def works_have_the_supervisors_opinion(fact: Claim, standing: ClaimStanding) -> Found | None:
    """工程付款应有监理意见；预付款除外。
    A payment for works has the supervisor's opinion, but for a prepayment."""
    if standing.contract_type != "works" or fact.type == "prepayment":
        return None
    return _lacks("supervisor_opinion", fact)


RULES = {
    Claim: (
        not_for_offices_and_halls,
        not_for_running_costs,
        not_for_bonuses_and_welfare,
        not_for_company_losses,
        not_for_budget_gaps,
        not_for_vehicles,
        not_for_debt,
        not_for_landscape,
        not_given_out_as_cash,
        not_for_receptions,
        purpose_sounds_allowed,
        claim_has_an_itemised_bill,
        claim_has_its_invoices,
        claim_bears_the_departments_seal,
        works_have_the_supervisors_opinion,
    )
}
