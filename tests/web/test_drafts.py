"""The page of draft checking: who may, what it answers, what may be taken away, and that nothing of it is kept."""

import base64
import io
import json
import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from books import PERIOD, signed_in
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from duikou.records.models import JournalLine
from duikou.reports.commented import plain_document
from duikou.snapshot.store import freeze
from duikou.web.drafts.answering import answered

HERE = f"/p/tj-hn/{PERIOD}/reports/check/"
TEXT = "已落实对口支援资金2500万元，拨付1000万元。全市新增绿地300亩。"


@pytest.fixture
def officer(programme):
    return signed_in("yewu")


def said(answer):
    return re.sub(r"<[^>]+>", "", answer.content.decode())


def test_a_pasted_text_is_answered_number_by_number(officer):
    answer = officer.post(HERE, {"text": TEXT})
    words = said(answer)
    assert answer.status_code == 200
    assert "文中 3 个数，读出 3 个：证实 1 个，不符 1 个，账上没有 1 个。" in words
    assert "文中比账上多500万元。" in words
    assert f"/f/funds.secured:tj-hn.{PERIOD}@" in answer.content.decode()


def test_the_page_says_that_nothing_is_changed_or_kept_and_it_is_so(officer):
    lines = JournalLine.objects.count()
    files = {path for path in Path(settings.VAR).rglob("*") if path.is_file()}
    assert "账本不改，文稿不留。" in said(officer.get(HERE))
    officer.post(HERE, {"file": SimpleUploadedFile("稿.txt", TEXT.encode())})
    assert JournalLine.objects.count() == lines
    assert {path for path in Path(settings.VAR).rglob("*") if path.is_file()} == files


def test_the_draft_is_given_back_with_comments_and_a_list(officer):
    draft = plain_document([TEXT], "稿", datetime(2026, 1, 2, tzinfo=UTC))
    page = officer.post(HERE, {"file": SimpleUploadedFile("稿.docx", draft)}).content.decode()
    files = [base64.b64decode(data) for data in re.findall(r'href="data:[^"]*base64,([^"]*)"', page)]
    with zipfile.ZipFile(io.BytesIO(files[0])) as archive:
        comments = archive.read("word/comments_dk.xml").decode()
    assert comments.count("<w:comment ") == 4
    assert comments.index("核对结果") < comments.index("“2500万元”不符")
    taken = officer.post(HERE, {"file": SimpleUploadedFile("稿.docx", draft), "take": "comments"})
    assert taken.content == files[0]
    assert "attachment" in taken["Content-Disposition"]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("稿.docx", b"PK\3\4" + bytes(40), "稿.docx"),
        ("稿.pdf", b"%PDF-1.4 nothing", "稿.pdf"),
        ("图.png", b"\x89PNG\r\n\x1a\n" + bytes(30), "PNG"),
        ("空.txt", b"", "空文件"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(officer, name, content, words):
    answer = officer.post(HERE, {"file": SimpleUploadedFile(name, content or b" ")})
    assert answer.status_code == 422
    assert words in said(answer) or "没有文字" in said(answer)


def test_a_word_file_that_hides_another_is_refused(officer):
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<!DOCTYPE x [<!ENTITY a 'b'>]><Types/>")
        archive.writestr("word/document.xml", "<x/>")
    answer = officer.post(HERE, {"file": SimpleUploadedFile("稿.docx", box.getvalue())})
    assert answer.status_code == 422
    assert "DOCTYPE" in said(answer)


def test_nothing_chosen_is_asked_for(officer):
    answer = officer.post(HERE, {})
    assert answer.status_code == 422
    assert "没有选文件，也没有贴文字" in said(answer)


def test_it_is_for_those_who_see_figures_inside(programme):
    assert Client().get(HERE).status_code == 404
    assert signed_in("tongren").get(HERE).status_code == 404
    for account in ("yewu", "caiwu", "lingdao", "shenji"):
        assert signed_in(account).get(HERE).status_code == 200


def test_it_is_in_english_too(officer):
    words = said(officer.post(f"/en{HERE}", {"text": TEXT}))
    assert "Check a draft" in words
    assert "contradicted" in words


def test_the_same_draft_on_the_same_book_gives_the_same_file(officer):
    one, other = (answered("稿.txt", TEXT.encode(), freeze(), "tj-hn", None).given.data for _ in range(2))
    assert one == other


def test_the_command_says_the_same_and_writes_the_copy(programme, tmp_path, capsys):
    draft, copy = tmp_path / "稿.txt", tmp_path / "out" / "稿.docx"
    draft.write_text(TEXT, "utf-8")
    call_command("check_draft", str(draft), programme="tj-hn", period=PERIOD, out=copy)
    said_ = capsys.readouterr().out
    assert "文中 3 个数，读出 3 个：证实 1 个，不符 1 个，账上没有 1 个。" in said_
    assert "第1段　2500万元　不符" in said_
    assert zipfile.is_zipfile(copy)
    call_command("check_draft", str(draft), programme="tj-hn", period=PERIOD, json=True)
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(row["text"], row["verdict"]) for row in rows] == [
        ("2500万元", "contradicted"), ("1000万元", "confirmed"), ("300亩", "uncovered"),
    ]  # fmt: skip


def test_the_command_refuses_a_file_that_it_cannot_read(programme, tmp_path):
    draft = tmp_path / "稿.docx"
    draft.write_bytes(b"PK\3\4" + bytes(40))
    with pytest.raises(CommandError, match=r"稿\.docx"):
        call_command("check_draft", str(draft), programme="tj-hn")
    with pytest.raises(FileNotFoundError):  # which `duikou` says in words, of whatever command
        call_command("check_draft", str(tmp_path / "没有.docx"), programme="tj-hn")
