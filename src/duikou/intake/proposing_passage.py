"""The words that are kept as the source of what was read, and the chapter that they stand in."""

import re
from collections.abc import Sequence

from duikou.rules.evidence import FRAGMENT

QUOTED = re.compile(r"[《“\"]([^》”\"]{4,})[》”\"]")
_SECTION = re.compile(r"^([一二三四五六七八九十]{1,3})、")


def fragment(text: str, first: int, last: int) -> str:
    """The words around a number that are kept as its source: of its clause, at most twenty characters."""
    led = text.rfind("率", first, last) + 1  # who leads a delegation is a person, and stays out
    first = max(first, led)
    if last - first >= FRAGMENT:
        return _tail(text[first:last])
    marks = "，,。；;：:！？!?、\n率"
    left = max((text.rfind(mark, 0, first) for mark in marks), default=-1) + 1
    start = max(left, last - FRAGMENT)
    ends = [at for mark in marks if (at := text.find(mark, last)) >= 0]
    end = min(min(ends, default=len(text)), start + FRAGMENT)
    return text[start : max(end, last)].strip()


def _tail(words: str) -> str:
    """Of words that are too long for a source, the title that they bear, else their end without half a phrase."""
    if quoted := QUOTED.search(words):
        return quoted[1][:FRAGMENT]
    cut = words[-FRAGMENT:]
    after = [at for mark in "的了率、，," if 0 <= (at := cut.find(mark)) < FRAGMENT - 4]
    return cut[max(after) + 1 :] if after else cut


def section_of(texts: Sequence[str], paragraph: int) -> str:
    """The number of the chapter that a paragraph stands in: 四."""
    for text in reversed(texts[:paragraph]):
        if found := _SECTION.match(text.strip()):
            return found[1]
    return ""
