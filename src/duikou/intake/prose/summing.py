"""Parts that are known by their sum: numbers side by side that come to the one before them are its parts (27个，9个、18个)."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from .candidate import Candidate

FEWEST, MOST = 2, 16  # parts of one whole
APART = 40  # characters from one of them to the next


def with_parts(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates of a paragraph in order of place, those marked as parts that come to the number before them."""
    marked = list(candidates)
    for place, whole in enumerate(marked):
        for n in range(place + 1, _comes_to(marked, place)):
            if not marked[n].part and _alike(marked[n], whole):
                marked[n] = _part(marked[n], whole)
    return marked


def _part(one: Candidate, whole: Candidate) -> Candidate:
    """A number as a part; things that are counted are of the kind of their whole."""
    part = replace(one, part="part", whole=(whole.start, whole.end))
    if one.kind == whole.kind or one.number is None or one.number.base != "item":
        return part
    reasons = [r for r in one.reasons if r.made != "kind"] + [r for r in whole.reasons if r.made == "kind"]
    return replace(part, kind=whole.kind, reasons=tuple(reasons))


def _comes_to(candidates: Sequence[Candidate], place: int) -> int:
    """Behind which candidate the run after one has come to it exactly; nought where it never does."""
    whole, left, parts = candidates[place], Decimal(0), 0
    last = whole
    for n in range(place + 1, min(len(candidates), place + 1 + MOST * 2)):
        one = candidates[n]
        if one.start - last.end > APART or one.sentence != whole.sentence:
            return 0
        last = one
        if not _alike(one, whole) or one.number is None or whole.number is None:
            continue
        left, parts = left + one.number.value, parts + 1
        if left == whole.number.value and parts >= FEWEST:
            return n + 1
        if left > whole.number.value or parts > MOST:
            return 0
    return 0


def _alike(one: Candidate, whole: Candidate) -> bool:
    """Whether two candidates are exact numbers in the same measure."""
    if one.number is None or whole.number is None:
        return False
    same = one.number.base == whole.number.base and (one.number.base == "yuan" or one.unit == whole.unit)
    return same and one.number.hedge == whole.number.hedge == "exact"
