"""What is taken out of the stream before numbers are read, each by a named rule: list numbers, document numbers, names with numerals."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("guards.toml")


@dataclass(frozen=True)
class Guarded:
    """A span that is no quantity, and the guard that took it."""

    start: int
    end: int
    by: str


@cache
def _guards() -> tuple[tuple[str, re.Pattern[str]], ...]:
    data = tomllib.loads(_FILE.read_text("utf-8"))
    names = sorted(data["names"]["words"], key=len, reverse=True)
    rules = {name: re.compile(rule) for name, rule in data["guards"].items()}
    alone = r"(?<![0-9一二三四五六七八九十百千万亿.多余])"
    return (*rules.items(), ("name", re.compile(alone + "(?:" + "|".join(map(re.escape, names)) + ")")))


def guarded(text: str) -> list[Guarded]:
    """The spans of a folded text that hold no quantity, in order."""
    found = [
        Guarded(match.start(), match.end(), name)
        for name, rule in _guards()
        for match in rule.finditer(text)
        if match[0]
    ]
    return sorted(found, key=lambda span: (span.start, -span.end))
