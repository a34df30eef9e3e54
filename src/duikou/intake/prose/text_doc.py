"""A Word file of 1997 to 2003 (.doc) as paragraphs: what stands on its pages once all changes are accepted.

As in a .docx: a row of a table is one line, codes of fields and what is hidden or deleted are left out, numbers that Word
draws by itself are not made up; text boxes follow the paragraph they hang on, footnotes and endnotes the whole.
"""

import struct
from collections.abc import Iterator

from ..compound import old_office_file
from ..container import Container
from ..unfit import Unfit, damaged
from .text_paragraph import Kind, Paragraph, rows_of, within
from .text_pieces import Marks, Pieces

_MAIN, _FOOTNOTES, _ENDNOTES, _BOXES = 0, 1, 5, 6
_BEGIN, _RESULT, _END = 0x13, 0x14, 0x15
_CELL = 0x07
_ENDS = (0x0D, _CELL, 0x0C)
_SPECIAL = str.maketrans({"\x0b": "\n", "\x0e": "\n", "\x1e": "-"})
DEEPEST = 50


def doc_paragraphs(data: bytes) -> list[Paragraph]:
    """The paragraphs of a .doc file; Unfit where it is none or damaged."""
    try:
        file = Container(data)
        if "WordDocument" not in file.at_root():
            old_office_file(data)  # says what it is instead, unless it is a workbook
            raise Unfit("upload.1", "Excel 工作簿（xls）", "Word 文档（doc）", "从“导入表格”上传，或把文字另存为 .docx")
        pieces = Pieces(file)
        notes = [one for number in (_FOOTNOTES, _ENDNOTES) for one in _story(pieces, number, "footnote").paragraphs()]
        return [*_with_boxes(pieces), *notes]
    except (struct.error, IndexError, KeyError, OverflowError, UnicodeDecodeError):
        raise damaged("正文读不出") from None


def _with_boxes(pieces: Pieces) -> Iterator[Paragraph]:
    """The main text, each box after the paragraph or row that it hangs on."""
    main, (first, end) = _story(pieces, _MAIN, "text"), pieces.story(_BOXES)
    boxes = [(at, first + begin, min(first + after, end)) for at, begin, after in pieces.boxes()] or [
        (first, first, end)
    ]
    boxes.reverse()
    for paragraph in main.paragraphs():
        yield paragraph
        while boxes and boxes[-1][0] < main.at:
            yield from _Story(pieces, *boxes.pop()[1:], "box").paragraphs()
    while boxes:
        yield from _Story(pieces, *boxes.pop()[1:], "box").paragraphs()


def _story(pieces: Pieces, number: int, kind: Kind) -> "_Story":
    return _Story(pieces, *pieces.story(number), kind)


_Cells = list[list[Paragraph]]


class _Story:
    """One of the texts of a document, from one place to another."""

    def __init__(self, pieces: Pieces, first: int, end: int, kind: Kind) -> None:
        self.pieces, self.first, self.end, self.kind = pieces, first, end, kind
        self.at = first  # behind the paragraph that was told last
        self.tables: list[tuple[_Cells, list[Paragraph]]] = []  # of each level: its cells, the lines of one begun

    def paragraphs(self) -> Iterator[Paragraph]:
        """The paragraphs in order, those of tables row by row."""
        self._without_codes()
        for words, sign, marks in self._ended():
            depth = min(marks.depth, DEEPEST)
            kind: Kind = "heading" if marks.heading and self.kind == "text" else self.kind
            yield from self._up_to(depth)
            if not depth:
                yield Paragraph(words, kind)
                continue
            cells, lines = self.tables[-1]
            if marks.ends_row:
                self.tables[-1] = ([], [])
                yield from self._row(cells)
            else:
                lines.append(Paragraph(words, kind))
                if sign == _CELL or marks.ends_cell:
                    cells.append([*lines])
                    lines.clear()
        yield from self._up_to(0)

    def _up_to(self, depth: int) -> Iterator[Paragraph]:
        """Open tables down to a level; a table that was left without its end is told as far as it goes."""
        while len(self.tables) < depth:
            self.tables.append(([], []))
        while len(self.tables) > depth:
            cells, lines = self.tables[-1]
            yield from self._row([*cells, lines] if lines else cells)
            self.tables.pop()

    def _row(self, cells: _Cells) -> Iterator[Paragraph]:
        """A row that is complete; one of an inner table belongs to the cell around it."""
        rows = [*rows_of(cells)] if cells else []
        if len(self.tables) > 1:
            self.tables[-2][1].extend(rows)
        else:
            yield from rows

    def _ended(self) -> Iterator[tuple[str, int, Marks]]:
        """Each paragraph: its words, the sign that ends it, what is known of it."""
        units, gone = self.pieces.units, self.pieces.gone
        begun, count = self.first, 0
        for at in range(self.first, self.end):
            if units[at] in _ENDS and not gone[at]:
                self.at, count = at + 1, count + 1
                within(count)
                yield self._words(begun, at), units[at], self.pieces.marks(at)
                begun = at + 1
        if begun < self.end:
            yield self._words(begun, self.end), 0x0D, Marks()

    def _words(self, first: int, end: int) -> str:
        units = self.pieces.units[first:end]
        if any(self.pieces.gone[first:end]):
            kept = (unit for unit, out in zip(units, self.pieces.gone[first:end], strict=True) if not out)
            units = type(units)("H", kept)
        return units.tobytes().decode("utf-16-le", "replace").translate(_SPECIAL)

    def _without_codes(self) -> None:
        """Mark the codes of fields as left out; a field without its end is none."""
        signs = [at for at in range(self.first, self.end) if _BEGIN <= self.pieces.units[at] <= _END]
        opened: list[int] = []
        whole: set[int] = set()
        for at in signs:
            if self.pieces.units[at] == _BEGIN:
                opened.append(at)
            elif self.pieces.units[at] == _END and opened:
                whole |= {opened.pop(), at}
        codes: list[int] = []  # of the fields that are open: 1 while in the code
        inside, before = 0, self.first
        for at in signs:
            if inside:
                self.pieces.gone[before:at] = b"\1" * (at - before)
            sign = self.pieces.units[at]
            if sign == _BEGIN and at in whole:
                codes.append(1)
                inside += 1
            elif codes and (sign == _RESULT or at in whole):
                inside -= codes[-1]
                codes[-1] = 0
                if sign == _END:
                    codes.pop()
            before = at
