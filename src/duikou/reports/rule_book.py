"""The rule book as people read it: each rule with its sentence, basis, days and weight, and what a programme has chosen."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from duikou.rules.amounts import percent, words
from duikou.rules.book import modules
from duikou.rules.decisions import ACTS
from duikou.rules.packs import Choice, Pack
from duikou.rules.problem import Rule
from duikou.terms.words import word, zh

FEN, MONTHS = ("works", "goods", "services", "above"), ("months", "small", "large")
NOT_SET = "未设定"
AS_WRITTEN = "未另定，照规则书"


@dataclass(frozen=True)
class Chosen:
    """How a programme has chosen a rule for some days: weight, values by name, what it rests on."""

    weight: str
    days: str
    values: tuple[tuple[str, str], ...]
    basis: str


@dataclass(frozen=True)
class Line:
    """A rule on paper; `lacks`: some value that it needs is set by nobody today."""

    rule: Rule
    days: str
    weight: str
    needs: tuple[str, ...]
    chosen: tuple[Chosen, ...]
    lacks: bool


@dataclass(frozen=True)
class Chapter:
    """The rules of one subject."""

    code: str
    lines: tuple[Line, ...]


def chapters(pack: Pack | None = None, day: date | None = None) -> Iterator[Chapter]:
    """The whole book; with a pack, how each rule is chosen, and what is lacking on a day."""
    for name, rules in modules().items():
        yield Chapter(name, tuple(_line(rule, pack or Pack(), day or date.max) for rule in rules))


def _line(rule: Rule, pack: Pack, day: date) -> Line:
    chosen = tuple(_chosen(rule, choice) for choice in pack.choices if choice.rule == rule.code)
    unset = [pack.value(rule.code, name, day) is None for name in rule.needs]
    lacks = bool(unset) and (all(unset) if rule.needs == ACTS else any(unset))  # of acts one is enough
    needs = tuple(zh("value", name) for name in rule.needs)
    return Line(rule, _days(rule.valid_from, rule.valid_until), _weight(rule), needs, chosen, lacks)


def _weight(rule: Rule) -> str:
    return zh("weight", rule.weight) + ("，护账" if rule.guards else "")


def _chosen(rule: Rule, choice: Choice) -> Chosen:
    values = tuple((zh("value", name), said(name, choice.values.get(name))) for name in rule.needs)
    return Chosen(choice.weight, _days(choice.first, choice.last), values, choice.basis)


def said(name: str, value: int | None) -> str:
    """A value as people say it; 未设定 where nobody has set it."""
    if name in ACTS:
        return "须有决定" if value else "不在其列"
    if value is None:
        return NOT_SET
    if name in FEN:
        return words(value)
    if name in MONTHS:
        return f"{value} 个月"
    return {"days": f"{value} 天", "points": f"{value} 个百分点"}.get(name, percent(value))


def _days(first: date | None, last: date | None) -> str:
    if first and last:
        return f"{first} 至 {last}"
    return f"{first} 起" if first else f"至 {last}" if last else ""


def text(pack: Pack | None = None, day: date | None = None) -> Iterator[str]:
    """The book line by line, for a screen of text; with a pack, what is chosen under each rule."""
    for chapter in chapters(pack, day):
        yield f"\n{zh('subject', chapter.code)}　{chapter.code}"
        for line in chapter.lines:
            yield f"  {line.rule.code}　{line.rule.sentence.zh}"
            yield f"      {line.rule.sentence.en}"
            yield f"      {'　'.join(filter(None, (line.weight, line.days, f'依据：{line.rule.basis}')))}"
            if pack is None:
                yield from [f"      取值：{'、'.join(line.needs)}"] if line.needs else []
            else:
                yield from (f"      → {of}" for of in _how(line))


def _how(line: Line) -> Iterator[str]:
    """How a rule is chosen, in words."""
    for chosen in line.chosen:
        values = "、".join(f"{name} {value}" for name, value in chosen.values)
        yield "　".join(filter(None, (zh("weight", chosen.weight), chosen.days, values, f"依据：{chosen.basis}")))
    if not line.chosen:
        yield "　".join([AS_WRITTEN, "、".join(f"{name} {NOT_SET}" for name in line.needs)]).rstrip("　")


def markdown() -> str:
    """The book as docs/rule-book.md."""
    found = ["# 规则书　Rule book", "", INTRODUCTION]
    for chapter in chapters():
        subject = word("subject", chapter.code)
        found += ["", f"## {subject.zh}　{subject.en} (`{chapter.code}`)", ""]
        found += ["| 编号 | 规则 | 依据 | 日期 | 轻重 | 取值 |", "| --- | --- | --- | --- | --- | --- |"]
        for line in chapter.lines:
            values = "、".join(f"{name} `{code}`" for name, code in zip(line.needs, line.rule.needs, strict=True))
            sentence = f"{line.rule.sentence.zh}<br>{line.rule.sentence.en}"
            cells = (f"`{line.rule.code}`", sentence, line.rule.basis, line.days, line.weight, values)
            found.append("| " + " | ".join(cells) + " |")
    return "\n".join(found) + "\n"


INTRODUCTION = """由 `duikou rules --markdown` 写成，改规则后重写。拦下：不改正就办不成；提问：照办，同时记入待核。护账的规则守住账的加减，
任何项目方案都不能改轻。取值由项目方案的规则包设定；没有设定的，规则什么也不查。

Written by `duikou rules --markdown`. A rule that stops refuses the act, one that asks leaves a question; what guards the
book is never taken lighter. Values are set by the programme's pack; where nobody has set one, the rule finds nothing."""
