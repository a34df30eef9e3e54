"""The words of a quantity, as they stand in a sentence or a table; they never say more than its bounds."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from duikou.terms.words import zh

from .quantity import Hedge, Quantity, grain_of, said_number, spoken

BEFORE: dict[Hedge, str] = {"nearly": "近", "about": "约", "over": "超", "up_to": "可达"}
BEFORE_UNIT: dict[Hedge, str] = {"odd": "多"}
AFTER: dict[Hedge, str] = {"at_least": "以上"}
ROUND: dict[Hedge, str] = {"nearly": "近", "at_least": "上"}
ROUND_WORDS = {100: "百", 1000: "千", 10**4: "万", 10**8: "亿"}


@dataclass(frozen=True)
class Writing:
    """How a quantity is written: `number` with its hedge stands in a column headed by `unit`, `text` in a sentence."""

    number: str
    unit: str
    scale: int
    digits: int
    text: str


@lru_cache(maxsize=2**15)
def write(quantity: Quantity, scale: int | None = None, digits: int | None = None) -> Writing:
    """The words of a quantity: money below 1亿 in 万元, from there in 亿元; 近百 上亿 20多 as people say them.

    Digits round an exact number; a hedged one keeps the number it was said with; the ends of a range give way outwards.
    """
    hedge, said = _sayable(quantity)
    if said is None:
        return _write_range(quantity, scale, digits)
    unit, grain = quantity.unit, grain_of(quantity.unit)
    if hedge in ROUND and scale is None and digits is None and said in {word * grain for word in ROUND_WORDS}:
        return _writing(ROUND[hedge] + ROUND_WORDS[said // grain], unit, grain)
    factor = scale or scale_of(said, unit)
    number = number_text(said, factor, digits if hedge == "exact" else None)
    return _writing(BEFORE.get(hedge, "") + number + BEFORE_UNIT.get(hedge, ""), unit, factor, AFTER.get(hedge, ""))


def _writing(number: str, unit: str, factor: int, after: str = "") -> Writing:
    name = scale_name(factor, unit)
    digits = max((len(d) for d in re.findall(r"\.(\d+)", number)), default=0)
    return Writing(number + after, name, factor, digits, joined(number + after, name))


def joined(number: str, unit: str) -> str:
    """Number and unit of a column as they stand in a sentence: 6000万元以上, 13万元～17万元 (GB/T 15835 5.1.3)."""
    after = next((word for word in AFTER.values() if number.endswith(word)), "")
    return "～".join(end + unit for end in number.removesuffix(after).split("～")) + after


def _sayable(quantity: Quantity) -> tuple[Hedge, int | None]:
    """Hedge and number of the words; an open end finer than a yuan, as sums have them, gives way to the whole yuan."""
    said, grain = said_number(quantity), grain_of(quantity.unit)
    if said is not None and said % grain:
        if quantity.high is None:
            return "over", _outward(said, grain, up=False)
        if quantity.low is None:
            return "up_to", _outward(said, grain, up=True)
    return quantity.hedge, said


def _write_range(quantity: Quantity, scale: int | None, digits: int | None) -> Writing:
    """Two ends. A sum of hedged parts, known within 5 %, is said as 超6700万元: it holds for all of 6713万～6813万."""
    low, high, unit = quantity.low, quantity.high, quantity.unit
    if low is None or high is None:
        raise ValueError("没有说法的数")
    grain = grain_of(unit)
    if low > 0 and (high - low) * 20 <= high and not (_short(low) and _short(high)):
        two_digits = max(10 ** (len(str(low)) - 2), grain)
        below = _outward(low - 1, two_digits, up=False)
        factor = scale or scale_of(below, unit)
        return _writing(BEFORE["over"] + number_text(below, factor), unit, factor)
    factor = scale or scale_of(low or high, unit)
    step = grain if digits is None else max(factor // 10**digits, 1)
    ends = (_outward(low, step, up=False), _outward(high, step, up=True))
    return _writing("～".join(number_text(end, factor) for end in ends), unit, factor)


def _outward(value: int, step: int, *, up: bool) -> int:
    """The nearest multiple of a step that is not below (up) or not above the value."""
    return -(-value // step) * step if up else value // step * step


def _short(value: int) -> bool:
    """Whether three digits say the number."""
    return len(str(abs(value)).rstrip("0")) <= 3


def number_text(value: int, scale: int = 1, digits: int | None = None) -> str:
    """A number at a scale, rounded once, half away from zero; from five whole digits grouped: 12,500.00."""
    exact = Decimal(value) / scale
    if digits is not None:
        exact = exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    elif exact == exact.to_integral_value():
        exact = exact.quantize(Decimal(1))
    else:
        exact = exact.normalize()
    if exact.is_zero():
        exact = abs(exact)
    text = f"{exact:,f}" if abs(exact) >= 10000 else f"{exact:f}"
    return text.replace("-", "−")


def scale_of(value: int, unit: str) -> int:
    """The scale in which a value is said: money in 万元 or 亿元, tonnes from 1万 in 万吨, counts as they are."""
    if unit == "fen":
        return 10**10 if abs(value) >= 10**10 else 10**6
    if unit == "tonne" and abs(value) >= 10**4:
        return 10**4
    return grain_of(unit)


def scale_name(factor: int, unit: str) -> str:
    """The unit as it is printed at a scale: 万元, 亿元, 万吨, 名."""
    size = factor // grain_of(unit)
    return {10**8: "亿", 10**4: "万"}.get(size, "") + zh("unit", spoken(unit))
