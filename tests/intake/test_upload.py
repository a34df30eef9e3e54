"""What may come in as a file, by its bytes: real files, files made to harm, and files damaged at random."""

import io
import os
import re
import struct
import zipfile
import zlib
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from duikou.intake import upload
from duikou.intake.upload import MB, csv_rows, examine, formula_cells, plain_name
from duikou.reports.excel import Row, Table, write_table
from duikou.reports.word import Paper, Paragraph, write_paper
from duikou.rules.cells import begins_formula, harmless
from duikou.rules.problem import Refused

MOMENT = datetime(2011, 8, 29, 7, 4, tzinfo=UTC)
XLSX = write_table(
    Table(
        title="统计表", office="合作交流办", period="2011年", version="第1版", code="T-1",
        rows=(Row("资金", "万元", 1, 2000, "", "2011年", "第14段", "一致", "=1+1"),), notes=("说明",), checks=(),
        unit_note="万元", rounding_note="一次取整", changes_note="不变", head="账首", head_full="账首", made_at=MOMENT,
        sources=(),
    )
)  # fmt: skip
DOCX = write_paper(
    Paper(
        title="情况汇报", office="合作交流办", day=date(2011, 8, 29), salutation="同志们：", body=(Paragraph(("资金已落实。",)),),
        head="账首", head_full="账首", made_at=MOMENT, number="P7K3M9QX",
    )
)  # fmt: skip
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PNG = (
    b"\x89PNG\r\n\x1a\n"
    + struct.pack(">I4s2I5BI", 13, b"IHDR", 1, 1, 8, 0, 0, 0, 0, 0)
    + struct.pack(">I4sI", 0, b"IEND", 0)
)
OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
JPEG = b"\xff\xd8\xff\xc0" + struct.pack(">HB2HB", 11, 8, 1, 1, 1) + b"\1\x11\0\xff\xd9"


def said_by(value):
    """A short word for a case in the name of its test."""
    return value if isinstance(value, str) and len(value) < 40 else ""


def refused(data, name="file", **more):
    """What is said when the file is refused."""
    with pytest.raises(Refused) as caught:
        examine(name, data, **more)
    return str(caught.value)


# ---- OOXML packages, made anew with something in them ----------------------------------------------------------------


def packed(parts, method=zipfile.ZIP_DEFLATED):
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", method) as package:
        for name, data in parts:
            package.writestr(name, data)
    return box.getvalue()


def parts_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def with_part(data, name, content):
    return packed({**parts_of(data), name: content}.items())


def with_relation(data, part, kind, target, out=True):
    """The file with one more reference from a part."""
    mode = ' TargetMode="External"' if out else ""
    kind = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
    line = f'<Relationship Id="rIdX" Type="{kind}" Target="{target}"{mode}/></Relationships>'
    empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    kept = parts_of(data).get(part, empty)
    return with_part(data, part, kept.replace(b"</Relationships>", line.encode()))


def patched(data, mark, offset, value):
    """The file with some bytes of its last structure of a kind replaced."""
    at = data.rindex(mark) + offset
    return data[:at] + value + data[at + len(value) :]


# ---- an OLE file of one sector per stream of the directory -----------------------------------------------------------


def ole(*names, main=b""):
    """An OLE file with streams of these names, all resting on the same 4096 bytes: table, directory, bytes."""
    entries = [("Root Entry", 5), *((name, 2) for name in names)]
    sectors = -(-len(entries) * 128 // 512)
    first = 1 + sectors
    directory = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0")
        + struct.pack("<HBB3I36xII4x", len(name) * 2 + 2, kind, 1, *(0xFFFFFFFF,) * 3, first, 4096)
        for name, kind in entries
    )
    end = 0xFFFFFFFE
    chain = [0xFFFFFFFD, *range(2, first), end, *range(first + 1, first + 8), end]
    head = struct.pack("<8s16x5H6x7I", OLE_MARK, 62, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0)
    head += struct.pack("<111I", end, 0, 0, *[0xFFFFFFFF] * 108)
    table = struct.pack("<128I", *chain, *[0xFFFFFFFF] * (128 - len(chain)))
    return head + table + directory.ljust(512 * sectors, b"\0") + main.ljust(4096, b"\0")


def biff(*records):
    return b"".join(struct.pack("<2H", code, len(body)) + body for code, body in [*records, (0x0A, b"")])


