"""A definition (口径): a sheet an official can read; its digest is its version.

The sheets of the program lie in definitions/*.toml, an office's own readings in the book. A sheet is never edited: a
later reading stands beside the first of its series with a letter of its own, and a figure's name says which it means.
"""

import json
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path

from duikou.acts import readings as kept
from duikou.acts.journal import canonical
from duikou.rules import period as periods
from duikou.rules.additivity import LAW, Measure
from duikou.rules.readings import lettered, series_of
from duikou.snapshot.store import Snapshot
from duikou.snapshot.tables import names as tables_by_name

HERE = Path(__file__).parent / "definitions"
# letter in a figure's name: column of the table
CUTS = {
    "g": "giver", "r": "receiver", "a": "region", "s": "sector", "f": "source", "t": "type", "l": "stage", "u": "status",
    "c": "channel", "k": "course", "p": "talent",
}  # fmt: skip
UNSAID = "-"  # in a figure's name: the records that do not say this dimension
LONGEST_CODE = 19  # so that sheet, programme, period and one cut fit into 52 characters; a later reading has two more
OF_A_THING = ("investment", "project", "gift", "study_class")  # columns that name what a row tells of, again and again


@dataclass(frozen=True)
class Definition:
    """One statistic: of which table, where which columns have which words, add or count what, in which unit.

    `distinct`: the column that tells one person from another; each is counted once, at every cut anew (A8). `each`: the
    column of the thing of which the last that was said by the end of the period is taken (A7).
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
    each: str = ""
    follows: str = ""
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

    def __hash__(self) -> int:
        return hash((self.code, self.version))

    @property
    def measure(self) -> Measure:
        """What a sum of this statistic would be made of."""
        return Measure(self.kind, self.unit, self.money, self.state, self.basis, self.side)

    @property
    def subject(self) -> str:
        """The subject, which is the file the sheet lies in."""
        return self.code.partition(".")[0]


Sheets = Mapping[str, Definition]
_asked: ContextVar[dict[str, Sheets] | None] = ContextVar("readings_asked", default=None)


@cache
def sheets() -> dict[str, Definition]:
    """The sheets of the program by code; one that does not fit its table is an error of the program."""
    found = {}
    for path in sorted(HERE.glob("*.toml")):
        for name, said in tomllib.loads(path.read_text("utf-8")).items():
            plain = {key: str(value) if isinstance(value, date) else value for key, value in said.items()}
            stored = reading(f"{path.stem}.{name}", canonical(plain))
            definition = replace(stored, where={column: stored.where[column] for column in said.get("where", {})})
            if wrong := unfit(definition):
                raise ValueError(f"{definition.code}：{wrong}")
            found[definition.code] = definition
    return found


def definitions() -> dict[str, Definition]:
    """All sheets by code: those of the program, and the readings that the office has adopted."""
    return {**sheets(), **_adopted()}


def definition(code: str, snapshot: Snapshot | None = None) -> Definition:
    """The sheet of a code, of a reading as a snapshot has it; KeyError names the nearest ones."""
    if found := sheets().get(code):
        return found
    if lettered(code) and (found := (readings(snapshot).get(code) if snapshot else None) or _adopted().get(code)):
        return found
    near = "、".join(c for c in sheets() if c.partition(".")[0] == code.partition(".")[0])
    raise KeyError(f"没有口径 {code}" + (f"；同类有 {near}" if near else ""))


def in_force(code: str, period: str, snapshot: Snapshot | None = None) -> str:
    """The reading that tables and papers use for a period: the youngest of the series that began by its last day.

    Of a snapshot, as it was then. A code that bears its letter means that reading and no other.
    """
    if lettered(code):
        return code
    last = periods.parse(period).last
    known = readings(snapshot) if snapshot else _adopted()
    begun = [d for d in known.values() if d.follows == code and d.valid_from and d.valid_from <= last]
    return max(begun, key=lambda d: (d.valid_from or last, d.code)).code if begun else code


def series(code: str, snapshot: Snapshot | None = None) -> list[Definition]:
    """The readings of a series in force one after the other, the first one first."""
    first, known = series_of(code), readings(snapshot) if snapshot else _adopted()
    later = [d for d in known.values() if d.follows == first]
    return [sheets()[first], *sorted(later, key=lambda d: (d.valid_from or date.min, d.code))]


def readings(snapshot: Snapshot) -> Sheets:
    """The adopted readings that a snapshot has frozen, by code."""
    return {row["code"]: reading(row["code"], row["text"]) for row in snapshot.rows["readings"]}


@contextmanager
def asked_once() -> Iterator[None]:
    """While a reader is answered: the book is asked for its readings once."""
    before = _asked.set({})
    try:
        yield
    finally:
        _asked.reset(before)


def _adopted() -> Sheets:
    """The adopted readings of the book as it is now."""
    box = _asked.get()
    if box is not None and "" in box:
        return box[""]
    found = {code: reading(code, text) for code, text in kept.adopted()}
    if box is not None:
        box[""] = found
    return found


@lru_cache(maxsize=1024)
def reading(code: str, text: str) -> Definition:
    """The sheet that a canonical text says; its digest is its version. TypeError where the text says what no sheet has."""
    values = json.loads(text)
    values["where"] = {column: tuple(words) for column, words in values.get("where", {}).items()}
    for name in ("share", "by"):
        if name in values:
            values[name] = tuple(values[name])
    values["valid_from"] = date.fromisoformat(values["valid_from"])
    return Definition(code=code, version=sha256(text.encode()).hexdigest(), **values)


def unfit(d: Definition) -> str:
    """What of a sheet does not fit its table or the law; nothing where it fits."""
    if len(d.code) > LONGEST_CODE + 2 * lettered(d.code) and d.by:
        return f"口径代码 {d.code} 超过 {LONGEST_CODE} 个字符"
    if d.kind not in LAW:
        return f"计量性质 {d.kind} 不在可加性表中"
    if d.share != ("", ""):
        return ""
    schema = tables_by_name()[d.of].schema.names
    if d.distinct and (d.kind, d.count, d.add) != ("heads", False, ""):
        return f"按 {d.distinct} 去重的是人数，不另加、另数"
    if d.kind == "stock" and not d.each and (things := [c for c in OF_A_THING if c in schema]):
        return f"时点数要说明按哪一列（{'、'.join(things)}）取最近一次"
    counted = (d.distinct, "identity", "of") if d.distinct else () if d.count else (f"{d.add}_low",)
    wanted = [*d.where, *counted, *d.by, *filter(None, [d.each])]
    lacking = [column for column in wanted if column not in schema]
    return f"表 {d.of} 没有列 {'、'.join(lacking)}" if lacking else ""
