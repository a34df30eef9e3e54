"""收回文稿 …/outlines/CODE/returned: a paper edited by hand beside the book; its words can become the next edition."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from duikou.acts.doing import place_of, programme_of
from duikou.intake.read_back import File, Found, Printed, Returned, Sent, Unit, Words, read_back, read_file
from duikou.reports.outline import NoProject, fill, kept, outline
from duikou.reports.outline_form import SLOT, Outline
from duikou.reports.paper import Number, Paper, day_words, occurrences, text_of
from duikou.reports.written import written
from duikou.rules.problem import Refused
from duikou.snapshot.store import load
from duikou.statistics.figure import BadName, parse
from duikou.statistics.measure import asked
from duikou.web.addresses import figure_href
from duikou.web.book import Book, open_book
from duikou.web.doors import can, door, of_programme

from .kept import HERE, outline_at, projects

MOST = 200  # projects of which a paper that came back may be
MARKS = "，。；、："


@dataclass(frozen=True)
class Beside:
    """A figure that was changed by hand: as sent out, as it stands now, as the book has it today, how it was found."""

    found: Found
    called: str
    book: str
    href: str

    @property
    def agrees(self) -> bool:
        """Whether what was written by hand is what the book says today."""
        return self.found.now == self.book


@dataclass(frozen=True)
class Kept:
    """A sentence that was changed, with the line of the outline it would become, or why it becomes none."""

    words: Words
    line: str = ""
    why: str = ""


def page(request: HttpRequest, programme: str, period: str, code: str) -> HttpResponse:
    """The form; what was read back."""
    book, used = open_book(programme, period), outline_at(code, programme)
    context: dict[str, object] = {"book": book, "code": code, "outline": used}
    if request.method != "POST":
        return render(request, "outlines_returned.html", context)
    file = request.FILES.get("file")
    if file is None:
        return _odd(request, context, ["没有选文件；选改好的 .docx 文件"])
    try:
        context |= _answer(request, book, used, str(file.name), file.read())
    except Refused as refused:
        return _odd(request, context, [str(problem) for problem in refused.problems])
    except NoProject as lacking:
        return _odd(request, context, [str(lacking)])
    return render(request, "outlines_returned.html", context)


def _odd(request: HttpRequest, context: dict[str, object], problems: list[str]) -> HttpResponse:
    return render(request, "outlines_returned.html", {**context, "problems": problems}, status=422)


def _answer(request: HttpRequest, book: Book, used: Outline, name: str, data: bytes) -> dict[str, object]:
    """What was changed of figures and words, and the outline that the words would make."""
    made, form, same = _sent_out(book, used, read_file(name, data))
    read = read_back(name, data, sent_of(made))
    sentences = [_kept(words, form) for words in read.words]
    text = next_text(form, sentences)
    return {
        "read": read, "same": same, "made": made, "figures": [_beside(one, book) for one in read.figures if one.changed],
        "hows": _hows(read), "sentences": sentences, "text": text if text != form.text else "",
        "made_from": form.edition,
        "may_save": can(request, "save_outline", place_of(programme_of(book.code))) and form.edition == used.edition,
    }  # fmt: skip


def _sent_out(book: Book, used: Outline, file: File) -> tuple[Paper, Outline, bool]:
    """The paper as it was sent out: of the edition and line whose number the file bears; else as it is made today."""
    line = _line(file.tagged)
    snapshots = [book.snapshot, *([kept_] if line and (kept_ := load(line)) else [])]
    editions = [
        used,
        *(outline(used.code, book.code, row.edition) for row in kept(used.code, book.code)),
        outline(used.code),
    ]
    about = [project.pk for project in projects(book)[:MOST]] if used.scope else [None]
    for snapshot, form, project in product(snapshots, editions, about):
        try:
            made = fill(form, snapshot, book.code, book.period, project)
        except NoProject:
            continue  # it was registered after that line
        if made.number == file.number:
            return made, form, True
    return fill(used, snapshots[-1], book.code, book.period), used, False


def _line(tagged: Sequence[tuple[str, str]]) -> int | None:
    """The line of the journal that the tags of a file name."""
    lines = [int(name.rpartition("@")[2]) for name, _ in tagged]
    return max(set(lines), key=lines.count) if lines else None


def sent_of(made: Paper) -> Sent:
    """A paper as it was sent out: paragraphs with the places of figures and sentences."""
    head = [
        made.plain_title,
        made.office,
        f"（{day_words(made.day)}）",
        *([made.salutation] if made.salutation else []),
    ]
    marks = iter(occurrences(made))
    said = [paragraph for paragraph in written(made) if text_of(paragraph.pieces).strip()]
    figures: list[Printed] = []
    units: list[Unit] = []
    for at, paragraph in enumerate(said, len(head)):
        place = 0
        for piece in paragraph.pieces:
            if isinstance(piece, Number):
                bookmark, number = next(marks)
                figures.append(Printed(number.text, at, place, bookmark, number.name))
                place += len(number.text)
            else:
                place += len(piece)
        text, place = text_of(paragraph.pieces), 0
        for spoken in paragraph.spoken:
            words = spoken.text.strip(MARKS)
            first = text.find(words, place)
            if words and first >= 0:
                end = first + len(words) + (text[first + len(words) : first + len(words) + 1] in tuple(MARKS))
                units.append(Unit(text[first:end], at, first, spoken.line))
                place = end
    return Sent(made.number, (*head, *(text_of(p.pieces).strip() for p in said)), tuple(figures), tuple(units))


def _beside(one: Found, book: Book) -> Beside:
    """A changed figure with the book's value of today."""
    try:
        name, _ = parse(one.printed.name)
    except (BadName, KeyError):
        return Beside(one, one.printed.name, "", "")
    now = asked(book.snapshot, name)
    return Beside(one, now.definition.name, now.text.removesuffix("/年"), figure_href(one.printed.name))


