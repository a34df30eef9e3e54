"""Facts without a number: agreements, visits, pairings, named projects, plans and rules, commitments; data in events.toml."""

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("events.toml")
_AHEAD = re.compile(r"^\s*(?:[一二三四五六七八九十]{1,3}、)?(?:下一?步|今后|下一阶段)")


@dataclass(frozen=True)
class Event:
    """Words that tell of something that happened or is promised, and its name where it has one."""

    kind: str
    start: int
    end: int
    words: str
    title: str = ""


@dataclass(frozen=True)
class _Rule:
    kind: str
    words: re.Pattern[str]
    unless: re.Pattern[str] | None
    once: bool
    commitments: bool


@cache
def _rules() -> tuple[_Rule, ...]:
    return tuple(
        _Rule(
            entry["kind"], re.compile(entry["words"]), re.compile(entry["unless"]) if "unless" in entry else None,
            entry.get("once", False), entry.get("commitments", False),
        )
        for entry in tomllib.loads(_FILE.read_text("utf-8"))["event"]
    )  # fmt: skip


def events(text: str, numbered: Sequence[tuple[int, int]]) -> Iterator[Event]:
    """What a paragraph tells without a number; words that already hold one tell it with it."""
    ends = [(last, first) for first, last in numbered]  # in order of place: numbers do not overlap
    ahead = _AHEAD.match(text) is not None
    for rule in _rules():
        if rule.commitments and not ahead:
            continue
        for found in rule.words.finditer(text):
            near = bisect_left(ends, (found.start() + 1,))
            if not found[0] or (near < len(ends) and ends[near][1] < found.end()):
                continue
            if rule.unless and rule.unless.search(text, found.start(), min(len(text), found.end() + 8)):
                continue
            groups = found.groupdict()
            yield Event(
                rule.kind, found.start(), found.end(), found[0], groups.get("title") or groups.get("quoted") or ""
            )
            if rule.once:
                break
