"""A statistics table as a workbook in the official form: 说明, 统计表, 勾稽, and the source of each cell in 来源."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from math import ceil

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from duikou.reports.package import repack, universal

ABOUT, STATISTICS, CHECKS, SOURCES = "说明", "统计表", "勾稽", "来源"
CONTENTS = ("本表说明", "统计表，可直接打印上报", "表内各数之间的关系和核对结果", "每个单元格的数字名称、记录和原文")
COLUMNS = (  # heading, letter, alignment, and the width in half characters beyond which a text is wrapped
    ("指标名称", "甲", "left", 31),
    ("计量单位", "乙", "center", 9),
    ("行号", "丙", "center", 6),
    ("数值", "1", "right", 14),
    ("性质", "2", "center", 11),
    ("时间", "3", "center", 15),
    ("依据", "4", "center", 12),
    ("核对", "5", "center", 8),
    ("说明", "6", "left", 20),
)
VALUE, LAST = 3, len(COLUMNS) - 1
FIRST_ROW = 5  # after title, unit and number, office and period, headings, letters
PORTRAIT = 120  # half characters that fit the 156 mm of A4 upright at seven tenths; a wider sheet is turned
BEIJING = timezone(timedelta(hours=8))
SONG, XIAOBIAOSONG = "宋体", "方正小标宋简体"
RED = "#A5322A"


@dataclass(frozen=True)
class Row:
    """A line of the table; a group line has its label only, and what was not reported is None, never 0."""

    label: str
    unit: str
    line: int | None
    value: int | float | Decimal | str | None
    nature: str
    time: str
    source: str
    check: str
    note: str
    indent: int = 0
    group: bool = False
    figure: str = ""
    decimals: int = 0

    def __post_init__(self) -> None:
        """A number arrives rounded: what the cell holds is what it shows, and no program rounds it again."""
        if isinstance(self.value, int | float | Decimal):
            exact = Decimal(str(self.value))
            if exact != round(exact, self.decimals) or exact != Decimal(str(float(self.value))):
                raise ValueError(f"“{self.label}”的数值{self.value}须先取到{self.decimals}位小数，且不超过15位数字")


@dataclass(frozen=True)
class Table:
    """A table ready for print; a check is sentence, reading, detail; a source is figure, record, place, fragment."""

    title: str
    office: str
    period: str
    version: str
    code: str
    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    checks: tuple[tuple[str, str, str], ...]
    unit_note: str
    rounding_note: str
    changes_note: str
    head: str
    head_full: str
    made_at: datetime
    sources: tuple[tuple[str, str, str, str], ...]
    failing: tuple[str, ...] = ()

    @property
    def first(self) -> int:
        """The place of the first row: below title, unit and number, office and period, what does not agree, heads, letters."""
        return FIRST_ROW + bool(self.failing)


class Page:
    """A sheet for A4, fitted to one page in width, on which texts are wrapped and rows are as high as they need."""

    def __init__(self, book: Workbook, name: str) -> None:
        self.book = book
        self.sheet: Worksheet = book.add_worksheet(name)
        self.sheet.set_paper(9)
        self.sheet.set_margins(left=1.1, right=1.03, top=1.46, bottom=1.38)  # inches: 28, 26, 37 and 35 mm
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_footer(f'&C&"{SONG},Regular"&10— &P —', {"margin": 1})
        self.sheet.set_start_page(1)
        self.sheet.hide_gridlines(2)
        self.widths: list[int] = []

    def style(self, **properties: str | float | bool) -> Format:
        """五号宋体, wrapped, and what is asked for beside."""
        base = {"font_name": SONG, "font_size": 10.5, "text_wrap": True, "valign": "vcenter"}
        return self.book.add_format({**base, **properties})

    def columns(self, widths: Sequence[int]) -> None:
        """Set the widths in half characters."""
        self.widths = list(widths)
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)
        if sum(widths) > PORTRAIT:
            self.sheet.set_landscape()

    def height(self, row: int, texts: Sequence[str], least: float = 20) -> None:
        """Make a row high enough for the text of each of its columns."""
        lines = max(_lines(text, width) for text, width in zip(texts, self.widths, strict=True))
        self.sheet.set_row(row, max(least, 14 * lines + 4))

    def across(self, row: int, first: int, last: int, text: str, **properties: str | float | bool) -> None:
        """Write a text over several columns; the row grows with it."""
        self.sheet.merge_range(row, first, row, last, text, self.style(**properties))
        lines = _lines(text, sum(self.widths[first : last + 1]))
        self.sheet.set_row(row, max(20, 14 * lines + 4))

    def title(self, text: str) -> None:
        """Write the title over the whole width."""
        self.across(0, 0, len(self.widths) - 1, text, font_name=XIAOBIAOSONG, font_size=22, align="center")
        self.sheet.set_row(0, 30 * _lines(text, round(sum(self.widths) * 10.5 / 22)) + 8)


def write_table(table: Table) -> bytes:
    """The table as an .xlsx file."""
    box = io.BytesIO()
    # Merged cells are written by what they look like, unless this is said: a title "=1+1" would be calculated.
    book = xlsxwriter.Workbook(box, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    made_at = universal(table.made_at).replace(tzinfo=None)
    book.set_properties({"title": table.title, "author": table.office, "created": made_at})
    book.set_custom_property("账首", table.head_full)
    _about(Page(book, ABOUT), table)
    statistics(Page(book, STATISTICS), table)
    checks = [(str(number), *check) for number, check in enumerate(table.checks, 1)]
    listing(Page(book, CHECKS), f"{table.title}勾稽关系", ("序号", "关系", "结论", "说明"), (6, 38, 10, 30), checks)
    headings = ("单元格", "指标名称", "数字名称", "记录", "文件与段落", "原文")
    listing(Page(book, SOURCES), f"{table.title}数据来源", headings, (8, 26, 32, 22, 28, 44), _source_lines(table))
    book.close()
    return repack(box.getvalue())


def _shown(row: Row) -> str:
    """The value as it is printed: 2000 and 6000 plain, 12,500 grouped, the source's own words kept, a blank blank."""
    if row.value is None or isinstance(row.value, str):
        return row.value or ""
    return f"{row.value:{_grouping(row)}.{row.decimals}f}"


