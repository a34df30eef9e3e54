"""A web page that was saved or pasted: what a browser would show of it, block by block."""

import re

from lxml import etree

from ..unfit import damaged
from .text_paragraph import Kind, Paragraph, rows_of, within

_BEGINS = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?"
    r"<(?:!doctype\s+html|html|head|body|meta|title|style|script|div|span|p|br|h[1-6]|table|ul|ol|section|article|font|a)"
    r"(?:[\s/][^<>]*)?>",
    re.IGNORECASE | re.DOTALL,
)
_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "legend", "li", "main",
    "nav", "ol", "option", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
}  # fmt: skip
_UNSEEN = {
    "head", "iframe", "math", "noscript", "object", "script", "select", "style", "svg", "template", "textarea",
}  # fmt: skip
_CELLS = {"td", "th"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
MOST = 4  # blocks of a cell in a table of values
_BLANKS = re.compile("[ \t\n\r\f]+")
_WIDE = "[\u2014\u2018-\u201d\u2026\u3000-\u303f\u3400-\u9fff\uff01-\uff5e]"
_BROKEN = re.compile(f"(?<={_WIDE})\n(?={_WIDE})")


def is_page(text: str) -> bool:
    """Whether a text begins as a web page does."""
    return bool(_BEGINS.match(text[:20_000].lstrip("\ufeff")))


def page_paragraphs(text: str) -> list[Paragraph]:
    """The blocks of a page, a row of a table as one; blanks as a browser shows them."""
    shown = _Shown()
    parser = etree.HTMLParser(target=shown, encoding="utf-8", recover=True, no_network=True, huge_tree=True)
    try:
        parser.feed(text.encode("utf-8", "replace"))
        parser.close()
    except etree.LxmlError:
        raise damaged("网页读不到头") from None
    return shown.paragraphs


class _Shown:
    """What the parser tells of a page, put together to blocks; a table within a table ends the row around it."""

    def __init__(self) -> None:
        self.paragraphs: list[Paragraph] = []
        self.words: list[str] = []
        self.cells: list[list[Paragraph]] | None = None
        self.kind: Kind = "text"
        self.hidden = 0

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        """An element begins."""
        if tag in _UNSEEN:
            self.hidden += 1
        elif tag == "tr":
            self._end_row()
            self.cells = []
        elif tag in _CELLS and self.cells is not None:
            self.words.clear()
        elif tag in _BLOCKS:
            self._end_block()
            self.kind = "heading" if tag in _HEADINGS else self.kind

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag in _UNSEEN:
            self.hidden = max(0, self.hidden - 1)
        elif tag in _CELLS and self.cells is not None:
            self.cells.append(self._lines())
        elif tag in ("tr", "table"):
            self._end_row()
        elif tag in _BLOCKS:
            self._end_block()
            self.kind = "text" if tag in _HEADINGS else self.kind

    def data(self, words: str) -> None:
        """Words between two marks."""
        if not self.hidden:
            self.words.append(_BLANKS.sub(lambda found: "\n" if "\n" in found[0] else " ", words))

    def close(self) -> None:
        """The page is at its end."""
        self._end_row()

    def _end_block(self) -> None:
        """A block ends: within a cell it is a line of it."""
        if self.cells is not None:
            self.words.append("\v")
        elif self.words:
            self.paragraphs += self._lines()
            within(len(self.paragraphs))

    def _end_row(self) -> None:
        """A row ends: where a cell of it holds many blocks the table only lays out the page."""
        if self.cells is None:
            self._end_block()
            return
        if self.words:
            self.cells.append(self._lines())
        if max(map(len, self.cells), default=0) > MOST:
            self.paragraphs += (line for cell in self.cells for line in cell)
        elif any(self.cells):
            self.paragraphs += rows_of(self.cells)
        self.cells = None

    def _lines(self) -> list[Paragraph]:
        """The words so far, line by line; a line feed of the source is a blank, between Chinese nothing."""
        said = "".join(self.words)
        self.words.clear()
        lines = (re.sub("[ \n]+", " ", _BROKEN.sub("", re.sub(" *\n[ \n]*", "\n", line))) for line in said.split("\v"))
        return [Paragraph(line, self.kind) for one in lines if (line := one.strip(" "))]
