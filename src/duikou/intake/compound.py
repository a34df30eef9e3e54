"""An old Office file (OLE, .xls and .doc): which kind it is, and what in it would run or fetch when it is opened."""

import struct
from collections.abc import Iterator

from .container import Container
from .unfit import Unfit, damaged

MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
KINDS = {"WordDocument": "doc", "Workbook": "xls", "Book": "xls"}
OTHERS = {
    "EncryptedPackage": "加了密码的 Office 文件", "PowerPoint Document": "演示文稿（ppt）", "__properties_version1.0": "邮件（msg）",
    "VisioDocument": "Visio 图",
}  # fmt: skip
MACROS = {"VBA", "_VBA_PROJECT", "_VBA_PROJECT_CUR", "Macros"}
OBJECTS = {"ObjectPool", "\x01Ole10Native", "Package"}
_SAVE = "用办公软件打开后另存为 .xlsx 或 .docx"
_BIFF_END = 0x0A


def old_office_file(data: bytes) -> tuple[str, list[Unfit]]:
    """The kind of an OLE file, and every objection to what is in it; Unfit where it is no old Word or Excel file."""
    try:
        container = Container(data)
        streams = container.streams()
        kind = _kind(set(streams))
        name = next(name for name, of in KINDS.items() if of == kind and name in streams)
        main = container.read(streams[name])
    except struct.error:
        raise damaged("OLE 目录读不到头") from None
    found = [*_stored(set(streams)), *(_in_document(main) if kind == "doc" else _in_workbook(main))]
    return kind, [Unfit("upload.6", what, f"不带{what}", remedy) for what, remedy in dict(found).items()]


def main_stream(data: bytes) -> bytes:
    """The records of an old workbook."""
    container = Container(data)
    streams = container.streams()
    name = next(name for name in ("Workbook", "Book") if name in streams)
    return container.read(streams[name])


def _kind(names: set[str]) -> str:
    """The kind by the names of the streams."""
    other = next((words for name, words in OTHERS.items() if name in names), "")
    kinds = {kind for name, kind in KINDS.items() if name in names}
    if len(kinds) == 1:
        return kinds.pop()
    raise Unfit(
        "upload.1",
        other or "其他 OLE 文件",
        "xls 工作簿或 doc 文档",
        f"取消密码，{_SAVE}" if "密码" in other else _SAVE,
    )


def _stored(names: set[str]) -> Iterator[tuple[str, str]]:
    if names & MACROS:
        yield "宏", "另存为不含宏的 .xlsx 或 .docx"
    if names & OBJECTS or any(name.startswith("MBD") for name in names):
        yield "嵌入对象", "删去嵌入的对象，或把它另存后单独上传"


def _in_document(main: bytes) -> Iterator[tuple[str, str]]:
    """What the head of a Word document says of itself."""
    if len(main) > 11 and main[11] & 0x81:
        yield "密码", f"取消密码，{_SAVE}"


def _in_workbook(main: bytes) -> Iterator[tuple[str, str]]:
    """What the first records of an Excel workbook say: a password, macro sheets, other workbooks."""
    at = 0
    while at + 4 <= len(main):
        code, length = struct.unpack_from("<2H", main, at)
        body = main[at + 4 : at + 4 + length]
        if code == 0x2F:  # FILEPASS
            yield "密码", f"取消密码，{_SAVE}"
            return
        if code == 0x85 and len(body) > 5 and body[5] == 1:  # BOUNDSHEET of macros
            yield "宏表", "删去宏表后另存"
        if code == 0x1AE and len(body) >= 4 and 1 < struct.unpack_from("<H", body, 2)[0] < 256:  # SUPBOOK
            yield "外部工作簿的引用", "在“数据—编辑链接”中断开链接，只留数值"
        if code == _BIFF_END:
            return
        at += 4 + length
