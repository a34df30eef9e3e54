"""Reading a quantity as people write it: 近6亿元, 2,000万元, 20多所, 上亿元."""

import re
from decimal import Decimal

from duikou.terms.words import zh

from .quantity import Hedge, Quantity, grain_of, hedged, last_digit, spoken

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，", "0123456789.,")
_BEFORE: dict[str, Hedge] = {
    "将近": "nearly", "接近": "nearly", "近": "nearly", "大约": "about", "约": "about", "超过": "over", "超": "over",
    "逾": "over", "突破": "over", "至少": "at_least", "不少于": "at_least", "上": "at_least", "至多": "up_to",
    "不超过": "up_to", "可达": "up_to",
}  # fmt: skip
_AFTER: dict[str, Hedge] = {"以上": "at_least", "左右": "about", "余": "odd", "多": "odd"}
_NUMBER = re.compile(
    r"^(?P<before>" + "|".join(sorted(_BEFORE, key=len, reverse=True)) + r")?"
    r"(?P<digits>\d[\d,]*(?:\.\d+)?|[〇零一二两三四五六七八九十百千]+|(?=[万亿]))"
    r"(?P<odd>多|余)?(?P<scale>万亿|亿|万)?(?P<odd2>多|余)?(?P<unit>[^\d]*?)(?P<after>以上|左右)?$"
)


def read(said: str, unit: str) -> Quantity:
    """The quantity of an expression as people write it (近6亿元, 2,000万元, 20多所, 上亿元); ValueError says what is odd."""
    text = re.sub(r"\s+", "", said).translate(_FULL_WIDTH).replace("，", ",")
    found = _NUMBER.match(text)
    if not found:
        raise ValueError(f"“{said}”读不成一个数；写法如 2000万元、近6亿元、20多所")
    named = found["unit"]
    word = zh("unit", spoken(unit))
    if named and named not in (word, *UNIT_WORDS.get(unit, ())):
        raise ValueError(f"“{said}”的单位是“{named}”，此处应为“{word}”")
    digits = _plain(found["digits"])
    scale = {"万亿": 10**12, "亿": 10**8, "万": 10**4, None: 1}[found["scale"]]
    value = digits * scale * grain_of(unit)
    if value != value.to_integral_value():
        raise ValueError(f"“{said}”比最小单位还细")
    whole = int(value)
    hedges = {_BEFORE[found["before"]]} if found["before"] else set()
    hedges |= {_AFTER[w] for w in (found["odd"], found["odd2"], found["after"]) if w}
    if len(hedges) > 1:
        raise ValueError(f"“{said}”有两个说法不一的约数词")
    hedge = hedges.pop() if hedges else "exact"
    return hedged(hedge, whole, unit, last_digit(whole, grain_of(unit)))


UNIT_WORDS = {
    "fen": ("元", "元人民币"),
    "person": ("人", "名", "位"),
    "item": ("个", "项"),
    "school": ("所",),
    "machine": ("台",),
    "meeting": ("次", "次座谈会", "场"),
    "tonne": ("吨",),
    "year": ("年",),
}


def _plain(digits: str) -> Decimal:
    if not digits:
        return Decimal(1)
    if digits[0].isdigit() and digits[0].isascii():
        return Decimal(digits.replace(",", ""))
    total, current = 0, 0
    for character in digits:
        if character in _DIGITS:
            current = _DIGITS[character]
        else:
            total += (current or 1) * _TENS[character]
            current = 0
    return Decimal(total + current)
