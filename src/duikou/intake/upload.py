"""Every uploaded file is judged here before anything reads it: what it is, by its bytes alone, and whether it may come in."""

import csv
import io
import re
import struct
import unicodedata
import zipfile
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from duikou.rules.cells import begins_formula
from duikou.rules.problem import Problem, Refused

from .compound import MARK, old_office_file
from .marks import address
from .parts import office_file
from .unfit import MB, Unfit, damaged

LARGEST, LARGEST_TEXT = 20 * MB, 5 * MB
PIXELS = 100_000_000
KINDS = {
    "text": "纯文本", "csv": "CSV 表格", "xlsx": "Excel 工作簿（xlsx）", "docx": "Word 文档（docx）", "xls": "Excel 工作簿（xls）",
    "doc": "Word 文档（doc）", "pdf": "PDF", "png": "PNG 图片", "jpeg": "JPEG 图片",
}  # fmt: skip
OTHERS = (  # what else is known by its first bytes, and how it becomes what is taken
    (b"Rar!", "RAR 压缩包", "解开后逐个上传"), (b"7z\xbc\xaf\x27\x1c", "7z 压缩包", "解开后逐个上传"),
    (b"\x1f\x8b", "gzip 压缩包", "解开后逐个上传"), (b"BZh", "bzip2 压缩包", "解开后逐个上传"),
    (b"\xfd7zXZ", "xz 压缩包", "解开后逐个上传"), (b"PK\5\6", "空的 ZIP 压缩包", "核对文件"), (b"MZ", "Windows 程序", "不上传程序"),
    (b"\x7fELF", "Linux 程序", "不上传程序"), (b"GIF8", "GIF 图片", "另存为 PNG"), (b"BM", "BMP 图片", "另存为 PNG"),
    (b"II*\0", "TIFF 图片", "另存为 PDF"), (b"MM\0*", "TIFF 图片", "另存为 PDF"), (b"SQLite format 3", "数据库", "不上传数据库"),
    (b"\xff\xfe", "UTF-16 文本", "另存为 UTF-8"), (b"\xfe\xff", "UTF-16 文本", "另存为 UTF-8"),
)  # fmt: skip
WRITTEN = (  # the same among texts
    (re.compile(rb"\s*<(!doctype|!--|\?xml|html|head|body|script|svg|table|meta|style)", re.IGNORECASE), "网页或 XML"),
    (re.compile(rb"\{\\rtf"), "RTF 文档"), (re.compile(rb"%!PS"), "PostScript"),
    (re.compile(rb"MIME-Version:", re.IGNORECASE), "网页归档（mht）"),
)  # fmt: skip
_ACTIVE = re.compile(rb"/(JavaScript|Launch|EmbeddedFile|RichMedia)\b")


@dataclass(frozen=True)
class Upload:
    """A file that may come in: its name for the eye, its kind, the text of a text, and what is told about it."""

    name: str
    kind: str
    text: str = ""
    encoding: str = ""
    asked: tuple[Problem, ...] = ()


def examine(name: str, data: bytes, allowed: Collection[str] = tuple(KINDS)) -> Upload:
    """What the file is; Refused names the file, what was found, what was expected and how to mend it, all at once."""
    shown = plain_name(name)
    try:
        upload, objections = _judged(shown, data, allowed)
    except Unfit as unfit:
        raise Refused([unfit.of(shown)]) from None
    if objections:
        raise Refused([unfit.of(shown) for unfit in objections])
    return upload


def plain_name(name: str) -> str:
    """The last part of a file's name as it may be shown: no folders, nothing unseen, short. Nothing is decided by it."""
    last = re.split(r"[/\\]", name)[-1]
    seen = "".join(c for c in last if c.isprintable() and unicodedata.category(c)[0] != "C").strip(" .\"'")
    return seen[:40] + "…" + seen[-20:] if len(seen) > 61 else seen or "未命名的文件"


