"""The frame around every page: programmes and periods to choose from, the menu, sources, line and day of the book."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import Resolver404, resolve

from duikou.rules import period as periods
from duikou.rules.period import Period
from duikou.rules.rights import Place, may
from duikou.snapshot.store import Snapshot, latest
from duikou.terms.words import regions, zh
from duikou.web.book import Book, person_of, reporting_period

WEAK = ("copy", "oral")  # grades that are no paper of the office that issued it


@dataclass(frozen=True)
class Choice:
    """A programme or a period that the head offers; quarters stand two in a row."""

    href: str
    words: str
    chosen: bool
    half: bool = False


@dataclass(frozen=True)
class Source:
    """A document that a programme rests on, as the foot names it."""

    number: int
    title: str
    day: date | None
    grade: str
    weak: bool

    @property
    def said(self) -> str:
        """2011年8月29日, nothing where the document has no date."""
        return periods.on(self.day).zh if self.day else ""


@dataclass(frozen=True)
class Frame:
    """What head, menu and foot of a page of one programme say."""

    book: Book
    may_record: bool

    @property
    def home(self) -> str:
        """The dashboard of the page's programme and period."""
        return f"/p/{self.book.code}/{self.book.period}/"

    @property
    def sides(self) -> tuple[str, str]:
        """The two areas by their short names; a side the source does not name is empty."""
        row = self.book.programme
        return area(row["supporting"]), area(row["receiving"])

    @property
    def programmes(self) -> list[Choice]:
        """All programmes of the book, each at its own period."""
        taken = self.book.snapshot
        return [
            Choice(f"/p/{row['code']}/{reporting_period(taken, row['code'])}/", row["title"], row["code"] == self.book.code)
            for row in taken.rows["programmes"]
        ]  # fmt: skip

    @property
    def periods(self) -> list[Choice]:
        """The whole time of the book, each year of it and each quarter."""
        whole = reporting_period(self.book.snapshot, self.book.code)
        codes = dict.fromkeys([whole, self.book.period, *_parts(periods.parse(whole))])
        return [
            Choice(f"/p/{self.book.code}/{code}/", periods.parse(code).zh, code == self.book.period, "q" in code)
            for code in codes
        ]

    @property
    def sources(self) -> list[Source]:
        """The documents that records of the programme rest on."""
        return sources(self.book)

    @property
    def updated(self) -> str:
        """The day of the last act, in words."""
        return periods.on(day_of(self.book.snapshot)).zh


def frame_of(context: Mapping[str, Any]) -> Frame | None:
    """The frame of the page being rendered; nothing where the page belongs to no programme."""
    book, request = context.get("book"), context.get("request")
    if not isinstance(book, Book):
        return None
    may_record = request is not None and may(person_of(request), "record_disbursement", Place(programme=book.code))
    return Frame(book, may_record)


def area(code: str) -> str:
    """The short name of an area by its code, nothing for an area that is not named."""
    rows = regions().get(code, ())
    return rows[-1].short if rows else ""


def day_of(taken: Snapshot) -> date:
    """The day of the journal line a snapshot stands at, by the clock of the office."""
    return datetime.fromisoformat(taken.at).astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def sources(book: Book) -> list[Source]:
    """The documents that records of a programme rest on, papers with a text before vouchers."""
    used = {row["document"] for row in book.rows("statements")}
    rows = [row for row in book.snapshot.rows["documents"] if row["number"] in used]
    rows.sort(key=lambda row: (row["medium"] == "voucher", row["number"]))
    return [
        Source(row["number"], row["title"], row["last"], zh("grade", row["grade"]), row["grade"] in WEAK)
        for row in rows
    ]


def _parts(whole: Period) -> list[str]:
    """The years and quarters that a period touches, the youngest first."""
    found = []
    for year in range(whole.last.year, whole.first.year - 1, -1):
        found.append(str(year))
        for quarter in (4, 3, 2, 1):
            days = periods.months(year, quarter * 3 - 2, quarter * 3)
            if days.first <= whole.last and days.last >= whole.first:
                found.append(days.code)
    return found


def nearest(path: str) -> str:
    """The nearest address above one that was not found."""
    parts = path.strip("/").split("/")
    while parts:
        parts.pop()
        above = "/" + "".join(f"{part}/" for part in parts)
        try:
            resolve(above)
        except Resolver404:
            continue
        return above
    return "/"


def who_grants() -> str:
    """Who can give a right: the administrator, at the office of the book where it is named."""
    taken = latest()
    offices = [row["office"] for row in taken.rows["programmes"] if row["office"]] if taken else []
    return (offices[0] if offices else "") + zh("role", "security_officer")
