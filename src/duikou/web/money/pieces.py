"""What the pages of money share: amounts in 万元, what one may do from here, what one sees of a programme, its papers."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest
from django.urls import Resolver404, resolve

from duikou.acts.doing import place_of
from duikou.records.models import Document, Kind, Programme, Record, Statement, of
from duikou.rules.rights import Place
from duikou.rules.writing import number_text
from duikou.terms.words import zh
from duikou.web.addresses import address, root
from duikou.web.book import Book
from duikou.web.doors import ABSENT, can
from duikou.web.seeing import visible

HERE = "p/<slug:programme>/<period:period>/funds/"
WAN = 10**6  # fen in 万元
PAGE = 100
K = TypeVar("K", bound=Kind)
T = TypeVar("T")


def wan(fen: int | None) -> str:
    """Fen in 万元 with two decimals, as they stand down a column; nothing where none is known."""
    return "" if fen is None else number_text(fen, WAN, 2)


@dataclass(frozen=True)
class Way:
    """An act that may be done from a page: its words, the address of its form."""

    act: str
    href: str

    @property
    def words(self) -> str:
        """What the act is called."""
        return zh("act", self.act)


@dataclass(frozen=True)
class Paper:
    """A document that a record rests on."""

    title: str
    href: str
    number: int


def ways(request: HttpRequest, book: Book, asked: Iterable[tuple[str, str, Place]]) -> list[Way]:
    """Of acts, with the addresses of their forms below funds/ and their places, those that one may do."""
    return [
        Way(act, href)
        for act, rest, place in asked
        if can(request, act, place) and _stands(href := f"{root()}/p/{book.code}/{book.period}/funds/{rest}")
    ]


def _stands(href: str) -> bool:
    """Whether an address leads to a page."""
    try:
        resolve(href.partition("?")[0])
    except Resolver404:
        return False
    return True


def seen(request: HttpRequest, programme: Programme, rows: Iterable[K]) -> list[K]:
    """Of rows of a programme those that the person sees: all, or those of the own area."""
    kept = list(rows)
    if can(request, "see_records", place_of(programme)):
        return kept
    records = Record.objects.filter(number__in=[row.pk for row in kept]).select_related("programme")
    mine = {record.number for record in visible(request, records)}
    return [row for row in kept if row.pk in mine]


def one_of(model: type[K], programme: Programme, number: int) -> K:
    """A record of a kind that a programme has; 404 where it has none of this number."""
    found = of(model, programme).filter(pk=number).first() if number < 2**63 else None
    if found is None:
        raise Http404(ABSENT)
    return found


def one_seen(request: HttpRequest, model: type[K], programme: Programme, number: int) -> K:
    """The same, as far as the person sees it."""
    found = one_of(model, programme, number)
    if not seen(request, programme, [found]):
        raise Http404(ABSENT)
    return found


def papers(number: int) -> list[Paper]:
    """The documents that a record rests on, each once."""
    numbers = Statement.objects.filter(record=number).values("passage__document")
    rows = Document.objects.filter(pk__in=numbers).order_by("pk")
    return [Paper(row.title, address(row.digest, row.pk), row.pk) for row in rows]


def page_of(request: HttpRequest, rows: list[T]) -> "Page[T]":
    """The part of a list that the address asks for."""
    return Paginator(rows, PAGE).get_page(request.GET.get("page"))


def grouped(rows: Iterable[T], key: Callable[[T], int | None]) -> dict[int, list[T]]:
    """Rows by a number they bear; those without one are left out."""
    found: dict[int, list[T]] = {}
    for row in rows:
        if (number := key(row)) is not None:
            found.setdefault(number, []).append(row)
    return found

