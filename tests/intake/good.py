"""Good workbooks from a seed: a layout's table in one of many shapes, with what each cell means; written as a file."""

import csv
import io
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import get_type_hints

import xlsxwriter
import xlwt

from duikou.intake import t1
from duikou.intake.known import Known
from duikou.intake.layouts import layouts
from duikou.intake.marks import address
from duikou.intake.rows import KINDS, _needed
from duikou.intake.values import is_a, refers
from duikou.rules.kinds import UNITS, WORDS
from duikou.rules.period import Period, on
from duikou.rules.quantity import Quantity, exactly
from duikou.terms.words import vocabulary

OFFICES = {f"{place}{name}": f"o{n}" for n, (place, name) in enumerate(
    (place, name) for place in ("滨海新区", "同仁市", "尖扎县", "泽库县") for name in ("工商联", "教育局", "卫生院", "红十字会")
)}  # fmt: skip
AREAS = {"同仁市": "632301", "尖扎县": "632322", "泽库县": "632323", "河南县": "632324"}
KNOWN = Known(
    {name: frozenset({code}) for name, code in OFFICES.items()},
    {name: frozenset({code}) for name, code in AREAS.items()}, {},
)  # fmt: skip
TEXTS = ("牦牛肉干", "负责人培训班", "衣物图书", "电商实训", "温棚改造", "联系点医疗设备", "藏羊", "注册会计培训")
T1 = "t1_projects"
CODES = (*layouts(), T1)


@dataclass
class Page:
    """A sheet: cells by place, merged cells (first, last), what is hidden, cells of errors (formula, value)."""

    name: str
    cells: dict = field(default_factory=dict)
    merged: list = field(default_factory=list)
    hidden_rows: set = field(default_factory=set)
    hidden_columns: set = field(default_factory=set)
    hidden: bool = False

    def moved(self, rows, columns):
        """Everything further down and to the right."""
        self.cells = {(r + rows, c + columns): value for (r, c), value in self.cells.items()}
        self.merged = [tuple((r + rows, c + columns) for r, c in span) for span in self.merged]


@dataclass
class Book:
    """A good workbook: its form (xlsx, xls, csv, gb18030), pages, where the table stands, what its rows mean."""

    form: str
    layout: str
    pages: list
    page: Page
    fields: list  # of the columns from the first on; "" for the running number
    top: int = 1  # first row of the heading
    first: int = 2  # first row below it
    rows: list = field(default_factory=list)  # numbers of the rows of data
    meant: dict = field(default_factory=dict)  # (row, field) -> value
    total: int = 0
    left: int = 0

    @property
    def name(self):
        return f"报表.{'csv' if self.form == 'gb18030' else self.form}"

    @property
    def sheet(self):
        """The name of the sheet of the table, as problems say it."""
        return self.page.name if self.form in ("xlsx", "xls") else ""

    def at(self, row, name):
        return row, self.fields.index(name) + 1 + self.left

    def place(self, row, name=""):
        """The cell of a field as problems name it; without a field the first of the row."""
        at = self.at(row, name) if name else (row, 1 + self.left)
        return "·".join(filter(None, (self.sheet, address(at))))

    def get(self, row, name):
        return self.page.cells.get(self.at(row, name))

    def put(self, row, name, value, meant=...):
        self.page.cells[self.at(row, name)] = value
        if meant is not ...:
            self.meant[row, name] = meant

    def headed(self, name):
        """The place of the lowest heading of a field."""
        column = self.fields.index(name) + 1 + self.left
        return max(at for at in self.page.cells if at[1] == column and self.top <= at[0] < self.first)

    def forget_total(self):
        """Take the total away, of which nothing is to be said."""
        self.page.cells = {at: value for at, value in self.page.cells.items() if not self.total or at[0] != self.total}

    def of(self, kind):
        """The fields of a sort: money, count, day, word, office, area, text."""
        return [name for name in self.fields if name and sort(self.layout, name) == kind]


def sort(layout, name):
    """What a field of a layout holds."""
    if layout == T1:
        kinds = {column.code: column.kind for column in t1.COLUMNS}
        return {"region": "area", "whole": "count", "list": "text", "yes": "word"}.get(kinds[name], kinds[name])
    kind = layouts()[layout].kind
    if "." in name:
        return "office" if name.startswith("party.") else "text"
    hint = get_type_hints(KINDS[kind])[name]
    if name == "region":
        return "area"
    if refers(hint):
        return "office"
    if (kind, name) in WORDS:
        return "word"
    if is_a(hint, Quantity):
        return "money" if UNITS[name] == "fen" else "count"
    return "day" if is_a(hint, Period) or is_a(hint, date) else "text"


