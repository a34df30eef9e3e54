"""The corrected copy of an office's workbook: cells that could be read and were only written oddly are written plainly.

Nothing is guessed. A row that would read otherwise in its plain form stays as it is.
"""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from duikou.rules.kinds import FEN, UNITS
from duikou.rules.period import Period
from duikou.rules.quantity import Quantity
from duikou.rules.typed import read_amount, read_many
from duikou.statistics.t1 import COLUMNS
from duikou.statistics.t1 import read as read_t1

from . import t1
from .cells import BLANK
from .known import Known
from .layouts import is_money
from .marks import address
from .opened import GREEN, is_large, opened, page_of, remark, saved, say, table_page, tint
from .ours import CHANGES
from .rows import read_rows
from .table import Table
from .taking import T1, Answer
from .workbook import number, seen

Plain = str | int | float | dt.date
HEADS, WIDTHS = ("工作表", "单元格", "表头", "原来", "改为"), (14, 10, 24, 34, 34)
NOTE = "只改写法，不改意思；读不出的格、写了“约”“左右”的数照旧"
_DAY, _TEXT = "yyyy-mm-dd", "@"
_NOBODY = Known({}, {}, {})  # names are not touched, so nobody needs to be known


@dataclass(frozen=True)
class Change:
    """A cell that was written plainly: sheet, cell, its heading, what stood there, what stands there now."""

    sheet: str
    cell: str
    heading: str
    before: str
    after: str


def corrected(said: Answer, data: bytes) -> tuple[bytes, tuple[Change, ...]]:
    """The copy and what was changed in it; nothing where there is nothing to change, or the file is too large."""
    table = said.table
    if table is None or is_large(said.sheets):
        return b"", ()
    book = opened(said.sheets, data)
    page = page_of(book, table.sheet.name)
    found = _kept(table, said, _proposed(table, said, page))
    if not found:
        return b"", ()
    changes = tuple(_write(table, page, row, name, value) for (row, name), value in sorted(found.items()))
    _list(book, changes)
    return saved(book, data), changes


def _write(table: Table, page: Worksheet, row: int, name: str, value: Plain) -> Change:
    """Write a cell plainly and mark it."""
    at = table.place(row, name)
    cell, before = page.cell(*at), str(page.cell(*at).value)
    if isinstance(value, str):
        say(cell, value, wrap=False)
    else:
        cell.value = value
    if isinstance(value, dt.date):
        cell.number_format = _DAY
    elif cell.number_format == _TEXT and not isinstance(value, str):
        cell.number_format = "General"
    tint(page, cell, GREEN)
    remark(cell, f"原来写作：{before}")
    return Change(table.sheet.name, address(at), table.columns[name].said, before, _text(value))


def _list(book: Workbook, changes: tuple[Change, ...]) -> None:
    """The sheet that lists what was changed."""
    page = table_page(book, CHANGES, f"改了 {len(changes)} 格。{NOTE}。本页不收", HEADS, WIDTHS)
    for row, one in enumerate(changes, 5):
        for column, text in enumerate((one.sheet, one.cell, one.heading, one.before, one.after), 1):
            say(page.cell(row, column), text)


# ---- what is written plainly -------------------------------------------------------------------------------------


def _proposed(table: Table, said: Answer, page: Worksheet) -> dict[tuple[int, str], Plain]:
    """The cells of the table that are written oddly, by row and field, with their plain form."""
    found: dict[tuple[int, str], Plain] = {}
    values = _values(table, said)
    for row in table.rows:
        for name in table.columns:
            cell = page.cell(*table.place(row, name))
            if table.shared(row, name) is None and _is_written(cell):
                plain = _plain(table, name, str(cell.value), values[row].get(name))
                if plain is not None:
                    found[row, name] = plain
    return found


def _is_written(cell: Cell) -> bool:
    """Whether somebody wrote a text into a cell: numbers, days and formulas have their form already."""
    return isinstance(cell.value, str) and cell.data_type != "f"


