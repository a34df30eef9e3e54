"""What a project may cost: its line in the annual plan, changes of it, its final accounts."""

from dataclasses import dataclass, field
from datetime import date

from .fact import Fact, Ref
from .packs import Pack


@dataclass(frozen=True, kw_only=True)
class PlanLine(Fact):
    """A project in a plan for its years (`when`): amounts in fen; what it counts as (terms: share) as items of that list."""

    project: Ref
    scope: str
    aid: int
    plan: Ref | None = None
    total: int | None = None
    feasibility: int | None = None
    estimate: int | None = None
    approval: str = ""
    replaces: Ref | None = None


@dataclass(frozen=True, kw_only=True)
class ProjectChange(Fact):
    """A change of a project asked for on a day (`when`): what is to change (terms: change) and why."""

    project: Ref
    type: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Settlement(Fact):
    """Final accounts: usable from a day, of a size (terms), due later where extended; done on a day at an amount in fen."""

    project: Ref
    usable: date
    size: str
    extended: date | None = None
    settled: date | None = None
    amount: int | None = None


@dataclass(frozen=True)
class PlanStanding:
    """What the book knows when a project is planned: fen planned in all, and planned that counts as each share.

    `secured` is what the programme has secured, `reserve` what of it is kept back; `fees` what management fees came to.
    """

    today: date
    pack: Pack = field(default_factory=Pack)
    planned: int = 0
    shares: tuple[tuple[str, int], ...] = ()
    secured: int = 0
    reserve: int = 0
    before: int | None = None
    estimate_before: int | None = None
    leftover: int = 0


@dataclass(frozen=True, kw_only=True)
class Spent(Fact):
    """What a programme has spent in the days of `when`, in fen, and what of it counts as each share; for standing checks."""

    total: int
    shares: tuple[tuple[str, int], ...] = ()
    fees: int = 0
