"""Small groups of people are not shown in public: fewer than five are masked, and so much beside them that none is found."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

LEAST = 5
Shown = int | Literal["few", "hidden"]
"""A number of heads; `few`: fewer than five; `hidden`: five or more, withheld so that a small one is not found."""


@dataclass(frozen=True)
class Cut:
    """A cut of heads as everyone may see it: its cells, and their sum; no sum where it would give a small group away."""

    cells: Mapping[str, Shown]
    total: int | None


def masked(cells: Mapping[str, int], least: int = LEAST) -> Cut:
    """What may be shown of a cut and its sum: who subtracts what is shown from the sum finds no small group's number."""
    total = sum(cells.values())
    few = {code: n for code, n in cells.items() if 0 < n < least}
    rest = sorted((n, code) for code, n in cells.items() if n >= least)
    hidden: dict[str, int] = {}
    while few and rest and _found(few, hidden, least):
        n, code = rest.pop(0)
        hidden[code] = n
    marks: dict[str, Shown] = {
        code: "few" if code in few else "hidden" if code in hidden else n for code, n in cells.items()
    }
    return Cut(marks, None if few and _found(few, hidden, least) else total)


def _found(few: Mapping[str, int], hidden: Mapping[str, int], least: int) -> bool:
    """Whether the sum of all that is masked leaves one number only for a small group: 1 to 4 each, five or more the hidden."""
    withheld = sum(few.values()) + sum(hidden.values())
    others = len(few) - 1
    highest = min(least - 1, withheld - others - least * len(hidden))
    lowest = 1 if hidden else max(1, withheld - (least - 1) * others)
    return highest <= lowest
