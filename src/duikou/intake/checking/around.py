"""The stretches around a number: right at it, its clause, its part of the sentence, the sentence."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from .meanings import Around, Stretch

_CLAUSE = re.compile("[，；。：！？]")
_MARK = re.compile("[，、；。：！？（）]")
_END = re.compile("[；。]")
_PART = re.compile("；|(?<=[。])")
REACH = 400  # characters: farther off no words say anything of a number
HEAD = 80  # characters before a sentence in which its topic is looked for


def around_of(text: str, at: Stretch, sentence: Stretch, spans: Sequence[Stretch]) -> Around:
    """Right at the number, its clause, its part of the sentence up to it, the sentence up to it."""
    sentence = max(sentence[0], at[0] - REACH), min(sentence[1], at[1] + REACH)
    first, last = clause_of(text, *at)
    beside = spans[bisect_left(spans, (first, first)) : bisect_left(spans, (last, last))]
    before = max([first, *(end for _, end in beside if end <= at[0])])
    after = min([last, *(start for start, _ in beside if start >= at[1])])
    if mark := _MARK.search(text, at[1], after):
        after = mark.start()
    part, _ = part_of(text, sentence, at)
    head = max(0, sentence[0] - HEAD)
    head = max(head, text.rfind("。", head, max(sentence[0] - 1, head)) + 1)
    return Around(
        text, ((before, at[0]), (at[1], after)), ((first, last), (part, at[0]), (sentence[0], at[0])),
        (head if goes_on(text, sentence[0]) else sentence[0], sentence[1]),
    )  # fmt: skip


def goes_on(text: str, start: int) -> bool:
    """Whether a sentence goes on with the one before: 其中, 分地区看."""
    return bool(re.match("其中|分[^，。]{1,4}看|以上", text[start : start + 6]))


def clause_of(text: str, start: int, end: int) -> Stretch:
    """The clause around a place."""
    begin, far = max(0, start - REACH), min(len(text), end + REACH)
    first = max([match.end() for match in _CLAUSE.finditer(text, begin, start)], default=begin)
    mark = _CLAUSE.search(text, end, far)
    return first, mark.start() if mark else far


def part_of(text: str, sentence: Stretch, at: Stretch) -> Stretch:
    """The part of a sentence between ；."""
    begin, far = max(sentence[0], at[0] - REACH), min(sentence[1], at[1] + REACH)
    first = max([begin, *(match.end() for match in _PART.finditer(text, begin, at[0]))])
    mark = _END.search(text, at[1], far)
    return first, mark.start() if mark else far


def sentence_of(text: str, at: int) -> Stretch:
    """The sentence around a place."""
    begin, far = max(0, at - REACH), min(len(text), at + REACH)
    first = text.rfind("。", begin, at)
    last = text.find("。", at, far)
    return first + 1 if first >= 0 else begin, last + 1 if last >= 0 else far
