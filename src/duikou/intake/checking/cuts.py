"""The cut of a statistic that words name: who gave, where, of which sort; and what figures at a cut are called."""

from collections.abc import Iterator
from dataclasses import dataclass

from duikou.statistics.definition import CUTS, Definition, definition
from duikou.statistics.figure import Figure
from duikou.terms.words import regions, vocabulary

from .book import Book, Cut
from .claims import Claim
from .meanings import data
from .names import Named

LISTS = {"s": "sector", "f": "source", "c": "channel", "u": "status"}
TALENTS = ("people.sent", "people.months", "people.posted", "people.hosted")


@dataclass(frozen=True)
class Asked:
    """A statistic at the cut that the words name; `foreign`: they name someone it knows nothing of."""

    sheet: str
    cut: Cut
    foreign: bool = False


def asked_of(claim: Claim, book: Book, codes: tuple[str, ...]) -> Iterator[Asked]:
    """Each statistic of a meaning at the cut named; those of the same meaning only where the first cannot be cut so."""
    first = _cut_of(claim, book, codes[0])
    yield first
    if first.foreign or not first.cut:
        for code in codes[1:]:
            found = _cut_of(claim, book, code)
            if found.cut and not found.foreign:
                yield found


def ranked(claim: Claim, *, giving: bool = False) -> list[Named]:
    """The names that may be meant, those at the number first, then the nearest before it; of gifts the sides' offices too."""
    close = [one for one in claim.close if not one.whole or (giving and one.office)]
    places = {(one.start, one.end) for one in close}
    rest = [one for one in claim.names if not one.whole and (one.start, one.end) not in places]
    before = sorted((one for one in rest if one.end <= claim.start), key=lambda one: -one.end)
    return [*sorted(close, key=lambda one: min(abs(claim.start - one.end), abs(one.start - claim.end))), *before]


def _cut_of(claim: Claim, book: Book, sheet: str) -> Asked:
    d = definition(sheet, book.snapshot)
    names = ranked(claim, giving=d.of == "gifts")
    parts = dict(_named_cuts(d, names, book)) | dict(_worded_cuts(d, claim))
    unplaced = bool(names) and not any(letter in "gra" for letter in parts)
    return Asked(sheet, tuple(parts.items()), unplaced or bool(claim.strangers) or _others_trained(claim, book, d))


def _others_trained(claim: Claim, book: Book, d: Definition) -> bool:
    """Whether those who were trained are said to be people of whom no course of the book tells."""
    if d.of != "trainings":
        return False
    said = [word for word in data()["trained"]["words"] if word in claim.near]
    told = [str(m.row.get(column) or "") for m in book.records(d.code) for column in ("label", "trains", "origin")]
    return any(not any(word in text for text in told) for word in said)


def _named_cuts(d: Definition, names: list[Named], book: Book) -> Iterator[tuple[str, str]]:
    """The organisations and areas named that the statistic is cut by."""
    for letter in "gr":
        if CUTS[letter] in d.by:
            members = {dict(f.identity.name.cut)[letter] for f in book.members(d.code, book.whole, letter)}
            if hit := next((code for one in names for code in sorted(one.organisations & members)), None):
                yield letter, hit
    if CUTS["a"] in d.by:
        within = (book.row["receiving"] or "-").rstrip("0")
        if hit := next((code for one in names for code in sorted(one.areas) if code.startswith(within)), None):
            yield "a", hit


def _worded_cuts(d: Definition, claim: Claim) -> Iterator[tuple[str, str]]:
    """The kinds and fields whose words stand at the number: 教师, 医生."""
    for letter in "tpscf":
        if CUTS[letter] not in d.by or d.code.startswith("outputs"):
            continue
        words = {_bare(word.zh): code for code, word in vocabulary().get(_list_of(letter, d.code), {}).items()}
        words |= data()["called"].get(letter, {}) if letter != "t" or d.code in TALENTS else {}
        if hits := [(len(word), code) for word, code in words.items() if word in claim.near]:
            yield letter, max(hits)[1]


def _bare(word: str) -> str:
    """A word of a list as it is said beside what it is of: 平台采购 of 采购."""
    return next((word.removesuffix(tail) for tail in ("采购", "培训", "类") if len(word.removesuffix(tail)) > 1), word)


def called(figure: Figure, book: Book) -> str:
    """What a figure is called: its name, its member, its time."""
    name = figure.identity.name
    parts = [figure.definition.name, *([member_name(book, figure)] if name.cut else [])]
    return f"{'·'.join(parts)}（{name.days.zh}）"


def member_name(book: Book, figure: Figure) -> str:
    """What the members of a cut are called."""
    cuts = figure.identity.name.cut
    names = {o["code"]: o["name"] for o in book.snapshot.rows["organisations"]}
    sheet = figure.identity.name.sheet
    return "、".join(names[c] if d in "gr" and c in names else _code_name(d, c, sheet) for d, c in cuts)


def _code_name(letter: str, code: str, sheet: str) -> str:
    if letter == "a" and code in regions():
        return regions()[code][-1].short
    words = vocabulary().get(_list_of(letter, sheet), {})
    return words[code].zh if code in words else code


def _list_of(letter: str, sheet: str) -> str:
    if letter in "tp":
        return "talent" if sheet in TALENTS else "output" if sheet.startswith("outputs") else "training"
    return LISTS.get(letter, "")
