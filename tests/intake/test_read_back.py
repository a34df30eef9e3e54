"""A paper edited by hand comes back: each figure is found by tag, else bookmark, else the words around it; words are compared."""

import io
import re
import zipfile
from types import SimpleNamespace

import pytest
from books import PERIOD, kept_example
from parts import converted, require

from duikou.intake.read_back import read_back
from duikou.reports.outline import paper
from duikou.reports.word import write_paper
from duikou.rules.problem import Refused
from duikou.snapshot.store import freeze
from duikou.web.outlines.returned import sent_of

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def sent(django_db_setup, django_db_blocker, tmp_path_factory):
    """The example's 情况汇报 as it is sent out, with its file."""
    with kept_example(django_db_blocker, tmp_path_factory.mktemp("back")):
        made = paper(freeze(), "situation", "tj-hn", PERIOD)
        yield SimpleNamespace(paper=made, sent=sent_of(made), file=write_paper(made))


def edited(file, change, name="word/document.xml"):
    """The file with its text changed as somebody would by hand."""
    box = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as old, zipfile.ZipFile(box, "w") as new:
        for entry in old.namelist():
            text = old.read(entry)
            new.writestr(entry, change(text.decode()).encode() if entry == name else text)
    return box.getvalue()


def without_controls(xml):
    return re.sub("<w:sdtPr>.*?</w:sdtPr>|</?w:sdt>|</?w:sdtContent>", "", xml)


def without_bookmarks(xml):
    return re.sub("<w:bookmark(Start|End)[^>]*>", "", xml)


def without_both(xml):
    return without_bookmarks(without_controls(xml))


def changed(read):
    return [(one.printed.text, one.now, one.how) for one in read.figures if one.changed]


WAYS = [
    (lambda xml: xml, "tag"), (without_controls, "bookmark"), (without_bookmarks, "tag"), (without_both, "text"),
]  # fmt: skip
IDS = ["as it was", "no controls", "no bookmarks", "neither"]


@pytest.mark.parametrize(("strip", "how"), WAYS, ids=IDS)
def test_a_paper_that_nobody_edited_comes_back_whole(sent, strip, how):
    read = read_back("汇报.docx", edited(sent.file, strip), sent.sent)
    assert {one.how for one in read.figures} == {how}
    assert len(read.figures) == 20 + 5 + 21  # counted by hand: in the sentences, beside the bars, in the table
    assert (changed(read), read.words) == ([], ())
    assert read.number == sent.paper.number


@pytest.mark.parametrize(("strip", "how"), WAYS, ids=IDS)
@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("1000万元", "1500万元"),
        ("近6亿元", "6亿元"),
        ("45名", "约45名"),
        ("20多所", "30余所"),
        ("可达7.2万吨", "8万吨"),
        ("490万元", "一千万元"),
    ],
)
def test_a_number_changed_by_hand_is_found_every_way(sent, strip, how, was, now):
    file = edited(sent.file, lambda xml: strip(xml.replace(f">{was}<", f">{now}<", 1)))
    read = read_back("汇报.docx", file, sent.sent)
    assert changed(read) == [(was, now, how)]
    assert read.words == ()


@pytest.mark.parametrize(("strip", "how"), WAYS, ids=IDS)
def test_a_sentence_changed_in_words_keeps_its_number(sent, strip, how):
    change = {"调研期间召开座谈会": "这次调研一共开了座谈会"}
    read = read_back("汇报.docx", edited(sent.file, lambda xml: strip(replaced(xml, change))), sent.sent)
    assert changed(read) == []
    (words,) = read.words
    assert (words.what, words.was, words.now) == ("changed", "调研期间召开座谈会5次。", "这次调研一共开了座谈会5次。")
    assert words.masked == "这次调研一共开了座谈会■。"


def replaced(xml, change):
    for old, new in change.items():
        assert old in xml
        xml = xml.replace(old, new)
    return xml


@pytest.mark.parametrize("strip", [lambda xml: xml, without_both], ids=["as it was", "neither"])
def test_a_deleted_sentence_takes_its_figure_with_it(sent, strip):
    def delete(xml):
        return re.sub(
            "借鉴</w:t></w:r>.*?对口援藏工作的做法，并同当地条件结合起来。", "</w:t></w:r><w:r><w:t>", xml, count=1
        )

    read = read_back("汇报.docx", edited(sent.file, lambda xml: strip(delete(xml))), sent.sent)
    assert [(text, how) for text, _, how in changed(read)] == [("17年", "lost")]
    (words,) = read.words
    assert (words.what, words.was) == ("deleted", "借鉴17年对口援藏工作的做法，并同当地条件结合起来。")


def test_a_sentence_that_was_moved_is_told_from_one_that_is_gone(sent):
    one = "《合作交流框架协议》明确，以干部支援为纽带，把滨海新区的开发开放优势和黄南州的资源优势结合起来。"

    def move(xml):
        return xml.replace(one, "").replace("有章可循。", f"有章可循。{one}")

    read = read_back("汇报.docx", edited(sent.file, move), sent.sent)
    assert [(words.what, words.was) for words in read.words] == [("moved", one)]


def test_a_sentence_that_was_added_is_named(sent):
    file = edited(sent.file, lambda xml: xml.replace("有章可循。", "有章可循。各县也成立了相应机构。"))
    (words,) = read_back("汇报.docx", file, sent.sent).words
    assert (words.what, words.now) == ("added", "各县也成立了相应机构。")


@pytest.mark.paper
@pytest.mark.parametrize("plain", [False, True], ids=["with controls", "plain"])
def test_a_paper_saved_by_libreoffice_comes_back_with_every_figure(sent, tmp_path, plain):
    require("libreoffice")
    (tmp_path / "in").mkdir()
    path = tmp_path / "in" / "a.docx"
    path.write_bytes(write_paper(sent.paper, plain=plain))
    path.write_bytes(edited(path.read_bytes(), lambda xml: xml.replace(">1000万元<", ">1100万元<", 1)))
    out = converted(path, "docx", tmp_path / "out")
    read = read_back("a.docx", out.read_bytes(), sent.sent)
    assert [(was, now) for was, now, _ in changed(read)] == [("1000万元", "1100万元")]
    assert "lost" not in {one.how for one in read.figures}
    assert read.words == ()
    assert read.number == sent.paper.number


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("老.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧版 Word 文件"),
        ("坏.docx", b"PK\3\4 no directory", "损坏"),
        ("空.docx", b"", ""),
    ],
)
def test_what_is_no_word_file_is_refused_with_what_to_do(sent, name, data, said):
    with pytest.raises(Refused, match=said) as refused:
        read_back(name, data, sent.sent)
    assert all(problem.remedy for problem in refused.value.problems)


def test_a_paper_cut_short_in_the_zip_is_refused(sent):
    with pytest.raises(Refused):
        read_back("断.docx", sent.file[: len(sent.file) // 2], sent.sent)


def test_another_paper_is_not_taken_for_this_one(sent):
    import docx

    other = docx.Document()
    for text in ("会议通知", "定于星期五上午召开全体会议，请准时参加。", "办公室"):
        other.add_paragraph(text)
    box = io.BytesIO()
    other.save(box)
    with pytest.raises(Refused, match="没有本账的数字标记，文字也对不上"):
        read_back("通知.docx", box.getvalue(), sent.sent)
