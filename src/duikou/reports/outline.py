"""An outline names chapters and sentences with figures in them; filled from one snapshot it is a paper.

The sentence is the unit (L5): one without its figure is written in another wording or left out, never with a gap.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from duikou.records.models import Outline as Kept
from duikou.records.models import Programme, of
from duikou.rules.outlines import Odd
from duikou.snapshot.store import Snapshot

from . import outline_text
from .outline_drawn import annexes, charted, numbered
from .outline_filling import NTH, Filling, Piece, closed
from .outline_form import SLOT, Outline, Section, Sentence
from .outline_saying import instead, said, tidy
from .paper import Chart, Number, Paper, Paragraph, Spoken

HERE = Path(__file__).parent / "outlines"
NUMERALS = "一二三四五六七八九十"


class NoProject(LookupError):
    """A paper of one project, asked of a programme that has none, or not that one."""

    def __init__(self, number: int | None = None) -> None:
        odd = "这个项目方案还没有登记项目，写不成项目简介；先申报项目"
        super().__init__(odd if number is None else f"这个项目方案没有项目 {number}")


class BadOutline(ValueError):
    """A text that is no outline; carries what is odd."""

    def __init__(self, odd: tuple[Odd, ...]) -> None:
        self.odd = odd
        super().__init__("；".join(f"第 {o.line} 行：{o.found}；应为{o.expected}；{o.remedy}" for o in odd))


@cache
def outlines() -> dict[str, Outline]:
    """The outlines that come with the program, by code; those that use the words for outputs of the first one too."""
    texts = {path.stem: path.read_text("utf-8") for path in sorted(HERE.glob("*.txt"))}
    return {code: read(text, code) for code, text in texts.items()}


def read(text: str, code: str, edition: int = 0) -> Outline:
    """The outline of a text; BadOutline where a line of it is not understood. Without 产出写法 it has that of the 情况汇报."""
    found, odd = outline_text.parse(text, code, edition)
    if odd:
        raise BadOutline(odd)
    return found if found.yields or code == "situation" else replace(found, yields=outlines_yields())


def problems(text: str) -> tuple[Odd, ...]:
    """All that is odd in a text, with the lines."""
    return outline_text.parse(text)[1]


@cache
def outlines_yields() -> Any:
    """How what projects yield is said, where an outline does not say it."""
    return outline_text.parse((HERE / "situation.txt").read_text("utf-8"), "situation")[0].yields


def kept(code: str, programme: str) -> list[Kept]:
    """The editions that a programme keeps of an outline, the youngest first."""
    found = Programme.objects.filter(code=programme).first()
    return list(of(Kept, found).filter(code=code).order_by("-edition")) if found else []


def outline(code: str, programme: str = "", edition: int | None = None) -> Outline:
    """An outline as a programme uses it: its youngest edition, or the one named; 0 is the one that comes with the program.

    KeyError where there is no such outline or edition.
    """
    shipped = outlines()[code]
    if edition == 0 or not programme:
        return shipped
    editions = {row.edition: row for row in kept(code, programme)}
    if edition is None and not editions:
        return shipped
    row = editions[max(editions) if edition is None else edition]
    return read(row.text, code, row.edition)


def in_use(programme: str) -> dict[str, Outline]:
    """Every outline as a programme uses it, asked of the book at once."""
    rows = Kept.objects.filter(record__programme__code=programme).order_by("edition")
    youngest = {row.code: row for row in rows if row.code in outlines()}
    return outlines() | {code: read(row.text, code, row.edition) for code, row in youngest.items()}


def sheets_of(code: str, programme: str = "") -> list[str]:
    """The sheets an outline uses, in order."""
    return list(outline_text.sheets(outline(code, programme)))


def paper(
    snapshot: Snapshot, code: str, programme: str, period: str, edition: int | None = None, project: int | None = None
) -> Paper:
    """The paper of an outline for a programme and period; StopIteration where there is no such programme,
    NoProject where it has no project, or not that one."""
    return fill(outline(code, programme, edition), snapshot, programme, period, project)


def fill(form: Outline, snapshot: Snapshot, programme: str, period: str, project: int | None = None) -> Paper:
    """An outline filled from a snapshot; an outline of one project without a project named takes the first."""
    row = next(p for p in snapshot.rows["programmes"] if p["code"] == programme)
    about = _project(snapshot, programme, project) if form.scope else None
    if form.scope and about is None:
        raise NoProject(project)
    filling = Filling(snapshot, row, period, form.yields, about)
    made_at = datetime.fromisoformat(snapshot.at)
    asked = f"{form.code} {programme} {period} {snapshot.digest}"
    asked += f" {form.edition}" if form.edition else ""
    asked += f" {filling.project['number']}" if filling.project else ""
    return Paper(
        title=_words(form.title, filling, filling.in_title),
        office=f"{row['office']}负责人" if row["office"] else "承办单位负责人",
        day=filling.youngest or made_at.date(),
        salutation=_words(form.salutation, filling),
        body=numbered(_body(form, filling)),
        head=snapshot.head.short,
        head_full=snapshot.head.full,
        made_at=made_at,
        number=sha256(asked.encode()).hexdigest()[:8],
        annexes=annexes(form, filling),
    )


def names_in(snapshot: Snapshot) -> tuple[str, ...]:
    """Names that may hold numerals: organisations, plans, papers, open questions of the book."""
    named = [o["name"] for o in snapshot.rows["organisations"]]
    titled = [
        row["label"]
        for table in ("plans", "agreements", "measures", "policy_bases", "commitments")
        for row in snapshot.rows[table]
    ]
    asked = [row["title"] for row in snapshot.rows["findings"]]
    return tuple(closed(n) for n in [*named, *titled, *asked] if re.search(r"\d", n))


def numeral(number: int) -> str:
    """一 … 十, 十一 … 九十九."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{NUMERALS[tens - 1]}十") + (
        NUMERALS[ones - 1] if ones else ""
    )


