"""What in a workbook is ours: sheets and columns that we add to it; dropped in again they are no part of what an office says."""

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from duikou.rules.period import Period, parse

from .table import DEEPEST, FIRST_ROWS
from .workbook import Sheet

SIGN = "（对口一本账）"
"""What the heading of a column, or the first cell of a sheet, ends with where we have added it."""
REMARKS, RESULTS, CHANGES = f"核对意见{SIGN}", f"核对结果{SIGN}", f"改动清单{SIGN}"
ROW_MARK, GUIDE, NAMES = f"行记{SIGN}", f"填表说明{SIGN}", f"名单{SIGN}"
KNOWN, OPEN = "账上", "待填"
"""Rows of a form that we sent: what the book knows, and what is to be filled in."""

FORM = "对口一本账表单"
"""The property of a file that says which form it is: layout, area, period, request."""
_FORM = re.compile(rf'name="{FORM}"[^>]*>\s*<[^>]*>([^\s<]+) (\S+) (\S+) ([^\s<]+)</')


@dataclass(frozen=True)
class Sent:
    """Which form of ours a file is: layout, area, month, number of the request that it answers."""

    layout: str
    area: str
    when: Period
    request: int | None

    @property
    def said(self) -> str:
        """The words of the property."""
        return f"{self.layout} {self.area or '-'} {self.when.code} {self.request or '-'}"


def sent_as(data: bytes) -> Sent | None:
    """Which form of ours a workbook is; nothing where it is none. Only what an office could write itself is believed of it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as pack:
            found = _FORM.search(pack.read("docProps/custom.xml").decode("utf-8", "replace"))
        if found is None:
            return None
        layout, area, when, request = found.groups()
        return Sent(layout, area.strip("-"), parse(when), int(request) if request.isdecimal() else None)
    except (zipfile.BadZipFile, KeyError, ValueError):
        return None


def without_ours(sheets: Sequence[Sheet]) -> tuple[tuple[Sheet, ...], dict[str, frozenset[int]]]:
    """The sheets without what is ours, and by sheet the rows that came back as we sent them."""
    found, untouched = [], {}
    for sheet in sheets:
        if sheet.rows and sheet.rows[0] and is_ours(sheet.rows[0][0]):
            continue
        own, same = _left_out(sheet)
        found.append(own)
        untouched[sheet.name] = same
    return tuple(found), untouched


def is_ours(text: str) -> bool:
    """Whether a heading, or the first cell of a sheet, is one that we wrote."""
    return text.endswith(SIGN)


def row_mark(state: str, texts: Sequence[str]) -> str:
    """What we write beside a row that we send, so that we know it again where nobody has changed it."""
    said = "\x1f".join(texts).rstrip("\x1f")
    return f"{state}{sha256(said.encode()).hexdigest()[:8]}"


def _left_out(sheet: Sheet) -> tuple[Sheet, frozenset[int]]:
    """A sheet without our columns, and without the rows that were to be filled in and were not."""
    heads = enumerate(sheet.rows[: FIRST_ROWS + DEEPEST], 1)
    ours = {column: text for _, texts in heads for column, text in enumerate(texts) if is_ours(text)}
    if not ours:
        return sheet, frozenset()
    mark = next((column for column, text in ours.items() if text == ROW_MARK), None)
    rows, same = [], set()
    for number, texts in enumerate(sheet.rows, 1):
        own = [text if column not in ours else "" for column, text in enumerate(texts)]
        sent = texts[mark] if mark is not None else ""
        if sent and sent == row_mark(OPEN, own):
            own = [""] * len(own)
        elif sent and sent == row_mark(KNOWN, own):
            same.add(number)
        rows.append(own)
    odd = {place: said for place, said in sheet.odd.items() if place[1] - 1 not in ours}
    return replace(sheet, rows=rows, odd=odd), frozenset(same)
