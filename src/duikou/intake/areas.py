"""The operator's list of areas as a file of comma-separated values: read line by line, all problems at once, kept whole or not at all."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from pathlib import Path

from duikou.rules.problem import Problem, Refused
from duikou.terms.words import Region, Words, operators_list, regions, shipped

COLUMNS = ("code", "name", "short", "en", "valid_from", "valid_until", "successor")
INVENTED = "99"  # codes that our invented example uses; no province bears them
LONGEST = 40  # characters of a name

READING = {w.code: w for w in (Words(code, *entry) for code, entry in {
    "areas.1": ("区划名单是一份 UTF-8 的 CSV，列名固定", "A list of areas is a file of fixed columns"),
    "areas.2": ("区划代码为 6 位数字，各级齐全", "An area has six digits, and those above it are in a list"),
    "areas.3": ("区划须有名称", "An area has a name"),
    "areas.4": ("起止日期先后有序", "A code begins before it ends"),
    "areas.5": ("停用的代码写明后继，后继也在名单内", "A code that ended names its successor, which is in a list"),
    "areas.6": ("同一时间一个代码只属一个区划", "On a day a code belongs to one area"),
    "areas.7": ("随软件的区划不由名单改动", "Areas that the program brings are not changed by a list"),
}.items())}  # fmt: skip


@dataclass
class Areas:
    """A list that was read: its areas with the line of each, those the program brings already, the problems met."""

    file: str
    rows: list[tuple[int, Region]] = field(default_factory=list)
    known: int = 0
    problems: list[Problem] = field(default_factory=list)

    def object_to(self, code: str, line: int, found: str, expected: str, remedy: str) -> None:
        """Keep one problem with its line."""
        self.problems.append(Problem(code, "stops", READING[code], found, expected, remedy, f"{self.file}:{line}"))


def keep_areas(path: Path) -> Areas:
    """Read a list and keep it beside the book, in the place of the one before; Refused carries every problem, then nothing is kept."""
    found = read_areas(path)
    if found.problems:
        raise Refused(found.problems)
    target = operators_list()
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = target.with_suffix(".part")
    with part.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(_cells(row) for _, row in found.rows)
    part.replace(target)
    shipped.cache_clear()
    regions.cache_clear()
    return found


def read_areas(path: Path) -> Areas:
    """A list with all that is odd in it."""
    found = Areas(path.name)
    try:
        lines = path.read_bytes().decode("utf-8-sig").splitlines()
    except OSError:
        found.object_to("areas.1", 1, "没有这个文件", str(path), "核对路径")
    except UnicodeDecodeError as odd:
        found.object_to("areas.1", 1, f"第 {odd.start + 1} 字节不是 UTF-8", "UTF-8 文本", "用 UTF-8 另存")
    else:
        _read(found, lines)
        _check_whole(found)
    return found


def _read(found: Areas, lines: Sequence[str]) -> None:
    """The rows of a list, each judged by itself."""
    reader = csv.reader(lines)
    head = next(reader, [])
    if tuple(cell.strip() for cell in head) != COLUMNS:
        found.object_to("areas.1", 1, ",".join(head)[:80] or "空文件", ",".join(COLUMNS), "第一行照此写，列序不变")
        return
    for cells in reader:
        line = reader.line_num
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(COLUMNS):
            found.object_to("areas.1", line, f"{len(cells)} 列", f"{len(COLUMNS)} 列", "空着的列留逗号")
        elif row := _area(found, line, [cell.strip() for cell in cells]):
            _sort_in(found, line, row)


def _area(found: Areas, line: int, cells: Sequence[str]) -> Region | None:
    """An area of a row; nothing where a cell of it cannot stand."""
    code, name, short, en, *_, successor = cells
    before = len(found.problems)
    if not re.fullmatch("[0-9]{6}", code) or code.startswith((INVENTED, "00")):
        found.object_to("areas.2", line, code or "空", "6 位数字，如 653200；99 打头的留给示例", "照 GB/T 2260 改正")
    if not name or max(len(name), len(short)) > LONGEST:
        found.object_to("areas.3", line, f"{len(name)} 个字", f"1 至 {LONGEST} 个字", "照国家标准填名称")
    days = [_day(found, line, cell) for cell in cells[4:6]]
    if len(found.problems) > before:
        return None
    return Region(code, name, short or name, en or short or name, days[0], days[1], successor)


def _day(found: Areas, line: int, cell: str) -> date | None:
    try:
        return date.fromisoformat(cell) if cell else None
    except ValueError:
        found.object_to("areas.4", line, cell, "日期，如 2020-06-05", "改正，或留空")
        return None


def _sort_in(found: Areas, line: int, row: Region) -> None:
    """Keep a row; one that the program brings says the same, and then stays as it is."""
    ours = shipped().get(row.code, ())
    if not ours:
        found.rows.append((line, row))
    elif any(_the_same(row, kept) for kept in ours):
        found.known += 1
    else:
        kept = ours[-1]
        found.object_to(
            "areas.7", line, _said(row), _said(kept), "删去这一行；随软件的名单有误的，报软件的维护单位改正"
        )


def _the_same(row: Region, kept: Region) -> bool:
    """Whether a row says of a code what our own list says; a name may leave out the areas above it."""
    days = (row.valid_from, row.valid_until, row.successor)
    return row.name in (kept.short, kept.name, _last(kept, row.name)) and days == (
        kept.valid_from, kept.valid_until, kept.successor,
    )  # fmt: skip


def _last(kept: Region, name: str) -> str:
    """A name where the whole name of an area ends with it."""
    return name if len(name) > 1 and kept.name.endswith(name) else kept.name


def _said(row: Region) -> str:
    """An area in words: 同仁县，至 2020-06-04，后继 632301."""
    parts = [
        row.name,
        f"自 {row.valid_from}" if row.valid_from else "",
        f"至 {row.valid_until}" if row.valid_until else "",
    ]
    return "，".join(filter(None, [*parts, f"后继 {row.successor}" if row.successor else ""]))


def _check_whole(found: Areas) -> None:
    """What can only be asked of the whole list: what lies above an area, successors, codes given twice in time."""
    known = set(shipped()) | {row.code for _, row in found.rows}
    by_code: dict[str, list[tuple[int, Region]]] = {}
    for line, row in found.rows:
        by_code.setdefault(row.code, []).append((line, row))
        if lacking := next((code for code in _above(row.code) if code not in known), ""):
            found.object_to("areas.2", line, f"没有上级 {lacking}", "上级区划在名单内", "补上上级，或改正代码")
        _check_days(found, line, row, known)
    for rows in by_code.values():
        for (_, one), (line, other) in combinations(rows, 2):
            if _overlap(one, other):
                found.object_to(
                    "areas.6", line, f"{other.code}：{one.name}、{other.name}", "起止日期不重叠", "改正日期，或删去一行"
                )


def _above(code: str) -> Iterator[str]:
    """The province of an area; the prefecture may be none: 直辖县."""
    if not code.endswith("0000"):
        yield f"{code[:2]}0000"


def _check_days(found: Areas, line: int, row: Region, known: set[str]) -> None:
    if row.valid_from and row.valid_until and row.valid_from > row.valid_until:
        found.object_to("areas.4", line, f"{row.valid_from} 至 {row.valid_until}", "起在止前", "核对两个日期")
    if row.successor and (row.successor not in known or not row.valid_until):
        expected = "名单内的代码，且写明停用日"
        found.object_to(
            "areas.5", line, f"后继 {row.successor}，停用 {row.valid_until or '未写'}", expected, "补上或删去后继"
        )


def _overlap(one: Region, other: Region) -> bool:
    """Whether two areas bore a code on the same day."""
    first, last = date.min, date.max
    return (one.valid_from or first) <= (other.valid_until or last) and (other.valid_from or first) <= (
        one.valid_until or last
    )


def _cells(row: Region) -> tuple[str, ...]:
    days = (day.isoformat() if day else "" for day in (row.valid_from, row.valid_until))
    return (row.code, row.name, row.short, row.en, *days, row.successor)
