"""What the blocks of the dashboard share: a figure that never fails the page, rows of the period, names in words."""

from typing import Any

from duikou.rules.period import Period, on
from duikou.statistics.figure import Figure
from duikou.statistics.measure import asked
from duikou.web import addresses
from duikou.web.book import DATED, Book

from .spans import span


def ask(book: Book, sheet: str) -> Figure:
    """A figure of the page; where its sum is not allowed, one without a number that says why."""
    return asked(book.snapshot, book.name(sheet))


def inside(book: Book, table: str) -> list[dict[str, Any]]:
    """The rows of a table whose days lie within the period of the page."""
    days = book.days
    return [
        row for row in book.rows(table) if row["first"] and days.first <= row["first"] and row["last"] <= days.last
    ]  # fmt: skip


def undated(book: Book, table: str) -> list[dict[str, Any]]:
    """The rows of a table for which the source names no day: in no period, so in no figure."""
    return [row for row in book.rows(table) if not row["first"]]


def href(row: dict[str, Any]) -> str:
    """The page of a record."""
    return addresses.href(row["kind"], row["number"])


def called(book: Book, code: str) -> str:
    """The short name of an organisation, else its name."""
    row = next(iter(book.snapshot.rows.by("organisations", "code").get(code, ())), None)
    return (row["short"] or row["name"]) if row else ""


def latest_day(book: Book) -> str:
    """The youngest time a record of the page is known for: a day, or a month of which no day is known."""
    found = span(book, DATED)
    if not found.rows:
        return ""
    last, first = found.youngest
    known = Period(first, last)
    return known.zh if known.month_known else on(last).zh


def crossing(book: Book) -> int:
    """How many dated records lie partly outside the period: they are in none of its figures."""
    return span(book, DATED).crossing


def paired(book: Book) -> list[str]:
    """天津滨海新区 — 黄南州, for each pair."""
    names = {o["code"]: o for o in book.snapshot.rows["organisations"]}
    return [
        f"{names[row['giver']]['name']} — {names[row['receiver']]['short'] or names[row['receiver']]['name']}"
        for row in book.rows("pairings")
        if row["giver"] in names and row["receiver"] in names
    ]


def when(row: dict[str, Any]) -> str:
    """When it was, as far as the source says; an inferred time is still to be filled in."""
    return "时间待补" if "when" in row["inferred"].split(",") else Period(row["first"], row["last"]).zh
