"""A form as a workbook: what is known locked, what is asked coloured, words to choose from, definitions beside the columns."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, get_type_hints

import xlsxwriter
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from duikou.rules.cells import begins_formula
from duikou.rules.kinds import WORDS
from duikou.terms.words import vocabulary

from .form_lines import ABOVE, NAME, Form, Line, mark_of, merges
from .form_t1 import SUM
from .form_words import is_number
from .layouts import Column
from .marks import address
from .ours import FORM, GUIDE, NAMES, ROW_MARK, Sent
from .rows import KINDS
from .taking import T1
from .values import is_a, refers

HOW = "只填浅黄的格；灰格是账上已有的，不用动。账上没有的，填在下面的空行，一件事一行。没有的留空，不填 0。"
CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  a fixed one: the same form gives the same bytes
WIDTH, WIDE, MOST = 13, 26, 500  # names that are offered at most
LOCKED = {"bg_color": "#EFEDE8", "border": 1, "border_color": "#CFCBC1", "valign": "vcenter", "text_wrap": True}
ASKED = {
    "bg_color": "#FFF6D6",
    "border": 1,
    "border_color": "#8A8F97",
    "valign": "vcenter",
    "text_wrap": True,
    "locked": False,
}
FREE = {"border": 1, "border_color": "#CFCBC1", "valign": "vcenter", "text_wrap": True, "locked": False}
HEAD = {"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}
PROTECTED = {"insert_rows": True, "format_columns": True, "format_rows": True, "autofilter": True, "format_cells": True}


def drawn(form: Form, names: Mapping[str, Sequence[str]]) -> bytes:
    """The .xlsx of a form; `names` are known names that are offered, by field. The same form gives the same bytes."""
    box = io.BytesIO()
    book = xlsxwriter.Workbook(box, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.calc_on_load = False  # its sums have their values
    book.set_properties({"created": CREATED})
    book.set_custom_property(FORM, Sent(form.layout.code, form.area, form.when, form.request).said, "text")
    page = _Page(form, book, book.add_worksheet(NAME))
    page.draw()
    offered = _offered(form, names)
    _guide(book, form)
    _choices(book, page, offered)
    book.close()
    return box.getvalue()


@dataclass
class _Page:
    """The sheet to be filled in."""

    form: Form
    book: Any
    sheet: Any

    def draw(self) -> None:
        """Title, headings with what they mean, rows, protection."""
        form, last = self.form, len(self.form.fields)
        styles = {
            name: self.book.add_format(style) for name, style in (("known", LOCKED), ("asked", ASKED), ("free", FREE))
        }
        open_below = self.book.add_format({"locked": False})
        for at, field in enumerate(form.fields):
            column = form.layout.column(field)
            wide = bool(column) and not (column.unit or field in ("when", "year"))  # type: ignore[union-attr]
            self.sheet.set_column(
                at, at, WIDE if field in ("name", "subject", "remark") else WIDTH + 3 * wide, open_below
            )
        self.sheet.set_column(last, last, 4, None, {"hidden": True})
        self.sheet.merge_range(0, 0, 0, last - 1, form.title, self.book.add_format({"bold": True, "font_size": 15}))
        self.sheet.merge_range(1, 0, 1, last - 1, HOW, self.book.add_format({"font_size": 10, "font_color": "#465160"}))
        self._heads()
        for row, line in enumerate(form.lines, form.first - 1):
            self._line(row, line, styles)
        self.sheet.freeze_panes(form.first - 1, 2)
        self.sheet.repeat_rows(ABOVE, form.first - 2)
        self.sheet.set_landscape()
        self.sheet.set_paper(8 if last > 15 else 9)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.protect("", PROTECTED)

    def _heads(self) -> None:
        style, form = self.book.add_format(HEAD), self.form
        for n, heads in enumerate(form.heads):
            for at, head in enumerate(heads):
                self.sheet.write_string(ABOVE + n, at, head, style)
        for (top, left), (bottom, right) in merges(form.heads):
            self.sheet.merge_range(
                top - 1, left - 1, bottom - 1, right - 1, form.heads[top - ABOVE - 1][left - 1], style
            )
        lowest = form.first - 2
        self.sheet.write_string(lowest, len(form.fields), ROW_MARK, style)
        for at, field in enumerate(form.fields):
            if means := form.layout.means.get(field):
                row = lowest if len(form.heads) < 2 or form.heads[1][at] else ABOVE
                self.sheet.write_comment(row, at, means, {"author": "对口一本账", "x_scale": 1.6})

    def _line(self, row: int, line: Line, styles: Mapping[str, Any]) -> None:
        form = self.form
        for at, (field, text) in enumerate(zip(form.fields, line.texts, strict=True)):
            style = styles["free" if line.free else "asked" if field in line.asked else "known"]
            if form.layout.code == T1 and field == SUM:
                self._sum(row, at, text, styles["known"])
            elif not text:
                self.sheet.write_blank(row, at, None, style)
            elif self.holds_numbers(field) and _is_plain(text):
                self.sheet.write_number(row, at, float(text), style)
            else:
                self.sheet.write_string(row, at, text, _quoted(self.book, style, text))
        self.sheet.write_string(row, len(form.fields), mark_of(line))

    def _sum(self, row: int, at: int, text: str, style: Any) -> None:
        """The column that adds up the two beside it."""
        parts = f"{xl_rowcol_to_cell(row, at + 1)}:{xl_rowcol_to_cell(row, at + 2)}"
        self.sheet.write_formula(row, at, f'=IF(COUNT({parts})=0,"",SUM({parts}))', style, float(text) if text else " ")

    def holds_numbers(self, field: str) -> bool:
        """Whether a column holds numbers."""
        if self.form.layout.code == T1:
            return bool(self.form.layout.column(field).unit) or field == "year"  # type: ignore[union-attr]
        return is_number(self.form.layout, field, _hints(self.form)[field]) if "." not in field else False


def _quoted(book: Any, style: Any, text: str) -> Any:
    """A style for a text; one that begins a formula stays a text where it is edited."""
    if not begins_formula(text):
        return style
    own = book.add_format(LOCKED if style.locked else ASKED)
    own.set_quote_prefix()
    return own


def _is_plain(text: str) -> bool:
    return text.removeprefix("-").replace(".", "", 1).isdigit()


def _hints(form: Form) -> Mapping[str, Any]:
    return get_type_hints(KINDS[form.layout.kind])


# ---- what may be chosen, and what is meant --------------------------------------------------------------------------


def _offered(form: Form, names: Mapping[str, Sequence[str]]) -> dict[str, tuple[list[str], bool]]:
    """The words of columns of words, and known names of others: with whether nothing else may stand there."""
    found: dict[str, tuple[list[str], bool]] = {}
    for field in form.fields:
        if form.layout.code != T1 and (form.layout.kind, field) in WORDS:
            found[field] = ([word.zh for word in vocabulary()[WORDS[form.layout.kind, field]].values()], True)
        elif 0 < len(names.get(field, ())) <= MOST:
            found[field] = (list(names[field]), False)
    return found


def _choices(book: Any, page: _Page, offered: Mapping[str, tuple[list[str], bool]]) -> None:
    """A hidden sheet with the words and names, and the cells that choose from it."""
    if not offered:
        return
    sheet, form = book.add_worksheet("名单"), page.form
    sheet.write_string(0, 0, NAMES)
    for at, (field, (words, only)) in enumerate(offered.items()):
        for row, word in enumerate(words, 1):
            sheet.write_string(row, at, word)
        source = f"=名单!{xl_range_abs(1, at, len(words), at)}"
        column = form.fields.index(field)
        page.sheet.data_validation(
            form.first - 1, column, form.first + len(form.lines) + 200, column,
            {"validate": "list", "source": source, "show_error": only, "error_title": "不在可填的词里",
             "error_message": "从下拉单里选一个词"},
        )  # fmt: skip
    sheet.hide()


def _guide(book: Any, form: Form) -> None:
    """The sheet that says what each column means, in which unit, with an example."""
    sheet = book.add_worksheet("填表说明")
    wrap, head = book.add_format({"text_wrap": True, "valign": "top"}), book.add_format(HEAD)
    sheet.write_string(0, 0, GUIDE, book.add_format({"bold": True}))
    sheet.write_string(1, 0, f"{form.title}。{HOW}")
    asked = {field for line in form.lines for field in line.asked}
    for at, (word, width) in enumerate(
        (("列", 8), ("表头", 26), ("填不填", 12), ("填什么", 52), ("单位", 10), ("例", 22))
    ):
        sheet.set_column(at, at, width)
        sheet.write_string(3, at, word, head)
    for row, (at, field) in enumerate(enumerate(form.fields), 4):
        column = form.layout.column(field)
        assert column is not None  # noqa: S101  a form has the columns of its layout
        said = (
            address((1, at + 1))[:-1], "：".join(dict.fromkeys(filter(None, (heads[at] for heads in form.heads)))),
            "填" if field in asked else "新行填", _means(form, column), column.unit, _example(form, column),
        )  # fmt: skip
        for place, text in enumerate(said):
            sheet.write_string(row, place, text, wrap)
    if form.left:
        note = f"账上还有 {form.left} 条这张表写不下（多为概数或没有日期的），没有列出，也不用补。"
        sheet.write_string(5 + len(form.fields), 0, note)


def _means(form: Form, column: Column) -> str:
    """What a column means; of words those that may stand there."""
    said = form.layout.means.get(column.field, "")
    if form.layout.code != T1 and (form.layout.kind, column.field) in WORDS:
        words = "、".join(word.zh for word in vocabulary()[WORDS[form.layout.kind, column.field]].values())
        return f"{said}。选：{words}" if said else f"选：{words}"
    return said or column.title


def _example(form: Form, column: Column) -> str:
    """How a cell of a column may read."""
    if column.unit:
        return "12.5" if column.unit == "万元" else "12"
    if form.layout.code == T1:
        return {"code": "QT2023001-D", "paired": "是", "year": "2023"}.get(column.field, "")
    hint = _hints(form).get(column.field) if "." not in column.field else None
    if (form.layout.kind, column.field) in WORDS:
        return next(iter(vocabulary()[WORDS[form.layout.kind, column.field]].values())).zh
    if column.field == "when" or (hint and not refers(hint) and "date" in str(hint) and is_a(hint, str) is False):
        return "2023-03-05 或 2023年3月"
    return ""
