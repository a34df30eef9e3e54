"""A sentence of an outline as it is said: its figures, records and conditions filled, in the wording that fits."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from duikou.statistics.figure import Figure

from . import yields
from .outline_filling import Filling, Piece, short
from .outline_form import CLAUSE, SLOT, Condition, Sentence
from .paper import Number

Values = Mapping[str, "Piece | list[Piece]"]
ENDS = "，、；"


def said(filling: Filling, sentence: Sentence) -> list[Piece]:
    """The pieces of a sentence, or of its other wording; nothing where there is nothing to say."""
    if not all(_holds(filling, condition) for condition in sentence.when):
        return instead(filling, sentence, "else") or (
            instead(filling, sentence, "none") if _unknown(filling, sentence) else []
        )
    if sentence.repeated:
        return _repeated(filling, sentence)
    values = _values(filling, sentence.text)
    if _lacking(sentence.text, values):
        return instead(filling, sentence, "none")
    if "hedged" in sentence.instead and any(_hedged(filling, slot) for slot in SLOT.findall(sentence.text)):
        return instead(filling, sentence, "hedged")
    pieces = _pieces(sentence.text, values)
    return pieces if any(isinstance(piece, Number) or piece.strip(f"{ENDS}。") for piece in pieces) else []


def number(found: Figure) -> Number:
    """A figure as it stands in a sentence, a year's quota without 每年."""
    return Number(found.text.removesuffix("/年"), found.tag, found.definition.name)


def tidy(pieces: Sequence[Piece]) -> list[Piece]:
    """Neighbouring texts as one, no mark left hanging before another or at the end."""
    joined: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, Number):
            joined.append(piece)
            continue
        before = joined.pop() if joined and isinstance(joined[-1], str) else ""
        assert isinstance(before, str)  # noqa: S101  asked a line above
        if before and before[-1] in ENDS and piece[:1] in (*ENDS, "。"):
            before = before[:-1]
        if text := before + (piece.lstrip(f"{ENDS}。") if not joined and not before else piece):
            joined.append(text)
    if joined and isinstance(joined[-1], str) and joined[-1][-1] in ENDS:
        joined[-1] = joined[-1][:-1] + "。"
    return joined


def instead(filling: Filling, sentence: Sentence, when: str) -> list[Piece]:
    """What is said instead of a sentence; nothing where it has no such wording."""
    other = sentence.instead.get(when)
    return said(filling, other) if other else []


def _values(filling: Filling, text: str, own: Values | None = None, period: str = "") -> dict[str, Piece | list[Piece]]:
    """What stands for each slot of a text that has something: figures, words, what projects yield."""
    found: dict[str, Piece | list[Piece]] = {}
    for slot in SLOT.findall(text):
        if own and slot in own:
            found[slot] = own[slot]
        elif slot.startswith("*"):
            found[slot] = _yielded(filling, slot[1:])
        elif slot in filling.words:
            found[slot] = filling.words[slot]
        elif "." in slot and not set(slot) & set(":;") and (figure := filling.figure(slot, (), period)):
            found[slot] = number(figure)
    return {slot: value for slot, value in found.items() if value}


def _lacking(text: str, values: Values) -> bool:
    """Whether a figure is missing that the sentence cannot do without; a column that says nothing is left blank."""
    needed = SLOT.findall(CLAUSE.sub("", text))
    return any(slot not in values for slot in needed if set(slot) & set(".*=:;") or slot in NEEDED)


NEEDED = ("figure", "project", "project_said", "project_started", "project_completed", "project_accepted")


def _pieces(text: str, values: Values) -> list[Piece]:
    """A text with its slots filled; a clause in brackets only where every slot of it has something."""
    text = CLAUSE.sub(lambda clause: clause[1] if all(s in values for s in SLOT.findall(clause[1])) else "", text)
    pieces: list[Piece] = []
    at = 0
    for slot in SLOT.finditer(text):
        value = values.get(slot[1], "")
        pieces += [text[at : slot.start()], *(value if isinstance(value, list) else [value])]
        at = slot.end()
    return [piece for piece in (*pieces, text[at:]) if piece != ""]


