"""Small groups of people in public tables: none is shown and none can be worked out; every number by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duikou.rules.small_groups import masked

CASES = {
    "five is no small group": ({"a": 5, "b": 12}, {"a": 5, "b": 12}, 17),
    # 3 alone: 20 - 5 - 12 would give it; with 5 withheld, 8 are left for both: 1 to 3 and 5 to 7
    "one small group takes the smallest other with it": ({"a": 3, "b": 5, "c": 12}, {"a": "few", "b": "hidden", "c": 12}, 20),
    # 5 withheld for two of 1 to 4: 1+4, 2+3, 3+2, 4+1
    "two small groups hide each other": ({"a": 2, "b": 3, "c": 12}, {"a": "few", "b": "few", "c": 12}, 17),
    # 2 withheld for two: 1+1 only; with 12 withheld, 14 are left: 1 to 4 each, the rest the third
    "two of one person do not": ({"a": 1, "b": 1, "c": 12}, {"a": "few", "b": "few", "c": "hidden"}, 14),
    # 8 withheld for two of at most 4: 4+4 only
    "nor two of four": ({"a": 4, "b": 4, "c": 12}, {"a": "few", "b": "few", "c": "hidden"}, 20),
    # 1 + 5 = 6 is 1 and 5 only; with 9 withheld, 15 are left for the three: the small one may be 1 to 4
    "a group of one beside one of five takes two": ({"a": 1, "b": 5, "c": 9}, {"a": "few", "b": "hidden", "c": "hidden"}, 15),
    "where nothing else is left the sum is not given": ({"a": 3}, {"a": "few"}, None),
    "of one and five the sum would tell": ({"a": 1, "b": 5}, {"a": "few", "b": "hidden"}, None),
    "nobody is no small group": ({"a": 0, "b": 9}, {"a": 0, "b": 9}, 9),
    "an empty cut": ({}, {}, 0),
}  # fmt: skip


@pytest.mark.parametrize(("cells", "shown", "total"), CASES.values(), ids=CASES)
def test_small_groups(cells, shown, total):
    found = masked(cells)
    assert (dict(found.cells), found.total) == (shown, total)


def ways(kinds, left):
    """All values that cells of some kinds may have, given their sum: small ones 1 to 4, withheld ones five or more."""
    if not kinds:
        return [()] if left == 0 else []
    highest = min(4, left) if kinds[0] == "few" else left
    lowest = 1 if kinds[0] == "few" else 5
    return [(n, *rest) for n in range(lowest, highest + 1) for rest in ways(kinds[1:], left - n)]


@given(st.lists(st.integers(0, 12), max_size=4))
def test_who_subtracts_finds_no_small_group(numbers):
    found = masked({str(n): number for n, number in enumerate(numbers)})
    kinds = [mark for mark in found.cells.values() if isinstance(mark, str)]
    if found.total is None or not kinds:
        return
    left = found.total - sum(n for n in found.cells.values() if isinstance(n, int))
    possible = ways(kinds, left)
    for at, kind in enumerate(kinds):
        if kind == "few":
            assert len({way[at] for way in possible}) > 1


@given(st.dictionaries(st.text("abcdef", min_size=1), st.integers(0, 50)))
def test_no_number_below_five_is_ever_shown(cells):
    shown = [n for n in masked(cells).cells.values() if isinstance(n, int)]
    assert not [n for n in shown if 0 < n < 5]
