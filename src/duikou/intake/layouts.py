"""The sheets that counties keep: which column says which field of which kind of record, by the words over it."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any
from unicodedata import normalize

from duikou.rules.kinds import FEN, UNITS
from duikou.rules.reading import UNIT_WORDS
from duikou.terms.words import vocabulary

FOLDER = Path(__file__).parent / "sheets"
_OF_YEAR = re.compile(r"^(?:截[至止])?20\d\d年度?(?:\d{1,2}月[底末份]?)?")
_SCALE = re.compile(r"(?:十万|百万|千万|百|千|万|亿)(?=.)")
COUNTED = {word for words in UNIT_WORDS.values() for word in words}
_FOREIGN = re.compile(r"[^0-9()]{1,4}[元币镑]|.{0,2}(?:美金|USD|EUR|HKD)")
_UNIT = re.compile(r"(?:^|[\s(,;、]|计量|货币|金额)单位:\s*([^\s;)]+)")
_BRACKET = re.compile(r"[(（\[【〔]([^)）\]】〕]*)[)）\]】〕]")


@dataclass(frozen=True)
class Column:
    """A column: the field it says (of a list: party.host, list.field), the words that may stand over it, its unit."""

    field: str
    words: tuple[str, ...]
    unit: str = ""

    @property
    def title(self) -> str:
        """The words that we write over it."""
        return self.words[0]


@dataclass(frozen=True)
class Layout:
    """A sheet: its code, name and table (T11), the kind that a row is, columns, and what every row says without a cell.

    `same` are the fields by which a row is known again; `must` those without which a sheet is not this one; `values` what
    offices write for words of the terms, by field: 现金 is cash.
    """

    code: str
    name: str
    kind: str
    columns: tuple[Column, ...]
    form: str = ""
    same: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    says: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    sent: Mapping[str, Any] = field(default_factory=dict)  # what a form that we send out asks: see intake/forms
    means: Mapping[str, str] = field(default_factory=dict)

    def column(self, name: str) -> Column | None:
        """The column of a field."""
        return next((column for column in self.columns if column.field == name), None)

    def over(self, heading: str) -> Column | None:
        """The column that a heading names, in just these words; what stands in brackets may be left out where one is meant."""
        whole = self._named.get(_whole(heading), [])
        named = whole or self._named.get(plain(heading), [])
        return named[0] if len(named) == 1 else None

    @cached_property
    def _named(self) -> Mapping[str, list[Column]]:
        """The columns by their words, with and without what stands in brackets."""
        found: dict[str, list[Column]] = {}
        for one in self.columns:
            for word in {form(word) for word in one.words for form in (_whole, plain)}:
                found.setdefault(word, []).append(one)
        return found

    def mapped(self, headings: Mapping[str, str]) -> "Layout":
        """The same sheet for an office that has other words over its columns: heading → field, empty for none."""
        more = {name: tuple(h for h, f in headings.items() if f == name) for name in headings.values() if name}
        columns = [replace(one, words=(*one.words, *more.pop(one.field, ()))) for one in self.columns]
        new = (Column(name, words, unit_of(self.kind, name)) for name, words in more.items())
        return replace(self, columns=(*columns, *new))


@lru_cache(4096)
def plain(heading: str) -> str:
    """A heading as it is compared: without what is in brackets, the year it is of, blanks, marks and the width of characters."""
    return _bare(_BRACKET.sub("", normalize("NFKC", heading)))


@lru_cache(4096)
def _whole(heading: str) -> str:
    """The same with what is in brackets, but for units: 集体收入（后）（万元）."""
    return _bare(_BRACKET.sub(lambda found: "" if units_in(found[0]) else found[0], normalize("NFKC", heading)))


def _bare(text: str) -> str:
    bare = "".join(c for c in text if c.isalnum()).casefold()
    return _OF_YEAR.sub("", bare) or bare


def units_in(heading: str) -> list[str]:
    """The units that a heading or a line over the table names in brackets or after 单位: 万元, 元, 人次, 万人, also 美元."""
    text = normalize("NFKC", heading)
    said = [part for found in (*_BRACKET.findall(text), *_UNIT.findall(text)) for part in re.split("[、,/]", found)]
    bare = (part.strip().removeprefix("单位:").strip().removeprefix("人民币") for part in said)
    return [word for word in bare if is_money(word) or word in ("%", "‰") or counted(word) in COUNTED]


@lru_cache(4096)
def unit_in(heading: str) -> str:
    """The first unit that a heading names; nothing where it names none."""
    return next(iter(units_in(heading)), "")


def counted(unit: str) -> str:
    """A unit without its scale: 人 of 万人."""
    return _SCALE.sub("", unit, count=1) if _SCALE.match(unit) else unit


def is_money(unit: str) -> bool:
    """Whether a unit is one of money, of whatever country: 元, 千元, 万, 美元."""
    return unit in ("万", "亿") or counted(unit) == "元" or is_foreign(unit)


def is_foreign(unit: str) -> bool:
    """Whether a unit is of a money that the book does not keep."""
    return counted(unit) != "元" and bool(_FOREIGN.fullmatch(unit))


@cache
def layouts() -> Mapping[str, Layout]:
    """The sheets that are known without being told, by their codes."""
    found = (_read(path) for path in sorted(FOLDER.glob("*.toml"), key=_number))
    return {layout.code: layout for layout in found}


def _number(path: Path) -> int:
    """The number of a table: 10 of t10_pairings."""
    return int(path.stem.partition("_")[0][1:])


def _read(path: Path) -> Layout:
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    kind, units = said["kind"], said.get("units", {})
    columns = tuple(
        Column(name, tuple(dict.fromkeys((*words, field_words(kind, name)))), units.get(name, unit_of(kind, name)))
        for name, words in said["columns"].items()
    )
    return Layout(
        path.stem, said["name"], kind, columns, said.get("form", ""), tuple(said.get("same", ())),
        tuple(said.get("must", ())), said.get("says", {}),
        {name: {word: code for code, words in of.items() for word in words} for name, of in said.get("values", {}).items()},
        said.get("sent", {}), said.get("means", {}),
    )  # fmt: skip


def field_words(kind: str, name: str) -> str:
    """What a field is called on pages and forms."""
    if "." in name:
        listed, _, role = name.partition(".")
        return vocabulary()[listed][role].zh
    words = vocabulary()["field"]
    return words[f"{kind}_{name}" if f"{kind}_{name}" in words else name].zh


def unit_of(kind: str, name: str) -> str:
    """The unit of a bare number in a field: money in 万元, as everywhere; others in the unit they are kept in."""
    if UNITS.get(name) == "fen" or name in FEN.get(kind, ()):
        return "万元"
    return vocabulary()["unit"][UNITS[name]].zh if name in UNITS else ""
