"""The way of money: from which position to which each state moves it, and that no position may be short.

Forward an entry moves its amount from source to target; one that goes back (a recall, a return, a reversal) from target
to source. So what lies at a position is what came there less what went on, for every owner and every fund by itself.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeVar

from duikou.terms.words import zh

from .amounts import words
from .problem import Found, Problem, rule

K = TypeVar("K")
Whose = Literal["", "owner", "receiver", "claim", "contract"]


@dataclass(frozen=True)
class Place:
    """A kind of position (terms: position) and whose it is: nobody's, the project's or else the receiver's, …"""

    kind: str
    whose: Whose = ""


@dataclass(frozen=True)
class Step:
    """Where a state takes money from and to; nothing where money enters the book or leaves it."""

    source: Place | None
    target: Place | None


POOL, RESERVE, UNDIVIDED = Place("pool"), Place("reserve"), Place("undivided")
ALLOTMENT, TRANSIT, ACCOUNT = Place("allotment", "owner"), Place("transit", "owner"), Place("account", "owner")
COUNTY, PAYABLE, RETENTION = Place("account", "receiver"), Place("payable", "claim"), Place("retention", "contract")

STEPS: Mapping[str, Step] = {
    "secured": Step(None, POOL),
    "reserved": Step(POOL, RESERVE),
    "issued": Step(POOL, ALLOTMENT),
    "disbursed": Step(POOL, TRANSIT),
    "itemised": Step(UNDIVIDED, TRANSIT),
    "received": Step(TRANSIT, ACCOUNT),
    "divided": Step(COUNTY, ACCOUNT),
    "ordered": Step(ACCOUNT, PAYABLE),
    "withheld": Step(ACCOUNT, RETENTION),
    "released": Step(RETENTION, PAYABLE),
    "spent": Step(PAYABLE, None),
    "surrendered": Step(ACCOUNT, None),
}
UNDER_NOTICE = Step(ALLOTMENT, TRANSIT)  # 拨付 of what a notice has issued
AS_A_TOTAL = Step(POOL, UNDIVIDED)  # 拨付 as a source states it, before its payments are known


def step_of(state: str, *, standing: str = "own", noticed: bool = False) -> Step:
    """The step of an entry: a disbursement draws on what its notice issued, a stated total goes into 未分解."""
    if state == "disbursed" and standing == "total":
        return AS_A_TOTAL
    if state == "disbursed" and noticed:
        return UNDER_NOTICE
    return STEPS[state]


@dataclass(frozen=True)
class Draw:
    """What an act takes off a position, and in which words the position is named."""

    position: str
    owner: str
    amount: int


@rule("ledger.1", basis="资金账各处余额不得为负；先有后用", guards=True)
def position_has_it(fact: Draw, balance: int) -> Found | None:
    """从一处支走的钱不得多于那一处现有的钱。
    No more is taken from a position than lies there."""
    if fact.amount <= balance:
        return None
    where = "，".join(part for part in (zh("position", fact.position), fact.owner) if part)
    return Found(
        f"{where}现有 {words(balance)}，要用 {words(fact.amount)}",
        f"不超过 {words(balance)}",
        "核对金额和出处；钱在别处的，先记它到了这里",
    )


@dataclass(frozen=True)
class Moved:
    """What everything in the money book says of itself: its fen, and the first day it can have happened on."""

    amount: int
    day: date | None


@rule("ledger.2", basis="会计法：以确数记账；方向另行标明", guards=True)
def amount_is_above_zero(fact: Moved, today: date) -> Found | None:
    """记入资金账的每一笔金额须大于零。
    Every amount in the money book is above zero."""
    return None if fact.amount > 0 else Found(words(fact.amount), "大于 0", "改正金额；退回、收回、冲正各有办法")


@rule("ledger.3", basis="会计法：以实际发生的经济业务事项记账", guards=True)
def day_is_not_in_the_future(fact: Moved, today: date) -> Found | None:
    """记入资金账的事须已发生，日期不得晚于今天。
    What is entered in the money book has happened: its day is not after today."""
    if fact.day is None or fact.day <= today:
        return None
    return Found(str(fact.day), f"不晚于 {today}", "改正日期；还没有发生的，发生以后再记")


def odd(fact: Moved, today: date) -> Iterator[Problem]:
    """What no entry may be, of whichever state."""
    for asked in RULES[Moved]:
        if problem := asked.ask(fact, today):
            yield problem


RULES = {Moved: (amount_is_above_zero, day_is_not_in_the_future)}


def total(amounts: Iterable[int]) -> int:
    """Fen added up."""
    return sum(amounts)


def signed(rows: Iterable[tuple[int, bool | None]]) -> int:
    """What entries come to, those that go back taken off: amount and `back` of each."""
    return sum(-amount if back else amount for amount, back in rows)


def totals(moves: Iterable[tuple[K, int]]) -> dict[K, int]:
    """Signed amounts added up by key."""
    found: dict[K, int] = {}
    for key, amount in moves:
        found[key] = found.get(key, 0) + amount
    return found
