"""Shares of the money: what part goes to livelihood, counties, industry, poor households, reserve and fees."""

from .amounts import percent, share, words
from .budgets import PlanLine, PlanStanding, Spent
from .problem import Found, rule


def _short_of(code: str, name: str, fact: PlanLine | Spent, standing: PlanStanding) -> Found | None:
    """What is found where a share falls short of its least; a project that counts as it never lowers it."""
    least = standing.pack.value(code, "least", fact.day or standing.today)
    part, whole = _part(name, fact, standing)
    if least is None or whole <= 0 or part * 1000 >= whole * least:
        return None
    if isinstance(fact, PlanLine) and name in fact.listed("share"):
        return None
    found = f"{words(whole)}中 {words(part)}，占 {share(part, whole)}"
    return Found(found, f"不低于 {percent(least)}", "增加这一类项目，或核对各项目计入哪些比例")


def _part(name: str, fact: PlanLine | Spent, standing: PlanStanding) -> tuple[int, int]:
    """What counts as a share, of how much: of all that is planned with this project, or of all that was spent."""
    if isinstance(fact, Spent):
        return dict(fact.shares).get(name, 0), fact.total
    own = fact.aid if name in fact.listed("share") else 0
    return dict(standing.shares).get(name, 0) + own, standing.planned + fact.aid


@rule("shares.1", basis="资金向民生倾斜；各地办法", weight="asks", needs=("least",))
def enough_goes_to_livelihood(fact: PlanLine | Spent, standing: PlanStanding) -> Found | None:
    """用于民生的资金不低于规定比例。
    Enough of the money goes to livelihood."""
    return _short_of("shares.1", "livelihood", fact, standing)


@rule("shares.2", basis="资金向基层倾斜；各地办法", weight="asks", needs=("least",))
def enough_goes_to_counties(fact: PlanLine | Spent, standing: PlanStanding) -> Found | None:
    """用于县及县以下的资金不低于规定比例。
    Enough of the money goes to county level and below."""
    return _short_of("shares.2", "county", fact, standing)


@rule("shares.3", basis="衔接资金用于产业的比例；各地办法", weight="asks", needs=("least",))
def enough_goes_to_industry(fact: PlanLine | Spent, standing: PlanStanding) -> Found | None:
    """用于产业的资金不低于规定比例。
    Enough of the money goes to industry."""
    return _short_of("shares.3", "industry", fact, standing)


@rule("shares.4", basis="资金与贫困户直接相关；2018—2020年协议", weight="asks", needs=("least",))
def enough_goes_to_poor_households(fact: PlanLine | Spent, standing: PlanStanding) -> Found | None:
    """直接帮扶贫困户的资金不低于规定比例。
    Enough of the money is closely tied to poor households."""
    return _short_of("shares.4", "poor", fact, standing)


@rule("shares.5", basis="预留金；各地办法", weight="asks", needs=("least",))
def reserve_is_kept(fact: PlanLine, standing: PlanStanding) -> Found | None:
    """落实的资金按规定比例提取预留金，动用须经批准。
    A set part of what is secured is kept in reserve; it is released by approval only."""
    least = standing.pack.value("shares.5", "least", fact.day or standing.today)
    if least is None or standing.secured <= 0 or standing.reserve * 1000 >= standing.secured * least:
        return None
    found = f"预留 {words(standing.reserve)}，占 {share(standing.reserve, standing.secured)}"
    return Found(found, f"不低于 {percent(least)}", "提取预留金；已批准动用的写明批文")


@rule("shares.6", basis="财农〔2021〕19号", weight="asks", needs=("most",))
def fees_within_their_limit(fact: Spent, standing: PlanStanding) -> Found | None:
    """项目管理费不超过规定比例。
    Management fees stay within their limit."""
    most = standing.pack.value("shares.6", "most", fact.day or standing.today)
    if most is None or fact.fees * 1000 <= fact.total * most:
        return None
    found = f"管理费 {words(fact.fees)}，占 {share(fact.fees, fact.total)}"
    return Found(found, f"不超过 {percent(most)}", "多列的管理费退回项目")


SHARES = (enough_goes_to_livelihood, enough_goes_to_counties, enough_goes_to_industry, enough_goes_to_poor_households)
RULES = {PlanLine: (*SHARES, reserve_is_kept), Spent: (*SHARES, fees_within_their_limit)}
