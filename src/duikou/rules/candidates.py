"""How candidates are found among many lines and entries: by key and day, in parts that have nothing to do with each other."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import combinations
from typing import TypeVar

from .ledger import total
from .matched import EARLY, LATE, Item, by_day

FEW, MOST_PARTS = 12, 4  # items among which a sum is looked for, and how many of them it may have
K = TypeVar("K", bound=Hashable)


class Index:
    """Items by each of their keys, in the order of their days."""

    def __init__(self, items: Iterable[Item], keys: Callable[[Item], Iterable[Hashable]]) -> None:
        self.items: dict[Hashable, list[Item]] = {}
        for one in sorted(items, key=by_day):
            for key in keys(one):
                self.items.setdefault(key, []).append(one)
        self.days = {key: [one.day for one in some] for key, some in self.items.items()}

    def near(self, one: Item, keys: Iterable[Hashable], after: int, before: int) -> list[Item]:
        """The items of some keys that lie at most so many days after one, and before it."""
        found: list[Item] = []
        for key in keys:
            days = self.days.get(key, [])
            first = bisect_left(days, one.day - timedelta(before))
            found += self.items.get(key, [])[first : bisect_right(days, one.day + timedelta(after))]
        return found


def bundled(entries: Iterable[Item]) -> list[Item]:
    """Entries of one paper on one day as one: a receipt that is several payments, a payment out of several funds."""
    groups = grouped((e for e in entries if e.paper), lambda e: (e.flow, e.day, e.paper, e.names[:1]))
    return [
        replace(
            some[0],
            amount=total(e.amount for e in some),
            parts=tuple(e.number for e in some),
            amounts=tuple(e.amount for e in some),
        )
        for some in groups.values()
        if len(some) > 1
    ]


def unnamed(line: Item) -> bool:
    """Whether a line names no party."""
    return not any(name.strip() for name in line.names)


def grouped(items: Iterable[Item], key: Callable[[Item], K]) -> dict[K, list[Item]]:
    """Items by their key, in their order."""
    found: dict[K, list[Item]] = {}
    for one in items:
        found.setdefault(key(one), []).append(one)
    return found


def joined(
    lines: Iterable[Item], entries: Iterable[Item], of_line: Callable[[Item], K], of_entry: Callable[[Item], K]
) -> Iterator[tuple[list[Item], list[Item]]]:
    """The lines and the entries that have one key."""
    sides = grouped(lines, of_line), grouped(entries, of_entry)
    yield from ((some, sides[1][key]) for key, some in sides[0].items() if key in sides[1])


def near_parts(lines: list[Item], entries: list[Item]) -> Iterator[tuple[list[Item], list[Item]]]:
    """The same in parts: no line of one part is near in time to an entry of another."""
    entries = sorted(entries, key=by_day)
    days = [entry.day for entry in entries]
    part: list[Item] = []
    begin = end = 0
    for line in sorted(lines, key=by_day):
        first, last = bisect_left(days, line.day - timedelta(LATE)), bisect_right(days, line.day + timedelta(EARLY))
        if first == last:
            continue
        if part and first >= end:
            yield part, entries[begin:end]
            part = []
        begin = begin if part else first
        end = last
        part.append(line)
    if part:
        yield part, entries[begin:end]


def sums_of(one: Item, items: Sequence[Item]) -> Iterator[tuple[Item, ...]]:
    """The ways in which few items make up the amount of one: two at the most, for two are as many as none."""
    smaller = sorted((i for i in items if i.amount < one.amount), key=lambda i: (abs((i.day - one.day).days), i.number))
    seen = 0
    for size in range(2, MOST_PARTS + 1):
        for chosen in combinations(smaller[:FEW], size):
            if total(i.amount for i in chosen) == one.amount:
                yield tuple(sorted(chosen, key=by_day))
                seen += 1
                if seen == 2:
                    return
