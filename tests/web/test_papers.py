"""Papers to take away: the right kind and name of file, the same bytes each time, what is not there."""

import io
import zipfile
from urllib.parse import quote

import pytest
from books import PERIOD
from python_calamine import CalamineWorkbook

TABLE = f"/p/tj-hn/{PERIOD}/t/overview.xlsx"
REPORT = f"/p/tj-hn/{PERIOD}/reports/situation.docx"
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
def test_a_paper_is_a_file_of_its_kind_under_its_title(officer, address, kind, name):
    answer = officer.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == kind
    assert answer["Content-Disposition"] == f"attachment; filename*=UTF-8''{quote(name)}"


@pytest.mark.parametrize("address", [TABLE, REPORT, f"{REPORT}?plain"])
def test_the_same_paper_of_the_same_book_is_the_same_bytes(officer, address):
    assert officer.get(address).content == officer.get(address).content


def test_the_workbook_holds_the_numbers_of_the_page(visitor):
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(visitor.get(TABLE).content))
    cells = [cell for name in sheets.sheet_names for row in sheets.get_sheet_by_name(name).to_python() for cell in row]
    assert "先期启动对口支援资金（已落实）" in cells
    assert 2000.0 in cells
    assert "近百" in cells


def test_a_plain_report_has_the_same_words_without_controls(officer):
    marked, plain = document(officer.get(REPORT)), document(officer.get(f"{REPORT}?plain"))
    assert "<w:sdt>" in marked
    assert "<w:sdt>" not in plain
    assert "2000万元" in plain
    assert plain.count("<w:bookmarkStart ") == marked.count("<w:bookmarkStart ") > 0


@pytest.mark.parametrize(
    "address",
    [
        f"/p/tj-hn/{PERIOD}/t/unknown.xlsx", f"/p/nobody/{PERIOD}/t/overview.xlsx", "/p/tj-hn/20x1/t/overview.xlsx",
        f"/p/tj-hn/{PERIOD}/reports/unknown.docx", f"/p/nobody/{PERIOD}/reports/situation.docx",
        "/p/tj-hn/20x1/reports/situation.docx",
    ],
)  # fmt: skip
def test_an_unknown_table_outline_programme_or_period_is_not_found(officer, address):
    assert officer.get(address).status_code == 404


@pytest.mark.parametrize("code", ["sh-ks", "bj-ht"])
def test_a_programme_with_little_has_its_papers_too(everywhere_officer, code):
    assert everywhere_officer.get(f"/p/{code}/{PERIOD}/t/overview.xlsx").status_code == 200
    assert everywhere_officer.get(f"/p/{code}/{PERIOD}/reports/situation.docx").status_code == 200


@pytest.mark.parametrize("address", ["", "t/overview/", "t/overview.xlsx", "reports/situation.docx"])
def test_a_period_too_long_for_the_name_of_a_figure_is_not_found(officer, address):
    assert officer.get(f"/p/tj-hn/2010-08-02..2011-08-30/{address}").status_code == 404
