"""The verdict on one number: every legitimate reading is tried, the tightest first, before it is called wrong (K1, K2).

equal → a hedge that contains it → rounded → truncated → consistent only → exactly one other aspect → contradicted →
not covered. Two aspects at once are not covered: with thousands of figures some other one always matches by chance.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from duikou.rules.quantity import Quantity, exactly, grain_of, hedged, last_digit
from duikou.rules.writing import write

Code = Literal["confirmed", "consistent", "elsewhere", "contradicted", "uncovered", "unread"]
Aspect = Literal["", "date", "side", "state", "scope", "definition"]
Fit = Literal["equal", "within", "rounded", "truncated", "consistent", "said"]
TIGHT: tuple[Fit, ...] = ("equal", "within", "rounded", "truncated")
FAR = 2  # times: 超1000万元 holds of 1.14亿元, and tells nothing of it
ROUGH = 20  # a number that is off by more than a twentieth is no rounding: 1亿元 is not 1.2亿元
ALARMS = (10, 100, 1000, 10**4, 10**8)  # F6: a ratio of one of these is a unit gone wrong


@dataclass(frozen=True)
class Answer:
    """What the book says of a claim: its number, what it is called, its name@line or its record, the aspect that differs."""

    value: Quantity
    text: str
    called: str
    name: str = ""
    record: int | None = None
    aspect: Aspect = ""
    other: str = ""  # what it is instead: 已拨付到位, 2010年
    said: str = ""  # words of the book that stand in the draft as they are


@dataclass(frozen=True)
class Verdict:
    """What came out, by which reading, against which answer of the book."""

    code: Code
    fit: Fit | Literal[""] = ""
    answer: Answer | None = None
    nearest: tuple[str, ...] = ()
    why: str = ""
    alarm: int = 0


def judged(said: Quantity, digit: int, answers: Sequence[Answer], *, strong: bool = True) -> Verdict:
    """The verdict on a number, of all that the book answers; answers that differ in an aspect name it.

    `strong`: the words name one figure of the book, so that a number that does not fit is wrong and not only another.
    """
    same, other = [a for a in answers if not a.aspect], [a for a in answers if a.aspect]
    fits = [(fit, answer) for answer in same if (fit := fit_of(said, digit, answer.value))]
    for fit in TIGHT:
        if found := next((answer for tried, answer in fits if tried == fit), None):
            return Verdict("confirmed", fit, found)
    if fits:
        return Verdict("consistent", "consistent", fits[0][1])
    for answer in other:
        if (fit := fit_of(said, digit, answer.value)) in TIGHT[:3]:
            return Verdict("elsewhere", fit, answer)
    if same and strong:
        nearest = min(same, key=lambda answer: _apart(said, answer.value))
        return Verdict(
            "contradicted", "", nearest, tuple(holding(said, nearest.value)), alarm=_alarm(said, nearest.value)
        )
    return Verdict("uncovered")


def fit_of(said: Quantity, digit: int, book: Quantity) -> Fit | None:
    """The tightest reading by which a number of a draft holds of the book's; nothing where none does."""
    if said.unit != book.unit:
        return None
    if (said.low, said.high) == (book.low, book.high):
        return "equal"
    if said.contains(book):
        return "within" if _telling(said, book) else "consistent"
    if said.exact and book.exact and said.low is not None and book.low is not None:
        over = book.low - said.low
        if abs(over) * ROUGH > book.low:
            return None
        if 2 * abs(over) <= digit and digit > 1:
            return "rounded"
        return "truncated" if 0 <= over < digit else None
    return "consistent" if _wide(said, digit).meets(book) else None


def _telling(said: Quantity, book: Quantity) -> bool:
    """Whether a hedge that contains the book's number tells of it: both ends known, or the known one not far off."""
    if said.low is not None and said.high is not None:
        return True
    if book.low is None or book.high is None:
        return False
    return book.high <= FAR * said.low if said.low is not None else book.low * FAR >= (said.high or 0)


def _wide(said: Quantity, digit: int) -> Quantity:
    """A number as it may have come rounded (C2)."""
    if not said.exact or said.low is None or digit <= 1:
        return said
    return Quantity(said.low - digit // 2, said.low + digit // 2, said.unit, "range")


def _apart(said: Quantity, book: Quantity) -> Fraction:
    """How far two numbers are from each other, as a share of the larger."""
    one, two = (Fraction(next(end for end in (q.low, q.high) if end is not None)) for q in (said, book))
    return abs(one - two) / max(abs(one), abs(two), Fraction(1))


def _alarm(said: Quantity, book: Quantity) -> int:
    """How many times a number is the other within 1 %, where that looks like a unit gone wrong; else nought."""
    ends = [next(end for end in (q.low, q.high) if end is not None) for q in (said, book)]
    if min(ends) <= 0:
        return 0
    ratio = Fraction(max(ends), min(ends))
    return next((times for times in ALARMS if abs(ratio - times) * 100 <= times), 0)


def holding(said: Quantity, book: Quantity) -> Iterable[str]:
    """Words that would hold: the book's own number, and the draft's hedge with a number that fits."""
    yield write(book).text
    if not book.exact or book.low is None or book.low <= 0:
        return
    value, unit = book.low, book.unit
    step = max(10 ** (len(str(value)) - 2), grain_of(unit))
    below, above = value // step * step, (value // step + 1) * step
    hedges: dict[str, Quantity] = {
        "nearly": hedged("nearly", above, unit),
        "over": hedged("over", below if below < value else below - step, unit),
        "odd": hedged("odd", below, unit, last_digit(below, grain_of(unit))) if below > 0 else exactly(value, unit),
    }
    own = hedges.get(said.hedge)
    if own is not None and own.contains(book) and not own.exact and own.low and own.low > 0:
        yield write(own).text


def difference(said: Quantity, book: Quantity) -> str:
    """By how much an exact number is more or less than the book's; empty where one of them is no exact number."""
    if not (said.exact and book.exact) or said.low is None or book.low is None or said.unit != book.unit:
        return ""
    gap = said.low - book.low
    return f"{'多' if gap > 0 else '少'}{write(exactly(abs(gap), said.unit)).text}" if gap else ""
