"""The scanner: numbers of a folded paragraph from left to right, each place looked at a bounded number of times."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .counting import with_shared_units
from .digits import NUMERALS, START, digits_at, is_round, several_at, share_at
from .guards import Span, Taken
from .hedging import hedges_after, hedges_before, odd_at
from .measuring import measured
from .numbers import Number, Unread
from .ranges import ranged


@dataclass(frozen=True)
class Scan:
    """What was found in a paragraph: numbers with a measure word or a meaning, and those that could not be read."""

    numbers: tuple[Number, ...]
    unread: tuple[Unread, ...]


def scan(text: str, taken: Sequence[Span] = ()) -> Scan:
    """The numbers of a folded text outside of what guards have taken."""
    return _Scanner(text, taken).run()


class _Scanner:
    """One paragraph read from left to right."""

    def __init__(self, text: str, taken: Sequence[Span]) -> None:
        self.text, self.taken = text, Taken(taken)
        self.numbers: list[Number] = []
        self.unread: list[Unread] = []

    def run(self) -> Scan:
        place = 0
        while found := START.search(self.text, place):
            place = self._step(found.start())
        return Scan(tuple(with_shared_units(self.text, self.numbers)), tuple(self.unread))

    def _step(self, at: int) -> int:
        """Read what begins at a place; where to go on."""
        if end := self.taken.until(at):
            return end
        try:
            number = self._share(at) or self._number(at)
        except ValueError as error:
            return self._pass(at, max(self._run(at), getattr(error, "end", 0)), str(error))
        if number is None:
            return self._run(at) if self.text[at].isascii() else at + 1
        if self.taken.until(number.last - 1):
            return at + 1
        if len(set(number.hedges)) > 1 and number.house and number.quantity is None:
            self._pass(number.start, number.end, "中的约数词说法相反")
        else:
            self.numbers.append(number)
        return max(number.end, at + 1)

    def _pass(self, start: int, end: int, why: str) -> int:
        """Keep what cannot be read, and go on behind it."""
        self.unread.append(Unread(start, end, self.text[start:end], why))
        return end

    def _run(self, at: int) -> int:
        """The end of the run of numerals at a place; it is looked at once."""
        end = at + 1
        while end < len(self.text) and self.text[end] in NUMERALS:
            end += 1
        return end

    def _share(self, at: int) -> Number | None:
        """百分之二十, 三分之一, 1/6."""
        share = share_at(self.text, at)
        if share is None:
            return None
        end, after = hedges_after(self.text, share.end)
        start, before = hedges_before(self.text, at, self.taken)
        words = self.text[at : share.end]
        return Number(start, end, at, share.end, share.value, "percent", words, "percent", hedges=(*before, *after))

    def _number(self, at: int) -> Number | None:
        """A number with its hedges, its measure word and, where one follows, the other end of a range."""
        digits = digits_at(self.text, at)
        if digits is None:
            return self._several(at)
        if self.text[at] in "0123456789" and at and self.text[at - 1] in "0123456789.":
            return None
        start, hedges = hedges_before(self.text, at, self.taken)
        number = Number(start, digits.end, at, digits.end, digits.value, "", upper=digits.upper, hedges=hedges)
        if digits.upper is None:
            if odd := odd_at(self.text, digits.end):
                number = replace(
                    number, end=odd.end, last=odd.end, value=digits.value * odd.scale, hedges=(*hedges, odd.hedge)
                )
            if whole := ranged(self.text, number):
                return whole
        found = measured(self.text, number)
        if found and not found.hedges and is_round(self.text, at, digits.end):
            return None  # 万人 says no number; 万人次以上 and 近百人 do
        return found

    def _several(self, at: int) -> Number | None:
        """几十, 数百, 好几万."""
        some = several_at(self.text, at)
        if some is None:
            return None
        number = Number(some.start, some.end, at, some.end, some.value, "", hedges=("odd",), vague=True)
        return measured(self.text, number)
