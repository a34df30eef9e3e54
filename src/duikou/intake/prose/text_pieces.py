"""What stands in a Word file of 1997 to 2003 (.doc): its characters in order, what marks them, the paragraphs they form.

The text lies in pieces; a table says which follow one another. What marks characters and paragraphs hangs on bytes of the file.
"""

import struct
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ..container import Container
from ..unfit import Unfit, damaged
from .text_formats import (
    DELETED,
    HIDDEN,
    IN_TABLE,
    INNER_CELL,
    INNER_ROW,
    LEVEL,
    OUTLINE,
    ROW_END,
    SYMBOL,
    Codes,
    Formats,
)

_BRIEF = {0x41: DELETED, 0x5C: HIDDEN}  # codes of one byte in the table of pieces
_WORD97 = 0xC0
_CHARACTERS, _PARAGRAPHS, _CLX, _SHAPES, _BOXES = (
    0xFA,
    0x102,
    0x1A2,
    0x1DA,
    0x25A,
)  # where the head says the place and length of a table
_CLOSED = "取消密码后另存为 .docx，再读"


@dataclass(frozen=True)
class Marks:
    """What is known of a paragraph: how deep in tables, whether it ends a row or an inner cell, whether it is a heading."""

    depth: int = 0
    ends_row: bool = False
    ends_cell: bool = False
    heading: bool = False


@dataclass(frozen=True)
class _Piece:
    cp: int
    fc: int
    width: int
    count: int
    codes: Codes


