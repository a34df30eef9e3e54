"""The rule book: every rule of the house by its code and by the fact it judges, and the packs that ship with it."""

import importlib
import pkgutil
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from duikou.terms.words import vocabulary

from .packs import Choice
from .problem import Rule

HERE = Path(__file__).parent
CHOICES = HERE / "choices"
MONEY = (
    "funds",
    "notices",
    "budgets",
    "shares",
    "contracts",
    "claims",
    "tranches",
    "uses",
    "payments",
    "receipts",
    "closings",
)
PROJECTS = ("needs", "projects", "stages", "works", "progress", "outputs", "inspections", "assets", "course", "results")
HEADING, ENTRY = {"code", "title", "basis", "rule"}, {"rule", "weight", "first", "last", "basis", "values"}


@cache
def modules() -> Mapping[str, tuple[Rule, ...]]:
    """The rules of each module in the order of their numbers; those of money first."""
    names = [m.name for m in pkgutil.iter_modules([str(HERE)]) if m.name != "book"]
    found = {}
    for name in sorted(names, key=lambda n: (MONEY.index(n) if n in MONEY else len(MONEY), n)):
        rules = [r for r in vars(importlib.import_module(f"{__package__}.{name}")).values() if isinstance(r, Rule)]
        own = {r.code: r for r in rules if r.code.startswith(f"{name}.")}.values()
        if own:
            found[name] = tuple(sorted(own, key=lambda r: int(r.code.rpartition(".")[2])))
    return found


@cache
def book() -> Mapping[str, Rule]:
    """Every rule by its code."""
    return {rule.code: rule for rules in modules().values() for rule in rules}


@cache
def by_fact() -> Mapping[type[Any], tuple[Rule, ...]]:
    """All rules that judge each kind of fact, of whichever module they are: a claim is asked by claims, tranches and uses."""
    found: dict[type[Any], tuple[Rule, ...]] = {}
    for name in modules():
        for fact, rules in getattr(importlib.import_module(f"{__package__}.{name}"), "RULES", {}).items():
            found[fact] = tuple(dict.fromkeys((*found.get(fact, ()), *rules)))
    return found


@dataclass(frozen=True)
class Shipped:
    """A pack that ships: what it is called, what it rests on, what it chooses."""

    code: str
    title: str
    basis: str
    choices: tuple[Choice, ...]


class WrongPack(ValueError):
    """A pack's file that cannot be used: every place, what was found, what was expected."""


@cache
def packs() -> Mapping[str, Shipped]:
    """The packs that ship, by code; WrongPack names all that is wrong with their files."""
    found = [read_pack(path) for path in sorted(CHOICES.glob("*.toml"))]
    return {pack.code: pack for pack in found}


def read_pack(path: Path) -> Shipped:
    """The pack of a file; WrongPack says what is wrong with it."""
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise WrongPack(f"{path.name}：读不了（{error}），应为 UTF-8 的 TOML 文件") from None
    entries = data.get("rule", [])
    wrong = [f"{path.name}：{problem}" for problem in _wrong_heading(data)]
    wrong += [f"{path.name}，{_named(n, e)}：{problem}" for n, e in enumerate(entries, 1) for problem in _wrong(e)]
    wrong += [f"{path.name}：{problem}" for problem in _overlapping(entries)] if not wrong else []
    if wrong:
        raise WrongPack("\n".join(wrong))
    choices = (
        Choice(e["rule"], e["weight"], e.get("values", {}), e.get("basis", ""), e.get("first"), e.get("last"))
        for e in entries
    )
    return Shipped(data["code"], data["title"], data["basis"], tuple(choices))


def _named(number: int, entry: Mapping[str, Any]) -> str:
    return f"第 {number} 条 {entry.get('rule', '')}".rstrip()


def _wrong_heading(data: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with the head of a file."""
    for name in ("code", "title", "basis"):
        if not isinstance(data.get(name), str) or not data[name]:
            yield f"{name} 现为 {data.get(name)!r}，应为文字"
    if unknown := set(data) - HEADING:
        yield f"现有 {'、'.join(sorted(unknown))}，应只有 code、title、basis 和 [[rule]]"


def _wrong(entry: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with one rule of a file."""
    rule = book().get(entry.get("rule", ""))
    if rule is None:
        yield f"rule 现为 {entry.get('rule')!r}，应为规则书里的编号，如 claims.1"
        return
    if unknown := set(entry) - ENTRY:
        yield f"现有 {'、'.join(sorted(unknown))}，应只有 {'、'.join(sorted(ENTRY))}"
    if entry.get("weight") not in (weights := vocabulary()["weight"]):
        yield f"weight 现为 {entry.get('weight')!r}，应为 {'、'.join(weights)}"
    for name in ("first", "last"):
        if name in entry and type(entry[name]) is not date:
            yield f"{name} 现为 {entry[name]!r}，应为日期，如 2017-01-01"
    yield from _wrong_values(rule, entry.get("values", {}))


def _wrong_values(rule: Rule, values: object) -> Iterator[str]:
    """Values that the rule does not know, or that are no whole numbers."""
    if not isinstance(values, dict):
        yield f"values 现为 {values!r}，应为名称和整数"
        return
    for name, value in values.items():
        if name not in rule.needs:
            yield f"取值 {name} 这条规则不用，应为 {'、'.join(rule.needs) or '没有取值'}"
        elif type(value) is not int or value < 0:
            yield f"取值 {name} 现为 {value!r}，应为不小于 0 的整数"


def _overlapping(entries: list[Mapping[str, Any]]) -> Iterator[str]:
    """Rules that a file sets twice for the same day."""
    for n, one in enumerate(entries):
        if (begins := one.get("first", date.min)) > (ends := one.get("last", date.max)):
            yield f"{one['rule']} 现为 {begins} 至 {ends}，应为先始后终"
        for other in entries[:n]:
            meets = other.get("first", date.min) <= ends and begins <= other.get("last", date.max)
            if other["rule"] == one["rule"] and meets:
                yield f"{one['rule']} 同一天有两条，应为各管一段日子"