def _project(snapshot: Snapshot, programme: str, number: int | None) -> Mapping[str, Any] | None:
    rows = (p for p in snapshot.rows["projects"] if p["programme"] == programme and p["kind"] == "project")
    return next((p for p in rows if number is None or p["number"] == number), None)


def _words(text: str, filling: Filling, own: Mapping[str, str] | None = None) -> str:
    """A title or salutation with its words, those of its own before the others."""
    return SLOT.sub(lambda slot: str((own or {}).get(slot[1]) or filling.words.get(slot[1], "")), text)


def _body(form: Outline, filling: Filling) -> Iterator[Paragraph]:
    """The chapters that have something to say, numbered as they are said; a part stands under its chapter."""
    chapters = parts = 0
    waiting: list[Paragraph] = []  # a chapter's heading whose own paragraphs say nothing yet
    for section in form.sections:
        paragraphs = list(_section(filling, section))
        if section.level == 1:
            waiting, parts = [], 0
        if not section.heading:
            yield from paragraphs
            continue
        if section.level == 1:
            waiting = [Paragraph((section.heading,), level=1)]
        elif paragraphs:
            parts += 1
            waiting.append(Paragraph((f"（{numeral(parts)}）{section.heading}",), level=2))
        if paragraphs:
            for heading in waiting:
                chapters += heading.level == 1
                numbered = f"{numeral(chapters)}、" if heading.level == 1 else ""
                yield replace(heading, pieces=(f"{numbered}{heading.pieces[0]}",))
            waiting = []
            yield from paragraphs


def _section(filling: Filling, section: Section) -> Iterator[Paragraph]:
    """The paragraphs of a section that have something to say; its points are counted as they are said, one is not."""
    found = list(_told(filling, section))
    points = sum(p.count(NTH) for _, parts in found for _, own in parts for p in own if isinstance(p, str))
    count = iter(range(1, points + 1)) if points > 1 else None
    for chart, parts in found:
        counted = [(line, [_counted(piece, count) for piece in _joined(own)]) for line, own in parts]
        yield replace(_paragraph(counted), chart=chart)


def _told(filling: Filling, section: Section) -> Iterator[tuple[Chart | None, list[tuple[int, list[Piece]]]]]:
    """The paragraphs of a section with their charts and sentences, the points not yet counted."""
    for paragraph in section.paragraphs:
        drawing = paragraph[-1].drawing
        chart = charted(filling, drawing) if drawing else None
        told = paragraph if chart or not drawing else paragraph[:-1]
        sentences = _leading(filling, [(sentence, said(filling, sentence)) for sentence in told])
        parts = [(sentence.line, pieces) for sentence, pieces in sentences]
        if any(pieces for _, pieces in parts):
            yield chart, parts


def _leading(filling: Filling, found: Sequence[tuple[Sentence, list[Piece]]]) -> Iterator[tuple[Sentence, list[Piece]]]:
    """The sentences, those that lead to nothing in their other wording; one that ends in ： leads to all that follows."""
    for at, (sentence, pieces) in enumerate(found):
        if sentence.lead:
            after = [(s.lead, p) for s, p in found[at + 1 :]]
            if sentence.text.endswith("："):
                after = [(lead, p) for lead, p in after if not lead]
            end = next((n for n, (lead, _) in enumerate(after) if lead), len(after))
            if not any(p for _, p in after[:end]):
                yield sentence, instead(filling, sentence, "none")
                continue
        yield sentence, pieces


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Neighbouring texts as one."""
    made: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, str) and made and isinstance(made[-1], str):
            made[-1] += piece
        else:
            made.append(piece)
    return made


def _counted(piece: Piece, count: Iterator[int] | None) -> Piece:
    """A piece with its point counted: 二是; the only point of a section bears no number."""
    if not isinstance(piece, str):
        return piece
    return re.sub(NTH, lambda _: numeral(next(count)), piece) if count else re.sub(f"{NTH}(?:是|、)?", "", piece)


def _paragraph(parts: list[tuple[int, list[Piece]]]) -> Paragraph:
    """A paragraph of its sentences, each known by its line."""
    pieces = tuple(tidy([piece for _, own in parts for piece in own]))
    spoken = tuple(
        Spoken(
            line, "".join(p.text if isinstance(p, Number) else p for p in own), sum(isinstance(p, Number) for p in own)
        )
        for line, own in parts
        if own
    )
    return Paragraph(pieces, spoken=spoken)
