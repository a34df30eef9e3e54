"""What the pages of readings share: the book they ask, the periods they show, the outlines that ask."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest

from duikou.acts.doing import place_of, programme_of
from duikou.records.models import Programme
from duikou.reports import outline, outline_text
from duikou.rules import period as periods
from duikou.rules.readings import lettered
from duikou.rules.rights import Place
from duikou.statistics.definition import Definition, definition
from duikou.statistics.uses import Asking
from duikou.web.book import Book, reporting_period, snapshot
from duikou.web.doors import can, of_programme, seen


def of_readings(request: HttpRequest, *, programme: str, **at: Any) -> Place:
    """A programme from inside, however public it is: proposals are no public matter."""
    return replace(of_programme(request, programme=programme), state="internal")


def book_of(request: HttpRequest) -> Book | None:
    """The programme that values are shown of: that of `?p=`, else the first whose figures the person sees."""
    with suppress(LookupError):
        taken = snapshot()
        codes = [c for c in seen(request, taken) if can(request, "see_figures", place_of(programme_of(c)))]
        wanted = request.GET.get("p", "")
        for code in [wanted] if wanted in codes else codes:
            return Book(taken, code, reporting_period(taken, code))
    return None


def inside(request: HttpRequest) -> set[str]:
    """The programmes that the person sees from inside, and so what is only proposed in them."""
    places = {p.code: replace(place_of(p), state="internal") for p in Programme.objects.all()}
    return {code for code, place in places.items() if can(request, "see_figures", place)}


def sheet_of(code: str) -> Definition:
    """The sheet of a code; 404 names the nearest."""
    try:
        return definition(code)
    except KeyError as unknown:
        raise Http404(str(unknown.args[0])) from None


def years(book: Book) -> list[str]:
    """The years of a programme's book, the oldest first."""
    whole = periods.parse(reporting_period(book.snapshot, book.code))
    return [str(year) for year in range(whole.first.year, whole.last.year + 1)]


def touched(request: HttpRequest, new: Definition) -> dict[str, Sequence[str]]:
    """The periods that a reading would be used for: of each programme that the person sees whole, its years and its whole time."""
    taken = snapshot()
    found: dict[str, Sequence[str]] = {}
    for code in seen(request, taken):
        if can(request, "see_figures", place_of(programme_of(code))):
            book = Book(taken, code, reporting_period(taken, code))
            asked = dict.fromkeys([*years(book), book.period])
            found[code] = [p for p in asked if new.valid_from and periods.parse(p).last >= new.valid_from]
    return found


def outlines(request: HttpRequest) -> Iterator[Asking]:
    """The outlines that come with the program, and the editions in use in the programmes that the person sees from inside."""
    for code, form in outline.outlines().items():
        yield Asking(code, form.name, tuple(outline_text.sheets(form)))
    for programme in sorted(inside(request)):
        for code, form in outline.in_use(programme).items():
            if form.edition:
                yield Asking(code, form.name, tuple(outline_text.sheets(form)), programme, form.edition)


def names(code: str) -> str:
    """What a reading is called among those of its series: b, c; nothing for the first."""
    return code.rpartition(".")[2] if lettered(code) else ""
