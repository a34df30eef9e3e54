"""Money that lies: how long, first in first out, and for which one of five causes (DOMAIN 4.2 no. 1, 2, 16)."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .ledger import totals

AGES = (24, 18, 12, 6)  # months; money younger than the last of them is not idle
LYING = ("pool", "allotment", "transit", "account", "payable")  # terms: position
UNDER_WAY = ("started", "basically_complete")


def layers(moves: Iterable[tuple[date, int]]) -> list[tuple[date, int]]:
    """What is left of money that came and went, as the day it came and the fen left, the oldest first.

    What goes takes the oldest money; moves of one day are taken together. Where a move was dated before the money that
    it takes had come, it takes that money when it comes.
    """
    days = totals(moves)
    left: deque[tuple[date, int]] = deque()
    for day in sorted(days):
        amount = days[day]
        while amount and left and (left[0][1] > 0) != (amount > 0):
            came, lying = left.popleft()
            if abs(lying) > abs(amount):
                left.appendleft((came, lying + amount))
            amount = amount + lying if abs(lying) <= abs(amount) else 0
        if amount:
            left.append((day, amount))
    return list(left)


def months(begin: date, end: date) -> int:
    """The whole months from one day to another."""
    return (end.year - begin.year) * 12 + end.month - begin.month - (end.day < begin.day)


def age(came: date, day: date) -> int:
    """The class of age of money that came on a day: 6, 12, 18 or 24 months, or 0 where it is younger."""
    gone = months(came, day)
    return next((least for least in AGES if gone >= least), 0)


@dataclass(frozen=True)
class Course:
    """What the book knows of a project's course: newest claim's stage, its final accounts, its stage or state, what was paid.

    `priced` is what its contracts come to, `paid` what of that has reached payees, both in fen.
    """

    claimed: str = ""
    usable: bool = False
    settled: bool = False
    status: str = ""
    priced: int = 0
    paid: int = 0

    @property
    def stage(self) -> str:
        """The stage (terms: stage), by the strongest word there is.

        Final accounts that are done come first, then the stage of the newest claim; after it a day from which the
        project could be used (completed); last the project's own state: in production is accepted, started is started.
        A claim that says less than the final accounts' day of use, or than the state, does not take that back.
        """
        if self.settled:
            return "settled"
        said = [self.claimed, "completed" if self.usable else "", _OF_STATUS.get(self.status, "")]
        return max(said, key=_ORDER.index)

    @property
    def fully_paid(self) -> bool:
        """Whether all that its contracts come to was paid."""
        return 0 < self.priced <= self.paid


_ORDER = ("", "not_started", "started", "basically_complete", "completed", "accepted", "settled")
_OF_STATUS = {  # terms: status as a source says it, and life as acts have brought it about
    "started": "started", "in_production": "accepted", "completed": "completed", "accepted": "accepted", "in_use": "accepted",
    "settled": "settled", "handed_over": "settled", "rated": "settled", "archived": "settled",
}  # fmt: skip


def cause(course: Course | None, position: str) -> str:
    """The one cause (terms: cause) for which a balance lies; money that lies with no project has not been begun with.

    Built with a balance: settled, or completed with every contract paid, or accepted with the payment ordered already.
    Accepted otherwise: nobody has claimed it. Then completed, then under way; all else is not started.
    """
    stage = course.stage if course else ""
    built = stage in ("completed", "accepted") and course is not None and course.fully_paid
    if stage == "settled" or built or (stage == "accepted" and position == "payable"):
        return "built_with_balance"
    if stage == "accepted":
        return "not_claimed"
    if stage == "completed":
        return "not_accepted"
    return "unfinished" if stage in UNDER_WAY else "not_started"


@dataclass(frozen=True)
class Balance:
    """What lies at one position (terms: position), in layers, and why (terms: cause)."""

    position: str
    layers: tuple[tuple[date, int], ...]
    cause: str

    @property
    def amount(self) -> int:
        """All of it, in fen."""
        return sum(fen for _, fen in self.layers)


def by_age(balances: Iterable[Balance], day: date) -> dict[int, int]:
    """Fen by class of age, the oldest first; money too young to be idle under 0."""
    found = dict.fromkeys((*AGES, 0), 0)
    for balance in balances:
        for came, fen in balance.layers:
            found[age(came, day)] += fen
    return found


def by_cause(balances: Iterable[Balance], day: date | None = None) -> dict[str, int]:
    """Fen by cause: of all balances, or where a day is given only of what was idle then."""
    return totals((b.cause, fen) for b in balances for came, fen in b.layers if day is None or age(came, day))
