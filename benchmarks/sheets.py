"""Reading an office's sheet: rows with all their problems, beside the bare read of the library and a peer's reader, in turn."""

import importlib.util
import io
import resource
import time
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook

from duikou.intake.candidates import oddities
from duikou.intake.known import Known
from duikou.intake.layouts import layouts
from duikou.intake.rows import read_rows
from duikou.intake.table import find
from duikou.intake.upload import examine
from duikou.intake.workbook import sheets

ROUNDS = 3
BUDGET = 5  # seconds of processor time for 50,000 rows
COLUMNS = 20
HEADS = (
    "序号", "捐赠日期", "捐赠单位", "类别", "捐赠金额（万元）", "物品名称", "数量", "指定用途", "领域", "接收单位", "票据号", "公示日期",
    "经办", "联系", "到账账户", "批次", "验收", "附件", "核对", "说明",
)  # fmt: skip
OFFICES = [f"第{n}帮扶单位" for n in range(200)]
WRONG = 500  # of so many rows one cannot be read
Row = dict[str, Any]


def run(size: int) -> list[Row]:
    """Time the reading of a sheet of so many rows."""
    data = workbook(size)
    known = Known({name: frozenset({str(n)}) for n, name in enumerate(OFFICES)}, {}, {})
    ways: dict[str, Callable[[], int]] = {
        "ours": lambda: ours(data, known), "floor": lambda: floor(data),
        **({"peer": lambda: peer(data)} if importlib.util.find_spec("openpyxl") else {}),
    }  # fmt: skip
    times: dict[str, list[float]] = {way: [] for way in ways}
    answers: dict[str, int] = {}
    for _round in range(ROUNDS):
        for way, read in ways.items():
            begun = time.process_time()
            answers[way] = read()
            times[way].append(time.process_time() - begun)
    cost = {way: median(found) for way, found in times.items()}
    return [{
        "workload": f"读表和核对，{COLUMNS} 列", "size": size, "ours_s": round(cost["ours"], 2), "floor_s": round(cost["floor"], 2),
        "ratio": round(cost["ours"] / cost["floor"], 1), "peer_s": round(cost["peer"], 2) if "peer" in cost else "—",
        "peer_ratio": round(cost["ours"] / cost["peer"], 2) if "peer" in cost else "—", "problems": answers["ours"],
        "us_per_row": round(cost["ours"] / size * 10**6), "within": cost["ours"] * 50_000 <= BUDGET * size,
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }]  # fmt: skip


def ours(data: bytes, known: Known) -> int:
    """How many problems the reading finds; the file is judged, its rows read, the whole looked at."""
    (sheet,) = sheets(examine("表.xlsx", data), data)
    table = find(sheet, layouts().values())[0]
    readings = read_rows(table, known)
    return sum(len(one.problems) for one in readings) + len(oddities(table, readings))


def floor(data: bytes) -> int:
    """The rows as the library alone gives them."""
    return len(CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python())


def peer(data: bytes) -> int:
    """The rows as the usual reader gives them, without any check."""
    from openpyxl import load_workbook  # type: ignore[import-not-found,import-untyped]

    return sum(1 for _ in load_workbook(io.BytesIO(data), read_only=True).worksheets[0].values)


def workbook(size: int) -> bytes:
    """A register of gifts of so many rows; every 500th has a text for its amount."""
    box = io.BytesIO()
    book = xlsxwriter.Workbook(box, {"constant_memory": True})
    page = book.add_worksheet("台账")
    page.write_row(0, 0, HEADS)
    for number, row in enumerate(_rows(size), 1):
        page.write_row(number, 0, row)
    book.close()
    return box.getvalue()


def _rows(size: int) -> Iterator[tuple[Any, ...]]:
    for n in range(1, size + 1):
        amount = "见附件" if n % WRONG == 0 else (n % 9973) / 4
        day = f"2023年{n % 12 + 1}月{n % 28 + 1}日"
        yield (
            n, day, OFFICES[n % 200], "款", amount, f"物资{n % 50}", n % 90, f"用途{n}", "教育", OFFICES[n % 199], f"票{n:06}",
            f"2023-{n % 12 + 1:02}-{n % 28 + 1:02}", "甲", "乙", "丙", n % 7, "合格", "有", "√", f"第 {n} 笔",
        )  # fmt: skip
