"""Months of an account made by a seed: what the ledger has, what the bank has of it, which is which, what is planted to differ.

The bank is late, splits and merges, writes parties in its own way, mistypes amounts; each side lacks some of the other.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from duikou.rules.matched import Item

PLACES = ("青檀", "松源", "鹿溪", "霁川", "云门", "石梁", "柳湾", "苇塘")
WORK = ("百工", "青松", "沃土", "通达", "远山", "长川", "新田", "明渠", "双桥", "白杨")
TRADE = ("建筑工程", "路桥", "职业培训", "农业科技", "水利水电", "园林绿化", "医疗器械", "勘察设计")
OFFICES = ("财政局", "乡村振兴局", "教育局", "卫生健康局", "农业农村局")
DELAYS = (0,) * 9 + (1,) * 6 + (2,) * 3 + (3,) * 2 + (4, 5, 6, -1)
YUAN, WAN = 100, 10_000_00


@dataclass
class Month:
    """Lines of the bank, entries of the ledger, the true pairs, and by how many fen the two are meant to differ."""

    lines: list[Item] = field(default_factory=list)
    entries: list[Item] = field(default_factory=list)
    truth: set[tuple[int, int]] = field(default_factory=set)
    planted: int = 0


def parties() -> list[tuple[str, ...]]:
    """Who is paid: the name, and a short one that the book knows of some."""
    found: list[tuple[str, ...]] = []
    for n, place in enumerate(PLACES):
        found += [(f"{place}县{office}", f"{place}{office[:2]}") for office in OFFICES]
        found += [(f"{place}{work}{TRADE[(n + m) % 8]}有限公司", f"{place}{work}") for m, work in enumerate(WORK)]
    return found


def written(chance: random.Random, names: tuple[str, ...]) -> str:
    """A party as the bank writes it."""
    name, short = names
    company = name.endswith("公司")
    ways = (
        name, name, name, name, name, name.replace("有限公司", "有限责任公司"), short, name[:10],
        f"{name[:2]}（云岫）{name[2:]}" if company else f"{name}（国库集中支付）", f"{name}专户" if not company else name, "",
    )  # fmt: skip
    return chance.choice(ways)


def month(seed: int, size: int = 90) -> Month:
    """A month of about so many movements."""
    made = _Made(random.Random(seed))
    while len(made.month.entries) < size:
        made.next()
    for _ in range(max(2, size // 30)):
        made.bank_alone(chance_amount(made.chance) // 10_000 + 1, "", "汇款手续费")
    made.chance.shuffle(made.month.lines)
    return made.month


def chance_amount(chance: random.Random) -> int:
    """Fen as payments have them: whole 万元, whole yuan, or to the fen."""
    kind = chance.random()
    if kind < 0.3:
        return chance.randint(1, 300) * WAN
    if kind < 0.55:
        return chance.randint(1_000, 3_000_000) * YUAN
    return chance.randint(100_000, 300_000_000)


class _Made:
    """A month in the making."""

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.month, self.parties = chance, Month(), parties()
        self.number = 0

    def next(self) -> None:
        """One movement more, or a few that belong together."""
        does = self.chance.choices(
            (self.plain, self.split, self.merge, self.mistyped, self.ledger_alone, self.twins, self.bank_too),
            (76, 6, 6, 3, 3, 3, 3),
        )[0]
        does()

    def entry(self, amount: int, names: tuple[str, ...], day: date | None = None) -> Item:
        """An entry of the ledger."""
        self.number += 1
        flow = "in" if names[0].endswith("财政局") else "out"
        day = day or date(2023, 6, 1) + timedelta(self.chance.randrange(30))
        one = Item(self.number, day, flow, amount, names, f"拨{self.number:05}")
        self.month.entries.append(one)
        return one

    def line(self, of: Item, amount: int, day: date | None = None) -> Item:
        """A line of the bank for an entry."""
        self.number += 1
        day = day or of.day + timedelta(self.chance.choice(DELAYS))
        said = of.paper if self.chance.random() < 0.15 else ""
        one = Item(self.number, day, of.flow, amount, (written(self.chance, of.names),), said)
        self.month.lines.append(one)
        return one

    def pair(self, of: Item, amount: int) -> None:
        self.month.truth.add((self.line(of, amount).number, of.number))

    def plain(self) -> None:
        one = self.entry(chance_amount(self.chance), self.chance.choice(self.parties))
        self.pair(one, one.amount)

    def split(self) -> None:
        one = self.entry(chance_amount(self.chance) + 3, self.chance.choice(self.parties))
        cuts = sorted(self.chance.sample(range(1, one.amount), self.chance.choice((1, 1, 2))))
        for fen in _between([0, *cuts, one.amount]):
            self.pair(one, fen)

    def merge(self) -> None:
        names = self.chance.choice(self.parties)
        first = self.entry(chance_amount(self.chance), names)
        more = [
            self.entry(chance_amount(self.chance), names, first.day + timedelta(n))
            for n in range(self.chance.choice((1, 1, 2)))
        ]
        line = self.line(more[-1], first.amount + sum(one.amount for one in more))
        self.month.truth |= {(line.number, one.number) for one in (first, *more)}

    def mistyped(self) -> None:
        one = self.entry(chance_amount(self.chance), self.chance.choice(self.parties))
        wrong = _slipped(self.chance, one.amount)
        self.month.planted += (wrong - one.amount) * (1 if one.flow == "in" else -1)
        self.pair(one, wrong)

    def ledger_alone(self) -> None:
        one = self.entry(chance_amount(self.chance), self.chance.choice(self.parties))
        self.month.planted -= one.amount * (1 if one.flow == "in" else -1)

    def twins(self) -> None:
        """Two of one amount on one day to different parties."""
        some = [names for names in self.parties if not names[0].endswith("财政局")]
        amount, day = chance_amount(self.chance), date(2023, 6, 1) + timedelta(self.chance.randrange(30))
        for names in self.chance.sample(some, 2):
            self.pair(self.entry(amount, names, day), amount)

    def bank_too(self) -> None:
        self.bank_alone(chance_amount(self.chance), written(self.chance, self.chance.choice(self.parties)), "")

    def bank_alone(self, amount: int, party: str, said: str) -> None:
        """A line of which the ledger has nothing."""
        self.number += 1
        flow = self.chance.choice(("in", "out"))
        day = date(2023, 6, 1) + timedelta(self.chance.randrange(30))
        self.month.lines.append(Item(self.number, day, flow, amount, (party,), said))
        self.month.planted += amount if flow == "in" else -amount


def _between(cuts: list[int]) -> Iterator[int]:
    yield from (b - a for a, b in pairwise(cuts))


def _slipped(chance: random.Random, amount: int) -> int:
    """An amount with a digit mistyped, or two that stand together exchanged."""
    digits = list(str(amount))
    at = [n for n in range(len(digits) - 1) if digits[n] != digits[n + 1] and (n or digits[1] != "0")]
    if at and chance.random() < 0.5:
        n = chance.choice(at)
        digits[n], digits[n + 1] = digits[n + 1], digits[n]
    else:
        n = chance.randrange(len(digits))
        digits[n] = chance.choice([d for d in "123456789" if d != digits[n]])
    return int("".join(digits))
