"""The facets of 项目清单: what rows may be narrowed by, how many each choice leaves, the address of each choice."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from duikou.terms.words import vocabulary
from duikou.web.language import area_name, say

from .rows import COLUMNS, Row

NONE = "none"  # in an address: nobody said
LONGEST = 60  # characters of a name that is looked for
FACETS = {  # column of a row: the list of terms that says its codes
    "region": "", "sector": "sector", "status": "status", "late": "", "stage": "life", "scope": "scope",
    "delivery": "delivery", "fixed": "applies", "timing": "timing", "level": "project_level",
}  # fmt: skip
FIRST = ("region", "sector", "status", "late")  # those that always stand above the list


@dataclass(frozen=True)
class Asked:
    """What the address asks: a choice in facets, words of a name, an order."""

    chosen: Mapping[str, str]
    words: str = ""
    by: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Asked":
        """The question of an address; what is no facet or column is left out."""
        chosen = {name: query[name] for name in FACETS if query.get(name)}
        by = query.get("sort", "")
        return cls(chosen, query.get("q", "").strip()[:LONGEST], by if by.removeprefix("-") in COLUMNS else "")

    def __bool__(self) -> bool:
        return bool(self.chosen or self.words)

    def address(self, **other: str) -> str:
        """The query of this question with something else; an empty value leaves a part out."""
        said = {**self.chosen, "q": self.words, "sort": self.by, **other}
        return "?" + urlencode({name: value for name, value in said.items() if value})


@dataclass(frozen=True)
class Choice:
    """A choice in a facet: its words, how many projects it leaves, whether it is chosen; its address takes or drops it."""

    words: str
    count: int
    chosen: bool
    href: str


@dataclass(frozen=True)
class Facet:
    """A facet with its choices."""

    code: str
    title: str
    choices: tuple[Choice, ...]

    @property
    def taken(self) -> str:
        """The words of what is chosen in it."""
        return next((choice.words for choice in self.choices if choice.chosen), "")


def narrowed(rows: Iterable[Row], asked: Asked) -> tuple[list[Row], list[Facet]]:
    """The rows that a question leaves, and the facets: each counts what it would leave beside the others."""
    named = [row for row in rows if _named(row, asked.words)] if asked.words else list(rows)
    wanted = [(name, "" if code == NONE else code) for name, code in asked.chosen.items()]
    left: list[Row] = []
    near: dict[str, list[Row]] = {name: [] for name in asked.chosen}  # rows that only this choice leaves out
    for row in named:
        odd = [name for name, code in wanted if getattr(row, name) != code]
        if not odd:
            left.append(row)
        elif len(odd) == 1:
            near[odd[0]].append(row)
    counts = {name: Counter(map(attrgetter(name), [*left, *near.get(name, ())])) for name in FACETS}
    return left, [facet for name in FACETS if (facet := _facet(name, counts[name], asked)).choices]


def _named(row: Row, words: str) -> bool:
    """Whether words stand in the name or the code of a project."""
    return words.casefold() in row.name.casefold() or words.casefold() in row.code.casefold()


def _facet(name: str, counts: Mapping[str, int], asked: Asked) -> Facet:
    """A facet; one that leaves no choice has none."""
    chosen = asked.chosen.get(name, "")
    codes = {code or NONE for code in counts} | ({chosen} if chosen else set())
    if len(codes) < 2 and not chosen:
        return Facet(name, title_of(name), ())
    return Facet(
        name, title_of(name), tuple(
            Choice(words_of(name, code), counts.get("" if code == NONE else code, 0), code == chosen,
                   asked.address(**{name: "" if code == chosen else code}))
            for code in sorted(codes, key=lambda code: _place(name, code))
        ),
    )  # fmt: skip


def _place(name: str, code: str) -> tuple[int, str]:
    """The order of terms; areas by code; what nobody said comes last."""
    codes = list(vocabulary()[FACETS[name]]) if FACETS[name] else ["late", "due"] if name == "late" else []
    return (len(codes) + 1 if code == NONE else codes.index(code) if code in codes else len(codes), code)


def title_of(name: str) -> str:
    """What a facet is called."""
    own = {
        "region": _("地区"), "sector": _("领域"), "status": _("状态"), "late": _("期限"), "stage": _("阶段"), "scope": _("计划内外"),
        "delivery": _("建设方式"), "fixed": _("资产"), "timing": _("新建续建"), "level": _("层级"),
    }  # fmt: skip
    return own[name]


def words_of(name: str, code: str) -> str:
    """A choice in words; a code that is none as it stands."""
    if code == NONE:
        return _("未定") if name == "late" else _("未报")
    if name == "late":
        return {"late": _("逾期"), "due": _("未到期")}.get(code, code)
    if name == "region":
        return area_name(code) or code
    known = code in vocabulary()[FACETS[name]]
    return say(FACETS[name], code) if known else code
