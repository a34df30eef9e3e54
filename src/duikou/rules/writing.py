"""The words of a quantity: hedge, number and unit as they stand in a sentence or a table."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from duikou.terms.words import zh

from .quantity import Hedge, Quantity, grain_of, said_number, spoken

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
            return Writing(_round_word(hedge, said // grain), zh("unit", spoken(unit)), grain, 0)
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
    word = zh("unit", spoken(unit))
    size = factor // grain_of(unit)
    return {10**8: "亿", 10**4: "万"}.get(size, "") + word


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
