"""What the pages of readings share: the book they ask, the periods they show, a sheet as plain values, its outlines."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest

from duikou.acts.doing import place_of, programme_of
from duikou.acts.journal import canonical
from duikou.records.models import Programme
from duikou.reports import outline
from duikou.rules import period as periods
from duikou.rules.readings import Series, lettered, series_of
from duikou.rules.rights import Place
from duikou.statistics.definition import Definition, definition, in_force, reading, sheets
from duikou.statistics.explain import columns_of
from duikou.web.book import Book, reporting_period, snapshot
from duikou.web.doors import can, of_programme, seen

PLAIN = ("where", "by", "share")


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


def outlines() -> Mapping[str, Sequence[str]]:
    """The sheets that each outline of a paper asks for."""
    return {code: outline.sheets_of(code) for code in outline.outlines()}


def plain(d: Definition) -> dict[str, Any]:
    """A sheet as its text says it: what is empty is left out."""
    said = {name: value for name, value in vars(d).items() if name not in ("code", "version", "follows") and value}
    said = {name: value for name, value in said.items() if value != ("", "")}
    for name in ("by", "share"):
        if name in said:
            said[name] = list(said[name])
    return said | {"where": {c: list(words) for c, words in d.where.items()}, "valid_from": str(d.valid_from)}


def series_known(code: str, day: str) -> Series:
    """The program's part of a series: its first sheet, that in force on a day, the columns of its table."""
    first = sheets()[series_of(code)]
    now = definition(in_force(first.code, day))
    columns: dict[str, Sequence[str]] = dict(columns_of(first.of)) if first.of else {}
    return Series(plain(first), plain(now), columns)


def tried(code: str, sheet: Mapping[str, Any]) -> Definition:
    """A sheet that is not in the book yet, as statistics ask it."""
    return reading(code, canonical({**sheet, "follows": series_of(code)}))


def names(code: str) -> str:
    """What a reading is called among those of its series: b, c; nothing for the first."""
    return code.rpartition(".")[2] if lettered(code) else ""
