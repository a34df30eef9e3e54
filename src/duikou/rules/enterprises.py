"""Enterprise investment and intentions: neither is aid."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from duikou.terms.words import vocabulary, zh

from .fact import Fact, Ref
from .problem import Found, rule
from .quantity import Quantity


@dataclass(frozen=True, kw_only=True)
class Investment(Fact):
    """A plant or firm: total investment, capacity and jobs as told; output and profit with their basis."""

    name: str
    status: str
    investor: Ref | None = None
    company: Ref | None = None
    sole: bool = False
    region: str = ""
    product: str = ""
    total: Quantity | None = None
    capacity: Quantity | None = None
    jobs: Quantity | None = None
    output: Quantity | None = None
    output_basis: str = ""
    profit: Quantity | None = None
    profit_basis: str = ""
    benefit: str | None = None
    agreed: Quantity | None = None


@dataclass(frozen=True, kw_only=True)
class InvestmentStep(Fact):
    """A step (terms: step) that an investment took on a day (`when`); how much money came by it."""

    investment: Ref
    step: str
    amount: Quantity | None = None


@dataclass(frozen=True, kw_only=True)
class InvestmentResult(Fact):
    """What an investment yielded in a year, verified: jobs, of them for families lifted out of poverty, output, profit and tax."""

    investment: Ref
    year: int
    jobs: Quantity | None = None
    poor: Quantity | None = None
    output: Quantity | None = None
    profit: Quantity | None = None


@dataclass(frozen=True, kw_only=True)
class Intent(Fact):
    """A letter of intent, or the sum of several."""

    event: str
    amount: Quantity | None = None
    itemised: bool = False
    investment: Ref | None = None


@dataclass(frozen=True)
class EnterpriseStanding:
    """What the book knows when a step or a result comes: steps taken with their days, whether the year stands already."""

    today: date
    taken: Mapping[str, date] = field(default_factory=dict)
    twin: bool = False


STEPS = tuple(vocabulary()["step"])


@rule("enterprises.1", basis="预计不等于已实现")
def output_says_its_basis(fact: Investment, standing: object) -> Found | None:
    """产值、利税须注明是预计还是实际。
    Output and profit say whether they are expected or actual."""
    for value, basis, name in ((fact.output, fact.output_basis, "产值"), (fact.profit, fact.profit_basis, "利税")):
        if value is not None and basis not in ("expected", "actual"):
            return Found(f"{name}未注明", "expected（预计）或 actual（实际）", f"补上{name}的性质")
    return None


@rule("enterprises.2", basis="到位投资须有金额", guards=True)
def money_in_place_has_an_amount(fact: InvestmentStep, standing: EnterpriseStanding) -> Found | None:
    """到位投资须写明金额；意向、签约的金额不是到位投资。
    Money in place has an amount; what was intended or signed is none."""
    if fact.step == "paid_in" and fact.amount is None:
        return Found("未写到位金额", "如 1200万元", "照验资报告或银行回单补上")
    return None


@rule("enterprises.3", basis="步骤依次推进")
def steps_follow_each_other(fact: InvestmentStep, standing: EnterpriseStanding) -> Found | None:
    """投资项目的各步按意向、签约、注册、到位、建成、投产的先后，日期不倒置。
    The steps of an investment follow each other in time."""
    if fact.when is None:
        return Found("未写日期", "办成这一步的日期", "补上日期")
    place = STEPS.index(fact.step)
    for step, day in standing.taken.items():
        other = STEPS.index(step)
        if (other < place and day > fact.when.last) or (other > place and day < fact.when.first):
            word = "不早于" if other < place else "不晚于"
            return Found(f"“{zh('step', fact.step)}”{fact.when.zh}", f"{word}“{zh('step', step)}”{day}", "核对两个日期")
    return None


@rule("enterprises.4", basis="记录已发生的事")
def steps_are_not_of_the_future(fact: InvestmentStep | InvestmentResult, standing: EnterpriseStanding) -> Found | None:
    """已办成的步骤、已核实的实效，日期不晚于今天。
    A step that was taken and a result that was verified do not lie in the future."""
    day = date(fact.year, 1, 1) if isinstance(fact, InvestmentResult) else fact.day
    return Found(f"{day}", f"不晚于 {standing.today}", "改正日期") if day and day > standing.today else None


@rule("enterprises.5", basis="同一年只登记一次", guards=True)
def a_year_of_results_stands_once(fact: InvestmentResult, standing: EnterpriseStanding) -> Found | None:
    """一个投资项目一年的实效只登记一次。
    The results of an investment in one year are recorded once."""
    return Found(f"{fact.year} 年已登记", "未登记过的年份", "改正已登记的那一条") if standing.twin else None


@rule("enterprises.6", basis="审计发现第10条", weight="asks")
def industry_is_linked_with_people(fact: Investment, standing: object) -> Found | None:
    """产业项目须写明利益联结方式。
    An industry project says how people benefit."""
    said = (fact.benefit or "").strip()
    return None if said else Found("未写利益联结", "怎样带动多少户", "请企业和县里商定后补上")


@rule("enterprises.7", basis="其中数不大于总数", guards=True)
def a_part_is_no_more_than_the_whole(fact: InvestmentResult, standing: object) -> Found | None:
    """其中脱贫人口就业不多于就业人数。
    Jobs for families lifted out of poverty are no more than all jobs."""
    most, least = (fact.jobs.high if fact.jobs else None), (fact.poor.low if fact.poor else None)
    if most is not None and least is not None and least > most:
        return Found(f"其中 {least} 人", f"至多 {most} 人", "核对两个数")
    return None


RULES = {
    Investment: (output_says_its_basis, industry_is_linked_with_people),
    InvestmentStep: (money_in_place_has_an_amount, steps_follow_each_other, steps_are_not_of_the_future),
    InvestmentResult: (steps_are_not_of_the_future, a_year_of_results_stands_once, a_part_is_no_more_than_the_whole),
}
