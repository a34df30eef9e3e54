"""A bank's list of an account and a month, as banks give it: a sheet (.xlsx) and a file of values (.csv, GB18030)."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

import xlsxwriter

from duikou.rules.cells import harmless
from duikou.rules.ledger import total

from .excel import Page
from .package import repack

HEADS = ("交易日期", "流水号", "对方户名", "借方发生额（元）", "贷方发生额（元）", "余额（元）", "摘要")
WIDTHS = (12, 18, 26, 18, 18, 18, 28)


@dataclass(frozen=True)
class Account:
    """Whose account it is, its number as far as a list shows it, and the month."""

    name: str
    number: str
    month: str


Cells = tuple[str, str, str, int | None, int | None, int, str]
"""A line: day, the bank's number, the other party, fen out, fen in, balance, summary."""


def _yuan(fen: int | None) -> str:
    return "" if fen is None else f"{Decimal(fen) / 100:.2f}"


def _foot(lines: Sequence[Cells]) -> tuple[int, int]:
    """What went out and what came in, in fen."""
    return total(line[3] or 0 for line in lines), total(line[4] or 0 for line in lines)


def write_csv(account: Account, lines: Sequence[Cells]) -> bytes:
    """The list as a file of values: who, headings, lines, what they come to."""
    box = io.StringIO()
    out, into = _foot(lines)
    rows = [
        ("户名", account.name, "账号", account.number, "月份", account.month),
        HEADS,
        *((day, serial, other, _yuan(o), _yuan(i), _yuan(b), said) for day, serial, other, o, i, b, said in lines),
        ("合计", "", "", _yuan(out), _yuan(into), "", f"共{len(lines)}笔"),
    ]
    csv.writer(box, lineterminator="\r\n").writerows([harmless(cell) for cell in line] for line in rows)
    return box.getvalue().encode("gb18030")


def write_xlsx(account: Account, lines: Sequence[Cells]) -> bytes:
    """The list as a sheet; the same lines give the same bytes."""
    box = io.BytesIO()
    book = xlsxwriter.Workbook(box, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": account.name, "created": datetime.combine(date.fromisoformat(lines[0][0]), time())})
    page = Page(book, "对账单")
    page.columns(WIDTHS)
    page.title("银行对账单")
    page.across(1, 0, len(HEADS) - 1, f"户名：{account.name}　账号：{account.number}　月份：{account.month}")
    plain, head = page.style(border=1), page.style(border=1, bold=True)
    money = page.style(border=1, num_format="#,##0.00")
    for at, text in enumerate(HEADS):
        page.sheet.write_string(2, at, text, head)
    out, into = _foot(lines)
    for number, line in enumerate((*lines, ("合计", "", "", out, into, None, f"共{len(lines)}笔")), 3):
        for at, cell in enumerate(line):
            if isinstance(cell, int):
                page.sheet.write_number(number, at, float(Decimal(cell) / 100), money)
            else:
                page.sheet.write_string(number, at, cell or "", plain)
    page.sheet.freeze_panes(3, 0)
    book.close()
    return repack(box.getvalue())
