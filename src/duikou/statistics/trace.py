"""The way back: a figure's make-up, the records counted in and left out with the reason, and their passages.

No lineage is stored: the sheet without its sum, asked of the same snapshot, gives the rows.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import Literal, cast

from duikou.rules.quantity import Quantity, exactly
from duikou.rules.small_groups import Mark, words
from duikou.rules.writing import write
from duikou.snapshot.store import Snapshot
from duikou.terms.words import vocabulary, zh

from .audience import public
from .definition import CUTS, Definition
from .engine import Row
from .explain import TYPES, word_of, words_for
from .figure import Figure, Name
from .masking import figure_shown, marks_of, silent
from .reckon import chosen, figure, in_period, questions_about, rows_of

LONGEST, NAMED = 40, 12  # summands of an equation, sources that are named


@dataclass(frozen=True)
class Passage:
    """Where a record's number is said: document, paragraph, the words around it, whose word, which evidence."""

    document: int
    title: str
    grade: str
    digest: str
    section: str
    paragraph: int | None
    fragment: str
    said: str
    side: str
    number: int
    medium: str = ""

    @property
    def place(self) -> str:
        """第20段, 表“五月”第 3 行、G3 of a sheet, or 凭证 for a paper without paragraphs."""
        if self.medium == "sheet" and self.paragraph:
            return f"{self.section and f'表“{self.section}”'}第 {self.paragraph} 行{self.cell and f'、{self.cell}'}"
        return f"第{self.paragraph}段" if self.paragraph else zh("medium", "voucher")

    @property
    def cell(self) -> str:
        """The cell of a sheet that the words stand in, where they name it: G3 of “G3 12.5”."""
        cell = self.fragment.partition(" ")[0]
        return cell if self.medium == "sheet" and re.fullmatch(f"[A-Z]{{1,3}}{self.paragraph}", cell) else ""


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


@dataclass(frozen=True)
class Trail:
    """A figure with its make-up: the members, and for a ratio the figures it is made of."""

    figure: Figure
    members: tuple[Member, ...]
    parts: tuple["Trail", ...] = ()

    @cached_property
    def counted(self) -> tuple[Member, ...]:
        """Those in the figure, the largest first."""
        found = [m for m in self.members if m.counted]
        return tuple(sorted(found, key=lambda m: (-((m.value.low or 0) if m.value else 0), m.number)))

    @cached_property
    def left_out(self) -> tuple[Member, ...]:
        """Those left out for one reason."""
        return tuple(m for m in self.members if not m.counted)


def trail(snapshot: Snapshot, name: Name) -> Trail:
    """The trail of a figure on a snapshot, as its reader may see it."""
    found = _whole(snapshot, name)
    return _shown(snapshot, found) if public(name.programme) else found


def _shown(snapshot: Snapshot, found: Trail) -> Trail:
    """A trail as everyone may see it: small groups withheld with their passages, no one of a list of names."""
    name, d = found.figure.identity.name, found.figure.definition
    marks, quiet = marks_of(snapshot, d, name.programme), silent(snapshot, d.of, name.programme)
    members = () if d.distinct else tuple(_withheld(m, marks, quiet) for m in found.members)
    return Trail(figure_shown(snapshot, found.figure), members, tuple(_shown(snapshot, part) for part in found.parts))


def _withheld(member: Member, marks: Mapping[int, Mark], quiet: Collection[int]) -> Member:
    """A record as everyone may see it: without a withheld number and the words that say one."""
    if member.number in marks:
        return replace(member, value=None, mark=marks[member.number])
    return replace(member, silent=True) if member.number in quiet else member


@lru_cache(maxsize=1024)
def _whole(snapshot: Snapshot, name: Name) -> Trail:
    """The trail of a figure, whole."""
    found, d = figure(snapshot, name), name.definition
    if d.share != ("", ""):
        return Trail(found, (), tuple(_whole(snapshot, name.of_sheet(code)) for code in d.share))
    inside = _inside(snapshot, name)
    numbers = {row["number"] for row in inside}
    beside = ((row, _near(d, name, row)) for row in _period(snapshot, _uncut(name)) if row["number"] not in numbers)
    left_out = (_member(snapshot, d, row, reason) for row, reason in beside if reason)
    return Trail(found, (*_counted(snapshot, d, inside), *left_out))


def counted_in(snapshot: Snapshot, name: Name) -> tuple[Member, ...]:
    """The records counted in a figure or, for a ratio, in its parts; what is left out is not looked for."""
    d = name.definition
    if d.share != ("", ""):
        return tuple(member for code in d.share for member in counted_in(snapshot, name.of_sheet(code)))
    found = Trail(figure(snapshot, name), tuple(_counted(snapshot, d, _inside(snapshot, name))))
    return (_shown(snapshot, found) if public(name.programme) else found).counted


def use_of(name: Name, row: Row) -> str | None:
    """How a record stands to a figure: "" where it is in it, the reason where it is left out, nothing where it is elsewhere."""
    d, days = name.definition, name.days
    if d.each:
        return None  # whether it is the last that is said of its thing is not seen by one record
    within = d.timeless or (row["first"] and row["first"] >= days.first and row["last"] <= days.last)
    if row["programme"] != name.programme or not within:
        return None
    if not _failed(d, name, row):
        return ""
    return _near(d, name, row) or None


def _uncut(name: Name) -> Name:
    return replace(name, cut=())


