"""Which lines of a bank's list are which entries of the ledger: what is proposed, why, and what cannot be told apart.

In turn: one for one by amount, way, day and party; several entries in one line or one entry in several lines, among few of
one party and near in time; one for one with an amount that was mistyped. Nothing is chosen between two that fit as well.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from .amounts import words
from .candidates import Index, bundled, grouped, joined, near_parts, sums_of, unnamed
from .matched import (
    EARLY,
    LATE,
    PARTY,
    Item,
    Pair,
    Proposal,
    Unclear,
    by_day,
    days_said,
    late,
    pair_up,
    slip,
    telling,
)  # fmt: skip
from .parties import Names

CROWD = 400  # open entries near a line that names nobody, beyond which no sum is looked for
Sum = tuple[Item, tuple[Item, ...], str]  # one thing, what it is made of, merge or split


@dataclass(frozen=True)
class Found:
    """What is proposed, and what fits in several ways."""

    proposals: tuple[Proposal, ...]
    unclear: tuple[Unclear, ...]


def match(lines: Iterable[Item], entries: Iterable[Item]) -> Found:
    """What is proposed for lines and entries; each stands in one proposal at most."""
    return _Matcher(lines, entries).found()


class _Matcher:
    """Lines and entries that are not taken yet, and what was found of them so far."""

    def __init__(self, lines: Iterable[Item], entries: Iterable[Item]) -> None:
        self.lines = {one.number: one for one in sorted(lines, key=by_day) if one.amount > 0}
        self.entries = {one.number: one for one in sorted(entries, key=by_day) if one.amount > 0}
        self.names = Names(one.names for one in self.entries.values() if one.names)
        self.proposals: list[Proposal] = []
        self.unclear: dict[tuple[tuple[int, ...], tuple[int, ...]], Unclear] = {}

    def found(self) -> Found:
        self._one_for_one(bundled(self.entries.values()))
        self._one_for_one([])
        self._sums()
        self._mistyped()
        free = [one for one in self.unclear.values() if self._free(one)]
        return Found(tuple(self.proposals), tuple(free))

    def _free(self, one: Unclear) -> bool:
        return any(n in self.lines for n in one.lines) and any(n in self.entries for n in one.entries)

    def _take(self, proposal: Proposal) -> None:
        self.proposals.append(proposal)
        for number in proposal.lines:
            del self.lines[number]
        for number in proposal.entries:
            del self.entries[number]

    def _means(self, line: Item) -> frozenset[str]:
        """The parties that a line may be of; none where it names none that the ledger knows."""
        return self.names.of(line.names[0]) if line.names else frozenset()

    # ---- one for one

    def _one_for_one(self, bundles: Sequence[Item]) -> None:
        """Lines and entries of the same amount, way and party; then those whose party the line does not tell for sure."""
        inside = {number for one in bundles for number in one.parts}
        entries = [*bundles, *(one for number, one in self.entries.items() if number not in inside)]
        one_party = {n: next(iter(p)) for n, one in self.lines.items() if len(p := self._means(one)) == 1}
        self._pairs(
            joined(
                [line for number, line in self.lines.items() if number in one_party],
                [one for one in entries if one.names],
                lambda line: (line.flow, line.amount, one_party[line.number]),
                lambda entry: (entry.flow, entry.amount, entry.names[0]),
            )
        )
        left = [one for one in entries if self.entries.keys() >= set(one.parts or (one.number,))]
        self._pairs(
            joined(self.lines.values(), left, lambda one: (one.flow, one.amount), lambda one: (one.flow, one.amount))
        )

    def _pairs(self, groups: Iterable[tuple[list[Item], list[Item]]]) -> None:
        """What each group of lines and entries, alike in all but their days, comes to."""
        for lines, entries in [part for group in groups for part in near_parts(*group)]:
            pairs, unclear = pair_up(lines, entries, self._party)
            for pair in pairs:
                self._take(pair.proposal())
            if unclear:
                self.unclear[unclear.lines, unclear.entries] = unclear

    def _party(self, line: Item, entry: Item) -> str:
        """How the parties of a line and an entry stand to each other (matched.PARTY)."""
        if not line.names or not line.names[0].strip():
            return "unnamed"
        means = self._means(line)
        if not entry.names or entry.names[0] not in means:
            return "other"
        return "same" if self.names.exactly(line.names[0]) == means and len(means) == 1 else "like"

    # ---- sums

    def _sums(self) -> None:
        """One line for several entries, one entry for several lines; those that claim the same thing are left to a person."""
        entries = Index(self.entries.values(), lambda e: [(e.flow, e.names[0])] if e.names else [])
        lines = Index(self.lines.values(), lambda line: [(line.flow, party) for party in self._means(line)])
        merges = [
            (line, chosen, "merge")
            for line in self.lines.values()
            for party in self._means(line)
            for chosen in sums_of(line, entries.near(line, [(line.flow, party)], EARLY, LATE))
        ]
        splits = [
            (entry, chosen, "split")
            for entry in self.entries.values()
            if entry.names
            for chosen in sums_of(entry, lines.near(entry, [(entry.flow, entry.names[0])], LATE, EARLY))
        ]
        self._summed_up([*merges, *splits])
        self._summed_up([*self._unnamed_merges(), *self._unnamed_splits()])

    def _unnamed_merges(self) -> Iterator[Sum]:
        """Lines that name no party and are several entries of one."""
        entries = Index(self.entries.values(), lambda e: [e.flow] if e.names else [])
        for line in [one for one in self.lines.values() if unnamed(one) and telling(one.amount)]:
            near = entries.near(line, [line.flow], EARLY, LATE)
            groups = grouped(near if len(near) <= CROWD else (), lambda e: e.names[:1])
            for some in groups.values():
                yield from ((line, chosen, "merge") for chosen in sums_of(line, some))

    def _unnamed_splits(self) -> Iterator[Sum]:
        """Entries that are several lines, of which some name the party and the others none."""
        lines = Index(
            self.lines.values(),
            lambda line: [(line.flow, "")] if unnamed(line) else [(line.flow, party) for party in self._means(line)],
        )
        for entry in [one for one in self.entries.values() if one.names and telling(one.amount)]:
            near = lines.near(entry, [(entry.flow, entry.names[0]), (entry.flow, "")], LATE, EARLY)
            if any(not unnamed(line) for line in near):
                for chosen in sums_of(entry, near):
                    if any(not unnamed(line) for line in chosen):
                        yield entry, chosen, "split"

    def _summed_up(self, sums: Sequence[Sum]) -> None:
        """Propose the sums that share nothing with another; the others are unclear."""
        found = [self._summed(*one) for one in sums]
        claims = Counter(claim for proposal in found for claim in _claims(proposal))
        for proposal in found:
            if all(claims[claim] == 1 for claim in _claims(proposal)):
                self._take(proposal)
            else:
                unclear = Unclear(proposal.lines, proposal.entries, "几种合法都凑得成")
                self.unclear[unclear.lines, unclear.entries] = unclear

    def _summed(self, one: Item, parts: tuple[Item, ...], sort: str) -> Proposal:
        """A line that is several entries, or an entry that is several lines."""
        ordered = [(one, part) if sort == "merge" else (part, one) for part in parts]
        many = f"账上 {len(parts)} 笔合为一笔" if sort == "merge" else f"账上一笔分 {len(parts)} 笔付"
        last = max(ordered, key=lambda pair: late(*pair))
        fen = [(line.number, entry.number, part.amount) for (line, entry), part in zip(ordered, parts, strict=True)]
        known = PARTY["unnamed" if any(unnamed(line) for line, _ in ordered) else self._party(*ordered[0])]
        return Proposal(sort, tuple(fen), (many, "合计金额相同", days_said(*last), known))

    # ---- mistyped amounts

    def _mistyped(self) -> None:
        """What is left of one party, near in time, whose amounts differ as a hand slips; each the only one for the other."""
        entries = Index(self.entries.values(), lambda e: [(e.flow, e.names[0])] if e.names else [])
        found = [
            Pair(line, entry, "slip", (f"{said}，差 {words(abs(line.amount - entry.amount))}",))
            for line in self.lines.values()
            for party in self._means(line)
            for entry in entries.near(line, [(line.flow, party)], EARLY, LATE)
            if (said := slip(line.amount, entry.amount))
        ]
        often = Counter(n for pair in found for n in (("line", pair.line.number), ("entry", pair.entry.number)))
        for pair in found:
            if often["line", pair.line.number] == often["entry", pair.entry.number] == 1:
                known = PARTY[self._party(pair.line, pair.entry)]
                self._take(replace(pair, reasons=(*pair.reasons, days_said(pair.line, pair.entry), known)).proposal())


def _claims(proposal: Proposal) -> Iterator[tuple[str, int]]:
    """What a proposal takes."""
    yield from (("line", number) for number in proposal.lines)
    yield from (("entry", number) for number in proposal.entries)
