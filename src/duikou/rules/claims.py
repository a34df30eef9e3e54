"""Claims for payment: what was done, what is asked, what may be paid."""

from dataclasses import dataclass, field
from datetime import date

from .fact import Fact, Ref
from .packs import Pack


@dataclass(frozen=True, kw_only=True)
class Claim(Fact):
    """A claim of a day (`when`) under a contract; amounts in fen, progress per mille, `done` all work finished so far.

    `payee` is who is to get the money, as the claim says; the papers that came with it are items of the list `paper`.
    """

    contract: Ref
    number: int
    type: str
    stage: str
    use: str
    amount: int
    payee: Ref | None = None
    progress: int | None = None
    done: int | None = None
    purpose: str = ""
    invoices: tuple["Invoice", ...] = ()


@dataclass(frozen=True)
class Invoice:
    """An invoice behind a claim: code and number in one as it is printed, seller, amount in fen."""

    number: str
    seller: Ref
    amount: int


@dataclass(frozen=True, kw_only=True)
class Approval(Fact):
    """What is approved of a claim, and what of that is held back, both in fen."""

    claim: Ref
    approved: int
    retained: int = 0


@dataclass(frozen=True)
class ClaimStanding:
    """What the book knows of the contract and the project when a claim or its approval comes; amounts in fen.

    `price` with all supplements, `approved` and `retained` of all claims before this one that were not refused or
    voided, `paid` what has reached the payee; `done` the work finished at the last claim; `settled` the final accounts'
    amount; `aid` what the plan gives the project, `drawn` what claims have drawn on it; `invoices` those of its numbers
    that are used already; `signed` who has countersigned, as signer and account; `rejected` changes not approved.
    """

    today: date
    pack: Pack = field(default_factory=Pack)
    claim: Claim | None = None
    payee: Ref | None = None
    contract_type: str = ""
    signed_on: date | None = None
    price: int = 0
    retention: int | None = None
    approved: int = 0
    retained: int = 0
    paid: int = 0
    done: int = 0
    settled: int | None = None
    planned: bool = False
    plan_final: bool = False
    aid: int | None = None
    drawn: int = 0
    estimate: int | None = None
    undecided: tuple[str, ...] = ()
    donations_left: int = 0
    invoices: frozenset[str] = frozenset()
    signed: tuple[tuple[str, str], ...] = ()