def formula_cells(rows: Iterable[Sequence[str]]) -> list[str]:
    """The cells (C17) whose text a spreadsheet program would take for a formula; they are kept as texts."""
    return [
        address((number, column))
        for number, row in enumerate(rows, 1)
        for column, text in enumerate(row, 1)
        if begins_formula(text)
    ]


def csv_rows(text: str) -> list[list[str]] | None:
    """The rows of a table written with commas, semicolons or tabs, all equally wide; None where a text is no such table."""
    for separator in ",;\t":
        try:
            rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True) if row]
        except csv.Error:
            continue
        if len(rows) > 1 and len(rows[0]) > 1 and all(len(row) == len(rows[0]) for row in rows):
            return rows
    return None


def _judged(name: str, data: bytes, allowed: Collection[str]) -> tuple[Upload, list[Unfit]]:
    """The file as it may come in, and what speaks against it."""
    taken, expected = {*allowed, *(("csv",) if "text" in allowed else ())}, "、".join(KINDS[kind] for kind in allowed)
    if not data:
        raise Unfit("upload.1", "空文件", expected, "核对文件，重新上传")
    if len(data) > LARGEST:
        raise Unfit(
            "upload.2", f"{len(data) / MB:.1f} MB", f"至多 {LARGEST // MB} MB", "分成几个文件，或压缩图片后上传"
        )
    what, judge, kinds = _family(data, expected)
    if taken.isdisjoint(kinds):
        raise Unfit("upload.1", what, expected, "核对是否选错了文件")
    if judge is None:
        return _text(name, data, taken, expected), []
    kind, objections = judge(data)
    if kind not in taken:
        raise Unfit("upload.1", KINDS[kind], expected, "核对是否选错了文件")
    return Upload(name, kind), objections


Judge = Callable[[bytes], tuple[str, list[Unfit]]]


def _family(data: bytes, expected: str) -> tuple[str, Judge | None, tuple[str, ...]]:
    """What the first bytes say: its name, the function that looks further, the kinds it may turn out to be."""
    if (second := _second_face(data)) is not None:
        raise Unfit(
            "upload.1", f"一个文件两种内容：另有{second}", "只有一种内容的文件", "用原来的软件打开后另存，再上传"
        )
    if data.startswith(b"PK\3\4"):
        return "ZIP 压缩包或 Office 文件", office_file, ("xlsx", "docx")
    if data.startswith(MARK):
        return "旧版 Office 文件", old_office_file, ("xls", "doc")
    for mark, kind, judge in (
        (b"%PDF-", "pdf", _pdf),
        (b"\x89PNG\r\n\x1a\n", "png", _png),
        (b"\xff\xd8\xff", "jpeg", _jpeg),
    ):
        if data.startswith(mark):
            return KINDS[kind], judge, (kind,)
    for mark, words, remedy in OTHERS:
        if data.startswith(mark) and b"\0" in data:
            raise Unfit("upload.1", words, expected, remedy)
    for pattern, words in WRITTEN:
        if pattern.match(data.removeprefix(b"\xef\xbb\xbf")[:1000]):
            raise Unfit("upload.1", words, expected, "用办公软件打开后另存为 .xlsx 或 .docx")
    return KINDS["text"], None, ("text", "csv")


def _second_face(data: bytes) -> str | None:
    """What else a program may take the file for: a ZIP is read from its end, a PDF may begin a little later."""
    if not data.startswith(b"PK\3\4") and zipfile.is_zipfile(io.BytesIO(data)):
        return "压缩包"
    return "PDF" if b"%PDF-" in data[1:1024] and not data.startswith(b"%PDF-") and b"\0" in data else None