# ---- what comes in ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ("天津市对口支援黄南州。\n".encode(), "text"),
        ("天津市对口支援黄南州。\n".encode("gb18030"), "text"),
        ("单位,数\n市工商联,160\n".encode("utf-8-sig"), "csv"),
        (b"BMW\n", "text"),
        (XLSX, "xlsx"),
        (DOCX, "docx"),
        (ole("WordDocument", "1Table"), "doc"),
        (ole("Workbook", main=biff((0x809, bytes(16)))), "xls"),
        (PDF, "pdf"),
        (PNG, "png"),
        (JPEG, "jpeg"),
    ],
    ids=said_by,
)
def test_a_file_is_what_its_bytes_are_whatever_it_is_called(data, kind):
    assert examine("任意名称.exe", data).kind == kind


def test_a_text_comes_with_its_encoding():
    assert examine("a", "黄南".encode()).text == "黄南"
    assert (examine("a", "黄南".encode("gb18030")).text, examine("a", "黄南".encode("gb18030")).encoding) == (
        "黄南",
        "gb18030",
    )
    assert examine("a", "\ufeff黄南".encode()).text == "黄南"


@pytest.mark.parametrize("letter", ["\U00031350", "\U0002ebf0", "\uf0b7"])
def test_rare_characters_of_names_and_bullets_of_word_are_text(letter):
    assert examine("a", f"名{letter}".encode()).kind == "text"


def test_a_page_that_takes_texts_takes_tables_in_texts_and_nothing_else():
    assert examine("a", b"a,b\n1,2\n", {"text"}).kind == "csv"
    for data, found in (
        (XLSX, "ZIP 压缩包或 Office 文件"),
        (PDF, "PDF"),
        (PNG, "PNG"),
        (ole("Workbook"), "旧版 Office 文件"),
    ):
        said = refused(data, "表.xlsx", allowed={"text"})
        assert said.startswith("表.xlsx：文件是什么，看内容，不看名称（upload.1）。现为" + found)
        assert "应为纯文本" in said


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"", "空文件"),
        (b"Rar!\x1a\7\0" + bytes(9), "RAR 压缩包"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(9), "7z 压缩包"),
        (b"\x1f\x8b\x08\0" + bytes(9), "gzip 压缩包"),
        (b"MZ\x90\0" + bytes(9), "Windows 程序"),
        (b"\x7fELF\2\1\1\0", "Linux 程序"),
        (b"II*\0" + bytes(9), "TIFF 图片"),
        ("表".encode("utf-16"), "不是文字"),
        ("ab".encode("utf-16"), "UTF-16 文本"),
        (b"\xef\xbb\xbf<!DOCTYPE html><script>alert(1)</script>", "网页或 XML"),
        (b"  <table><tr><td>1</td></tr></table>", "网页或 XML"),
        (b'<?xml version="1.0"?><svg/>', "网页或 XML"),
        (b"{\\rtf1 a}", "RTF 文档"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related\n", "网页归档"),
        (packed([("mimetype", "application/vnd.oasis.opendocument.text")]), "OpenDocument"),
        (packed([("OFD.xml", "<a/>")]), "OFD 版式文件"),
        (packed([("a.txt", "a")]), "压缩包"),
        (ole("PowerPoint Document"), "演示文稿"),
        (ole("EncryptedPackage", "EncryptionInfo"), "加了密码的 Office 文件"),
        (ole("something"), "其他 OLE 文件"),
        (b"text\x00text", "U+0000"),
        (b"\xff\xff\xff", "第 1 字节不是文字"),
    ],
    ids=said_by,
)
def test_anything_else_is_refused_by_the_name_of_what_it_is(data, found):
    assert found in refused(data, "来件.docx")


def test_every_refusal_names_the_file_what_was_found_what_was_expected_and_how_to_mend_it():
    said = refused(b"Rar!\x1a\7\0" + bytes(9), "../../名单.txt")
    assert said == (
        "名单.txt：文件是什么，看内容，不看名称（upload.1）。现为RAR 压缩包；应为纯文本、CSV 表格、Excel 工作簿（xlsx）、"
        "Word 文档（docx）、Excel 工作簿（xls）、Word 文档（doc）、PDF、PNG 图片、JPEG 图片；解开后逐个上传"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("a.txt", "a.txt"),
        ("..\\..\\windows\\a.txt", "a.txt"),
        ("/etc/passwd", "passwd"),
        ('a"; filename="b.exe', 'a"; filename="b.exe'),
        ("\u202egnp.exe", "gnp.exe"),
        ("a\r\nSet-Cookie: x", "aSet-Cookie: x"),
        ("", "未命名的文件"),
        ("...", "未命名的文件"),
        ("长" * 90, "长" * 40 + "…" + "长" * 20),
    ],
)
def test_a_name_is_shown_without_folders_and_what_cannot_be_seen(said, shown):
    assert plain_name(said) == shown


# ---- too large -------------------------------------------------------------------------------------------------------


def test_a_file_over_twenty_megabytes_and_a_text_over_five_are_refused():
    assert "现为20.0 MB；应为至多 20 MB" in refused(b"%PDF-" + bytes(20 * MB))
    assert "现为5.0 MB 的文本；应为至多 5 MB" in refused(b"a" * (5 * MB + 1))
    assert examine("a", b"a" * 5 * MB).kind == "text"


def test_an_entry_that_unpacks_two_hundred_fold_is_refused_and_a_small_one_is_not():
    assert "“xl/a.xml”展开超过 200 倍" in refused(with_part(XLSX, "xl/a.xml", b"<a>" + b" " * 2 * MB + b"</a>"))
    assert examine("a", with_part(XLSX, "xl/a.xml", b"<a>" + b" " * (MB - 7) + b"</a>")).kind == "xlsx"


def test_entries_that_come_to_more_than_two_hundred_megabytes_are_refused_whatever_each_says():
    blocks = os.urandom(2**14)
    chunk = b"".join(blocks + bytes(2**21) for _ in range(10))  # a hundred and twenty fold
    said = refused(packed([*parts_of(XLSX).items(), *((f"xl/media/{n}.bin", chunk) for n in range(12))]))
    assert "展开已超过 200 MB" in said


@pytest.mark.parametrize(("holds", "found"), [(4 * MB, "展开超过 200 倍"), (400, "展开后与目录所记不符")])
def test_a_directory_that_says_less_than_the_entry_holds_is_not_believed(holds, found):
    """A small size stands in directory and head, with the checksum of as much: Python's own reader believes both."""
    made = with_part(XLSX, "xl/z.bin", b"\1" * holds)
    made = made.replace(struct.pack("<I", holds), struct.pack("<I", 10))
    made = made.replace(struct.pack("<I", zlib.crc32(b"\1" * holds)), struct.pack("<I", zlib.crc32(b"\1" * 10)))
    assert zipfile.ZipFile(io.BytesIO(made)).read("xl/z.bin") == b"\1" * 10
    assert found in refused(made)


def test_more_than_two_thousand_entries_are_refused():
    many = packed([*parts_of(XLSX).items(), *((f"xl/media/{n}", b"") for n in range(2000))])
    assert "至多 2000 件" in refused(many)


def test_a_bomb_in_a_bomb_is_refused_at_its_first_layer():
    inner = packed([("0.dll", bytes(8 * MB))])
    middle = packed([(f"lib {n}.zip", inner) for n in range(16)])
    assert "压缩包" in refused(packed([(f"book {n}.zip", middle) for n in range(16)]), "42.zip")
    assert "压缩包（xl/media/image1.png）" in refused(with_part(XLSX, "xl/media/image1.png", middle), "42.xlsx")


@pytest.mark.parametrize("size", [(20000, 20000), (0, 5)])
def test_a_picture_of_too_many_points_or_none_is_refused(size):
    assert "点；应为至多 1 亿点" in refused(PNG[:16] + struct.pack(">2I", *size) + PNG[24:])


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


# ---- formulas in cells -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("=1+1", True), ("+cmd|' /C calc'!A0", True), ("-2+3", True), ("@SUM(1)", True), ("\t=1", True), ("\r=1", True),
        (" =1", True), ("\ufeff=1", True), ("＝1＋1", True), ("=", True),
        ("-5", False), ("+12,500.00", False), ("-50.0%", False), ("-", False), ("--", False), ("−5", False), ("1=1", False),
        ("市工商联", False), ("", False),
    ],
)  # fmt: skip
def test_a_text_that_would_be_calculated_is_told_and_written_behind_an_apostrophe(text, begins):
    assert begins_formula(text) is begins
    assert harmless(text) == (f"'{text}" if begins else text)
    assert formula_cells([["a", "b"], ["c", text]]) == (["B2"] if begins else [])


def test_a_number_is_written_as_it_is():
    assert [harmless(n) for n in (-5, None, 1.5)] == [-5, None, 1.5]


