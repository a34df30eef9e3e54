"""The records under a figure: counted in, or left out with the reason, each with what it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import Literal, cast

from duikou.rules.quantity import Quantity, exactly
from duikou.rules.small_groups import Mark, words
from duikou.rules.writing import write
from duikou.snapshot.store import Snapshot
from duikou.terms.words import vocabulary, zh

from .definition import Definition
from .engine import Row
from .explain import TYPES, word_of, words_for
from .passages import Passage, passages_of
from .questions import questions_about


@dataclass(frozen=True)
class Member:
    """One record under a figure: counted in, or left out with the reason. What it rests on is looked up when asked for."""

    snapshot: Snapshot = field(repr=False)
    definition: Definition = field(repr=False)
    row: Row = field(repr=False, compare=False)
    reason: str
    value: Quantity | None
    form: str
    mark: Mark | Literal[""] = ""
    silent: bool = False  # its passages may say a number that is withheld

    @property
    def number(self) -> int:
        """Its record number."""
        return int(self.row["number"])

    @property
    def kind(self) -> str:
        """What kind of record it is: what its address begins with."""
        return str(self.row.get("kind") or "record")

    @property
    def label(self) -> str:
        """What it is called."""
        return str(self.row.get("label") or "")

    @property
    def who(self) -> str:
        """Who gives, else who receives, else which project."""
        return str(self.row.get("giver_name") or self.row.get("receiver_name") or self.row.get("project_name") or "")

    @cached_property
    def text(self) -> str:
        """Its number in words; of a small group the words that stand for it."""
        return words(self.mark) if self.mark else write(self.value).text if self.value else ""

    @property
    def inferred(self) -> bool:
        """Whether something of it is only inferred."""
        return bool(self.row["inferred"])

    @property
    def first(self) -> date | None:
        """The first day on which it was true."""
        return cast("date | None", self.row["first"])

    @property
    def last(self) -> date | None:
        """The last day on which it was true."""
        return cast("date | None", self.row["last"])

    @property
    def counted(self) -> bool:
        """Whether the record is in the figure."""
        return not self.reason

    @property
    def _source(self) -> int:
        """The record whose words say its number: a rest of a stated total rests on that."""
        stated = self.row.get("standing") == "total" and self.row.get("total")
        return int(self.row["total"]) if stated else self.number

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Where its number is said, and where the paper is said that it was verified by; of a small group nowhere."""
        if self.mark or self.silent:
            return ()
        paper = passages_of(self.snapshot, self.row["paper"]) if self.row.get("paper") else ()
        return (*passages_of(self.snapshot, self._source, _aspect(self.definition, self.row)), *paper)

    @cached_property
    def questions(self) -> tuple[str, ...]:
        """The open questions about it."""
        return () if self.mark else questions_about(self.snapshot, {self.number, self._source})


def members_counted(snapshot: Snapshot, d: Definition, rows: Sequence[Row]) -> list[Member]:
    """The records in a figure; of a list of names a person counts once."""
    counted = [member_of(snapshot, d, row, "") for row in rows]
    return _once(counted, [row[d.distinct] for row in rows]) if d.distinct else counted


def _once(members: Sequence[Member], bearers: Sequence[str]) -> list[Member]:
    """The rows of a list of names: a person counts one in the first of them, and nothing in the others."""
    seen: set[str] = set()
    found = []
    for member, bearer in zip(members, bearers, strict=True):
        again = bearer in seen
        seen.add(bearer)
        one = None if again else exactly(1, "person")
        found.append(replace(member, value=one, form="同一人，已计" if again else ""))
    return found


def member_of(snapshot: Snapshot, d: Definition, row: Row, reason: str) -> Member:
    """A record under a figure, with the reason why it is left out, if it is."""
    return Member(snapshot, d, row, reason, _value_of(d, row), _form(d, row))


def _aspect(d: Definition, row: Row) -> str:
    """The aspect of the statement that carries the number: a stated total keeps it as its amount."""
    return "amount" if row["kind"] == "stated_total" or d.of == "entries" else d.add


FORMS = ("form", "state", "status", "basis", "type")  # columns that say in a word what a record is


def _form(d: Definition, row: Row) -> str:
    return word_of(d.of, "type", row["type"]) if d.of in TYPES else _word(d.of, *(row.get(column) for column in FORMS))


@lru_cache(maxsize=4096)
def _word(of: str, *codes: str | None) -> str:
    """The first of the codes that is a word of its list: thousands of records say the same few."""
    for column, code in zip(FORMS, codes, strict=True):
        terms = words_for(of, column)
        if code and code in vocabulary().get(terms, {}):
            return zh(terms, code)
    return ""


def _value_of(d: Definition, row: Row) -> Quantity | None:
    """The value a record brings, or the number of goods it has instead."""
    for low_, high_, hedge, unit in _columns(d.add):
        if low_ in row:
            low, high = row[low_], row[high_]
            if low is not None or high is not None:
                return Quantity(low, high, row[unit], row[hedge])
    return None


@lru_cache(maxsize=64)
def _columns(add: str) -> list[tuple[str, str, str, str]]:
    """The columns of the quantities that a record may bring: what is added, else how many things."""
    names = dict.fromkeys(filter(None, (add, "number")))
    return [(f"{name}_low", f"{name}_high", f"{name}_hedge", f"{name}_unit") for name in names]
