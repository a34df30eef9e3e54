"""The review copy (核对稿): what stands behind each figure, as a comment of the Word file."""

import re
from dataclasses import dataclass

from duikou.rules.quantity import spoken
from duikou.snapshot.store import Snapshot
from duikou.statistics.explain import sentence
from duikou.statistics.figure import BadName, Figure, parse
from duikou.statistics.members import Member
from duikou.statistics.passages import Passage, passages_of
from duikou.statistics.questions import questions_about
from duikou.statistics.trace import Trail, trail
from duikou.statistics.trace_said import equation
from duikou.statistics.values import RefusedSum
from duikou.terms.words import zh

from .paper import Comment, Number, Paper, occurrences

MOST = 6  # sources that a comment names; the evidence sheet has them all
_OF_RECORD = re.compile(r"(?P<kind>[a-z_]+)-(?P<number>[0-9]{1,15})\.(?P<field>[a-z_]+)@[0-9]+")


@dataclass(frozen=True)
class Own:
    """A number that a record bears itself and no sheet adds up: which record, where it is said, what is asked about it."""

    kind: str
    number: int
    passages: tuple[Passage, ...]
    questions: tuple[str, ...]

    @property
    def said(self) -> str:
        """捐助 12."""
        return f"{zh('record', self.kind)} {self.number}"


@dataclass(frozen=True)
class Behind:
    """A figure of a paper as it is printed, and what stands behind it in the book; nothing where its name leads nowhere.

    `own`: the record, where it is a number of one record.
    """

    bookmark: str
    number: Number
    trail: Trail | None
    why: str = ""
    own: Own | None = None

    @property
    def members(self) -> tuple[Member, ...]:
        """The records in the figure; of a ratio those of its two parts."""
        if self.trail is None:
            return ()
        return self.trail.counted or tuple(m for part in self.trail.parts for m in part.counted)

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Where its records are said, each place once."""
        if self.own:
            return self.own.passages
        found = {(p.title, p.place, p.fragment): p for m in self.members for p in m.passages}
        return tuple(found.values())

    @property
    def questions(self) -> tuple[str, ...]:
        """The open questions about it and its records, each once."""
        if self.own:
            return self.own.questions
        own = self.trail.figure.standing.questions if self.trail else ()
        return tuple(dict.fromkeys((*own, *(q for m in self.members for q in m.questions))))


def behind(paper: Paper, snapshot: Snapshot) -> tuple[Behind, ...]:
    """Every figure of a paper in order with what stands behind it in a snapshot."""
    return tuple(_behind(snapshot, bookmark, number) for bookmark, number in occurrences(paper))


def _behind(snapshot: Snapshot, bookmark: str, number: Number) -> Behind:
    if found := _OF_RECORD.fullmatch(number.name):
        record = int(found["number"])
        said, asked = passages_of(snapshot, record, found["field"]), questions_about(snapshot, {record})
        return Behind(bookmark, number, None, own=Own(found["kind"], record, said, asked))
    try:
        return Behind(bookmark, number, trail(snapshot, parse(number.name)[0]))
    except (BadName, KeyError) as error:
        return Behind(bookmark, number, None, str(error.args[0]))
    except RefusedSum as error:
        return Behind(bookmark, number, None, str(error))


def review_comments(paper: Paper, snapshot: Snapshot) -> tuple[Comment, ...]:
    """One comment for each figure of the paper: make-up, sources, grade, state of checks, open questions."""
    return tuple(Comment(found.bookmark, tuple(_said(found))) for found in behind(paper, snapshot))


def _said(found: Behind) -> list[str]:
    """The lines of a comment."""
    if found.own:
        checked = f"{len(found.questions)} 项待核" if found.questions else "没有待核事项"
        asked = [f"待核：{question}" for question in found.questions]
        return [
            f"构成：1 条记录（{found.own.said}）本身的数",
            _sources(found),
            f"核对：{checked}",
            *asked,
            f"数字名：{found.number.name}",
        ]
    if found.trail is None:
        return [f"{found.number.text}：数字名 {found.number.name}，追不到账上的数。{found.why}"]
    figure = found.trail.figure
    lines = [f"口径：{sentence(figure.definition)}", f"构成：{_make_up(found.trail, found.members)}", _sources(found)]
    lines.append(f"核对：{_checked(found, figure)}")
    lines += [f"待核：{question}" for question in found.questions]
    return [*lines, f"数字名：{found.number.name}"]


def _sources(found: Behind) -> str:
    """The line of the sources: each paper with its place and grade."""
    titles = dict.fromkeys(f"《{p.title}》{p.place}（{zh('grade', p.grade)}）" for p in found.passages)
    more = f"；另有 {len(titles) - MOST} 处，见数据依据表" if len(titles) > MOST else ""
    return f"出处：{'；'.join([*titles][:MOST]) or '无依据'}{more}"


def _make_up(found: Trail, members: tuple[Member, ...]) -> str:
    """The equation of a sum, the two figures of a ratio, else how many records."""
    if found.parts:
        return " ÷ ".join(f"{part.figure.definition.name}{part.figure.text or '未报'}" for part in found.parts)
    standing = found.figure.standing
    listed = "；来源总数，构成已列一部分" if standing.total and standing.listed else ""
    return (equation(found) or f"{len(members)} 条记录") + listed


def _checked(found: Behind, figure: Figure) -> str:
    """Whether the printed words are the book's, who checked the reading, and how far it has come."""
    said = figure.text.removesuffix("/年")
    same = "与账上一致" if found.number.full in (said, figure.text) else f"账上为{said or '空白'}，与文中不同"
    by = figure.definition.checked_by
    parts = [same, f"口径由{by}核对" if by else "口径未经核对"]
    parts.append(f"{len(found.questions)} 项待核" if found.questions else "没有待核事项")
    return "；".join(parts)


def unit_of(found: Behind) -> str:
    """The unit of a figure in words."""
    return zh("unit", spoken(found.trail.figure.definition.unit)) if found.trail else ""