def _hows(read: Returned) -> list[tuple[str, int]]:
    """How the figures were found, each way with how often."""
    said = {"tag": "按数字标记", "bookmark": "按书签", "text": "按前后文字", "lost": "没有找到"}
    counts = {how: len([one for one in read.figures if one.how == how]) for how in said}
    return [(said[how], count) for how, count in counts.items() if count]


def _kept(words: Words, form: Outline) -> Kept:
    """The line of the outline that a changed sentence becomes; else why it becomes none."""
    if words.what == "moved":
        return Kept(words, why="位置变了；在提纲里把这一行移过去")
    if words.what == "added":
        return Kept(words, why="提纲里没有这一句；在提纲里补一行，数字写成 {口径}")
    sentence = form.sentence_at(words.line)
    if sentence is None:
        return Kept(words, why="不知道出自哪一句")
    if words.what == "deleted":
        return Kept(words, why=f"文稿里删去了；不要这一句时，删去提纲第 {words.line} 行")
    if sentence.drawing:
        return Kept(words, why=f"这一句由提纲第 {words.line} 行的图写出；到提纲里改图的名称")
    if sentence.repeated:
        return Kept(words, why=f"提纲第 {words.line} 行逐条写出，一句改不动全部；到提纲里改")
    if sentence.source.startswith("【") or "[" in sentence.text or sentence.instead:
        return Kept(words, why=f"提纲第 {words.line} 行有条件或另外的说法；到提纲里改")
    slots = SLOT.findall(sentence.source)
    figures = [
        slot
        for slot, code in zip(slots, SLOT.findall(sentence.text), strict=True)
        if "." in code or code.startswith("*")
    ]
    if len(figures) != len(slots) or words.masked.count("■") != len(figures):
        return Kept(words, why=f"提纲第 {words.line} 行要填的不止数字，或数字的个数变了；到提纲里改")
    inserted = iter(figures)
    line = re.sub("■", lambda _: f"{{{next(inserted)}}}", words.masked)
    return Kept(words, line=line)


def next_text(form: Outline, sentences: Sequence[Kept]) -> str:
    """The text of an outline with the lines that were changed."""
    lines = form.text.splitlines()
    for one in sentences:
        if one.line:
            lines[one.words.line - 1] = one.line
    return "\n".join(lines) + "\n"


urlpatterns = [door(HERE + "<slug:code>/returned", page, "make_papers", of_programme, name="outline-returned")]
