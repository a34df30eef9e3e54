"""A draft with comments: each at its words, everything else of the file as it was."""

import io
import zipfile
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest

from duikou.intake.prose.text import paragraphs
from duikou.reports.commented import Remark, checklist, commented, plain_document

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
AT = datetime(2026, 1, 2, tzinfo=UTC)


def with_body(body):
    """A Word file of ours whose text is replaced."""
    made = plain_document(["一"], "文稿", AT)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["word/document.xml"] = f"<w:document {SPACE}><w:body>{body}</w:body></w:document>".encode()
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return box.getvalue()


def parts_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def marked(data):
    """The words inside each comment's range, and the comments' own lines."""
    parts, open_ranges, found = parts_of(data), {}, {}
    for node in ElementTree.fromstring(parts["word/document.xml"]).iter():
        number = node.get(f"{W}id")
        if node.tag == f"{W}commentRangeStart":
            open_ranges[number] = ""
        elif node.tag == f"{W}commentRangeEnd":
            found[number] = open_ranges.pop(number)
        elif node.tag == f"{W}t":
            open_ranges = {n: words + (node.text or "") for n, words in open_ranges.items()}
    assert not open_ranges
    said = {}
    for name, part in parts.items():
        if "comments" in name and name.endswith(".xml"):
            for one in ElementTree.fromstring(part):
                said[one.get(f"{W}id")] = ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in one.iter(f"{W}p")]
    return found, said


def words_of(data):
    root = ElementTree.fromstring(parts_of(data)["word/document.xml"])
    return "".join(node.text or "" for node in root.iter(f"{W}t"))


BODIES = {
    "one run": "<w:p><w:r><w:t>已落实资金2000万元，拨付1000万元。</w:t></w:r></w:p>",
    "a number in two runs": "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>已落实资金20</w:t></w:r><w:r><w:t>00万元，拨付1000万元。</w:t></w:r></w:p>",
    "a number at the begin and at the end": "<w:p><w:r><w:t>2000万元</w:t></w:r><w:r><w:t>已落实，拨付1000万元</w:t></w:r></w:p>",
    "a line break in a run": "<w:p><w:r><w:t>落实2000万元</w:t><w:br/><w:t>拨付1000万元</w:t></w:r></w:p>",
    "signs that XML writes otherwise": "<w:p><w:r><w:t>A&amp;B &lt;落实&gt; 2000万元，拨付1000万元</w:t></w:r></w:p>",
    "inserted and deleted words": '<w:p><w:r><w:t>落实</w:t></w:r><w:del w:id="9" w:author="x"><w:r><w:delText>300万元</w:delText></w:r></w:del>'
    '<w:ins w:id="8" w:author="x"><w:r><w:t>2000万元</w:t></w:r></w:ins><w:r><w:t>，拨付1000万元</w:t></w:r></w:p>',
    "properties that were changed": '<w:p><w:r><w:rPr><w:b/><w:rPrChange w:id="7" w:author="x"><w:rPr><w:i/></w:rPr></w:rPrChange></w:rPr>'
    "<w:t>落实2000万元，拨付1000万元</w:t></w:r></w:p>",
    "cells of a table": "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>落实2000万元</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>拨付1000万元</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
}  # fmt: skip


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_a_comment_stands_at_exactly_its_words(body):
    draft = with_body(body)
    texts = paragraphs("x.docx", draft).paragraphs
    remarks = [
        Remark(at, text.index(words), text.index(words) + len(words), (f"批注{words}", "第二行"))
        for at, text in enumerate(texts, 1)
        for words in ("2000万元", "1000万元")
        if words in text
    ]
    given = commented(draft, texts, remarks, AT)
    ranges, said = marked(given.data)
    assert given.left == ()
    assert sorted(ranges.values()) == ["1000万元", "2000万元"]
    assert {ranges[n]: lines for n, lines in said.items()} == {w: [f"批注{w}", "第二行"] for w in ranges.values()}
    assert words_of(given.data) == words_of(draft)
    assert paragraphs("y.docx", given.data).paragraphs == texts


def test_everything_else_of_the_file_is_byte_for_byte_as_it_was():
    draft = with_body(BODIES["one run"])
    texts = paragraphs("x.docx", draft).paragraphs
    given = commented(draft, texts, [Remark(1, 5, 11, ("好",))], AT)
    before, after = parts_of(draft), parts_of(given.data)
    changed = {name for name in after if before.get(name) != after[name]}
    assert changed == {
        "word/document.xml",
        "word/_rels/document.xml.rels",
        "[Content_Types].xml",
        "word/comments_dk.xml",
    }
    assert set(before) <= set(after)
    assert commented(draft, texts, [Remark(1, 5, 11, ("好",))], AT).data == given.data


def test_comments_that_are_there_already_stay_and_ours_come_after_them():
    draft = with_body(BODIES["one run"])
    texts = paragraphs("x.docx", draft).paragraphs
    once = commented(draft, texts, [Remark(1, 5, 11, ("先",))], AT).data
    twice = commented(once, texts, [Remark(1, 14, 20, ("后",))], AT).data
    ranges, said = marked(twice)
    assert ranges == {"0": "2000万元", "1": "1000万元"}
    assert said == {"0": ["先"], "1": ["后"]}


def test_two_comments_may_stand_at_the_same_words():
    draft = with_body(BODIES["one run"])
    texts = paragraphs("x.docx", draft).paragraphs
    given = commented(draft, texts, [Remark(1, 0, 11, ("总",)), Remark(1, 5, 11, ("数",))], AT)
    assert sorted(marked(given.data)[0].values()) == ["2000万元", "已落实资金2000万元"]


def test_a_remark_without_a_place_is_told_and_harms_nothing():
    draft = with_body(BODIES["one run"])
    given = commented(draft, ["另一份文稿里的话100万元"], [Remark(1, 7, 12, ("无处",))], AT)
    assert (given.data, len(given.left)) == (draft, 1)


def test_a_text_becomes_a_word_file_with_the_same_paragraphs():
    texts = ("一、资金", "已落实2000万元。", "名称\t万元\t300")
    assert paragraphs("x.docx", plain_document(texts, "文稿", AT)).paragraphs == texts


def test_the_list_begins_with_the_summary_and_tells_each_number_in_a_line():
    made = checklist(
        "文稿核对清单",
        ["文中 1 个数，读出 1 个：证实 1 个。"],
        [["1", "2000万元", "证实：相等", "账上：2000万元", "依据"]],
        AT,
    )
    found = paragraphs("x.docx", made).paragraphs
    assert found == (
        "文稿核对清单", "文中 1 个数，读出 1 个：证实 1 个。", "段\t文中\t判定\t账上\t说明", "1\t2000万元\t证实：相等\t账上：2000万元\t依据",
    )  # fmt: skip
