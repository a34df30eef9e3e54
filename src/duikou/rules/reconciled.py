"""A month of an account by bank and by ledger: what each has, what they differ by, and of what the difference is made."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from .ledger import total, totals
from .period import Period


def rests(amounts: Mapping[int, int], matched: Iterable[tuple[int, int]]) -> dict[int, int]:
    """What of lines or entries is not matched yet, in fen: their amounts, less the matches by number."""
    taken = totals(matched)
    return {number: amount - taken.get(number, 0) for number, amount in amounts.items()}


@dataclass(frozen=True)
class Moved:
    """A line or an entry: number, day, which way, fen; `said`: it is said why the other side has nothing."""

    number: int
    day: date
    flow: str
    amount: int
    said: bool = False

    @property
    def signed(self) -> int:
        """What comes in above nothing, what goes out below."""
        return self.amount if self.flow == "in" else -self.amount


Sort = Literal["bank", "ledger", "later"]


@dataclass(frozen=True)
class Difference:
    """A part of a month's difference: the bank alone has it, the ledger alone, or the two have it in different months."""

    sort: Sort
    fen: int
    line: int | None = None
    entry: int | None = None
    said: bool = False


@dataclass(frozen=True)
class Month:
    """What came in and went out by bank and ledger in a period, and what they differ by, part by part."""

    bank: tuple[int, int]
    ledger: tuple[int, int]
    parts: tuple[Difference, ...]

    @property
    def difference(self) -> int:
        """What the bank has more than the ledger, what goes out taken off."""
        return (self.bank[0] - self.bank[1]) - (self.ledger[0] - self.ledger[1])

    @property
    def unsaid(self) -> tuple[Difference, ...]:
        """The parts of which nobody has said why."""
        return tuple(part for part in self.parts if not part.said)


def month(
    lines: Sequence[Moved], entries: Sequence[Moved], matches: Iterable[tuple[int, int, int]], days: Period
) -> Month:
    """A period of an account; lines, entries and matches (line, entry, fen) of other periods may be among them."""
    lines_of, entries_of = {m.number: m for m in lines}, {m.number: m for m in entries}
    matched = [m for m in matches if m[0] in lines_of and m[1] in entries_of]
    parts: list[Difference] = []
    for line, entry, fen in matched:
        here, there = (days.first <= one.day <= days.last for one in (lines_of[line], entries_of[entry]))
        if here != there:
            came = fen if lines_of[line].flow == "in" else -fen
            parts.append(Difference("later", came if here else -came, line, entry, True))
    open_lines = rests({n: m.amount for n, m in lines_of.items()}, ((line, fen) for line, _, fen in matched))
    open_entries = rests({n: m.amount for n, m in entries_of.items()}, ((entry, fen) for _, entry, fen in matched))
    ours, theirs = ([m for m in side if days.first <= m.day <= days.last] for side in (lines, entries))
    parts += [
        Difference("bank", open_lines[m.number] * (1 if m.flow == "in" else -1), m.number, None, m.said)
        for m in ours
        if open_lines[m.number]
    ]
    parts += [
        Difference("ledger", open_entries[m.number] * (-1 if m.flow == "in" else 1), None, m.number, m.said)
        for m in theirs
        if open_entries[m.number]
    ]
    return Month(_both(ours), _both(theirs), tuple(parts))


def _both(moved: Iterable[Moved]) -> tuple[int, int]:
    """What came in and what went out."""
    found = totals((m.flow, m.amount) for m in moved)
    return found.get("in", 0), found.get("out", 0)


def explained(parts: Iterable[Difference]) -> int:
    """What the parts of a difference come to."""
    return total(part.fen for part in parts)
