"""Reading a quantity as people write it: 近6亿元, 2,000万元, 20多所, 上亿元, 1亿2000万元, 20—40万元, 100人以上.

One expression is read from left to right into bounds. What has two readings or none is refused, and why is said.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import reduce

from duikou.terms.words import zh

from .quantity import Hedge, Quantity, bounded, exactly, grain_of, hedged, last_digit, spoken

BEFORE: dict[str, Hedge] = {
    "将近": "nearly", "接近": "nearly", "近": "nearly", "大约": "about", "约": "about", "超过": "over", "超": "over",
    "逾": "over", "突破": "over", "至少": "at_least", "最少": "at_least", "不少于": "at_least", "不低于": "at_least",
    "上": "at_least", "至多": "up_to", "最多": "up_to", "不超过": "up_to", "可达": "up_to",
    "几近": "nearly", "不足": "up_to", "不到": "up_to", "大概": "about", "多于": "over", "高于": "over", "过": "over",
    "不下": "at_least", "不下于": "at_least", "最高": "up_to", "不高于": "up_to", "不多于": "up_to",
    "不得超过": "up_to", "不能超过": "up_to", "不突破": "up_to", "不得低于": "at_least", "不得少于": "at_least",
}  # fmt: skip
AFTER: dict[str, Hedge] = {
    "以上": "at_least", "左右": "about", "上下": "about", "以下": "up_to", "以内": "up_to", "余": "odd", "多": "odd",
    "之内": "up_to", "几": "odd", "有余": "odd", "来": "about", "出头": "over",
}  # fmt: skip
UNIT_WORDS = {
    "fen": ("元", "元人民币", "人民币"),
    "person": ("人", "名", "位"),
    "item": ("个", "项", "家", "件", "处", "条", "座"),
    "school": ("所",),
    "machine": ("台",),
    "piece": ("件",),
    "meeting": ("次", "次座谈会", "场"),
    "time": ("次", "人次", "批次"),
    "group": ("个", "组", "个组"),
    "tonne": ("吨",),
    "year": ("年",),
    "month": ("个月",),
    "dwelling": ("套",),
    "household": ("户",),
    "metre": ("公里", "千米"),
    "square_metre": ("平方米", "平米"),
    "bed": ("张床", "张", "床"),
    "mu": ("亩",),
    "site": ("处", "座"),
    "person_time": ("人次",),
    "session": ("期",),
    "day": ("天", "日"),
    "person_month": ("人月", "个人月"),
}
SCALES = {"万亿": 10**12, "亿": 10**8, "万": 10**4}
POWERS = {"十": 10, "百": 100, "千": 1000}
DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}

HOW = "写法如 2000万元、近6亿元、20多所、20～40万元"

_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，％－", "0123456789.,%-")
_ARABIC = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?![0-9,])(?:\.[0-9]+)?"
_CHINESE = r"[〇零一二两三四五六七八九十百千]+(?:点[〇零一二三四五六七八九]+)?"
_PIECE = re.compile(rf"(?:零(?=[0-9]))?(?P<digits>{_ARABIC}|{_CHINESE})?(?P<power>[百千])?(?P<scale>万亿|亿|万)?")
_HEDGE = re.compile("|".join(sorted(BEFORE, key=len, reverse=True)))
_NUMBER = r"[−-]?[0-9.,〇零一二两三四五六七八九十百千点万亿]+"
_ONE = re.compile(
    rf"(?P<before>(?:{_HEDGE.pattern})*)(?P<number>{_NUMBER})(?:(?P<odd>[多余])(?P<scale>万亿|亿|万)?)?"
    rf"(?P<unit>[^0-9]*?)(?P<after>以上|左右|上下|以下|以内|之内|出头)?"
)
_RANGE = re.compile(
    rf"(?P<before>(?:{_HEDGE.pattern})*)(?P<left>{_NUMBER})(?P<unit>[^0-9～~—–至到-]*)(?:[～~]|[—–]+|[至到-])(?P<right>.+)"
)


LONGEST = 60  # characters of one number; longer ones are not numbers, and reading them would take long


def read(said: str, unit: str) -> Quantity:
    """The quantity of an expression in a unit; ValueError says why it cannot be read."""
    text = re.sub(r"\s+", "", said).translate(_FULL_WIDTH)
    if not text:
        raise ValueError("没有数；空白不是零，来源没说的就不填这一项")
    if len(text) > LONGEST:
        raise ValueError(f"“{said[:20]}…”太长，一个数不超过 {LONGEST} 个字")
    try:
        between = _RANGE.fullmatch(text)
        return _range(between, unit) if between else _one(text, unit)
    except ValueError as error:
        raise ValueError(f"“{said}”{error}") from None


def _one(text: str, unit: str) -> Quantity:
    """One number with its hedges, from either side and across the noun; several narrow to what all of them allow."""
    found = _parts(text, unit)
    before = _HEDGE.findall(found["before"])
    hedges = {BEFORE[word] for word in before} | {AFTER[found[part]] for part in ("odd", "after") if found[part]}
    if not hedges and re.fullmatch("[百千万亿]+", found["number"]):
        raise ValueError("只有数位，没有数")
    return meant(hedges, value_of(found["number"] + (found["scale"] or "")), unit)


def meant(hedges: Iterable[Hedge], value: Decimal, unit: str) -> Quantity:
    """What a spoken number with its hedges allows; several hedges narrow to what all of them allow."""
    whole, words = _whole(value, unit), set(hedges)
    if (whole < 0 and words) or (whole == 0 and words & {"nearly", "about", "odd"}):
        raise ValueError("中的约数词要跟大于零的数")
    step = last_digit(whole, grain_of(unit))
    return reduce(_narrowed, [hedged(hedge, whole, unit, step) for hedge in words] or [exactly(whole, unit)])


def between(low: Decimal, high: Decimal, unit: str) -> Quantity:
    """What two spoken ends allow."""
    return hedged("range", _whole(low, unit), unit, upper=_whole(high, unit))


def _narrowed(one: Quantity, other: Quantity) -> Quantity:
    """What both allow."""
    if not one.meets(other):
        raise ValueError("中的约数词说法相反")
    low = max((q.low for q in (one, other) if q.low is not None), default=None)
    high = min((q.high for q in (one, other) if q.high is not None), default=None)
    return bounded(low, high, one.unit)


def _range(found: re.Match[str], unit: str) -> Quantity:
    """Two ends; the left one shares the scale of the right when it bears none and is smaller without: 20—40万元."""
    right = _parts(found["right"], unit)
    _check_unit(found["unit"], unit)
    if found["before"] or right["before"] or right["odd"] or right["after"]:
        raise ValueError("是一个范围，两端不再带约数词")
    return between(*ends_of(found["left"], right["number"], apart=bool(found["unit"])), unit)


def ends_of(left: str, right: str, *, apart: bool = False) -> tuple[Decimal, Decimal]:
    """The ends of a range as two numbers; `apart`: the left one bears its own unit, so it shares no scale."""
    low, high = value_of(left), value_of(right)
    scale = re.search("(?:万亿|亿|万)$", right)
    if scale and not scale.start():
        raise ValueError("只有数位，没有数")
    if not apart and not re.search("[万亿]", left):
        spread = value_of(right[: scale.start()]) if scale else high
        power = max((POWERS[c] for c in right if c in POWERS), default=1)
        if not any(c in POWERS for c in left) and power > 1 and low * power < spread:
            raise ValueError("有两种读法，请把两端写全")
        if scale and low <= spread:
            low *= SCALES[scale[0]]
    if low > high:
        raise ValueError("前大后小")
    return low, high


def _parts(text: str, unit: str) -> re.Match[str]:
    """Hedges, number and unit of an expression whose unit is the one that is asked for."""
    found = _ONE.fullmatch(text)
    if not found:
        vague = re.search("[几数]|若干|多次|许多|反复", text)
        raise ValueError("没有说出数目；只能断定下限时，写如“2次以上”" if vague else f"读不成一个数；{HOW}")
    _check_unit(found["unit"], unit)
    return found


def _check_unit(named: str, unit: str) -> None:
    word = zh("unit", spoken(unit))
    if named and named not in (word, *UNIT_WORDS.get(unit, ())):
        raise ValueError(f"的单位是“{named}”，此处应为“{word}”")


def _whole(value: Decimal, unit: str) -> int:
    """A spoken number in whole base units."""
    base = value * grain_of(unit)
    if base != base.to_integral_value():
        raise ValueError("比最小单位还细")
    return int(base)


def value_of(number: str) -> Decimal:
    """A number of pieces, each smaller than the scale before it: 2,000  1.2万亿  1亿2000万  四点四七亿."""
    sign = -1 if number[0] in "−-" else 1
    rest, total, above = number.lstrip("−-"), Decimal(0), 10**16
    while rest:
        piece = _PIECE.match(rest)
        digits = piece["digits"] if piece else None
        if piece is None or not piece[0] or (digits is None and rest != number):
            raise ValueError(f"读不成一个数；{HOW}")
        unscaled = _digits(digits) if digits else Decimal(1)
        value = unscaled * POWERS.get(piece["power"] or "", 1) * SCALES.get(piece["scale"] or "", 1)
        if value >= above:
            raise ValueError("数位前小后大")
        if total and value == unscaled and value * 10 < above and piece[0][0] not in "0零〇":
            raise ValueError("有两种读法，请写全，如 2万3000")
        above = SCALES.get(piece["scale"] or "", 1)
        total += value
        rest = rest[piece.end() :]
    return sign * total


def _digits(text: str) -> Decimal:
    """Digits without a scale, Arabic or Chinese."""
    if text[0] in "0123456789":
        return Decimal(text.replace(",", ""))
    whole, _, fraction = text.partition("点")
    total, current, last, zero = 0, 0, 10**4, False
    for character in whole:
        if power := POWERS.get(character):
            if power >= last:
                raise ValueError("数位前小后大")
            total, current, last, zero = total + (current or 1) * power, 0, power, False
        elif current:
            raise ValueError("中两个数字连用，写成 3～4 这样的范围，或写全")
        else:
            current, zero = DIGITS[character], zero or DIGITS[character] == 0
    if current and last in (100, 1000) and not zero:
        raise ValueError("有两种读法，请写全，如 一百零五、一百五十")
    decimals = "".join(str(DIGITS[c]) for c in fraction)
    return Decimal(f"{total + current}.{decimals or 0}")
