"""口径的新说法: an office's reading of a statistic, put beside the ones before it; what must hold before it is used."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Any

from duikou.terms.words import zh

from .additivity import Measure, Refusal, refuse_across
from .fact import Fact
from .period import Period
from .problem import Found, Rule, rule

LETTERED = re.compile(r"(?P<series>[a-z_]+\.[a-z_]+)\.(?P<letter>[b-z])")
KEPT = ("of", "add", "count", "distinct", "each", "unit", "kind", "money", "state", "basis", "side", "timeless")
"""What is the same in all readings of a series: what is counted, in which unit, of which kind, in which state."""
STAYING = ("state", "basis", "of_kind", "step")  # columns whose words tell one statistic from another
MONEY_GIFTS = ("cash", "raised")
Sheet = Mapping[str, Any]


def lettered(code: str) -> bool:
    """Whether a code is of a later reading: funds.disbursed.b."""
    return LETTERED.fullmatch(code) is not None


def series_of(code: str) -> str:
    """The first reading of the series that a code is of."""
    found = LETTERED.fullmatch(code)
    return found["series"] if found else code


def next_code(series: str, taken: Sequence[str]) -> str:
    """The first code of a series that no reading bears or has borne; none where all letters are taken."""
    codes = (f"{series}.{letter}" for letter in "bcdefghijklmnopqrstuvwxyz")
    return next((code for code in codes if code not in taken), "")


@dataclass(frozen=True, kw_only=True)
class Definition(Fact):
    """A reading as it is proposed: its code, the series it stands in, its sheet as canonical text, and why."""

    code: str
    follows: str
    name: str
    text: str
    digest: str
    valid_from: date
    author: str
    checked_by: str = ""
    state: str = "proposed"
    decided: date | None = None
    reason: str = ""

    @cached_property
    def sheet(self) -> Sheet:
        """The sheet that the text says."""
        said: Sheet = json.loads(self.text)
        return said


def proposed(code: str, sheet: Sheet, *, author: str, reason: str) -> Definition:
    """A reading of a sheet: its text is written here, so that text, digest and columns say the same."""
    said = {**sheet, "follows": series_of(code), "author": author, "checked_by": ""}
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return Definition(
        code=code, follows=series_of(code), name=str(said["name"]), text=text, digest=sha256(text.encode()).hexdigest(),
        valid_from=date.fromisoformat(str(said["valid_from"])), author=author, reason=reason,
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Checking(Fact):
    """A proposed reading is adopted or refused, by whom, and why."""

    state: str
    checker: str
    reason: str
    valid_from: date


@dataclass(frozen=True)
class Reading:
    """A reading that is kept: its code, its first day, how far it has come (terms: definition_state), who wrote it."""

    code: str
    valid_from: date
    state: str = "adopted"
    author: str = ""


@dataclass(frozen=True)
class Series:
    """The program's part of a series: its first sheet, that in force, the columns of its table with the words each may hold."""

    first: Sheet
    now: Sheet
    columns: Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Following:
    """A reading of a ratio that follows one of its two numbers: adopted with it, by the same act."""

    fact: Definition
    series: Series


@dataclass(frozen=True)
class ReadingStanding:
    """The readings of the series, all codes that are taken, the closed periods of all programmes; the series itself."""

    readings: tuple[Reading, ...] = ()
    taken: tuple[str, ...] = ()
    closed: tuple[Period, ...] = ()
    series: Series | None = None
    kept: Reading | None = None

    @property
    def youngest(self) -> date:
        """The first day of the youngest reading in force."""
        return max((r.valid_from for r in self.readings if r.state == "adopted"), default=date.min)


@rule("readings.1", basis="一名一义：数字的名称永不改变含义", guards=True)
def reading_has_a_code_of_its_own(fact: Definition, standing: ReadingStanding) -> Found | None:
    """新说法的代码是原口径的代码加一个字母，没有用过。
    A reading bears the code of its series with a letter that was never used."""
    found = LETTERED.fullmatch(fact.code)
    if found is None or found["series"] != fact.follows:
        return Found(fact.code or "没有代码", f"{fact.follows}.b 至 {fact.follows}.z", "改正代码；字母用完的，另立口径")
    free = next_code(fact.follows, standing.taken) or "没有空余的字母"
    return Found(f"{fact.code} 已经用过", free, "换一个字母") if fact.code in standing.taken else None


@rule("readings.2", basis="口径用表中的列和词", guards=True)
def reading_fits_its_table(fact: Definition, standing: ReadingStanding) -> Found | None:
    """口径的条件只用它那张表的列和词表中的词。
    The conditions of a reading use columns of its table and words of the terms."""
    columns: Mapping[str, Sequence[str]] = standing.series.columns if standing.series else {}
    for column, words in fact.sheet.get("where", {}).items():
        if column not in columns:
            return Found(f"条件 {column}", f"表中的列：{'、'.join(columns)}", "去掉这一条件")
        if odd := [word for word in words if columns[column] and word not in columns[column]]:
            return Found(f"{column} 为 {'、'.join(odd)}", "、".join(columns[column]), "从词表中选")
        if not words:
            return Found(f"条件 {column} 没有选词", "至少一个词", "选词，或去掉这一条件")
    return None


