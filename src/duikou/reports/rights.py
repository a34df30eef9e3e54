"""The table of rights as a workbook: act × state × role × where, and who bears which role from when to when."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from duikou.rules.rights import table
from duikou.terms.words import vocabulary, word

from .package import repack

HEADS = ("账号", "单位", "角色", "项目方案", "起", "止", "账号停用日")
WIDTHS = (14, 40, 14, 40, 12, 12, 12)


@dataclass(frozen=True)
class Borne:
    """A role that an account bore, bears or will bear."""

    account: str
    office: str
    role: str
    programme: str
    begins: date
    ends: date | None
    closed: date | None

    @property
    def cells(self) -> tuple[str, ...]:
        """The columns of its line."""
        days = (day.isoformat() if day else "" for day in (self.begins, self.ends, self.closed))
        return (self.account, self.office, self.role, self.programme, *days)


def workbook(borne: Iterable[Borne] = ()) -> bytes:
    """The workbook; the same rights give the same bytes."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001  a fixed one: the file is to be the same
    head = book.add_format({"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True})
    cell = book.add_format({"border": 1, "align": "center", "valign": "vcenter"})
    first = book.add_format({"border": 1, "valign": "vcenter"})
    _rights(book.add_worksheet("权限表"), head, first, cell)
    if rows := [row.cells for row in borne]:
        _people(book.add_worksheet("任职"), rows, head, first)
    _words(book.add_worksheet("用语"), head, first)
    book.close()
    return repack(target.getvalue())


def _rights(sheet: Worksheet, head: Format, first: Format, cell: Format) -> None:
    """An act a line, a role a column; an empty cell is no right."""
    roles = vocabulary()["role"]
    _heads(sheet, ["办什么", "状态", *(entry.zh for entry in roles.values())], head)
    for line, ((act, state), cells) in enumerate(table().items(), 1):
        sheet.write_string(line, 0, word("act", act).zh, first)
        sheet.write_string(line, 1, word("openness", state).zh if state else "", cell)
        for column, role in enumerate(roles, 2):
            sheet.write_string(line, column, word("where", cells[role]).zh if role in cells else "", cell)
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 8)
    sheet.set_column(2, len(roles) + 1, 12)
    sheet.freeze_panes(1, 2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _people(sheet: Worksheet, rows: list[tuple[str, ...]], head: Format, first: Format) -> None:
    """Who bears which role."""
    _heads(sheet, HEADS, head)
    for line, cells in enumerate(rows, 1):
        for column, said in enumerate(cells):
            sheet.write_string(line, column, said, first)
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 1)


def _words(sheet: Worksheet, head: Format, first: Format) -> None:
    """What the words of the table mean."""
    _heads(sheet, ("词", "English", "含义", "依据"), head)
    entries = [entry for name in ("role", "where", "act", "openness") for entry in vocabulary()[name].values()]
    for line, entry in enumerate(entries, 1):
        for column, said in enumerate((entry.zh, entry.en, entry.meaning, entry.source)):
            sheet.write_string(line, column, said, first)
    for column, width in enumerate((18, 26, 60, 24)):
        sheet.set_column(column, column, width)


def _heads(sheet: Worksheet, heads: Iterable[str], head: Format) -> None:
    for column, said in enumerate(heads):
        sheet.write_string(0, column, said, head)
    sheet.set_row(0, 30)
    sheet.repeat_rows(0)
