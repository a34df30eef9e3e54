"""A workbook or a table of values as plain sheets: the text of each cell at its place, and what about it cannot be read."""

import csv
import datetime as dt
import io
import math
import struct
import unicodedata
import zipfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from .at_rest import garbage_at_rest
from .marks import Marks, Place, address, marks
from .old_marks import old_marks
from .unfit import MB, Unfit, damaged
from .upload import Upload

TABLES = ("xlsx", "xls", "csv", "text")
"""The kinds of file (upload.KINDS) that hold tables; a table of values under a title reads as a text."""
MOST = 3_000_000  # cells that a sheet may span from A1: the reader lays them out side by side in memory
MERGES = 100_000
LETTERS = 200 * MB  # what the texts of a sheet may come to: the reader copies a shared one into each of its cells
_BLANKS = {"\u00a0": " ", "\u3000": " ", "\u2007": " ", "\u202f": " "}
_NO_LETTERS = ("Cc", "Cf", "Cs")
_UNSEEN = {
    *"\u034f\u115f\u1160\u2800\u3164\uffa0",
    *map(chr, range(0xFE00, 0xFE10)),
}  # fillers and selectors of a shape


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


@garbage_at_rest()
def sheets(upload: Upload, data: bytes) -> list[Sheet]:
    """The sheets of a file that was let in (upload.examine); Unfit where one goes too far or cannot be read."""
    if upload.kind in ("csv", "text"):
        return [Sheet("", _even([[seen(text) for text in row] for row in _separated(upload.text)]))]
    try:
        about = _marks(upload, data)
        for name, marked in about.items():
            _within(name, marked)
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            return [
                _sheet(book.get_sheet_by_name(one.name), one.visible != SheetVisibleEnum.Visible, marked)
                for one, marked in zip(book.sheets_metadata, _in_order(upload, about, book), strict=True)
                if one.typ == SheetTypeEnum.WorkSheet
            ]
    except (CalamineError, ValueError, OSError, LookupError, struct.error, zipfile.BadZipFile) as error:
        raise damaged(f"工作簿读不到头（{str(error)[:60]}）") from None
    except BaseException as error:
        if (
            type(error).__name__ != "PanicException"
        ):  # what the reader, which is written in Rust, raises where it gives up
            raise
        raise damaged("工作簿读不到头") from None


def _marks(upload: Upload, data: bytes) -> Mapping[str, Marks]:
    """What each sheet says beside its values, by its name; those of an old workbook by their order."""
    if upload.kind == "xlsx":
        return marks(zipfile.ZipFile(io.BytesIO(data)))
    return {f"第 {number} 张表": one for number, one in enumerate(old_marks(data), 1)}


def _in_order(upload: Upload, about: Mapping[str, Marks], book: CalamineWorkbook) -> list[Marks]:
    """The marks in the order of the sheets; LookupError where a sheet of an .xlsx has none."""
    if upload.kind == "xls":
        return list(about.values())
    return [about[one.name] for one in book.sheets_metadata]


def _separated(text: str) -> list[list[str]]:
    """The rows of a table of values, blank ones too; the separator is the one that most rows have most of."""
    tried = [_split(text, separator) for separator in ",;\t"]
    rows = max(tried, key=lambda rows: sum(len(row) - 1 for row in rows))
    if max((len(row) for row in rows), default=0) < 2:
        raise Unfit("upload.1", "没有分栏的文字", "用逗号分栏的表格（.csv）", "在 Excel 或 WPS 中另存为 .xlsx，再上传")
    return rows


def _split(text: str, separator: str) -> list[list[str]]:
    """The rows by a separator; Unfit where a quotation mark is left open and swallows the rows below."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[list[str]] = []
    try:
        rows.extend(reader)
    except csv.Error:
        said = f"第 {len(rows) + 1} 行的引号不成对，或一格太长"
        raise Unfit("upload.4", said, "成对的引号", "改正这一行；或在 Excel 或 WPS 中另存为 .xlsx，再上传") from None
    return rows


def _within(name: str, about: Marks) -> None:
    """A sheet that a slip, or somebody's will, has made immense is not laid out in memory."""
    remedy = "删去表格以外的行列（连同看不见的字符）后另存，再上传"
    if about.end[0] * about.end[1] > MOST:
        raise Unfit("upload.3", f"“{name}”一直用到 {address(about.end)}", f"至多 {MOST // 10**4} 万格", remedy)
    if about.merges > MERGES:
        raise Unfit(
            "upload.3", f"“{name}”有 {about.merges} 处合并单元格", f"至多 {MERGES} 处", "取消合并后另存，再上传"
        )
    if about.letters > LETTERS:
        raise Unfit("upload.3", f"“{name}”的文字超过 {LETTERS // MB} MB", f"至多 {LETTERS // MB} MB", remedy)


def _sheet(sheet: CalamineSheet, hidden: bool, about: Marks) -> Sheet:
    left = (sheet.start or (0, 0))[1]
    texts = _Texts()
    rows = [
        [""] * left + [texts[value] if type(value) in _REPEATED else written(value) for value in row]
        for row in sheet.iter_rows()
    ]
    for row, column in about.percents:
        if row <= len(rows) and column <= len(rows[row - 1]):
            rows[row - 1][column - 1] = _per_cent(rows[row - 1][column - 1])
    merged = tuple(((a + 1, b + 1), (c + 1, d + 1)) for (a, b), (c, d) in sheet.merged_cell_ranges or ())
    return Sheet(sheet.name, _even(rows), hidden, about.rows, about.columns, merged, about.odd)


_REPEATED = frozenset((str, float))
"""What cells say again and again; of other types equal values need not be written alike: 1 and yes."""


class _Texts(dict[Any, str]):
    """The text of each value that a sheet says, written once."""

    def __missing__(self, value: str | float) -> str:
        self[value] = text = written(value)
        return text


def written(value: Any) -> str:
    """A value of a cell as text: a number in full, a day in numbers, what is unseen left out."""
    if type(value) is str:
        return seen(value) if value else ""
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
    """A number as a sheet of 15 digits shows it: 0.1 + 0.2 is 0.3; what is beyond all numbers cannot be read."""
    if isinstance(value, float) and not math.isfinite(value):
        return "#NUM!"
    if value == int(value) and abs(value) < 10**15:
        return str(int(value))
    shown = Decimal(f"{value:.15g}")
    return f"{shown:f}"


def seen(text: str) -> str:
    """A text as eyes have it: without characters that cannot be seen, blanks of one kind, none at the ends.

    Characters that only some fonts know (private use) are seen by those who wrote them, and stay.
    """
    if text.isprintable() and _UNSEEN.isdisjoint(text):
        return text.strip()
    kept = (
        _BLANKS.get(c, c)
        for c in text
        if c not in _UNSEEN and (c in "\n\t" or unicodedata.category(c) not in _NO_LETTERS)
    )
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
