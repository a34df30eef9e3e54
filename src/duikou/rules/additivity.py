"""Additivity as a law: one table of kind of measure × kind of dimension, and the reasons for a refusal.

Four questions are asked of every sum (A1-A4): are the members disjoint, are they complete, does the measure add over
time, does it add across kinds. A pair without an entry is refused: adding by default is how sums go wrong.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from duikou.terms.words import word, zh

Answer = Literal["add", "as-of", "recompute", "refuse"]

# kind of measure (terms: kind)      time         area       giver      receiver   sector     programme
LAW: dict[str, dict[str, Answer]] = {
    "flow":      {"time": "add",       "area": "add", "giver": "add", "receiver": "add", "sector": "add", "programme": "add"},
    "stock":     {"time": "as-of",     "area": "add", "giver": "add", "receiver": "add", "sector": "add", "programme": "add"},
    "count":     {"time": "add",       "area": "recompute", "giver": "recompute", "receiver": "recompute",
                  "sector": "recompute", "programme": "add"},
    "quota":     {"time": "refuse",    "area": "add", "giver": "add", "receiver": "add", "sector": "add", "programme": "add"},
    "forecast":  {"time": "refuse",    "area": "add", "giver": "add", "receiver": "add", "sector": "add", "programme": "add"},
    "intention": {"time": "add",       "area": "add", "giver": "add", "receiver": "add", "sector": "add", "programme": "add"},
    "heads":     {"time": "recompute", "area": "recompute", "giver": "recompute", "receiver": "recompute",
                  "sector": "recompute", "programme": "recompute"},
    "times":     {"time": "add",       "area": "add", "giver": "add", "receiver": "add", "sector": "add", "programme": "add"},
    "ratio":     {},
}  # fmt: skip


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
    """What a sum is made of: kind of measure, unit, class of money, state of money, basis, whose word, whole or part."""

    kind: str
    unit: str
    money: str = ""
    state: str = ""
    basis: str = "actual"
    side: str = ""
    standing: str = "own"
    same: str = ""


def along(kind: str, dimension: str) -> Answer:
    """What the law says of one kind of measure along one kind of dimension."""
    return LAW.get(kind, {}).get(dimension, "refuse")


def refuse_along(kind: str, dimension: str) -> Refusal | None:
    """Why a measure may not be added along a dimension, or nothing."""
    if along(kind, dimension) == "add":
        return None
    question = "A3" if dimension == "time" else "A1"
    instead = {
        "as-of": "取某日时点数，或两日之差",
        "recompute": "按此分组重新计数，不由分项相加",
        "refuse": "并列，不设合计",
    }[along(kind, dimension)]
    return Refusal(question, f"{zh('kind', kind)}不沿{zh('dimension', dimension)}相加", instead)


_ACROSS = (
    ("unit", "unit", "A4", "计量单位不同：{0}与{1}", "并列；有折价依据后再合计"),
    ("money", "money", "A4", "钱的性质不同：{0}与{1}", "四类钱并列，不设总计"),
    ("state", "state", "A4", "资金环节不同：{0}与{1}", "逐环节并列，是同一笔钱的不同状态"),
    ("kind", "kind", "A4", "计量性质不同：{0}与{1}", "并列，不设合计"),
    ("basis", "basis", "A4", "{0}与{1}不是一回事", "预计、意向与实际分列"),
)


def refuse_across(measures: Iterable[Measure]) -> Refusal | None:
    """Why measures may not be put into one sum, or nothing."""
    members = list(measures)
    for one, other in pairwise(members):
        for field, word_list, question, reason, instead in _ACROSS:
            a, b = getattr(one, field), getattr(other, field)
            if a != b:
                said = [word(word_list, code).zh if code else "未标明" for code in (a, b)]
                return Refusal(question, reason.format(*said), instead)
    standings = {m.standing for m in members}
    if "part" in standings and "total" in standings:
        return Refusal("A1", "总数与它的分项不能同加", "取总数；分项列作构成")
    seen = [m.same for m in members if m.same]
    if len(seen) != len(set(seen)):
        return Refusal("A1", "同一件事由两方各报一次", "按一方计，另一方列作印证")
    return None
