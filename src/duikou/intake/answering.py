"""An office's own workbook goes back with all problems in it: a colour and a comment at each cell, words beside each row, a list."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from duikou.rules.problem import Problem

from .cells import SENTENCES
from .marks import Place, address, place
from .opened import (
    AMBER,
    RED,
    UNNAMED,
    cell_at,
    is_large,
    opened,
    page_of,
    remark,
    saved,
    say,
    table_page,
    tint,
)
from .ours import REMARKS, RESULTS
from .rows import Unplaced
from .taking import Answer

WEIGHT = {"stops": "须改", "asks": "请看一眼"}
HEADS = ("轻重", "工作表", "单元格", "现为", "应为", "怎样改", "规则")
WIDTHS = (10, 14, 10, 34, 34, 44, 34)
WIDE = 48
SORTS = {"organisation": "账上的单位", "region": "账上的地区"}
_CELL = re.compile(r"(?:(?P<sheet>.*)·)?(?P<cell>[A-Z]{1,3}[0-9]{1,7})")


@dataclass(frozen=True)
class Mark:
    """A problem at its cell: the sheet and the place, where it names one."""

    problem: Problem
    sheet: str = ""
    at: Place | None = None


def told_of(said: Answer, more: Sequence[Problem] = ()) -> list[Problem]:
    """All that stands in the way of a sheet or is asked about: of reading, of names, of the rules (`more`); what stops first."""
    unplaced = (_unplaced(one) for row in said.rows for one in row.unplaced)
    found = dict.fromkeys((*said.told, *unplaced, *more))
    return sorted(found, key=lambda problem: problem.weight != "stops")


def answered(said: Answer, data: bytes, more: Sequence[Problem] = ()) -> bytes:
    """The workbook that came, with its problems; of one too large to be opened for writing the list alone."""
    marks = [_mark(said, problem) for problem in told_of(said, more)]
    if is_large(said.sheets):
        book = Workbook()
        book.active.title = UNNAMED
        _list(book, marks, "表太大，只列问题；照单元格在原表里改，再交原表", links=False)
        return saved(book, b"")
    book = opened(said.sheets, data)
    by_cell: dict[tuple[str, Place], list[Problem]] = defaultdict(list)
    for mark in marks:
        if mark.at:
            by_cell[mark.sheet, mark.at].append(mark.problem)
    for (sheet, at), problems in by_cell.items():
        _mark_cell(page_of(book, sheet), at, problems)
    if said.table:
        page = page_of(book, said.table.sheet.name)
        _show_hidden(said, page)
        _beside_rows(said, page, marks)
    _list(book, marks, "改完存盘，交这一份即可：本页和“核对意见”一列不收，颜色在格子改动后消失")
    return saved(book, data)


def _unplaced(one: Unplaced) -> Problem:
    """A name that means nothing in the book, or several things, as a problem at its cell."""
    expected = SORTS.get(one.sort, "账上有的名称")
    if one.means:
        return Problem("sheet.5", "stops", SENTENCES["sheet.5"], f"{one.said}（账上有 {len(one.means)} 个）", expected,
                       "写全称；或在核对页上指明是哪一个", one.place)  # fmt: skip
    near = "、".join(one.near[:3])
    remedy = f"相近的有：{near}；改成其中一个，或在核对页上指明" if near else "改成账上的名称，或在核对页上指明"
    return Problem("sheet.5", "stops", SENTENCES["sheet.5"], one.said, expected, remedy, one.place)


def _mark(said: Answer, problem: Problem) -> Mark:
    """A problem with the cell that it names."""
    found = _CELL.fullmatch(problem.place)
    names = [sheet.name for sheet in said.sheets]
    if found and (sheet := found["sheet"] or (names[0] if names else "")) in names:
        return Mark(problem, sheet, place(found["cell"]))
    return Mark(problem, problem.place if problem.place in names else "")


def _mark_cell(page: Worksheet, at: Place, problems: Sequence[Problem]) -> None:
    cell = cell_at(page, at)
    tint(page, cell, RED if any(one.weight == "stops" for one in problems) else AMBER)
    remark(cell, "\n\n".join(map(_words, problems)))


def _words(problem: Problem) -> str:
    """A problem on lines of its own: the sentence and its rule, found, expected, how to mend it."""
    said = (
        f"{problem.sentence.zh.rstrip('。')}（{problem.code}）", problem.found and f"现为：{problem.found}",
        problem.expected and f"应为：{problem.expected}", problem.remedy,
    )  # fmt: skip
    return "\n".join(line for line in said if line)


def _show_hidden(said: Answer, page: Worksheet) -> None:
    """Rows and columns with something in them are seen."""
    table = said.table
    assert table is not None  # noqa: S101  asked for by the caller
    for row in table.rows:
        if row in table.sheet.hidden_rows:
            page.row_dimensions[row].hidden = False
    for heading in table.columns.values():
        if heading.column in table.sheet.hidden_columns:
            _show_column(page, heading.column)


def _show_column(page: Worksheet, column: int) -> None:
    """Columns are hidden in groups: the whole group is shown."""
    for group in page.column_dimensions.values():
        if group.hidden and (group.min or 0) <= column <= (group.max or 0):
            group.hidden = False


def _beside_rows(said: Answer, page: Worksheet, marks: Sequence[Mark]) -> None:
    """A column at the right of the table with what is to be said of each row."""
    table = said.table
    assert table is not None  # noqa: S101  asked for by the caller
    by_row: dict[int, list[str]] = defaultdict(list)
    for mark in marks:
        if mark.at and mark.sheet == table.sheet.name and mark.at[0] > table.heading_rows[1]:
            by_row[mark.at[0]].append(_in_a_line(mark))
    if not by_row:
        return
    column = max((len(row) for row in table.sheet.rows), default=0) + 1
    while any(page.cell(row, column).value for row in (*by_row, table.heading_rows[1])):
        column += 1  # what stands there is ours too and was left out in reading: the mark of a form's row
    say(page.cell(table.heading_rows[1], column), REMARKS, bold=True)
    for row, lines in by_row.items():
        say(page.cell(row, column), "\n".join(lines))
    page.column_dimensions[page.cell(1, column).column_letter].width = WIDE


def _in_a_line(mark: Mark) -> str:
    """A problem on one line behind its cell."""
    problem = mark.problem
    said = (problem.found and f"现为{problem.found}", problem.expected and f"应为{problem.expected}", problem.remedy)
    where = address(mark.at) if mark.at else ""
    return f"{where}：{'；'.join(part for part in said if part)}"


def _list(book: Workbook, marks: Sequence[Mark], note: str, *, links: bool = True) -> None:
    """The sheet with all problems, each with a link to its cell."""
    stops = sum(mark.problem.weight == "stops" for mark in marks)
    page = table_page(book, RESULTS, f"须改 {stops} 处，请看一眼 {len(marks) - stops} 处。{note}", HEADS, WIDTHS)
    for row, mark in enumerate(marks, 5):
        for column, text in enumerate(_line(mark), 1):
            say(page.cell(row, column), text)
        if mark.at and links:
            target = page_of(book, mark.sheet).title.replace("'", "''")
            page.cell(row, 3).hyperlink = Hyperlink(f"C{row}", location=f"'{target}'!{address(mark.at)}")
            page.cell(row, 3).style = "Hyperlink"


def _line(mark: Mark) -> Iterator[str]:
    problem = mark.problem
    yield WEIGHT[problem.weight]
    yield mark.sheet or ("" if mark.at else problem.place)
    yield address(mark.at) if mark.at else ""
    yield from (problem.found, problem.expected, problem.remedy, f"{problem.sentence.zh}（{problem.code}）")
