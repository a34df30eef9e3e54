"""自动核对: what the program itself can check of a figure, and what is left for a person to judge."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from duikou.rules.writing import write
from duikou.snapshot.store import Snapshot
from duikou.statistics.audience import public
from duikou.statistics.checks import Reading, part_reading, share_reading, sum_reading
from duikou.statistics.masking import of_persons
from duikou.statistics.members import Member
from duikou.statistics.passages import Passage
from duikou.statistics.trace import Trail

from .passages import stands, times_said

State = Literal["ok", "ask", "fails", "unknown"]
OWN = {"findings"}  # what the program or an official asks itself: no source has said it


@dataclass(frozen=True)
class Proof:
    """One check: whether it passed, what was checked, and the numbers or words it rests on."""

    state: State
    title: str
    detail: str


def proofs(snapshot: Snapshot, found: Trail) -> list[Proof]:
    """All that can be checked of a figure, then its open questions."""
    if found.figure.blank:
        return []
    if found.figure.mark or any(member.mark for member in found.members):
        return [*_questions(snapshot, found)]  # what is withheld is not checked in public
    if found.figure.definition.distinct:
        return [*_heads(found), *_questions(snapshot, found)]
    return [*_arithmetic(found), *_words(found), *_units(found), *_questions(snapshot, found)]


def tally(made: list[Proof]) -> str:
    """3 项通过，1 项待人工判断."""
    words = {"ok": "通过", "fails": "不符", "unknown": "暂不能核对", "ask": "待人工判断"}
    counts = {state: len([p for p in made if p.state == state]) for state in words}
    return "，".join(f"{counts[state]} 项{word}" for state, word in words.items() if counts[state])


def _read(title: str, reading: Reading) -> Proof:
    state: State = "unknown" if reading.code == "unjudged" else "ok" if reading.holds else "fails"
    said = reading.detail if reading.code == "equal" else f"{reading.zh}：{reading.detail}"
    return Proof(state, title, said)


def _arithmetic(found: Trail) -> Iterator[Proof]:
    """Parts against the total, a part against the whole, a rate against its two figures."""
    figure, counted = found.figure, found.counted
    if found.parts:
        part, whole = (p.figure.value for p in found.parts)
        yield _read("两数相除等于比率", share_reading(part, whole, Decimal(figure.number)))
        yield _read("分子不大于分母", part_reading(part, whole))
    elif figure.definition.count:
        right = figure.value is not None and figure.value.low == len(counted)
        yield Proof("ok" if right else "fails", "记录条数等于数字", f"{len(counted)} 条记录，数为{figure.text}")
    elif len(counted) > 1:
        valued = [m.value for m in counted if m.value]
        yield _read("分项之和等于合计", sum_reading(valued, figure.value))
    if figure.standing.total and figure.standing.listed and figure.standing.listed.low:
        yield _read("已列明的不大于来源总数", part_reading(figure.standing.listed, figure.standing.total))


def _heads(found: Trail) -> Iterator[Proof]:
    """Heads against person-times: nobody takes part less than once."""
    value, times = found.figure.value, found.figure.standing.records
    right = value is not None and value.high is not None and value.high <= times
    yield Proof("ok" if right else "fails", "人数不多于人次", f"{found.figure.text}，{times} 人次")


def resting_on(found: Trail) -> list[Member]:
    """The records counted in; for a ratio those of both figures."""
    return list(found.counted) or [m for part in found.parts for m in part.counted]


def _words(found: Trail) -> Iterator[Proof]:
    """Whether the words of the source stand where they are said to stand."""
    members = resting_on(found)
    if lacking := [m for m in members if not m.passages and not m.silent and m.definition.of not in OWN]:
        yield Proof("fails", "每条记录都有出处", f"{len(lacking)} 条记录缺出处")
    passages = list({p.number: p for m in members for p in m.passages if p.paragraph}.values())
    known = {p.number: stands(p) for p in passages}
    if there := [p for p in passages if known[p.number]]:
        yield Proof("ok", f"{len(there)} 处词句都在原文中找到", _times(there))
    if odd := [p for p in passages if known[p.number] is False]:
        yield Proof("fails", f"{len(odd)} 处词句不在所说的段落", "、".join(f"{p.place}“{p.fragment}”" for p in odd))
    if absent := [p for p in passages if known[p.number] is None]:
        yield Proof("unknown", "词句尚未与原文逐字核对", f"原文未收入，账上存词句 {len(absent)} 处；补原文后自动核对")


def _times(passages: list[Passage]) -> str:
    """How often the amounts are said in their paragraphs: more than once is worth a look."""
    often = [f"“{p.said or p.fragment}”在{p.place}出现 {n} 次" for p in passages if (n := times_said(p) or 0) > 1]
    return "逐字匹配；" + "，".join(often) if often else "逐字匹配，各出现 1 次"


def _units(found: Trail) -> Iterator[Proof]:
    """Whether the values that were added are in one unit."""
    values = [m.value for m in found.counted if m.value]
    if len(values) < 2 or found.figure.definition.count:
        return
    units = list(dict.fromkeys(write(v).unit for v in values))
    same = len({v.unit for v in values}) == 1
    detail = f"均为{units[0]}，无需换算" if len(units) == 1 else f"来源用{'、'.join(units)}，折成同一单位后相加"
    yield Proof("ok" if same else "fails", "计量单位一致", detail)


def _questions(snapshot: Snapshot, found: Trail) -> Iterator[Proof]:
    """What a person must judge."""
    asked, quiet = found.figure.standing.questions, _quiet(found)
    own = {member.number for member in resting_on(found)}
    for row in snapshot.rows["findings"] if asked else ():
        if row["title"] not in asked or row["state"] == "settled":
            continue
        links = snapshot.rows.by("links", "record").get(row["number"])
        if not own or {link["to"] for link in links if link["role"] == "about"} & own:
            said = (row["remedy"],) if quiet else (row["found"], row["remedy"])
            yield Proof("ask", row["title"], "；".join(filter(None, said)))


def _quiet(found: Trail) -> bool:
    """Whether what was found may say a number of persons that is withheld: then only the remedy is said in public."""
    if not public(found.figure.identity.name.programme):
        return False
    held = any(member.mark or member.silent for member in found.members)
    return held or of_persons(found.figure.definition) or any(map(_quiet, found.parts))