@rule("readings.3", basis="单位、性质不同的不接成一个系列", guards=True)
def reading_counts_the_same_thing(fact: Definition, standing: ReadingStanding) -> Found | None:
    """一个系列里，取自哪张表、加什么、单位、性质和环节不变。
    Within a series the table, what is added, unit, kind and state stay the same."""
    if standing.series is None:
        return None
    first, sheet = standing.series.first, fact.sheet
    changed = [name for name in KEPT if sheet.get(name) != first.get(name)]
    changed += ["share"] if bool(sheet.get("share")) != bool(first.get("share")) else []
    before, after = first.get("where", {}), sheet.get("where", {})
    staying = [c for c in {**before, **after} if c in STAYING or c.endswith("_unit")]
    changed += [c for c in staying if list(before.get(c, ())) != list(after.get(c, ()))]
    return Found(f"改了 {'、'.join(changed)}", "与原口径相同", "另立一个口径，不接在这个系列里") if changed else None


@rule("readings.4", basis="可加性：互不重复、同一性质的才相加", guards=True)
def reading_adds_what_may_be_added(fact: Definition, standing: ReadingStanding) -> Found | None:
    """一个说法里放在一起的，是可以相加的。
    What a reading puts together may be added."""
    if standing.series is None or fact.sheet.get("share"):
        return None
    first = standing.series.first.get("where", {})
    for refusal in _mixed(fact.sheet, first, standing.series.columns):
        return Found(refusal.reason, "互不重复、同一性质的记录", refusal.instead)
    return None


def _mixed(sheet: Sheet, first: Mapping[str, Any], columns: Mapping[str, Sequence[str]]) -> Iterator[Refusal]:
    """What of a sheet may not be added: a condition that the first sheet has and this one lacks takes every word."""
    where = sheet.get("where", {})
    taken = {c: where.get(c, columns.get(c, ()) if c in first else ()) for c in ("standing", "form")}
    measures = [Measure(sheet["kind"], sheet["unit"], standing=word) for word in taken["standing"]]
    if sheet["kind"] not in ("heads", "overlap") and (refusal := refuse_across(measures)):
        yield refusal
    goods = [word for word in taken["form"] if word not in MONEY_GIFTS]
    if sheet["unit"] == "fen" and goods:
        said = "、".join(zh("gift", word) for word in goods)
        yield Refusal("A4", f"{said}没有金额，不与捐款相加", "实物按折价另列")


@rule("readings.5", basis="会计基础工作规范：已结账的数不改", guards=True)
def reading_begins_after_what_is_closed(fact: Definition | Checking, standing: ReadingStanding) -> Found | None:
    """新说法自未关账的日子起，晚于前一说法；比率随分子分母的，与其同日起。
    A reading begins in open time, later than the one before it; a ratio that follows one of its numbers begins with it."""
    if fact.state == "refused":
        return None
    if shut := [p for p in standing.closed if p.last >= fact.valid_from]:
        last = max(shut, key=lambda p: p.last)
        return Found(f"自 {fact.valid_from} 起，{last.zh}已关账", f"{last.last} 以后", "改自何日起")
    follows = isinstance(fact, Definition) and fact.state == "adopted"
    if fact.valid_from <= standing.youngest and not follows:
        return Found(f"自 {fact.valid_from} 起", f"{standing.youngest} 以后", "改自何日起")
    return None


@rule("readings.6", basis="口径有名称、理由、依据", guards=True)
def reading_says_why(fact: Definition, standing: ReadingStanding) -> Found | None:
    """新说法写明叫什么、是什么意思、依据什么文件、为什么改，并且与现行的不同。
    A reading says its name, its meaning, its basis and why it is proposed, and differs from the one in force."""
    said = {"名称": fact.name, "含义": fact.sheet.get("why"), "依据": fact.sheet.get("rests_on"), "原因": fact.reason}
    if lacking := [name for name, text in said.items() if not str(text or "").strip()]:
        return Found(f"没有写{'、'.join(lacking)}", "四项都写", "补上")
    if standing.series is None:
        return None
    now, sheet = standing.series.now, fact.sheet
    same = all(now.get(name) == sheet.get(name) for name in ("where", "by", "share"))
    return Found("条件与现行的一样", "至少一处不同", "改条件；只改文字的不必提") if same else None


@rule("readings.7", basis="四眼原则：提出人不批自己的", guards=True)
def reading_is_checked_by_another(fact: Checking, standing: ReadingStanding) -> Found | None:
    """口径由提出人以外的人核定。
    A reading is checked by another person than its author."""
    author = standing.kept.author if standing.kept else ""
    return Found(f"提出和核定都是 {author}", "两个人", "由另一位领导核定") if fact.checker == author else None


@rule("readings.8", basis="一事一议：定了的不再定", guards=True)
def reading_is_decided_once(fact: Checking, standing: ReadingStanding) -> Found | None:
    """核定一次，写明依据或原因。
    A reading is decided once, and it is said why."""
    if standing.kept is None or standing.kept.state != "proposed":
        now = zh("definition_state", standing.kept.state) if standing.kept else "没有这个说法"
        return Found(now, zh("definition_state", "proposed"), "要再改，另提一个说法")
    return None if fact.reason.strip() else Found("没有写原因", "采用的依据，或不采用的原因", "补上")


RULES: dict[type[Fact], tuple[Rule, ...]] = {
    Definition: (
        reading_has_a_code_of_its_own, reading_fits_its_table, reading_counts_the_same_thing, reading_adds_what_may_be_added,
        reading_begins_after_what_is_closed, reading_says_why,
    ),
    Checking: (reading_is_checked_by_another, reading_is_decided_once, reading_begins_after_what_is_closed),
}  # fmt: skip
