"""改提纲 …/outlines/CODE/: the text, the paper it makes beside it, what may be inserted; what is not understood by its line."""

from itertools import groupby

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from duikou.acts.doing import Forbidden, once, place_of, programme_of
from duikou.acts.outlines import save_outline, text_of
from duikou.reports import outline_beside, outline_conditions, outline_words
from duikou.reports.outline import in_use, kept, outlines, problems, read
from duikou.rules.outlines import LONGEST
from duikou.rules.problem import Refused
from duikou.statistics.definition import definitions
from duikou.terms.words import zh
from duikou.web.book import Book, open_book, person_of
from duikou.web.doors import can, door, of_programme
from duikou.web.forms import Once

from .kept import HERE, outline_at, preview, projects

MOST = 12  # projects that are listed with their paper


def listing(request: HttpRequest, programme: str, period: str) -> HttpResponse:
    """The outlines with the edition that is in use."""
    book = open_book(programme, period)
    rows = list(in_use(programme).values())
    found = projects(book)
    shown = {
        "book": book,
        "rows": rows,
        "projects": found[:MOST],
        "more": max(0, len(found) - MOST),
        "published": programme_of(programme).published,
    }
    return render(request, "outlines.html", shown)


def page(request: HttpRequest, programme: str, period: str, code: str) -> HttpResponse:
    """The editor; a preview of what was typed, or its next edition."""
    book, used = open_book(programme, period), outline_at(code, programme)
    if request.method != "POST":
        start = _edition_asked(request, code, programme) or used.text
        return _page(request, book, code, start, used.edition)
    text = text_of(request.POST.get("text", "")[: LONGEST + 1])
    if request.POST.get("step") == "save":
        return _save(request, book, code, text)
    return _page(request, book, code, text, _made_from(request), request.POST.get("reason", ""))


def _edition_asked(request: HttpRequest, code: str, programme: str) -> str:
    """The text of the edition that the address names, to begin from."""
    said = request.GET.get("from", "")
    if said == "0":
        return outlines()[code].text
    rows = [row for row in kept(code, programme) if said.isdecimal() and row.edition == int(said)]
    return rows[0].text if rows else ""


def _made_from(request: HttpRequest) -> int:
    said = request.POST.get("made_from", "")
    return int(said) if said.isdecimal() and len(said) < 6 else 0


def _save(request: HttpRequest, book: Book, code: str, text: str) -> HttpResponse:
    """Keep the next edition, or say what refuses it."""
    person, key, reason = person_of(request), request.POST.get("key", "")[:80], request.POST.get("reason", "")[:200]
    made_from, odd = _made_from(request), problems(text)
    said = outlines()[code].name if odd else read(text, code).name

    def act() -> list[int]:
        more = {"shipped": outlines()[code].text, "made_from": made_from, "reason": reason}
        return [save_outline(code, said, text, programme=programme_of(book.code), person=person, odd=odd, **more)]  # type: ignore[arg-type]

    try:
        once(person, key, f"{code} {made_from} {reason} {text}", act)
    except Refused as refused:
        return _page(request, book, code, text, made_from, reason, tuple(str(problem) for problem in refused.problems))
    except (Forbidden, ValueError) as odd_:
        return _page(request, book, code, text, made_from, reason, (str(odd_),))
    messages.success(request, _("已存为新的一版，下一份文稿用它；已印发的文件不变"))
    return redirect("outline", book.code, book.period, code)


def _page(
    request: HttpRequest,
    book: Book,
    code: str,
    text: str,
    made_from: int,
    reason: str = "",
    refused: tuple[str, ...] = (),
) -> HttpResponse:
    odd = problems(text)
    context = {
        "book": book, "code": code, "text": text, "made_from": made_from, "reason": reason, "refused": refused, "odd": odd,
        "outline": outline_at(code, book.code), "preview": None if odd else preview(read(text, code), book),
        "form": Once(), "may_save": _may_save(request, book.code), "figures": _figures(), "ways": outline_conditions.WAYS,
        "charts": outline_beside.WAYS_OF_CHART, "annexes": outline_beside.WAYS_OF_ANNEX, "attachable": list(outline_beside.tables_by_name()),
        "tables": list(outline_words.tables()), "globals": list(outline_words.GLOBAL), "editions": len(kept(code, book.code)),
        "rows": min(40, max(18, text.count("\n") + 2)),
    }  # fmt: skip
    return render(request, "outlines_edit.html", context, status=422 if refused else 200)


def _figures() -> list[tuple[str, list[str]]]:
    """The figures one may insert, by their subject."""
    rows = groupby(definitions().values(), key=lambda d: d.subject)
    return [(zh("subject", subject), [d.name for d in group]) for subject, group in rows if subject != "targets"]


def _may_save(request: HttpRequest, programme: str) -> bool:
    return can(request, "save_outline", place_of(programme_of(programme)))


urlpatterns = [
    door(HERE, listing, "make_papers", of_programme, name="outlines"),
    door(HERE + "<slug:code>/", page, "make_papers", of_programme, change="save_outline", name="outline"),
]
