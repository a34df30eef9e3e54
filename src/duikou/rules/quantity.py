"""Quantities that keep their hedge: two closed whole-number bounds, either of which may be open.

整 近 约 余／多 超／逾 以上 至多 become intervals and come back as words; blank is not zero. Money is whole fen.
Adding two quantities adds their bounds, so a sum is never surer than its parts.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, get_args

from duikou.terms.words import zh

Hedge = Literal["exact", "about", "nearly", "odd", "over", "at_least", "up_to", "range"]
HEDGES: tuple[Hedge, ...] = get_args(Hedge)

# Widths of the words, as tenths and twentieths of what is said: settings of the field, see docs/decisions/0003.
NEARLY = Decimal("0.90")
ABOUT = (Decimal("0.95"), Decimal("1.05"))


@dataclass(frozen=True)
class Quantity:
    """Bounds in the base unit of `unit` (money: fen), both ends included, None being unbounded."""

    low: int | None
    high: int | None
    unit: str
    hedge: Hedge = "exact"

    def __post_init__(self) -> None:
        if self.low is None and self.high is None:
            raise ValueError("两端都不限的数不是数")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"下限 {self.low} 大于上限 {self.high}")

    @property
    def exact(self) -> bool:
        """Whether one number is meant."""
        return self.low is not None and self.low == self.high

    def __add__(self, other: "Quantity") -> "Quantity":
        if self.unit != other.unit:
            raise ValueError(f"{zh('unit', self.unit)}与{zh('unit', other.unit)}不能相加")
        low = None if self.low is None or other.low is None else self.low + other.low
        high = None if self.high is None or other.high is None else self.high + other.high
        if low is None and high is None:
            raise ValueError("两端都不限的数不是数")
        return bounded(low, high, self.unit)

    def contains(self, other: "Quantity") -> bool:
        """Whether every value the other allows is allowed here."""
        low_ok = self.low is None or (other.low is not None and self.low <= other.low)
        return low_ok and (self.high is None or (other.high is not None and other.high <= self.high))

    def meets(self, other: "Quantity") -> bool:
        """Whether some value is allowed by both."""
        apart_below = self.high is not None and other.low is not None and self.high < other.low
        apart_above = self.low is not None and other.high is not None and other.high < self.low
        return not (apart_below or apart_above)


def exactly(value: int, unit: str) -> Quantity:
    """整: one number."""
    return Quantity(value, value, unit)


def yuan(value: int | str | Decimal) -> Quantity:
    """An exact sum of money given in yuan."""
    fen = Decimal(value) * 100
    if fen != fen.to_integral_value():
        raise ValueError(f"{value} 元不是整分")
    return exactly(int(fen), "fen")


def hedged(hedge: Hedge, value: int, unit: str, step: int = 1, upper: int | None = None) -> Quantity:
    """What a hedge word says of a number: 近x = [0.9x, x−1], 余x = [x, x+step−1], 超x = [x+1, ∞), 以上 = [x, ∞)."""
    match hedge:
        case "exact":
            bounds = (value, value)
        case "nearly":
            bounds = (_up(value * NEARLY), value - 1)
        case "about":
            bounds = (_up(value * ABOUT[0]), int(value * ABOUT[1]))
        case "odd":
            bounds = (value, value + step - 1)
        case "over":
            return Quantity(value + 1, None, unit, hedge)
        case "at_least":
            return Quantity(value, None, unit, hedge)
        case "up_to":
            return Quantity(None, value, unit, hedge)
        case "range":
            if upper is None:
                raise ValueError("范围要有上限")
            bounds = (value, upper)
    return Quantity(*bounds, unit, hedge)


def bounded(low: int | None, high: int | None, unit: str) -> Quantity:
    """The quantity of two bounds, with the word that says exactly them, or no word of its own (range, over, up to)."""
    if low is not None and low == high:
        return exactly(low, unit)
    if low is None:
        return Quantity(low, high, unit, "up_to")
    if high is None:
        return Quantity(low, high, unit, "at_least")
    return Quantity(low, high, unit, _word_of(low, high, unit))


def _word_of(low: int, high: int, unit: str) -> Hedge:
    """The hedge whose own interval is exactly these bounds; range when none is."""
    return next((hedge for hedge in ("nearly", "odd", "about") if _anchor(hedge, low, high, unit) is not None), "range")


def _anchor(hedge: Hedge, low: int, high: int, unit: str) -> int | None:
    """The number which, said with this hedge, gives exactly these bounds."""
    match hedge:
        case "nearly":
            candidates = [high + 1]
        case "odd":
            candidates = [low]
        case "about":
            middle = (low + high) // 2
            candidates = [middle, middle + 1, middle - 1]
        case _:
            return None
    grain = grain_of(unit)
    for value in candidates:
        if value > 0 and hedged(hedge, value, unit, last_digit(value, grain)) == Quantity(low, high, unit, hedge):
            return value
    return None


def said_number(quantity: Quantity) -> int | None:
    """The number that stands in the words of this quantity; None for a range, which has two."""
    low, high = quantity.low, quantity.high
    match quantity.hedge:
        case "exact" | "at_least":
            return low
        case "over":
            return None if low is None else low - 1
        case "up_to":
            return high
        case "range":
            return None
    return None if low is None or high is None else _anchor(quantity.hedge, low, high, quantity.unit)


def last_digit(value: int, grain: int = 1) -> int:
    """The worth of the last digit that is said: 10 for 20, 1,000,000 for 14,000,000; never below the unit's grain."""
    step = 1
    while value and value % (step * 10) == 0:
        step *= 10
    return max(step, grain)