def _inside(snapshot: Snapshot, name: Name) -> Sequence[Row]:
    """The rows of a figure; those of a cut are among those of the whole."""
    rows = _chosen(snapshot, _uncut(name))
    return [row for row in rows if all(row[CUTS[letter]] == code for letter, code in name.cut)] if name.cut else rows


@lru_cache(maxsize=64)
def _chosen(snapshot: Snapshot, name: Name) -> Sequence[Row]:
    return rows_of(snapshot, chosen(name), name)


@lru_cache(maxsize=64)
def _period(snapshot: Snapshot, name: Name) -> Sequence[Row]:
    return rows_of(snapshot, in_period(name), name)


def _counted(snapshot: Snapshot, d: Definition, rows: Sequence[Row]) -> list[Member]:
    counted = [_member(snapshot, d, row, "") for row in rows]
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


def _near(d: Definition, name: Name, row: Row) -> str:
    """Why a record that fails one condition of the sheet is left out; nothing for one that is about something else."""
    failed = _failed(d, name, row)
    return "" if len(failed) != 1 or failed[0] == "of_kind" else _reason(d, failed[0], row)


def _failed(d: Definition, name: Name, row: Row) -> list[str]:
    """The columns of a record whose words the sheet or the cut does not take."""
    conditions = dict(d.where) | {CUTS[dimension]: (code,) for dimension, code in name.cut}
    return [column for column, words_ in conditions.items() if row[column] not in words_]


def _reason(d: Definition, column: str, row: Row) -> str:
    """The reason in words."""
    code = str(row[column] or "")
    match column, code:
        case "form", "goods":
            return "实物，来源未折价"
        case "form", "service":
            return "服务，没有金额"
        case "standing", "part":
            return "已含在来源总数内，不再相加"
        case "state", _:
            return f"{'状态' if d.of == 'findings' else '环节'}不同：{word_of(d.of, column, code)}"
        case "kind", "stated_total":
            return "来源所说的总数，不是列名项目"
        case "basis", _:
            return f"性质不同：{zh('basis', code)}"
    return f"{word_of(d.of, column, code) or '未标明'}，不在本口径内"


def _member(snapshot: Snapshot, d: Definition, row: Row, reason: str) -> Member:
    return Member(snapshot, d, row, reason, _value_of(d, row), _form(d, row))


def _aspect(d: Definition, row: Row) -> str:
    """The aspect of the statement that carries the number: a stated total keeps it as its amount."""
    return "amount" if row["kind"] == "stated_total" or d.of == "entries" else d.add


def _form(d: Definition, row: Row) -> str:
    if d.of in TYPES:
        return word_of(d.of, "type", row["type"])
    for column in ("form", "state", "status", "basis", "type"):
        terms, code = words_for(d.of, column), row.get(column)
        if code and code in vocabulary().get(terms, {}):
            return zh(terms, code)
    return ""


def _value_of(d: Definition, row: Row) -> Quantity | None:
    """The value a record brings, or the number of goods it has instead."""
    for name in dict.fromkeys((d.add, "number")):
        if name and f"{name}_low" in row:
            low, high, hedge, unit = (row[f"{name}_{part}"] for part in ("low", "high", "hedge", "unit"))
            if low is not None or high is not None:
                return Quantity(low, high, unit, hedge)
    return None


def passages_of(snapshot: Snapshot, record: int, aspect: str = "") -> tuple[Passage, ...]:
    """Where a record is said, the passage of the aspect first; without an aspect, all of them."""
    rows = snapshot.rows.by("statements", "record").get(record, [])
    own = [s for s in rows if s["aspect"] == aspect] or [s for s in rows if not s["aspect"]] if aspect else rows
    papers = snapshot.rows.by("documents", "number")
    return tuple(_passage(s, papers.get(s["document"], ())) for s in own)


def _passage(s: Row, paper: Sequence[Row]) -> Passage:
    return Passage(
        s["document"], s["title"], s["grade"], s["digest"], s["section"], s["paragraph"], s["fragment"],
        s["said"], s["side"], s["number"], paper[0]["medium"] if paper else "",
    )  # fmt: skip


def equation(found: Trail) -> str:
    """300 ＋ 160 ＋ 30 ＝ 490万元, where the figure is a sum of two or more, and not of more than anybody reads."""
    counted = found.counted
    if (
        not 2 <= len(counted) <= LONGEST
        or any(m.mark for m in counted)
        or found.figure.value is None
        or not found.figure.definition.add
    ):
        return ""
    return " ＋ ".join(m.text for m in counted) + f" ＝ {found.figure.text}"


def with_source(found: Trail) -> str:
    """The figure with its source, to be pasted: 490万元（三笔合计；据《…》第20段，2011年8月29日，转载件）."""
    passages = [p for m in found.counted for p in m.passages] or [
        p for part in found.parts for m in part.counted for p in m.passages
    ]
    titles = dict.fromkeys(f"据《{p.title}》{p.place}，{zh('grade', p.grade)}" for p in passages)
    how = f"{len(found.counted)}笔合计；" if len(found.counted) > 1 else ""
    more = f"；等 {len(titles)} 处" if len(titles) > NAMED else ""
    return f"{found.figure.text}（{how}{'；'.join([*titles][:NAMED]) or '无依据'}{more}）"


def uses(names: Sequence[Name], wanted: Name) -> bool:
    """Whether a figure is among names, by itself or under a ratio."""
    return any(
        n == wanted or (wanted.sheet in n.definition.share and n.of_sheet(wanted.sheet) == wanted) for n in names
    )
