"""What the book says of a claim: figures and records at the same identity, and those that differ from it in one aspect."""

import re
from collections.abc import Iterator
from dataclasses import replace

from duikou.rules.period import Period
from duikou.statistics.definition import CUTS, sheets
from duikou.statistics.figure import Figure
from duikou.terms.words import zh

from .book import Book, Cut, in_months
from .claims import Claim
from .cuts import Asked, asked_of, called, member_name
from .meanings import SENSES, near_to
from .records import project_answers, record_answers
from .verdict import Answer, Aspect

BASES = {  # on what a number rests in the words that may say so
    "actual": ("actual", "arranged"), "expected": ("expected", "planned"), "planned": ("planned", "expected", "arranged"),
    "intended": ("intended", "planned", "actual"), "quota": ("quota", "planned"), "arranged": ("arranged", "planned"),
}  # fmt: skip
PER_THING = ("每县", "每户", "户均", "人均", "县均", "村均", "每人", "每村")


def same(claim: Claim, book: Book) -> Iterator[Answer]:
    """What the book says at the claim's own identity: of the record it names, else of the figure."""
    if own := list(project_answers(claim, book)):
        yield from own
        return
    if claim.per in PER_THING:
        return
    for one in claim.meant:
        found = [] if claim.total else list(record_answers(claim, book, one.meaning.sheet, times(claim, book)))
        for asked in asked_of(claim, book, one.meaning.sheets):
            if (asked.foreign and not _only(found, book, asked)) or not _rests(claim, asked.sheet):
                continue
            if claim.listed and not asked.cut and not one.near:
                continue  # 其中…: a part of the figure, of which the words do not say which
            for days in times(claim, book):
                if figure := book.figure(asked.sheet, days, asked.cut):
                    yield answer_of(figure, claim, book)
        yield from found


def others(claim: Claim, book: Book) -> Iterator[Answer]:
    """What differs in exactly one aspect: the time, the cut, what it rests on, the state, the side, the definition."""
    if claim.per in PER_THING:
        return
    own = times(claim, book)
    for one in claim.meant:
        for asked in asked_of(claim, book, one.meaning.sheets):
            if not _rests(claim, asked.sheet):
                by = None if asked.foreign else asked.cut
                yield from [] if by is None else _at(claim, book, asked.sheet, by, own, "state", _basis(asked.sheet))
            elif asked.foreign:
                yield from _at(claim, book, asked.sheet, (), own, "scope", "全部")
                yield from _members(claim, book, asked, own)
            else:
                yield from _other_times(claim, book, asked, own)
                yield from _at(claim, book, asked.sheet, (), own, "scope", "全部") if asked.cut else []
                yield from _members(claim, book, asked, own)
                yield from _other_sheets(claim, book, asked, own)


def _other_times(claim: Claim, book: Book, asked: Asked, own: tuple[Period, ...]) -> Iterator[Answer]:
    """The same figure of the whole programme, of each of its years, of the paper's own time."""
    for days in dict.fromkeys((book.whole, *book.years, *book.own)):
        if days not in own:
            yield from _at(claim, book, asked.sheet, asked.cut, (days,), "date", days.zh)


def _other_sheets(claim: Claim, book: Book, asked: Asked, own: tuple[Period, ...]) -> Iterator[Answer]:
    """The same in another reading, then another state, side or definition at the same cut and time."""
    for days in own:
        for figure in book.readings(asked.sheet, days, asked.cut):
            yield answer_of(figure, claim, book, "definition", f"口径 {figure.identity.name.sheet}")
    for sheet, aspect in near_to(asked.sheet):
        d = sheets()[sheet]
        if all(CUTS[letter] in d.by for letter, _ in asked.cut) and SENSES.get(d.sense, d.unit) == claim.unit:
            yield from _at(claim, book, sheet, asked.cut, own, _aspect(aspect), d.name)


def _aspect(said: str) -> Aspect:
    found: Aspect = "side" if said == "side" else "definition" if said == "definition" else "state"
    return found


def _at(
    claim: Claim, book: Book, sheet: str, by: Cut, days: tuple[Period, ...], aspect: Aspect, other: str
) -> Iterator[Answer]:
    """A figure at several times, as one that differs in an aspect."""
    for one in days:
        if figure := book.figure(sheet, one, by):
            yield answer_of(figure, claim, book, aspect, other)


def _members(claim: Claim, book: Book, asked: Asked, own: tuple[Period, ...]) -> Iterator[Answer]:
    """Other members of the cut, or those of the whole."""
    letters = [letter for letter, _ in asked.cut] or [
        letter for letter in "gat" if CUTS[letter] in sheets()[asked.sheet].by
    ]
    for letter in letters[:2]:
        for days in own:
            for figure in book.members(asked.sheet, days, letter):
                if figure.identity.name.cut != asked.cut:
                    yield answer_of(figure, claim, book, "scope", member_name(book, figure))


def times(claim: Claim, book: Book) -> tuple[Period, ...]:
    """The times that a claim may speak of: what its sentence says; else the paper's own, and one said before."""
    if claim.said and claim.until:
        return tuple(dict.fromkeys(in_months(Period(min(p.first, claim.said.last), claim.said.last)) for p in book.own))
    if claim.said:
        return (claim.said if claim.said.day_known else in_months(claim.said),)
    heard = (in_months(claim.heard),) if claim.heard else ()
    return tuple(dict.fromkeys([*book.own, *heard]))


def _rests(claim: Claim, sheet: str) -> bool:
    """Whether the words say that the number rests on what the statistic rests on; a row of a table leaves it to a column."""
    return "\t" in claim.raw or claim.basis in BASES.get(sheets()[sheet].basis, ("actual",))


def _basis(sheet: str) -> str:
    d = sheets()[sheet]
    return f"{d.name}（{zh('basis', d.basis)}）"


def answer_of(figure: Figure, claim: Claim, book: Book, aspect: Aspect = "", other: str = "") -> Answer:
    """A figure as an answer, in the unit that the draft counts in."""
    value = figure.value
    if value is None:
        raise ValueError(f"{figure.name} 没有数")
    value = replace(value, unit=claim.quantity.unit) if claim.quantity else value
    return Answer(value, figure.text.removesuffix("/年"), called(figure, book), figure.tag, None, aspect, other)


def strong(claim: Claim, book: Book) -> bool:
    """Whether the words name one thing of the book: at the number itself, or by the member of a cut or a project."""
    if re.search("先后|分别|各", claim.part):
        return False
    if any(one.near for one in claim.meant) or any(True for _ in project_answers(claim, book)):
        return True
    return any(
        asked.cut and not asked.foreign for one in claim.meant for asked in asked_of(claim, book, one.meaning.sheets)
    )


def _only(found: list[Answer], book: Book, asked: Asked) -> bool:
    """Whether the records that the words name are all that the figure is made of."""
    return bool(found) and len(found) == len({m.number for m in book.records(asked.sheet)})
