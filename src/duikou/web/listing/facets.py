"""Facets of a list: what its rows may be narrowed by, how many each choice leaves, the address of each choice."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar
from urllib.parse import urlencode

NONE = "none"  # in an address: nobody said
LONGEST = 60  # characters of a name that is looked for
MOST = 30  # choices that a facet shows
R = TypeVar("R")


@dataclass(frozen=True)
class Asked:
    """What the address asks: a choice in facets, words of a name, an order."""

    chosen: Mapping[str, str]
    words: str = ""
    by: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str], facets: Collection[str], columns: Collection[str]) -> "Asked":
        """The question of an address; what is no facet or column is left out."""
        chosen = {name: query[name] for name in facets if query.get(name)}
        by = query.get("sort", "")
        return cls(chosen, query.get("q", "").strip()[:LONGEST], by if by.removeprefix("-") in columns else "")

    def __bool__(self) -> bool:
        return bool(self.chosen or self.words)

    def address(self, **other: str) -> str:
        """The query of this question with something else; an empty value leaves a part out."""
        said = {**self.chosen, "q": self.words, "sort": self.by, **other}
        return "?" + urlencode({name: value for name, value in said.items() if value})


@dataclass(frozen=True)
class Choice:
    """A choice in a facet: its words, how many rows it leaves, whether it is chosen; its address takes or drops it."""

    words: str
    count: int
    chosen: bool
    href: str


@dataclass(frozen=True)
class Facet:
    """A facet with its choices; `more`: how many rarer ones it leaves to the search."""

    code: str
    title: str
    choices: tuple[Choice, ...]
    more: int = 0

    @property
    def taken(self) -> str:
        """The words of what is chosen in it."""
        return next((choice.words for choice in self.choices if choice.chosen), "")


@dataclass(frozen=True)
class By(Generic[R]):
    """What rows may be narrowed by: code, title, the code a row has in it, a code in words, known codes in their order."""

    code: str
    title: str
    of: Callable[[R], str]
    words: Callable[[str], str]
    order: Mapping[str, int] = field(default_factory=dict)

    def place(self, code: str) -> tuple[int, str]:
        """Where a choice stands: known codes in their order, others by code, what nobody said last."""
        if code == NONE:
            return len(self.order) + 1, code
        return self.order.get(code, len(self.order)), code


def narrowed(
    rows: Iterable[R], asked: Asked, facets: Sequence[By[R]], named: Callable[[R, str], bool]
) -> tuple[list[R], list[Facet]]:
    """The rows that a question leaves, and the facets: each counts what it would leave beside the others."""
    kept = [row for row in rows if named(row, asked.words)] if asked.words else list(rows)
    wanted = [(by, code) for by in facets if (code := asked.chosen.get(by.code))]
    left: list[R] = []
    near: dict[str, list[R]] = {by.code: [] for by, _ in wanted}  # rows that only this choice leaves out
    for row in kept:
        odd = [by.code for by, code in wanted if by.of(row) != ("" if code == NONE else code)]
        if not odd:
            left.append(row)
        elif len(odd) == 1:
            near[odd[0]].append(row)
    counted = ((by, Counter(map(by.of, [*left, *near.get(by.code, ())]))) for by in facets)
    return left, [facet for by, counts in counted if (facet := _facet(by, counts, asked)).choices]


def _facet(by: By[R], counts: Mapping[str, int], asked: Asked) -> Facet:
    """A facet; one that leaves no choice has none."""
    chosen = asked.chosen.get(by.code, "")
    codes = {code or NONE for code in counts} | ({chosen} if chosen else set())
    if len(codes) < 2 and not chosen:
        return Facet(by.code, by.title, ())
    count = {code: counts.get("" if code == NONE else code, 0) for code in codes}
    shown = {*sorted(codes, key=lambda code: (-count[code], code))[:MOST], *filter(None, [chosen])}
    return Facet(
        by.code, by.title, tuple(
            Choice(by.words(code), count[code], code == chosen, asked.address(**{by.code: "" if code == chosen else code}))
            for code in sorted(shown, key=by.place)
        ), len(codes) - len(shown),
    )  # fmt: skip
