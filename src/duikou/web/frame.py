"""The frame around every page: programmes and periods to choose from, who one is, sources, line and day of the book."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Any, overload
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc
from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse

from duikou.acts.doing import place_of, programme_of
from duikou.records.models import Account
from duikou.rules import period as periods
from duikou.rules.period import Period
from duikou.rules.rights import Place, may_somewhere
from duikou.snapshot.store import Snapshot, latest
from duikou.terms.words import regions
from duikou.web.addresses import in_chinese, in_english, root
from duikou.web.book import Book, person_of, reporting_period
from duikou.web.doors import can, seen
from duikou.web.language import area_name, day_words, english, heading, listed, period_words, say
from duikou.web.matching import documents_used, read

YET_TO_BE = "new"  # the code under which the right to open a programme is asked for
WEAK = ("copy", "oral")  # grades that are no paper of the office that issued it


@dataclass(frozen=True)
class Choice:
    """A programme, a period or a language that the head offers; quarters stand two in a row."""

    href: str
    words: str
    chosen: bool
    half: bool = False
    lang: str = ""


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
        return day_words(self.day) if self.day else ""

    @property
    def words(self) -> str:
        """The grade in words."""
        return say("grade", self.grade)


@dataclass(frozen=True)
class Frame:
    """What head, menu and foot of a page of one programme say to the person who asked for it."""

    book: Book
    request: HttpRequest

    @cached_property
    def _place(self) -> Place:
        return place_of(programme_of(self.book.code))

    @cached_property
    def whole(self) -> bool:
        """Whether the person sees the programme's figures, and not only the records of an area."""
        return can(self.request, "see_figures", self._place)

    @property
    def may_record(self) -> bool:
        """Whether the person may record payments: what the act itself asks."""
        return can(self.request, "record_disbursement", self._place)

    @property
    def may_make_papers(self) -> bool:
        """Whether the person may make papers: what the act itself asks."""
        return can(self.request, "make_papers", self._place)

    @property
    def may_see_papers(self) -> bool:
        """Whether the list of papers is open to the person: what its address itself asks."""
        return can(self.request, "see_papers", self._place)

    @property
    def internal(self) -> bool:
        """Whether the programme is not public."""
        return self._place.state == "internal"

    @property
    def may_publish(self) -> bool:
        """Whether the person may make it public: what the act itself asks."""
        return can(self.request, "publish_programme", self._place)

    @property
    def here(self) -> str:
        """What the addresses of the page's programme and period begin with."""
        return f"{root()}/p/{self.book.code}/{self.book.period}/"

    @property
    def home(self) -> str:
        """The dashboard; for those who see one area only, the page of that area."""
        return self.here if self.whole else f"{self.here}own/"

    @property
    def sides(self) -> tuple[str, str]:
        """The two areas by their short names; a side the source does not name is empty."""
        row = self.book.programme
        return area_name(row["supporting"]), area_name(row["receiving"])

    @property
    def programmes(self) -> list[Choice]:
        """The programmes of the book of which the person sees anything, each at its own period."""
        titles = {row["code"]: row["title"] for row in self.book.snapshot.rows["programmes"]}
        codes = seen(self.request, self.book.snapshot)
        return [Choice(f"{root()}/p/{code}/", titles[code], code == self.book.code) for code in codes]

    @property
    def new(self) -> str:
        """The form by which another programme is opened, for those who may open one."""
        return new_programme(self.request)

    @property
    def period(self) -> str:
        """The period of the page in words."""
        return period_words(self.book.days)

    @property
    def periods(self) -> list[Choice]:
        """The whole time of the book, each year of it and each quarter."""
        whole = reporting_period(self.book.snapshot, self.book.code)
        rest = "" if self.whole else "own/"
        codes = dict.fromkeys([whole, self.book.period, *_parts(periods.parse(whole))])
        return [
            Choice(f"{root()}/p/{self.book.code}/{code}/{rest}", period_words(periods.parse(code)), code == self.book.period,
                   "q" in code)
            for code in codes
        ]  # fmt: skip

    @cached_property
    def sources(self) -> Sequence[Source]:
        """The documents that records of the programme rest on, for those who see them."""
        return sources(self.book) if self.whole else ()

    @property
    def updated(self) -> str:
        """The day of the last act, in words."""
        return day_words(day_of(self.book.snapshot))


