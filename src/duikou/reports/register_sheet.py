"""A register on one sheet of a workbook, row by row and never held as a whole: title, heads, rows, 合计, signatures, notes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell

from duikou.statistics.registers import Column
from duikou.statistics.registers_cells import Value, said
from duikou.statistics.registers_rows import Body, Line
from duikou.statistics.tables import FilledTable

from .excel import RED, Page, disagreeing

PERSONAL = "含个人信息"
RECORD = "记录"  # the last column: which record a row is
WIDTHS = {
    "serial": 6,
    "area": 10,
    "day": 12,
    "when": 14,
    "year": 7,
    "whole": 7,
    "percent": 9,
    "yes": 6,
    "text": 13,
    "listed": 16,
}
NUMBER = 13  # half characters of a column of numbers
A3 = 8
LANDSCAPE = 180  # half characters that fit a lying A4; a wider sheet is printed on A3
Fill = Mapping[int, Sequence[Value]]  # what stands in the columns of personal data, by record


@dataclass(frozen=True)
class Source:
    """A cell with a figure under it: sheet, cell, head of the column, the figure's name with its line."""

    sheet: str
    cell: str
    head: str
    figure: str


class Sheet:
    """The sheet of one register."""

    def __init__(self, page: Page, filled: FilledTable, body: Body, fill: Fill | None = None) -> None:
        self.page, self.filled, self.body, self.fill = page, filled, body, fill
        self.columns = (*body.columns, Column(RECORD, letter="", wide=18))
        self.last = len(self.columns) - 1
        self.at = 0
        self.formats = {style: self._format(style) for style in ("text", "whole", "money", "percent", "sum", "sums")}

    def write(self) -> list[Source]:
        """Write all of it; the cells that have figures."""
        self.page.columns([_wide(column) for column in self.columns])
        self._face()
        self._heads()
        first = self.at
        self._rows()
        sources = self._sums()
        self._foot()
        sheet = self.page.sheet
        sheet.freeze_panes(first, min(2, self.last))
        sheet.set_landscape()
        if sum(self.page.widths) > LANDSCAPE:
            sheet.set_paper(A3)
        sheet.print_area(0, 0, self.at - 1, self.last)
        return sources

    def _format(self, style: str) -> Format:
        shown = {"money": ".00", "sum": ".00", "percent": ".0"}.get(style, "")
        number = f"[>=10000]#,##0{shown};[<=-10000]-#,##0{shown};0{shown}"
        more = {} if style == "text" else {"num_format": number, "align": "right"}
        bold = {"bold": True, "top": 2} if style in ("sum", "sums") else {}
        return self.page.style(text_wrap=style == "text", **more, **bold)

    def _face(self) -> None:
        filled, page = self.filled, self.page
        page.title(filled.title)
        half = max(1, self.last // 2)
        page.across(1, 0, half, filled.unit_note)
        page.sheet.merge_range(1, half + 1, 1, self.last, f"表号：{filled.number}", page.style(align="right"))
        page.across(2, 0, half, f"资料单位：{filled.office}　　{filled.when}")
        version = f"账本第 {filled.snapshot.line} 行"
        page.sheet.merge_range(2, half + 1, 2, self.last, version, page.style(align="right"))
        self.at = 3
        if self.fill is not None:
            self._across(
                f"{PERSONAL}：按权限印出，已留读取记录；用后按规定保管、销毁，不得外传", font_color=RED, bold=True
            )
        if filled.failing:
            self._across(disagreeing([check.sentence for check in filled.failing]), font_color=RED, bold=True)

    def _across(self, text: str, **look: str | float | bool) -> None:
        self.page.across(self.at, 0, self.last, text, **look)
        self.at += 1

    def _heads(self) -> None:
        """One row of heads, or two where headings stand over columns; a head of both rows is written in the upper one."""
        page, grouped = self.page, any(column.group for column in self.columns)
        begin = self.at
        if grouped:
            top = page.style(bold=True, align="center", top=2, left=1, right=1)
            for group, places in groupby(range(len(self.columns)), key=lambda at: self.columns[at].group):
                some = list(places)
                if group and len(some) > 1:
                    page.sheet.merge_range(
                        self.at,
                        some[0],
                        self.at,
                        some[-1],
                        group,
                        page.style(bold=True, align="center", top=2, border=1),
                    )
                    continue
                for at in some:
                    page.sheet.write_string(self.at, at, group or self.columns[at].head, top)
            self.at += 1
        for at, column in enumerate(self.columns):
            text = "" if grouped and not column.group else column.head
            rules = {"left": 1, "right": 1, "bottom": 1, "top": 1 if column.group or not grouped else 0}
            page.sheet.write_string(self.at, at, text, page.style(bold=True, align="center", **rules))
        page.sheet.set_row(self.at, 32)
        self.at += 1
        for at, column in enumerate(self.columns):
            page.sheet.write_string(self.at, at, column.letter, page.style(font_size=9, align="center", border=1))
        page.sheet.repeat_rows(begin, self.at)
        self.at += 1

    def _rows(self) -> None:
        """The rows; a blank is not written, and the lines between cells are one rule for all of them."""
        sheet, styles = self.page.sheet, [self._style(column) for column in self.columns]
        number, string = sheet.write_number, sheet.write_string
        text, whole, last = self.formats["text"], self.formats["whole"], self.last
        first = row = self.at
        for line in self._lines():
            for at, value in enumerate(line.values):
                if value is None or value == "":
                    continue
                if isinstance(value, str):
                    string(row, at, value, text)
                else:
                    number(row, at, value, whole if isinstance(value, int) else styles[at])
            if line.number:
                string(row, last, f"{line.kind}-{line.number}", text)
            row += 1
        if row > first:
            lines = self.page.book.add_format({"border": 1, "border_color": "#BFBFBF"})
            sheet.conditional_format(first, 0, row - 1, last, {"type": "no_errors", "format": lines})
        self.at = row

    def _lines(self) -> Iterator[Line]:
        """The rows; with what is filled in at printing, where that is wanted."""
        if self.fill is None:
            yield from self.body.lines(linked=False)
            return
        places = [at for at, column in enumerate(self.body.columns) if column.kind == "personal"]
        for line in self.body.lines(linked=False):
            values = [*line.values]
            for at, value in zip(places, self.fill.get(line.number, ()), strict=False):
                values[at] = value
            yield line._replace(values=values)

    def _style(self, column: Column) -> Format:
        return self.formats["percent" if column.kind == "percent" else "money" if column.decimals else "whole"]

    def _sums(self) -> list[Source]:
        """The line 合计, whose numbers are figures; the name of each."""
        totals = self.body.totals
        if not any(totals) and self.filled.counted is None:
            return []
        counted = self.filled.counted
        found, sheet = [], self.page.sheet
        label = f"合计{f'（{counted.text}）' if counted and counted.text else ''}"
        bold = self.page.style(bold=True, border=7, top=2, text_wrap=False)
        for at, column in enumerate(self.columns):
            figure = totals[at] if at < len(totals) else None
            if (
                figure is None
                or (value := _value(figure.number, said(figure.value, column) if figure.value else None)) is None
            ):
                sheet.write_string(self.at, at, "" if at else label, bold)
                continue
            if isinstance(value, str):
                sheet.write_string(self.at, at, value, bold)
            else:
                sheet.write_number(self.at, at, value, self.formats["sums" if isinstance(value, int) else "sum"])
            found.append(Source(sheet.get_name(), xl_rowcol_to_cell(self.at, at), column.full, figure.tag))
        if counted:
            found.append(Source(sheet.get_name(), xl_rowcol_to_cell(self.at, 0), "合计", counted.tag))
        self.at += 1
        return found

    def _foot(self) -> None:
        page = self.page
        for share, text in enumerate(("单位负责人：", "统计负责人：", "填表人：", "报出日期：    年  月  日")):
            page.sheet.write_string(
                self.at, min(self.last, share * (self.last + 1) // 4), text, page.style(text_wrap=False)
            )
        self.at += 1
        for number, note in enumerate(self.filled.notes, 1):
            self._across(f"{'说明：' if number == 1 else '　　　'}{number}. {note}", font_size=9)
        self._across(self.filled.snapshot.head.short, font_size=9)


def _value(words: str, value: Value) -> Value:
    """What stands in a cell of a figure: its number, or the words of one that is withheld."""
    return value if value is not None else words or None


def _wide(column: Column) -> int:
    return column.wide or (
        NUMBER if column.numeric and column.kind not in ("whole", "percent") else WIDTHS.get(column.kind, 13)
    )