def _plain(table: Table, name: str, raw: str, value: Any) -> Plain | None:
    """What a text is in its plain form; nothing where it is written so, or its form says something."""
    if isinstance(value, Quantity):
        exact = value.low if value.exact else None
        return _number(exact, _one(table, name)) if exact is not None else None
    if isinstance(value, bool):
        return None if raw == _yes(value) else _yes(value)
    if isinstance(value, int):
        return _number(value, _one(table, name))
    if isinstance(value, Period | dt.date):
        return _day(value, raw)
    clean = seen(raw)
    return clean if clean != raw and clean not in BLANK else None


def _yes(value: bool) -> str:
    return "是" if value else "否"


def _number(value: int, one: int | None) -> float | None:
    """So many of the unit of a column, where a cell can hold them exactly."""
    if not one:
        return None
    exact = Decimal(value) / one
    found = int(exact) if exact == exact.to_integral_value() else float(exact)
    return found if Decimal(number(found)) == exact else None


def _one(table: Table, name: str) -> int | None:
    """What a bare 1 in a column comes to in the unit that the book keeps."""
    column, heading = table.layout.column(name), table.columns[name]
    own = column.unit if column else ""
    money = UNITS.get(name) == "fen" or name in FEN.get(table.layout.kind, ()) or own == "万元"
    unit = heading.unit or next((unit for unit in table.units if is_money(unit) == money and money), own)
    try:
        if money:
            return read_amount("1", unit).low
        return read_many(f"1{unit}", (UNITS[name],)).low if name in UNITS and unit else 1
    except ValueError:
        return None


def _day(value: Period | dt.date, raw: str) -> Plain | None:
    """A day as a day, a month as 2023-05; without a year it stays as it was written."""
    if not re.search(r"[0-9]{4}", number_width(raw)):
        return None
    if isinstance(value, Period):
        if not value.day_known:
            return value.code if value.month_known and raw != value.code else None
        value = value.first
    return value if raw != value.isoformat() else None


def number_width(text: str) -> str:
    """A text with its digits of one width."""
    return "".join(str(int(c)) if c.isdecimal() else c for c in text)


def _text(value: Plain) -> str:
    """A plain form as it will be read."""
    if isinstance(value, dt.date):
        return value.isoformat()
    return value if isinstance(value, str) else number(value)


# ---- what the table says, before and after -------------------------------------------------------------------------


def _kept(table: Table, said: Answer, found: Mapping[tuple[int, str], Plain]) -> dict[tuple[int, str], Plain]:
    """The proposals of rows that say the same in their plain form."""
    rows = [list(texts) for texts in table.sheet.rows]
    for (row, name), value in found.items():
        _, column = table.place(row, name)
        rows[row - 1][column - 1] = _text(value)
    other = replace(table, sheet=replace(table.sheet, rows=rows))
    before, after = _readings(table, said), _readings(other, said)
    return {key: value for key, value in found.items() if before[key[0]] == after.get(key[0])}


def _readings(table: Table, said: Answer) -> dict[int, Any]:
    """What each row of a table says, with its problems."""
    if table.layout.code == T1:
        return _values(table, said)
    readings = read_rows(table, _NOBODY, year=said.asked.when.last.year)
    return {one.row: (one.values, one.fact, one.problems, one.unplaced) for one in readings}


def _values(table: Table, said: Answer) -> dict[int, dict[str, Any]]:
    """The values that could be read, by row and field."""
    if table.layout.code != T1:
        return {one.row: dict(one.values) for one in read_rows(table, _NOBODY, year=said.asked.when.last.year)}
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    for row, texts in t1.cells_of(table).items():
        for column, text in zip(COLUMNS, texts, strict=True):
            try:
                found[row][column.code] = read_t1(column.kind, text)
            except ValueError as error:
                found[row][column.code] = f"{text}：{error}" if table.text(row, column.code) else None
    return found