def make(chance, form, code=""):
    """A good workbook of a layout in some shape."""
    code = code or chance.choice(CODES)
    layout = t1.layout() if code == T1 else layouts()[code]
    page = Page(chance.choice(["Sheet1", "表1", "台账"]))
    fields = _fields(chance, code, layout)
    book = Book(form, code, [page], page, fields)
    row = _titles(chance, book, layout)
    book.top = row
    row = _headings(chance, book, layout, row)
    book.first = row
    if chance.random() < 0.25 and "" in fields:
        for column in range(1, len(fields) + 1):
            page.cells[row, column] = column if column > 2 else "甲乙"[column - 1]
        row += 1
    _data(chance, book, row)
    _under(chance, book)
    if form in ("xlsx", "xls") and chance.random() < 0.4:
        other = Page("填表说明", {(1, 1): "填表说明", (2, 1): "一、按月填报。", (3, 1): "二、金额以万元计。"})
        book.pages.insert(chance.choice([0, 1]), other)
    return book


def _fields(chance, code, layout):
    """The columns: what a row cannot do without, some others; T1 is whole."""
    if code == T1:
        return [column.field for column in layout.columns]
    needed = {name for name in _needed(layout.kind) if name not in layout.says}
    chosen = [
        column.field for column in layout.columns
        if column.field in needed | {*layout.must, *layout.same} or chance.random() < 0.7
    ]  # fmt: skip
    return (["", *chosen]) if chance.random() < 0.8 else chosen


def _titles(chance, book, layout):
    """Lines over the heading; the row after them."""
    row, width = 1, len(book.fields)
    for text in chance.sample(
        [f"2023年{layout.name}", "填报单位：泽库县乡村振兴局", "单位：万元、人"], chance.randrange(4)
    ):
        book.page.cells[row, 1] = text
        if book.form in ("xlsx", "xls") and chance.random() < 0.6:
            book.page.merged.append(((row, 1), (row, width)))
        row += 1
    return row


def _headings(chance, book, layout, row):
    """A heading of one to three rows; the row below it."""
    merging = book.form in ("xlsx", "xls")
    groups = {column.code: column.group for column in t1.COLUMNS} if book.layout == T1 else {}
    depth = 2 if book.layout == T1 else chance.choice([1, 1, 2, 3]) if merging else 1
    cells, width = book.page.cells, len(book.fields)
    lowest = row + depth - 1
    start = chance.randrange(1, width - 1) if depth > 1 and not groups else width
    for column, name in enumerate(book.fields, 1):
        title = _title(layout, name, chance)
        group = groups.get(name) if groups else "基本情况" if start <= column - 1 <= start + 1 else ""
        if not group:
            cells[row, column] = title
            if merging and depth > 1:
                book.page.merged.append(((row, column), (lowest, column)))
        else:
            cells[lowest, column] = title
            cells[row, column] = group
            if depth == 3:
                cells[row + 1, column] = "其中"
    for line in range(row, lowest) if merging else ():
        _merge_across(book.page, line, width)
    return lowest + 1


def _merge_across(page, row, width):
    """Merge like words that stand side by side in a row of a heading."""
    column = 1
    while column <= width:
        last = column
        while last < width and page.cells.get((row, last + 1)) == page.cells.get((row, column)) is not None:
            last += 1
        if last > column:
            page.merged.append(((row, column), (row, last)))
            for inner in range(column + 1, last + 1):
                del page.cells[row, inner]
        column = last + 1


def _title(layout, name, chance):
    if not name:
        return "序号"
    column = layout.column(name)
    if layout.code == T1:
        return next(c.title for c in t1.COLUMNS if c.code == name)
    word = chance.choice(column.words)
    return f"{word}（{column.unit}）" if column.unit and chance.random() < 0.5 else word


def _data(chance, book, row):
    for number in range(1, chance.randrange(3, 9)):
        for column, name in enumerate(book.fields, 1):
            value, meant = _value(chance, book.layout, name, number) if name else (number, number)
            if value != "":
                book.page.cells[row, column] = value
            book.meant[row, name] = meant
        book.rows.append(row)
        row += 1 if chance.random() < 0.85 else chance.randrange(2, 5)


