"""Hedges beside a number: before it (近, 超过), inside it (余, 多), behind its measure word or across what is counted (以上)."""

import re
from dataclasses import dataclass
from decimal import Decimal

from duikou.rules.quantity import Hedge
from duikou.rules.reading import AFTER, BEFORE, SCALES

from .guards import Taken

_ODD = re.compile(
    r"[ ]?(?P<odd>余|多|几|有余|(?<=[0十百千万])来(?=[万亿个名人位家户所项台套亩吨件]))[ ]?(?P<scale>万亿|亿|万)?"
)
_NOT_ODD = ("多边", "多样", "多种", "多次", "多方", "多元化")
_BEFORE = sorted((*BEFORE, "约为", "大约为", "近乎"), key=len, reverse=True)
_AFTER = re.compile(r"[ ]?(?:及)?(?P<after>以上|左右|上下|以下|以内|之内|有余|多|余|出头|之多|不等)")
_ACROSS = re.compile(r"[一-鿿]{1,6}(?P<after>以上|以内|左右)(?=[，。；、）]|$)")
_NOT_BEFORE = {  # what stands before a hedge word when it is a part of another word: 节约, 附近, 以上
    "近": "附最邻靠临远就亲贴", "约": "签节合条预公履违契俭制简", "超": "反B彩", "上": "以之加基础线网路乘会地场身史总", "过": "通经超路渡"
}  # fmt: skip


@dataclass(frozen=True)
class Odd:
    """余 or 多 between the digits and the measure word: where it ends, by what the digits are still multiplied."""

    end: int
    scale: Decimal
    hedge: Hedge


def odd_at(text: str, last: int) -> Odd | None:
    """30余万元, 600多亿元, 三千来万元."""
    found = _ODD.match(text, last)
    if not found or text.startswith(_NOT_ODD, found.start()):
        return None
    end = found.end("scale" if found["scale"] else "odd")
    return Odd(end, Decimal(SCALES.get(found["scale"] or "", 1)), AFTER[found["odd"]])


def hedges_before(text: str, at: int, taken: Taken) -> tuple[int, tuple[Hedge, ...]]:
    """The hedges that stand before a number, from the nearest on, and where they begin."""
    start, found, words = at, [], []
    for _ in range(2):
        end = start - 1 if text[start - 1 : start] == " " else start
        word = next((word for word in _BEFORE if text.startswith(word, end - len(word)) and end >= len(word)), "")
        if not word or word in words or not _is_hedge(text, word, end - len(word), at, taken):
            break
        start = end - len(word)
        words.append(word)
        found.append(BEFORE.get(word, "nearly" if word == "近乎" else "about"))
    return start, tuple(found)


def hedges_after(text: str, place: int) -> tuple[int, tuple[Hedge, ...]]:
    """Hedges behind a measure word, or across the noun that is counted, and where they end: 20万人次以上, 100名教师以上，."""
    found = _AFTER.match(text, place)
    if found and not (
        found["after"] in ("多", "余") and text[found.end() : found.end() + 1] in ("种", "个", "次", "额", "方")
    ):
        if found["after"] in ("之多", "不等"):
            return place, ()
        return found.end(), (AFTER[found["after"]],)
    across = _ACROSS.match(text, place)
    if across and text[across.start("after") - 1] not in "级岁月年层类等职称%":
        return across.end(), (AFTER[across["after"]],)
    return place, ()


def _is_hedge(text: str, word: str, place: int, at: int, taken: Taken) -> bool:
    """Whether a word is a hedge, and no part of another word: 节约, 附近."""
    if text[place - 1 : place] and text[place - 1 : place] in _NOT_BEFORE.get(word, ""):
        return text[max(0, place - 2) : place] in ("折合", "共合", "总合")
    if word in ("上", "过") and text[at] not in "百千万亿半":
        return False
    return not taken.until(place)
