"""关账: a month or a year is closed; what comes later for its days is 补报."""

from dataclasses import dataclass
from datetime import date

from .fact import Fact
from .period import Period
from .problem import Found, Rule, rule


@dataclass(frozen=True, kw_only=True)
class Closing(Fact):
    """The period (`when`) that is closed, and the number of the sheet by which the accounts were reconciled for it."""

    reconciled: str = ""


@dataclass(frozen=True, kw_only=True)
class Reopening(Fact):
    """A closed period that is opened again, and why."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class Correction(Fact):
    """A record that is corrected: why, and the days it is of, before and after."""

    reason: str
    days: tuple[date, ...] = ()


@dataclass(frozen=True)
class ClosingStanding:
    """Today, and the periods that are closed."""

    today: date
    closed: tuple[Period, ...] = ()


@rule("closings.1", basis="会计基础工作规范：按月、按年结账", guards=True)
def whole_month_or_year_is_closed(fact: Closing, standing: ClosingStanding) -> Found | None:
    """关账关整月或整年，且这一期已经过完。
    A whole month or a whole year is closed, after it has ended."""
    when = fact.when
    if when is None or when.first.day != 1 or when.code not in (f"{when.first:%Y-%m}", f"{when.first:%Y}"):
        return Found(when.zh if when else "未写期间", "整月或整年，如 2012-03 或 2012", "改正期间")
    if when.last >= standing.today:
        return Found(f"{when.zh}尚未过完", f"{standing.today} 以前的一期", "过完这一期再关账")
    return None


@rule("closings.2", basis="会计基础工作规范：按月、按年结账", guards=True)
def period_is_closed_once(fact: Closing, standing: ClosingStanding) -> Found | None:
    """已关的账期不再关。
    A period that is closed is not closed again."""
    if fact.when in standing.closed:
        return Found(f"{fact.when.zh if fact.when else ''}已关账", "未关的账期", "要改动先重开账期")
    return None


@rule("closings.3", basis="专户每月三方对账（各地办法）", weight="asks")
def closed_after_reconciling(fact: Closing, standing: ClosingStanding) -> Found | None:
    """关账前应三方对账，写明对账单号。
    The accounts are reconciled before a period is closed."""
    return None if fact.reconciled.strip() else Found("未写对账单号", "三方对账单", "对账后补上，或说明为什么没有对账")


@rule("closings.4", basis="会计法：更正须有依据，留痕", guards=True)
def reopening_says_why(fact: Reopening, standing: ClosingStanding) -> Found | None:
    """重开账期须写明原因，且这一期正关着。
    A period that is opened again was closed, and it is said why."""
    if fact.when not in standing.closed:
        return Found(f"{fact.when.zh if fact.when else ''}没有关账", "已关的账期", "不必重开")
    return None if fact.reason.strip() else Found("未写原因", "重开的原因", "写明要更正什么、依据什么")


@rule("closings.5", basis="会计法：更正须有依据，留痕", guards=True)
def correction_says_why_and_is_in_an_open_period(fact: Correction, standing: ClosingStanding) -> Found | None:
    """更正记录须写明原因；已关账期内的记录，先重开账期再更正。
    A correction says why; a record of a closed period is corrected once the period is open again."""
    if not fact.reason.strip():
        return Found("未写原因", "更正的原因", "写明哪里不对、依据什么改")
    shut = next((p for p in standing.closed if any(p.first <= day <= p.last for day in fact.days)), None)
    return Found(f"{shut.zh}已关账", "未关账的日期", "由领导重开这一期，更正后再关") if shut else None


RULES: dict[type[Fact], tuple[Rule, ...]] = {
    Closing: (whole_month_or_year_is_closed, period_is_closed_once, closed_after_reconciling),
    Reopening: (reopening_says_why,),
    Correction: (correction_says_why_and_is_in_an_open_period,),
}
