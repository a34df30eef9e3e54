"""查找: what a programme holds by the words of its names: pages, figures, records, organisations, documents, their words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from .addresses import root
from .book import open_book, reporting_period, snapshot
from .doors import door, of_own_part, open_door, seen
from .searching.groups import ALL, Finding, known
from .searching.question import LONGEST, question


def page(request: HttpRequest, programme: str, period: str) -> HttpResponse:
    """What is found in a programme, all of it in short or all of one group; without words, how to ask."""
    book, asked = open_book(programme, period), question(request.GET.get("q", ""))
    only, start = known(request.GET.get("of", "")), _start(request.GET.get("from", ""))
    finding = Finding(book, request, asked, only, start if only else 0)
    groups = finding.groups()
    count = sum(group.count for group in groups)
    context = {
        "book": book, "q": asked.asked, "groups": groups, "count": count, "longest": LONGEST, "too_long": asked.too_long,
        "only": only, "whole": finding.address(), "first": finding.start + 1,
        "last": finding.start + sum(len(group.hits) for group in groups),
        "before": finding.address(only, finding.start - ALL) if finding.start else "",
        "after": finding.address(only, finding.start + ALL) if only and finding.start + ALL < count else "",
    }  # fmt: skip
    return render(request, "search.html", context)


def _start(said: str) -> int:
    """The hit that a page of one group begins with; the first where the address names no beginning of a page."""
    return int(said) // ALL * ALL if said.isascii() and said.isdecimal() and len(said) < 9 else 0


def anywhere(request: HttpRequest) -> HttpResponse:
    """From a page outside every programme: to the search of the first programme that one sees."""
    try:
        taken = snapshot()
    except LookupError:  # nobody has opened the book yet
        return redirect("home")
    query = request.GET.urlencode()
    for code in seen(request, taken):
        return redirect(f"{root()}/p/{code}/{reporting_period(taken, code)}/search?{query}")
    return redirect("home")


urlpatterns = [
    open_door("search", anywhere, "转到看得见的第一个项目方案", name="search"),
    door("p/<slug:programme>/<period:period>/search", page, "see_records", of_own_part),
]
