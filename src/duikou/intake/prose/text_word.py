"""A Word file (.docx) as paragraphs: what stands on its pages once all changes are accepted.

Text boxes follow the paragraph they hang on, footnotes and endnotes the whole. Numbers that Word draws by itself before
paragraphs are not in the text, and are not made up. What was deleted or is hidden, and codes of fields, are left out.
"""

from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from ..parts import office_file
from ..unfit import Unfit, damaged
from .text_paragraph import Kind, Paragraph, rows_of, within
from .text_parts import Package, Style, below, is_on, leads, name_of, styles_of, value_of

_GONE = {
    "del", "moveFrom", "delText", "delInstrText", "instrText", "pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "trPr",
    "tcPr", "rt", "rubyPr",
}  # fmt: skip
_DRAWN = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def docx_paragraphs(data: bytes) -> list[Paragraph]:
    """The paragraphs of a .docx file; Unfit where it is none, a trap or damaged."""
    kind, _ = office_file(data)  # what would run in an office program does no harm here
    if kind != "docx":
        raise Unfit("upload.1", "Excel 工作簿（xlsx）", "Word 文档（docx）", "从“导入表格”上传，或把文字另存为 .docx")
    try:
        package = Package(data)
        main = package.main()
        styles = styles_of(package.parts_of(main, "styles"))
        found = [*_Story(package.part(main), styles).paragraphs()]
        for notes in ("footnotes", "endnotes"):
            for part in package.parts_of(main, notes):
                story = _Story(part, styles)
                found += (
                    Paragraph(one.text, "footnote")
                    for note in part
                    if not value_of(note, "type")
                    for one in story.blocks(note)
                )
    except (KeyError, IndexError, ElementTree.ParseError, LookupError, ValueError):
        raise damaged("正文读不出") from None
    return found


class _Story:
    """One run of text, the main one or a note: the paragraphs in it, fields over several of them too."""

    def __init__(self, part: Element, styles: dict[str, Style]) -> None:
        self.part, self.styles = part, styles
        self.codes: list[int] = []  # of the fields that are open: 1 while in the code
        self.inside = self.count = 0
        marks = [value_of(node, "fldCharType") for node in part.iter() if name_of(node) == "fldChar"]
        self.has_fields = marks.count("begin") == marks.count("end")

    def paragraphs(self) -> Iterator[Paragraph]:
        """All paragraphs of the main text."""
        for body in self.part:
            if name_of(body) == "body":
                yield from self.blocks(body)

    def blocks(self, holder: Element) -> Iterator[Paragraph]:
        """The paragraphs and tables in an element; a paragraph whose mark was deleted runs on in the next."""
        words: list[str] = []
        for node in _flat(holder):
            if name_of(node) == "tbl":
                yield from self._table(node)
                continue
            self.count += 1
            within(self.count)
            boxes: list[Paragraph] = []
            self._take(node, words, boxes)
            own = below(node, "pPr", "rPr")
            if below(own, "del") is None and below(own, "moveFrom") is None and not is_on(below(own, "vanish")):
                yield Paragraph("".join(words), self._kind(node))
                words = []
            yield from boxes
        if words:
            yield Paragraph("".join(words))

    def _table(self, table: Element) -> Iterator[Paragraph]:
        for row in _flat(table, "tr"):
            if below(row, "trPr", "del") is None:
                yield from rows_of([[*self.blocks(cell)] for cell in _flat(row, "tc")])

    def _kind(self, paragraph: Element) -> Kind:
        about = below(paragraph, "pPr")
        level = below(about, "outlineLvl")
        styled = self.styles.get(value_of(below(about, "pStyle"), "val"), Style()).heading
        return "heading" if (leads(level) if level is not None else styled) else "text"

    def _take(self, holder: Element, words: list[str], boxes: list[Paragraph], hidden: bool = False) -> None:
        """The words of an element and those below it, in order; boxes apart. A style may hide all of them."""
        hidden = hidden or self.styles.get(value_of(below(holder, "pPr", "pStyle"), "val"), Style()).hidden
        for node in holder:
            name = name_of(node)
            if name in _GONE or not name:
                continue
            if name == "fldChar":
                self._field(value_of(node, "fldCharType"))
            elif name == "t" or name in _DRAWN:
                if not self.inside:
                    words.append(_DRAWN.get(name) or node.text or "")
            elif name == "txbxContent":
                boxes += (Paragraph(one.text, "box" if one.kind == "text" else one.kind) for one in self.blocks(node))
            elif name == "AlternateContent":
                self._take(_chosen(node), words, boxes, hidden)
            elif name == "sdt" and below(node, "sdtPr", "showingPlcHdr") is not None:
                continue
            elif name == "r" and self._is_hidden(node, hidden):
                self._take(node, [], [])
            else:
                self._take(node, words, boxes, hidden)

    def _is_hidden(self, run: Element, by_style: bool) -> bool:
        about = below(run, "rPr")
        own = is_on(below(about, "vanish"))
        if own is None:
            return by_style or self.styles.get(value_of(below(about, "rStyle"), "val"), Style()).hidden
        return own

    def _field(self, mark: str) -> None:
        """A field begins with its code; after a mark its result follows."""
        if not self.has_fields:
            return
        if mark == "begin":
            self.codes.append(1)
            self.inside += 1
        elif self.codes and mark in ("separate", "end"):
            self.inside -= self.codes[-1]
            self.codes[-1] = 0
            if mark == "end":
                self.codes.pop()


def _chosen(node: Element) -> Element:
    """Of several forms of one thing the first that has words."""
    forms = [child for child in node if name_of(child) in ("Choice", "Fallback")]
    having = (form for form in forms if any(name_of(inner) == "t" for inner in form.iter()))
    return next(having, forms[0] if forms else Element("Choice"))


def _flat(holder: Element, *names: str) -> Iterator[Element]:
    """The elements of these names (paragraphs and tables) in one that holds them, also within controls and insertions."""
    for node in holder:
        name = name_of(node)
        if name in (names or ("p", "tbl")):
            yield node
        elif name == "AlternateContent":
            yield from _flat(_chosen(node), *names)
        elif name not in _GONE and not (name == "sdt" and below(node, "sdtPr", "showingPlcHdr") is not None):
            yield from _flat(node, *names)