def test_the_formula_cells_of_a_table_are_told_and_kept_as_text():
    found = examine("表.csv", "单位,数\n=1+1,-5\n@a,+1-1\n".encode())
    assert found.kind == "csv"
    (asked,) = found.asked
    assert asked.weight == "asks"
    assert str(asked).startswith("表.csv：像公式的单元格按文字收（upload.8）。现为A2、A3、B3 以 = + - @ 或制表符开头")
    assert csv_rows(found.text)[1] == ["=1+1", "-5"]


def test_the_columns_of_a_wide_table_are_named_as_programs_name_them():
    assert formula_cells([["=1"] * 704])[25:28] == ["Z1", "AA1", "AB1"]
    assert formula_cells([["=1"] * 704])[-3:] == ["ZZ1", "AAA1", "AAB1"]


def test_nothing_in_a_workbook_that_we_write_is_a_formula():
    plain = Table(
        title="=1+1", office="=1+1", period="=1+1", version="=1+1", code="=1+1",
        rows=(Row("=1+1", "=1", 1, "=1+1", "=1", "=1", "=1", "=1", "=1", figure="=1"),), notes=("=1+1",),
        checks=(("=1", "=1", "=1"),), unit_note="=1+1", rounding_note="=1", changes_note="=1", head="=1+1",
        head_full="=1+1", made_at=MOMENT, sources=(("=1", "=1", "=1", "=1"),),
    )  # fmt: skip
    sheets = {name: data for name, data in parts_of(write_table(plain)).items() if "worksheets" in name}
    assert sheets
    assert not [name for name, data in sheets.items() if b"<f>" in data or b"<f " in data]


def test_every_writer_of_tables_asks_for_texts_that_stay_texts():
    source = Path(upload.__file__).parents[1]
    texts = {path.relative_to(source).as_posix(): path.read_text("utf-8") for path in source.rglob("*.py")}
    books = [call for text in texts.values() for call in re.findall(r"xlsxwriter\.Workbook\(.*", text)]
    assert books
    assert [call for call in books if '"strings_to_formulas": False' not in call] == []
    assert [name for name, text in texts.items() if re.search(r"csv\.(Dict)?[wW]riter\(", text)] == ["web/data.py"]
    assert "harmless(cell) for cell in line" in texts["web/data.py"]


# ---- anything at all -------------------------------------------------------------------------------------------------

DAMAGED = 2000 if os.environ.get("DUIKOU_PROVE") else 20
REAL = {
    "xlsx": XLSX,
    "docx": DOCX,
    "doc": ole("WordDocument"),
    "xls": ole("Workbook", main=biff((0x85, bytes(9)))),
    "pdf": PDF,
    "png": PNG,
    "jpeg": JPEG,
}


def taken_or_refused(data):
    """A file is taken or refused, and nothing else happens."""
    try:
        problems = examine("x", data).asked
    except Refused as refusal:
        problems = refusal.problems
    assert all(p.found and p.expected and p.remedy and p.place == "x" for p in problems)


@settings(max_examples=DAMAGED, deadline=None)
@given(
    start=some.sampled_from(
        [b"", b"PK\3\4", b"%PDF-", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"]
    ),
    rest=some.binary(max_size=3000),
)
def test_random_bytes_are_taken_or_refused(start, rest):
    taken_or_refused(start + rest)


@settings(max_examples=DAMAGED, deadline=None)
@given(
    kind=some.sampled_from(sorted(REAL)),
    changes=some.lists(some.tuples(some.integers(0, 2**20), some.binary(min_size=1, max_size=8)), max_size=12),
    cut=some.one_of(some.none(), some.integers(0, 2**14)),
)
def test_a_damaged_file_is_taken_or_refused(kind, changes, cut):
    data = bytearray(REAL[kind])
    for at, new in changes:
        at %= len(data)
        data[at : at + len(new)] = new
    taken_or_refused(bytes(data[:cut]))


@settings(max_examples=DAMAGED, deadline=None)
@given(
    kind=some.sampled_from(["xlsx", "docx"]),
    number=some.integers(0, 50),
    changes=some.lists(
        some.tuples(some.integers(0, 2**16), some.text(max_size=6).map(str.encode)), min_size=1, max_size=6
    ),
)
def test_a_file_whose_parts_are_damaged_inside_is_taken_or_refused(kind, number, changes):
    parts = parts_of(REAL[kind])
    name = sorted(parts)[number % len(parts)]
    data = bytearray(parts[name])
    for at, new in changes:
        at %= len(data) + 1
        data[at : at + len(new)] = new
    taken_or_refused(packed({**parts, name: bytes(data)}.items()))
