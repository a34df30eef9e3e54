"""A ZIP file opened without belief: its directory is held against its entries, each is unpacked here and measured."""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from .unfit import MB, Unfit, damaged

ENTRIES = 2000
UNPACKED = 200 * MB
RATIO = 200
SMALL = MB  # an entry that unpacks to less may be packed as tightly as it likes
CHUNK = 2**16

_END = struct.Struct("<4s4H2IH")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_LOCAL = struct.Struct("<4s5H3I2H")
_ENCRYPTED = 0x2041  # flags: encrypted, strongly encrypted, directory hidden
_SAVE = "用办公软件打开后另存，再上传"


@dataclass(frozen=True)
class Entry:
    """One entry: where its head and its bytes begin and how many they are, how packed, what they should come to."""

    name: str
    head: int
    first: int
    packed: int
    deflated: bool
    size: int
    crc: int


def entries(data: bytes) -> list[Entry]:
    """The entries of a ZIP file, in the order of its directory; Unfit where directory and file do not agree."""
    try:
        count, length, first = _end(data)
        directory = data[first : first + length]
        found, at = [], 0
        for _ in range(count):
            entry, at = _entry(data, directory, at)
            found.append(entry)
    except (struct.error, IndexError):
        raise damaged("压缩目录读不到头") from None
    if at != length:
        raise damaged(f"压缩目录记 {count} 件，实际不止")
    _once([entry.name for entry in found])
    _apart(found, first)
    return found


def _end(data: bytes) -> tuple[int, int, int]:
    """The end of the directory: how many entries, its length, its first byte; nothing may stand before or behind it."""
    at = data.rfind(b"PK\5\6")
    if at < 0:
        raise damaged("没有压缩目录")
    _, disk, start, here, count, length, first, comment = _END.unpack_from(data, at)
    if data[max(0, at - 20) : at].startswith(b"PK\6\7"):
        raise Unfit("upload.3", "ZIP64 大文件格式", "普通 ZIP 格式", _SAVE)
    if count > ENTRIES:
        raise Unfit("upload.3", f"内有 {count} 件", f"至多 {ENTRIES} 件", "分成几个文件上传")
    if disk or start or here != count or first + length != at or at + _END.size + comment != len(data):
        raise Unfit("upload.4", "压缩目录前后另有内容", "目录紧接各件之后，到文件末尾为止", _SAVE)
    return count, length, first


def _entry(data: bytes, directory: bytes, at: int) -> tuple[Entry, int]:
    """The entry whose line of the directory begins at a byte, and where the next begins."""
    mark, _, _, flags, method, _, _, crc, packed, size, *lengths, _, _, _, offset = _CENTRAL.unpack_from(directory, at)
    begin = at + _CENTRAL.size
    raw = directory[begin : begin + lengths[0]]
    local = _LOCAL.unpack_from(data, offset)
    same = data[offset + _LOCAL.size :][: len(raw)] if local[9] == len(raw) else b""
    if mark != b"PK\1\2" or local[0] != b"PK\3\4" or same != raw or local[3] != method:
        raise Unfit("upload.4", f"目录里的“{_shown(raw)}”与文件中的不符", "目录与各件一致", _SAVE)
    name = _name(raw)
    if (flags | local[2]) & _ENCRYPTED:
        raise Unfit("upload.4", f"“{name}”加了密码", "没有密码的文件", "取消密码后另存，再上传")
    if method not in (0, 8):
        raise Unfit("upload.4", f"“{name}”的压缩方法是第 {method} 种", "存储或 Deflate", _SAVE)
    first = offset + _LOCAL.size + local[9] + local[10]
    return Entry(name, offset, first, packed, method == 8, size, crc), begin + sum(lengths)


def _name(raw: bytes) -> str:
    """The name of an entry: a path inside, in plain words."""
    name = _shown(raw)
    inside = name and not name.startswith("/") and ".." not in name.split("/") and len(name) <= 255
    if not inside or any(c in '\\:*?"<>|\ufffd' or not c.isprintable() for c in name):
        raise Unfit("upload.4", f"件名“{name[:60]}”", "包内的相对路径，不含 ../、盘符和控制字符", _SAVE)
    return name


def _shown(raw: bytes) -> str:
    """A name that may hold anything, to be read."""
    return "".join(c if c.isprintable() else "\ufffd" for c in raw.decode("utf-8", "replace"))


def _once(names: list[str]) -> None:
    """No name twice, whether in capitals or not: which of the two a program reads is its own affair."""
    seen: set[str] = set()
    for name in names:
        plain = name.casefold().rstrip("/")
        if plain in seen:
            raise Unfit("upload.4", f"有两件都叫“{name}”", "每件一个名称", _SAVE)
        seen.add(plain)


def _apart(found: list[Entry], end: int) -> None:
    """The first entry begins the file, no two share bytes, and none reaches into the directory."""
    inside = sorted(found, key=lambda entry: entry.head)
    if not inside or inside[0].head:
        raise damaged("开头的内容不在压缩目录里")
    for entry, following in zip(inside, [*(e.head for e in inside[1:]), end], strict=True):
        if entry.first + entry.packed > following:
            raise Unfit("upload.4", f"“{entry.name}”与别的内容重叠", "各件分开存放", _SAVE)


class Unpacking:
    """Unpacks entries piece by piece and stops at the limits: what the directory says of sizes is only compared at the end."""

    def __init__(self, data: bytes) -> None:
        self.data = memoryview(data)
        self.total = 0

    def pieces(self, entry: Entry) -> Iterator[bytes]:
        """The bytes of an entry."""
        size = crc = 0
        for piece in self._inflated(entry) if entry.deflated else self._stored(entry):
            size, crc = size + len(piece), zlib.crc32(piece, crc)
            self.total += len(piece)
            self._within_limits(entry, size)
            if piece:
                yield piece
        if (size, crc) != (entry.size, entry.crc):
            raise damaged(f"“{entry.name}”展开后与目录所记不符")

    def _within_limits(self, entry: Entry, size: int) -> None:
        if self.total > UNPACKED:
            raise Unfit(
                "upload.3", f"展开已超过 {UNPACKED // MB} MB", f"展开后至多 {UNPACKED // MB} MB", "分成几个文件上传"
            )
        if size > SMALL and size > RATIO * entry.packed:
            raise Unfit(
                "upload.3", f"“{entry.name}”展开超过 {RATIO} 倍", f"至多 {RATIO} 倍", "删去空行空列后另存，再上传"
            )

    def _stored(self, entry: Entry) -> Iterator[bytes]:
        for first in range(entry.first, entry.first + entry.packed, CHUNK):
            yield bytes(self.data[first : min(first + CHUNK, entry.first + entry.packed)])

    def _inflated(self, entry: Entry) -> Iterator[bytes]:
        inflate, rest = zlib.decompressobj(-zlib.MAX_WBITS), False
        try:
            for raw in self._stored(entry):
                rest, left = inflate.eof, b"" if inflate.eof else raw
                while left:
                    yield inflate.decompress(left, CHUNK)
                    left = inflate.unconsumed_tail
            while not inflate.eof and (piece := inflate.decompress(b"", CHUNK)):
                yield piece
        except zlib.error:
            raise damaged(f"“{entry.name}”解不开") from None
        if rest or not inflate.eof or inflate.unused_data:
            raise damaged(f"“{entry.name}”的长度不对")
