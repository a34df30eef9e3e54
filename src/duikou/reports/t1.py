"""T1 as a workbook: title, two rows of headings with merged cells, a project to a row from the fourth row on."""

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from itertools import groupby
from typing import Any

import xlsxwriter

from duikou.rules.ledger import total
from duikou.statistics.t1 import COLUMNS, WAN, Column, Row, over, write

from .excel import SONG, Page
from .package import repack

WIDEST = {"text": 13, "list": 18, "money": 11, "whole": 6, "day": 11, "yes": 6, "region": 9}
NAME = 24


def headings(year: int, until: int) -> list[str]:
    """The headings in one row, as a file of values has them."""
    return [over(column, year, until) + ("：" if column.group else "") + column.title for column in COLUMNS]


def lines(rows: Sequence[Row]) -> list[list[str]]:
    """The cells of rows as text."""
    return [[write(column.kind, row[column.code]) for column in COLUMNS] for row in rows]


def write_t1(
    rows: Sequence[Row], *, title: str, year: int, until: int, foot: str, notes: Sequence[str] = (), sums: bool = False
) -> bytes:
    """The table as an .xlsx file; the same rows give the same bytes. `sums` adds a row 合计, `notes` stand under it."""
    box = io.BytesIO()
    book = xlsxwriter.Workbook(box, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime.combine(date(year, until, 1), time())})  # not the moment of writing
    page = Page(book, "T1")
    page.columns([NAME if c.code == "name" else WIDEST[c.kind] for c in COLUMNS])
    page.title(title)
    _headings(page, year, until)
    plain = {c.code: _style(page, c) for c in COLUMNS}
    for number, row in enumerate(rows, 3):
        page.height(number, [write(column.kind, row[column.code]) for column in COLUMNS])
        for at, column in enumerate(COLUMNS):
            text = write(column.kind, row[column.code])
            if column.kind in ("money", "whole") and text:
                page.sheet.write_number(number, at, float(_number(column, row)), plain[column.code])
            elif text:
                page.sheet.write_string(number, at, text, plain[column.code])
            else:
                page.sheet.write_blank(number, at, None, plain[column.code])
    if sums:
        _sums(page, rows, plain)
    for number, text in enumerate((*notes, foot), 3 + len(rows) + sums):
        page.across(number, 0, len(COLUMNS) - 1, text, font_size=9)
    page.sheet.freeze_panes(3, 2)
    page.sheet.repeat_rows(1, 2)
    page.sheet.repeat_columns(0, 1)
    page.sheet.set_paper(8)  # A3, two sheets side by side: 32 columns cannot be read on one A4
    page.sheet.fit_to_pages(2, 0)
    book.close()
    return repack(box.getvalue())


def _sums(page: Page, rows: Sequence[Row], plain: Mapping[str, Any]) -> None:
    """The row 合计: money added up, where any row says some; percentages and days are not added."""
    number = 3 + len(rows)
    for at, column in enumerate(COLUMNS):
        said = [row[column.code] for row in rows if row[column.code] is not None] if column.kind == "money" else []
        if said:
            page.sheet.write_number(number, at, float(Decimal(total(said)) / WAN), plain[column.code])
        else:
            page.sheet.write_string(number, at, "" if at else "合计", plain[column.code])


def _number(column: Column, row: Row) -> Decimal:
    return Decimal(row[column.code]) / (WAN if column.kind == "money" else 1)


def _style(page: Page, column: Column) -> object:
    """How cells of a column look; money shows two decimals and more where the fen want them."""
    formats = {"money": "#,##0.00####", "whole": "0"}
    align = {"money": "right", "whole": "right", "text": "left", "list": "left"}.get(column.kind, "center")
    more = {"num_format": formats[column.kind]} if column.kind in formats else {}
    return page.style(font_name=SONG, align=align, border=7, **more)


def _headings(page: Page, year: int, until: int) -> None:
    """Two rows: groups merged across, headings without a group merged downwards."""
    style = page.style(bold=True, align="center", border=1)
    for above, columns in groupby(enumerate(COLUMNS), key=lambda pair: over(pair[1], year, until)):
        places = list(columns)
        if above:
            page.sheet.merge_range(1, places[0][0], 1, places[-1][0], above, style)
        for at, column in places:
            if above:
                page.sheet.write_string(2, at, column.title, style)
            else:
                page.sheet.merge_range(1, at, 2, at, column.title, style)
    page.sheet.set_row(1, 34)
    page.sheet.set_row(2, 34)
