"""Runs, paragraphs and tables of a Word file, each element in the order in which Word wants it."""

import hashlib
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from .look import WIDTH, Look
from .package import OFFICE, escaped
from .paper import Annex, Number, Paper, Piece, Row, occurrences

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    f' xmlns:r="{OFFICE}/relationships" xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="w15"'
)
# The order of the elements of a paragraph's properties that are used here.
ORDER = ("keepNext", "keepLines", "pageBreakBefore", "framePr", "pBdr", "shd", "tabs", "spacing", "ind", "jc")


@dataclass
class Writing:
    """A paper being written: its figures in turn, with or without controls, those that bear a comment."""

    paper: Paper
    look: Look
    plain: bool
    commented: Collection[str] = ()
    places: Iterator[tuple[str, Number]] = field(init=False)

    def __post_init__(self) -> None:
        self.places = iter(occurrences(self.paper))

    def runs(self, pieces: Sequence[Piece]) -> str:
        """The pieces as runs; a figure in its bookmark and control."""
        return "".join(run(p) if isinstance(p, str) else self._figure(*next(self.places)) for p in pieces)

    def _figure(self, bookmark: str, number: Number) -> str:
        """A figure's run in its bookmark, in its control: LibreOffice 7.4 keeps both and drops the control's tag.

        The control has no w:text: with it LibreOffice 7.4.7 makes an input field of the figure, leaves its bookmark
        empty and on saving writes the figure several times over (2000万元 became 2000万元万元2000万元2000万元).
        """
        n = int(bookmark.rpartition("_")[2])
        marked = f'<w:bookmarkStart w:id="{n}" w:name="{bookmark}"/>{run(number.text)}<w:bookmarkEnd w:id="{n}"/>'
        if not self.plain:
            identity = int.from_bytes(hashlib.sha256(self.paper.number.encode()).digest()[:4]) % 2**30 + n
            marked = (
                f'<w:sdt><w:sdtPr><w:alias w:val="{escaped(number.alias)}"/><w:tag w:val="{escaped(number.name)}"/>'
                f'<w:id w:val="{identity}"/><w15:appearance w15:val="hidden"/></w:sdtPr>'
                f"<w:sdtContent>{marked}</w:sdtContent></w:sdt>"
            )
        if bookmark in self.commented:
            reference = f'<w:r><w:commentReference w:id="{n}"/></w:r>'
            marked = f'<w:commentRangeStart w:id="{n}"/>{marked}<w:commentRangeEnd w:id="{n}"/>{reference}'
        return marked

    def annex(self, annex: Annex) -> str:
        """The table of an annex: ruled thick above and below, open at its sides, its heading on every page."""
        shares = sum(column.share for column in annex.columns)
        widths = [int(WIDTH * column.share / shares) for column in annex.columns]
        widths[-1] += WIDTH - sum(widths)
        head = "".join(
            _cell(width, paragraph("TableHead", run(column.heading)), head=True)
            for width, column in zip(widths, annex.columns, strict=True)
        )
        rows = "".join(self._row(annex, widths, row, last=row is annex.rows[-1]) for row in annex.rows)
        return table(
            widths, f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>{rows}", annex.plain_title
        )

    def _row(self, annex: Annex, widths: Sequence[int], row: Row, *, last: bool) -> str:
        cells = (*row.cells, *[""] * (len(widths) - len(row.cells)))
        made = ""
        for at, (width, column, piece) in enumerate(zip(widths, annex.columns, cells, strict=True)):
            shift = {"leftChars": 100 * row.indent, "left": 210 * row.indent} if row.indent and not at else {}
            text = self.runs((piece,))
            style = "TableHead" if row.group else "TableText"
            align = "left" if row.group else column.align
            made += _cell(width, paragraph(style, text, ind=shift, jc=align), last=last)
        return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{made}</w:tr>"


_BREAKS = {"\t": "<w:tab/>", "\n": "<w:br/>"}


def run(text: str, face: str = "", size: int = 0) -> str:
    """A run; the hint keeps “ ” … — in the Chinese face. A tab in the text is a tab, a new line one."""
    if not text:
        return ""
    faces = "".join(f' w:{slot}="{face}"' for slot in ("ascii", "hAnsi", "eastAsia", "cs")) if face else ""
    sized = f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>' if size else ""
    parts = re.split("([\t\n])", text)
    said = "".join(_BREAKS.get(part) or f'<w:t xml:space="preserve">{escaped(part)}</w:t>' for part in parts if part)
    return f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"{faces}/>{sized}</w:rPr>{said}</w:r>'


def paragraph(style: str, runs: str, **properties: object) -> str:
    """A paragraph of a style; a property is attributes, a word, a part of XML, or True for one that is only there."""
    said = "".join(_property(name, properties[name]) for name in ORDER if properties.get(name))
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{said}</w:pPr>{runs}</w:p>'


def _property(name: str, value: object) -> str:
    if value is True:
        return f"<w:{name}/>"
    if isinstance(value, dict):
        attributes = "".join(f' w:{key}="{said}"' for key, said in value.items())
        return f"<w:{name}{attributes}/>"
    return f"<w:{name}>{value}</w:{name}>" if name in ("tabs", "pBdr") else f'<w:{name} w:val="{value}"/>'


def before(lines: int, line: int = 579) -> dict[str, int]:
    """Room of so many lines above a paragraph, for those who count lines and those who measure."""
    return {"beforeLines": 100 * lines, "before": line * lines}


def indent(side: str, characters: float, wide: int) -> dict[str, int]:
    """So many characters in from a side, in characters and in twentieths of a point."""
    return {f"{side}Chars": round(100 * characters), side: round(wide * characters)}


def _cell(width: int, content: str, *, head: bool = False, last: bool = False) -> str:
    return cell(width, content, _rules(head=head, last=last))


def cell(width: int, content: str, lines: str = "") -> str:
    """A cell of a table, with its rules or margins."""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{lines}<w:vAlign w:val="center"/></w:tcPr>{content}</w:tc>'
    )


def _rules(*, head: bool, last: bool) -> str:
    """Thick above the heading and below the last row, thin elsewhere."""
    top = 12 if head else 4
    bottom = 12 if last else 4
    edges = (("top", top), ("bottom", bottom))
    return (
        "<w:tcBorders>"
        + "".join(f'<w:{edge} w:val="single" w:sz="{thick}" w:space="0" w:color="000000"/>' for edge, thick in edges)
        + "</w:tcBorders>"
    )


def table(widths: Sequence[int], rows: str, title: str) -> str:
    """A table of fixed columns in the middle of the block."""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    margin = "".join(f'<w:{side} w:w="57" w:type="dxa"/>' for side in ("left", "right"))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margin}</w:tblCellMar><w:tblCaption w:val="{escaped(title)}"/>'
        f"</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )
