"""哪些句子会变 …/outlines/CODE/moved: after a record, or between two lines of the journal: the sentences that differ."""

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from duikou.records.models import JournalImage, Record
from duikou.reports.outline import NoProject, fill
from duikou.reports.outline_form import Outline
from duikou.reports.outline_moved import Moved, moved, resting
from duikou.reports.paper import Paper, numbers
from duikou.snapshot.store import Snapshot, load
from duikou.statistics.figure import parse
from duikou.statistics.trace import trail
from duikou.web.book import Book, open_book
from duikou.web.doors import door, of_programme

from .kept import HERE, outline_at

LONGEST = 12  # digits of a line or a record


def page(request: HttpRequest, programme: str, period: str, code: str) -> HttpResponse:
    """?line: since a line of the journal; ?record: by what a record's last line changed, or which rest on it."""
    book, used = open_book(programme, period), outline_at(code, programme)
    line, record = _number(request, "line"), _number(request, "record")
    context = {
        "book": book,
        "code": code,
        "outline": used,
        "line": line,
        "record": record,
        **_answer(book, used, line, record),
    }
    return render(request, "outlines_moved.html", context)


def _number(request: HttpRequest, name: str) -> int | None:
    said = request.GET.get(name, "").strip().rpartition("-")[2]
    return int(said) if said.isascii() and said.isdecimal() and len(said) <= LONGEST else None


def _answer(book: Book, used: Outline, line: int | None, record: int | None) -> dict[str, object]:
    """The sentences, and on what the answer rests; `lacking` where it cannot be given."""
    try:
        if record is not None:
            return _of_record(book, used, record)
        if line is None:
            return {}
        before = load(line)
        if before is None:
            return {"lacking": f"账本第 {line} 行没有可用的时点数据"}
        return {"found": _between(used, before, book), "since": before.line, "compared": True}
    except (NoProject, StopIteration):
        return {"lacking": "这份提纲在那一行还写不成文稿：那时没有这个项目方案，或没有项目"}


def _between(used: Outline, before: Snapshot, book: Book) -> list[Moved]:
    return moved(fill(used, before, book.code, book.period), fill(used, book.snapshot, book.code, book.period))


def _of_record(book: Book, used: Outline, record: int) -> dict[str, object]:
    """Before and after the last line that touched a record, where a snapshot of before is kept; else what rests on it."""
    if not Record.objects.filter(number=record, programme__code=book.code).exists():
        return {"lacking": f"这个项目方案没有记录 {record}"}
    images = JournalImage.objects.filter(number=record).order_by("-line_id")
    last = images.exclude(table="records_record").first() or images.first()
    before = _before(last.line_id) if last else None
    if before is not None:
        return {"found": _between(used, before, book), "since": before.line, "compared": True}
    made = fill(used, book.snapshot, book.code, book.period)
    return {"found": resting(made, _resting_on(made, book, record)), "compared": False}


def _before(line: int) -> Snapshot | None:
    """The snapshot of the line before, where it was frozen."""
    return load(line - 1) if line > 1 else None


def _resting_on(made: Paper, book: Book, record: int) -> set[str]:
    """The names of a paper's figures that count a record, and of the numbers that it bears itself."""
    found = {number.name for number in numbers(made) if re.search(rf"-{record}\.[a-z_]+@", number.name)}
    for name in {number.name for number in numbers(made) if ":" in number.name}:
        wanted, _ = parse(name)
        of = trail(book.snapshot, wanted)
        members = [*of.counted, *(m for part in of.parts for m in part.counted)]
        if any(member.number == record for member in members):
            found.add(name)
    return found


urlpatterns = [door(HERE + "<slug:code>/moved", page, "make_papers", of_programme, name="outline-moved")]
