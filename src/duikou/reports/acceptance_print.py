"""Acceptance checks on the printed page: geometry, lines, fonts, that nothing of the text is lost."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from duikou.rules.problem import Found

from .look import Look, stand_ins
from .printed import DOTS, POINT, Page, Printed

PITCH = 28.95 * POINT  # millimetres from baseline to baseline
BODY = 16.0  # points
LINES, CHARACTERS = 22, 28
LEFT, RIGHT, BOTTOM, DASH = 28.0, 184.0, 262.0, 7.0
HEAD = 2  # characters of a cell that are looked for: more may stand in two lines
UNITS = "万亿元年月日%％"
REMEDY = "在 Word 里恢复版面，或用本系统重新出文件"
# How the files of the faces call themselves, without spaces and marks.
POSTSCRIPT = {
    "仿宋_GB2312": "fangsonggb2312", "楷体_GB2312": "kaitigb2312", "黑体": "simhei", "宋体": "simsun", "仿宋": "fangsong",
    "楷体": "kaiti", "华文中宋": "stzhongsong", "方正小标宋简体": "fzxbsjw", "方正小标宋_GBK": "fzxbsk", "方正仿宋_GBK": "fzfsk",
    "方正楷体_GBK": "fzktk", "方正黑体_GBK": "fzhtk", "方正书宋_GBK": "fzssk", "Times New Roman": "timesnewroman",
    "FandolFang R": "fandolfang", "FandolKai": "fandolkai",
}  # fmt: skip


def geometry(printed: Printed) -> Iterator[Found]:
    """Lines a page, characters a line, edges of the block, place of the page number."""
    for page in printed.pages:
        yield from _lines(page)
        yield from _foot(page)
    for page in _sample(printed):
        yield from _inked(printed, page)


def _body(page: Page) -> bool:
    """Whether a page holds nothing but text of 三号."""
    return bool(page.text) and all(abs(line.size - BODY) < 0.3 for line in page.text)


def _full(page: Page) -> bool:
    """Whether the text of a page begins on its first line and ends on its last."""
    return _body(page) and page.text[0].base < 37 + PITCH and page.text[-1].base > BOTTOM - PITCH


def _lines(page: Page) -> Iterator[Found]:
    """The lines of a page: on the grid, 22 where it is full, none longer than 28 characters."""
    if not _body(page):
        return
    steps = [(b.base - a.base) / PITCH for a, b in pairwise(page.text)]
    if any(abs(step - round(step)) > 0.06 for step in steps):
        yield Found(f"第{page.number}页的行不在网格上", "行距 28.95 磅", REMEDY)
    elif _full(page) and (count := 1 + sum(round(step) for step in steps)) != LINES:
        yield Found(f"第{page.number}页{count}行", f"{LINES}行", REMEDY)
    running = [line for line, step in zip(page.text, steps, strict=False) if round(step) == 1]
    longest = max((line.width for line in running), default=0)
    if longest > CHARACTERS:
        yield Found(f"第{page.number}页有一行{longest:g}字", f"{CHARACTERS}字", REMEDY)
    if len(running) > LINES - 4 and longest < CHARACTERS - 3:
        yield Found(f"第{page.number}页最长的一行{longest:g}字", f"{CHARACTERS}字", REMEDY)


def _foot(page: Page) -> Iterator[Found]:
    """The page number: there, the right one, right on odd and left on even pages."""
    if page.foot is None:
        yield Found(f"第{page.number}页没有页码", f"— {page.number} —", REMEDY)
        return
    if page.foot.text.strip("— ") != str(page.number):
        yield Found(f"第{page.number}页的页码是{page.foot.text}", f"— {page.number} —", REMEDY)
    odd = page.number % 2 == 1
    if (page.foot.left > (LEFT + RIGHT) / 2) is not odd:
        yield Found(f"第{page.number}页的页码居{'左' if odd else '右'}", "奇数页居右，偶数页居左", REMEDY)


def _sample(printed: Printed) -> list[Page]:
    """The first full page of each side, whose ink is looked at; else the first page."""
    full = [page for page in printed.pages if _full(page)]
    found = [next((p for p in full if p.number % 2 == side), None) for side in (0, 1)]
    return [page for page in found if page] or list(printed.pages[:1])


def _inked(printed: Printed, page: Page) -> Iterator[Found]:
    """The edges of the block within a millimetre; the dash of the page number 7 mm below it, one character in."""
    rows = printed.ink(page.number)
    block = rows[36 * DOTS : round((BOTTOM + 0.6) * DOTS)]
    dark = [[at for at, point in enumerate(row) if point < 128] for row in block]
    left = min((row[0] for row in dark if row), default=0) / DOTS
    right = max((row[-1] for row in dark if row), default=0) / DOTS
    for side, at, wanted in (("左", left, LEFT), ("右", right, RIGHT)):
        if abs(at - wanted) > 1 and (_full(page) or (side == "左" and at < wanted) or (side == "右" and at > wanted)):
            yield Found(f"第{page.number}页版心{side}边在{at:.1f}毫米", f"{wanted:g}±1毫米", REMEDY)
    dashes = [
        (row, found.start() / DOTS, found.end() / DOTS)
        for row, points in enumerate(rows[round((BOTTOM + 1) * DOTS) : 280 * DOTS], round((BOTTOM + 1) * DOTS))
        for found in re.finditer(rb"[\x00-\x90]{15,}", points)
    ]
    if not dashes:
        yield Found(f"第{page.number}页的页码没有一字线", "— 1 —", REMEDY)
        return
    below = (dashes[0][0] + dashes[-1][0]) / 2 / DOTS - BOTTOM
    if abs(below - DASH) > 0.5:
        yield Found(f"第{page.number}页的一字线在版心下{below:.1f}毫米", f"{DASH:g}±0.5毫米", REMEDY)


def torn(printed: Printed) -> Iterator[Found]:
    """Numbers that are broken, or parted from 万, 亿, 元, 年, 月, 日, %, at the end of a line or of a page."""
    lines = [line for page in printed.pages for line in page.text if abs(line.size - BODY) < 0.3]
    for line, after in pairwise(lines):
        if re.search("[0-9][.,]?$", line.text) and after.text[:1] in [*UNITS, *"0123456789"] and after.left < LEFT + 2:
            yield Found(f"“{line.text[-8:]}／{after.text[:6]}”分在两行", "数字和单位在同一行", "改动前文，使这一行重排")


def foreign(printed: Printed, look: Look) -> Iterator[Found]:
    """Fonts that are neither chosen nor a stand-in of one that is."""
    allowed = {_plain(POSTSCRIPT.get(name, name)) for face in look.named for name in stand_ins(face)}
    allowed |= {_plain(name) for face in look.named for name in stand_ins(face) if name.isascii()}
    for font in printed.fonts:
        if not any(_plain(font).startswith(name) for name in allowed):
            yield Found(f"字体 {font}", "、".join(look.named), "在出文件的机器上装好选定的字体，或换一组字体")


def _plain(name: str) -> str:
    """A font's name in small letters and digits; of a collection for several languages without the language."""
    return re.sub("cjk(?:sc|jp|kr|tc|hk)", "cjk", re.sub("[^a-z0-9]", "", name.lower()))


def paragraphs(printed: Printed) -> list[str]:
    """The text of the block; a line that is short or followed by an indent ends a paragraph."""
    made = [""]
    lines = [line for page in printed.pages for line in page.text]
    for line in lines:
        if line.left > LEFT + 3:
            made.append("")
        made[-1] += line.text
    return [text for text in made if text]


def missing(printed: Printed, texts: Sequence[str], cells: Sequence[str]) -> Iterator[Found]:
    """Paragraphs of the Word file that the print does not have; of a cell, whose lines stand beside others, its head."""
    whole = _bare("".join(line.text for page in printed.pages for line in page.text))
    for text, wanted in [*((t, _bare(t)) for t in texts), *((c, _bare(c)[:HEAD]) for c in cells)]:
        if wanted not in whole:
            yield Found(f"印出的文件里没有“{text[:20]}”", "与 Word 文件一致", "两份文件用同一份文稿重新出")


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)
