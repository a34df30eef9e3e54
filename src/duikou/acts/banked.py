"""What a programme's bank lists and its ledger say of each account: lines, entries that go through it, their matches."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from duikou.records.models import BankLine, BankMatch, Entry, Office, Organisation, Party, Programme, of
from duikou.rules.bank import WAYS, holder_of, way_of
from duikou.rules.funds import voucher_key
from duikou.rules.matched import Item
from duikou.rules.reconciled import Moved, rests
from duikou.rules.rights import contains
from duikou.terms.words import regions

HOLDER = "holder"
STATES = {state: side for side, state in WAYS}


class Holder(NamedTuple):
    """Whose account it is: the organisation, its area and side."""

    number: int
    name: str
    area: str
    side: str


@dataclass(frozen=True)
class Account:
    """The two sides of an account: lines, entries, and what of them is matched (line, entry, fen)."""

    holder: Holder
    lines: dict[int, BankLine]
    entries: dict[int, Entry]
    matches: tuple[tuple[int, int, int], ...]

    @cached_property
    def open_lines(self) -> dict[int, int]:
        """What of each line is not matched, in fen."""
        return rests({n: row.amount for n, row in self.lines.items()}, ((line, fen) for line, _, fen in self.matches))

    @cached_property
    def open_entries(self) -> dict[int, int]:
        """What of each entry is not matched, in fen."""
        amounts = {n: row.amount for n, row in self.entries.items()}
        return rests(amounts, ((entry, fen) for _, entry, fen in self.matches))

    def way(self, entry: Entry) -> str:
        """Which way an entry goes through the account (terms: flow)."""
        return way_of(self.holder.side, entry.state, entry.standing, entry.back)

    def moved(self) -> tuple[list[Moved], list[Moved]]:
        """Lines and entries as a month adds them up."""
        lines = [
            Moved(n, row.last, row.flow, row.amount, bool(row.reason)) for n, row in self.lines.items() if row.last
        ]
        return lines, [Moved(n, e.last, self.way(e), e.amount) for n, e in self.entries.items() if e.last]

    def items(self, giver: tuple[str, ...]) -> tuple[list[Item], list[Item]]:
        """What is open of lines and entries, as they are matched; a line that is explained needs nothing."""
        lines = [
            Item(n, row.last, row.flow, self.open_lines[n], (row.party,), voucher_key(f"{row.summary} {row.serial}"))
            for n, row in self.lines.items()
            if row.last and not row.reason
        ]
        entries = [
            Item(n, e.last, self.way(e), self.open_entries[n], _names(e, giver), voucher_key(e.voucher))
            for n, e in self.entries.items()
            if e.last
        ]
        return lines, entries


class Banked:
    """The accounts of a programme, by who holds them."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme

    @cached_property
    def holders(self) -> dict[int, Holder]:
        """Who has handed in lists, in the order of their areas."""
        rows = Party.objects.filter(role=HOLDER, record__programme=self.programme, record__kind="document")
        found = Organisation.objects.filter(pk__in=rows.values("organisation")).order_by("region", "pk")
        return {row.pk: self.holder(row) for row in found}

    def holder(self, row: Organisation) -> Holder:
        """An organisation as the holder of an account: of the supporting side where its office or its area is."""
        side = Office.objects.filter(organisation=row).values_list("side", flat=True).first() or ""
        ours = bool(self.programme.supporting) and contains(self.programme.supporting, row.region)
        return Holder(row.pk, str(row), row.region, side or ("supporting" if ours else "receiving"))

    @cached_property
    def giver(self) -> tuple[str, ...]:
        """What the supporting side is called: its area, and who holds its accounts."""
        area = [name for row in regions().get(self.programme.supporting, ()) for name in (row.name, row.short)]
        return tuple(dict.fromkeys([*area, *(h.name for h in self.holders.values() if h.side == "supporting")]))

    def accounts(self) -> list[Account]:
        """The accounts of all holders. An entry is with the line that it is matched with; a match whose entry was reversed is none."""
        holder_of_line = self._holders_of_lines()
        lines: dict[int, dict[int, BankLine]] = {number: {} for number in self.holders}
        for row in of(BankLine, self.programme).select_related("owner").order_by("last", "pk"):
            if row.pk in holder_of_line:
                lines[holder_of_line[row.pk]][row.pk] = row
        stands = BankMatch.objects.filter(struck=None, line__in=of(BankLine, self.programme)).order_by("pk")
        matches = [m for m in stands.values_list("line_id", "entry_id", "amount") if m[0] in holder_of_line]
        entries = self._entries({entry: holder_of_line[line] for line, entry, _ in matches})
        return [
            Account(holder, lines[n], some, tuple(m for m in matches if m[0] in lines[n] and m[1] in some))
            for n, holder in self.holders.items()
            if (some := entries.get(n, {})) is not None
        ]

    def _holders_of_lines(self) -> dict[int, int]:
        """Who holds the account of each line, by the list that it came with."""
        rows = Party.objects.filter(role=HOLDER, record__programme=self.programme, record__kind="document")
        of_list = dict(rows.values_list("record_id", "organisation_id"))
        lines = of(BankLine, self.programme).values_list("pk", "document_id")
        return {line: of_list[document] for line, document in lines if document in of_list}

    def _entries(self, matched: Mapping[int, int]) -> dict[int, dict[int, Entry]]:
        """The entries that go through a bank, by the holder of the account; nothing that was reversed, and no reversal."""
        rows = of(Entry, self.programme).filter(state__in=STATES, corrects=None).exclude(standing="total")
        rows = rows.exclude(pk__in=Entry.objects.exclude(corrects=None).values("corrects")).order_by("last", "pk")
        found: dict[int, dict[int, Entry]] = {}
        of_area: dict[tuple[str, str], int | None] = {}
        for row in rows.select_related("receiver", "project", "payer"):
            place = STATES[row.state], self._area(row)
            if place not in of_area:
                own = [(h.number, h.area) for h in self.holders.values() if h.side == place[0]]
                of_area[place] = holder_of(place[1], own)
            holder = matched.get(row.pk, of_area[place])
            if holder is not None:
                found.setdefault(holder, {})[row.pk] = row
        return found

    def _area(self, row: Entry) -> str:
        """The area whose account an entry goes through."""
        if STATES[row.state] == "supporting":
            return (row.payer.region if row.payer else "") or self.programme.supporting
        return (row.project.region if row.project else "") or (row.receiver.region if row.receiver else "")


def _names(row: Entry, giver: tuple[str, ...]) -> tuple[str, ...]:
    """What the other party of an entry may be called."""
    if row.state == "received":
        return (row.payer.name, row.payer.short) if row.payer else giver
    if row.receiver:
        return tuple(filter(None, (row.receiver.name, row.receiver.short)))
    if row.project is None:
        return ()
    area = regions().get(row.project.region, ())
    return (row.project.name, *(name for one in area for name in (one.name, one.short)))
