"""Files made to harm: directories with tricks, XML that pretends, what would run or fetch when the file is opened."""

import struct
import zipfile
from random import Random

import pytest
from intake.files import (
    DOCX,
    JPEG,
    OLE_MARK,
    PDF,
    XLSX,
    biff,
    ole,
    packed,
    parts_of,
    patched,
    refused,
    said_by,
    with_part,
    with_relation,
)

from duikou.intake.upload import MB, examine

# ---- a directory with tricks -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd",
        "../../a.xml",
        "xl/../../a.xml",
        "..",
        "C:/a.xml",
        "a\\..\\b.xml",
        'xl/a".xml',
        "a\tb",
        "\u202ea",
        "a" * 256,
    ],
    ids=said_by,
)
def test_a_name_that_leads_out_or_hides_something_is_refused(name):
    assert "件名“" in refused(with_part(XLSX, name, b"<a/>"))


def test_a_name_cut_by_a_zero_byte_is_refused():
    made = with_part(XLSX, "xl/aXb.xml", b"<a/>").replace(b"xl/aXb.xml", b"xl/a\0b.xml")
    assert "件名“xl/a" in refused(made)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_twice_is_refused_in_capitals_too():
    for twin in ("xl/workbook.xml", "XL/Workbook.xml"):
        assert f"有两件都叫“{twin}”" in refused(packed([*parts_of(XLSX).items(), (twin, b"<a/>")]))


def test_an_encrypted_entry_is_refused():
    made = with_part(XLSX, "xl/z.xml", b"<a/>")
    assert "“xl/z.xml”加了密码" in refused(patched(made, b"PK\1\2", 8, b"\1\0"))


def test_a_rare_method_of_packing_is_refused():
    made = packed([*parts_of(XLSX).items(), ("xl/z.xml", b"<a/>")], zipfile.ZIP_LZMA)
    assert "的压缩方法是第 14 种" in refused(made)


def test_a_directory_that_names_an_entry_other_than_the_entry_does_is_refused():
    made = with_part(XLSX, "xl/z.xml", b"<a/>")
    assert "与文件中的不符" in refused(patched(made, b"xl/z.xml", 3, b"y"))


def test_two_entries_over_the_same_bytes_are_refused():
    """The last entry is said to be longer than it is, so that it reaches into the directory; then to lie in the first."""
    made = packed([("[Content_Types].xml", b"<Types/>"), ("a", b"c" * 99), ("b", b"b")], zipfile.ZIP_STORED)
    assert "“b”与别的内容重叠" in refused(patched(made, b"PK\1\2", 20, struct.pack("<I", 60)))
    inside = made.replace(
        b"c" * 99, struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 0, 0, 0, 0, 1, 1, 1, 0) + b"bb" + b"c" * 67
    )
    assert "“a”与别的内容重叠" in refused(
        patched(inside, b"PK\1\2", 42, struct.pack("<I", inside.index(b"PK\3\4", 70)))
    )


def test_something_before_or_behind_the_directory_is_refused():
    assert "压缩目录前后另有内容" in refused(XLSX + b"<script>")
    assert "压缩目录前后另有内容" in refused(b"PK\3\4" + XLSX)


def test_a_file_of_two_kinds_is_refused():
    assert "一个文件两种内容：另有压缩包" in refused(PDF + XLSX, "polyglot.pdf")
    assert "一个文件两种内容：另有压缩包" in refused(JPEG + XLSX)
    assert "一个文件两种内容：另有压缩包" in refused(b"text\n" + packed([("a", b"b")]))
    hidden = packed([("%PDF-1.4 1 0 obj", b"a"), *parts_of(DOCX).items()])
    assert "一个文件两种内容：另有PDF" in refused(hidden)


# ---- XML that declares, nests or pretends ----------------------------------------------------------------------------

