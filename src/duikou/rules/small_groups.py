"""Small groups of people are not shown in public: fewer than five are masked, and so much beside them that none is found."""

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from duikou.terms.words import zh

from .quantity import Quantity

LEAST = 5
Mark = Literal["few", "hidden"]
Shown = int | Mark
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
    return Cut(marks, None if 0 < total < least or (few and _found(few, hidden, least)) else total)


def _found(few: Mapping[str, int], hidden: Mapping[str, int], least: int) -> bool:
    """Whether the sum of all that is masked leaves one number only for a small group: 1 to 4 each, five or more the hidden."""
    withheld = sum(few.values()) + sum(hidden.values())
    others = len(few) - 1
    highest = min(least - 1, withheld - others - least * len(hidden))
    lowest = 1 if hidden else max(1, withheld - (least - 1) * others)
    return highest <= lowest


# the numbers of persons that the records of a kind state; what is planned, expected or a quota counts nobody yet
PERSONS: Mapping[str, tuple[str, ...]] = {
    "training": ("trainees", "person_times"), "secondment": ("people", "person_months"), "medical_support": ("people",),
    "cohort": ("enrolled",), "vocational_study": ("students",), "labour_transfer": ("workers", "poor"),
    "investment_result": ("jobs", "poor"),
}  # fmt: skip
NAMED = ("training", "secondment", "medical_support")  # the kinds that have lists of names
K = TypeVar("K", bound=Hashable)


def size(value: Quantity) -> int:
    """How many people a number speaks of: at most as many as it says; what is open above, at least."""
    return (value.low or 0) if value.high is None else value.high


@dataclass(frozen=True)
class Withheld(Generic[K]):
    """The records whose numbers of persons are not public, each with its mark; `sum`: whether their sum may be known."""

    marks: Mapping[K, Mark]
    sum: bool

    def hides(self, members: Iterable[K]) -> bool:
        """Whether a sum over some records may not be known: it holds a part of those withheld, or all where none may be."""
        held = {member for member in members if member in self.marks}
        return bool(held) and not (self.sum and len(held) == len(self.marks))


def withheld(numbers: Mapping[K, int], least: int = LEAST, also: Collection[K] = ()) -> Withheld[K]:
    """Which numbers of a programme's records are withheld, whatever is asked of them: the same in every list and sum.

    `also`: those of which another number is withheld that this one would tell; then their sum may not be known either.
    """
    codes = {f"{n:06}": key for n, key in enumerate(sorted(numbers, key=str))}
    found = masked({code: numbers[key] for code, key in codes.items()}, least)
    marks: dict[K, Mark] = {key: mark for code, key in codes.items() if isinstance(mark := found.cells[code], str)}
    more: dict[K, Mark] = {key: "hidden" for key in numbers if key in also and key not in marks}
    return Withheld(marks | more, found.total is not None and not more)


def words(mark: Mark, least: int = LEAST) -> str:
    """A withheld number in words."""
    return f"少于{least}人" if mark == "few" else zh("nature", "withheld")
