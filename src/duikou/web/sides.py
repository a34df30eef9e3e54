"""两边对照 /p/{programme}/{period}/funds/sides/: what the other side says beside our records; nothing of it is counted."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from duikou.acts.doing import place_of, programme_of, today
from duikou.records.models import Record
from duikou.rules.quantity import Quantity
from duikou.rules.writing import write
from duikou.statistics.passages import Passage, passages_of
from duikou.terms.words import zh

from .addresses import address, href, titles
from .book import Book, open_book
from .doors import can, door, of_programme
from .ledger.movements import Open, movements, told_paid, told_received
from .listing import files

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
    paid = Paginator(moved.paid, PAGE).get_page(request.GET.get("paid"))
    received = Paginator(moved.received, PAGE).get_page(request.GET.get("received"))
    context = {
        "book": book, "groups": found, "count": count, "moved": moved,
        "paid": paid, "received": received, "told_paid": [*told_paid(paid)], "told_received": [*told_received(received)],
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


# ---- the tables to take away: all rows of each ---------------------------------------------------------------------------


Table = tuple[str, Sequence[str], Iterable[Sequence[object]]]  # its title, its heads, its rows


def taken(of: Callable[[str, str], Table], request: HttpRequest, programme: str, period: str) -> files.Listing:
    """One table of the page, whole."""
    title, heads, rows = of(programme, period)
    return files.Listing(f"sides-{programme}", title, heads, rows, wide=0)


def _paid(programme: str, period: str) -> Table:
    heads = ("拨付", "付给", "拨付日", "未确认", "已过天数", "等谁")
    return "拨付了、受援方未确认到账", heads, map(_open, told_paid(movements(programme_of(programme)).paid))


def _received(programme: str, period: str) -> Table:
    heads = ("回单", "到了哪里", "到账日", "对不上", "已过天数", "等谁")
    return "到账了、对不上拨付", heads, map(_open, told_received(movements(programme_of(programme)).received))


def _open(one: Open) -> list[object]:
    """A movement as the page shows it."""
    age = "" if one.age is None else one.age
    return [one.said or "缺凭证", one.to, str(one.day or "日期未报"), one.amount, age, one.owner]


def _sayings(programme: str, period: str) -> Table:
    rows = (_cells(said, group.words) for group in groups(open_book(programme, period)) for said in group.said)
    return "对方所说与账上的记录对照", ("对方说", "数", "账上的记录", "对照", "待核"), rows


def _cells(one: Said, verdict: str) -> list[object]:
    """A saying as the page shows it: what, where, ours, how they compare, who is asked."""
    where = f"，{one.passage.place}“{one.passage.fragment}”" if one.passage else ""
    ours = f"{one.ours.title} {one.ours.kind}" if one.ours else "账上没有"
    asked = ""
    if one.question:
        days = f"，已 {one.question.age} 天" if one.question.owner and one.question.age is not None else ""
        asked = f"已列待核 {one.question.owner}{days}".strip()
    return [f"{one.title} {one.kind}，{one.side}{where}", one.value, ours, f"{verdict} {one.detail}".strip(), asked]


HERE = "p/<slug:programme>/<period:period>/funds/sides/"
urlpatterns = [
    door(HERE, page, "see_records", of_programme, name="sides"),
    *(
        pattern
        for table, of in {"paid": _paid, "received": _received, "sayings": _sayings}.items()
        for pattern in files.doors(HERE + table, partial(taken, of), "see_records", of_programme, name=f"sides-{table}")
    ),
]
