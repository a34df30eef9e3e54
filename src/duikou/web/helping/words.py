"""Which words stand on which page: words of the field that readers ask about, each with its sentence; and its definitions."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from duikou.statistics.definition import Definition, sheets
from duikou.terms.words import Words, vocabulary
from duikou.web.addresses import in_chinese
from duikou.web.language import english, heading, named

IN_PROGRAMME = re.compile(r"/p/[\w-]+/(?:\d[^/]*/)?")
LISTS: dict[str, str | Promise] = {  # the lists whose words have a sentence, and what they tell apart
    "money": _("四类钱"), "state": _("钱走到哪一步"), "nature": _("一个数是怎样的数"), "tag": _("还没查清的数"),
    "standing": _("进不进合计"), "grade": _("依据是什么样的文件"), "document_state": _("撤下的文件"), "side": _("两方"),
    "gift": _("捐的是什么"), "status": _("来源说项目到了哪里"), "life": _("账上项目到了哪里"),
    "claim_state": _("付款申请到了哪里"), "finding_state": _("待核到了哪里"), "paper_state": _("文件到了哪里"),
    "definition_state": _("口径到了哪里"),
}  # fmt: skip
# how the address of a page begins → the lists, or words of them, that stand there; the subjects of its definitions
PAGES: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("funds/claims", ("claim_state", "state.ordered", "state.withheld", "state.spent"), ()),
    ("funds/contracts", ("claim_state", "state.withheld", "state.spent"), ()),
    ("funds/receipts", ("state.disbursed", "state.received", "side"), ()),
    ("funds/bank", ("state.disbursed", "state.received", "state.spent", "state.surrendered"), ()),
    ("funds", ("state", "standing", "side"), ("funds",)),
    ("projects", ("life", "status", "tag"), ("projects", "outputs")),
    ("people", ("nature", "side"), ("people",)),
    ("gifts", ("gift", "money.gift", "nature"), ("donations",)),
    ("industry", ("money.investment", "money.intent", "nature"), ("enterprises",)),
    ("cooperation", ("nature",), ("cooperation",)),
    ("exchanges", ("side",), ("programmes",)),
    ("plans", ("state.planned", "nature"), ("plans", "targets")),
    ("t/", ("nature", "tag", "standing"), ()),
    ("def/", ("definition_state", "nature"), ()),
    ("reports", ("paper_state", "nature"), ()),
    ("outlines", ("paper_state", "nature"), ()),
    ("d/", ("grade", "document_state"), ()),
    ("findings", ("finding_state", "tag"), ()),
    ("f/", ("nature", "tag", "grade", "standing"), ()),
    ("r/", ("grade", "standing", "tag", "nature"), ()),
    ("sheets", ("side", "nature.unreported", "tag"), ()),
    ("requests", ("side", "nature.unreported"), ()),
    ("network", ("side",), ()),
)
OVERVIEW = ("money", "state.secured", "state.disbursed", "state.received", "state.spent", "nature", "tag")


@dataclass(frozen=True)
class Told:
    """One word with its sentence, in the language of the page."""

    words: str
    sentence: str


@dataclass(frozen=True)
class Group:
    """The words of one list that a page tells of."""

    title: str
    words: tuple[Told, ...]


@dataclass(frozen=True)
class Reading:
    """A definition with its sentence, which is in Chinese, and where it stands."""

    code: str
    name: str
    why: str


def groups_at(path: str) -> list[Group]:
    """The words of the page at an address; none where it has no words of its own."""
    return list(_groups(_page(path)[0]))


def everything() -> list[Group]:
    """All words that have a sentence."""
    return list(_groups(tuple(LISTS)))


def readings_at(path: str) -> list[Reading]:
    """The definitions of the page at an address: that of a figure, or those of the page's subjects."""
    rest = _rest(path)
    if rest.startswith("f/"):
        first = rest.removeprefix("f/").partition(":")[0]
        return [_reading(d) for code, d in sheets().items() if code == first]
    subjects = _page(path)[1]
    return [_reading(d) for code, d in sheets().items() if code.partition(".")[0] in subjects]


def _rest(path: str) -> str:
    """An address without language, programme and period."""
    return IN_PROGRAMME.sub("", in_chinese(path), count=1).lstrip("/")


def _page(path: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Lists and subjects of the page at an address."""
    rest = _rest(path)
    if IN_PROGRAMME.fullmatch(in_chinese(path)):
        return OVERVIEW, ()
    return next(((lists, subjects) for begin, lists, subjects in PAGES if rest.startswith(begin)), ((), ()))


def _groups(lists: Sequence[str]) -> Iterator[Group]:
    """Lists, or single words written list.code, as groups in the order of LISTS."""
    for name, title in LISTS.items():
        entries = vocabulary()[name]
        chosen = [
            entry for code, entry in entries.items() if entry.sentence and (name in lists or f"{name}.{code}" in lists)
        ]
        if chosen:
            yield Group(str(title), tuple(_told(name, entry) for entry in chosen))


def _told(name: str, entry: Words) -> Told:
    """A word and its sentence."""
    said = f"{entry.meaning[:1].upper()}{entry.meaning[1:]}." if english() else entry.sentence
    return Told(heading(name, entry.code), said)


def _reading(d: Definition) -> Reading:
    return Reading(d.code, named(d), d.why)
