"""How an old Word file keeps what marks its words: pages of 512 bytes for ranges of bytes, lists of codes with values.

A property has a code (sprm) whose form says how long its value is; long lists of paragraphs are kept in a stream of their own.
"""

import struct
from collections.abc import Iterator

from ..unfit import MB, damaged

DELETED, HIDDEN, SYMBOL = 0x0800, 0x083C, 0x6A09
IN_TABLE, ROW_END, LEVEL, OUTLINE = 0x2416, 0x2417, 0x6649, 0x2640
INNER_CELL, INNER_ROW = 0x244B, 0x244C
_ELSEWHERE, _TABLE = (0x6645, 0x6646), 0xD608
_PAGE, _LONG = 512, {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}  # bytes of a value by the form of its code
_MOST = 20 * MB  # of lists that are kept elsewhere, of which one may be named again and again

Codes = dict[int, int]


class Formats:
    """Reads the properties that a file keeps in its main stream and in that of its data."""

    def __init__(self, main: bytes, data: bytes) -> None:
        self.main, self.data, self.lent = main, data, 0

    def ranges(self, listed: bytes, *, of_paragraphs: bool) -> Iterator[tuple[int, int, bytes]]:
        """The ranges of bytes with what is said of each, from the pages of 512 bytes that a table lists."""
        count = (len(listed) - 4) // 8
        numbers = struct.unpack_from(f"<{count}I", listed, 4 * (count + 1)) if count > 0 else ()
        for number in sorted({number & 0x3FFFFF for number in numbers}):
            page = self.main[number * _PAGE : (number + 1) * _PAGE]
            if len(page) < _PAGE or 4 * (page[-1] + 1) > _PAGE:
                raise damaged("格式表不完整")
            runs, each = page[-1], 13 if of_paragraphs else 1
            bounds = struct.unpack_from(f"<{runs + 1}I", page)
            for run in range(runs):
                at = page[4 * (runs + 1) + run * each] * 2
                if bounds[run] < bounds[run + 1]:
                    yield bounds[run], bounds[run + 1], _entry(page, at, doubled=of_paragraphs) if at else b""

    def codes(self, said: bytes, *, here: bool = True) -> Codes:
        """The properties of a list by their codes, the last of each."""
        codes: Codes = {}
        at = 0
        while at + 3 <= len(said):
            (code,) = struct.unpack_from("<H", said, at)
            length = _LONG.get(code >> 13) or 1 + self._told(code, said, at + 2)
            value = int.from_bytes(said[at + 2 : at + 2 + length][:4], "little")
            if code in _ELSEWHERE and here and value + 2 <= len(self.data):
                (more,) = struct.unpack_from("<H", self.data, value)
                self.lent += more
                if self.lent > _MOST:
                    raise damaged("格式表没有尽头")
                codes |= self.codes(self.data[value + 2 : value + 2 + more], here=False)
            codes[code] = value
            at += 2 + length
        return codes

    def _told(self, code: int, said: bytes, at: int) -> int:
        """The length of a value that says it itself, in two bytes where it describes a table."""
        if code == _TABLE and at + 2 <= len(said):
            return int.from_bytes(said[at : at + 2], "little")
        return said[at]


def _entry(page: bytes, at: int, *, doubled: bool) -> bytes:
    """What a page says at a place: a length, in paragraphs counted in twos, and so many bytes."""
    if not doubled:
        return page[at + 1 : at + 1 + page[at]]
    if page[at]:
        return page[at + 1 : at + 2 * page[at]]
    return page[at + 2 : at + 2 + 2 * page[at + 1]]
