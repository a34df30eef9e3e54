"""The menu: sections of the dashboard, tables, report and library left; what is to be done right; each by its right."""

from dataclasses import dataclass

from .acting.places import own_work
from .addresses import root
from .doors import can
from .findings import waiting
from .frame import Frame
from .kinds.sections import SECTIONS
from .language import heading
from .requesting.kept import of_requests

KEYS = {"overview": "o", "own": "o", "funds": "f", "projects": "p", "tables": "t", "reports": "r", "library": "d"}
"""The letter that leads to a page after g."""


@dataclass(frozen=True)
class Item:
    """One page of the menu: its code (terms: page), its address, how much waits there; `apart`: after a rule."""

    code: str
    href: str
    count: int | None = None
    apart: bool = False

    @property
    def words(self) -> str:
        """What the page is called."""
        return heading("page", self.code)

    @property
    def key(self) -> str:
        """The letter that leads there after g, for the main ones."""
        return KEYS.get(self.code, "")


def left(frame: Frame) -> list[Item]:
    """What there is to be seen."""
    if not frame.whole:
        seen = [Item("own", frame.home), Item("projects", f"{frame.here}projects/"), *sections(frame)]
        return [*seen, Item("tables", f"{frame.here}t/", apart=True)]
    return [
        Item("overview", frame.home),
        Item("funds", f"{frame.here}funds/"),
        Item("projects", f"{frame.here}projects/"),
        *sections(frame),
        Item("tables", f"{frame.here}t/", apart=True),
        Item("readings", f"{root()}/def/?p={frame.book.code}"),
        *([Item("reports", f"{frame.here}reports/")] if frame.may_see_papers else []),
        Item("library", f"{frame.here}d/"),
    ]


def sections(frame: Frame) -> list[Item]:
    """The kinds of work besides money and projects."""
    return [Item(code, f"{frame.here}{code}/") for code in SECTIONS]


def sheets(frame: Frame) -> list[Item]:
    """Where sheets are handed in, for those who may."""
    place = own_work("accept_sheet")(frame.request, programme=frame.book.code)
    return [Item("sheets", f"{frame.here}sheets/")] if can(frame.request, "accept_sheet", place) else []


def requests(frame: Frame) -> list[Item]:
    """Who owes what by when, for those who work in the programme."""
    place = of_requests(frame.request, programme=frame.book.code)
    return [Item("requests", f"{frame.here}requests/")] if can(frame.request, "see_records", place) else []


def right(frame: Frame) -> list[Item]:
    """What there is to be done."""
    submit = [Item("submit", f"{frame.here}funds/new")] if frame.may_record else []
    count = len(frame.book.questions) if frame.whole else waiting(frame.request, frame.book.code)
    check = [Item("check", f"{frame.here}findings/", count)] if frame.whole or count else []
    return [*(sheets(frame) or requests(frame)), *submit, *check]  # each leads to the other
