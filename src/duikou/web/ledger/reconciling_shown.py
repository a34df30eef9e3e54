"""What 对账 shows: an account's month by bank and ledger, proposals beside their reasons, what is open with owner and age."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import gettext

from duikou.acts.banked import Account
from duikou.acts.doing import today
from duikou.acts.journal import header_of, time_of
from duikou.records.models import BankLine, BankMatch, Entry, JournalImage
from duikou.rules.bank import likely_reason
from duikou.rules.ledger import total
from duikou.rules.matched import EARLY, LATE, Item, Proposal, Unclear
from duikou.rules.matching import Found, match
from duikou.rules.period import Period, months
from duikou.rules.reconciled import Difference, Month, explained, month
from duikou.rules.writing import number_text

from .kept import YUAN

PART = re.compile(r"([0-9]{1,19}):([0-9]{1,19}):([0-9]{1,19})")
PAIRS = 6  # of what cannot be told apart, the pairs that are shown


def yuan(fen: int) -> str:
    """An amount in yuan to the fen."""
    return number_text(fen, YUAN, 2)


@dataclass(frozen=True)
class Shown:
    """A line of the bank or an entry of the ledger, as it stands in a row."""

    row: BankLine | Entry
    way: str
    fen: int

    @property
    def number(self) -> int:
        """Its record."""
        return int(self.row.pk)

    @property
    def day(self) -> date | None:
        """Its day."""
        return self.row.last

    @property
    def party(self) -> str:
        """The other party, as its side writes it."""
        if isinstance(self.row, BankLine):
            return str(self.row.party)
        return str(self.row.receiver or self.row.project or self.row.payer or "")

    @property
    def said(self) -> str:
        """What it says of itself."""
        if isinstance(self.row, BankLine):
            return "　".join(filter(None, (self.row.summary, self.row.serial)))
        return "　".join(filter(None, (self.row.purpose, self.row.voucher)))

    @property
    def amount(self) -> str:
        """In yuan."""
        return yuan(self.fen)


@dataclass(frozen=True)
class Proposed:
    """A proposal: its lines and entries, why, and the address that takes it off the page."""

    of: Proposal
    lines: tuple[Shown, ...]
    entries: tuple[Shown, ...]

    @property
    def parts(self) -> str:
        """What is sent to confirm it."""
        return ",".join(f"{line}:{entry}:{fen}" for line, entry, fen in self.of.parts)

    @property
    def key(self) -> str:
        """What names it among those that were declined."""
        return "-".join(map(str, (*self.of.lines, *self.of.entries)))

    @property
    def rest(self) -> str:
        """What stays open where the amounts differ."""
        fen = total(one.fen for one in self.lines) - total(one.fen for one in self.entries)
        return yuan(abs(fen)) if fen else ""


@dataclass(frozen=True)
class Doubt:
    """Lines and entries that cannot be told apart, and the pairs that may be chosen."""

    of: Unclear
    pairs: tuple[tuple[Shown, Shown, str], ...]


@dataclass(frozen=True)
class Part:
    """A part of a difference: what stands where, who answers, for how many days, why."""

    of: Difference
    line: Shown | None
    entry: Shown | None
    owner: str
    likely: str
    proposed: bool

    @property
    def amount(self) -> str:
        """What it makes of the difference."""
        return yuan(self.of.fen)

    @property
    def one(self) -> Shown:
        """The side that stands in the month alone, or the bank's."""
        return self.line or self.entry  # type: ignore[return-value]

    @property
    def age(self) -> int:
        """For how many days it has been open."""
        return (today() - (self.one.day or today())).days

    @property
    def reason(self) -> str:
        """Why the ledger has nothing like it, as a person has said."""
        return self.one.row.reason if isinstance(self.one.row, BankLine) else ""


@dataclass(frozen=True)
class Done:
    """A match that stands."""

    number: int
    line: Shown
    entry: Shown
    fen: int

    @property
    def amount(self) -> str:
        """What was matched."""
        return yuan(self.fen)


