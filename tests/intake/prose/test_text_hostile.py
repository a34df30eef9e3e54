"""Whatever is in a file: its paragraphs, or one clear sentence. DUIKOU_PROVE=1 tries very many more."""

import os
import struct
import zlib
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from intake.files import MOMENT, packed, parts_of
from intake.prose.text_files import REPORT, docx, word97, xml_of
from parts import require

from duikou.intake.prose.text import Text, paragraphs
from duikou.reports.pdf import write_pdf
from duikou.reports.word import Paper, Paragraph

MANY = 3000 if os.environ.get("DUIKOU_PROVE") else 25
TEXT = "\n".join(REPORT)


@cache
def pdf():
    require("fonts")
    body = tuple(Paragraph((line,)) for line in REPORT)
    return write_pdf(Paper(title="报告", office="对口支援办", day=MOMENT.date(), salutation="", body=body, head="账首", head_full="账首", made_at=MOMENT, number="P7K3M9QX"))  # fmt: skip


FILES = {
    "utf8.txt": TEXT.encode,
    "gb.txt": lambda: TEXT.encode("gb18030"),
    "utf16.txt": lambda: TEXT.encode("utf-16"),
    "a.html": f"<html><body><p>{TEXT}</p><table><tr><td>1</td></tr></table></body></html>".encode,
    "a.docx": lambda: docx(xml_of(REPORT)),
    "a.doc": lambda: word97([("\r".join(REPORT[:3]), False, 0)]),
    "a.pdf": pdf,
}


