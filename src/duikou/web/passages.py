"""Passages: a paragraph of a document with the phrases marked, where the office has given the document's text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Literal

from duikou.acts.evidence import kept_file, text_of
from duikou.intake.prose.text import paragraphs as of_file
from duikou.rules.evidence import paragraphs_of
from duikou.statistics.passages import Passage

Mark = Literal["far", "", "used", "chosen"]
HEADING = 40  # a numbered line longer than this is a paragraph that begins with a number
_HEADING = re.compile(r"^[一二三四五六七八九十]{1,3}、")
_SENTENCE = re.compile(r"[^。；;]*[。；;]?")


@dataclass(frozen=True)
class Piece:
    """A run of a paragraph's text: plain, marked as used, marked as chosen, or in a sentence without any mark."""

    text: str
    mark: Mark


@dataclass(frozen=True)
class Paragraph:
    """A paragraph with its number and its marks."""

    number: int
    pieces: tuple[Piece, ...]
    heading: bool = False


def paragraphs(digest: str) -> tuple[str, ...] | None:
    """The paragraphs of a document; nothing where the office has not given its text."""
    text = text_of(digest)
    if text is not None:
        return _paragraphs(digest, text)
    return _of_file(digest) if kept_file(digest) else None


@lru_cache(maxsize=32)
def _of_file(digest: str) -> tuple[str, ...] | None:
    """The paragraphs of a kept Word or PDF file, or of a text in another encoding; nothing where it has none."""
    file = kept_file(digest)
    try:
        return of_file(file.name, file.read_bytes()).paragraphs if file else None
    except ValueError:
        return None  # kept, but it holds no paragraphs: a picture, a workbook


@lru_cache(maxsize=32)
def _paragraphs(digest: str, text: str) -> tuple[str, ...]:
    return paragraphs_of(text)


def marked(number: int, text: str, used: Iterable[str], chosen: str = "", *, dim: bool = False) -> Paragraph:
    """A paragraph with phrases marked, the chosen one strongest; `dim` sets sentences without a mark back."""
    marks: list[Mark] = [""] * len(text)
    for phrase, mark in [*((phrase, "used") for phrase in used), (chosen, "chosen")]:
        for found in re.finditer(re.escape(phrase), text) if phrase else ():
            marks[found.start() : found.end()] = [mark] * len(phrase)  # type: ignore[list-item]
    if dim:
        for sentence in _SENTENCE.finditer(text):
            if not any(marks[sentence.start() : sentence.end()]):
                marks[sentence.start() : sentence.end()] = ["far"] * len(sentence[0])
    pieces, at = [], 0
    for mark, run in groupby(marks):
        length = len(list(run))
        pieces.append(Piece(text[at : at + length], mark))
        at += length
    return Paragraph(number, tuple(pieces), is_heading(text))


def is_heading(text: str) -> bool:
    """Whether a paragraph is the heading of a section: 四、广泛动员，社会参与."""
    return len(text) <= HEADING and bool(_HEADING.match(text))


def heading_above(texts: tuple[str, ...], number: int) -> Paragraph | None:
    """The heading of the section that a paragraph stands in."""
    for above in range(number - 1, 0, -1):
        if is_heading(texts[above - 1]):
            return Paragraph(above, (Piece(texts[above - 1], ""),), heading=True)
    return None


def _texts(passage: Passage) -> tuple[str, ...] | None:
    """The paragraphs that a passage may stand in; a sheet has cells and no paragraphs."""
    return None if passage.medium == "sheet" else paragraphs(passage.digest)


def stands(passage: Passage) -> bool | None:
    """Whether the words of a passage stand in the paragraph it names; nothing where there is no text, as of a sheet."""
    texts = _texts(passage)
    if texts is None or passage.paragraph is None or not passage.fragment:
        return None
    return 1 <= passage.paragraph <= len(texts) and passage.fragment in texts[passage.paragraph - 1]


def times_said(passage: Passage) -> int | None:
    """How often the amount of a passage (its words where it has none) is said in its paragraph; 30万元 is not in 130万元."""
    texts = _texts(passage)
    if texts is None or passage.paragraph is None or not 1 <= passage.paragraph <= len(texts):
        return None
    words = passage.said if passage.said and passage.said in passage.fragment else passage.fragment
    return len(re.findall(rf"(?<![\d.]){re.escape(words)}", texts[passage.paragraph - 1]))
