"""An old Office file (OLE) as a container: its sectors and their chains, its streams and storages by name."""

import struct
from collections.abc import Iterator
from functools import cached_property
from itertools import islice

from .unfit import damaged

_FREE, _ENTRY, _SHORT, _STREAM = 0xFFFFFFFA, 128, 64, 2

Place = tuple[int, int]
"""Of a stream: its first sector and its length."""


class Container:
    """Sectors of an OLE file and their chains; a chain that does not end is damage."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        (shift,) = struct.unpack_from("<H", data, 30)
        if shift not in (9, 12) or len(data) < 512:
            raise damaged("OLE 的开头不对")
        self.size = 1 << shift
        # whatever the head says: a table may be named again and again
        needed = len(data) // self.size // (self.size // 4) + 1
        self.next = b"".join(self._sector(number) for number in islice(self._table(), needed))

    @cached_property
    def directory(self) -> bytes:
        """The entries, one after the other."""
        return self._joined(struct.unpack_from("<I", self.data, 48)[0])

    def streams(self) -> dict[str, Place]:
        """Streams and storages by name, those of objects inside too."""
        entries = (self._entry(number) for number in range(len(self.directory) // _ENTRY))
        return {name: place for kind, name, place in entries if kind in (1, _STREAM)}

    def at_root(self) -> dict[str, Place]:
        """The streams at the root: the entry of each names its neighbours to both sides."""
        asked, met, found = [struct.unpack_from("<I", self.directory, 76)[0]], set(), {}
        while asked:
            number = asked.pop()
            if number in met or (number + 1) * _ENTRY > len(self.directory):
                continue
            met.add(number)
            kind, name, place = self._entry(number)
            if kind == _STREAM:
                found[name] = place
            asked += struct.unpack_from("<II", self.directory, number * _ENTRY + 68)
        return found

    def read(self, place: Place) -> bytes:
        """The bytes of a stream; one of less than a sector's worth is kept in pieces inside the stream of the root."""
        (least,) = struct.unpack_from("<I", self.data, 56)
        first, size = place
        found = self._pieces(first, size) if size < least else self._joined(first)[:size]
        if len(found) < size:
            raise damaged("正文不完整")
        return found

    def _entry(self, number: int) -> tuple[int, str, Place]:
        """One entry: what it is, its name, its place."""
        at = number * _ENTRY
        length, kind = struct.unpack_from("<HB", self.directory, at + 64)
        name = self.directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        return kind, name, struct.unpack_from("<2I", self.directory, at + 116)

    def _pieces(self, first: int, size: int) -> bytes:
        (begins,) = struct.unpack_from("<I", self.directory, 116)
        (table,) = struct.unpack_from("<I", self.data, 60)
        pieces, following = self._joined(begins), self._joined(table)
        made: list[bytes] = []
        while first < _FREE and len(made) * _SHORT < size:
            made.append(pieces[first * _SHORT : (first + 1) * _SHORT])
            (first,) = struct.unpack_from("<I", following, first * 4)
        return b"".join(made)[:size]

    def _joined(self, first: int) -> bytes:
        return b"".join(self._sector(number) for number in self._chain(first))

    def _sector(self, number: int) -> bytes:
        found = self.data[(number + 1) * self.size : (number + 2) * self.size]
        if not found:
            raise damaged("OLE 目录指到文件以外")
        return found

    def _table(self) -> Iterator[int]:
        """The sectors that say which sector follows which."""
        first, count = struct.unpack_from("<2I", self.data, 68)
        listed = struct.unpack_from("<109I", self.data, 76)
        yield from (number for number in listed if number < _FREE)
        for _ in range(min(count, len(self.data) // self.size)):
            if first >= _FREE:
                return
            *more, first = struct.unpack(f"<{self.size // 4}I", self._sector(first).ljust(self.size, b"\xff"))
            yield from (number for number in more if number < _FREE)

    def _chain(self, number: int) -> Iterator[int]:
        seen: set[int] = set()
        while number < _FREE:
            if number in seen:
                raise damaged("OLE 目录绕圈")
            seen.add(number)
            yield number
            (number,) = struct.unpack_from("<I", self.next, number * 4)
