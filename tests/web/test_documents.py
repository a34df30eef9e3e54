"""A document: what rests on it, its text where the office gave it, how it is given, and the list of documents."""

import re
from datetime import date
from pathlib import Path

import pytest
from books import pay, report_text
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from duikou.acts.evidence import keep_text
from duikou.records.models import Document

REPORT = "/d/4a0b8e5b/"


def text(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def file(data):
    return {"file": SimpleUploadedFile("report.txt", data, "text/plain")}


@pytest.fixture
def own_folder(programme, settings, tmp_path):
    """A folder that no other test keeps a text in."""
    settings.VAR = tmp_path
    return tmp_path


@pytest.fixture
def officer(own_folder):
    """Someone of the office, who may give a document's text."""
    client = Client()
    client.force_login(get_user_model().objects.get(username="yewu"))
    return client


def kept(folder):
    return list(Path(folder, "documents").glob("*"))


def test_without_its_text_a_document_shows_the_kept_words_and_how_to_complete_it(visitor):
    page = visitor.get(REPORT).content.decode()
    assert "原文未收入，可补" in page
    assert "筹资300万元用于黄南州教育事业发展" in page
    assert "转载件" in page


def test_a_visitor_sees_the_hint_without_the_form(visitor, auditor, officer):
    assert 'type="file"' not in visitor.get(REPORT).content.decode()
    assert 'type="file"' not in auditor.get(REPORT).content.decode()
    assert 'type="file"' in officer.get(REPORT).content.decode()


def test_another_file_is_refused_naming_both_digests_and_nothing_is_kept(officer, own_folder):
    answer = officer.post(REPORT, file("另一份".encode()))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert Document.objects.get(title__contains="情况汇报").digest in page
    assert re.search(r"指纹(?:是)? ?[0-9a-f]{64}", page)
    assert not kept(own_folder)


def test_a_file_over_five_megabytes_is_refused(officer, own_folder):
    answer = officer.post(REPORT, file(b"a" * (5 * 2**20 + 1)))
    assert answer.status_code == 422
    assert "5 MB" in answer.content.decode()
    assert not kept(own_folder)


def test_who_may_not_keep_a_text_keeps_none(auditor, own_folder):
    data = report_text().read_bytes()
    assert auditor.post(REPORT, file(data)).status_code in (403, 422)
    assert not kept(own_folder)


def test_the_right_file_is_kept_and_its_words_stand_marked(officer, own_folder):
    answer = officer.post(REPORT, file(report_text().read_bytes()), follow=True)
    page = answer.content.decode()
    assert "原文已收入" in page
    assert "原文未收入" not in page
    assert re.search(r"<mark[^>]*>筹资300万元用于黄南州教育事业发展</mark>", page)


def test_paragraphs_about_something_else_are_set_aside(visitor, own_folder):
    keep_text(report_text().read_bytes())
    page = visitor.get(REPORT).content.decode()
    aside = page[page.index("<details class=", page.index("<main")) :]
    assert 'id="p22"' in page.partition(aside)[0]
    assert 'id="p23"' in aside
    assert " open" not in aside.partition(">")[0]


def test_a_paragraph_has_its_own_address(visitor):
    assert visitor.get(f"{REPORT}p/20/").status_code == 200
    assert visitor.get(f"{REPORT}p/99/").status_code == 404


def test_a_document_that_no_record_names_is_not_found(visitor):
    assert visitor.get("/d/ffffffff/").status_code == 404


def test_a_voucher_is_a_document_without_a_text(visitor, programme):
    pay(programme, 200 * 10**4, date(2011, 9, 5), "P-7")
    voucher = Document.objects.get(title__contains="P-7")
    page = text(visitor.get(f"/d/{voucher.pk}/").content.decode())
    assert "P-7" in page
    assert "资金" in page
    assert "原文文件" not in page


def test_the_documents_of_a_programme_are_listed_with_grade_and_what_rests_on_them(visitor, programme):
    pay(programme, 200 * 10**4, date(2011, 9, 5), "P-7")
    page = visitor.get("/p/tj-hn/2011/d/").content.decode()
    assert f'href="{REPORT}"' in page
    assert f'href="{REPORT}#keep"' in page
    assert "转载件" in page
    assert "P-7" in page
    assert re.search(r'<td class="n">49\b', page)


def test_another_programme_lists_the_document_its_records_rest_on(visitor):
    assert f'href="{REPORT}"' in visitor.get("/p/bj-ht/2011/d/").content.decode()


def test_who_may_not_give_a_document_is_told_so_before_it_is_read(visitor):
    answer = visitor.post("/d/4a0b8e5b/", {"file": SimpleUploadedFile("a.txt", b"x")})
    assert answer.status_code in (302, 403)
