"""Every page of a generated province as a browser asks for it; the floor, the sign-in page of the same server.

In turn in one run, each page some rounds; before that each page once as the first that is asked after an act, when what was
kept of the book as it stood before is worth nothing. Budgets: UX.md section 9.
"""

import gzip
import time
from collections.abc import Iterator
from statistics import quantiles
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from duikou.acts.accepting import record_fact
from duikou.records.models import Programme
from duikou.rules.period import parse
from duikou.rules.plans import Consultation
from duikou.web.aside import keep_aside
from duikou.web.book import warm

from .generate import OFFICER
from .province.addresses import all_pages
from .province.make import make
from .province.parties import CODE
from .province.scale import FULL
from .province.signed_in import open_account_once, signed_in

ROUNDS = 20
PAGE, TRAIL = 250, 300  # ms, p95
FLOOR = "/sign-in/"


def run(size: int) -> list[dict[str, Any]]:
    """Time the pages of a province with so many projects and everything else in proportion; made once and kept."""
    made = 0.0
    if not Programme.objects.filter(code=CODE).exists():
        begun = time.perf_counter()
        make(size / FULL["projects"])
        made = time.perf_counter() - begun
    open_account_once()
    with override_settings(ALLOWED_HOSTS=["*"], DEBUG=False):
        return list(_timed(size, all_pages(), made))


def _timed(size: int, asked: dict[str, str], made: float) -> Iterator[dict[str, Any]]:
    """What is found of each page."""
    client, visitor = signed_in(), Client()
    programme = Programme.objects.get(code=CODE)
    warm()
    keep_aside()  # as the server does before it answers
    first = {address: _after_an_act(client, programme, address) for address in asked.values()}
    times: dict[str, list[float]] = {address: [] for address in (*asked.values(), FLOOR)}
    pages: dict[str, bytes] = {}
    for _round in range(ROUNDS + 1):
        for address, taken in times.items():
            spent, pages[address] = _once(visitor if address == FLOOR else client, address)
            taken.append(spent)
    least = _p95(times[FLOOR])
    for name, address in asked.items():
        with CaptureQueriesContext(connection) as questions:
            client.get(address)
        ours, budget = _p95(times[address]), TRAIL if address.startswith("/f/") else PAGE
        yield {
            "workload": name, "size": size, "ours_ms": round(ours, 1), "floor_ms": round(least, 1),
            "ratio": round(ours / least, 1), "budget_ms": budget, "within": ours <= budget,
            "after_act_ms": round(first[address], 1), "gzip_kb": round(len(gzip.compress(pages[address], 6)) / 1024, 1),
            "queries": len(questions), "made_s": round(made, 1), "database": connection.vendor, "debug": settings.DEBUG,
        }  # fmt: skip


def _once(client: Client, address: str) -> tuple[float, bytes]:
    """How long a page takes, and the page."""
    begun = time.perf_counter()
    answer = client.get(address)
    page = answer.getvalue()  # type: ignore[attr-defined]
    spent = (time.perf_counter() - begun) * 1000
    assert answer.status_code == 200, (address, answer.status_code)
    return spent, page


def _after_an_act(client: Client, programme: Programme, address: str) -> float:
    """How long a page takes as the first that is asked after an act."""
    fact = Consultation(subject="测速会商", when=parse("2024-12-31"))
    record_fact(fact, programme=programme, person=OFFICER, reason="测速")
    return _once(client, address)[0]


def _p95(times: list[float]) -> float:
    """The time within which 95 of 100 are answered, the first left out."""
    return quantiles(times[1:], n=20)[-1]
