"""勾稽: whether parts and their total agree, and by which reading; the tightest that holds is named (ANCHORS C1-C6).

Our own records are checked to the last fen. A number that came rounded says so by the worth of its last digit, and is
then an interval of half of it to either side, both ends closed; a hedged number is its own interval.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from operator import add
from typing import Literal

from duikou.rules.quantity import Quantity, exactly
from duikou.rules.writing import write
from duikou.terms.words import zh

Code = Literal["equal", "within", "rounded", "truncated", "consistent", "fails", "unjudged"]
LONGEST = 6  # parts that are written out in a detail


@dataclass(frozen=True)
class Reading:
    """The tightest reading that holds (terms: reading), the numbers, and whether rounding hardly explains them (C4)."""

    code: Code
    detail: str = ""
    improbable: bool = False

    @property
    def zh(self) -> str:
        """The reading in words."""
        return zh("reading", self.code)

    @property
    def holds(self) -> bool:
        """Whether the numbers agree by this reading."""
        return self.code not in ("fails", "unjudged")


@dataclass(frozen=True)
class _Span:
    """What a number may be; `digit` is the worth of the last digit it was written with, 0 for one of our own."""

    low: Fraction | None
    high: Fraction | None
    digit: Fraction = Fraction(0)

    @property
    def exact(self) -> bool:
        return self.low is not None and self.low == self.high

    @property
    def wide(self) -> "_Span":
        """With half the last digit on either side; a hedged number is wide already."""
        if self.low is None or not self.digit or not self.exact:
            return self
        return _Span(self.low - self.digit / 2, self.low + self.digit / 2)

    def meets(self, other: "_Span") -> bool:
        below = self.high is not None and other.low is not None and self.high < other.low
        above = self.low is not None and other.high is not None and other.high < self.low
        return not (below or above)


def sum_reading(
    parts: Sequence[Quantity | None], total: Quantity | None, *, digits: Sequence[int] = (), digit: int = 0
) -> Reading:
    """Parts against their total; `digits` and `digit` are the worth of the last digits of numbers that came rounded."""
    told = [p for p in parts if p is not None]
    if total is None or not told or len(told) < len(parts):
        return Reading("unjudged", "有一项未报" if told else "没有分项")
    spans = [_span(p, d) for p, d in zip(told, digits or [0] * len(told), strict=True)]
    whole = _span(total, digit)
    code = _tightest(_sum(spans), _sum(s.wide for s in spans), whole)
    said = " ＋ ".join(write(p).text for p in told) if len(told) <= LONGEST else f"{len(told)} 项之和"
    if code == "equal":
        return Reading(code, f"{said} ＝ {write(total).text}")
    found = f"{said} ＝ {write(reduce(add, told)).text}，合计为{write(total).text}"
    return Reading(code, found, _improbable(code, spans, whole))


def share_reading(
    part: Quantity | None, whole: Quantity | None, rate: Decimal | None, *, digits: tuple[int, int] = (0, 0)
) -> Reading:
    """A part divided by the whole against a rate in %, whose own decimals tell how exactly it is printed."""
    if part is None or whole is None or rate is None or not whole.low:
        return Reading("unjudged", "分子、分母或比率未报")
    printed = _Span(Fraction(rate), Fraction(rate), Fraction(Decimal(1).scaleb(int(rate.as_tuple().exponent))))
    above, below = _span(part, digits[0]), _span(whole, digits[1])
    code = _tightest(_share(above, below), _share(above.wide, below.wide), printed)
    said = f"{write(part).text} ÷ {write(whole).text} ＝ "
    if code in ("equal", "rounded"):
        return Reading(code, f"{said}{rate}%")
    exact = _share(above, below).low
    found = f"{float(exact):.3f}%" if exact is not None else ""
    return Reading(code, f"{said}{found}，写作{rate}%")


def part_reading(part: Quantity | None, whole: Quantity | None) -> Reading:
    """其中: a part against the whole it lies in."""
    if part is None or whole is None:
        return Reading("unjudged", "有一项未报")
    inside, outside = _span(part, 0), _span(whole, 0)
    said = f"{write(part).text}，总数{write(whole).text}"
    if inside.low is not None and outside.high is not None and inside.low > outside.high:
        return Reading("fails", said)
    if inside.high is not None and outside.low is not None and inside.high <= outside.low:
        return Reading("equal" if inside == outside else "within", said)
    return Reading("consistent", said)


def balance_reading(came: Sequence[Quantity | None], went: Sequence[Quantity | None]) -> Reading:
    """In = out + balance: what came in, what went out, and what is left, which is never below nothing.

    Of several numbers of one side those that are not reported add nothing; a side of which none is cannot be judged.
    """
    into, out = ([p for p in side if p is not None] for side in (came, went))
    if not into or not out:
        return Reading("unjudged", "收入未报" if out else "支出未报" if into else "收支都未报")
    total, spent = reduce(add, into), reduce(add, out)
    said = f"收入{write(total).text}，支出{write(spent).text}"
    if total.high is not None and spent.low is not None and spent.low > total.high:
        return Reading("fails", f"{said}：支出多于收入")
    if not (total.exact and spent.exact):
        return Reading("consistent", said)
    left = exactly((total.low or 0) - (spent.low or 0), total.unit)
    gone = " ＋ ".join(write(p).text for p in out)
    return Reading("equal", f"{write(total).text} ＝ {gone} ＋ 结余 {write(left).text}")


def step_reading(before: Quantity | None, step: Quantity | None, after: Quantity | None) -> Reading:
    """C7: 累计 is never added along time; what was cumulated a month ago and the month make what is cumulated now."""
    if after is None:
        told = [p for p in (before, step) if p is not None]
        return (
            Reading("fails", f"累计未报，而{'、'.join(write(p).text for p in told)}已报")
            if told
            else Reading("unjudged", "未报")
        )
    parts = [p for p in (before, step) if p is not None]
    found = sum_reading(parts, after)
    said = f"{_words(after)} － {_words(before)} ＝ {_words(step)}"
    return Reading(found.code, said if found.holds else f"{said} 不成立；{found.detail}", found.improbable)


def _words(value: Quantity | None) -> str:
    return "0（未报）" if value is None else write(value).text


def derivable(parts: Sequence[Quantity], total: Quantity) -> bool:
    """Whether the total may be written of these parts: it holds for all that the sum may be (C6)."""
    return total.contains(reduce(add, parts))


def _span(quantity: Quantity, digit: int) -> _Span:
    low, high = (None if end is None else Fraction(end) for end in (quantity.low, quantity.high))
    return _Span(low, high, Fraction(digit))


def _sum(spans: Iterable[_Span]) -> _Span:
    found = tuple(spans)
    return _Span(_added([s.low for s in found]), _added([s.high for s in found]))


def _added(ends: Sequence[Fraction | None]) -> Fraction | None:
    known = [end for end in ends if end is not None]
    if len(known) < len(ends):
        return None
    whole = all(end.denominator == 1 for end in known)  # fen and heads: thousands of them are added as integers
    return Fraction(sum(end.numerator for end in known)) if whole else sum(known, Fraction(0))


def _share(part: _Span, whole: _Span) -> _Span:
    low = None if part.low is None or not whole.high else 100 * part.low / whole.high
    return _Span(low, None if part.high is None or not whole.low else 100 * part.high / whole.low)


def _tightest(derived: _Span, wide: _Span, total: _Span) -> Code:
    """Equal, rounded, truncated, consistent, fails: in this order, or 截断 would hide under 不矛盾."""
    if (derived.low, derived.high) == (total.low, total.high):
        return "equal"
    if derived.exact and total.exact and derived.low is not None and total.low is not None:
        over = derived.low - total.low
        if abs(over) <= total.digit / 2:
            return "rounded"
        if 0 <= over < total.digit:
            return "truncated"
    return "consistent" if wide.meets(total.wide) else "fails"


def _improbable(code: Code, spans: Sequence[_Span], total: _Span) -> bool:
    """Whether rounding hardly explains the difference: it is beyond three times what n roundings come to (C4)."""
    derived = _sum(spans)
    if code != "consistent" or not (derived.exact and total.exact) or derived.low is None or total.low is None:
        return False
    squares = sum(s.digit**2 for s in (*spans, total))
    return (derived.low - total.low) ** 2 > 9 * squares / 12
