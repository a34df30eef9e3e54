"""Matching a bank's lines with the entries of a ledger; the floor, an exact join by way and amount in SQL.

Both have the same lines and entries: months of an account made by seeds, one after the other. The join pairs what has the
same amount and nothing else: it chooses between none, knows no party, no sum of several, no mistyped amount. How right
each is stands beside how long it takes.
"""

import sqlite3
import time
from dataclasses import replace
from datetime import timedelta
from statistics import median
from typing import Any

from duikou.rules.matched import Item
from duikou.rules.matching import match

from .bank_months import Month, month

ROUNDS, OF_A_MONTH = 5, 90


def run(size: int) -> dict[str, Any]:
    """So many lines against as many entries, by the matcher and by the join, in turn."""
    made = months(size)
    times: dict[str, list[float]] = {"ours": [], "floor": []}
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        found = match(made.lines, made.entries)
        times["ours"].append(time.perf_counter() - begun)
        begun = time.perf_counter()
        joined = join(made)
        times["floor"].append(time.perf_counter() - begun)
    ours, floor = (median(times[kind]) * 1000 for kind in ("ours", "floor"))
    pairs = {(line, entry) for one in found.proposals for line, entry, _ in one.parts}
    return {
        "workload": "银行流水对账", "size": size, "lines": len(made.lines), "ours_ms": round(ours, 1), "floor_ms": round(floor, 1),
        "ratio": round(ours / floor, 1), "us_a_line": round(ours * 1000 / len(made.lines), 1),
        "right": f"{share(pairs, made.truth):.4f}", "found": f"{share(made.truth, pairs):.4f}",
        "floor_right": f"{share(joined, made.truth):.4f}", "floor_found": f"{share(made.truth, joined):.4f}",
    }  # fmt: skip


def share(of: set[tuple[int, int]], in_: set[tuple[int, int]]) -> float:
    """How many of some pairs are among others."""
    return len(of & in_) / max(1, len(of))


def months(size: int) -> Month:
    """Months one after the other until there are so many lines; each a month later than the one before."""
    made, seed = Month(), 0
    while len(made.lines) < size:
        one = month(seed, OF_A_MONTH)
        start, days = (seed + 1) * 10_000, timedelta(31 * seed)
        made.lines += [_later(x, start, days) for x in one.lines]
        made.entries += [_later(x, start, days) for x in one.entries]
        made.truth |= {(line + start, entry + start) for line, entry in one.truth}
        seed += 1
    return made


def _later(one: Item, start: int, days: timedelta) -> Item:
    return replace(one, number=one.number + start, day=one.day + days)


def join(made: Month) -> set[tuple[int, int]]:
    """The pairs that an exact join finds; its tables are filled first, as ours reads its lists."""
    book = sqlite3.connect(":memory:")
    for table, items in (("line", made.lines), ("entry", made.entries)):
        book.execute(f"CREATE TABLE {table} (number INTEGER PRIMARY KEY, day TEXT, flow TEXT, amount INTEGER)")
        rows = [(x.number, x.day.isoformat(), x.flow, x.amount) for x in items]
        book.executemany(f"INSERT INTO {table} VALUES (?, ?, ?, ?)", rows)
    book.execute("CREATE INDEX by_amount ON entry (flow, amount)")
    found = book.execute(
        "SELECT l.number, e.number FROM line l JOIN entry e ON l.flow = e.flow AND l.amount = e.amount"
    )
    return set(found.fetchall())
