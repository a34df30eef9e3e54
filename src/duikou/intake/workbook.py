"""A workbook or a table of values as plain sheets: the text of each cell at its place, and what about it cannot be read."""

import csv
import datetime as dt
import io
import unicodedata
import zipfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from .marks import Marks, Place, address, marks
from .unfit import Unfit, damaged
from .upload import Upload

TABLES = ("xlsx", "xls", "csv", "text")
"""The kinds of file (upload.KINDS) that hold tables; a table of values under a title reads as a text."""
MOST = 4_000_000  # cells that a sheet may span from A1: the reader lays them out side by side in memory
_SEEN = {"\u00a0": " ", "\u3000": " ", "\u2007": " ", "\u202f": " "}


@dataclass(frozen=True)
class Sheet:
    """A sheet: rows of texts from A1 on, each as long as the widest; places are (row, column) from 1.

    Numbers are written out exactly, days as 2023-03-05, a cell shown in per cent as 28.5%. `odd` says what stands in
    cells that have no value: an error such as #DIV/0!, or nothing where a formula was never calculated.
    """

    name: str
    rows: Sequence[Sequence[str]]
    hidden: bool = False
    hidden_rows: Collection[int] = frozenset()
    hidden_columns: Collection[int] = frozenset()
    merged: tuple[tuple[Place, Place], ...] = ()
    odd: Mapping[Place, str] = field(default_factory=dict)

    def at(self, place: Place) -> str:
        """The text at a place; a cell inside a merged one says what that says."""
        row, column = place
        for (top, left), (bottom, right) in self.merged:
            if top <= row <= bottom and left <= column <= right:
                row, column = top, left
                break
        return self.rows[row - 1][column - 1] if row <= len(self.rows) and column <= len(self.rows[row - 1]) else ""

    def named(self, place: Place) -> str:
        """A cell as people point at it: 表1·C17; a table of values has one sheet without a name."""
        return "·".join(filter(None, (self.name, address(place))))


def sheets(upload: Upload, data: bytes) -> list[Sheet]:
    """The sheets of a file that was let in (upload.examine); Unfit where one goes too far or cannot be read."""
    if upload.kind in ("csv", "text"):
        return [Sheet("", _even([[seen(text) for text in row] for row in _separated(upload.text)]))]
    found = marks(zipfile.ZipFile(io.BytesIO(data))) if upload.kind == "xlsx" else {}
    for name, one in found.items():
        _within(name, one.end)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            about = [one for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
            return [
                _sheet(book.get_sheet_by_name(one.name), one.visible != SheetVisibleEnum.Visible, found.get(one.name))
                for one in about
            ]
    except (CalamineError, ValueError, OSError) as error:
        raise damaged(f"工作簿读不到头（{str(error)[:60]}）") from None


def _separated(text: str) -> list[list[str]]:
    """The rows of a table of values, blank ones too; the separator is the one that most rows have most of."""
    tried = [_split(text, separator) for separator in ",;\t"]
    rows = max(tried, key=lambda rows: sum(len(row) - 1 for row in rows))
    if max((len(row) for row in rows), default=0) < 2:
        raise Unfit("upload.1", "没有分栏的文字", "用逗号分栏的表格（.csv）", "在 Excel 或 WPS 中另存为 .xlsx，再上传")
    return rows


def _split(text: str, separator: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error:
        return []


def _within(name: str, end: Place) -> None:
    """A sheet that a slip has made a million rows long is not laid out in memory."""
    if end[0] * end[1] > MOST:
        raise Unfit(
            "upload.3", f"“{name}”一直用到 {address(end)}", f"至多 {MOST // 10**4} 万格",
            "删去表格以外的行列（连同看不见的字符）后另存，再上传",
        )  # fmt: skip


def _sheet(sheet: CalamineSheet, hidden: bool, about: Marks | None) -> Sheet:
    known = about or Marks()
    left = (sheet.start or (0, 0))[1]
    rows = [[""] * left + [written(value) for value in row] for row in sheet.iter_rows()]
    for row, column in known.percents:
        if row <= len(rows) and column <= len(rows[row - 1]):
            rows[row - 1][column - 1] = _per_cent(rows[row - 1][column - 1])
    merged = tuple(((a + 1, b + 1), (c + 1, d + 1)) for (a, b), (c, d) in sheet.merged_cell_ranges or ())
    return Sheet(sheet.name, _even(rows), hidden, known.rows, known.columns, merged, known.odd)


def written(value: Any) -> str:
    """A value of a cell as text: a number in full, a day in numbers, what is unseen left out."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return number(value)
    if isinstance(value, dt.datetime):
        return value.isoformat(" ") if value.time() != dt.time() else value.date().isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return seen(str(value))


def number(value: float) -> str:
    """A number as a sheet of 15 digits shows it: 0.1 + 0.2 is 0.3."""
    if value == int(value) and abs(value) < 10**15:
        return str(int(value))
    shown = Decimal(f"{value:.15g}")
    return f"{shown:f}"


def seen(text: str) -> str:
    """A text as eyes have it: without characters that cannot be seen, blanks of one kind, none at the ends."""
    if text.isprintable():
        return text.strip()
    kept = (_SEEN.get(c, c) for c in text if c in "\n\t" or unicodedata.category(c)[0] != "C")
    return "".join(kept).strip()


def _per_cent(text: str) -> str:
    try:
        return f"{(Decimal(text) * 100).normalize():f}%"
    except ArithmeticError:
        return text


def _even(rows: list[list[str]]) -> list[list[str]]:
    """Rows as long as the widest, without the empty ones at the end."""
    while rows and not any(rows[-1]):
        rows.pop()
    width = max((len(row) for row in rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]
