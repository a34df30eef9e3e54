"""The names of the book that stand in a text: organisations and areas, the longest name first."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from duikou.snapshot.store import Snapshot
from duikou.terms.words import region, regions

LEAST = 2  # characters of a name that is looked for in running text
_INVENTED = re.compile(r"^（[^）]{1,4}）")


@dataclass(frozen=True)
class Named:
    """A name where it stands: the organisations and areas it may mean; `whole`: one of the two sides itself."""

    words: str
    start: int
    end: int
    organisations: frozenset[str] = frozenset()
    areas: frozenset[str] = frozenset()
    whole: bool = False

    @property
    def office(self) -> bool:
        """Whether it is an office by its name, which may give something itself even where it stands for a side."""
        return self.words.endswith("政府")


@dataclass(frozen=True)
class Directory:
    """What a programme's book calls its organisations and areas."""

    organisations: dict[str, frozenset[str]]
    areas: dict[str, frozenset[str]]
    sides: dict[str, str]
    pattern: re.Pattern[str] = field(repr=False)

    def __hash__(self) -> int:
        return id(self)

    def knows(self, words: str) -> bool:
        """Whether words are a name of the book."""
        return words in self.organisations or words in self.areas or words in self.sides

    def masked(self, text: str) -> str:
        """A text with the names of the two sides as 支 and 受, every character in its place."""
        return self.pattern.sub(
            lambda hit: (self.sides[hit[0]] * len(hit[0])) if hit[0] in self.sides else hit[0], text
        )

    def named(self, text: str, first: int, last: int) -> Iterator[Named]:
        """The names in a stretch of a text, from left to right."""
        for hit in self.pattern.finditer(text, first, last):
            name = hit[0]
            yield Named(
                name, hit.start(), hit.end(), self.organisations.get(name, frozenset()),
                self.areas.get(name, frozenset()), name in self.sides,
            )  # fmt: skip


@lru_cache(maxsize=16)
def directory(snapshot: Snapshot, programme: str) -> Directory:
    """The names that a programme's papers may use."""
    row = next(p for p in snapshot.rows["programmes"] if p["code"] == programme)
    marks = {row[side]: mark for side, mark in (("supporting", "支"), ("receiving", "受")) if row[side]}
    areas, sides = _areas(marks)
    organisations: dict[str, set[str]] = {}
    cities = sorted({name for name, mark in sides.items() if mark == "支"}, key=len, reverse=True)
    for one in snapshot.rows["organisations"]:
        for name in _called(one["name"], one["short"], cities):
            organisations.setdefault(name, set()).add(one["code"])
            if one["region"] in marks and one["type"] == "government":
                sides[name] = marks[one["region"]]
    names = sorted({*organisations, *areas, *sides}, key=lambda name: (-len(name), name))
    pattern = re.compile("|".join(map(re.escape, names)) or "(?!)")
    return Directory(_frozen(organisations), _frozen(areas), sides, pattern)


def _called(name: str, short: str, cities: list[str]) -> set[str]:
    """What an organisation may be called: its names, without its city, a firm without 有限."""
    found = {name, short, _bare(name), *_of_city(_bare(name), cities)}
    found |= {f"{short}公司"} if short and name.endswith("公司") else set()
    found |= {one.replace("有限公司", "公司") for one in found}
    return {one for one in found if len(one) >= LEAST}


def _of_city(name: str, cities: list[str]) -> set[str]:
    """The name as it is said at home: 望澜市教育局 is 市教育局 there, 望澜海晟食品公司 海晟食品公司."""
    city = next((city for city in cities if name.startswith(city)), "")
    stem = next((city[:-1] for city in cities if len(city) > LEAST and name.startswith(city[:-1])), "")
    if city and len(name) > len(city) + 2 and city.endswith(("省", "市", "州", "区")):
        return {f"{city[-1]}{name.removeprefix(city)}"}
    rest = name.removeprefix(stem)
    return {rest} if stem and name.endswith("公司") and len(rest) > 5 else set()


def _areas(marks: dict[str, str]) -> tuple[dict[str, set[str]], dict[str, str]]:
    """Every area within the two sides by its names, and the names of the sides and of what lies above them."""
    found: dict[str, set[str]] = {}
    sides: dict[str, str] = {}
    for code, rows in regions().items():
        if any(code.startswith(side.rstrip("0")) for side in marks):
            for row in rows:
                for name in {row.name, row.short, _bare(row.name)}:
                    if len(name) >= LEAST:
                        found.setdefault(name, set()).add(code)
                        if code in marks:
                            sides[name] = marks[code]
    for side, mark in marks.items():
        above = [code for code in (f"{side[:2]}0000", f"{side[:4]}00") if code in regions()]
        names = {name for code in above for name in (region(code).name, region(code).short, _bare(region(code).name))}
        names.add("".join(region(code).name for code in dict.fromkeys([*above, side])))
        sides |= {name: mark for name in names if len(name) >= LEAST}
    return found, sides


def _bare(name: str) -> str:
    """A name without the word that says it is invented."""
    return _INVENTED.sub("", name)


def _frozen(names: dict[str, set[str]]) -> dict[str, frozenset[str]]:
    return {name: frozenset(codes) for name, codes in names.items()}
