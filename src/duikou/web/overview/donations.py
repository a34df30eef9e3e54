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
    """社会捐助: money by giver, and apart from it what is given in kind."""

    whole: Figure
    money: tuple[Gift, ...]
    goods: tuple[Gift, ...]


def gifts(book: Book) -> Gifts:
    """The gifts of a page."""
    rows = inside(book, "gifts")
    by_giver = book.cut("donations.education", "g")
    longest = max((charts.extent(figure.value) for figure in by_giver), default=0)
    money = [
        Gift(_giver(book, rows, code), figure, charts.percent(charts.extent(figure.value), longest))
        for figure in by_giver
        if (code := dict(figure.identity.name.cut)["g"])
    ]
    computers = {dict(f.identity.name.cut)["g"]: f for f in book.cut("donations.computers", "g")}
    goods = [_in_kind(book, row, computers) for row in rows if row["form"] in ("goods", "service")]
    return Gifts(ask(book, "donations.education"), tuple(money), tuple(goods))


def _giver(book: Book, rows: list[dict[str, Any]], code: str) -> str:
    """滨海新区（筹资）: how it was given, where it is one way."""
    forms = {row["form"] for row in rows if row["giver"] == code and row["form"] in ("cash", "raised")}
    return called(book, code) + (f"（{zh('gift', forms.pop())}）" if len(forms) == 1 else "")


def _in_kind(book: Book, row: dict[str, Any], computers: dict[str, Figure]) -> Gift:
    what = zh("goods", row["goods"]) if row["goods"] else row["label"]
    to = f"，捐{row['receiver_name']}" if row["goods"] and row["receiver_name"] else ""
    words = f"{what}{to}，{'不折价' if row['form'] == 'goods' else '服务，没有金额'}"
    figure = computers.get(row["giver"]) if row["goods"] == "computer" else None
    amount = row["number_low"] if figure is None else None
    number = write(Quantity(amount, row["number_high"], row["number_unit"], row["number_hedge"])).text if amount else ""
    return Gift(called(book, row["giver"]), figure, words=words, number=number, href=href(row))
