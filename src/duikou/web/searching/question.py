"""What is asked in a search: its words, and which of them may be the number of a record or an amount."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from unicodedata import category

from duikou.terms.words import vocabulary
from duikou.web.matching import fold

LONGEST = 60  # characters of a question
REFERENCE = re.compile(r"(?P<kind>\D*?)[-#]?(?P<number>\d{1,15})")
AMOUNT = re.compile(r"(?P<rest>.*?)(?P<number>\d{1,15}(?:\.\d+)?)(?:(?P<size>[万亿])元?|元)")
COMMA = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
SIZES = {None: 10**2, "万": 10**6, "亿": 10**10}  # in fen


@dataclass(frozen=True)
class Word:
    """One word of a question: folded; the record it may name (of some kinds, or any); the sum it may say, and the rest of it."""

    text: str
    number: int | None = None
    kinds: frozenset[str] = frozenset()
    fen: int | None = None
    rest: str = ""


@dataclass(frozen=True)
class Question:
    """What is asked: as it was typed, and word by word; no words where there is nothing to look for."""

    asked: str
    words: tuple[Word, ...]

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The words as they are compared."""
        return tuple(word.text for word in self.words)

    @cached_property
    def phrase(self) -> str:
        """All words in a row."""
        return " ".join(self.texts)

    @property
    def too_long(self) -> int:
        """How many characters were typed, where they are too many."""
        return len(self.asked) if len(self.asked) > LONGEST else 0


def question(typed: str) -> Question:
    """The question of what was typed; one that is too long asks nothing."""
    asked = " ".join("".join(c for c in typed if category(c)[0] != "C" or c.isspace()).split())
    return Question(asked, tuple(map(read, fold(asked).split())) if len(asked) <= LONGEST else ())


def read(text: str) -> Word:
    """A folded word with what it may mean: gift-112 and #112 a record, 490万 a sum, 拨付490万元 a sum beside a word."""
    if (named := REFERENCE.fullmatch(text)) and (not named["kind"] or named["kind"] in kinds_by_name()):
        return Word(text, number=int(named["number"]), kinds=kinds_by_name().get(named["kind"], frozenset()))
    said = AMOUNT.fullmatch(COMMA.sub("", text))
    fen = Decimal(said["number"]) * SIZES[said["size"]] if said else Decimal(0)
    return Word(text, fen=int(fen), rest=said["rest"]) if said and fen and fen == int(fen) else Word(text)


@cache
def kinds_by_name() -> Mapping[str, frozenset[str]]:
    """The kinds of record by code, 中文 and English, folded."""
    found: dict[str, set[str]] = {}
    for code, words in vocabulary()["record"].items():
        for name in (code, words.zh, words.en):
            found.setdefault(fold(name), set()).add(code)
    return {name: frozenset(kinds) for name, kinds in found.items()}
