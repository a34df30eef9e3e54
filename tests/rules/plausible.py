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


SAID_ONCE = st.builds(_one, st.sampled_from(ONE_NUMBER), NUMBERS, st.sampled_from(UNITS))
SHORT_RANGES = st.builds(_range, st.tuples(SHORT, SHORT), st.sampled_from(UNITS))
LONG_RANGES = st.builds(_range, st.tuples(NUMBERS, NUMBERS), st.sampled_from(UNITS))
QUANTITIES = SAID_ONCE | LONG_RANGES
