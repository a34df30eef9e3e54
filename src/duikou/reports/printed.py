"""A PDF as it is printed: lines of text with their places and sizes, ink on the paper, the fonts it holds."""

import io
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import typst
from PIL import Image
from pypdf import PageObject, PdfReader

from .paper import width

POINT = 25.4 / 72  # millimetres
DOTS = 5  # to the millimetre
HIGH = 297.0
_SUBSET = re.compile(r"^/?(?:[A-Z]{6}\+)?")
_MARKS = "，。、；：？！“”‘’（）《》〈〉〔〕—…·"


@dataclass(frozen=True)
class Line:
    """A line of print: its text, its left edge and its baseline from the top in millimetres, its size in points."""

    text: str
    left: float
    base: float
    size: float

    @property
    def width(self) -> float:
        """Its width in Chinese characters; a mark may be set half as wide."""
        return width(self.text) - 0.5 * sum(character in _MARKS for character in self.text)


@dataclass(frozen=True)
class Page:
    """A page of a PDF."""

    number: int
    lines: tuple[Line, ...]

    @property
    def text(self) -> tuple[Line, ...]:
        """The lines of the block, without the page number, the 账首 and what is stamped above."""
        return tuple(line for line in self.lines if 36 < line.base < 263)

    @property
    def foot(self) -> Line | None:
        """The line of the page number."""
        return next((line for line in self.lines if line.base >= 263 and re.fullmatch("— ?[0-9]+ ?—", line.text)), None)


class Printed:
    """A PDF, read once."""

    def __init__(self, pdf: bytes) -> None:
        self._pdf = pdf
        self._read = PdfReader(io.BytesIO(pdf))
        self._kept: dict[int, Page] = {}

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """Its pages."""
        return tuple(self.page(at) for at in range(len(self)))

    def __len__(self) -> int:
        return len(self._read.pages)

    def page(self, at: int) -> Page:
        """A page by its place from 0, read at first asking."""
        if at not in self._kept:
            self._kept[at] = Page(at + 1, tuple(_lines(self._read.pages[at])))
        return self._kept[at]

    @cached_property
    def fonts(self) -> tuple[str, ...]:
        """The names of the fonts it holds, without the mark of a subset."""
        found = set()
        for page in self._read.pages:
            for font in page.get("/Resources", {}).get("/Font", {}).values():
                found.add(_SUBSET.sub("", str(font.get_object()["/BaseFont"])))
        return tuple(sorted(found))

    def ink(self, page: int) -> list[bytes]:
        """A page as rows of grey points, five to the millimetre, from the top; drawn by typst."""
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "paper.pdf").write_bytes(self._pdf)
            source = (
                f'#set page(width: 210mm, height: 297mm, margin: 0pt)\n#image("paper.pdf", page: {page}, width: 210mm)'
            )
            (Path(folder) / "page.typ").write_text(source, "utf-8")
            drawn = typst.compile(str(Path(folder) / "page.typ"), root=folder, format="png", ppi=25.4 * DOTS)
        with Image.open(io.BytesIO(drawn)) as image:
            points, across = image.convert("L").tobytes(), image.width
        return [points[start : start + across] for start in range(0, len(points), across)]


def _lines(page: PageObject) -> Iterator[Line]:
    """The lines of a page from the top: pieces on one baseline in order, the largest size among them."""
    pieces: dict[int, list[tuple[float, float, float, str]]] = {}

    def seen(text: str, cm: list[float], tm: list[float], _font: Any, size: float) -> None:
        if text.strip():
            left = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            base = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            pieces.setdefault(round(base), []).append((left, base, size, text.replace("\n", "")))

    page.extract_text(visitor_text=seen)
    for at in sorted(pieces, reverse=True):
        found = sorted(pieces[at], key=lambda piece: piece[0])
        left, base, _, _ = found[0]
        text = "".join(piece[3] for piece in found).strip()
        yield Line(text, left * POINT, HIGH - base * POINT, max(piece[2] for piece in found))
