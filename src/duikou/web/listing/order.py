"""The order of a list and its pages: heads that order by their column, rows by a key, plain rows to 500 and then by pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

from .facets import Asked

PLAIN, PAGE = 500, 100  # rows that stand on one page; of more, rows on a page
R = TypeVar("R")


@dataclass(frozen=True)
class Head:
    """A column: its code, its words, the address that orders by it, how it is ordered now (aria-sort)."""

    code: str
    words: str
    href: str
    sorted: str
    number: bool = False


def head(asked: Asked, code: str, words: str, *, number: bool = False) -> Head:
    """The head of a column; one that the list is ordered by turns round."""
    now = {code: "ascending", f"-{code}": "descending"}.get(asked.by, "")
    return Head(code, words, asked.address(sort=f"-{code}" if asked.by == code else code), now, number)


def ordered(keyed: Iterable[tuple[Any, R]], by: str) -> list[R]:
    """Rows by their keys, from above where the order begins with "-"; those without a key last."""
    kept = list(keyed)
    said = sorted((one for one in kept if one[0] is not None), key=itemgetter(0), reverse=by.startswith("-"))
    return [row for _, row in said] + [row for key, row in kept if key is None]


def paged(request: HttpRequest, rows: Sequence[R], *, latest: bool = False) -> Page[R]:
    """The rows of the page that the address asks for; where it asks for none the first, of what grows at its end the last."""
    pages = Paginator(rows, PLAIN if len(rows) <= PLAIN else PAGE)
    return pages.get_page(request.GET.get("page") or (pages.num_pages if latest else 1))
