"""A definition (口径): a sheet an official can read, kept in definitions/*.toml; its digest is its version."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from duikou.acts.journal import canonical
from duikou.rules.additivity import LAW, Measure
from duikou.snapshot.tables import names as tables_by_name

HERE = Path(__file__).parent / "definitions"
# letter in a figure's name: column of the table
CUTS = {
    "g": "giver", "r": "receiver", "a": "region", "s": "sector", "f": "source", "t": "type", "l": "stage", "u": "status",
    "c": "channel", "k": "course", "p": "talent",
}  # fmt: skip
LONGEST_CODE = 19  # so that sheet, programme, period and one cut fit into 52 characters


@dataclass(frozen=True)
class Definition:
    """One statistic: of which table, where which columns have which words, add or count what, in which unit.

    `distinct`: the column that tells one person from another; each is counted once, at every cut anew (A8).
    """

    code: str
    name: str
    en: str
    why: str
    unit: str
    kind: str
    of: str = ""
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    add: str = ""
    count: bool = False
    distinct: str = ""
    share: tuple[str, str] = ("", "")
    by: tuple[str, ...] = ()
    money: str = ""
    state: str = ""
    basis: str = "actual"
    timeless: bool = False
    side: str = "supporting"
    scale: int | None = None
    sense: str = ""
    rests_on: str = ""
    author: str = ""
    checked_by: str = ""
    valid_from: date | None = None
    version: str = ""

    @property
    def measure(self) -> Measure:
        """What a sum of this statistic would be made of."""
        return Measure(self.kind, self.unit, self.money, self.state, self.basis, self.side)

    @property
    def subject(self) -> str:
        """The subject, which is the file the sheet lies in."""
        return self.code.partition(".")[0]


@cache
def definitions() -> dict[str, Definition]:
    """All sheets by code; a sheet that does not fit its table is an error of the program."""
    found = {}
    for path in sorted(HERE.glob("*.toml")):
        for name, sheet in tomllib.loads(path.read_text("utf-8")).items():
            definition = _definition(f"{path.stem}.{name}", sheet)
            _must_fit(definition)
            found[definition.code] = definition
    return found


def definition(code: str) -> Definition:
    """The sheet of a code; KeyError names the nearest ones."""
    try:
        return definitions()[code]
    except KeyError:
        near = "、".join(c for c in definitions() if c.partition(".")[0] == code.partition(".")[0])
        raise KeyError(f"没有口径 {code}" + (f"；同类有 {near}" if near else "")) from None


def _definition(code: str, sheet: dict[str, Any]) -> Definition:
    text = canonical({k: str(v) if isinstance(v, date) else v for k, v in sheet.items()})
    values = dict(sheet)
    values["where"] = {column: tuple(words) for column, words in values.get("where", {}).items()}
    for name in ("share", "by"):
        if name in values:
            values[name] = tuple(values[name])
    return Definition(code=code, version=sha256(text.encode()).hexdigest(), **values)


def _must_fit(d: Definition) -> None:
    if len(d.code) > LONGEST_CODE and d.by:
        raise ValueError(f"口径代码 {d.code} 超过 {LONGEST_CODE} 个字符")
    if d.kind not in LAW:
        raise ValueError(f"{d.code}：计量性质 {d.kind} 不在可加性表中")
    if d.share != ("", ""):
        return
    schema = tables_by_name()[d.of].schema.names
    if d.distinct and (d.kind, d.count, d.add) != ("heads", False, ""):
        raise ValueError(f"{d.code}：按 {d.distinct} 去重的是人数，不另加、另数")
    counted = (d.distinct, "identity", "of") if d.distinct else () if d.count else (f"{d.add}_low",)
    wanted = [*d.where, *counted, *d.by]
    lacking = [column for column in wanted if column not in schema]
    if lacking:
        raise ValueError(f"{d.code}：表 {d.of} 没有列 {'、'.join(lacking)}")
