"""Rows as a workbook of one sheet: what is a number there is one, what is a text stays a text."""

import io
import re
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import quote

import xlsxwriter
from django.http import HttpResponse

from duikou.reports.package import repack
from duikou.web.papers import EXCEL

NUMBER = re.compile(r"[−-]?\d[\d,]*(\.\d+)?")


def workbook(title: str, heads: Sequence[str], rows: Sequence[Sequence[object]], wide: int = 2) -> bytes:
    """The .xlsx of rows under their heads, with the place of the wide column of names; the same rows give the same bytes."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001  a fixed one: the file is to be the same
    head = book.add_format({"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True})
    cell = book.add_format({"border": 1, "valign": "vcenter"})
    sheet = book.add_worksheet(title)
    for column, said in enumerate(heads):
        sheet.write_string(0, column, said, head)
    for line, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            number = _number(value, heads[column])
            if number is None:
                sheet.write_string(line, column, str(value), cell)
            else:
                sheet.write_number(line, column, number, cell)
    sheet.set_column(0, len(heads) - 1, 13)
    sheet.set_column(wide, wide, 34)
    sheet.freeze_panes(1, wide + 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    book.close()
    return repack(target.getvalue())


def as_xlsx(title: str, heads: Sequence[str], rows: Sequence[Sequence[object]], wide: int = 2) -> HttpResponse:
    """The rows as a workbook to be saved under its title."""
    answer = HttpResponse(workbook(title, heads, rows, wide), content_type=EXCEL)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{title}.xlsx')}"
    return answer


def _number(value: object, head: str) -> float | None:
    """A count, or an amount of a column in 万元; a code of digits is a text."""
    if isinstance(value, int):
        return value
    if not isinstance(value, str) or "万元" not in head or not NUMBER.fullmatch(value):
        return None
    return float(value.replace(",", "").replace("−", "-"))
