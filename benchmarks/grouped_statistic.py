"""A grouped statistic over a generated book: ours, through sheet, law of additivity and Ibis; the floor, SQL by hand.

Both read the same Parquet files in one process, in turn; totals must be equal to the fen.
"""

import time
from collections.abc import Callable
from statistics import median
from typing import Any

import duckdb
from django.db import connection

from duikou.records.models import Entry
from duikou.snapshot.store import Snapshot, freeze
from duikou.statistics import engine, measure, reckon
from duikou.statistics.figure import Name

from .generate import generate

ROUNDS = 25
NAME = Name("funds.disbursed", "bench", "2012..2021")
FLOOR = """
    SELECT receiver, count(*), sum(amount_low)::BIGINT, max(grade), sum(asks)::BIGINT
    FROM read_parquet({files})
    WHERE programme = 'bench' AND state = 'disbursed' AND standing IN ('total', 'own')
      AND "first" >= DATE '2012-01-01' AND "last" <= DATE '2021-12-31'
    GROUP BY receiver
"""


def run(entries: int) -> dict[str, Any]:
    """Time both over a book of so many entries; made once and kept."""
    made = 0.0
    if not Entry.objects.exists():
        begun = time.perf_counter()
        generate(entries)
        made = time.perf_counter() - begun
    snapshot = freeze()
    by_hand = duckdb.connect(config={"threads": 2})
    question = FLOOR.format(files=snapshot.files("entries"))

    def ours() -> dict[str, int]:
        return _ours(snapshot)

    def floor() -> dict[str, int]:
        return {row[0]: row[2] for row in by_hand.execute(question).fetchall()}

    first = _once(ours)[0]
    answers = ours(), floor()
    times: dict[str, list[float]] = {"ours": [], "floor": []}
    for _ in range(ROUNDS):
        times["ours"].append(_once(ours)[0])
        times["floor"].append(_once(floor)[0])
    ours_ms, floor_ms = (median(times[side]) * 1000 for side in ("ours", "floor"))
    return {
        "workload": "已拨付到位按收款单位分组", "size": entries, "groups": len(answers[0]), "made_s": round(made, 1),
        "first_ms": round(first * 1000, 1), "ours_ms": round(ours_ms, 1), "floor_ms": round(floor_ms, 1),
        "ratio": round(ours_ms / floor_ms, 2), "totals_equal": answers[0] == answers[1],
        "total_fen": sum(answers[1].values()), "database": connection.vendor,
    }  # fmt: skip


def _ours(snapshot: Snapshot) -> dict[str, int]:
    """The cut as a page asks for it, nothing remembered from the time before."""
    reckon._cut.cache_clear()
    engine._answers.clear()
    return {f.identity.name.cut[-1][1]: f.value.low or 0 for f in measure.cut(snapshot, NAME, "r") if f.value}


def _once(call: Callable[[], Any]) -> tuple[float, Any]:
    begun = time.perf_counter()
    found = call()
    return time.perf_counter() - begun, found
