"""A list of so many rows as .csv and as .xlsx: time, and memory beside the rows, against the bare writers (the floor)."""

import csv
import gc
import time
import tracemalloc
from collections.abc import Callable, Iterator
from tempfile import TemporaryFile
from typing import Any

import xlsxwriter

from duikou.web.listing.files import Listing, as_csv, as_xlsx

HEADS = ("编号", "名称", "地区", "领域", "阶段", "日期", "计划援助（万元）", "已到账（万元）", "已支付（万元）", "说明")


def rows_of(size: int) -> list[list[object]]:
    """Rows as those of the projects of a province."""
    return [
        [n, f"第{n}号乡村道路改造项目", "同仁", "基础设施", "开工", f"2024-{n % 12 + 1:02}-{n % 28 + 1:02}", f"{n % 9000:,}.{n % 100:02}",
         f"{n % 7000:,}.00", "", "按年度计划实施"]
        for n in range(size)
    ]  # fmt: skip


def our_csv(rows: list[list[object]]) -> Iterator[bytes]:
    """Our answer, piece by piece."""
    yield from sent(as_csv(Listing("bench", "清单", HEADS, iter(rows))))


def our_xlsx(rows: list[list[object]]) -> Iterator[bytes]:
    """Our answer, piece by piece."""
    yield from sent(as_xlsx(Listing("bench", "清单", HEADS, iter(rows))))


def sent(answer: Any) -> Iterator[bytes]:
    """An answer as the server takes it."""
    yield from answer.streaming_content if answer.streaming else [answer.content]
    answer.close()


def bare_csv(rows: list[list[object]]) -> Iterator[bytes]:
    """The writer of Python into a file."""
    with TemporaryFile("w+", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADS)
        writer.writerows(rows)
        file.seek(0)
        while piece := file.read(65536):
            yield piece.encode()


def bare_xlsx(rows: list[list[object]]) -> Iterator[bytes]:
    """xlsxwriter with constant_memory into a file; amounts as numbers, no formats."""
    with TemporaryFile() as file:
        book = xlsxwriter.Workbook(file, {"constant_memory": True})
        sheet = book.add_worksheet()
        for line, row in enumerate([HEADS, *rows]):
            for column, value in enumerate(row):
                amount = line and column in (6, 7, 8) and value
                sheet.write(line, column, float(str(value).replace(",", "")) if amount else value)
        book.close()
        file.seek(0)
        while piece := file.read(65536):
            yield piece


def measured(
    make: Callable[[list[list[object]]], Iterator[bytes]], rows: list[list[object]]
) -> tuple[float, float, int]:
    """Milliseconds of the better of two runs, then MB beside the rows at most in a run of its own, and bytes sent."""
    times = []
    for _ in range(2):
        begun = time.perf_counter()
        size = sum(map(len, make(rows)))
        times.append((time.perf_counter() - begun) * 1000)
    gc.collect()
    tracemalloc.start()
    for _piece in make(rows):
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return min(times), peak / 2**20, size


def run(size: int) -> list[dict[str, object]]:
    """Both files of a list of a size, each beside its floor."""
    rows, found = rows_of(size), []
    for name, ours, floor in (("清单 .csv", our_csv, bare_csv), ("清单 .xlsx", our_xlsx, bare_xlsx)):
        (ms, mb, length), (floor_ms, floor_mb, _) = measured(ours, rows), measured(floor, rows)
        found.append(
            {
                "workload": name, "size": size, "ours_ms": round(ms), "floor_ms": round(floor_ms),
                "ratio": round(ms / floor_ms, 2), "ours_mb": round(mb, 1), "floor_mb": round(floor_mb, 1),
                "file_mb": round(length / 2**20, 1),
            }
        )  # fmt: skip
    return found
