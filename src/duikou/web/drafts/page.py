"""核对文稿 …/reports/check/: drop a draft or paste its text; every number with its verdict, and the file with comments."""

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from duikou.intake.checking.check import CODES, Checked
from duikou.intake.checking.said import lines_of, verdict_words
from duikou.intake.unfit import MB
from duikou.intake.upload import LARGEST
from duikou.records.models import Record
from duikou.rules.rights import Place
from duikou.web.addresses import figure_href, href
from duikou.web.book import Book, open_book
from duikou.web.doors import door, of_programme

from .answering import PASTED, Answered, answered

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
INLINE = 6 * MB  # of files that a page carries with it
COPIES = {"comments": "（批注）", "list": "（核对清单）"}


@dataclass(frozen=True)
class Shown:
    """A number as the page shows it: its words, verdict, what is said of it, where its trail is."""

    number: int
    text: str
    code: str
    verdict: str
    lines: tuple[str, ...]
    href: str = ""


@dataclass(frozen=True)
class Told:
    """A sentence with its numbers: plain words and numbers in turn."""

    paragraph: int
    pieces: tuple[str | Shown, ...]

    @property
    def numbers(self) -> tuple[Shown, ...]:
        """The numbers of the sentence."""
        return tuple(piece for piece in self.pieces if not isinstance(piece, str))


def page(request: HttpRequest, programme: str, period: str) -> HttpResponse:
    """The form; the answer to a draft; the draft with comments or the list, as a file."""
    book = open_book(programme, period)
    context: dict[str, Any] = {"book": book, "largest": LARGEST // MB, "pasted": request.POST.get("text", "")}
    if request.method != "POST":
        return render(request, "drafts.html", context)
    file, text = request.FILES.get("file"), request.POST.get("text", "").strip()
    if not file and not text:
        return _odd(request, context, _("没有选文件，也没有贴文字；选一份文稿，或把文字贴进来"))
    name, content = (str(file.name), file.read()) if file else (PASTED, text.encode())
    try:
        found = answered(name, content, book.snapshot, programme, book.days)
    except ValueError as error:
        return _odd(request, context, " ".join(str(error).split()))
    if (copy := request.POST.get("take", "")) in COPIES:
        return _file(found, copy)
    return render(request, "drafts.html", context | _answer(book, found))


def _odd(request: HttpRequest, context: dict[str, Any], problem: str) -> HttpResponse:
    return render(request, "drafts.html", {**context, "problem": problem}, status=422)


def _answer(book: Book, found: Answered) -> dict[str, Any]:
    """The summary, the sentences, the files."""
    counts = found.checking.counts
    files = {copy: _data(found, copy) for copy in COPIES}
    return {
        "found": found, "counts": [(code, counts[code]) for code in CODES if counts[code]],
        "sentences": list(sentences(found.checking.paragraphs, found.checking.numbers)),
        "files": files if max(map(len, files.values())) < INLINE else {}, "stem": found.stem,
        "left": len(found.given.left), "aside": found.checking.aside,
    }  # fmt: skip


def sentences(paragraphs: tuple[str, ...], numbers: tuple[Checked, ...]) -> Iterator[Told]:
    """The sentences that hold a number, in order, each number where it stands."""
    count, kinds = 0, _kinds(numbers)
    of: dict[int, list[Checked]] = {}
    for one in numbers:
        of.setdefault(one.claim.paragraph, []).append(one)
    for at, own in of.items():
        text = paragraphs[at - 1]
        while own:
            first, last = _sentence(text, own[0].claim.start)
            inside = [one for one in own if one.claim.start < last]
            own = own[len(inside) :]
            pieces: list[str | Shown] = []
            place = first
            for one in inside:
                count += 1
                pieces += [text[place : one.claim.start], _shown(one, count, kinds)]
                place = one.claim.end
            yield Told(at, tuple(piece for piece in [*pieces, text[place : max(last, place)]] if piece))


def _sentence(text: str, at: int) -> tuple[int, int]:
    """The sentence around a place."""
    end = min((place for mark in "。！？" if (place := text.find(mark, at)) >= 0), default=len(text) - 1)
    return max(text.rfind(mark, 0, at) for mark in "。！？") + 1, end + 1


def _shown(one: Checked, count: int, kinds: dict[int, str]) -> Shown:
    answer, address = one.verdict.answer, ""
    if answer and answer.name:
        address = figure_href(answer.name)
    elif answer and answer.record in kinds:
        address = href(kinds[answer.record], answer.record)
    lines = tuple(line for line in lines_of(one)[1:] if not line.startswith("追溯"))
    return Shown(count, one.claim.text, one.verdict.code, verdict_words(one), lines, address)


def _kinds(numbers: tuple[Checked, ...]) -> dict[int, str]:
    """The kinds of the records that answered, by their numbers."""
    wanted = {one.verdict.answer.record for one in numbers if one.verdict.answer and one.verdict.answer.record}
    return dict(Record.objects.filter(number__in=wanted).values_list("number", "kind"))


def _bytes(found: Answered, copy: str) -> bytes:
    return found.given.data if copy == "comments" else found.listed


def _data(found: Answered, copy: str) -> str:
    """A file as an address that carries it: nothing of it is kept here."""
    return f"data:{WORD};base64,{b64encode(_bytes(found, copy)).decode()}"


def _file(found: Answered, copy: str) -> HttpResponse:
    response = HttpResponse(_bytes(found, copy), content_type=WORD)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.stem + COPIES[copy])}.docx"
    return response


def of_draft(request: HttpRequest, *, programme: str, **at: Any) -> Place:
    """A programme as those see it who work in it: what is checked need not be public yet."""
    return replace(of_programme(request, programme=programme), state="internal")


urlpatterns = [
    door("p/<slug:programme>/<period:period>/reports/check/", page, "see_figures", of_draft, name="draft-check")
]
