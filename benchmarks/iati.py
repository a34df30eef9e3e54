"""IATI activities of so many payments against a writer that puts the same payments out as bare text (the floor)."""

import gc
import os
import time
import tracemalloc
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.parquet as pq

from duikou.reports.iati import activities
from duikou.snapshot.store import Snapshot
from duikou.snapshot.tables import names

PROJECTS, SEGMENT = 1000, 4096
FIRST = date(2023, 1, 1)


def book(folder: Path, size: int) -> Snapshot:
    """A snapshot of so many payments of a thousand projects, in segments as a book has them."""
    (folder / "segments").mkdir()
    tables: dict[str, list[list[object]]] = {}
    rows = {
        "programmes": [{"number": 1, "code": "p", "title": "对口支援", "scheme": "east_west", "supporting": "110000",
                        "receiving": "653200", "office": "合作交流办", "first": FIRST, "programme": "p"}],
        "organisations": [],
        "projects": [
            {"number": n, "programme": "p", "kind": "project", "label": f"第{n}号乡村道路", "sector": "industry",
             "status": "started", "region": "653200", "first": FIRST, "last": FIRST, "standing": "own"}
            for n in range(2, PROJECTS + 2)
        ],
        "entries": [
            {"number": n + PROJECTS + 2, "programme": "p", "state": "spent", "standing": "own", "label": "工程进度款",
             "receiver_name": "建筑公司", "project": f"第{n % PROJECTS + 2}号乡村道路", "amount_low": n * 100 + 5000,
             "amount_high": n * 100 + 5000, "first": FIRST + timedelta(n % 360), "last": FIRST + timedelta(n % 360)}
            for n in range(size)
        ],
    }  # fmt: skip
    for table, all_ in rows.items():
        schema = names()[table].schema
        for at in range(0, len(all_), SEGMENT):
            digest = f"{table}-{at}"
            some = [{name: row.get(name) for name in schema.names} for row in all_[at : at + SEGMENT]]
            pq.write_table(pa.Table.from_pylist(some, schema=schema), folder / "segments" / f"{digest}.parquet")
            tables.setdefault(table, []).append([at, digest, len(some)])
    return Snapshot("DKBENCH000.1", 1, "0" * 64, "2023-12-31T00:00:00+00:00", tables, f"bench{size}", folder)


def bare(snapshot: Snapshot) -> Iterator[str]:
    """The same payments read from the same files, each put out as the shortest transaction there can be."""
    for file in snapshot.files("entries"):
        for row in pq.read_table(file, columns=["number", "last", "amount_low", "label", "receiver_name"]).to_pylist():
            yield (
                f'<transaction ref="entry-{row["number"]}"><transaction-type code="4"/><transaction-date iso-date="{row["last"]}"/>'
                f'<value currency="CNY" value-date="{row["last"]}">{row["amount_low"] / 100:.2f}</value><description><narrative>'
                f"{row['label']}</narrative></description><receiver-org><narrative>{row['receiver_name']}</narrative></receiver-org>"
                "</transaction>\n"
            )


def timed(pieces: Iterator[str]) -> tuple[float, int]:
    """Seconds to write pieces to nowhere, and how many bytes they are."""
    gc.collect()
    begun, size = time.perf_counter(), 0
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        for piece in pieces:
            nowhere.write(piece)
            size += len(piece)
    return time.perf_counter() - begun, size


def memory(pieces: Iterator[str]) -> float:
    """The most that Python holds while pieces are drawn, in MB."""
    tracemalloc.start()
    for _ in pieces:
        pass
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most / 2**20


def run(size: int) -> list[dict[str, object]]:
    """The workload at one size."""
    with TemporaryDirectory() as folder:
        snapshot = book(Path(folder), size)
        floor, _ = min(timed(bare(snapshot)) for _ in range(3))
        ours, length = min(timed(activities(snapshot, "p")) for _ in range(3))
        return [
            {"workload": "IATI 2.03", "size": size, "ours_s": round(ours, 2), "floor_s": round(floor, 2),
             "ratio": round(ours / floor, 2), "mb": round(memory(activities(snapshot, "p")), 1),
             "file_mb": round(length / 2**20, 1)}
        ]  # fmt: skip
