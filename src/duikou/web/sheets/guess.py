"""Which layout a sheet that nobody knows may be, where its heading stands, and what each column may say: proposals only."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from functools import lru_cache

from duikou.intake import t1
from duikou.intake.layouts import Layout, plain
from duikou.intake.rows import KINDS
from duikou.intake.table import DEEPEST, FIRST_ROWS, said_over
from duikou.intake.workbook import Sheet

LEAST = 0.5  # how alike words must be for one to be proposed
WIDEST = 80  # columns that are looked at


@dataclass(frozen=True)
class Proposal:
    """A column of the sheet: its number, the words over it, the field proposed (or none), whether the words are exactly its own."""

    column: int
    words: tuple[str, ...]
    field: str = ""
    exact: bool = False

    @property
    def heading(self) -> str:
        """The words as they are kept."""
        return "".join(self.words)


@dataclass(frozen=True)
class Guess:
    """A layout with the rows of the heading and a proposal for each column that has words over it."""

    layout: Layout
    top: int
    bottom: int
    columns: tuple[Proposal, ...]
    fit: float


def best(sheets: Iterable[Sheet], layouts: Iterable[Layout]) -> tuple[Sheet, Guess] | None:
    """The sheet, layout and heading whose words are most alike; nothing where no sheet has two words in a row."""
    tried = [
        (sheet, guess(sheet, layout, top, bottom))
        for sheet in sheets
        for top, bottom in spans(sheet)
        for layout in layouts
    ]
    return max(tried, key=lambda one: _rank(one[1]), default=None)


def of_layout(sheet: Sheet, layout: Layout) -> Guess | None:
    """The heading of a sheet that is most alike a layout."""
    return max((guess(sheet, layout, *span) for span in spans(sheet)), key=_rank, default=None)


def _rank(one: Guess) -> tuple[float, int, int, int]:
    """More alike; of those as alike the one with more words, fewer rows, further up."""
    return (one.fit, len({c.heading for c in one.columns}), one.top - one.bottom, -one.top)


def spans(sheet: Sheet) -> Iterator[tuple[int, int]]:
    """The rows that may be a heading: at least two cells with words in them that are no numbers."""
    last = min(FIRST_ROWS, len(sheet.rows))
    for top in range(1, last + 1):
        for bottom in range(top, min(top + DEEPEST - 1, len(sheet.rows)) + 1):
            if len({text for text in sheet.rows[bottom - 1][:WIDEST] if plain(text) and not plain(text).isdigit()}) > 1:
                yield top, bottom


def guess(sheet: Sheet, layout: Layout, top: int, bottom: int) -> Guess:
    """What the columns under some rows may say: exact words first, then what is most alike, each field once."""
    over = [(column, said_over(sheet, range(top, bottom + 1), column)) for column in range(1, _width(sheet) + 1)]
    named = [(column, words) for column, words in over if words]
    found: dict[int, tuple[str, bool]] = {}
    scored = sorted(_scored(named, layout), key=lambda one: -one[0])
    taken: set[str] = set()
    fit = 0.0
    for score, column, field in scored:
        if column not in found and field not in taken:
            found[column] = (field, score > 1)
            taken.add(field)
            fit += score
    proposals = tuple(Proposal(column, words, *found.get(column, ("", False))) for column, words in named)
    return Guess(layout, top, bottom, proposals, fit)


def _width(sheet: Sheet) -> int:
    return min(len(sheet.rows[0]) if sheet.rows else 0, WIDEST)


def _scored(named: Iterable[tuple[int, tuple[str, ...]]], layout: Layout) -> Iterator[tuple[float, int, str]]:
    """How alike each column is to each field: 2 where the words are its own."""
    for column, words in named:
        for heading in dict.fromkeys(("".join(words), words[-1])):
            if own := layout.over(heading):
                yield 2.0, column, own.field
            else:
                for one in layout.columns:
                    if (score := max(likeness(heading, word) for word in one.words)) >= LEAST:
                        yield score, column, one.field


@lru_cache(20_000)
def likeness(heading: str, word: str) -> float:
    """How much two headings have in common, from 0 to 1: their characters, and whether one holds the other."""
    a, b = plain(heading), plain(word)
    if not a or not b:
        return 0.0
    shared = (Counter(a) & Counter(b)).total()
    score = 2 * shared / (len(a) + len(b))
    return min(score + 0.2, 1.0) if len(min(a, b, key=len)) > 1 and (a in b or b in a) else score


def needed(layout: Layout) -> tuple[str, ...]:
    """The columns that a sheet of a layout cannot do without: to be known for one, and for each row to be whole."""
    kind = KINDS.get(layout.kind)
    if kind is None or layout.code == t1.layout().code:
        return layout.must
    whole = [f.name for f in fields(kind) if f.default is f.default_factory is MISSING]
    return tuple(
        dict.fromkeys((*layout.must, *(name for name in whole if name not in layout.says and layout.column(name))))
    )


def asked_fields(layout: Layout) -> Mapping[str, str]:
    """The columns of a layout, as a list to choose from."""
    return {column.field: column.title for column in layout.columns}
