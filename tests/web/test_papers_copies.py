"""The copies of a report that can be taken away: both forms, plain, review, evidence, PDF, and the page that lists them."""

import io
import zipfile

import pytest
from books import PERIOD
from pypdf import PdfReader

HERE = f"/p/tj-hn/{PERIOD}/reports/situation"
UPWARD = "?form=upward&addressee=领导小组&code=津合〔2011〕1号&copies=甲局、乙局"


def document(answer, part="document"):
    return zipfile.ZipFile(io.BytesIO(answer.content)).read(f"word/{part}.xml").decode()


def test_the_upward_report_has_its_heading_and_is_a_draft(officer):
    answer = officer.get(f"{HERE}.docx{UPWARD}")
    text = document(answer)
    assert all(
        word in text
        for word in ("津合〔2011〕1号", "领导小组：", "抄送：", "甲局，乙局。", "天津市人民政府合作交流办公室")
    )
    assert "草稿" in document(answer, "header1")
    assert "负责人" not in text.partition("主送")[0].partition("签发人")[0]


def test_the_pdf_says_what_the_word_file_says(officer):
    answer = officer.get(f"{HERE}.pdf{UPWARD}")
    assert answer["Content-Type"] == "application/pdf"
    text = "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages).split())
    assert "津合〔2011〕1号" in text
    assert "1000万元已拨付到位" in text


def test_the_review_copy_has_as_many_comments_as_figures(officer):
    answer = officer.get(f"{HERE}/review.docx")
    assert document(answer, "comments").count("<w:comment ") == document(answer).count("<w:sdt>") == 46


def test_the_evidence_sheet_is_a_workbook(officer):
    answer = officer.get(f"{HERE}/evidence.xlsx")
    assert answer.status_code == 200
    assert b"xl/worksheets/sheet1.xml" in answer.content


@pytest.mark.parametrize("copy", [f"{HERE}.docx", f"{HERE}.pdf", f"{HERE}/review.docx"])
def test_an_upward_report_to_nobody_is_not_written_and_the_page_says_what_is_lacking(officer, copy):
    answer = officer.get(f"{copy}?form=upward")
    assert answer.status_code == 400
    assert "缺主送机关" in answer.content.decode()


def test_the_page_offers_every_copy_in_the_form_that_is_asked(officer):
    page = officer.get(f"{HERE}/files/{UPWARD}").content.decode()
    for copy in (".docx?", ".pdf?", "/review.docx?", "/evidence.xlsx"):
        assert f"{HERE}{copy}" in page
    assert "form=upward&amp;addressee=%E9%A2%86" in page


def test_the_checks_are_run_where_they_are_asked_for(officer):
    assert "七项检查全部通过" not in officer.get(f"{HERE}/files/").content.decode()
    assert "七项检查全部通过" in officer.get(f"{HERE}/files/?check").content.decode()


def test_a_heading_with_marks_of_html_is_text(officer):
    page = officer.get(f"{HERE}/files/?form=upward&addressee=<b>甲</b>").content.decode()
    assert "<b>甲" not in page
    assert "&lt;b&gt;甲" in page


@pytest.mark.parametrize("copy", [".pdf", "/review.docx", "/evidence.xlsx", "/files/"])
def test_who_makes_no_papers_is_shown_the_way_to_the_sign_in(visitor, copy):
    assert visitor.get(f"{HERE}{copy}").status_code in (302, 403)


@pytest.mark.parametrize("copy", [".docx", ".pdf", "/review.docx", "/evidence.xlsx", "/files/"])
def test_an_outline_that_is_not_there_is_not_found(officer, copy):
    assert officer.get(f"/p/tj-hn/{PERIOD}/reports/nothing{copy}").status_code == 404


def test_the_overview_leads_to_the_copies(officer):
    assert f'href="{HERE}/files/"' in officer.get(f"/p/tj-hn/{PERIOD}/").content.decode()


def test_the_page_answers_in_english(officer):
    page = officer.get(f"/en{HERE}/files/").content.decode()
    assert "Acceptance checks" in page
    assert "Review copy (Word)" in page