def _grouping(row: Row) -> str:
    """A comma for numbers of five digits and more before the point, as GB/T 15835 5.1.1 allows."""
    return "," if isinstance(row.value, int | float | Decimal) and len(f"{abs(row.value):.0f}") > 4 else ""


def _about(page: Page, table: Table) -> None:
    """The first sheet: what this is, and when it changes."""
    page.columns((16, 68))
    page.title(f"{table.title}说明")
    moment = universal(table.made_at).astimezone(BEIJING)
    lines = [
        ("表名", table.title),
        ("表号", table.code),
        ("资料单位", table.office),
        ("时期", table.period),
        ("版本", table.version),
        ("计量单位", table.unit_note),
        ("取整", table.rounding_note),
        ("何时变动", table.changes_note),
        ("账首", table.head_full),
        ("所据账行时间", f"{moment.year}年{moment.month}月{moment.day}日{moment:%H:%M}（北京时间）"),
        *zip(
            ("工作表", "", "", ""),
            (f"{name}：{what}" for name, what in zip((ABOUT, STATISTICS, CHECKS, SOURCES), CONTENTS, strict=True)),
            strict=True,
        ),
    ]
    for number, line in enumerate(lines, 1):
        rules = {"top": 2 if number == 1 else 0, "bottom": 2 if number == len(lines) else 7}
        page.sheet.write_string(number, 0, line[0], page.style(right=7, bold=True, **rules))
        page.sheet.write_string(number, 1, line[1], page.style(indent=1, **rules))
        page.height(number, line)


def statistics(page: Page, table: Table, *, shown: bool = True) -> None:
    """The table itself, with its heading above and its signatures, notes and 账首 below; `shown` where a file opens."""
    page.columns(_widths(table))
    page.title(table.title)
    page.across(1, 0, 5, table.unit_note)
    page.sheet.merge_range(1, 6, 1, LAST, f"表号：{table.code}", page.style(align="right"))
    page.across(2, 0, 2, f"资料单位：{table.office}")
    page.sheet.merge_range(2, 3, 2, 5, table.period, page.style(align="center"))
    page.sheet.merge_range(2, 6, 2, LAST, table.version, page.style(align="right"))
    if table.failing:
        page.across(3, 0, LAST, disagreeing(table.failing), font_color=RED, bold=True)
    heads = table.first - 2
    for column, (heading, _, _, _) in enumerate(COLUMNS):
        side = 0 if column == LAST else 1
        page.sheet.write_string(heads, column, heading, page.style(bold=True, align="center", top=2, right=side))
    page.sheet.set_row(heads, 22)
    for column, (_, letter, _, _) in enumerate(COLUMNS):
        side = 0 if column == LAST else 1
        page.sheet.write_string(
            heads + 1, column, letter, page.style(font_size=9, align="center", bottom=1, right=side)
        )
    for number, row in enumerate(table.rows, table.first):
        _line(page, number, row, last=number == table.first + len(table.rows) - 1)
    foot = table.first + len(table.rows)
    page.sheet.set_row(foot, 26)
    for column, text in ((0, "单位负责人："), (1, "统计负责人："), (4, "填表人："), (6, "报出日期：    年  月  日")):
        page.sheet.write_string(foot, column, text, page.style(text_wrap=False))
    for number, note in enumerate(table.notes, 1):
        page.across(foot + number, 0, LAST, f"{'说明：' if number == 1 else '　　　'}{number}. {note}", font_size=9)
    last = foot + len(table.notes) + 1
    page.across(last, 0, LAST, table.head, font_size=9)
    page.sheet.freeze_panes(table.first, 1)
    page.sheet.repeat_rows(heads, heads + 1)
    page.sheet.print_area(0, 0, last, LAST)
    page.sheet.center_horizontally()
    if shown:
        page.sheet.activate()


