"""Cells that a program would calculate: told when they come in, written so that they stay texts."""

import re
from pathlib import Path

import pytest
from intake.files import MOMENT, parts_of

from duikou.intake import upload
from duikou.intake.upload import csv_rows, examine, formula_cells
from duikou.reports.excel import Row, Table, write_table
from duikou.rules.cells import begins_formula, harmless


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("=1+1", True), ("+cmd|' /C calc'!A0", True), ("-2+3", True), ("@SUM(1)", True), ("\t=1", True), ("\r=1", True),
        (" =1", True), ("\ufeff=1", True), ("＝1＋1", True), ("=", True),
        ("-5", False), ("+12,500.00", False), ("-50.0%", False), ("-", False), ("--", False), ("−5", False), ("1=1", False),
        ("市工商联", False), ("", False),
    ],
)  # fmt: skip
def test_a_text_that_would_be_calculated_is_told_and_written_behind_an_apostrophe(text, begins):
    assert begins_formula(text) is begins
    assert harmless(text) == (f"'{text}" if begins else text)
    assert formula_cells([["a", "b"], ["c", text]]) == (["B2"] if begins else [])


def test_a_number_is_written_as_it_is():
    assert [harmless(n) for n in (-5, None, 1.5)] == [-5, None, 1.5]


def test_the_formula_cells_of_a_table_are_told_and_kept_as_text():
    found = examine("表.csv", "单位,数\n=1+1,-5\n@a,+1-1\n".encode())
    assert found.kind == "csv"
    (asked,) = found.asked
    assert asked.weight == "asks"
    assert str(asked).startswith("表.csv：像公式的单元格按文字收（upload.8）。现为A2、A3、B3 以 = + - @ 或制表符开头")
    assert csv_rows(found.text)[1] == ["=1+1", "-5"]


def test_the_columns_of_a_wide_table_are_named_as_programs_name_them():
    assert formula_cells([["=1"] * 704])[25:28] == ["Z1", "AA1", "AB1"]
    assert formula_cells([["=1"] * 704])[-3:] == ["ZZ1", "AAA1", "AAB1"]


def test_nothing_in_a_workbook_that_we_write_is_a_formula():
    plain = Table(
        title="=1+1", office="=1+1", period="=1+1", version="=1+1", code="=1+1",
        rows=(Row("=1+1", "=1", 1, "=1+1", "=1", "=1", "=1", "=1", "=1", figure="=1"),), notes=("=1+1",),
        checks=(("=1", "=1", "=1"),), unit_note="=1+1", rounding_note="=1", changes_note="=1", head="=1+1",
        head_full="=1+1", made_at=MOMENT, sources=(("=1", "=1", "=1", "=1"),),
    )  # fmt: skip
    sheets = {name: data for name, data in parts_of(write_table(plain)).items() if "worksheets" in name}
    assert sheets
    assert not [name for name, data in sheets.items() if b"<f>" in data or b"<f " in data]


def test_every_writer_of_tables_asks_for_texts_that_stay_texts():
    source = Path(upload.__file__).parents[1]
    texts = {path.relative_to(source).as_posix(): path.read_text("utf-8") for path in source.rglob("*.py")}
    books = [call for text in texts.values() for call in re.findall(r"xlsxwriter\.Workbook\([^{)]*\{?[^})]*", text)]
    assert books
    assert [call for call in books if '"strings_to_formulas": False' not in call] == []
    writers = {name for name, text in texts.items() if re.search(r"csv\.(Dict)?[wW]riter\(", text)}
    assert writers == {
        "web/listing/files.py",
        "reports/bank.py",
        "reports/whole.py",
        "intake/areas.py",
    }  # the last two for programs: every cell has its form, and is read back
    assert all("harmless(cell) for cell in" in texts[name] for name in ("web/listing/files.py", "reports/bank.py"))
