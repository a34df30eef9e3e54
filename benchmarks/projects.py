"""项目清单 with many projects as a browser asks for it; the floor, a page of the same server that asks the book for little.

In turn in one run: the list (its first page, and 500 rows on one page), the list narrowed by facets, the list ordered by what stands beside
it, the same as .csv, one project, 风险与迟滞; and the sign-in page. Budgets: UX.md section 9.
"""

import gzip
import random
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from statistics import quantiles
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from duikou.acts.accepting import accept
from duikou.acts.programmes import publish
from duikou.records.models import Programme, Project
from duikou.rules import budgets, evidence, outputs, progress, projects, stages, works
from duikou.rules.fact import Fact, Ref, Source, Told
from duikou.rules.period import on, parse
from duikou.rules.quantity import exactly
from duikou.rules.rights import everywhere
from duikou.snapshot.store import freeze

from .generate import COUNTIES, OFFICER, SEED, generate

ROUNDS, BATCH = 40, 250
SECTORS, STAGES = (
    ("housing", "education", "health", "culture", "agriculture"),
    ("proposed", "planned", "started", "completed"),
)
PAPERS = ("proposal", "performance_targets", "feasibility", "county_decision", "start_report", "publicity_before")
WAN = 10**6  # fen
SOURCE = {"": Source("S", "receiving", 1, "", "生成")}
HERE = "/p/bench/2012/projects/"
BUDGET = 250  # ms, p95


def run(size: int) -> list[dict[str, Any]]:
    """Time the pages over a book of so many projects; made once and kept."""
    made = 0.0
    if Project.objects.count() < size:
        begun = time.perf_counter()
        make(size)
        made = time.perf_counter() - begun
    freeze()
    number = Project.objects.order_by("pk").values_list("pk", flat=True)[size // 2]
    asked = {
        "项目清单，前 100 行": HERE, "项目清单，一页 500 行": f"{HERE}?q=生成的项目00&timing=new",
        "筛选": f"{HERE}?region=632301&sector=housing&late=late", "按进度排序": f"{HERE}?sort=-percent",
        "导出 CSV": f"{HERE}list.csv", "一个项目": f"{HERE}{number}/", "风险与迟滞": f"{HERE}late/",
    }  # fmt: skip
    with override_settings(ALLOWED_HOSTS=["*"], DEBUG=False):
        return list(_timed(size, asked, made))


def _timed(size: int, asked: dict[str, str], made: float) -> Iterator[dict[str, Any]]:
    """Each page and the floor in turn, the first round not counted."""
    client = Client()
    floor = "/sign-in/"
    times: dict[str, list[float]] = {address: [] for address in (*asked.values(), floor)}
    pages: dict[str, bytes] = {}
    for _round in range(ROUNDS + 1):
        for address, taken in times.items():
            begun = time.perf_counter()
            answer = client.get(address)
            taken.append((time.perf_counter() - begun) * 1000)
            assert answer.status_code == 200, (address, answer.status_code)
            pages[address] = answer.content
    least = _p95(times[floor])
    for name, address in asked.items():
        with CaptureQueriesContext(connection) as questions:
            client.get(address)
        ours = _p95(times[address])
        yield {
            "workload": name, "size": size, "ours_ms": round(ours, 1), "floor_ms": round(least, 1),
            "ratio": round(ours / least, 1), "budget_ms": BUDGET, "within": ours <= BUDGET,
            "gzip_kb": round(len(gzip.compress(pages[address], 6)) / 1024, 1), "queries": len(questions), "made_s": round(made, 1),
            "database": connection.vendor, "debug": settings.DEBUG,
        }  # fmt: skip


def _p95(times: list[float]) -> float:
    """The time within which 95 of 100 are answered, the first left out."""
    return quantiles(times[1:], n=20)[-1]


def make(size: int) -> None:
    """A public programme of so many projects with plan, stages, days due, papers, reports, an output each."""
    programme = generate(100) if not Programme.objects.exists() else Programme.objects.get(code="bench")
    publish(programme, person=everywhere("leader", "leader"), reason="测速")
    chance = random.Random(SEED)
    for start in range(0, size, BATCH):
        paper = Told(evidence.Document(title=f"生成的项目文件{start}", medium="voucher", grade="original"), {}, key="S")
        told = [paper, *(told for n in range(start, min(start + BATCH, size)) for told in project(chance, n))]
        accept(programme, told, {}, person=OFFICER, reason="生成项目", evidence="")


def aid_of(n: int) -> int:
    """The fen of aid that are planned for a project."""
    return (50 + n % 400) * WAN


def project(
    chance: random.Random, n: int, *, year: int = 2012, counties: Sequence[str] = COUNTIES, plan: Ref | None = None
) -> Iterator[Told[Fact]]:
    """One project of a year as a file brings it."""
    key, reached, begin = f"P{n}", n % (len(STAGES) + 1), date(year, 1, 10)
    region, sector = counties[n % len(counties)], SECTORS[n % 5]
    fact = projects.Project(
        name=f"生成的项目{n:05}", sector=sector, status="started", region=region, code=f"GEN-{n:05}", delivery=("funds", "turnkey")[n % 2],
        fixed=n % 3 > 0, timing=("new", "continuing")[n % 2], level="county", year=year, when=parse(f"{year}"),
    )  # fmt: skip
    yield Told(fact, SOURCE, key=key)
    yield Told(
        budgets.PlanLine(
            project=key, scope="in_plan", aid=aid_of(n), total=500 * WAN, plan=plan, when=parse(f"{year}")
        ),
        SOURCE,
    )
    for place, paper in enumerate(PAPERS):
        day = on(begin + timedelta(days=place))
        yield Told(works.ProjectPaper(project=key, type=paper, number=f"文〔2012〕{n}号", when=day), SOURCE)
    for place, stage in enumerate(STAGES):
        due = begin + timedelta(days=100 * place + chance.randrange(90))
        when = on(due) if place < reached else None
        yield Told(stages.Milestone(project=key, stage=stage, when=when, due=due), SOURCE)
    yield Told(outputs.Output(project=key, type="housing", target=exactly(20 + n % 100, "dwelling")), SOURCE)
    for month in range(reached):
        day = on(date(year, 6 + month, 1 + n % 28))
        yield Told(progress.Progress(project=key, percent=20 * (month + 1), said="主体施工", when=day), SOURCE)
