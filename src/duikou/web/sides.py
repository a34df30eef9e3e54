"""两边对照 /p/{programme}/{period}/funds/sides/: what the other side says beside our records; nothing of it is counted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from duikou.acts.doing import place_of, programme_of, today
from duikou.records.models import Record
from duikou.rules.quantity import Quantity
from duikou.rules.writing import write
from duikou.statistics.trace import Passage, passages_of
from duikou.terms.words import zh

from .addresses import address, href, titles
from .book import Book, open_book
from .doors import can, door, of_programme
from .ledger.movements import movements

PAGE = 100  # movements on one page, the oldest first
ORDER = ("differs", "may_match", "alone", "agrees")  # what needs someone comes first


@dataclass(frozen=True)
class Ours:
    """Our record beside a saying: its address, what it is called, its kind."""

    href: str
    title: str
    kind: str


@dataclass(frozen=True)
class Asked:
    """The open question about a saying: where it is, who answers for it, for how many days it has been open."""

    href: str
    owner: str
    age: int | None


@dataclass(frozen=True)
class Said:
    """One thing that the other side says: what, where, beside which record, what differs, the question if one is open."""

    href: str
    title: str
    kind: str
    value: str
    side: str
    verdict: str
    detail: str
    passage: Passage | None
    place: str
    ours: Ours | None
    question: Asked | None


@dataclass(frozen=True)
class Group:
    """The sayings of one verdict."""

    verdict: str
    said: tuple[Said, ...]

    @property
    def words(self) -> str:
        """What the verdict is called."""
        return zh("verdict", self.verdict)


def page(request: HttpRequest, programme: str, period: str) -> HttpResponse:
    """The two sides of a programme beside each other."""
    book = open_book(programme, period)
    found = groups(book)
    count = len([said for group in found for said in group.said])
    told = programme_of(programme)
    moved = movements(told)
    context = {
        "book": book, "groups": found, "count": count, "moved": moved,
        "paid": Paginator(moved.paid, PAGE).get_page(request.GET.get("paid")),
        "received": Paginator(moved.received, PAGE).get_page(request.GET.get("received")),
        "may_match": can(request, "match_receipt", place_of(told)),
        "may_receive": can(request, "record_receipt", place_of(told)),
    }  # fmt: skip
    return render(request, "sides.html", context)


def groups(book: Book) -> list[Group]:
    """What the other side says, by how it compares; groups without any are left out."""
    rows = book.rows("other_sayings")
    called = titles(Record.objects.filter(number__in=[row["about"] for row in rows if row["about"]]))
    asked = dict(_questions(book))
    said = [_said(book, row, called, asked.get(row["number"])) for row in rows]
    found = (Group(verdict, tuple(one for one in said if one.verdict == verdict)) for verdict in ORDER)
    return [group for group in found if group.said]


def _questions(book: Book) -> Iterator[tuple[int, Asked]]:
    """The open question about each saying, by the saying's number."""
    still_open = {row["number"]: row for row in book.questions}
    for row in book.rows("links"):
        if row["role"] == "about" and row["record"] in still_open:
            asked = still_open[row["record"]]
            age = (today() - asked["raised"]).days if asked["raised"] else None
            yield row["to"], Asked(href("finding", row["record"]), asked["owner"] or "", age)


def _said(book: Book, row: Mapping[str, Any], called: Mapping[int, str], question: Asked | None) -> Said:
    """A row of the page."""
    low, high, hedge, unit = (row[f"value_{part}"] for part in ("low", "high", "hedge", "unit"))
    passage = next(iter(passages_of(book.snapshot, row["number"], "value")), None)
    about = row["about"]
    return Said(
        href("other_saying", row["number"]), row["label"], zh("record", row["of"]),
        write(Quantity(low, high, unit, hedge)).text if unit else "", zh("side", passage.side) if passage else "",
        row["verdict"], row["detail"], passage,
        address(passage.digest, passage.document, passage.paragraph) if passage else "",
        Ours(href(row["about_kind"], about), called[about], zh("record", row["about_kind"])) if about else None, question,
    )  # fmt: skip


urlpatterns = [
    door("p/<slug:programme>/<period:period>/funds/sides/", page, "see_records", of_programme, name="sides"),
]
