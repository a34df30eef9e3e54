"""The pages of a programme by what they are called in both languages, each as far as its own door lets one in."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.http import Http404, HttpRequest
from django.urls import Resolver404, resolve, reverse

from duikou.terms.words import word
from duikou.web.addresses import root
from duikou.web.doors import can, seen
from duikou.web.frame import Frame
from duikou.web.kinds.sections import ACTS, OF_KIND
from duikou.web.language import english
from duikou.web.menu import left, right

BELOW = {  # pages below those of the menu, by the names of their addresses: what they are called
    "projects-late": ("风险与迟滞", "risk and delay"), "needs": ("需求", "needs"), "projects-audit": ("审计发现", "audit findings"),
    "ledger-entries": ("流水", "entries of the money book"), "notices": ("指标文件", "notices of funds"),
    "receipts": ("到账", "receipts"), "contracts": ("合同", "contracts"), "claims": ("付款申请", "claims"),
    "sides": ("两边对照", "the two sides compared"), "rules": ("规则", "rules of the money"),
    "governance-hanging": ("决定与落实", "decisions and what came of them"),
    "exchanges-targets": ("协议指标", "targets of agreements"), "exchanges-timeline": ("大事记", "chronicle"),
    "people-terms": ("在岗与期满", "on post and due"), "organisations": ("单位", "organisations"),
}  # fmt: skip
OUTSIDE = {"network": ("谁帮谁", "who helps whom")}  # pages of no programme
CODES = ("offices", "rights", "log", "keys", "access", "jobs", "account", "interface")  # named as in the account menu


@dataclass(frozen=True)
class Page:
    """A page: its address, what it is called in Chinese and in English."""

    href: str
    zh: str
    en: str

    @property
    def words(self) -> str:
        """What it is called in the language of the page."""
        return (self.en[:1].upper() + self.en[1:]) if english() else self.zh

    @property
    def other(self) -> str:
        """What it is called in the other language."""
        return self.zh if english() else self.en


def pages(frame: Frame) -> Iterator[Page]:
    """The pages that there are: the menu, what is below it, lists and forms of each kind, other programmes that one sees."""
    items = [(item.href, word("page", item.code)) for item in (*left(frame), *right(frame))]
    menu = [Page(href, words.zh, words.en) for href, words in items]
    yield from menu
    known = {page.href for page in menu}
    yield from (page for page in _below(frame.book.code, frame.book.period, root()) if page.href not in known)
    titles = {row["code"]: row["title"] for row in frame.book.snapshot.rows["programmes"]}
    for code in seen(frame.request, frame.book.snapshot):
        if code != frame.book.code:
            yield Page(f"{root()}/p/{code}/", titles[code], titles[code])


@lru_cache(maxsize=64)
def _below(programme: str, period: str, begins: str) -> tuple[Page, ...]:
    """The pages besides the menu, whoever may open them, in the language that addresses begin with."""
    here = (programme, period)
    found = [Page(reverse(name, args=here), *said) for name, said in BELOW.items()]
    found += [Page(reverse(name), *said) for name, said in OUTSIDE.items()]
    found += [Page(reverse(code), word("page", code).zh, word("page", code).en) for code in CODES]
    return (*found, *_of_kinds(here))


def _of_kinds(here: tuple[str, str]) -> Iterator[Page]:
    """The list of each kind of record, and the form by which one is recorded."""
    for kind, section in OF_KIND.items():
        named = word("record", kind)
        yield Page(reverse("kind", args=(*here, section, kind)), named.zh, named.en)
        if ACTS.get(kind):
            yield Page(reverse("kind-new", args=(*here, section, kind)), f"登记{named.zh}", f"record: {named.en}")


def lets_in(request: HttpRequest, address: str) -> bool:
    """Whether the door of an address lets the person in: the question that the address itself asks, each once a request."""
    try:
        found = resolve(address)
    except Resolver404:
        return False
    if hasattr(found.func, "open"):
        return True
    act, _change, find = found.func.door  # type: ignore[attr-defined]
    known: dict[object, bool] = request.__dict__.setdefault("doors_asked", {})
    asked = (act, find, found.kwargs.get("programme"))
    if asked not in known:
        try:
            known[asked] = can(request, act, find(request, **found.kwargs))
        except Http404:
            known[asked] = False
    return known[asked]
