"""Papers to take away: the right kind and name of file, the same bytes each time, what is not there."""

import io
import zipfile
from urllib.parse import quote

import pytest
from books import PERIOD
from python_calamine import CalamineWorkbook

TABLE = f"/p/tj-hn/t/overview/{PERIOD}.xlsx"
REPORT = f"/p/tj-hn/reports/situation/{PERIOD}.docx"
KIND = "application/vnd.openxmlformats-officedocument."


def document(answer):
    return zipfile.ZipFile(io.BytesIO(answer.content)).read("word/document.xml").decode()


@pytest.mark.parametrize(
    ("address", "kind", "name"),
    [
        (
            TABLE,
            f"{KIND}spreadsheetml.sheet",
            "天津市对口支援青海省黄南藏族自治州情况统计表（2010年8月—2011年8月）.xlsx",
        ),
        (REPORT, f"{KIND}wordprocessingml.document", "关于天津市对口支援青海省黄南藏族自治州工作的情况汇报.docx"),
    ],
)
def test_a_paper_is_a_file_of_its_kind_under_its_title(visitor, address, kind, name):
    answer = visitor.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == kind
    assert answer["Content-Disposition"] == f"attachment; filename*=UTF-8''{quote(name)}"


@pytest.mark.parametrize("address", [TABLE, REPORT, f"{REPORT}?plain"])
def test_the_same_paper_of_the_same_book_is_the_same_bytes(visitor, address):
    assert visitor.get(address).content == visitor.get(address).content


def test_the_workbook_holds_the_numbers_of_the_page(visitor):
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(visitor.get(TABLE).content))
    cells = [cell for name in sheets.sheet_names for row in sheets.get_sheet_by_name(name).to_python() for cell in row]
    assert "先期启动对口支援资金（已落实）" in cells
    assert 2000.0 in cells
    assert "近百" in cells


def test_a_plain_report_has_the_same_words_without_controls(visitor):
    marked, plain = document(visitor.get(REPORT)), document(visitor.get(f"{REPORT}?plain"))
    assert "<w:sdt>" in marked
    assert "<w:sdt>" not in plain
    assert "2000万元" in plain
    assert plain.count("<w:bookmarkStart ") == marked.count("<w:bookmarkStart ") > 0


@pytest.mark.parametrize(
    "address",
    [
        f"/p/tj-hn/t/unknown/{PERIOD}.xlsx", f"/p/nobody/t/overview/{PERIOD}.xlsx", "/p/tj-hn/t/overview/20x1.xlsx",
        f"/p/tj-hn/reports/unknown/{PERIOD}.docx", f"/p/nobody/reports/situation/{PERIOD}.docx",
        "/p/tj-hn/reports/situation/20x1.docx",
    ],
)  # fmt: skip
def test_an_unknown_table_outline_programme_or_period_is_not_found(visitor, address):
    assert visitor.get(address).status_code == 404


@pytest.mark.parametrize("code", ["sh-ks", "bj-ht"])
def test_a_programme_with_little_has_its_papers_too(visitor, code):
    assert visitor.get(f"/p/{code}/t/overview/{PERIOD}.xlsx").status_code == 200
    assert visitor.get(f"/p/{code}/reports/situation/{PERIOD}.docx").status_code == 200


@pytest.mark.parametrize("address", ["", "t/overview/", "t/overview/{}.xlsx", "reports/situation/{}.docx"])
def test_a_period_too_long_for_the_name_of_a_figure_is_not_found(visitor, address):
    period = "2010-08-02..2011-08-30"
    said = address.format(period) if "{}" in address else f"{address}{period}/"
    assert visitor.get(f"/p/tj-hn/{said}").status_code == 404
