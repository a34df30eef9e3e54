"""A grouped table over one and ten million entries: ours, by sheets, law and Ibis; the floor, SQL by hand on the same files.

In turn in one process. Ours is asked with nothing kept; what a page sees that asks again is shown apart. Every group's
sum must be equal to the fen.
"""

import shutil
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import duckdb
from django.conf import settings

from duikou.snapshot.store import Snapshot
from duikou.statistics import measure
from duikou.statistics.figure import Name

from .national import PERIOD, SEED, _once, asked_anew, office

ROUNDS = 7
SHEETS = {
    "funds.secured": ("f", "source"), "funds.issued": ("f", "source"), "funds.disbursed": ("r", "receiver"),
    "funds.received": ("f", "source"), "funds.spent": ("f", "source"),
}  # fmt: skip
FLOOR = """
    SELECT {column}, count(*), sum(amount_low)::BIGINT, sum(amount_high)::BIGINT, max(grade), sum(asks)::BIGINT
    FROM read_parquet([{files}])
    WHERE programme = 'bench' AND state = '{state}' AND standing IN ('total', 'own')
      AND "first" >= DATE '2006-01-01' AND "last" <= DATE '2025-12-31'
    GROUP BY {column}
"""
Answers = dict[str, dict[str, int]]


def run(entries: int) -> dict[str, Any]:
    """Time the table of five states of money, each by its source or receiver, over so many entries."""
    folder = Path(settings.VAR) / f"grouped-{entries}"
    shutil.rmtree(folder, ignore_errors=True)
    made, snapshot = _once(lambda: office(folder, "bench", entries, SEED))
    engine = duckdb.connect(config={"threads": 2})
    first, ours = _once(lambda: _ours(snapshot))
    floor = _floor(engine, snapshot)
    times: dict[str, list[float]] = {"anew": [], "floor": [], "kept": []}
    asked: dict[str, Callable[[], Any]] = {
        "anew": lambda: asked_anew(lambda: _ours(snapshot)), "floor": lambda: _floor(engine, snapshot),
        "kept": lambda: _ours(snapshot),
    }  # fmt: skip
    for _round in range(ROUNDS):
        for name, call in asked.items():
            times[name].append(_once(call)[0])
    anew, least, kept = (median(times[name]) * 1000 for name in ("anew", "floor", "kept"))
    return {
        "workload": "五个环节按来源、收款单位分组", "size": entries, "groups": sum(map(len, ours.values())), "made_s": round(made, 1),
        "first_ms": round(first * 1000, 1), "ours_ms": round(anew, 1), "floor_ms": round(least, 1),
        "ratio": round(anew / least, 2), "kept_ms": round(kept, 2), "totals_equal": ours == floor,
    }  # fmt: skip


def _ours(snapshot: Snapshot) -> Answers:
    return {
        sheet: {f.identity.name.cut[-1][1]: f.value.low or 0 for f in measure.cut(snapshot, _name(sheet), letter) if f.value}
        for sheet, (letter, _column) in SHEETS.items()
    }  # fmt: skip


def _name(sheet: str) -> Name:
    return Name(sheet, "bench", PERIOD)


def _floor(engine: duckdb.DuckDBPyConnection, snapshot: Snapshot) -> Answers:
    files = ", ".join(f"'{file}'" for file in snapshot.files("entries"))
    found: Answers = {}
    for sheet, (_letter, column) in SHEETS.items():
        asked = FLOOR.format(column=column, files=files, state=sheet.partition(".")[2])
        found[sheet] = {row[0]: row[2] for row in engine.execute(asked).fetchall()}
    return found
