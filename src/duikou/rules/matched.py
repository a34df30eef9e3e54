"""What two sides are matched by: a line or an entry as it is compared, how near two are, what is proposed and what is unclear."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise

EARLY, LATE, PROMPT = 3, 10, 5  # days a bank may be ahead of the ledger or behind it; behind without a second look
TELLING = 3  # digits before the noughts at its end that an amount has to be known again by
PARTY = {"same": "户名相符", "like": "户名相近", "unnamed": "对方户名未写"}


@dataclass(frozen=True)
class Item:
    """A line or an entry: number, day, which way, fen that are open, names of the other party, its paper's number.

    `parts` and their `amounts` are the entries that it stands for, where several rest on one paper.
    """

    number: int
    day: date
    flow: str
    amount: int
    names: tuple[str, ...] = ()
    paper: str = ""
    parts: tuple[int, ...] = ()
    amounts: tuple[int, ...] = ()


@dataclass(frozen=True)
class Proposal:
    """Lines and entries that are one movement: parts (line, entry, fen) and why; `safe` needs no second look."""

    sort: str
    parts: tuple[tuple[int, int, int], ...]
    reasons: tuple[str, ...]
    safe: bool = False

    @cached_property
    def lines(self) -> tuple[int, ...]:
        """The lines."""
        return tuple(dict.fromkeys(line for line, _, _ in self.parts))

    @cached_property
    def entries(self) -> tuple[int, ...]:
        """The entries."""
        return tuple(dict.fromkeys(entry for _, entry, _ in self.parts))


@dataclass(frozen=True)
class Unclear:
    """Lines and entries that fit each other in several ways, or not quite, and why a person has to say."""

    lines: tuple[int, ...]
    entries: tuple[int, ...]
    why: str


@dataclass(frozen=True)
class Pair:
    """One line and one entry, and what speaks for them."""

    line: Item
    entry: Item
    sort: str
    reasons: tuple[str, ...]
    safe: bool = False

    def proposal(self) -> Proposal:
        """The same as it is proposed; of several entries that rest on one paper each with its own amount."""
        entry = self.entry
        if entry.parts:
            parts = tuple((self.line.number, n, fen) for n, fen in zip(entry.parts, entry.amounts, strict=True))
            return Proposal("merge", parts, (f"同一凭证 {len(parts)} 笔", *self.reasons), self.safe)
        fen = min(self.line.amount, entry.amount)
        return Proposal(self.sort, ((self.line.number, entry.number, fen),), self.reasons, self.safe)


def by_day(one: Item) -> tuple[date, int]:
    """The order of items: by day, then by number."""
    return one.day, one.number


def late(line: Item, entry: Item) -> int:
    """How many days the bank is behind the ledger."""
    return (line.day - entry.day).days


def days_said(line: Item, entry: Item) -> str:
    """How far the days are apart, in words."""
    days = late(line, entry)
    return "同一天" if days == 0 else f"银行晚 {days} 天" if days > 0 else f"银行早 {-days} 天"


Party = Callable[[Item, Item], str]
"""How the party that a line names stands to that of an entry: same, like, unnamed, other."""
CROWD = 100  # lines times entries of one amount that are compared one by one


def pair_up(lines: Sequence[Item], entries: Sequence[Item], party: Party) -> tuple[list[Pair], Unclear | None]:
    """Which line is which entry among some of one amount, in the order of their days; and what cannot be told.

    Two that fit nothing else are a pair. A paper's number in the words of a line tells it from others. As many lines as
    entries of one party, no two on one day, go in the order of their days.
    """
    if len(lines) * len(entries) <= CROWD:
        fits = [
            (line, entry) for line in lines for entry in entries if near(line, entry) and party(line, entry) in PARTY
        ]
        if not fits:
            return [], _unclear(lines, entries, "金额相同，户名不同")
        if sure := _only(fits):
            pairs = [_pair(line, entry, party(line, entry), ()) for line, entry in sure]
            return pairs, _rest(lines, entries, pairs)
        if sure := _only([(line, entry) for line, entry in fits if entry.paper and entry.paper in line.paper]):
            pairs = [_pair(line, entry, party(line, entry), ("同额几笔，看凭证号",)) for line, entry in sure]
            return pairs, _rest(lines, entries, pairs)
    if len(lines) == len(entries) and _in_order(lines) and _in_order(entries):
        ordered = list(zip(lines, entries, strict=True))
        if all(near(*pair) and party(*pair) == "same" for pair in ordered):
            return [_pair(*pair, "same", (f"同户同额 {len(lines)} 笔，按先后",)) for pair in ordered], None
    return [], _unclear(lines, entries, "同额的不止一笔，分不清")


def near(line: Item, entry: Item) -> bool:
    """Whether the days of a line and an entry may be those of one movement."""
    return -EARLY <= late(line, entry) <= LATE


def _only(fits: Sequence[tuple[Item, Item]]) -> list[tuple[Item, Item]]:
    """Of lines and entries that fit, those that fit nothing else."""
    lines, entries = (Counter(pair[side].number for pair in fits) for side in (0, 1))
    return [(line, entry) for line, entry in fits if lines[line.number] == entries[entry.number] == 1]


def _rest(lines: Sequence[Item], entries: Sequence[Item], pairs: Sequence[Pair]) -> Unclear | None:
    """What is left of some lines and entries beside their pairs."""
    taken = {id(one) for pair in pairs for one in (pair.line, pair.entry)}
    left, beside = ([one for one in side if id(one) not in taken] for side in (lines, entries))
    return _unclear(left, beside, "同额的不止一笔，分不清") if left and beside else None


def _unclear(lines: Sequence[Item], entries: Sequence[Item], why: str) -> Unclear:
    numbers = [number for entry in entries for number in (entry.parts or (entry.number,))]
    return Unclear(tuple(one.number for one in lines), tuple(numbers), why)


def _pair(line: Item, entry: Item, known: str, more: tuple[str, ...]) -> Pair:
    named = bool(entry.paper) and entry.paper in line.paper
    reasons = ("金额相同", days_said(line, entry), PARTY[known], *more, *(("写有凭证号",) if named else ()))
    return Pair(line, entry, "pair", reasons, known == "same" and not more and 0 <= late(line, entry) <= PROMPT)


def _in_order(items: Sequence[Item]) -> bool:
    return all(one.day < other.day for one, other in pairwise(items))


def slip(one: int, other: int) -> str:
    """How a hand may have slipped from one amount to another: a digit mistyped, two next to each other exchanged.

    Nothing where the amounts say too little: 200 and 100 万元 are two sums, not one mistyped.
    """
    a, b = str(one), str(other)
    if len(a) != len(b) or one == other or not telling(one) or not telling(other):
        return ""
    at = [n for n, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    if len(at) == 1:
        return "金额有一位不同"
    if len(at) == 2 and at[1] == at[0] + 1 and a[at[0]] == b[at[1]] and a[at[1]] == b[at[0]]:
        return "金额有两位换了位置"
    return ""


def telling(amount: int) -> bool:
    """Whether an amount is one that is not met often: 12.3 万元, not 200 万元."""
    return len(str(amount).rstrip("0")) >= TELLING