class Pieces:
    """The characters of a document by their place; those that are deleted or hidden are marked."""

    def __init__(self, file: Container) -> None:
        streams = file.at_root()
        self.main = file.read(streams["WordDocument"])
        mark, version = struct.unpack_from("<HH", self.main)
        (flags,) = struct.unpack_from("<H", self.main, 10)
        if flags & 0x8100:
            raise Unfit("upload.4", "加了密码的 Word 文档", "没有密码的文件", _CLOSED)
        if mark != 0xA5EC or version < _WORD97:
            raise Unfit(
                "upload.1", "Word 95 或更早的文档", "Word 97 以后的文档", "用 Word 或 WPS 打开后另存为 .docx，再读"
            )
        self.table = file.read(streams["1Table" if flags & 0x200 else "0Table"])
        self.formats = Formats(self.main, file.read(streams["Data"]) if "Data" in streams else b"")
        # Of the main text, footnotes, headers, macros, remarks, endnotes, boxes and those of headers:
        self.counts = struct.unpack_from("<8i", self.main, 76)
        if min(self.counts) < 0:
            raise damaged("文字的长度不对")
        self.pieces = list(self._pieces())
        self.units = self._units()
        self.gone = bytearray(len(self.units))
        self._leave_out()
        self.paragraphs = sorted(self.formats.ranges(self._place(_PARAGRAPHS), of_paragraphs=True))
        self.begins = [begin for begin, _, _ in self.paragraphs]

    def story(self, number: int) -> tuple[int, int]:
        """Where one of the texts begins and ends."""
        first = sum(self.counts[:number])
        return first, min(first + self.counts[number], len(self.units))

    def marks(self, cp: int) -> Marks:
        """What is known of the paragraph that a character ends."""
        at = bisect_right(self.pieces, cp, key=lambda piece: piece.cp) - 1
        piece = self.pieces[at]
        fc = piece.fc + (cp - piece.cp) * piece.width
        found = bisect_right(self.begins, fc) - 1
        if found < 0 or fc >= self.paragraphs[found][1]:
            return Marks()
        said = self.paragraphs[found][2]
        style, codes = (struct.unpack_from("<H", said)[0], self.formats.codes(said[2:])) if len(said) > 1 else (0, {})
        depth = codes.get(LEVEL, 1) if codes.get(IN_TABLE) else 0
        ends_row = bool(codes.get(ROW_END) or codes.get(INNER_ROW))
        heading = codes.get(OUTLINE, 0 if 1 <= style <= 9 else 9) < 9
        return Marks(depth, ends_row, bool(codes.get(INNER_CELL)), heading)

    def boxes(self) -> list[tuple[int, int, int]]:
        """The text boxes: where each hangs in the main text, where it begins and ends among the boxes."""
        hung, told = self._place(_SHAPES), self._place(_BOXES)
        shapes = {lid: cp for cp, _, (lid,) in _listed(hung, "<I22x")}
        return sorted((shapes.get(lid, self.counts[0]), begin, end) for begin, end, (lid,) in _listed(told, "<14xI4x"))

    def _place(self, at: int) -> bytes:
        """A table of which the head says where it is."""
        first, length = struct.unpack_from("<II", self.main, at)
        return self.table[first : first + length]

    def _pieces(self) -> Iterator[_Piece]:
        """The pieces in the order of the text; no character has less than a byte of the file."""
        clx, at, shared = self._place(_CLX), 0, list[Codes]()
        while clx[at] == 1:
            (length,) = struct.unpack_from("<H", clx, at + 1)
            shared.append(self.formats.codes(clx[at + 3 : at + 3 + length]))
            at += 3 + length
        (length,) = struct.unpack_from("<I", clx, at + 1)
        if clx[at] != 2:
            raise damaged("文字的次序表读不出")
        listed = clx[at + 5 : at + 5 + length]
        count = (len(listed) - 4) // 12
        places = struct.unpack_from(f"<{count + 1}I", listed)
        if places[0] or places[-1] > len(self.main) or any(a > b for a, b in pairwise(places)):
            raise damaged("文字的次序表不对")
        for number, (first, end) in enumerate(pairwise(places)):
            _, fc, said = struct.unpack_from("<HIH", listed, 4 * (count + 1) + 8 * number)
            narrow = bool(fc & 0x40000000)
            begins = (fc & 0x3FFFFFFF) // (2 if narrow else 1)
            yield _Piece(first, begins, 1 if narrow else 2, end - first, self._said(said, shared))

    def _said(self, said: int, shared: list[Codes]) -> Codes:
        """What a piece as a whole is marked with: one code of a byte, or a list that pieces share."""
        if said & 1:
            return shared[said >> 1] if said >> 1 < len(shared) else {}
        code = _BRIEF.get(said >> 1 & 0x7F)
        return {code: said >> 8} if code else {}

    def _units(self) -> "array[int]":
        """The characters as UTF-16 has them, in which places count."""
        units = array("H")
        for piece in self.pieces:
            raw = self.main[piece.fc : piece.fc + piece.count * piece.width]
            if len(raw) < piece.count * piece.width:
                raise damaged("文字不完整")
            if piece.width == 1:
                raw = "".join(_NARROW.get(byte) or chr(byte) for byte in raw).encode("utf-16-le")
            units.frombytes(raw)
        return units

    def _leave_out(self) -> None:
        """Mark what is deleted, hidden or a sign of a font of signs."""
        marked = self.formats.ranges(self._place(_CHARACTERS), of_paragraphs=False)
        ranges = _apart(sorted((begin, end) for begin, end, said in marked if _is_gone(self.formats.codes(said))))
        ends = [end for _, end in ranges]
        for piece in self.pieces:
            if _is_gone(piece.codes):
                self.gone[piece.cp : piece.cp + piece.count] = b"\1" * piece.count
            at, last = bisect_right(ends, piece.fc), piece.fc + piece.count * piece.width
            while at < len(ranges) and ranges[at][0] < last:
                first = piece.cp + max(0, ranges[at][0] - piece.fc) // piece.width
                after = piece.cp + min(piece.count, -(-(ranges[at][1] - piece.fc) // piece.width))
                self.gone[first:after] = b"\1" * (after - first)
                at += 1


def _listed(table: bytes, form: str) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    """What a table says of each stretch of characters: where it begins and ends, and the entry on it."""
    size = struct.calcsize(form)
    count = max(0, (len(table) - 4) // (4 + size))
    places = struct.unpack_from(f"<{count + 1}I", table) if count else ()
    if any(a > b for a, b in pairwise(places)):
        raise damaged("文字的次序表不对")
    for number, (begin, end) in enumerate(pairwise(places)):
        yield begin, end, struct.unpack_from(form, table, 4 * (count + 1) + size * number)


def _apart(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges in order, those that meet made one."""
    made: list[tuple[int, int]] = []
    for begin, end in ranges:
        if made and begin <= made[-1][1]:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((begin, end))
    return made


def _is_gone(codes: Codes) -> bool:
    return codes.get(DELETED, 0) in (1, 0x81) or codes.get(HIDDEN, 0) in (1, 0x81) or SYMBOL in codes


_NARROW = {byte: bytes([byte]).decode("cp1252", "ignore") for byte in range(0x80, 0xA0)}
