"""What may come in as a file, by its bytes and by its size; files damaged at random."""

import io
import os
import struct
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from intake.files import DOCX, JPEG, PDF, PNG, XLSX, biff, ole, packed, parts_of, refused, said_by, with_part

from duikou.intake.upload import MB, examine, plain_name
from duikou.rules.problem import Refused

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