def _value(chance, code, name, number):
    """What is written in a cell, and what it means."""
    match sort(code, name):
        case "money":
            fen = chance.randrange(1, 10**6) * 1000
            return (fen / 10**6 if chance.random() < 0.5 else f"{fen / 10**6:,}"), exactly(fen, "fen")
        case "count":
            found = chance.randrange(1, 2030 if name == "year" else 100)
            return found, found if code == T1 else exactly(found, UNITS[name])
        case "day":
            day = date(2023, 1, 1) + timedelta(chance.randrange(365))
            written = chance.choice([f"{day.year}年{day.month}月{day.day}日", day.isoformat(), day])
            return written, on(day) if code == T1 or name not in ("made_public", "ended") else day
        case "word" if code == T1:
            return "是", True
        case "word":
            words = vocabulary()[WORDS[layouts()[code].kind, name]]
            one = chance.choice(list(words.values()))
            return one.zh, one.code
        case "office":
            name_, known = chance.choice(list(OFFICES.items()))
            return name_, (known,) if "." in name else known
        case "area":
            return chance.choice(list(AREAS.items()))
        case _:
            said = f"{chance.choice(TEXTS)}{number}"
            return said, said


def _under(chance, book):
    """A total and notes, where there is a column to say so."""
    row = book.rows[-1] + 1
    sums = [name for name in (*book.of("money"), *book.of("count")) if name != "year"]
    if sums and chance.random() < 0.5:
        book.page.cells[row, 1 if book.fields[0] == "" else book.fields.index(book.fields[0]) + 1] = "合计"
        for name in sums:
            if name not in ("", book.fields[0]):
                book.page.cells[row, book.fields.index(name) + 1] = _added(book, name)
        book.total = row
        row += 1
    for text in chance.sample(["注：本表按月填报。", "填表人：", "审核人：某某"], chance.randrange(3)):
        book.page.cells[row, 1] = text
        row += 1


def _added(book, name):
    values = [book.meant[row, name] for row in book.rows]
    if book.layout == T1 and sort(T1, name) == "count":
        return sum(values)
    added = sum(value.low for value in values)
    return added / 10**6 if sort(book.layout, name) == "money" else added


# ---- files -----------------------------------------------------------------------------------------------------------


def write(book):
    """The workbook as the bytes of a file of its form."""
    return {"xlsx": _xlsx, "xls": _xls}.get(book.form, _csv)(book)


def _xlsx(book):
    box = io.BytesIO()
    made = xlsxwriter.Workbook(box, {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False})
    day = made.add_format({"num_format": "yyyy-mm-dd"})
    made.set_calc_mode("auto")
    for page in book.pages:
        sheet = made.add_worksheet(page.name)
        for (top, left), (bottom, right) in page.merged:
            sheet.merge_range(top - 1, left - 1, bottom - 1, right - 1, "")
        for (row, column), value in page.cells.items():
            if isinstance(value, tuple):
                sheet.write_formula(row - 1, column - 1, value[0], None, value[1])
            elif isinstance(value, date):
                sheet.write_datetime(row - 1, column - 1, value, day)
            elif isinstance(value, str):
                sheet.write_string(row - 1, column - 1, value)
            else:
                sheet.write_number(row - 1, column - 1, value)
        for row in page.hidden_rows:
            sheet.set_row(row - 1, None, None, {"hidden": True})
        for column in page.hidden_columns:
            sheet.set_column(column - 1, column - 1, None, None, {"hidden": True})
        if page.hidden:
            sheet.hide()
    made.close()
    return box.getvalue()


def _xls(book):
    made = xlwt.Workbook()
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for page in book.pages:
        sheet = made.add_sheet(page.name)
        inside = dict(page.merged)
        for (row, column), value in page.cells.items():
            style = (day,) if isinstance(value, date) else ()
            if (row, column) in inside:
                bottom, right = inside.pop((row, column))
                sheet.write_merge(row - 1, bottom - 1, column - 1, right - 1, value, *style)
            elif isinstance(value, tuple):
                sheet.row(row - 1).set_cell_error(column - 1, value[1].replace("#N/A", "#N/A!"))
            else:
                sheet.write(row - 1, column - 1, value, *style)
        for row in page.hidden_rows:
            sheet.row(row - 1).hidden = True
        for column in page.hidden_columns:
            sheet.col(column - 1).hidden = True
        sheet.visibility = int(page.hidden)
    box = io.BytesIO()
    made.save(box)
    return box.getvalue()


def _csv(book):
    cells = book.page.cells
    height, width = max(row for row, _ in cells), max(column for _, column in cells)
    box = io.StringIO()
    writer = csv.writer(box)
    for row in range(1, height + 1):
        writer.writerow([cells.get((row, column), "") for column in range(1, width + 1)])
    text = box.getvalue()
    return text.encode("gb18030") if book.form == "gb18030" else text.encode("utf-8-sig")