def grain_of(unit: str) -> int:
    """How many base units make one spoken unit: 100 for money (fen in a yuan), else 1."""
    return 100 if unit == "fen" else 1


def _up(value: Decimal) -> int:
    return -int(-value // 1)


# ---- writing ---------------------------------------------------------------------------------------------------

SCALES = (("亿", 10**8), ("万", 10**4))


@dataclass(frozen=True)
class Writing:
    """How a quantity is written: number and hedge, scaled unit; `text` is both, as it stands in a sentence."""

    number: str
    unit: str
    scale: int
    digits: int

    @property
    def text(self) -> str:
        """Hedge, number and unit together: 近6亿元."""
        return self.number + self.unit


def number_text(value: int, scale: int = 1, digits: int | None = None) -> str:
    """A number at a scale, rounded once, half away from zero; from five whole digits grouped: 12,500.00."""
    exact = Decimal(value) / scale
    if digits is not None:
        exact = exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    elif exact == exact.to_integral_value():
        exact = exact.quantize(Decimal(1))
    else:
        exact = exact.normalize()
    text = f"{exact:,f}" if abs(exact) >= 10000 else f"{exact:f}"
    return text.replace("-", "−")


def write(quantity: Quantity, scale: int | None = None, digits: int | None = None) -> Writing:
    """The words of a quantity: money below 1亿 in 万元, from there in 亿元; 近百 上亿 20多 as people say them."""
    low, high, unit = quantity.low, quantity.high, quantity.unit
    said = said_number(quantity)
    sample = said if said is not None else (low if low is not None else high) or 0
    factor = scale or scale_of(sample, unit)
    name = scale_name(factor, unit)

    def text(value: int) -> str:
        return number_text(value, factor, digits)

    if said is not None:
        hedge = quantity.hedge
        grain = grain_of(unit)
        if hedge in ("nearly", "at_least") and digits is None and scale is None and _is_round(said // grain):
            return Writing(_round_word(hedge, said // grain), zh("unit", _spoken(unit)), grain, 0)
        return Writing(_with_hedge(hedge, text(said)), name, factor, digits or 0)
    if low is None or high is None:
        raise ValueError("没有说法的数")
    if low > 0 and (high - low) * 20 <= high:
        # A sum of hedged parts, known within 5 %: 超6700万元 holds for all of 6713万～6813万 and reads as people speak.
        return Writing(_with_hedge("over", text(_lower(low, unit))), name, factor, digits or 0)
    return Writing(f"{text(low)}{name}～{text(high)}", name, factor, digits or 0)


def scale_of(value: int, unit: str) -> int:
    """The scale in which a value is said: money in 万元 or 亿元, tonnes and yuan by size, counts as they are."""
    if unit == "fen":
        return 10**10 if abs(value) >= 10**10 else 10**6
    if unit == "tonne" and abs(value) >= 10**4:
        return 10**4
    return 1


def scale_name(factor: int, unit: str) -> str:
    """The unit as it is printed at a scale: 万元, 亿元, 万吨, 名."""
    spoken = zh("unit", _spoken(unit))
    size = factor // grain_of(unit)
    return {10**8: "亿", 10**4: "万"}.get(size, "") + spoken


def _spoken(unit: str) -> str:
    return "yuan" if unit == "fen" else unit


def _with_hedge(hedge: Hedge, text: str) -> str:
    before = {"nearly": "近", "about": "约", "over": "超", "up_to": "可达"}
    after = {"odd": "多", "at_least": "以上"}
    return before.get(hedge, "") + text + after.get(hedge, "")


def _is_round(value: int) -> bool:
    return value in ROUND_WORDS


def _round_word(hedge: Hedge, value: int) -> str:
    return {"nearly": "近", "at_least": "上"}[hedge] + ROUND_WORDS[value]


ROUND_WORDS = {100: "百", 1000: "千", 10**4: "万", 10**8: "亿"}


def _lower(low: int, unit: str) -> int:
    """The largest number of two digits below the bound: what 超 may truly be said of."""
    step = 10 ** max(len(str(low)) - 2, 0)
    step = max(step, grain_of(unit))
    below = (low - 1) // step * step
    return below if below > 0 else low - 1


# ---- reading ---------------------------------------------------------------------------------------------------

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
    spoken = zh("unit", _spoken(unit))
    if named and named not in (spoken, *UNIT_WORDS.get(unit, ())):
        raise ValueError(f"“{said}”的单位是“{named}”，此处应为“{spoken}”")
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
