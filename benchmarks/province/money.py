"""The money and the projects of the generated province: secured, planned, issued by notice, paid."""

import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from duikou.acts.funds import open_fund, record_disbursements
from duikou.acts.notices import issue_notice
from duikou.records.models import Programme
from duikou.rules import funds, notices, plans
from duikou.rules.fact import Fact, Told
from duikou.rules.period import on, parse
from duikou.rules.quantity import exactly

from ..generate import OFFICER
from ..projects import BATCH, aid_of, project
from .batches import SOURCE, entered, singly, told
from .parties import COUNTIES, RECEIVERS
from .scale import YEARS, Scale

HALF = 2  # a project is paid in so many parts


def year_of(n: int) -> int:
    """The year of a project."""
    return YEARS[n % len(YEARS)]


def enter_projects(programme: Programme, scale: Scale, keys: dict[str, int]) -> None:
    """Plans, projects with all that hangs from them, and their money."""
    chance = random.Random(20050101)
    entered(programme, "计划", singly(told(_plans(), "plan")), keys)
    groups = ([*_project(chance, n)] for n in range(scale.projects))
    entered(programme, "项目", groups, keys, BATCH)
    for year in YEARS:
        _money(programme, year, [n for n in range(scale.projects) if year_of(n) == year], keys)


def _plans() -> Iterator[Fact]:
    """An annual plan for each year, four five-year plans."""
    for year in YEARS:
        yield plans.Plan(title=f"{year}年生成的年度计划", type="annual", status="final", when=parse(f"{year}"))
    for year in YEARS[::5]:
        when = parse(f"{year}..{year + 4}")
        yield plans.Plan(title=f"{year}—{year + 4}年生成的五年规划", type="five_year", status="final", when=when)


def _project(chance: random.Random, n: int) -> Iterator[Told[Fact]]:
    """A project in the plan of its year."""
    place = YEARS.index(year_of(n))
    yield from project(chance, n, year=year_of(n), counties=COUNTIES, plan=f"plan{place}")


def _money(programme: Programme, year: int, numbers: list[int], keys: dict[str, int]) -> None:
    """A fund of a year, the money secured for it, a notice to each county, two payments to each project."""
    if not numbers:
        return
    fund = open_fund(
        notices.Fund(title=f"{year}年市级资金", source="city", scope="in_plan", year=year),
        programme=programme,
        person=OFFICER,
    )
    amount = exactly(sum(map(aid_of, numbers)), "fen")
    secured = funds.Secured(amount=amount, source="city", when=parse(f"{year}"), fund=fund, voucher=f"落实{year}")
    entered(programme, f"{year}年资金", [[Told(secured, SOURCE)]], keys)
    by_county = defaultdict(list)
    for n in numbers:
        by_county[n % len(COUNTIES)].append(n)
    payments = []
    for county, those in by_county.items():
        notice = _notice(programme, year, county, fund, those, keys)
        payments += [one for n in those for one in _paid(year, n, fund, notice, keys)]
    record_disbursements(payments, programme=programme, person=OFFICER, reason="生成拨付")


def _notice(programme: Programme, year: int, county: int, fund: int, numbers: list[int], keys: dict[str, int]) -> int:
    lines = tuple(notices.Line(amount=aid_of(n), project=keys[f"P{n}"], fund=fund) for n in numbers)
    fact = notices.Notice(
        number=f"生成〔{year}〕{county + 1}号", type="issue", side="supporting", title="生成的指标文件", lines=lines,
        when=on(date(year, 3, 1)),
    )  # fmt: skip
    return issue_notice(fact, programme=programme, person=OFFICER, reason="生成指标")


def _paid(year: int, n: int, fund: int, notice: int, keys: dict[str, int]) -> Iterator[funds.Disbursement]:
    for part in range(HALF):
        yield funds.Disbursement(
            amount=exactly(aid_of(n) // HALF, "fen"), paid_on=date(year, 4 + 4 * part, 1) + timedelta(days=n % 90),
            receiver=f"r{n % RECEIVERS:02}", project=keys[f"P{n}"], voucher=f"GEN-{n:05}-{part}", purpose="生成", fund=fund,
            notice=notice,
        )  # fmt: skip
