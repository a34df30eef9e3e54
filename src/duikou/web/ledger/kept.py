"""What the pages of money share: what one sees of its records, amounts, entries, pages, papers, questions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest

from duikou.acts.doing import programme_of
from duikou.records.models import Document, Entry, Finding
from duikou.records.models.record import Kind, of
from duikou.rules.ledger import signed
from duikou.rules.writing import number_text
from duikou.web.acting.places import own_work
from duikou.web.addresses import href
from duikou.web.doors import ABSENT, can
from duikou.web.seeing import rows_seen, visible

M = TypeVar("M", bound=Kind)
R = TypeVar("R")

PAGE = 100
HERE = "p/<slug:programme>/<period:period>/funds/"
FEN, YUAN, WAN = 1, 10**2, 10**6  # in fen


@dataclass(frozen=True)
class Moved:
    """An entry as a page shows it."""

    row: Entry

    @property
    def href(self) -> str:
        """Its record."""
        return href("entry", self.row.pk)

    @property
    def fen(self) -> int:
        """What it moved, below nothing where it goes back."""
        return signed([(self.row.amount, self.row.back)])

    @property
    def amount(self) -> str:
        """The same in 万元."""
        return wan(self.fen)


def wan(fen: int | None) -> str:
    """An amount in 万元 with two digits, more where two would round it; nothing where there is none."""
    if fen is None:
        return ""
    digits = next(n for n, least in ((2, WAN // 100), (4, YUAN), (6, FEN)) if fen % least == 0)
    return number_text(fen, WAN, digits)


def seen(request: HttpRequest, model: type[M], programme: str, *beside: str) -> list[M]:
    """The rows of a kind that the person sees of a programme, in the order they came, with what stands `beside` them."""
    rows = of(model, programme_of(programme)).select_related("record__programme", *beside)
    return rows_seen(request, rows.order_by("pk"))


def one_of(request: HttpRequest, model: type[M], programme: str, number: int, *beside: str) -> M:
    """The row of a number that the person sees; 404 where the programme has none, or not for this person."""
    rows = of(model, programme_of(programme)).select_related("record__programme", *beside)
    found = rows.filter(pk=number).first() if number < 2**63 else None
    if found is None or not visible(request, [found.record]):
        raise Http404(ABSENT)
    return found


def page_of(request: HttpRequest, rows: Sequence[R]) -> Page[R]:
    """The page of a list that the address asks for."""
    return Paginator(rows, PAGE).get_page(request.GET.get("page"))


def papers(request: HttpRequest, number: int) -> list[Document]:
    """The papers that a record rests on, as far as the person sees them."""
    rows = Document.objects.filter(passages__statements__record=number).select_related("record__programme").distinct()
    return rows_seen(request, rows.order_by("pk"))


def questions(request: HttpRequest, numbers: Iterable[int]) -> list[Finding]:
    """待核 about records, as far as the person sees them; the open ones first."""
    rows = Finding.objects.filter(record__links__role="about", record__links__to__in=list(numbers))
    rows = rows.select_related("record__programme").distinct()
    return sorted(rows_seen(request, rows), key=lambda row: (row.state == "settled", row.pk))


def may_begin(request: HttpRequest, act: str, programme: str) -> bool:
    """Whether the button of an act that makes something new stands on the page."""
    return can(request, act, own_work(act)(request, programme=programme))
