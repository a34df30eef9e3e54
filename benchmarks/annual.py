"""The annual workbook of so many payments and a tenth as many projects against the bare writer library in the same run.

Snapshots are laid down as frozen tables without a book: what is timed is asking, rounding and writing, not entering. The
floor writes the same cells, made beforehand and held in memory, with xlsxwriter in constant_memory and no format.
"""

import gc
import json
import random
import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from duikou.reports.annual import write_tables
from duikou.snapshot.store import SEGMENT, Snapshot
from duikou.snapshot.tables import TABLES
from duikou.statistics.registers_rows import Line
from duikou.statistics.tables import FilledTable, table_of, tables

from .generate import COUNTIES, SEED

FIRST, ROUNDS = date(2023, 1, 1), 3
Cells = Sequence[tuple[str, Sequence[Sequence[Any]]]]


def laid_down(folder: Path, payments: int) -> Snapshot:
    """A snapshot with so many payments of the year 2023, the projects they are for, and the programme."""
    chance = random.Random(SEED)
    rows = {
        "programmes": [
            {"number": 1, "programme": "bench", "code": "bench", "title": "生成的项目方案", "office": "生成"}
        ],
        "projects": [_project(n) for n in range(payments // 10)],
        "entries": [_payment(n, payments // 10, chance) for n in range(payments)],
    }
    (folder / "segments").mkdir(parents=True)
    kept: dict[str, list[list[Any]]] = {}
    for table in TABLES:
        some = rows.get(table.name, [])
        blank = dict.fromkeys(table.schema.names)
        kept[table.name] = [
            _segment(folder, table.schema, [blank | row for row in some[at : at + SEGMENT]], at)
            for at in range(0, max(len(some), 1), SEGMENT)
        ]
    digest = sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()
    return Snapshot("DKBENCHBEN.1", 1, "00" * 32, "2024-01-01T00:00:00+00:00", kept, digest, folder)


def _segment(folder: Path, schema: pa.Schema, rows: list[dict[str, Any]], first: int) -> list[Any]:
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), sink, compression="NONE")
    data = sink.getvalue().to_pybytes()
    digest = sha256(data).hexdigest()
    (folder / "segments" / f"{digest}.parquet").write_bytes(data)
    return [first, digest, len(rows)]


def _project(n: int) -> dict[str, Any]:
    return {
        "number": 100 + n, "programme": "bench", "kind": "project", "label": f"第{n}号乡村道路改造项目", "code": f"TR2023{n:05}-D",
        "region": COUNTIES[n % 4], "year": 2023, "sector": "housing", "paired": True, "standing": "own", "status": "started",
        "number_low": 1, "number_high": 1, "number_hedge": "exact", "number_unit": "item", "asks": 0, "grade": 0,
    }  # fmt: skip


def _payment(n: int, projects: int, chance: random.Random) -> dict[str, Any]:
    fen, day, project = chance.randrange(1, 10**9), FIRST + timedelta(days=chance.randrange(365)), n % projects
    return {
        "number": 10**6 + n, "programme": "bench", "kind": "entry", "first": day, "last": day, "state": "spent", "standing": "own",
        "voucher": f"GEN-{n:06}", "label": "按年度计划实施", "receiver_name": f"收款单位{n % 40:02}", "project": f"第{project}号乡村道路改造项目",
        "project_code": f"TR2023{project:05}-D", "project_number": 100 + project, "region": COUNTIES[project % 4], "source": "city",
        "contract": f"合-{n % 5000:04}", "year": 2023, "fen": fen, "amount_low": fen, "amount_high": fen, "amount_hedge": "exact",
        "amount_unit": "fen", "asks": 0, "grade": 0,
    }  # fmt: skip


def filled(taken: Snapshot) -> Iterator[FilledTable]:
    """All tables of the year, each when its turn comes."""
    for code in tables():
        yield table_of(taken, code, "bench", "2023")


def ours(taken: Snapshot, box: IO[bytes]) -> None:
    """Our workbook."""
    write_tables(box, filled(taken), title="年度统计表")


def cells_of(taken: Snapshot) -> Cells:
    """The cells of the rows of all tables, the record of each row last, held in memory."""
    return [
        (t.code, [_cells(line) for line in t.body.lines(linked=False)]) for t in filled(taken) if t.body is not None
    ]


def _cells(line: Line) -> list[Any]:
    return [*line.values, f"{line.kind}-{line.number}" if line.number else ""]


def bare(cells: Cells, box: IO[bytes]) -> None:
    """The same cells by the writer library alone."""
    book = xlsxwriter.Workbook(box, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    for name, rows in cells:
        sheet = book.add_worksheet(name)
        for line, row in enumerate(rows):
            for column, value in enumerate(row):
                if value is None or value == "":
                    continue
                if isinstance(value, str):
                    sheet.write_string(line, column, value)
                else:
                    sheet.write_number(line, column, value)
    book.close()


def timed(*writes: Callable[[IO[bytes]], None]) -> list[tuple[float, int]]:
    """Seconds of processor that each file takes, and its bytes; in turn, the best of some rounds."""
    found = [(float("inf"), 0)] * len(writes)
    for _round in range(ROUNDS):
        for at, write in enumerate(writes):
            with TemporaryFile() as box:
                begun = time.process_time()
                write(box)
                found[at] = min(found[at], (time.process_time() - begun, box.tell()))
    return found


def memory(write: Callable[[IO[bytes]], None]) -> float:
    """MB of Python held at most while a file is written."""
    gc.collect()
    tracemalloc.start()
    with TemporaryFile() as box:
        write(box)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 2**20


def run(size: int) -> list[dict[str, Any]]:
    """The workbook of so many payments beside its floor; its memory beside that of a tenth of them."""
    with TemporaryDirectory() as folder, TemporaryDirectory() as small:
        taken = laid_down(Path(folder), size)
        cells = cells_of(taken)
        gc.collect()
        gc.freeze()  # the floor's cells lie ready: ours is not charged with searching them for garbage
        (s, length), (floor_s, _) = timed(lambda box: ours(taken, box), lambda box: bare(cells, box))
        count = sum(value not in (None, "") for _, rows in cells for row in rows for value in row)
        gc.unfreeze()
        cells = ()
        mb = memory(lambda box: ours(taken, box))
        tenth = laid_down(Path(small), size // 10)
        list(filled(tenth))
        small_mb = memory(lambda box: ours(tenth, box))
    return [
        {
            "workload": "年度统计表 .xlsx", "size": size, "projects": size // 10, "cells": count, "ours_s": round(s, 2),
            "floor_s": round(floor_s, 2), "ratio": round(s / floor_s, 2), "mb": round(mb, 1), "tenth_mb": round(small_mb, 1),
            "file_mb": round(length / 2**20, 1),
        }
    ]  # fmt: skip
