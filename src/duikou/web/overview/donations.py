"""社会捐助: money by giver, and apart from it what is given in kind."""

from dataclasses import dataclass
from typing import Any

from duikou.rules.quantity import Quantity
from duikou.rules.writing import write
from duikou.statistics.figure import Figure
from duikou.terms.words import zh
from duikou.web import charts
from duikou.web.book import Book

from .rows import ask, called, href, inside

MOST = 10  # givers of money, gifts in kind that the page lists


@dataclass(frozen=True)
class Gift:
    """One giver: what was given in money, with its bar; or in kind, with words instead."""

    name: str
    figure: Figure | None
    length: str = ""
    words: str = ""
    number: str = ""
    href: str = ""


@dataclass(frozen=True)
class Gifts:
    """社会捐助: money by giver, and apart from it what is given in kind; how many more there are of both."""

    whole: Figure
    money: tuple[Gift, ...]
    goods: tuple[Gift, ...]
    more_money: int = 0
    more_goods: int = 0


def gifts(book: Book) -> Gifts:
    """The gifts of a page."""
    rows, forms = inside(book, "gifts"), dict[str, set[str]]()
    for row in rows:
        if row["form"] in ("cash", "raised"):
            forms.setdefault(row["giver"], set()).add(row["form"])
    by_giver = [figure for figure in book.cut("donations.education", "g") if dict(figure.identity.name.cut)["g"]]
    longest = max((charts.extent(figure.value) for figure in by_giver), default=0)
    money = [
        Gift(
            _giver(book, forms, dict(figure.identity.name.cut)["g"]), figure,
            charts.percent(charts.extent(figure.value), longest),
        )
        for figure in by_giver[:MOST]
    ]  # fmt: skip
    computers = {dict(f.identity.name.cut)["g"]: f for f in book.cut("donations.computers", "g")}
    things = [row for row in rows if row["form"] in ("goods", "service")]
    newest = things if len(things) <= MOST else sorted(things, key=lambda row: row["last"], reverse=True)[:MOST]
    goods = [_in_kind(book, row, computers) for row in newest]
    return Gifts(
        ask(book, "donations.education"),
        tuple(money),
        tuple(goods),
        len(by_giver) - len(money),
        len(things) - len(goods),
    )


def _giver(book: Book, forms: dict[str, set[str]], code: str) -> str:
    """滨海新区（筹资）: how it was given, where it is one way."""
    ways = forms.get(code, set())
    return called(book, code) + (f"（{zh('gift', min(ways))}）" if len(ways) == 1 else "")


def _in_kind(book: Book, row: dict[str, Any], computers: dict[str, Figure]) -> Gift:
    what = row["goods"] or row["label"]
    to = f"，捐{row['receiver_name']}" if row["goods"] and row["receiver_name"] else ""
    words = f"{what}{to}，{'不折价' if row['form'] == 'goods' else '服务，没有金额'}"
    figure = computers.get(row["giver"]) if row["goods"] == "教学用电脑" else None
    amount = row["number_low"] if figure is None else None
    number = write(Quantity(amount, row["number_high"], row["number_unit"], row["number_hedge"])).text if amount else ""
    return Gift(called(book, row["giver"]), figure, words=words, number=number, href=href(row))
