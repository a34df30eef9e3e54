"""The words of the field: read from words.toml, asked for by code."""

import csv
import os
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Words:
    """One notion: its code in the program, 中文, English, meaning and source; its meaning as a sentence in 中文."""

    code: str
    zh: str
    en: str
    meaning: str = ""
    source: str = ""
    sentence: str = ""

    def __str__(self) -> str:
        return self.zh


@cache
def vocabulary() -> dict[str, dict[str, Words]]:
    """All words by list and code: {"unit": {"person": Words(...)}}."""
    lists = tomllib.loads((HERE / "words.toml").read_text("utf-8"))
    return {name: {code: Words(code, *entry) for code, entry in entries.items()} for name, entries in lists.items()}


def word(list_name: str, code: str) -> Words:
    """The word of a code; KeyError names both when the list has no such code."""
    try:
        return vocabulary()[list_name][code]
    except KeyError:
        raise KeyError(f"{list_name}.{code} 不在 terms/words.toml") from None


def zh(list_name: str, code: str) -> str:
    """中文 of a code; an empty code has no word."""
    return word(list_name, code).zh if code else ""


def code_of(list_name: str, said: str) -> str:
    """The code of a word as people write it (code, 中文 or English); ValueError names what may stand there."""
    for entry in vocabulary()[list_name].values():
        if said in (entry.code, entry.zh, entry.en):
            return entry.code
    known = "、".join(f"{e.code}（{e.zh}）" for e in vocabulary()[list_name].values())
    raise ValueError(f"“{said}”不在词表 {list_name}；可用：{known}")


@dataclass(frozen=True)
class Region:
    """An area with its GB/T 2260 code and the days between which the code was valid."""

    code: str
    name: str
    short: str
    en: str
    valid_from: date | None
    valid_until: date | None
    successor: str


@cache
def regions() -> dict[str, tuple[Region, ...]]:
    """All areas by code, those of the operator's list after ours; a code may have been given more than once in time."""
    ours, own = shipped(), operators_list()
    return ours | {code: rows for code, rows in (_areas(own) if own.exists() else {}).items() if code not in ours}


@cache
def shipped() -> dict[str, tuple[Region, ...]]:
    """The areas that the program brings itself; what stands here no list of an operator changes."""
    return _areas(HERE / "regions.csv")


def operators_list() -> Path:
    """Where the operator's own list of areas lies, beside the book; `duikou areas` writes it."""
    return Path(os.environ.get("DUIKOU_VAR", "var")).resolve() / "areas.csv"


def _areas(path: Path) -> dict[str, tuple[Region, ...]]:
    """The areas of a file of the columns code, name, short, en, valid_from, valid_until, successor."""
    found: dict[str, list[Region]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            begin, end = (date.fromisoformat(row[c]) if row[c] else None for c in ("valid_from", "valid_until"))
            region = Region(row["code"], row["name"], row["short"], row["en"], begin, end, row["successor"])
            found.setdefault(region.code, []).append(region)
    return {code: tuple(rows) for code, rows in found.items()}


def region(code: str, on: date | None = None) -> Region:
    """The area that bore this code on a day (today's bearer when no day is given); KeyError if none did."""
    for candidate in regions().get(code, ()):
        begun = candidate.valid_from is None or on is None or candidate.valid_from <= on
        ended = candidate.valid_until is not None and (on is None or candidate.valid_until < on)
        if begun and not ended:
            return candidate
    raise KeyError(f"区划代码 {code} 在 {on or '今天'} 不存在（GB/T 2260）")
