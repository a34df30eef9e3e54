"""A voucher on one page: number, day, payer, payee, the amount in figures and in capitals, the purpose."""

import io
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

import xlsxwriter

from duikou.rules.capitals import capitals

from .excel import Page
from .package import repack

WIDTHS = (16, 34, 12, 34)


@dataclass(frozen=True)
class Voucher:
    """What a voucher says; the amount in fen."""

    title: str
    number: str
    day: date
    payer: str
    payee: str
    fen: int
    purpose: str
    basis: str = ""


def write_voucher(voucher: Voucher) -> bytes:
    """The voucher as an .xlsx file of one page."""
    box = io.BytesIO()
    book = xlsxwriter.Workbook(box, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": voucher.title, "created": datetime.combine(voucher.day, time())})
    page = Page(book, "凭证")
    page.columns(WIDTHS)
    page.title(voucher.title)
    day, figures = voucher.day, f"¥{Decimal(voucher.fen) / 100:,.2f}"
    rows = (
        ("凭证号", voucher.number, "日期", f"{day.year}年{day.month}月{day.day}日"),
        ("付款单位", voucher.payer, "收款单位", voucher.payee),
        ("金额（小写）", figures, "依据", voucher.basis),
    )
    label, text = page.style(border=1, align="center"), page.style(border=1)
    for number, cells in enumerate(rows, 1):
        for at, cell in enumerate(cells):
            page.sheet.write_string(number, at, cell, text if at % 2 else label)
        page.height(number, cells, least=30)
    for number, (head, said) in enumerate((("金额（大写）", capitals(voucher.fen)), ("用途", voucher.purpose)), 4):
        page.sheet.write_string(number, 0, head, label)
        page.across(number, 1, 3, said, border=1)
        page.height(number, (head, said, "", ""), least=30)
    page.across(6, 0, 3, "审核　　　　　　　　复核　　　　　　　　经办　　　　　　　　（虚设示例，签章略）", border=1)
    book.close()
    return repack(box.getvalue())