def new_programme(request: HttpRequest) -> str:
    """The form by which a programme is opened, for those who may open any; else nothing."""
    return reverse("programme-new") if can(request, "open_programme", Place(programme=YET_TO_BE)) else ""


def frame_of(context: Mapping[str, Any]) -> Frame | None:
    """The frame of the page being rendered; nothing where the page belongs to no programme."""
    book, request = context.get("book"), context.get("request")
    return Frame(book, request) if isinstance(book, Book) and request is not None else None


@dataclass(frozen=True)
class Me:
    """Who is signed in: account, office and roles in words, and the pages for that person alone."""

    code: str
    office: str
    roles: str
    pages: tuple[tuple[str, str], ...]


def me(request: HttpRequest) -> Me:
    """The account menu of the person who is signed in."""
    person = person_of(request)
    account = Account.objects.filter(code=person.account).select_related("office__organisation").first()
    shown = {
        "account": True, "jobs": True, "offices": may_somewhere(person, "see_offices"),
        "rights": can(request, "see_rights", Place()), "log": can(request, "see_journal", Place()),
        "access": can(request, "see_reads", Place()),
    }  # fmt: skip
    return Me(
        person.account, account.office.organisation.name if account else "",
        listed(list(dict.fromkeys(say("role", post.role) for post in person.posts))),
        tuple((f"{root()}/{code}/", heading("page", code)) for code, may_see in shown.items() if may_see),
    )  # fmt: skip


def languages(path: str) -> list[Choice]:
    """The same page in each language."""
    return [
        Choice(in_chinese(path), "中文", not english(), lang="zh-CN"),
        Choice(in_english(path), "EN", english(), lang="en"),
    ]


def area(code: str) -> str:
    """The short Chinese name of an area by its code, nothing for an area that is not named."""
    rows = regions().get(code, ())
    return rows[-1].short if rows else ""


def day_of(taken: Snapshot) -> date:
    """The day of the journal line a snapshot stands at, by the clock of the office."""
    return datetime.fromisoformat(taken.at).astimezone(ZoneInfo(settings.TIME_ZONE)).date()


class Sources(Sequence[Source]):
    """Documents in columns: a foot names the first two of what may be a million, and says how many more there are."""

    def __init__(self, rows: pa.Table) -> None:
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> Source: ...

    @overload
    def __getitem__(self, at: slice) -> "Sources": ...

    def __getitem__(self, at: int | slice) -> "Source | Sources":
        if isinstance(at, slice):
            return Sources(self._rows[at])
        row = self._rows.slice(range(len(self))[at], 1).to_pylist()[0]
        return Source(row["number"], row["title"], row["last"], row["grade"], row["grade"] in WEAK)

    @property
    def weak(self) -> "Sources":
        """Those that are no paper of the office that issued it."""
        return Sources(self._rows.filter(pc.is_in(self._rows["grade"], pa.array(WEAK))))


def sources(book: Book) -> Sources:
    """The documents that records of a programme rest on, papers with a text before vouchers."""
    return _sources(book.snapshot, book.code)


@lru_cache(maxsize=8)
def _sources(taken: Snapshot, programme: str) -> Sources:
    rows = read(taken, "documents", ("number", "title", "last", "grade", "medium"))
    rows = rows.filter(pc.is_in(rows["number"], documents_used(taken, programme)))
    voucher = pc.equal(rows["medium"], "voucher")  # the rows of a table are in the order of their numbers
    return Sources(pa.concat_tables([rows.filter(pc.invert(voucher)), rows.filter(voucher)]))


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
    """The nearest address above one that was not found, in the language of the page."""
    parts = path.strip("/").split("/")
    while parts:
        parts.pop()
        above = "/" + "".join(f"{part}/" for part in parts)
        try:
            resolve(above)
        except Resolver404:
            continue
        return above
    return f"{root()}/"


def who_grants(programme: str = "") -> str:
    """Who can give a right: the security officer of the office that keeps the book of a programme."""
    taken = latest()
    rows = [row for row in taken.rows["programmes"] if row["office"]] if taken else []
    rows = [row for row in rows if row["code"] == programme] or rows
    role = say("role", "security_officer")
    if not rows:
        return role
    return f"the {role} of {rows[0]['office']}" if english() else f"{rows[0]['office']}{role}"
