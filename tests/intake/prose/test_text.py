"""One report in every form gives the same paragraphs; what cannot be read says what it is, what was expected, how to mend it."""

import io
from hashlib import sha256

import docx as python_docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Pt
from intake.files import JPEG, PNG, XLSX, ole, packed
from intake.prose.text_files import REPORT, docx, xml_of
from parts import converted, require
from PIL import Image
from pypdf import PdfReader, PdfWriter

from duikou.intake.prose.text import paragraphs
from duikou.intake.upload import LARGEST

FILE = "\n\n".join(REPORT)


def word_file(lead="", indent=32, after=0, header="", report=REPORT):
    """The report as an office writes it: title in the middle, print of 16 points, table behind."""
    made = python_docx.Document()
    normal = made.styles["Normal"]
    normal.font.size, normal.font.name = Pt(16), "Noto Serif CJK SC"
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "Noto Serif CJK SC")
    normal.paragraph_format.space_after = Pt(after)
    made.sections[0].header.paragraphs[0].text = header
    for number, line in enumerate(report):
        paragraph = made.add_paragraph(lead * (number > 1) + line)
        if number == 0:
            paragraph.alignment = 1
        elif number > 1:
            paragraph.paragraph_format.first_line_indent = Pt(indent)
    box = io.BytesIO()
    made.save(box)
    return box.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "form"),
    [
        ("utf8.txt", FILE.encode(), "text"),
        ("marked.txt", FILE.replace("\n", "\r\n").encode("utf-8-sig"), "text"),
        ("gb.txt", FILE.replace("\n", "\r").encode("gb18030"), "text"),
        ("utf16.txt", FILE.encode("utf-16"), "text"),
        ("utf16be.txt", b"\xfe\xff" + FILE.encode("utf-16-be"), "text"),
        ("utf32.txt", FILE.encode("utf-32"), "text"),
        (
            "page.html",
            f"<html><body>{''.join(f'<p>{line}</p>' for line in REPORT)}</body></html>".encode("gb18030"),
            "text",
        ),
        ("a.docx", word_file(), "docx"),
        ("named.txt", docx(xml_of(REPORT)), "docx"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_same_report_in_every_form_gives_the_same_paragraphs(name, content, form):
    found = paragraphs(name, content)
    assert found.paragraphs == REPORT
    assert (found.form, found.digest) == (form, sha256(content).hexdigest())
    assert len(found.kinds) == len(found.pages) == len(REPORT)


def test_an_old_word_file_gives_the_same_paragraphs(tmp_path):
    require("libreoffice")
    (tmp_path / "a.docx").write_bytes(word_file())
    found = paragraphs("a.doc", converted(tmp_path / "a.docx", "doc", tmp_path).read_bytes())
    assert (found.paragraphs, found.form) == (REPORT, "doc")


@pytest.mark.parametrize(
    ("look", "pages"),
    [
        ({}, {1}),
        ({"lead": "\u3000\u3000", "indent": 0}, {1}),
        ({"indent": 0, "after": 12}, {1}),
        ({"header": "清河县对口支援工作年报", "report": REPORT + REPORT[2:] * 3}, {1, 2, 3}),
    ],
    ids=["indented", "blanks", "spaced", "headed"],
)
def test_a_pdf_gives_the_same_paragraphs(tmp_path, look, pages):
    require("libreoffice")
    require("fonts")
    (tmp_path / "a.docx").write_bytes(word_file(**look))
    found = paragraphs("a.pdf", converted(tmp_path / "a.docx", "pdf", tmp_path).read_bytes())
    assert (found.paragraphs, found.form, found.unread) == (look.get("report", REPORT), "pdf", ())
    assert set(found.pages) == pages


def test_what_changes_hide_a_binary_file_hides_too(tmp_path):
    """Deleted, hidden, a field, a table with an empty cell and a footnote, as another program writes them."""
    require("libreoffice")
    vanish = "<w:rPr><w:vanish/></w:rPr>"
    run = '<w:r>{}<w:t xml:space="preserve">{}</w:t></w:r>'
    deleted = (
        '<w:del w:id="1" w:author="a" w:date="2023-01-01T00:00:00Z"><w:r><w:delText>五百</w:delText></w:r></w:del>'
    )
    sign = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    field = sign.format("begin") + "<w:r><w:instrText> QUOTE 域 </w:instrText></w:r>" + sign.format("separate")
    cells = "".join(f"<w:tc><w:tcPr/>{xml_of([words])}</w:tc>" for words in ("清河", "", "5"))
    body = (
        f"<w:p>{run.format('', '拨付')}{deleted}{run.format('', '六百')}{run.format(vanish, '密')}{run.format('', '万元')}</w:p>"
        f"<w:p>{run.format('', '见')}{field}{run.format('', '附件')}{sign.format('end')}{run.format('', '。')}</w:p>"
        f"<w:tbl><w:tblPr/><w:tr>{cells}</w:tr><w:tr>{cells}</w:tr></w:tbl>{xml_of(['末段'])}"
    )
    (tmp_path / "a.docx").write_bytes(docx(body))
    binary = converted(tmp_path / "a.docx", "doc", tmp_path).read_bytes()
    for name, content in (("a.docx", docx(body)), ("a.doc", binary)):
        assert paragraphs(name, content).paragraphs == ("拨付六百万元", "见附件。", "清河\t\t5", "清河\t\t5", "末段"), (
            name
        )


def test_boxes_in_a_binary_file_follow_the_paragraph_they_hang_on(tmp_path):
    require("libreoffice")
    place = 'type="#_x0000_t202" style="position:absolute;width:200pt;height:60pt"'
    box = "<w:r><w:pict><v:shape {}><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    run = "<w:r><w:t>{}</w:t></w:r>"
    body = (
        f"<w:p>{run.format('前半')}{box.format(place, xml_of(['框一', '框一二']))}{run.format('后半')}</w:p>{xml_of(['中段'])}"
        f"<w:p>{run.format('再')}{box.format(place, xml_of(['框二']))}</w:p>{xml_of(['末段'])}"
    )
    (tmp_path / "a.docx").write_bytes(docx(body))
    binary = converted(tmp_path / "a.docx", "doc", tmp_path).read_bytes()
    for name, content in (("a.docx", docx(body)), ("a.doc", binary)):
        found = paragraphs(name, content)
        assert found.paragraphs == ("前半后半", "框一", "框一二", "中段", "再", "框二", "末段"), name
        assert found.kinds == ("text", "box", "box", "text", "text", "box", "text"), name


def test_the_number_of_a_paragraph_counts_the_lines_that_say_something():
    text = "\n\u3000\u3000一段\n \n\t\n\u3000\n二段 尾 \r\n\r\n三段\x0c四段\u2028五段"
    assert paragraphs("a.txt", text.encode()).paragraphs == ("\u3000\u3000一段", "二段 尾 ", "三段", "四段", "五段")


# ---- what cannot be read ---------------------------------------------------------------------------------------------


def scan():
    box = io.BytesIO()
    Image.new("L", (100, 100), 255).save(box, "PDF")
    return box.getvalue()


def closed(user):
    writer, box = PdfWriter(clone_from=PdfReader(io.BytesIO(scan()))), io.BytesIO()
    writer.encrypt(user, "owner")
    writer.write(box)
    return box.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", b"", "空文件"),
        ("a.txt", " \r\n\u3000\n".encode(), "里面没有文字"),
        ("a.doc", rb"{\rtf1\ansi text}", "RTF 文档"),
        ("a.doc", "<html><body>正文</body></html>".encode(), "名为 Word 文档的网页"),
        (
            "a.doc",
            b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>',
            "XML 形式的 Word 文档",
        ),
        ("a.mht", b"MIME-Version: 1.0\nContent-Type: multipart/related", "网页归档（mht）"),
        ("a.doc", ole("WpsCustomData"), "其他 OLE 文件"),
        ("a.doc", ole("EncryptedPackage"), "加了密码的 Office 文件"),
        ("a.xls", ole("Workbook"), "Excel 工作簿（xls）"),
        ("a.docx", XLSX, "Excel 工作簿（xlsx）"),
        ("a.docx", packed([("a.txt", b"text")]), "压缩包"),
        ("a.docx", docx("", more=[("a", b"0")])[:-30], "文件已损坏"),
        ("a.docx", docx(xml_of(["a"]), more=[("word/media/a.bmp", bytes(2**24))]), "展开超过 200 倍"),
        ("a.pdf", scan(), "没有文字层"),
        ("a.pdf", closed("secret"), "加了密码的 PDF"),
        ("a.pdf", closed(""), "没有文字层"),
        ("a.pdf", b"%PDF-1.4\nnothing\n%%EOF", "文件已损坏"),
        ("a.png", PNG, "PNG 图片"),
        ("a.jpg", JPEG, "JPEG 图片"),
        ("a.rar", b"Rar!\x1a\7\0", "RAR 压缩包"),
        ("a.txt", b"\xff\xfe\x00\xd8a\0", "不是 UTF-16 文字"),
        ("a.txt", bytes(range(128, 256)) * 3, "字节起不是文字"),
        ("a.txt", b"a\0b\1c\2d\3" * 9, "满是控制字符"),
        ("a.txt", b"a" * (LARGEST + 1), "至多 20 MB"),
    ],
    ids=range(24),
)
def test_a_file_that_cannot_be_read_says_why_and_what_to_do(name, content, said):
    with pytest.raises(ValueError, match=said) as caught:
        paragraphs(name, content)
    sentence = str(caught.value)
    assert sentence.startswith(f"{name}：")
    assert "应为" in sentence
    assert "\n" not in sentence