def disagreeing(sentences: Sequence[str]) -> str:
    """What stands in red on the face of a table whose numbers do not agree."""
    return f"勾稽不符，引用前请核对：{'；'.join(sentences)}"


def _texts(row: Row) -> tuple[str, ...]:
    """What a row shows, column by column."""
    line = "" if row.line is None else str(row.line)
    label = "　" * row.indent + row.label
    return (label, row.unit, line, _shown(row), row.nature, row.time, row.source, row.check, row.note)


def _widths(table: Table) -> list[int]:
    """Columns as wide as their longest text, up to where it is wrapped."""
    texts = [_texts(row) for row in table.rows if not row.group]
    return [
        min(
            widest,
            max(width_of(text) for text in (heading, *(line[column] for line in texts))) + 2 + (align == "right"),
        )
        for column, (heading, _, align, widest) in enumerate(COLUMNS)
    ]


def _line(page: Page, number: int, row: Row, *, last: bool) -> None:
    """One row of the table; numbers are numbers, words of a source are words, a blank is a blank."""
    texts = _texts(row)
    for column, (_, _, align, _) in enumerate(COLUMNS):
        rules: dict[str, str | float | bool] = {
            "align": align,
            "bottom": 2 if last else 7,
            "bold": row.group,
            "text_wrap": not row.group,
        }
        if align != "center":
            rules["indent"] = row.indent if column == 0 else 1
        if column != LAST and not row.group:
            rules["right"] = 1
        if column == VALUE and row.value is not None and not isinstance(row.value, str):
            places = "." + "0" * row.decimals if row.decimals else ""
            style = page.style(num_format=f"{'#,##0' if _grouping(row) else '0'}{places}", **rules)
            page.sheet.write_number(number, column, float(row.value), style)
        elif text := (row.label if column == 0 else texts[column]):
            page.sheet.write_string(number, column, text, page.style(**rules))
        else:
            page.sheet.write_blank(number, column, None, page.style(**rules))
    if row.group:
        page.sheet.set_row(number, 22)
    else:
        page.height(number, texts)


def listing(
    page: Page, title: str, headings: Sequence[str], widths: Sequence[int], lines: Sequence[Sequence[str]]
) -> None:
    """A plain list under a heading, as the sheets of checks and of sources are; cells of the table are links to it."""
    page.columns(widths)
    page.title(title)
    for column, heading in enumerate(headings):
        page.sheet.write_string(1, column, heading, page.style(bold=True, align="center", top=2, bottom=1))
    for number, line in enumerate(lines, 2):
        rule = page.style(bottom=2 if number == len(lines) + 1 else 7)
        for column, text in enumerate(line):
            if headings[column] == "单元格" and text:
                page.sheet.write_url(number, column, f"internal:'{STATISTICS}'!{text}", rule, text)
            else:
                page.sheet.write_string(number, column, text, rule)
        page.height(number, line)
    page.sheet.freeze_panes(2, 0)
    page.sheet.repeat_rows(1)


def _source_lines(table: Table) -> list[tuple[str, ...]]:
    """Each cell with the name of its figure and every passage it rests on; then figures that stand in no cell."""
    lines: list[tuple[str, ...]] = []
    for number, row in enumerate(table.rows, table.first):
        if row.figure:
            cell = xl_rowcol_to_cell(number, VALUE)
            found = [source[1:] for source in table.sources if source[0] == row.figure] or [("无依据", "", "")]
            lines += [(cell, row.label, row.figure, *source) for source in found]
    placed = {row.figure for row in table.rows}
    return lines + [("", "", *source) for source in table.sources if source[0] not in placed]


def width_of(text: str) -> int:
    """The width of a text in half characters."""
    return sum(1 if character.isascii() else 2 for character in text)


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column of this width."""
    return sum(max(1, ceil(width_of(line) / max(1, width - 0.5))) for line in text.split("\n"))
