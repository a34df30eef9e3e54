"""查找: what a programme holds by the words in its names: pages, figures, records, organisations, documents, their words."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from unicodedata import category

import pyarrow.compute as pc
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from duikou.acts.doing import place_of
from duikou.records.models import Programme, Record
from duikou.rules.quantity import exactly
from duikou.rules.writing import write
from duikou.snapshot.tables import TABLES
from duikou.statistics.definition import Definition, definitions
from duikou.statistics.figure import Figure
from duikou.terms.words import word, zh

from .addresses import address, figure_href, href, root, titles
from .book import Book, open_book, reporting_period, snapshot
from .doors import can, door, of_own_part, open_door, seen
from .frame import Frame
from .language import english, named, say
from .matching import Row, documents_used, fold, found_in, mark, read
from .menu import Item, left, right
from .overview.rows import ask
from .passages import Piece
from .seeing import visible, withdrawn

T = TypeVar("T")
MOST = 20  # hits a group shows
LONGEST = 60  # characters of a question
APART = (
    "programmes",
    "organisations",
    "documents",
    "statements",
    "items",
    "parties",
    "links",
)  # no records with titles


@dataclass(frozen=True)
class Hit:
    """Something found: its address, its name with the words marked, what it is, and the figure or document behind it."""

    href: str
    pieces: tuple[Piece, ...]
    said: tuple[Piece, ...] = ()
    figure: Figure | None = None
    document: int = 0


@dataclass(frozen=True)
class Group:
    """What was found of one sort: how many, and the first of them."""

    code: str
    count: int
    hits: tuple[Hit, ...]

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.hits)


def page(request: HttpRequest, programme: str, period: str) -> HttpResponse:
    """What is found in a programme; without words, how to ask."""
    book = open_book(programme, period)
    asked = " ".join("".join(c for c in request.GET.get("q", "") if category(c)[0] != "C" or c.isspace()).split())
    wanted = tuple(fold(asked).split()) if len(asked) <= LONGEST else ()
    groups = [group for group in _groups(request, book, wanted) if group.count] if wanted else []
    context = {
        "book": book, "q": asked, "groups": groups, "count": sum(group.count for group in groups), "longest": LONGEST,
        "too_long": len(asked) if len(asked) > LONGEST else 0,
    }  # fmt: skip
    return render(request, "search.html", context)


def anywhere(request: HttpRequest) -> HttpResponse:
    """From a page outside every programme: to the search of the first programme that one sees."""
    taken = snapshot()
    query = request.GET.urlencode()
    for code in seen(request, taken):
        return redirect(f"{root()}/p/{code}/{reporting_period(taken, code)}/search?{query}")
    return redirect("home")


def _groups(request: HttpRequest, book: Book, wanted: Sequence[str]) -> Iterator[Group]:
    """Everything the person sees in whose name all the words stand, sort by sort."""
    frame, taken = Frame(book, request), book.snapshot
    yield _group("page", _matching(_pages(frame), wanted), lambda item: _page(item, wanted))
    if frame.whole:
        yield _group("figure", _matching(_sheets(), wanted), lambda sheet: _figure(book, sheet, wanted))
    records = _records(request, frame, wanted)
    called = titles(Record.objects.filter(pk__in=[row["number"] for row in records[:MOST]]))
    yield _group("record", records, lambda row: _record(row, called, wanted))
    organisations = found_in(taken, "organisations", ("name", "short", "code"), wanted)
    yield _group("organisation", organisations, lambda row: _organisation(row, wanted))
    documents = _documents(request, book)
    named_so = [
        row
        for row in found_in(taken, "documents", ("title",), wanted, ("grade", "digest"))
        if row["number"] in documents
    ]
    yield _group("document", named_so, lambda row: _document(row, wanted))
    if frame.whole:
        yield _group("text", _texts(book, documents - withdrawn(request), wanted), lambda row: _text(row, wanted))


def _group(code: str, found: Sequence[T], show: Callable[[T], Hit]) -> Group:
    return Group(code, len(found), tuple(show(one) for one in found[:MOST]))


def _matching(named_: Iterable[tuple[str, T]], wanted: Sequence[str]) -> list[T]:
    """What bears all the words in its names; first what has them in a row, of that first what begins with them."""
    phrase = " ".join(wanted)
    folded = ((fold(name), one) for name, one in named_)
    found = [(name, one) for name, one in folded if all(w in name for w in wanted)]
    found.sort(key=lambda pair: (phrase not in pair[0], not pair[0].startswith(phrase)))
    return [one for _, one in found]


def _hit(name: str, to: str, said: str, wanted: Sequence[str], **more: Any) -> Hit:
    return Hit(to, mark(name, wanted), mark(said, wanted), **more)


def _pages(frame: Frame) -> list[tuple[str, Item]]:
    """The pages of the menu by their names in both languages."""
    items = [(item, word("page", item.code)) for item in (*left(frame), *right(frame))]
    return [(f"{words.zh}\n{words.en}", item) for item, words in items]


def _page(item: Item, wanted: Sequence[str]) -> Hit:
    words = word("page", item.code)
    return _hit(item.words, item.href, words.zh if english() else words.en, wanted)


def _sheets() -> list[tuple[str, Definition]]:
    """The sheets by name, English name and code."""
    return [(f"{sheet.name}\n{sheet.en}\n{sheet.code}", sheet) for sheet in definitions().values()]


def _figure(book: Book, sheet: Definition, wanted: Sequence[str]) -> Hit:
    said = f"{sheet.name if english() else sheet.en} · {sheet.code}"
    return _hit(named(sheet), figure_href(book.name(sheet.code)), said, wanted, figure=ask(book, sheet.code))


def _records(request: HttpRequest, frame: Frame, wanted: Sequence[str]) -> list[Row]:
    """The records of the programme that the person sees and whose titles bear the words."""
    found = []
    for table in TABLES:
        title = next((name for name in ("label", "title") if name in table.schema.names), "")
        if title and table.name not in APART:
            found += found_in(frame.book.snapshot, table.name, (title,), wanted, ("kind",), frame.book.code)
    found += _unnamed(frame.book, wanted)
    if frame.whole:
        return found
    kept = Record.objects.select_related("programme").in_bulk([row["number"] for row in found])
    seen_ = {record.number for record in visible(request, kept.values())}
    return [row for row in found if row["number"] in seen_]


def _unnamed(book: Book, wanted: Sequence[str]) -> list[Row]:
    """The payments without a purpose, which are called by state and amount: 拨付200万元."""
    entries = read(book.snapshot, "entries", ("number", "kind", "label", "programme", "state", "fen"))
    mask = pc.and_(pc.equal(entries["programme"], book.code), pc.equal(pc.fill_null(entries["label"], ""), ""))
    rows: list[Row] = entries.filter(mask).to_pylist()
    return _matching(((zh("state", r["state"]) + write(exactly(r["fen"], "fen")).text, r) for r in rows), wanted)


def _record(row: Row, called: Mapping[int, str], wanted: Sequence[str]) -> Hit:
    number, kind = row["number"], row["kind"]
    return _hit(called[number], href(kind, number), f"{say('record', kind)}-{number}", wanted)


def _organisation(row: Row, wanted: Sequence[str]) -> Hit:
    return _hit(row["name"], href("organisation", row["number"]), row["short"] or row["code"], wanted)


def _documents(request: HttpRequest, book: Book) -> frozenset[int]:
    """The documents of the programme and those its records rest on, as far as the person sees them."""
    used = documents_used(book.snapshot, book.code)
    rows = read(book.snapshot, "documents", ("number", "programme")).to_pylist()
    may_see = {p.code for p in Programme.objects.all() if can(request, "see_records", place_of(p))}
    return frozenset(
        row["number"]
        for row in rows
        if (row["programme"] == book.code or row["number"] in used) and row["programme"] in may_see
    )


def _document(row: Row, wanted: Sequence[str]) -> Hit:
    number = row["number"]
    return _hit(row["title"], address(row["digest"], number), say("grade", row["grade"]), wanted, document=number)


def _texts(book: Book, documents: frozenset[int], wanted: Sequence[str]) -> list[Row]:
    """The words that records of the programme rest on, each place once."""
    more = ("document", "paragraph", "title", "digest")
    rows = found_in(book.snapshot, "statements", ("fragment",), wanted, more, book.code)
    once = {
        (row["document"], row["paragraph"] or 0, row["fragment"]): row for row in rows if row["document"] in documents
    }
    return list(once.values())


def _text(row: Row, wanted: Sequence[str]) -> Hit:
    to = address(row["digest"], row["document"], row["paragraph"])
    place = gettext("第 {} 段").format(row["paragraph"]) if row["paragraph"] else ""
    return _hit(row["fragment"], to, f"《{row['title']}》{place}", wanted)


urlpatterns = [
    open_door("search", anywhere, "转到看得见的第一个项目方案", name="search"),
    door("p/<slug:programme>/<period:period>/search", page, "see_records", of_own_part),
]
