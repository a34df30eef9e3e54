"""A number in its paragraph: the words around it, the number of which it is a part, what it is said for each of."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .candidate import Candidate
from .clauses import REACH, Clauses
from .kinds import Around
from .numbers import Number
from .respective import ALONE, Rank

LISTED = re.compile(r"[，、；]?(?:和|及|与)?[^，。；、：0-9]{0,14}|，?[0-9]{4}年(?:度)?")
_MARK = re.compile("[、（]")
_WITHIN = re.compile(r"其中|包括|(?<=，)内(?=[一-鿿])|分年度|分地区|按[一-鿿]{2,6}划分")
_BRACKET = re.compile(r"(?:[一-鿿]{0,4})（[^（）]{0,12}$")
_TOTAL_ROW = re.compile(r"\s*(?:合\s*计|小计|总计)[：\s]")
_STAGE = re.compile(
    r"^[，、；]?(?:已|全部|现已|其中|均|目前)*[^，。；、]{0,4}(?:开工|竣工|完工|动工|完成|在建|续建|新建|建成)[^，。；、]{0,2}$"
)
PEOPLE = {"secondment", "medical_team"}
HEADING = 30  # characters of a short sentence that heads what follows
ONWARD = 24  # characters from one part to the next
_TOTAL = re.compile(r"(?:合计|共计|总计)[：:\s]{0,6}(?:达|为)?$")
_EACH = re.compile(
    r"每(?:年|县|村|户|人|生|名|套|期|批|季度|学期|学年|个?[一-鿿]{1,3}县?)(?=[^，。；]{0,10}$)?|[户人村县校年亩]均"
)
NESTED_REACH = 14  # characters behind 31批4021人 that speak for both
RECENT = 16  # candidates before a number that it may belong to


@dataclass(frozen=True)
class Place:
    """A number in its paragraph: the clause and the sentence around it, the numbers beside it."""

    number: Number
    before: Number | None
    after: Number | None
    clauses: Clauses
    rank: Rank = ALONE  # which of how many that stand side by side

    @property
    def sentence(self) -> tuple[int, int]:
        """Where its sentence begins and ends."""
        return self.clauses.sentences.at(self.number.start)

    @property
    def part(self) -> tuple[int, int]:
        """Where its part of a list begins and ends."""
        return self.clauses.parts.at(self.number.start)

    @property
    def clause(self) -> tuple[int, int]:
        """Where its clause begins and ends."""
        return self.clauses.clauses.at(self.number.start)

    def around(self) -> Around:
        """The words around the number, by how near they stand."""
        number, text = self.number, self.clauses.text
        first, last = self.clause
        first, last = max(first, number.start - REACH), min(max(last, number.end), number.end + REACH)
        left = max(first, self.before.end) if self.before and self.before.end <= number.start else first
        right = min(last, self.after.start) if self.after else last
        part = self.clauses.parts.at(number.start)
        sentence = max(part[0], first - REACH), first
        heading = self.clauses.parts.before(number.start) or (part[0], part[0])
        heading = heading if heading[1] - heading[0] <= HEADING else (part[0], part[0])
        nested = self.after is not None and text[number.end : self.after.start] in ("", "、")
        behind = (self.after.end, min(last, self.after.end + NESTED_REACH)) if self.after and nested else (right, right)
        mark = _MARK.search(text, number.end, right)
        return Around(
            near=((left, number.start), (number.end, mark.start() if mark else right), behind),
            clause=(first, last),
            sentence=sentence,
            later=(last, min(part[1], last + 50)),
            heading=(max(heading[0], heading[1] - REACH), heading[1]),
        )


def part_of(text: str, at: Place, kind: str, earlier: Sequence[Candidate]) -> tuple[str, Candidate | None]:
    """Whether a number is a part of one before it (其中, 包括, in brackets behind it), or a total that is said to be one (合计)."""
    number, recent = at.number, earlier[-RECENT:]
    if _TOTAL.search(text[max(0, number.start - 8) : number.start]) or _TOTAL_ROW.match(text):
        return "total", None
    before = next((c for c in reversed(recent) if c.number and c.number.base == number.base), None)
    if before is None or number.start - before.end > REACH:
        return "", None
    gap = text[before.end : number.start]
    if _WITHIN.search(gap) or (_alike(before.kind, kind) and _BRACKET.match(gap)):
        return "part", before
    if kind == before.kind == "project_count" and _STAGE.search(gap) and "。" not in gap[-REACH:]:
        return "part", None
    if before.part == "part" and _alike(before.kind, kind) and len(gap) <= ONWARD and "。" not in gap:
        return "part", next((c for c in recent if (c.start, c.end) == before.whole), before)
    return "", None


def _alike(one: str, other: str) -> bool:
    """Whether numbers of two kinds may be parts of one whole: of cadres who are sent, some are doctors."""
    return one == other or {one, other} <= PEOPLE


def each(text: str, number: Number, clause: tuple[int, int]) -> str:
    """Of what a number is said for each: 每年, 每县, 户均, 人均, /年."""
    found = [match[0] for match in _EACH.finditer(text, max(clause[0], number.start - 14), number.start)]
    return found[-1] if found else number.per
