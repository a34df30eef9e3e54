"""T1 (项目计划和进度表): its columns, how their cells are read and written, and a project's row as the book knows it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from duikou.rules.ledger import total
from duikou.rules.period import Period, on, parse
from duikou.terms.words import regions, zh

MONTHS = (3, 6, 9, 12)
WAN = 10**6  # fen in 万元
STAGES = {"started": "开工日期", "completed": "完工日期", "accepted": "完工验收日期"}
YES = {"是": True, "否": False}


@dataclass(frozen=True)
class Column:
    """A column: code, heading, what stands over it, what its cells hold (text, money, whole, day, yes, list, region)."""

    code: str
    title: str
    kind: str = "text"
    group: str = ""

    @property
    def full(self) -> str:
        """The heading with what stands over it."""
        return f"{self.group}：{self.title}" if self.group else self.title


PLAN, PERCENT, STAGE, PLACE = "计划投资（万元）", "形象进度（%）", "建设阶段", "投资到位情况（万元）"
DONE = "投资完成情况（万元）"
COLUMNS: tuple[Column, ...] = (
    Column("county", "区县", "region"), Column("name", "项目名称"), Column("paired", "是否对口支援项目", "yes"),
    Column("year", "年份", "whole"), Column("type", "项目类型"),
    Column("total", "总投资", "money", PLAN), Column("aid", "对口支援资金", "money", PLAN), Column("other", "其他配套资金", "money", PLAN),
    *(Column(code, title, "day") for code, title in STAGES.items()),
    *(Column(f"percent{m}", f"{m}月", "whole", PERCENT) for m in MONTHS),
    *(Column(f"stage{m}", f"{m}月", "text", STAGE) for m in MONTHS),
    *(Column(f"place{m}", f"{m}月", "money", PLACE) for m in MONTHS),
    Column("done", "合计", "money", DONE), Column("done_aid", "对口支援资金", "money", DONE),
    Column("done_other", "其他配套资金", "money", DONE),
    Column("places", "涉及小区", "list"), Column("remark", "备注"), Column("code", "项目编码"), Column("filled", "填报时间"),
    Column("locked", "已锁定", "yes"), Column("checked", "已核对", "yes"),
)  # fmt: skip
Row = Mapping[str, Any]  # a row by the codes of its columns; a blank is None, or "" and () of texts and lists


def over(column: Column, year: int, until: int) -> str:
    """What stands over a column, with its year, or the month up to which it goes."""
    if column.code.startswith("done"):
        return f"截至{year}年{until}月{column.group}"
    return f"{year}年{column.group}" if column.code[-1].isdigit() else column.group


# ---- cells


def read(kind: str, text: str) -> Any:
    """What a cell holds; ValueError says what it should hold."""
    return _READ[kind](text.strip())


def write(kind: str, value: Any) -> str:
    """A cell as text; a blank is empty."""
    return "" if value is None else _WRITE[kind](value)


def _fen(text: str) -> int | None:
    if not text:
        return None
    try:
        fen = Decimal(text.replace(",", "")) * WAN
    except InvalidOperation:
        raise ValueError("金额，以万元计，如 120.00") from None
    if not fen.is_finite() or fen != fen.to_integral_value():
        raise ValueError("金额，以万元计，至分为止")
    return int(fen)


def _wan(fen: int) -> str:
    """万元 with two decimals, with more where the fen want them."""
    text = f"{Decimal(fen) / WAN:.6f}"
    whole, _, rest = text.partition(".")
    return f"{whole}.{rest.rstrip('0').ljust(2, '0')}"


def _whole(text: str) -> int | None:
    text = text.removesuffix("%").removesuffix(".0")
    if text and not re.fullmatch(r"\d{1,6}", text):
        raise ValueError("整数，如 45")
    return int(text) if text else None


def _period(text: str) -> Period | None:
    """A day, a month or a year: 2012-04-02, 2012年4月2日, 2012.4, 2012/4, 2012."""
    if not text:
        return None
    found = re.fullmatch(r"(\d{4})(?:[年./-](\d{1,2})(?:[月./-](\d{1,2})日?|月)?|年)?", text)
    if not found:
        raise ValueError("日期，如 2012-04-02；只知月份的写 2012-04")
    year, *rest = (int(part) for part in found.groups() if part)
    return parse("-".join((f"{year:04}", *(f"{part:02}" for part in rest))))


def _yes(text: str) -> bool | None:
    if text and text not in YES:
        raise ValueError("是、否，或空白")
    return YES.get(text)


@cache
def _areas() -> dict[str, str]:
    """Codes of areas by code, name and short name; a name that two bear goes to the one whose code holds today."""
    rows = sorted((row for found in regions().values() for row in found), key=lambda row: row.valid_until is None)
    return {name: row.code for row in rows for name in (row.name, row.short, row.code)}


def _region(text: str) -> str:
    if text and text not in _areas():
        raise ValueError("区划表（GB/T 2260）里的县区名称或代码")
    return _areas().get(text, "")


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part for part in (name.strip() for name in text.split("、")) if part)


_READ: dict[str, Callable[[str], Any]] = {
    "text": str, "money": _fen, "whole": _whole, "day": _period, "yes": _yes, "list": _listed, "region": _region,
}  # fmt: skip
_WRITE: dict[str, Callable[[Any], str]] = {
    "text": str, "money": _wan, "whole": str, "day": lambda p: p.code, "yes": lambda v: "是" if v else "否",
    "list": "、".join, "region": lambda code: regions()[code][-1].short if code else "",
}  # fmt: skip


# ---- the row of a project


@dataclass(frozen=True)
class Reached:
    """A stage of a project: when it was reached, or by when it is due, and in which words where no day is said."""

    when: Period | None
    due: date | None = None
    remark: str = ""

    @property
    def said(self) -> Period | None:
        """What the table says."""
        return self.when or (_period(self.remark) if self.remark else on(self.due) if self.due else None)


@dataclass(frozen=True)
class Report:
    """What was reported of a project for some days."""

    when: Period
    percent: int | None = None
    said: str = ""
    in_place: int | None = None
    aid_done: int | None = None
    other_done: int | None = None


@dataclass(frozen=True)
class Known:
    """A project as the book knows it, with what its source said in words the book has no column for (by heading)."""

    name: str
    region: str = ""
    paired: bool | None = None
    year: int | None = None
    sector: str = ""
    classes: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    remark: str = ""
    code: str = ""
    total: int | None = None
    aid: int | None = None
    stages: Mapping[str, Reached] = field(default_factory=dict)
    reports: Sequence[Report] = ()
    said: Mapping[str, str] = field(default_factory=dict)


def heading(year: int, column: Column) -> str:
    """Under which heading a cell of a year's table is kept in its source's words."""
    return f"{year}年{column.full}"


def row_of(known: Known, year: int) -> dict[str, Any]:
    """The row of a project in the table of a year: what the book's own columns give, then its source's words."""
    row: dict[str, Any] = {column.code: _READ[column.kind]("") for column in COLUMNS}
    row |= {
        "county": known.region, "name": known.name, "paired": known.paired, "year": known.year,
        "type": "、".join(known.classes) or zh("sector", known.sector), "total": known.total, "aid": known.aid,
        "other": known.total - known.aid if known.total is not None and known.aid is not None else None,
        "places": known.places, "remark": known.remark, "code": known.code,
    }  # fmt: skip
    row |= {stage: reached.said for stage, reached in known.stages.items() if stage in STAGES}
    of_year = sorted((r for r in known.reports if r.when.last.year == year), key=lambda r: (r.when.last, r.when.first))
    for report in of_year:
        row |= _reported(report)
    said = {heading(year, column): column for column in COLUMNS}
    return row | {said[h].code: read(said[h].kind, text) for h, text in known.said.items() if h in said}


def _reported(report: Report) -> dict[str, Any]:
    """The cells that a report fills; a later one of the same quarter fills them anew."""
    month = next(m for m in MONTHS if report.when.last.month <= m)
    cells: dict[str, Any] = {}
    if report.percent is not None or report.said:
        cells |= {f"percent{month}": report.percent, f"stage{month}": report.said}
    if report.in_place is not None:
        cells[f"place{month}"] = report.in_place
    parts = [fen for fen in (report.aid_done, report.other_done) if fen is not None]
    if parts:
        cells |= {"done": total(parts), "done_aid": report.aid_done, "done_other": report.other_done}
    return cells
