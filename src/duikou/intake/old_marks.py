"""What a sheet of an .xls says beside its values: the same marks as of an .xlsx, from the records of its main stream."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from .compound import main_stream
from .marks import Marks, Place
from .unfit import damaged

_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_DIMENSIONS, _TEXTS = 0x200, 0xFC
_BOUNDSHEET, _BOF, _FORMAT, _XF = 0x85, 0x809, 0x41E, 0xE0
_ROW, _COLUMNS, _MERGED = 0x208, 0x7D, 0xE5
_FORMULA, _NUMBER, _SHORT, _SHORTS, _BOOL_OR_ERROR = 0x06, 0x203, 0x27E, 0xBD, 0x205
_CELLS = {_FORMULA, _NUMBER, _SHORT, _SHORTS, _BOOL_OR_ERROR, 0x204, 0xFD, 0xD6}
_PERCENT = {9, 10}


@dataclass
class _Found:
    """What was met in a sheet so far."""

    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    odd: dict[Place, str] = field(default_factory=dict)
    percents: set[Place] = field(default_factory=set)
    end: Place = (0, 0)
    merges: int = 0


def old_marks(data: bytes) -> list[Marks]:
    """The marks of each sheet of an .xls, in the order of the workbook."""
    sheets: list[int] = []
    met: dict[int, _Found] = {}
    formats: dict[int, bool] = {}
    styles: list[int] = []
    now: _Found | None = None
    for at, code, body in _records(main_stream(data)):
        _believable(code, body, len(data))
        if code == _BOUNDSHEET:
            sheets.append(struct.unpack_from("<I", body)[0])
        elif code == _FORMAT:
            formats[struct.unpack_from("<H", body)[0]] = b"%" in body[2:]
        elif code == _XF:
            styles.append(struct.unpack_from("<H", body, 2)[0])
        elif code == _BOF and at in sheets:
            now = met[at] = _Found()
        elif now is not None:
            _meet(now, code, body, styles, formats)
    return [_as_marks(met.get(at, _Found())) for at in sheets]


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """The records of a stream: where each begins, its code, its body."""
    at = 0
    while at + 4 <= len(stream):
        code, length = struct.unpack_from("<2H", stream, at)
        yield at, code, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _believable(code: int, body: bytes, size: int) -> None:
    """The reader makes room for as many rows and texts as a record promises: a promise beyond the format is damage."""
    if code == _DIMENSIONS and len(body) >= 14:
        top, rows, left, columns = struct.unpack_from("<2I2H", body)
        if not (top <= rows <= 65_536 and left <= columns <= 256):
            raise damaged(f"工作表自称有 {rows} 行 {columns} 列")
    if code == _TEXTS and struct.unpack_from("<2I", body)[1] > size:
        raise damaged("文字表自称的条数比文件还长")


def _meet(now: _Found, code: int, body: bytes, styles: list[int], formats: dict[int, bool]) -> None:
    """Take in one record of a sheet."""
    if code == _ROW and body[12] & 0x20:
        now.rows.add(struct.unpack_from("<H", body)[0] + 1)
    elif code == _COLUMNS and body[8] & 1:
        first, last = struct.unpack_from("<2H", body)
        now.columns.update(range(first + 1, min(last, 255) + 2))
    elif code == _MERGED:
        now.merges += struct.unpack_from("<H", body)[0]
    elif code in _CELLS:
        row, column, style = struct.unpack_from("<3H", body)
        here = row + 1, column + 1
        last = column + max(0, (len(body) - 6) // 6 - 1) if code == _SHORTS else column
        now.end = max(now.end[0], row + 1), max(now.end[1], last + 1)
        if (said := _odd(code, body)) is not None:
            now.odd[here] = said
        for cell, number in _styled(code, body, here, style):
            shown = styles[number] if number < len(styles) else 0
            if formats.get(shown, shown in _PERCENT):
                now.percents.add(cell)


def _styled(code: int, body: bytes, here: Place, style: int) -> Iterator[tuple[Place, int]]:
    """The numbers of a record, each with the number of its style."""
    if code == _SHORTS:
        for n in range((len(body) - 6) // 6):
            yield (here[0], here[1] + n), struct.unpack_from("<H", body, 4 + 6 * n)[0]
    elif code in (_NUMBER, _SHORT, _FORMULA):
        yield here, style


def _odd(code: int, body: bytes) -> str | None:
    """The error in a cell; an empty word for a formula that waits to be calculated; nothing where it has a value."""
    if code == _BOOL_OR_ERROR and body[7]:
        return _ERRORS.get(body[6], "#N/A")
    if code != _FORMULA or body[12:14] != b"\xff\xff":
        return None
    if body[6] == 2:
        return _ERRORS.get(body[8], "#N/A")
    return "" if body[6] == 3 and body[14] & 2 else None


def _as_marks(found: _Found) -> Marks:
    return Marks(
        frozenset(found.rows),
        frozenset(found.columns),
        found.odd,
        frozenset(found.percents),
        found.end,
        found.merges,
    )
