"""The enterprises of the generated province with their steps and results; labour, sales, model villages."""

from collections.abc import Iterator
from datetime import date, timedelta

from duikou.records.models import Programme
from duikou.rules import cooperation, enterprises
from duikou.rules.fact import Fact
from duikou.rules.period import on, parse
from duikou.rules.quantity import exactly

from ..projects import WAN
from .batches import day_of, entered, singly, told
from .parties import COUNTIES, giver
from .scale import YEARS, Scale

RESULTS = 3  # years of results of an investment
DESTINATIONS, PLACINGS = ("east", "province", "local"), ("job", "public_post", "workshop")
CHANNELS, SALES = ("platform", "market", "direct", "canteen"), ("purchase", "help")


def enter_business(programme: Programme, scale: Scale, keys: dict[str, int]) -> None:
    """All of it, investments before what refers to them."""
    found = (
        ("投资", told(_investments(scale), "investment")), ("投资进展", told(_steps(scale))), ("投资实效", told(_results(scale))),
        ("意向", told(_intents(scale))), ("劳务", told(_transfers(scale))), ("消费帮扶", told(_sales(scale))),
        ("示范村", told(_villages(scale))),
    )  # fmt: skip
    for said, facts in found:
        entered(programme, said, singly(facts), keys)


def taken(n: int) -> int:
    """How many of its six steps an investment has taken."""
    return 1 + n % len(enterprises.STEPS)


def results(scale: Scale) -> list[tuple[int, int]]:
    """The investments in operation and the years in which they yielded something."""
    built = [n for n in range(scale.investments) if taken(n) == len(enterprises.STEPS)]
    begun = {n: day_of(n, scale.investments).year + 2 for n in built}
    return [(n, year) for n in built for year in range(begun[n], begun[n] + RESULTS) if year in YEARS]


def _investments(scale: Scale) -> Iterator[Fact]:
    for n in range(scale.investments):
        yield enterprises.Investment(
            name=f"生成的产业项目{n:03}", status="in_production" if taken(n) == len(enterprises.STEPS) else "started",
            investor=giver(n, scale.givers), region=COUNTIES[n % 3], product=f"生成的产品{n % 20}",
            total=exactly((100 + n) * WAN, "fen"), jobs=exactly(20 + n % 80, "person"), benefit="带动农户" if n % 4 else None,
            agreed=exactly((100 + n) * WAN, "fen"), when=on(day_of(n, scale.investments)),
        )  # fmt: skip


def _steps(scale: Scale) -> Iterator[Fact]:
    for n in range(scale.investments):
        for place, step in enumerate(enterprises.STEPS[: taken(n)]):
            day = day_of(n, scale.investments) + timedelta(days=90 * place)
            amount = exactly(50 * WAN, "fen") if step == "paid_in" else None
            yield enterprises.InvestmentStep(
                investment=f"investment{n}", step=step, amount=amount, when=on(min(day, LAST))
            )


LAST = date(YEARS[-1], 12, 31)


def _results(scale: Scale) -> Iterator[Fact]:
    for n, year in results(scale):
        yield enterprises.InvestmentResult(
            investment=f"investment{n}", year=year, jobs=exactly(20 + n % 80, "person"), poor=exactly(n % 20, "person"),
            output=exactly(500 * WAN, "fen"), profit=exactly(50 * WAN, "fen"), when=parse(f"{year}"),
        )  # fmt: skip


def _intents(scale: Scale) -> Iterator[Fact]:
    for n in range(scale.intents):
        yield enterprises.Intent(
            event=f"生成的推介会{n:03}", amount=exactly((200 + n) * WAN, "fen"), when=on(day_of(n, scale.intents)),
            investment=f"investment{n % scale.investments}" if n % 3 == 0 else None,
        )  # fmt: skip


def _transfers(scale: Scale) -> Iterator[Fact]:
    for n in range(scale.transfers):
        yield cooperation.LabourTransfer(
            region=COUNTIES[n % 3], destination=DESTINATIONS[n % 3], placing=PLACINGS[n // 3 % 3],
            workers=exactly(50 + n % 100, "person"), poor=exactly(n % 50, "person"), months=exactly(6 + n % 7, "month"),
            when=on(day_of(n, scale.transfers)),
        )  # fmt: skip


def _sales(scale: Scale) -> Iterator[Fact]:
    for n in range(scale.sales):
        yield cooperation.Sale(
            product=f"生成的农产品{n % 40}", region=COUNTIES[n % 3], type=SALES[n % 2], channel=CHANNELS[n % 4],
            buyer=giver(n, scale.givers) if n % 2 == 0 else None, amount=exactly((1 + n % 90) * WAN, "fen"),
            when=on(day_of(n, scale.sales)),
        )  # fmt: skip


def _villages(scale: Scale) -> Iterator[Fact]:
    for n in range(scale.villages):
        yield cooperation.Village(
            name=f"生成的示范村{n:03}", region=COUNTIES[n % 3], content="生成的建设内容", amount=exactly((30 + n % 50) * WAN, "fen"),
            income_before=exactly(5 * WAN, "fen"), income_after=exactly((6 + n % 9) * WAN, "fen"),
            when=on(day_of(n, scale.villages)),
        )  # fmt: skip
