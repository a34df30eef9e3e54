"""A workbook that goes back to its office: their own, opened to be written into, or laid out anew from a file of another kind."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import save_workbook

from duikou.rules.cells import begins_formula

from .marks import Place
from .ours import CHANGES, REMARKS, RESULTS
from .workbook import Sheet, number

AUTHOR = "对口一本账"
MOST = 400_000  # cells of a workbook that is opened for writing: beyond it takes more time and memory than a page has
UNNAMED = "来表"
RED, AMBER, GREEN = "FFF6D3CD", "FFFFF0C2", "FFDCEBDD"
_RULE = "——对口一本账核对——"
_LONGEST = 200  # characters of a text that a formula may compare with
_EMPTY = re.compile(rb"(<c\b[^>]*?)(\s+t=\"[^\"]*\")?(\s*>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*)<v\s*(?:/>|>\s*</v>)")


def opened(sheets: Sequence[Sheet], data: bytes) -> Workbook:
    """The workbook of a file with what we had written into it taken out; without macros and outside links."""
    if data.startswith(b"PK"):
        try:
            book = load_workbook(io.BytesIO(data), rich_text=True, keep_links=False)
        except Exception:  # what the writer of workbooks cannot open is laid out anew from what was read
            return _laid_out(sheets)
        _clean(book)
        return book
    return _laid_out(sheets)


def is_large(sheets: Sequence[Sheet]) -> bool:
    """Whether a file has more cells than are opened for writing."""
    cells = (len(sheet.rows) * len(sheet.rows[0]) for sheet in sheets if sheet.rows)
    return sum(cells) > MOST


def saved(book: Workbook, data: bytes) -> bytes:
    """The bytes of a workbook; formulas keep the values that they had in the file it was opened from."""
    box = io.BytesIO()
    save_workbook(book, box)
    if not data.startswith(b"PK") or not any(_formulas(page) for page in book.worksheets):
        return box.getvalue()
    try:
        values = load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
    except Exception:  # then it was laid out anew, and has none
        return box.getvalue()
    return _with_values(box.getvalue(), book, values)


def page_of(book: Workbook, name: str) -> Worksheet:
    """The sheet of a name; a table of values has one without a name."""
    return book[name] if name in book.sheetnames else book.worksheets[0]


def cell_at(page: Worksheet, place: Place) -> Cell:
    """The cell at a place; of merged ones that which speaks for them."""
    found = page.cell(*place)
    if isinstance(found, MergedCell):
        over = next(span for span in page.merged_cells.ranges if found.coordinate in span)
        found = page.cell(over.min_row, over.min_col)
    return found


def say(cell: Cell, text: str, *, bold: bool = False, wrap: bool = True) -> None:
    """Write a text that stays one, whatever it begins with."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)[:32_000]
    cell.data_type = "s"
    cell.quotePrefix = begins_formula(text)
    cell.alignment = Alignment(wrap_text=wrap, vertical="top")
    if bold:
        cell.font = Font(bold=True)


def remark(cell: Cell, text: str) -> None:
    """Put a comment at a cell, under what somebody has commented there already."""
    theirs = f"{cell.comment.text}\n" if cell.comment else ""
    cell.comment = Comment(
        ILLEGAL_CHARACTERS_RE.sub("", f"{theirs}{_RULE}\n{text}"), AUTHOR, 60 + 18 * text.count("\n"), 320
    )


def tint(page: Worksheet, cell: Cell, colour: str) -> None:
    """Colour a cell as long as it says what it says now; its own fill stays under it."""
    fill = PatternFill("solid", start_color=colour, end_color=colour)
    formula = f'AND(N("{AUTHOR}")=0,{_unchanged(cell)})'
    page.conditional_formatting.add(cell.coordinate, FormulaRule([formula], fill=fill))


def table_page(book: Workbook, title: str, note: str, heads: Sequence[str], widths: Sequence[int]) -> Worksheet:
    """A sheet of ours before all others: its title, a note, headings in row 4."""
    page: Worksheet = book.create_sheet(title.partition("（")[0], 0)
    say(page["A1"], title, bold=True, wrap=False)
    say(page["A2"], note, wrap=False)
    for column, (head, width) in enumerate(zip(heads, widths, strict=True), 1):
        say(page.cell(4, column), head, bold=True)
        page.column_dimensions[page.cell(4, column).column_letter].width = width
    page.freeze_panes = "A5"
    book.active = 0
    for other in book.worksheets[1:]:
        other.sheet_view.tabSelected = False
    return page


# ---- opening -----------------------------------------------------------------------------------------------------


