"""The facets of 项目清单: what projects may be narrowed by, in words."""

from collections.abc import Iterable, Mapping
from operator import attrgetter

from django.utils.translation import gettext as _

from duikou.terms.words import vocabulary
from duikou.web.language import area_name, say
from duikou.web.listing import facets
from duikou.web.listing.facets import NONE, Asked, By, Facet

from .rows import COLUMNS, Row

FACETS = {  # column of a row: the list of terms that says its codes
    "region": "", "sector": "sector", "status": "status", "late": "", "stage": "life", "scope": "scope",
    "delivery": "delivery", "fixed": "applies", "timing": "timing", "level": "project_level",
}  # fmt: skip
FIRST = ("region", "sector", "status", "late")  # those that always stand above the list


def asked_of(query: Mapping[str, str]) -> Asked:
    """The question of an address."""
    return Asked.of(query, FACETS, COLUMNS)


def narrowed(rows: Iterable[Row], asked: Asked) -> tuple[list[Row], list[Facet]]:
    """The rows that a question leaves, and the facets."""
    return facets.narrowed(rows, asked, [_by(name) for name in FACETS], _named)


def _named(row: Row, words: str) -> bool:
    """Whether words stand in the name or the code of a project."""
    return words.casefold() in row.name.casefold() or words.casefold() in row.code.casefold()


def _by(name: str) -> By[Row]:
    """A facet: the order of terms; areas by code."""
    codes = list(vocabulary()[FACETS[name]]) if FACETS[name] else ["late", "due"] if name == "late" else []
    order = {code: place for place, code in enumerate(codes)}
    return By(name, title_of(name), attrgetter(name), lambda code: words_of(name, code), order)


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
