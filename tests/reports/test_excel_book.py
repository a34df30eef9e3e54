"""A workbook written quickly is the workbook that the library writes, byte for byte."""

import io
import zipfile

import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from duikou.reports.excel_book import RowBook

TOLD = [
    "第3号乡村道路", "GEN-000001", " 前后有空格 ", "　全角空格", "两\n行", "A & B < C > D", '“引”"号"', "_x0041_", "_x", "\x0b竖\x00表",
    "\ufffe\uffff", "<r>不是格式</r>", "=1+1", "",
]  # fmt: skip
ROWS = st.lists(
    st.lists(st.one_of(st.text(), st.sampled_from(TOLD), st.integers(-(10**15), 10**15)), max_size=4), max_size=5
)


def by_the_library(box):
    return xlsxwriter.Workbook(
        box, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )  # fmt: skip


def sheets(make, rows):
    """The parts of a workbook with the rows on two sheets, each of two looks."""
    box = io.BytesIO()
    book = make(box)
    for name in ("甲表", "乙表"):
        sheet = book.add_worksheet(name)
        wrapped, bold = book.add_format({"text_wrap": True}), book.add_format({"bold": True, "num_format": "0.00"})
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(at, column, value, wrapped)
                else:
                    sheet.write_number(at, column, value, bold)
    book.close()
    with zipfile.ZipFile(box) as parts:
        return {name: parts.read(name) for name in parts.namelist() if name.startswith(("xl/worksheets", "xl/styles"))}


@given(rows=ROWS)
def test_whatever_is_written_the_sheets_are_those_of_the_library(rows):
    assert sheets(RowBook, rows) == sheets(by_the_library, rows)


def test_texts_that_need_escaping_are_escaped_as_the_library_does():
    assert sheets(RowBook, [[text] for text in TOLD]) == sheets(by_the_library, [[text] for text in TOLD])


def test_a_look_that_is_asked_for_again_is_the_same_format():
    book = RowBook(io.BytesIO())
    assert book.add_format({"bold": True, "align": "right"}) is book.add_format({"align": "right", "bold": True})
    assert book.add_format({"bold": True}) is not book.add_format({"italic": True})
    assert book.add_format() is book.add_format()