def _pdf(data: bytes) -> tuple[str, list[Unfit]]:
    """A PDF to its end. Its pages are not read here: what stands in compressed streams is not seen."""
    if b"%%EOF" not in data[-2048:]:
        raise damaged("PDF 没有结尾")
    plain = b"".join(re.split(rb"stream\r?\n", part, maxsplit=1)[0] for part in data.split(b"endstream"))
    plain = re.sub(rb"#([0-9A-Fa-f]{2})", lambda found: bytes([int(found[1], 16)]), plain)
    active = sorted({found[1].decode() for found in _ACTIVE.finditer(plain)})
    objections = [
        Unfit("upload.6", f"PDF 里的 {what}", "只有页面的 PDF", "用“打印—另存为 PDF”重做一份") for what in active
    ]
    if re.search(rb"/Encrypt\s+\d+\s+\d+\s+R", plain):
        objections.append(Unfit("upload.4", "加了密码的 PDF", "没有密码的 PDF", "取消密码后另存，再上传"))
    return "pdf", objections


def _png(data: bytes) -> tuple[str, list[Unfit]]:
    if len(data) < 33 or b"IEND" not in data[-64:]:
        raise damaged("PNG 没有结尾")
    return "png", _pixels(*struct.unpack_from(">2I", data, 16))


def _jpeg(data: bytes) -> tuple[str, list[Unfit]]:
    """A JPEG up to the segment that says its size."""
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        code, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4])
        if 0xC0 <= code <= 0xCF and code not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack_from(">2H", data, at + 5)
            return "jpeg", _pixels(width, height)
        at += 2 + length
    raise damaged("JPEG 没有写明大小")


def _pixels(width: int, height: int) -> list[Unfit]:
    if 0 < width * height <= PIXELS:
        return []
    return [Unfit("upload.3", f"图片 {width}×{height} 点", f"至多 {PIXELS // 10**8} 亿点", "缩小后上传")]


def _text(name: str, data: bytes, taken: Collection[str], expected: str) -> Upload:
    """A text, or a table written as one, with the cells that look like formulas told."""
    if len(data) > LARGEST_TEXT:
        raise Unfit("upload.2", f"{len(data) / MB:.1f} MB 的文本", f"至多 {LARGEST_TEXT // MB} MB", "分成几个文件上传")
    text, encoding = decoded(data)
    rows = csv_rows(text)
    if rows is None and "text" not in taken:
        raise Unfit("upload.1", KINDS["text"], expected, "核对是否选错了文件；表格各行的列数要相同")
    cells = formula_cells(rows or ())
    asked = (_told(cells).of(name, "asks"),) if cells else ()
    return Upload(name, "text" if rows is None else "csv", text, encoding, asked)


def decoded(data: bytes) -> tuple[str, str]:
    """A text and its encoding, UTF-8 or GB 18030; Unfit where it is neither, or holds what no text holds."""
    try:
        text, encoding = data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError as error:
        try:
            text, encoding = data.decode("gb18030"), "gb18030"
        except UnicodeDecodeError:
            raise Unfit(
                "upload.7", f"第 {error.start + 1} 字节不是文字", "UTF-8 或 GB 18030 的文字", "另存为 UTF-8 文本"
            ) from None
    if odd := [c for c in set(text) if _is_no_letter(c, encoding)]:
        at = min(map(text.index, odd))
        found = f"第 {text.count(chr(10), 0, at) + 1} 行有控制字符或没有的字（U+{ord(text[at]):04X}）"
        raise Unfit("upload.7", found, "UTF-8 或 GB 18030 的文字", "核对是否文本文件，另存为 UTF-8 文本")
    return text, encoding


def _is_no_letter(c: str, encoding: str) -> bool:
    """Control characters, and what bytes become that were never a text; the newest rare characters of names are letters."""
    match unicodedata.category(c):
        case "Cc":
            return c not in "\t\n\r\f"
        case "Co":
            return encoding == "gb18030"
        case "Cn":
            return not 0x20000 <= ord(c) < 0x40000
        case category:
            return category == "Cs"


def _told(cells: list[str]) -> Unfit:
    shown = "、".join(cells[:5]) + (f" 等 {len(cells)} 格" if len(cells) > 5 else "")
    return Unfit(
        "upload.8", f"{shown} 以 = + - @ 或制表符开头", "文字或数", "已按文字收，不计算；原意是数的，改正后再传"
    )
