"""What a paper is made of, before it is Word or PDF: its text with figures in it, its annexes, its heading."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from duikou.rules.quantity import Quantity
from duikou.rules.writing import joined

Form = Literal["spoken", "upward"]
Align = Literal["left", "center", "right"]
TITLE_WIDTH = 20  # characters of 二号 in a line


@dataclass(frozen=True)
class Number:
    """A figure as it is printed, hedge, number and unit together, with the name it answers to.

    `unit`: of one in a table, whose unit stands in a column or heading of its own; `value`: of a number that a record bears
    itself, which no sheet reckons.
    """

    text: str
    name: str
    alias: str
    unit: str = ""
    value: Quantity | None = None

    def __post_init__(self) -> None:
        """Word is reported to hold 64 characters in a tag; a name cut short would lead nowhere."""
        if not 0 < len(self.name) <= 64:
            raise ValueError(f"数字的名称须在64个字符以内：{self.name}")

    @property
    def full(self) -> str:
        """The figure with its unit, wherever that stands."""
        return joined(self.text, self.unit) if self.unit else self.text


Piece = str | Number


@dataclass(frozen=True)
class Bar:
    """A bar of a chart: its label, its length in parts of the longest, the figure written beside it.

    `rest`: how long the hatched part behind it is, what of its whole has not come this far.
    """

    label: str
    length: float
    number: Piece
    hollow: bool = False
    rest: float = 0


@dataclass(frozen=True)
class Mark:
    """A mark on the scale of a chart: where, in parts of the longest bar, and the number there."""

    at: float
    text: str


@dataclass(frozen=True)
class Chart:
    """Bars on one scale over a caption: 图1 各区捐资; `marks` of the scale, in a unit."""

    caption: str
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...] = ()
    unit: str = ""


@dataclass(frozen=True)
class Spoken:
    """A sentence as it was said: the line of the outline it comes from, its words, how many figures stand in it."""

    line: int
    text: str
    figures: int = 0


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the body: level 0 is text, 1 to 4 are headings; a chart may stand under it.

    `spoken`: the sentences it was made of, where an outline made it.
    """

    pieces: tuple[Piece, ...]
    level: int = 0
    chart: Chart | None = None
    spoken: tuple[Spoken, ...] = ()


@dataclass(frozen=True)
class Column:
    """A column of an annex: its heading, how it is set, its share of the width."""

    heading: str
    align: Align = "left"
    share: float = 1


@dataclass(frozen=True)
class Row:
    """A row of an annex: a piece or nothing for each column; a group row has its label only."""

    cells: tuple[Piece, ...]
    group: bool = False
    indent: int = 0


@dataclass(frozen=True)
class Annex:
    """A table after the text: what stands above it, its columns and rows, the notes below."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    above: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    warning: str = ""

    @property
    def plain_title(self) -> str:
        """The title in one line."""
        return self.title.replace("|", "")


@dataclass(frozen=True)
class Paper:
    """A paper: its text and what it rests on; a | in the title marks a place where its line may end."""

    title: str
    office: str
    day: date
    salutation: str
    body: tuple[Paragraph, ...]
    head: str
    head_full: str
    made_at: datetime
    number: str
    annexes: tuple[Annex, ...] = ()

    def __post_init__(self) -> None:
        """The paper's number becomes part of its bookmarks' names."""
        if not re.fullmatch("[0-9A-Za-z]{8}", self.number):
            raise ValueError(f"文稿编号须为8位字母或数字：{self.number}")

    @property
    def plain_title(self) -> str:
        """The title in one line."""
        return self.title.replace("|", "")


@dataclass(frozen=True)
class Comment:
    """A comment on the figure of a bookmark, in paragraphs."""

    bookmark: str
    lines: tuple[str, ...]
    author: str = "对口一本账"


@dataclass(frozen=True)
class Heading:
    """What only the upward form has, and 草稿 on each page of either form.

    `office` is the issuing body, `mark` what is printed in red (its name, where nothing is said); `code` is
    津合〔2011〕1号, empty while none is given; `signer_label` an office's role only, else room is left for a name by hand; `day` is that of signing.
    """

    office: str = ""
    addressee: str = ""
    code: str = ""
    mark: str = ""
    signer_label: str = ""
    copies: tuple[str, ...] = ()
    printer: str = ""
    printed_on: date | None = None
    day: date | None = None
    serial: str = ""
    secrecy: str = ""
    urgency: str = ""
    draft: bool = False


def numbers(paper: Paper) -> Iterator[Number]:
    """Every figure of the paper in the order in which it is printed: the body with its charts, then the annexes."""
    for paragraph in paper.body:
        yield from (piece for piece in paragraph.pieces if isinstance(piece, Number))
        for bar in paragraph.chart.bars if paragraph.chart else ():
            yield from (bar.number,) if isinstance(bar.number, Number) else ()
    for annex in paper.annexes:
        yield from (cell for row in annex.rows for cell in row.cells if isinstance(cell, Number))


def occurrences(paper: Paper) -> list[tuple[str, Number]]:
    """Every figure of the paper in order, with the bookmark it stands in."""
    return [(f"dk_{paper.number}_{place:03d}", number) for place, number in enumerate(numbers(paper), 1)]


def text_of(pieces: tuple[Piece, ...]) -> str:
    """The pieces as they are read."""
    return "".join(piece if isinstance(piece, str) else piece.text for piece in pieces)


def day_words(day: date) -> str:
    """2011年8月29日: full year, no leading zero."""
    return f"{day.year}年{day.month}月{day.day}日"


def title_lines(title: str) -> tuple[str, ...]:
    """The title in lines of whole words, shaped as a trapezium or a diamond; marked places go before guessed ones."""
    marked = title.split("|")
    finer = [word for part in marked for word in _WORD_ENDS.split(part) if word]
    return (len(marked) > 1 and _lined(marked)) or _lined(finer) or (title.replace("|", ""),)


def _lined(words: list[str]) -> tuple[str, ...]:
    """Words in lines of the best shape; nothing where they need no second line or find no room."""
    lines = int(-(-width("".join(words)) // TITLE_WIDTH))
    for number in range(lines, min(lines + 2, len(words) + 1)) if lines > 1 else ():
        shapes = []
        for ends in itertools.combinations(range(1, len(words)), number - 1):
            shape = tuple("".join(words[a:b]) for a, b in itertools.pairwise((0, *ends, len(words))))
            if max(map(width, shape)) <= TITLE_WIDTH:
                shapes.append(shape)
        if shapes:
            return min(shapes, key=_misshapen)
    return ()


# A line may end after 的, a mark or a place's or year's last word, unless the next character belongs to that word.
_WORD_ENDS = re.compile("(?<=[的、》）市省州县区年])(?![的、》）委长直级度内来末初底场民])(?!$)")


def width(text: str) -> float:
    """The width of a text in Chinese characters."""
    return sum(0.5 if character.isascii() else 1 for character in text)


def _misshapen(lines: tuple[str, ...]) -> float:
    """How far lines are from a trapezium or diamond: neighbours differ by some four characters, no narrow waist."""
    widths = [width(line) for line in lines]
    waist = sum(before > here < after for before, here, after in zip(widths, widths[1:], widths[2:], strict=False))
    return 100 * waist + sum(abs(abs(a - b) - 4) for a, b in itertools.pairwise(widths))
