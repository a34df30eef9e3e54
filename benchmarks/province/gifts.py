"""The gifts of the generated province: money and goods, what goods are worth, what they were used for."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from duikou.records.models import Programme
from duikou.rules import donations
from duikou.rules.fact import Fact, Told
from duikou.rules.period import on
from duikou.rules.quantity import exactly

from ..projects import SECTORS, WAN
from .batches import SOURCE, day_of, entered, singly
from .parties import giver
from .scale import Scale

RECEIVED_BY = ("pref", "c1", "c2", "c3", "s2", "h2")
BATCH = 1_000
THINGS = (("教学用电脑", "machine"), ("衣物", "piece"))


def enter_gifts(programme: Programme, scale: Scale, keys: dict[str, int]) -> None:
    """Gifts, then valuations of goods and uses."""
    chance = random.Random(20050102)
    entered(programme, "捐助", singly(_gifts(chance, scale)), keys, BATCH)
    entered(programme, "折价", singly(_valuations(scale)), keys, BATCH)
    entered(programme, "捐助使用", singly(_uses(scale)), keys, BATCH)


def is_goods(n: int) -> bool:
    """Whether a gift is of things: two of five."""
    return n % 5 in (1, 3)


def _gifts(chance: random.Random, scale: Scale) -> Iterator[Told[Fact]]:
    for n in range(scale.gifts):
        day = day_of(n, scale.gifts)
        goods, unit = THINGS[n % 2]
        what = (
            {"form": "goods", "goods": goods, "number": exactly(10 + chance.randrange(90), unit)}
            if is_goods(n)
            else {"form": "cash", "amount": exactly(WAN * (1 + chance.randrange(50)), "fen")}
        )
        fact = donations.Gift(
            sector=SECTORS[n // 3 % 5], giver=giver(n * 7, scale.givers), receiver=RECEIVED_BY[n % 6],
            purpose=f"生成的用途{n % 50}", directed=n % 3 > 0, receipt_number=f"R{n:05}" if n % 4 else None,
            made_public=min(day + timedelta(days=90), date(2024, 12, 31)) if n % 2 else None, when=on(day), **what,
        )  # fmt: skip
        yield Told(fact, SOURCE, key=f"gift{n}")


def _valuations(scale: Scale) -> Iterator[Told[Fact]]:
    """Of the first gifts of things."""
    things = [n for n in range(scale.gifts) if is_goods(n)]
    for n in things[: scale.valuations]:
        amount = exactly(WAN * (1 + n % 20), "fen")
        fact = donations.Valuation(
            gift=f"gift{n}", basis=f"生成的发票{n:05}", amount=amount, when=on(day_of(n, scale.gifts))
        )
        yield Told(fact, SOURCE)


def _uses(scale: Scale) -> Iterator[Told[Fact]]:
    """Of the first gifts of money: some of it, some for a project."""
    money = [n for n in range(scale.gifts) if not is_goods(n)]
    for n in money[: scale.gift_uses]:
        fact = donations.GiftUse(
            gift=f"gift{n}", use=f"生成的用处{n % 30}", project=f"P{n % scale.projects}" if n % 2 else None,
            amount=exactly(WAN // 2, "fen"), when=on(day_of(n, scale.gifts)),
        )  # fmt: skip
        yield Told(fact, SOURCE)