def _repeated(filling: Filling, sentence: Sentence) -> list[Piece]:
    """One turn for each record, member or year, joined; another wording where there are none, one or several."""
    turns = _once(pieces for pieces in _turns(filling, sentence) if pieces)
    if not turns or (sentence.several and len(turns) < 2):
        return instead(filling, sentence, "none")
    other = sentence.instead.get("one" if len(turns) == 1 else "several")
    if other:
        return said(filling, other)
    pieces = [piece for at, turn in enumerate(turns) for piece in ([sentence.join] if at else []) + turn]
    begin, end = (_pieces(part, _values(filling, part)) for part in (sentence.begin, sentence.end))
    if any(_lacking(part, _values(filling, part)) for part in (sentence.begin, sentence.end)):
        return instead(filling, sentence, "none")
    return [piece for piece in (*begin, *pieces, *end) if piece != ""]


def _once(turns: Iterable[list[Piece]]) -> list[list[Piece]]:
    """The turns without those that say again, without a number, what was said: who supports whom in several batches."""
    kept: list[list[Piece]] = []
    for turn in turns:
        if turn not in kept or any(isinstance(piece, Number) for piece in turn):
            kept.append(turn)
    return kept


def _turns(filling: Filling, sentence: Sentence) -> Iterator[list[Piece]]:
    if sentence.members:
        yield from _members(filling, sentence)
    elif sentence.years:
        for year in filling.years():
            yield _turn(filling, sentence, {"year_said": f"{year}年"}, year)
    elif sentence.each:
        for row in filling.records(sentence.each):
            own: dict[str, Piece] = {**filling.columns(row)}
            for slot in SLOT.findall(sentence.text):
                sheet, _, letter = slot.partition(";")
                if letter and (found := filling.figure(sheet, ((letter, row.get(_column(letter)) or ""),))):
                    own[slot] = number(found)
            yield _turn(filling, sentence, own)


def _turn(filling: Filling, sentence: Sentence, own: Values, period: str = "") -> list[Piece]:
    values = _values(filling, sentence.text, own, period)
    return [] if _lacking(sentence.text, values) else _pieces(sentence.text, values)


def _members(filling: Filling, sentence: Sentence) -> Iterator[list[Piece]]:
    """One turn for each member of a cut."""
    assert sentence.members  # noqa: S101  asked by the caller
    for name, found in filling.members(sentence.members):
        yield _turn(filling, sentence, {"member": name, "figure": number(found)})


def _column(letter: str) -> str:
    return {"g": "giver", "r": "receiver", "a": "region", "s": "sector"}[letter]


def _yielded(filling: Filling, of: str) -> list[Piece]:
    """What projects yield; by area: each area that yields something, where there are several."""
    of, _, by = of.partition("/")
    rows = filling.rows(of)
    groups = yields.present(filling.groups, of, rows)

    def clauses(cut: tuple[tuple[str, str], ...] = ()) -> list[Piece]:
        return yields.clauses(groups, of, lambda sheet: filling.figure(sheet, cut), lambda _, found: [number(found)])

    if not by:
        return clauses()
    named = [(short(code), clauses(((by, code),))) for code in yields.regions(rows)]
    having = [(name, found) for name, found in named if found]
    pieces = [p for at, (name, found) in enumerate(having) for p in (("；" if at else "") + name, *found)]
    return pieces if len(having) > 1 else []


def _hedged(filling: Filling, slot: str) -> bool:
    found = filling.figure(slot) if "." in slot and not set(slot) & set(":;=*") else None
    return bool(found and found.value and not found.value.exact)


def _holds(filling: Filling, condition: Condition) -> bool:
    """Whether a condition holds."""
    kind = condition.kind
    if kind in ("records", "no_records"):
        return bool(filling.rows(condition.of)) is (kind == "records")
    found = filling.figure(condition.of)
    if kind in ("has", "lacks"):
        return bool(found) is (kind == "has")
    if kind in ("exact", "hedged"):
        return bool(found) and _hedged(filling, condition.of) is (kind == "hedged")
    return _compared(filling, found, condition)


def _unknown(filling: Filling, sentence: Sentence) -> bool:
    """Whether a condition fails because nothing is known of its figure."""
    compared = [c for c in sentence.when if c.kind in ("equal", "less", "more", "exact", "hedged")]
    return any(filling.figure(condition.of) is None for condition in compared)


def _compared(filling: Filling, found: Figure | None, condition: Condition) -> bool:
    """Whether a figure stands to another, or to a number, as it should; what is not known exactly does not."""
    if found is None or found.value is None or not found.value.exact or found.value.low is None:
        return False
    if condition.than.isdecimal():
        other = int(condition.than)
    else:
        beside = filling.figure(condition.than)
        if beside is None or beside.value is None or not beside.value.exact or beside.value.low is None:
            return False
        other = beside.value.low
    return {"equal": found.value.low == other, "less": found.value.low < other, "more": found.value.low > other}[
        condition.kind
    ]
