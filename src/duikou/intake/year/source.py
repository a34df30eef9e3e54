"""The tables of a year: one row for each paper or event; every odd cell is named with file, line, found and expected."""

import csv
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from duikou.intake.file import READING
from duikou.intake.values import value_of
from duikou.rules.period import Period
from duikou.rules.problem import Problem, Refused
from duikou.rules.quantity import Quantity
from duikou.rules.rights import Person, Post
from duikou.statistics.t1 import read
from duikou.terms.words import code_of

TABLES: Mapping[str, str] = {  # the columns of each table: heading, kind of its cells, "?" where one may be blank
    "payees": "收款单位 统一社会信用代码",
    "projects": "项目 受援方责任岗位 支援方责任岗位 产出@output 目标:quantity 核实日期:date? 实际:quantity? 计划完工:date",
    "papers": "日期:date 项目 要件@requisite 文号 出具单位?",
    "inspections": "日期:date 项目 类别@inspection 结论@conclusion 检查单位:list 发现? 整改期限:date? 整改答复? 判定?",
    "contracts": "日期:date 合同号 项目 名称 收款单位 类别@contract 方式@method 合同价:money 中标文号? 质保金千分之:whole?",
    "stages": "日期:date 项目 阶段@life",
    "notices": "日期:date 文号 哪一方@side 类别@notice 原文号? 发文单位 县或单位 项目? 收回:yes? 金额:money 用途?",
    "payments": "日期:date 凭证号 依据文号 收款单位 项目? 金额:money",
    "receipts": "日期:date 回单号 收款单位 项目? 金额:money 对应凭证:list",
    "claims": "日期:date 合同号 类别@claim 阶段@stage 用途@use 申请金额:money 工程进度:whole 累计完成:money? 发票号 核定金额:money "
    "扣留:money? 付款日期:date 回单号",
    "progress": "日期:date 项目 形象进度:whole 建设阶段 对口资金完成:money 其他资金完成:money? 到位资金:money? 照片:yes?",
    "bank": "日期:date 类别 凭证号:list? 金额:money 摘要",
}  # fmt: skip
OF_PROJECTS = ("papers", "inspections", "contracts", "stages", "progress")
LARGEST = 10**15  # fen: ten thousand times what a province gives in a year
KEYS = {  # what is told once, and where it is referred to
    ("payees", "收款单位"): (("contracts", "收款单位"),),
    ("projects", "项目"): tuple((name, "项目") for name in OF_PROJECTS),
    ("contracts", "合同号"): (("claims", "合同号"),),
    ("payments", "凭证号"): (("receipts", "对应凭证"), ("bank", "凭证号")),
    ("receipts", "回单号"): (),
    ("claims", "回单号"): (),
}
DIFFERENCES = ("拆分", "合并", "无对应", "手续费")  # what a bank's list has otherwise than the ledger


@dataclass(frozen=True)
class Row:
    """One row: its table, its line in the file, its cells by heading."""

    table: str
    line: int
    cells: Mapping[str, Any]

    def __getitem__(self, heading: str) -> Any:
        return self.cells[heading]

    @property
    def place(self) -> str:
        """File and line, as editors open them."""
        return f"{self.table}.csv:{self.line}"

    def odd(self, code: str, found: str, expected: str, remedy: str) -> Problem:
        """A problem of this row."""
        return Problem(code, "stops", READING[code], found, expected, remedy, self.place)


@dataclass(frozen=True)
class Bearer:
    """An account of the folder's offices: its one role, for which area."""

    account: str
    role: str
    office: str
    area: str

    def person(self, programme: str) -> Person:
        """The account as who acts in a programme."""
        return Person(self.account, (Post(self.role, self.office, self.area, programme),))


@dataclass(frozen=True)
class Year:
    """A year of a programme: its rows by table, who acts, and which files of the programme it stands in for."""

    programme: str
    number: int
    instead_of: tuple[str, ...]
    bearers: tuple[Bearer, ...]
    rows: Mapping[str, Sequence[Row]]


def of_year(code: str, found: str, expected: str, remedy: str) -> Problem:
    """A problem of the year as a whole."""
    return Problem(code, "stops", READING[code], found, expected, remedy, "year.toml")


def read_year(folder: Path) -> Year:
    """The year of a programme's folder; Refused carries every problem found."""
    try:
        said = tomllib.loads((folder / "year" / "year.toml").read_text("utf-8"))
        programme, number, instead_of = said["programme"], int(said["year"]), tuple(said.get("instead_of", []))
        bearers = (*_bearers(folder / "offices.toml"), *(_person(p) for p in said.get("person", [])))
    except (ValueError, LookupError) as odd:
        expected = "programme、year、[[person]] 各项，和 offices.toml 的单位、账号、角色"
        raise Refused([of_year("file.3", f"{type(odd).__name__} {odd}", expected, "照示例的写法改正")]) from None
    problems: list[Problem] = []
    rows = {name: _table(folder / "year" / f"{name}.csv", problems) for name in TABLES}
    problems = problems or [*_keys(rows), *_days(rows, number), *_differences(rows["bank"])]
    if problems:
        raise Refused(problems)
    return Year(programme, number, instead_of, bearers, rows)


