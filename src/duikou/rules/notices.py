"""Funds by source, and the notices that issue, recall and re-issue their money."""

from dataclasses import dataclass, field
from datetime import date

from .fact import Fact, Ref
from .packs import Pack


@dataclass(frozen=True, kw_only=True)
class Fund(Fact):
    """Money of one source and year (terms: source, scope)."""

    title: str
    source: str
    scope: str
    year: int
    giver: Ref | None = None
    function_code: str = ""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a notice: fen to a project or an organisation, or back from it (`back`), out of which fund."""

    amount: int
    back: bool = False
    project: Ref | None = None
    receiver: Ref | None = None
    fund: Ref | None = None
    purpose: str = ""


@dataclass(frozen=True, kw_only=True)
class Notice(Fact):
    """A notice of funds of a day (`when`) with its document number (terms: notice, side); `of` the notice it changes.

    A notice of the supporting side moves money between pool and allotments, one of the receiving side between the county
    that has received it (each line's `receiver`) and its projects.
    """

    number: str
    type: str
    side: str
    lines: tuple[Line, ...] = ()
    title: str = ""
    issuer: Ref | None = None
    of: Ref | None = None
    function_code: str = ""
    basis: str = ""
    key: str = ""


@dataclass(frozen=True)
class NoticeStanding:
    """What the book knows when a notice comes: the numbers used, and what the notice that it changes has issued to whom.

    `issued` is fen less what was recalled, by project or receiver and fund; `planned` the projects that are in a plan.
    """

    today: date
    pack: Pack = field(default_factory=Pack)
    keys: frozenset[str] = frozenset()
    issued: tuple[tuple[tuple[Ref | None, Ref | None], int], ...] = ()
    planned: frozenset[Ref] = frozenset()
