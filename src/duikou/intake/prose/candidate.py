"""A candidate: what a passage seems to say, in which words, and what made it so. It is offered to a person, never recorded."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Protocol

from duikou.rules.period import Period
from duikou.rules.quantity import Hedge, Quantity

from .numbers import Number

KINDS = (
    "funds_planned", "funds_secured", "funds_allotted", "funds_disbursed", "funds_received", "funds_spent",
    "funds_raised", "donation_cash", "donation_goods", "support_in_kind", "investment", "agreement_amount",
    "project_count", "training", "secondment", "students", "medical_team", "jobs", "capacity", "output",
    "profit_and_tax", "sales", "pairing", "meeting", "visit", "agreement", "other",
)  # fmt: skip
BASES = ("actual", "planned", "arranged", "expected", "intended", "quota")
STATES = {  # the state of money that a kind stands for, a word of terms
    "funds_planned": "planned", "funds_secured": "secured", "funds_allotted": "issued", "funds_disbursed": "disbursed",
    "funds_received": "received", "funds_spent": "spent",
}  # fmt: skip
BOUNDS: dict[Hedge, str] = {"odd": "over"}
"""What a hedge is called outside the house, where it is not called the same."""


class Names(Protocol):
    """What a book calls its parties: the codes that a name may mean, none or several."""

    def codes(self, said: str) -> frozenset[str]:
        """Codes of organisations and areas that bear this name."""


@dataclass(frozen=True)
class Party:
    """Who takes part: the words as they stand, the full name they mean within the document, the code in a book."""

    words: str
    name: str = ""
    code: str = ""

    def __str__(self) -> str:
        return self.name or self.words


@dataclass(frozen=True)
class Reason:
    """What made a candidate what it is: the aspect, the words that decided, and where they stand in the paragraph."""

    made: str
    words: str
    start: int
    end: int


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One fact that a passage seems to say; `start` and `end` are characters of the raw paragraph, the end excluded."""

    kind: str
    paragraph: int
    start: int
    end: int
    text: str
    sentence: tuple[int, int]
    number: Number | None = None
    quantity: Quantity | None = None
    basis: str = "actual"
    giver: Party | None = None
    receiver: Party | None = None
    period: Period | None = None
    part: str = ""
    whole: tuple[int, int] | None = None  # where in the paragraph the number stands of which this one is a part
    per: str = ""
    title: str = ""
    reasons: tuple[Reason, ...] = field(default=(), repr=False)

    @property
    def state(self) -> str:
        """The state of money, a word of terms; empty where the candidate is not money on its way."""
        return STATES.get(self.kind, "")

    @property
    def unit(self) -> str:
        """The unit as it is written."""
        return self.number.unit if self.number else ""

    def json(self) -> dict[str, Any]:
        """The candidate as others read it: numbers in base units, what is not said left out."""
        said: Mapping[str, Any] = {
            "kind": self.kind,
            **(_number(self.number) if self.number else {}),
            "basis": self.basis,
            "giver": str(self.giver) if self.giver else None,
            "receiver": str(self.receiver) if self.receiver else None,
            "period": self.period.code if self.period else None,
            "part": self.part or None,
            "per": self.per or None,
            "title": self.title or None,
            "paragraph": self.paragraph,
            "start": self.start,
            "end": self.end,
            "text": self.text,
        }
        return {name: value for name, value in said.items() if value is not None}


def _number(number: Number) -> dict[str, Any]:
    """Value, unit and bound of a number."""
    value_max = {} if number.upper is None else {"value_max": plain(number.upper)}
    bound = BOUNDS.get(number.hedge, number.hedge)
    return {"value": plain(number.value), **value_max, "unit": number.base, "bound": bound}


def plain(value: Decimal) -> int | float:
    """A decimal as JSON has numbers; it is exact wherever it is whole."""
    return int(value) if value == value.to_integral_value() else float(value)