def _person(said: Mapping[str, str]) -> Bearer:
    return Bearer(said["code"], code_of("role", said["role"]), "", said["area"])


def _bearers(file: Path) -> Iterator[Bearer]:
    for office in tomllib.loads(file.read_text("utf-8"))["office"]:
        for account in office["accounts"]:
            role = code_of("role", account["role"])
            yield Bearer(account["code"], role, office["organisation"], office["area"])


# ---- one table


def _columns(table: str) -> Iterator[tuple[str, str, bool]]:
    """Heading, kind, and whether a cell may be blank; a kind that begins with @ is a list of terms."""
    for said in TABLES[table].split():
        heading, mark, kind = said.rstrip("?").replace("@", ":@").partition(":")
        yield heading, kind if mark else "text", said.endswith("?")


def _table(file: Path, problems: list[Problem]) -> list[Row]:
    """The rows of a file; what cannot be read is a problem at its line."""
    name, columns = file.stem, list(_columns(file.stem))
    try:
        lines = list(csv.reader(file.read_text("utf-8-sig").splitlines()))
    except (OSError, UnicodeDecodeError):
        found = f"没有 {file.name} 或不是 UTF-8"
        problems.append(Row(name, 1, {}).odd("file.1", found, str(file), "补上文件，用 UTF-8 存"))
        return []
    heads = [heading for heading, _, _ in columns]
    if not lines or lines[0] != heads:
        found = ",".join(lines[0]) if lines else "空文件"
        problems.append(Row(name, 1, {}).odd("file.2", found, ",".join(heads), "第一行照此写"))
        return []
    rows = []
    for number, line in enumerate(lines[1:], 2):
        if len(line) != len(columns):
            found, expected = f"{len(line)} 格", f"{len(columns)} 格"
            problems.append(Row(name, number, {}).odd("file.3", found, expected, "照第一行补齐，没有的留空"))
        else:
            rows.append(_row(name, number, dict(zip(heads, line, strict=True)), columns, problems))
    return rows


def _row(
    table: str, number: int, line: Mapping[str, str], columns: Sequence[tuple[str, str, bool]], problems: list[Problem]
) -> Row:
    cells: dict[str, Any] = {}
    here = Row(table, number, cells)
    for heading, kind, optional in columns:
        text = line[heading].strip()
        try:
            cells[heading] = _cell(kind, text)
            if not text and not optional:
                problems.append(here.odd("file.3", f"{heading}空白", "必填", "照文件填上"))
        except LookupError as odd:
            problems.append(here.odd("file.4", f"{heading} {text}", str(odd.args[0]), "改用词表中的词"))
        except ValueError as odd:
            problems.append(here.odd("file.3", f"{heading} {text}", str(odd), "改正这一格"))
    return here


def _cell(kind: str, text: str) -> Any:
    """What a cell holds; a blank is None, or "" and () of texts and lists."""
    if kind.startswith("@"):
        return code_of(kind[1:], text)
    if kind == "quantity":
        return value_of("output", "target", Quantity, text) if text else None
    if kind == "date":
        return _date(read("day", text))
    found = read(kind, text)
    if isinstance(found, int) and abs(found) > LARGEST:
        raise ValueError("没有这么大的数；核对位数")
    return found


def _date(said: Period | None) -> date | None:
    if said and not said.day_known:
        raise ValueError("某一天，如 2023-04-28")
    return said.first if said else None


# ---- all tables together


def _keys(rows: Mapping[str, Sequence[Row]]) -> Iterator[Problem]:
    """Keys that are used twice, and references to what no table tells."""
    for (table, heading), users in KEYS.items():
        told: set[str] = set()
        for row in rows[table]:
            if row[heading] in told:
                yield row.odd("file.6", row[heading], f"未用过的{heading}", "改正，或合为一行")
            told.add(row[heading])
        for user, name in users:
            for row in rows[user]:
                said = row[name] if isinstance(row[name], tuple) else (row[name],)
                for key in (key for key in said if key not in told):
                    yield row.odd("file.5", f"{name} {key}", f"{table}.csv 里的{heading}", "改正，或先在那张表里写上")


def _days(rows: Mapping[str, Sequence[Row]], year: int) -> Iterator[Problem]:
    """Days that lie outside the year."""
    for row in (row for table in rows.values() for row in table):
        for heading, cell in row.cells.items():
            if isinstance(cell, date) and cell.year != year:
                yield row.odd("file.3", f"{heading} {cell}", f"{year} 年", "改正日期；别的年份另设文件夹")


def _differences(rows: Sequence[Row]) -> Iterator[Problem]:
    for row in rows:
        if row["类别"] not in DIFFERENCES:
            yield row.odd("file.4", f"类别 {row['类别']}", "、".join(DIFFERENCES), "改用其中一个")
