"""Lines of print joined to the paragraphs they were broken from.

A line goes on in the next where it fills the column and the next one is not set in; where a file sets nothing in, it must
not end a sentence either. A table's lines and those of another size stay by themselves.
"""

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from statistics import median

from .text_lines import Line, width
from .text_paragraph import Paragraph

ENDS = "。；：！？…;:!?."
SLACK = 0.5  # sizes by which widths may be judged wrong
PARTED = 1.25  # of the usual step from line to line, from which on a paragraph ends
WORD = 5  # sizes that are at most kept together at the end of a line
INDENT = 0.75  # sizes from which on a line is set in
EDGE = 2  # lines at the head and the foot of a page among which running heads are looked for
LIKE = 0.6  # points by which sizes of one face differ
_COUNT = "[0-9０-９一二三四五六七八九十百]{1,5}"
_NUMBER = re.compile(
    rf"[-—–－·\s]{{0,4}}[0-9０-９]{{1,4}}[-—–－·\s]{{0,4}}|第\s?{_COUNT}\s?页(?:[\s，,/]{{0,2}}共\s?{_COUNT}\s?页)?"
    "|[0-9]{1,4} ?/ ?[0-9]{1,4}|[ivxIVX]{1,6}"
)
_BEGINS = re.compile(
    "[一二三四五六七八九十]{1,3}[、是]|[（(][0-9一二三四五六七八九十]{1,3}[）)]|[0-9]{1,2}[.．、](?![0-9])|[①-⑳]|第[一二三四五六七八九十]{1,3}[章节条，、]"
)
_UNIT = re.compile(
    "[“‘（《〈〔【(]*(?:[0-9A-Za-z][0-9A-Za-z.,%％—–~～年月日号万亿元个人名所项次度-]*|.)[，。、；：！？”’）》〉〕】,.;:!?)]*"
)
_WORDS = re.compile("[\u3400-\u9fffA-Za-z]{2}")
_AT_END = re.compile(r"^[0-9]{1,4}(?![0-9.])|(?<![0-9.])[0-9]{1,4}(?=[-—\s]*页?$)")


def without_heads(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The pages without their numbers and what most of them repeat at head or foot; headings of a table stay once."""
    met = Counter(said for lines in pages for at in _edge(lines) for said in _repeated(lines[at]))
    most, seen = max(3, len(pages) / 2), set[_Repeated]()
    made = []
    for lines in pages:
        edge, left = _edge(lines), []
        for at, line in enumerate(lines):
            said = _repeated(line) if at in edge else set()
            is_head = any(met[one] >= most for one in said) and bool(_WORDS.search(line.text))
            in_table = "\t" in line.text and at + 1 < len(lines) and "\t" in lines[at + 1].text
            if not is_head or (in_table and not said & seen):
                left.append(line)
            seen |= said
        made.append(left)
    return _without_numbers(made)


_Repeated = tuple[str, int]


def _repeated(line: Line) -> set[_Repeated]:
    """What is alike in a running head from page to page: its words, with a number of pages in them or not; how high it is."""
    height = round(line.base / 4)
    counted = _AT_END.sub(lambda found: f"#{int(found[0]) - line.page}", line.text)
    return {(line.text, height), (counted, height)}


def _edge(lines: Sequence[Line]) -> set[int]:
    return {at for at in range(len(lines)) if at < EDGE or at >= len(lines) - EDGE}


def _without_numbers(pages: list[list[Line]]) -> list[list[Line]]:
    """The pages without the numbers at their ends that run on from page to page."""
    ends = [
        (line, _shift(line))
        for lines in pages
        for line in (*lines[:1], *lines[1:][-1:])
        if _NUMBER.fullmatch(line.text)
    ]
    (shift, count), *_ = [*Counter(shift for _, shift in ends).most_common(1), (0, 0)]
    numbers = {id(line) for line, own in ends if own is None or (own == shift and (count > 1 or len(pages) < 3))}
    return [[line for line in lines if id(line) not in numbers] for lines in pages]


def _shift(line: Line) -> int | None:
    """How far a page's number is ahead of its place; nothing where it is not in digits."""
    digits = re.search("[0-9０-９]+", line.text)
    return int(digits[0]) - line.page if digits else None


def joined(pages: Sequence[Sequence[Line]]) -> list[Paragraph]:
    """The paragraphs of all pages, each with the page it begins on."""
    lines = [line for page in pages for line in page]
    column = _Column(lines)
    made: list[Paragraph] = []
    before: Line | None = None
    for line in lines:
        if before is not None and column.goes_on(before, line):
            made[-1] = Paragraph(_put_together(made[-1].text, line.text), made[-1].kind, made[-1].page)
        else:
            made.append(Paragraph(line.text, "row" if "\t" in line.text else "text", line.page))
        before = line
    return made


class _Column:
    """The column of print: its size, its edges, how far apart its lines stand, whether paragraphs are set in."""

    def __init__(self, lines: Sequence[Line]) -> None:
        weights: Counter[float] = Counter()
        for line in lines:
            weights[round(line.size, 1)] += len(line.text)
        self.size = weights.most_common(1)[0][0] if weights else 1.0
        body = [line for line in lines if abs(line.size - self.size) < LIKE and "\t" not in line.text]
        self.left = _most([line.left for line in body])
        furthest = max((line.right for line in body), default=0.0)
        self.right = median([line.right for line in body if line.right > 0.9 * furthest] or [0.0])
        steps = [a.base - b.base for a, b in itertools.pairwise(body) if a.page == b.page and a.base > b.base]
        self.step = median(steps) if steps else 2 * self.size
        self.is_spaced = sum(step > PARTED * self.step for step in steps) * 20 > len(steps)
        self.sets_in = any(self.is_set_in(line) for line in body)

    def is_set_in(self, line: Line) -> bool:
        """Whether a line begins further to the right than the column."""
        return INDENT * self.size < line.left - self.left < 4 * self.size

    def goes_on(self, line: Line, following: Line) -> bool:
        """Whether a paragraph runs on from one line to the next."""
        if abs(line.size - following.size) > LIKE or "\t" in line.text or "\t" in following.text:
            return False
        same_page = line.page == following.page
        if line.size > self.size + LIKE:  # a title on two lines
            return same_page and line.base - following.base < 2.5 * line.size and _is_centred(line, following)
        if same_page and line.base - following.base > PARTED * self.step:
            return False
        if following.left - self.left > INDENT * self.size or not self._is_full(line, following):
            return False
        if self.sets_in or (self.is_spaced and same_page):
            return True
        return line.text[-1] not in ENDS and not _BEGINS.match(following.text)

    def _is_full(self, line: Line, following: Line) -> bool:
        """Whether what the next line begins with had no more room."""
        first = _UNIT.match(following.text)
        return line.right + (min(width(first[0]), WORD) if first else 1) * line.size > self.right - SLACK * self.size


def _most(values: Sequence[float]) -> float:
    """The left edge: the least that at least a tenth of the lines keep to."""
    counted = Counter(round(value) for value in values)
    return min((value for value, count in counted.items() if count * 10 >= len(values)), default=0)


def _is_centred(line: Line, following: Line) -> bool:
    return abs((line.left + line.right) - (following.left + following.right)) < 2 * line.size


def _put_together(text: str, more: str) -> str:
    """Two lines as one: between Latin words a blank, a word parted by a hyphen whole."""
    if re.search("[A-Za-z]$", text) and re.match("[A-Za-z]", more):
        return f"{text} {more}"
    return text + more
