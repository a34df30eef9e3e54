"""Additivity as a law: one table of kind of measure × kind of dimension, and the reasons for a refusal.

Four questions are asked of every sum (A1-A4): are the members disjoint, are they complete, does the measure add over
time, does it add across kinds. A pair without an entry is refused: adding by default is how sums go wrong.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from duikou.terms.words import vocabulary, zh

Answer = Literal["add", "as-of", "recompute", "refuse"]

_EVERYWHERE: dict[str, Answer] = dict.fromkeys(("area", "giver", "receiver", "sector", "source", "programme"), "add")
_COUNTED: dict[str, Answer] = dict.fromkeys(("area", "giver", "receiver", "sector", "source"), "recompute")

# kind of measure (terms: kind) to kind of dimension (terms: dimension)
LAW: dict[str, dict[str, Answer]] = {
    "flow": {"time": "add", **_EVERYWHERE},
    "stock": {"time": "as-of", **_EVERYWHERE},
    "count": {"time": "add", **_COUNTED, "programme": "add"},
    "quota": {"time": "refuse", **_EVERYWHERE},
    "forecast": {"time": "refuse", **_EVERYWHERE},
    "intention": {"time": "add", **_EVERYWHERE},
    "heads": {"time": "recompute", **_COUNTED, "programme": "recompute"},
    "overlap": {"time": "recompute", **_COUNTED, "programme": "recompute"},
    "times": {"time": "add", **_EVERYWHERE},
    "ratio": {},
}
SHARING = ("heads", "overlap")  # what two records, or two figures, count may be the same person, the same school


@dataclass(frozen=True)
class Refusal:
    """A sum that is not allowed: which of the four questions failed, and what may be had instead."""

    question: str
    reason: str
    instead: str

    def __str__(self) -> str:
        return f"不相加（{self.question}）：{self.reason}。{self.instead}"


@dataclass(frozen=True)
class Measure:
    """What a sum is made of: kind, unit, class and state of money, basis, whose word, whether a whole or a part of one.

    `same` names the event that both sides may report; `member` is what the figure is of and `within` what that lies in.
    """

    kind: str
    unit: str
    money: str = ""
    state: str = ""
    basis: str = "actual"
    side: str = ""
    standing: str = "own"
    same: str = ""
    member: str = ""
    within: str = ""


def along(kind: str, dimension: str) -> Answer:
    """What the law says of one kind of measure along one kind of dimension."""
    return LAW.get(kind, {}).get(dimension, "refuse")


def refuse_along(kind: str, dimension: str) -> Refusal | None:
    """Why a measure may not be added along a dimension, or nothing."""
    answer = along(kind, dimension)
    if answer == "add":
        return None
    question, instead = {
        "as-of": ("A3", "取某日时点数，或两日之差"),
        "recompute": ("A1", "按此分组重新计数，不由分项相加"),
        "refuse": ("A3" if dimension == "time" else "A4", "并列，不设合计"),
    }[answer]
    return Refusal(question, f"{_word('kind', kind)}不沿{_word('dimension', dimension)}相加", instead)


def refuse_records(kind: str, dimension: str) -> Refusal | None:
    """Why records that differ along a dimension may not be added, each taken once and as of its day, or nothing.

    Taking each record once is the counting anew that a count wants, and the as-of that a stock wants; it does not help
    where two records may count the same members.
    """
    if along(kind, dimension) in ("as-of", "recompute") and kind not in SHARING:
        return None
    return refuse_along(kind, dimension)


_ACROSS = (
    ("unit", "计量单位不同：{0}与{1}", "并列；有折价依据后再合计"),
    ("money", "钱的性质不同：{0}与{1}", "各类钱并列，不设总计"),
    ("state", "资金环节不同：{0}与{1}", "逐环节并列，是同一笔钱的不同状态"),
    ("kind", "计量性质不同：{0}与{1}", "并列，不设合计"),
    ("basis", "{0}与{1}不是一回事", "预计、意向与实际分列"),
)


def refuse_across(measures: Iterable[Measure]) -> Refusal | None:
    """Why measures may not be put into one sum, or nothing."""
    members = list(measures)
    for one, other in pairwise(members):
        for field, reason, instead in _ACROSS:
            pair = getattr(one, field), getattr(other, field)
            if pair[0] != pair[1]:
                return Refusal("A4", reason.format(*(_word(field, code) for code in pair)), instead)
    return _overlap(members)


def _overlap(members: Sequence[Measure]) -> Refusal | None:
    """Why the members are not disjoint, or nothing."""
    if {"part", "total"} <= {m.standing for m in members}:
        return Refusal("A1", "总数与它的分项不能同加", "取总数；分项列作构成")
    if {m.within for m in members} & {m.member for m in members} - {""}:
        return Refusal("A1", "上级的数已含下级的数", "取上级的数，或只加下级")
    if shared := [m.kind for m in members if m.kind in SHARING][1:]:
        reason = f"两个{_word('kind', shared[0])}里可能有同一个"
        return Refusal("A1", reason, "一人只计一次的，从名单重新计数；否则并列")
    seen = [m.same for m in members if m.same]
    if len(seen) != len(set(seen)):
        return Refusal("A1", "同一件事由两方各报一次", "按一方计，另一方列作印证")
    return None


def refuse_incomplete(expected: Iterable[str], reported: Iterable[str]) -> Refusal | None:
    """Why a sum may not be called the whole, or nothing: some of those who should report have not."""
    wanted, have = list(expected), set(reported)
    missing = [name for name in wanted if name not in have]
    if not missing:
        return None
    share = f"已报 {len(wanted) - len(missing)}/{len(wanted)}"
    return Refusal("A2", f"未报：{'、'.join(missing)}", f"只列“{share}”之和，不称合计")


def _word(list_name: str, code: str) -> str:
    """中文 of a code; a code outside the list stands for itself, none is said to be unmarked."""
    if not code:
        return "未标明"
    return zh(list_name, code) if code in vocabulary()[list_name] else code