LETTERS = Random(1).randbytes(MB // 2).hex()
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    ("xml", "found"),
    [
        ('<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "DOCTYPE"),
        ('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "DOCTYPE"),
        (f'<!DOCTYPE a [<!ENTITY l0 "lol">{LAUGHS}]><a>&l9;</a>', "DOCTYPE"),
        (f"{' ' * 70000}<!DOCTYPE a><a/>", "DOCTYPE"),
        ('<?xml version="1.0" encoding="UTF-7"?>+ADw-!DOCTYPE a+AD4-', "编码是 UTF-7"),
        ('<?xml version="1.0" encoding="gb2312"?><a/>', "编码是 gb2312"),
        ("<a>" * 101 + "</a>" * 101, "层次超过 100"),
        (f'<a b="{LETTERS * 3}"/>', "一段超过 2 MB"),
        (f"<!--{LETTERS * 3}--><a/>", "一段超过 2 MB"),
        ("<a><b></a>", "不是完整的 XML"),
        ("not xml", "不是完整的 XML"),
        ("<a>&nothing;</a>", "不是完整的 XML"),
    ],
    ids=said_by,
)
def test_xml_that_declares_nests_or_breaks_is_refused(xml, found):
    assert found in refused(with_part(XLSX, "xl/worksheets/sheet1.xml", xml.encode()))
    assert found in refused(with_part(DOCX, "word/document.xml", xml.encode()))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig"])
def test_a_doctype_in_another_encoding_and_under_another_name_is_found(encoding):
    data = "<!DOCTYPE a><a/>".encode(encoding)
    assert "DOCTYPE" in refused(with_part(XLSX, "xl/workbook.bin", data))


def test_a_hundred_layers_are_no_more_than_a_hundred():
    assert examine("a", with_part(XLSX, "xl/a.xml", b"<a>" * 100 + b"</a>" * 100)).kind == "xlsx"


# ---- what would run or fetch -----------------------------------------------------------------------------------------

OLE_OBJECT = OLE_MARK + bytes(600)


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (with_part(XLSX, "xl/vbaProject.bin", OLE_OBJECT), "宏（xl/vbaProject.bin）"),
        (with_relation(XLSX, "xl/_rels/workbook.xml.rels", "vbaProject", "quiet.bin", out=False), "宏（quiet.bin）"),
        (with_part(XLSX, "xl/embeddings/a.bin", OLE_OBJECT), "嵌入对象（xl/embeddings/a.bin）"),
        (with_part(DOCX, "word/media/image1.png", b"MZ\x90\0"), "程序（word/media/image1.png）"),
        (with_part(DOCX, "word/media/image1.png", PDF), "PDF（word/media/image1.png）"),
        (with_part(DOCX, "word/embeddings/a.xlsx", XLSX), "压缩包（word/embeddings/a.xlsx）"),
        (with_relation(DOCX, "word/_rels/settings.xml.rels", "attachedTemplate", "http://a/t.dotm"), "外部模板（http://a/t.dotm）"),
        (with_relation(DOCX, "word/_rels/document.xml.rels", "image", "//a/b.png"), "外部图片（//a/b.png）"),
        (with_relation(DOCX, "word/_rels/document.xml.rels", "oleObject", "file:///a.xls"), "嵌入对象（file:///a.xls）"),
        (with_relation(DOCX, "word/_rels/document.xml.rels", "aFChunk", "a.html", out=False), "嵌入对象（a.html）"),
        (with_relation(DOCX, "word/_rels/document.xml.rels", "frame", "http://a/"), "外部引用 frame（http://a/）"),
        (with_relation(XLSX, "xl/_rels/workbook.xml.rels", "externalLink", "externalLinks/1.xml", out=False), "外部工作簿的引用"),
        (with_relation(XLSX, "xl/_rels/workbook.xml.rels", "connections", "connections.xml", out=False), "外部数据连接"),
        (ole("Workbook", "_VBA_PROJECT_CUR"), "宏"),
        (ole("WordDocument", "ObjectPool"), "嵌入对象"),
        (ole("Workbook", "MBD0018A2B3"), "嵌入对象"),
        (ole("WordDocument", main=bytes(11) + b"\1"), "密码"),
        (ole("Workbook", main=biff((0x2F, bytes(6)))), "密码"),
        (ole("Workbook", main=biff((0x85, bytes(5) + b"\1" + bytes(4)))), "宏表"),
        (ole("Workbook", main=biff((0x1AE, struct.pack("<2H", 1, 9) + bytes(9)))), "外部工作簿的引用"),
        (PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S/JavaScript/JS(1)>>"), "PDF 里的 JavaScript"),
        (PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S/#4aavaScript>>"), "PDF 里的 JavaScript"),
        (PDF.replace(b"/Catalog", b"/Catalog/A<</S/Launch/F(a.exe)>>"), "PDF 里的 Launch"),
        (PDF.replace(b"trailer<<", b"trailer<</Encrypt 5 0 R"), "加了密码的 PDF"),
    ],
    ids=said_by,
)  # fmt: skip
def test_what_runs_or_fetches_when_the_file_is_opened_is_refused_by_name(data, found):
    assert f"现为{found}" in refused(data)


@pytest.mark.parametrize(
    "code",
    [
        "<w:r><w:fldChar/></w:r><w:r><w:instrText>DD</w:instrText></w:r><w:r><w:instrText>EAUTO c:\\\\a</w:instrText></w:r>",
        '<w:fldSimple w:instr=" dde excel a b"/>',
    ],
    ids=said_by,
)
def test_a_field_that_calls_another_program_is_refused(code):
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    xml = f'<w:document xmlns:w="{w}"><w:body><w:p>{code}</w:p></w:body></w:document>'.encode()
    assert "DDE 域（域代码）" in refused(with_part(DOCX, "word/document.xml", xml))


def test_a_hyperlink_waits_for_a_click_and_stays():
    assert examine("a", with_relation(DOCX, "word/_rels/document.xml.rels", "hyperlink", "http://a/")).kind == "docx"


def test_everything_that_is_wrong_inside_is_said_at_once():
    data = with_part(with_part(XLSX, "xl/vbaProject.bin", OLE_OBJECT), "xl/embeddings/a.bin", OLE_OBJECT)
    said = refused(with_relation(data, "xl/_rels/workbook.xml.rels", "externalLink", "a.xml", out=False), "表.xlsx")
    found = {line.partition("现为")[2].partition("（")[0] for line in said.splitlines()}
    assert found == {"宏", "嵌入对象", "外部工作簿的引用"}
    assert all(line.startswith("表.xlsx：") for line in said.splitlines())


def test_a_macro_file_without_macros_is_refused_by_its_type():
    types = parts_of(XLSX)["[Content_Types].xml"]
    macro = types.replace(
        b"openxmlformats-officedocument.spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main"
    )
    assert "带宏的工作簿（xlsm）" in refused(with_part(XLSX, "[Content_Types].xml", macro))
    both = types.replace(
        b"</Types>",
        b'<Override PartName="/w.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    )
    assert refused(with_part(XLSX, "[Content_Types].xml", both))
