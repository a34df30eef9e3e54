"""A paragraph as a file gives it: its words, where it stands, what is no part of it."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from ..unfit import Unfit

MOST = 200_000
Kind = Literal["text", "heading", "row", "box", "footnote"]
_UNSEEN = ("Cc", "Cf", "Cs")
_APART = ("row", "box")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: its words, what it is where the file says so, its page from 1 where it has pages.

    A row of a table has a tab between two cells; a line feed is a break that was set by hand within a paragraph or cell.
    """

    text: str
    kind: Kind = "text"
    page: int = 0


def seen(text: str) -> str:
    """The text without characters that cannot be seen; blanks, tabs and breaks stay, rare ones as the common one."""
    if text.isprintable():
        return text
    return "".join(map(_seen, text))


@cache
def _seen(c: str) -> str:
    """A character as it is kept."""
    if c in "\t\n\u3000\u00a0":
        return c
    category = unicodedata.category(c)
    return {"Zs": " ", "Zl": "\n", "Zp": "\n"}.get(category, "" if category in _UNSEEN else c)


def kept(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """The paragraphs that say something, without breaks at their ends and what cannot be seen; Unfit beyond all measure."""
    count = 0
    for one in paragraphs:
        text = seen(one.text).strip("\n")
        if text.strip():
            yield Paragraph(text, one.kind, one.page)
            count += 1
            within(count)


def within(count: int) -> None:
    """Unfit where paragraphs are more than any report has."""
    if count > MOST:
        raise Unfit("upload.2", f"超过 {MOST // 10**4} 万段", f"至多 {MOST // 10**4} 万段", "分成几个文件再读")


def rows_of(cells: Sequence[Sequence[Paragraph]]) -> Iterator[Paragraph]:
    """A row of a table as one line, tables and boxes in its cells after it; a row of one cell is a frame around paragraphs."""
    if len(cells) == 1:
        yield from cells[0]
        return
    lines = (("\n".join(one.text for one in cell if one.kind not in _APART and one.text.strip())) for cell in cells)
    yield Paragraph("\t".join(line.strip("\n") for line in lines), "row")
    yield from (one for cell in cells for one in cell if one.kind in _APART)