def _laid_out(sheets: Sequence[Sheet]) -> Workbook:
    """A workbook of the same cells: numbers as numbers, everything else as text."""
    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        page = book.create_sheet(sheet.name or UNNAMED)
        for row, texts in enumerate(sheet.rows, 1):
            for column, text in enumerate(texts, 1):
                if text:
                    _lay(page.cell(row, column), text)
        for (top, left), (bottom, right) in sheet.merged:
            page.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
        if sheet.hidden:
            page.sheet_state = "hidden"
    if not any(page.sheet_state == "visible" for page in book.worksheets):
        book.create_sheet(UNNAMED)
    return book


def _lay(cell: Cell, text: str) -> None:
    if (value := _plain_number(text)) is None:
        say(cell, text, wrap=False)
    else:
        cell.value = value


def _plain_number(text: str) -> float | None:
    """The number that a text is, written as we write numbers; a code such as 007 is none."""
    if not re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,12})?", text):
        return None
    value = float(text)
    return value if number(value) == text else None


def _clean(book: Workbook) -> None:
    """Take out what we wrote into a workbook when it last went back."""
    for page in list(book.worksheets):
        first = page["A1"].value
        if isinstance(first, str) and str(first) in (RESULTS, CHANGES) and len(book.worksheets) > 1:
            book.remove(page)
            continue
        _clean_page(page)


def _clean_page(page: Worksheet) -> None:
    for row in page.iter_rows():
        for cell in row:
            if cell.comment and _RULE in cell.comment.text:
                theirs = cell.comment.text.partition(_RULE)[0].rstrip("\n")
                cell.comment = Comment(theirs, cell.comment.author) if theirs else None
    for row in list(page.iter_rows(max_row=20)):
        for cell in row:
            if isinstance(cell.value, str) and str(cell.value) == REMARKS:
                _clear_column(page, cell.row, cell.column)
    kept = ConditionalFormattingList()
    for formats in page.conditional_formatting:
        for rule in formats.rules:
            if not any(AUTHOR in said for said in rule.formula):
                kept.add(str(formats.sqref), rule)
    page.conditional_formatting = kept


def _clear_column(page: Worksheet, first: int, column: int) -> None:
    for row in range(first, page.max_row + 1):
        if (row, column) in page._cells:
            del page._cells[row, column]


# ---- colours and values --------------------------------------------------------------------------------------------


def _unchanged(cell: Cell) -> str:
    """The formula that holds as long as a cell says what it says now."""
    value, at = cell.value, f"${cell.column_letter}${cell.row}"
    if value is None:
        return f"ISBLANK({at})"
    if cell.data_type == "f" or isinstance(value, bool | dt.date | dt.time | dt.timedelta):
        return "TRUE"
    if isinstance(value, int | float):
        return f"{at}={value!r}"
    text = str(value)
    if len(text) > _LONGEST or not text.isprintable():
        return f"LEN({at})={len(text.encode('utf-16-le')) // 2}"
    quoted = text.replace('"', '""')
    return f'EXACT({at},"{quoted}")'


def _formulas(page: Worksheet) -> bool:
    return any(cell.data_type == "f" for cell in page._cells.values())


def _with_values(written: bytes, book: Workbook, values: Workbook) -> bytes:
    """A written workbook whose formulas have the values that another has."""
    box = io.BytesIO()
    pages = {f"xl/worksheets/sheet{n}.xml": page.title for n, page in enumerate(book.worksheets, 1)}
    with zipfile.ZipFile(io.BytesIO(written)) as old, zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            part = old.read(entry)
            if (title := pages.get(entry.filename, "")) in values.sheetnames:
                part = _filled(part, values[title])
            new.writestr(entry, part)
    return box.getvalue()


def _filled(part: bytes, page: Worksheet) -> bytes:
    """A sheet's XML with the values of its formulas."""

    def told(found: re.Match[bytes]) -> bytes:
        at = re.search(rb'\br="([A-Z]+[0-9]+)"', found[1])
        said = _written(page[at[1].decode()]) if at else None
        if said is None:
            return found[0]
        sort, text = said
        return found[1] + sort + found[3] + b"<v>" + text + b"</v>"

    return _EMPTY.sub(told, part)


def _written(cell: Cell) -> tuple[bytes, bytes] | None:
    """The type of a cell and its value as XML has them."""
    value: Any = cell.value
    if value is None:
        return None
    if isinstance(value, bool):
        return b' t="b"', b"1" if value else b"0"
    if isinstance(value, dt.datetime | dt.date | dt.time | dt.timedelta):
        value = to_excel(value)
    if isinstance(value, int | float):
        return b"", repr(value).encode()
    text = str(value)
    sort = b' t="e"' if cell.data_type == "e" else b' t="str"'
    return sort, "".join(_escaped(text)).encode()


def _escaped(text: str) -> Iterator[str]:
    for c in ILLEGAL_CHARACTERS_RE.sub("", text):
        yield {"&": "&amp;", "<": "&lt;", ">": "&gt;"}.get(c, c)