@dataclass(frozen=True)
class MonthOf:
    """A month of an account."""

    account: Account
    days: Period
    giver: tuple[str, ...]
    declined: frozenset[str] = frozenset()

    @cached_property
    def sums(self) -> Month:
        """What came and went by both sides."""
        return month(*self.account.moved(), self.account.matches, self.days)

    @property
    def code(self) -> str:
        """2023-06."""
        return self.days.code

    @property
    def cells(self) -> tuple[str, ...]:
        """In and out by the bank, in and out by the ledger, in yuan."""
        return tuple(yuan(fen) for fen in (*self.sums.bank, *self.sums.ledger))

    @property
    def numbers(self) -> list[str]:
        """The numbers of the account, or of its accounts, as the lists show them."""
        return sorted({row.account for row in self.account.lines.values()})

    @property
    def difference(self) -> str:
        """差额."""
        return yuan(self.sums.difference)

    @property
    def level(self) -> bool:
        """Whether nothing is open on either side."""
        return not [part for part in self.sums.parts if part.sort != "later"]

    @property
    def oldest(self) -> int:
        """The age in days of the oldest part of which nobody has said why."""
        days = [
            self.account.lines[part.line].last if part.line else self.account.entries[part.entry or 0].last
            for part in self.sums.unsaid
        ]
        return max(((today() - day).days for day in days if day), default=0)

    @cached_property
    def parts(self) -> list[Part]:
        """The parts of the difference."""
        return [self._part(part) for part in self.sums.parts]

    @property
    def sorts(self) -> list[tuple[str, int, str]]:
        """How many parts there are of each sort and what they come to."""
        found = [(sort, [p for p in self.sums.parts if p.sort == sort]) for sort in ("bank", "ledger", "later")]
        return [(sort, len(some), yuan(explained(some))) for sort, some in found if some]

    def _part(self, part: Difference) -> Part:
        line = self._line(part.line, abs(part.fen)) if part.line else None
        entry = self._entry(part.entry, abs(part.fen)) if part.entry else None
        owner = str(line.row.owner or "") if line and isinstance(line.row, BankLine) else ""
        likely = likely_reason(line.row.summary) if line and isinstance(line.row, BankLine) else ""
        proposed = part.sort != "later" and self._proposed(part)
        return Part(part, line, entry, owner or self.account.holder.name, likely, proposed)

    def _proposed(self, part: Difference) -> bool:
        """Whether a proposal says what the other side of a part is."""
        return any(part.line in one.of.lines or part.entry in one.of.entries for one in self.proposals)

    def _line(self, number: int, fen: int | None = None) -> Shown:
        row = self.account.lines[number]
        return Shown(row, row.flow, self.account.open_lines[number] if fen is None else fen)

    def _entry(self, number: int, fen: int | None = None) -> Shown:
        row = self.account.entries[number]
        return Shown(row, self.account.way(row), self.account.open_entries[number] if fen is None else fen)

    @cached_property
    def found(self) -> Found:
        """What the matcher says of what is open in the month and near it."""
        lines, entries = self.account.items(self.giver)
        return match(self._around(lines), self._around(entries))

    def _around(self, items: Iterable[Item]) -> list[Item]:
        """What lies in the month, or so near it that it may belong to something in it."""
        first, last = self.days.first.toordinal() - LATE - EARLY, self.days.last.toordinal() + LATE + EARLY
        return [one for one in items if first <= one.day.toordinal() <= last]

    def _here(self, lines: Iterable[int], entries: Iterable[int]) -> bool:
        """Whether anything of it lies in the month."""
        days = [*(self.account.lines[n].last for n in lines), *(self.account.entries[n].last for n in entries)]
        return any(day and self.days.first <= day <= self.days.last for day in days)

    @cached_property
    def proposals(self) -> list[Proposed]:
        """The proposals, by day; without those that were declined."""
        here = [one for one in self.found.proposals if self._here(one.lines, one.entries)]
        made = [Proposed(p, tuple(map(self._line, p.lines)), tuple(map(self._entry, p.entries))) for p in here]
        return sorted(
            (one for one in made if one.key not in self.declined), key=lambda one: (one.lines[0].day, one.key)
        )

    @property
    def safe(self) -> list[Proposed]:
        """The proposals that need no second look."""
        return [one for one in self.proposals if one.of.safe]

    @cached_property
    def doubts(self) -> list[Doubt]:
        """What cannot be told apart."""
        return [
            Doubt(one, tuple(self._pairs(one))[:PAIRS])
            for one in self.found.unclear
            if self._here(one.lines, one.entries)
        ]

    def _pairs(self, one: Unclear) -> Iterator[tuple[Shown, Shown, str]]:
        for line in one.lines:
            for entry in one.entries:
                left, right = self._line(line), self._entry(entry)
                if left.fen and right.fen:
                    yield left, right, f"{line}:{entry}:{min(left.fen, right.fen)}"

    @cached_property
    def done(self) -> list[Done]:
        """The matches of the month that stand, the newest first."""
        rows = BankMatch.objects.filter(struck=None, line__in=self.account.lines).order_by("-pk")
        told = rows.values_list("pk", "line_id", "entry_id", "amount")
        return [
            Done(pk, self._line(line, fen), self._entry(entry, fen), fen)
            for pk, line, entry, fen in told
            if entry in self.account.entries and self._here([line], [entry])
        ]

    @property
    def last(self) -> tuple[str, date] | None:
        """Who matched something of the month last, and when."""
        newest = self.done[0].number if self.done else 0
        image = JournalImage.objects.filter(table="records_bank_match", number=newest).select_related("line").first()
        return (str(header_of(image.line)["person"]), time_of(image.line).date()) if image else None


def months_of(account: Account, days: Period, giver: tuple[str, ...]) -> list[MonthOf]:
    """The months of a period in which the bank or the ledger has something, the newest first."""
    lines, entries = account.moved()
    seen = {(one.day.year, one.day.month) for one in (*lines, *entries) if days.first <= one.day <= days.last}
    return [MonthOf(account, months(y, m, m), giver) for y, m in sorted(seen, reverse=True)]


def parts_of(said: str) -> list[tuple[int, int, int]]:
    """What a form sends of matches: 12:34:5600,…; ValueError where it is none."""
    found = [PART.fullmatch(one) for one in said.split(",")]
    numbers = [tuple(map(int, one.groups())) for one in found if one]
    if not all(found) or any(not 0 < number < 2**63 for one in numbers for number in one):
        raise ValueError(gettext("没有选要勾对的流水"))
    return numbers  # type: ignore[return-value]


def without(query: Mapping[str, str], declined: Iterable[str]) -> str:
    """The query of an address with what was declined."""
    return "&".join(
        [*(f"{name}={value}" for name, value in query.items() if value), *(f"no={one}" for one in sorted(declined))]
    )