def tried(name, content):
    """The paragraphs, each of which says something on its line, or what is said of the file."""
    try:
        found = paragraphs(name, content)
    except ValueError as error:
        found = str(error)
    if isinstance(found, str):
        assert found.startswith(f"{name}：")
        assert "应为" in found
        return found
    assert found.paragraphs
    assert all(text.strip() and text.strip("\n") == text for text in found.paragraphs)
    assert len(found.kinds) == len(found.pages) == len(found.paragraphs)
    return found


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_was_cut_off_is_read_or_refused(name):
    content = FILES[name]()
    assert isinstance(tried(name, content), Text)
    for tenth in range(10):
        tried(name, content[: len(content) * tenth // 10])


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=MANY)
@given(data=st.data())
def test_a_file_with_bytes_changed_is_read_or_refused(name, data):
    content = bytearray(FILES[name]())
    places = st.tuples(st.integers(0, len(content) - 1), st.integers(0, 255))
    for at, byte in data.draw(st.lists(places, min_size=1, max_size=20)):
        content[at] = byte
    tried(name, bytes(content))


@settings(max_examples=MANY)
@given(
    begins=st.sampled_from(
        (b"", b"PK\3\4", b"%PDF-1.7\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<html>", b"\xff\xfe")
    ),
    rest=st.binary(max_size=3000),
)
def test_any_bytes_are_read_or_refused(begins, rest):
    tried("a.bin", begins + rest)


@settings(max_examples=MANY)
@given(
    st.lists(
        st.sampled_from(
            (
                "<w:p>",
                "</w:p>",
                "<w:tbl>",
                "</w:tbl>",
                "<w:tr>",
                "</w:tr>",
                "<w:tc>",
                "</w:tc>",
                "<w:r><w:t>字</w:t></w:r>",
                "<w:txbxContent>",
                "</w:txbxContent>",
                '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
                '<w:fldChar w:fldCharType="end"/>',
                "<w:sdt/>",
                "<w:del/>",
            )
        ),
        max_size=30,
    )
)
def test_any_order_of_elements_is_read_or_refused(elements):
    tried("a.docx", docx("".join(elements)))


@settings(max_examples=MANY)
@given(st.text(alphabet="字\r\x07\x13\x14\x15\x0c\x0b", max_size=60), st.integers(0, 0xFFFF))
def test_any_order_of_signs_in_an_old_file_is_read_or_refused(words, mark):
    tried("a.doc", word97([(words, False, mark)]))


@settings(max_examples=MANY)
@given(
    st.lists(
        st.sampled_from(
            (
                "<p>",
                "</p>",
                "<table>",
                "</table>",
                "<tr>",
                "<td>",
                "</td>",
                "</tr>",
                "<br>",
                "字 ",
                "\n",
                "<script>",
                "</script>",
                "<li>",
                "&amp;",
                "<!--",
                "-->",
                "<h1>",
            )
        ),
        max_size=40,
    )
)
def test_any_order_of_tags_is_read_or_refused(tags):
    tried("a.html", ("<html>" + "".join(tags)).encode())


# ---- made to exhaust -------------------------------------------------------------------------------------------------

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def laughing(part):
    """The Word file with entities in a part that multiply a billion times."""
    made = parts_of(docx(xml_of(["字"])))
    told = f'<!DOCTYPE a [<!ENTITY l0 "lol">{LAUGHS}]>'.encode()
    return packed({**made, part: told + made[part].replace("字".encode(), b"&l9;")}.items())


@pytest.mark.parametrize("part", ["word/document.xml", "_rels/.rels", "[Content_Types].xml"])
def test_entities_that_multiply_are_refused(part):
    assert "DOCTYPE" in tried("a.docx", laughing(part))


def test_entities_in_a_page_do_not_multiply():
    found = tried("a.html", f'<!DOCTYPE html [<!ENTITY l0 "lol">{LAUGHS}]><p>资金&l9;</p>'.encode())
    assert len("".join(found.paragraphs if isinstance(found, Text) else found)) < 2000


def test_a_file_that_unpacks_to_very_much_is_refused():
    assert "200 倍" in tried("a.docx", docx(xml_of(["字"]), more=[("word/a.bmp", bytes(2**24))]))


def test_a_page_of_a_pdf_that_unpacks_to_very_much_is_refused():
    content = zlib.compress(b"BT (a) Tj ET" + b" " * 2**27)
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
    ]
    parts.append(b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(content), content))
    body = b"".join(b"%d 0 obj%sendobj\n" % (number, part) for number, part in enumerate(parts, 1))
    assert "PDF 读不到头" in tried("a.pdf", b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R>>\n%%EOF")


@pytest.mark.parametrize(
    "line",
    [b"1" * 10**7, "资金2000万元，".encode() * 500_000, b" " * 10**7 + b"1", b"(" * 10**7],
    ids=["digits", "words", "blanks", "brackets"],
)
def test_a_line_of_ten_megabytes_is_read(line):
    assert tried("a.txt", line).paragraphs == (line.decode(),)


@pytest.mark.parametrize("name", ["a.txt", "a.html"])
def test_more_paragraphs_than_any_report_has_are_refused(name):
    begins = b"<pre>" if name == "a.html" else b""
    assert "至多 20 万段" in tried(name, begins + b"a<br>\n" * 200_001)


def test_a_word_file_of_one_endless_run_is_refused():
    assert "一段超过 2 MB" in tried("a.docx", docx(xml_of([os.urandom(2**21).hex()])))


def test_pieces_that_say_the_same_bytes_again_and_again_are_refused():
    """The table of pieces claims more characters than the file has bytes."""
    made = bytearray(word97([("字", False, 0)]))
    at = made.rindex(b"\2" + struct.pack("<I", 16))
    made[at + 9 : at + 13] = struct.pack("<I", 2**30)
    assert "文件已损坏" in tried("a.doc", bytes(made))


def test_a_chain_of_sectors_that_runs_in_a_circle_is_refused():
    made = bytearray(word97([("字", False, 0)]))
    made[512 + 4 * 3 : 512 + 4 * 4] = struct.pack("<I", 2)
    assert "文件已损坏" in tried("a.doc", bytes(made))


def test_nothing_of_a_damaged_pdf_is_said_beside_the_answer(caplog):
    content = pdf()
    tried("a.pdf", content[: len(content) // 2] + content[len(content) // 2 + 40 :])
    assert not caplog.records
