"""A national book: many offices' snapshots, written as they would be frozen; one table over all of them, engine by engine.

19 supporters, 20 years; at full size 50 million entries. The floor is SQL by hand on DuckDB over the same files. The first
time an engine is asked it starts and lays the tables open; ours is the time after that, nothing kept from the time before.
"""

import shutil
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from importlib.util import find_spec
from json import dumps
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from django.conf import settings

from duikou.snapshot.store import SEGMENT, Snapshot
from duikou.snapshot.tables import names
from duikou.statistics import engine, reckon
from duikou.statistics.offices import Office, TableTogether, table_together

SUPPORTERS, YEARS, FIRST_YEAR, SEED = 19, 20, 2006, 20060101
PERIOD = f"{FIRST_YEAR}..{FIRST_YEAR + YEARS - 1}"
STATES = ("secured", "issued", "disbursed", "received", "spent")
SOURCES, RECEIVERS = ("central", "city", "county", "society"), 40
DAYS = np.arange(f"{FIRST_YEAR}-01-01", f"{FIRST_YEAR + YEARS}-01-01", dtype="datetime64[D]").astype("int32")
FLOOR = """
    SELECT programme, state, sum(amount_low)::BIGINT, count(*) FROM read_parquet([{files}])
    WHERE standing IN ('total', 'own') AND "first" >= DATE '2006-01-01' AND "last" <= DATE '2025-12-31'
    GROUP BY programme, state
"""
LABELS = {"先期启动对口支援资金（已落实）": "secured", "其中：已拨付到位": "disbursed", "已支出": "spent"}


def run(size: int) -> list[dict[str, Any]]:
    """Time the overview over so many entries in all, on each engine that is there."""
    made, offices = _once(lambda: national(Path(settings.VAR) / "national", size))
    engines = ["duckdb", *(["spark"] if find_spec("pyspark") and shutil.which("java") else [])]
    return [found for name in engines for found in _timed(name, offices, size, made)]


def national(folder: Path, size: int, supporters: int = SUPPORTERS) -> list[Office]:
    """The offices of a national book with so many entries in all; the same seed, the same files."""
    shutil.rmtree(folder, ignore_errors=True)
    share = -(-size // supporters)
    return [Office(f"第{n}家", office(folder / f"s{n:02}", f"s{n:02}", share, SEED + n)) for n in range(supporters)]


def office(folder: Path, programme: str, entries: int, seed: int) -> Snapshot:
    """One office's snapshot: a programme and so many entries over twenty years, in segments as they are frozen."""
    chance = np.random.default_rng(seed)
    (folder / "segments").mkdir(parents=True)
    tables: dict[str, list[list[Any]]] = {name: [] for name in names()}
    tables["programmes"] = [
        _written(folder, "programmes", 0, {"code": [programme], "title": [programme], "number": [1]})
    ]
    for first in range(0, entries, SEGMENT):
        rows = min(SEGMENT, entries - first)
        tables["entries"].append(_written(folder, "entries", first, _entries(chance, programme, first, rows)))
    digest = sha256(dumps(tables, sort_keys=True).encode()).hexdigest()
    return Snapshot(f"DK{programme.upper():0>8}.1", entries, "00" * 32, "", tables, digest, folder)


def _entries(chance: np.random.Generator, programme: str, first: int, rows: int) -> dict[str, Any]:
    """The columns of entries that mean something here; the others stay empty."""
    days = pa.array(chance.choice(DAYS, rows), pa.int32()).cast(pa.date32())
    fen = pa.array(chance.integers(1, 10**10, rows), pa.int64())
    return {
        "number": pa.array(np.arange(first, first + rows), pa.int64()), "programme": _words([programme], chance, rows),
        "state": _words(STATES, chance, rows), "source": _words(SOURCES, chance, rows), "standing": _words(["own"], chance, rows),
        "receiver": _words([f"r{n:02}" for n in range(RECEIVERS)], chance, rows), "first": days, "last": days,
        "amount_low": fen, "amount_high": fen, "amount_hedge": _words(["exact"], chance, rows),
        "amount_unit": _words(["fen"], chance, rows), "fen": fen, "grade": pa.array(np.ones(rows, "int64")),
        "asks": pa.array(np.zeros(rows, "int64")),
    }  # fmt: skip


def _words(words: Any, chance: np.random.Generator, rows: int) -> pa.Array:
    return pa.DictionaryArray.from_arrays(chance.integers(0, len(words), rows, "int32"), list(words)).cast(pa.string())


def _written(folder: Path, table: str, first: int, columns: dict[str, Any]) -> list[Any]:
    """A segment under its digest."""
    schema, rows = names()[table].schema, len(columns["number"])
    whole = [columns[f.name] if f.name in columns else pa.nulls(rows, f.type) for f in schema]
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table(whole, schema=schema), sink, compression="NONE", version="2.6")
    data = sink.getvalue().to_pybytes()
    digest = sha256(data).hexdigest()
    (folder / "segments" / f"{digest}.parquet").write_bytes(data)
    return [first, digest, rows]


def _timed(name: str, offices: list[Office], size: int, made: float) -> Iterator[dict[str, Any]]:
    def ours() -> TableTogether:
        return asked_anew(lambda: table_together(offices, "overview", PERIOD, name))

    first, table = _once(ours)
    taken, _again = _once(ours)
    least, expected = _once(lambda: _floor(offices))
    yield {
        "workload": "全国综合表", "engine": name, "size": size, "offices": len(offices), "first_ms": round(first * 1000),
        "ours_ms": round(taken * 1000), "floor_ms": round(least * 1000), "ratio": round(taken / least, 2),
        "totals_equal": _same(table, expected), "made_s": round(made, 1),
    }  # fmt: skip


def asked_anew(question: Callable[[], Any]) -> Any:
    """An answer for which nothing is kept from the time before."""
    engine._answers.clear()
    reckon._worked_out.cache_clear()
    reckon._cut.cache_clear()
    return question()


def _floor(offices: list[Office]) -> dict[tuple[str, str], int]:
    files = ", ".join(f"'{file}'" for one in offices if one.snapshot for file in one.snapshot.files("entries"))
    with duckdb.connect(config={"threads": 2}) as database:
        return {row[:2]: row[2] for row in database.execute(FLOOR.format(files=files)).fetchall()}


def _same(table: TableTogether, expected: dict[tuple[str, str], int]) -> bool:
    """Whether every line of money says what the hand-written SQL says, sum and parts as they are printed."""
    from duikou.rules.quantity import exactly
    from duikou.rules.writing import write

    rows = {LABELS[row.label]: row for row in table.rows if row.label in LABELS}
    by_state = {state: {p: fen for (p, s), fen in expected.items() if s == state} for state in rows}
    return len(rows) == len(LABELS) and all(
        row.total == write(exactly(sum(by_state[state].values()), "fen")).text
        and row.cells == {p: write(exactly(fen, "fen")).text for p, fen in by_state[state].items()}
        for state, row in rows.items()
    )


def _once(call: Callable[[], Any]) -> tuple[float, Any]:
    begun = time.perf_counter()
    found = call()
    return time.perf_counter() - begun, found
