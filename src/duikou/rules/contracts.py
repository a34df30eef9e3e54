"""Contracts: who is to be paid how much for what, and how that was decided."""

from dataclasses import dataclass, field
from datetime import date

from .fact import Fact, Ref
from .packs import Pack


@dataclass(frozen=True, kw_only=True)
class Contract(Fact):
    """A contract signed on a day (`when`): price and estimate in fen, retention per mille; a supplement amends another."""

    number: str
    title: str = ""
    project: Ref
    payee: Ref
    type: str
    method: str
    price: int
    estimate: int | None = None
    tender: str = ""
    retention: int | None = None
    amends: Ref | None = None
    key: str = ""


@dataclass(frozen=True)
class ContractStanding:
    """What the book knows when a contract comes: amounts in fen.

    `estimate` is the project's approved 概算, `feasibility` its 可研 figure; `contracted` what its contracts come to so
    far; `alike` what contracts of the same type with the same payee under the same project come to.
    """

    today: date
    pack: Pack = field(default_factory=Pack)
    planned: bool = False
    estimate: int | None = None
    contracted: int = 0
    alike: int = 0
    credit_code: str = ""
    keys: frozenset[str] = frozenset()
