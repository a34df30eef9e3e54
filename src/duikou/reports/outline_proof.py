"""What an outline may not have in its sentences: numbers typed by hand, half-width marks."""

import re
from collections.abc import Iterator

from .proofreading import HALF_WIDTH, HYPHEN, NUMERAL, without

_SAID = re.compile(r"\{[^}]*\}|【(?:每条|每个|每年|有则写)：")
_LONG = re.compile("[一二两三四五六七八九十百千]+(?:万|亿)?(?:元|公里|平方米|人次|户|名)(?!民币)")


def typed_by_hand(text: str) -> Iterator[tuple[str, str, str]]:
    """What was found, what was expected, how to mend it; slots and instructions are left out."""
    plain = _SAID.sub("、", text)
    for found in HALF_WIDTH.finditer(plain):
        yield f"半角标点“{found[0]}”（……{_around(plain, found)}……）", "全角标点", "改成全角，如，；：（）"
    for found in HYPHEN.finditer(plain):
        yield f"起止之间的短横线“{found[0]}”", "数值用～，时间用—", "改连接号"
    for pattern, line in ((NUMERAL, without(plain, ())), (_LONG, plain)):
        for found in pattern.finditer(line):
            said = f"手写的数“{found[0]}”（……{_around(plain, found)}……）"
            yield said, "账上的数字，写成 {口径}；日期、文号、书名号里的数除外", "从数字清单中插入，或放进《》里的名称"


def _around(text: str, found: re.Match[str]) -> str:
    return text[max(0, found.start() - 6) : found.end() + 6]
