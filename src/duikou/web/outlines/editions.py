"""版本 …/outlines/CODE/editions/: the editions of an outline with what each changed, and the way back to an older one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from duikou.records.models import Outline as Kept
from duikou.reports.outline import kept, outlines
from duikou.web.book import open_book
from duikou.web.doors import door, of_programme

from .kept import HERE, outline_at


@dataclass(frozen=True)
class Change:
    """A line of an edition that is not in the one before (new), or was in it and is no more."""

    line: int
    text: str
    new: bool


@dataclass(frozen=True)
class Edition:
    """An edition with what it changed; number 0 comes with the program."""

    number: int
    reason: str
    record: int
    changes: tuple[Change, ...]


def page(request: HttpRequest, programme: str, period: str, code: str) -> HttpResponse:
    """The editions, the youngest first."""
    book, used = open_book(programme, period), outline_at(code, programme)
    rows = kept(code, programme)
    context = {"book": book, "code": code, "outline": used, "editions": list(_editions(rows, outlines()[code].text))}
    return render(request, "outlines_editions.html", context)


def _editions(rows: Sequence[Kept], shipped: str) -> Iterator[Edition]:
    befores = [*(row.text for row in rows[1:]), shipped][: len(rows)]
    for row, before in zip(rows, befores, strict=True):
        yield Edition(row.edition, row.reason, row.pk, tuple(changes(before, row.text)))
    yield Edition(0, "", 0, ())


def changes(before: str, after: str) -> Iterator[Change]:
    """The lines that differ, in the order of the text."""
    old, new = before.splitlines(), after.splitlines()
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from (
                Change(number, old[number - 1], new=False) for number in range(a + 1, b + 1) if old[number - 1].strip()
            )
            yield from (
                Change(number, new[number - 1], new=True) for number in range(c + 1, d + 1) if new[number - 1].strip()
            )


urlpatterns = [door(HERE + "<slug:code>/editions/", page, "make_papers", of_programme, name="outline-editions")]
