"""The ways from what was read to records of the book, and the lists of words, as the sheet proposing.toml says them."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from .proposing_said import Scene
from .prose.candidate import Candidate

SHEET = Path(__file__).with_name("proposing.toml")
NARROW = ("plan", "principle")  # lists whose words stand in the very words that were read
WIDE = ("built",)  # lists whose words may stand anywhere in the sentence


@dataclass(frozen=True)
class Way:
    """How a kind of the reader becomes a record of the book (proposing.toml)."""

    record: str = ""
    why: str = ""
    numbers: Mapping[str, str] = field(default_factory=dict)
    set: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    says: Sequence[str] = ()
    giver: str = ""
    receiver: str = ""
    basis: str = ""
    part_of: str = ""
    as_part: str = ""
    total: bool = False


@cache
def ways() -> tuple[Mapping[str, Way], Mapping[str, Mapping[str, re.Pattern[str]]]]:
    """The ways from what was read to records, and the lists of words, as the sheet beside this module says them."""
    data = tomllib.loads(SHEET.read_text("utf-8"))
    words = {name: {code: re.compile(p) for code, p in entry.items()} for name, entry in data.pop("words").items()}
    return {kind: Way(**entry) for kind, entry in data.items()}, words


def way_of(c: Candidate) -> Way:
    """The way that a candidate goes: a quota is a class, a project that is named is no count."""
    known, _ = ways()
    kind = c.kind
    if kind == "students" and (c.basis == "quota" or c.per or (c.quantity is None and "班" in c.text)):
        kind = "study_class"
    elif kind == "project_count" and c.quantity is None:
        kind = "project"
    elif kind == "investment" and c.basis == "intended":
        kind = "agreement_amount"
    elif kind in ("other", "training") and c.quantity is None:
        kind = told_as(c, kind)
    return known.get(kind, known["other"])


def told_as(c: Candidate, kind: str) -> str:
    """What is told without a number, by its words: a plan, a rule, a promise; what was read where none speak."""
    words = ways()[1]["other"]
    found = next((code for code, pattern in words.items() if pattern.search(c.text)), kind)
    return "commitment" if found == "other" and c.basis in ("planned", "expected") else found


def field_of(c: Candidate, way: Way, *, part: bool = False) -> str:
    """The field that a candidate's number fills."""
    unit = c.quantity.unit if c.quantity else ""
    if part and way.as_part:
        return way.as_part
    others = way.numbers.get("*", "") if unit and unit != "fen" else ""  # things have no yuan
    return way.numbers.get(unit, others)


def word_of(list_name: str, scene: Scene) -> str:
    """The code of a list whose words stand nearest; the one without words where none does."""
    patterns = ways()[1][list_name]
    own, near = (scene.candidate.text,), scene.scopes[:2]
    for scope in own if list_name in NARROW else scene.scopes if list_name in WIDE else near:
        for code, pattern in patterns.items():
            if pattern.pattern and pattern.search(scope):
                return code
    return next((code for code, pattern in patterns.items() if not pattern.pattern), "")
