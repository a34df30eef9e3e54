"""A figure: its name, and what it carries in four groups: identity, value, writing, standing (F1)."""

import re
from dataclasses import dataclass
from typing import Any

from duikou.rules import period as periods
from duikou.rules.period import Period
from duikou.rules.quantity import Quantity
from duikou.rules.writing import joined

from .definition import CUTS, Definition, definition

LONGEST = 52  # so that name@line with a ten-digit line fits the 64 characters of a Word tag (F3)
_NAME = re.compile(
    r"^(?P<sheet>[a-z_]+\.[a-z_.]+):(?P<programme>[a-z0-9-]+)\.(?P<period>[0-9q.-]+)(?P<cut>(?:;[a-z]=[a-z0-9_-]+)*)"
    r"(?:@(?P<line>\d{1,10}))?$"
)


class BadName(ValueError):
    """A name that names no figure; says what is odd."""


@dataclass(frozen=True)
class Name:
    """`sheet:programme.period;dimension=code`: readable, stable from snapshot to snapshot; `@line` for one snapshot."""

    sheet: str
    programme: str
    period: str
    cut: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return f"{self.sheet}:{self.cell}"

    def __post_init__(self) -> None:
        if len(str(self)) > LONGEST:
            raise BadName(f"数字名 {self} 有 {len(str(self))} 个字符，至多 {LONGEST}")

    @property
    def cell(self) -> str:
        """Programme, period and cut."""
        return f"{self.programme}.{self.period}" + "".join(f";{d}={code}" for d, code in self.cut)

    @property
    def days(self) -> Period:
        """The period."""
        return periods.parse(self.period)

    @property
    def definition(self) -> Definition:
        """The sheet."""
        return definition(self.sheet)

    def cut_by(self, dimension: str, code: str) -> "Name":
        """The figure of one member of a cut."""
        return Name(self.sheet, self.programme, self.period, (*self.cut, (dimension, code)))

    def of_sheet(self, sheet: str) -> "Name":
        """The figure of another sheet at the same cell."""
        return Name(sheet, self.programme, self.period, self.cut)


def parse(text: str) -> tuple[Name, int | None]:
    """A name and its line, if it says one; BadName where it is no name, KeyError where there is no such sheet."""
    found = _NAME.fullmatch(text)
    if not found:
        raise BadName(f"“{text}”不是数字名；写法如 donations.education:tj-hn.2011")
    cut = tuple((part[0], part[2:]) for part in found["cut"].split(";") if part)
    name = Name(found["sheet"], found["programme"], found["period"], cut)
    allowed = {letter for letter, column in CUTS.items() if column in name.definition.by}
    if len({letter for letter, _ in cut}) < len(cut):
        raise BadName(f"“{text}”按同一项分组了两次")
    if odd := [letter for letter, _ in cut if letter not in allowed]:
        raise BadName(f"口径 {name.sheet} 不能按 {'、'.join(odd)} 分组；可用：{'、'.join(sorted(allowed)) or '无'}")
    try:
        periods.parse(name.period)
    except ValueError as error:
        raise BadName(str(error)) from None
    return name, int(found["line"]) if found["line"] else None


@dataclass(frozen=True)
class Identity:
    """What the figure is: name, version of its sheet, programme, period, side whose word it is, line of the journal."""

    name: Name
    version: str
    side: str
    line: int


@dataclass(frozen=True)
class Standing:
    """What the figure rests on: records, a stated total with how much of it is listed, evidence, open questions."""

    records: int = 0
    unvalued: int = 0
    total: Quantity | None = None
    listed: Quantity | None = None
    later: Quantity | None = None
    grade: str = ""
    questions: tuple[str, ...] = ()
    blank: str = ""


@dataclass(frozen=True)
class Figure:
    """One number with everything that is known of it; `value` is nothing where the figure is blank (never zero).

    `mark`: why a number that is there is not shown: `few`, `hidden` (small groups), `apart` (its parts are not added).
    """

    identity: Identity
    definition: Definition
    value: Quantity | None
    number: str
    unit: str
    nature: str
    standing: Standing
    mark: str = ""

    @property
    def name(self) -> str:
        """The name without line."""
        return str(self.identity.name)

    @property
    def tag(self) -> str:
        """The name at its line: what stands in a Word tag."""
        return f"{self.name}@{self.identity.line}"

    @property
    def text(self) -> str:
        """Hedge, number and unit together, as it stands in a sentence."""
        return "" if self.blank else joined(self.number, self.unit)

    @property
    def blank(self) -> bool:
        """Whether there is no number to print: nothing is reported, or its parts are not added."""
        return self.value is None and self.mark in ("", "apart")

    @property
    def plain_number(self) -> str:
        """The number as data has it: <5 where it is fewer than five."""
        return f"<{self.number.removeprefix('少于')}" if self.mark == "few" else self.number

    @property
    def forecast(self) -> bool:
        """Whether the number is only expected."""
        return self.definition.basis == "expected"

    @property
    def asked(self) -> bool:
        """Whether a question is open about it."""
        return bool(self.standing.questions)

    def as_data(self) -> dict[str, Any]:
        """The four groups as plain data, for JSON (L6)."""
        d, v, s = self.definition, self.value, self.standing
        return {
            "identity": {
                "name": self.name, "sheet": d.code, "version": d.version, "programme": self.identity.name.programme,
                "period": self.identity.name.period, "cut": dict(self.identity.name.cut), "side": self.identity.side,
                "line": self.identity.line,
            },
            "value": {
                "low": v.low if v else None, "high": v.high if v else None, "unit": d.unit, "kind": d.kind,
                "money": d.money, "state": d.state, "basis": d.basis,
            },
            "writing": {"text": self.text, "number": self.plain_number, "unit": self.unit, "hedge": v.hedge if v else "",
                        "nature": self.nature},
            "standing": {
                "records": s.records, "unvalued": s.unvalued, "total": s.total.low if s.total else None,
                "listed": s.listed.low if s.listed else None, "later": s.later.low if s.later else None,
                "grade": s.grade, "questions": list(s.questions), "blank": s.blank,
            },
        }  # fmt: skip
