"""Quantities as papers have them: a few digits and zeros, every hedge, every unit; money in whole yuan."""

from hypothesis import strategies as st

from duikou.rules.quantity import Hedge, Quantity, grain_of, hedged, last_digit
from duikou.terms.words import vocabulary

UNITS = [unit for unit in vocabulary()["unit"] if unit != "yuan"]
NUMBERS = st.builds(lambda digits, zeros: digits * 10**zeros, st.integers(1, 9999), st.integers(0, 9))
SHORT = st.builds(lambda digits, zeros: digits * 10**zeros, st.integers(1, 999), st.integers(0, 9))
ONE_NUMBER: list[Hedge] = ["exact", "about", "nearly", "odd", "over", "at_least", "up_to"]


def _one(hedge: Hedge, number: int, unit: str) -> Quantity:
    value = number * grain_of(unit)
    return hedged(hedge, value, unit, last_digit(value, grain_of(unit)))


def _range(ends: tuple[int, int], unit: str) -> Quantity:
    low, high = (end * grain_of(unit) for end in sorted(ends))
    return hedged("range", low, unit, upper=high)


def said_once(units: st.SearchStrategy[str]) -> st.SearchStrategy[Quantity]:
    """One number with any hedge, in one of the units."""
    return st.builds(_one, st.sampled_from(ONE_NUMBER), NUMBERS, units)


def ranges(numbers: st.SearchStrategy[int], units: st.SearchStrategy[str]) -> st.SearchStrategy[Quantity]:
    """From one number to another, in one of the units."""
    return st.builds(_range, st.tuples(numbers, numbers), units)


ANY, FEN = st.sampled_from(UNITS), st.just("fen")
SAID_ONCE, SHORT_RANGES, LONG_RANGES = said_once(ANY), ranges(SHORT, ANY), ranges(NUMBERS, ANY)
QUANTITIES = SAID_ONCE | LONG_RANGES
MONEY = (said_once(FEN) | ranges(NUMBERS, FEN)).filter(lambda q: q.low is not None)
