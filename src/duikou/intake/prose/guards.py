"""What is taken out of the stream before numbers are read, each by a named rule: list numbers, document numbers, names with numerals."""

import re
import tomllib
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("guards.toml")
Span = tuple[int, int]


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


class Taken:
    """The spans of a text that are no longer to be read, in order of place."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans: list[Span] = []
        for first, last in sorted(spans):
            if self._spans and first < self._spans[-1][1]:
                first, last = self._spans[-1][0], max(last, self._spans.pop()[1])
            self._spans.append((first, last))
        self._firsts = [first for first, _ in self._spans]

    def until(self, place: int) -> int:
        """Where the span ends that holds a place; nought where none does."""
        at = bisect_right(self._firsts, place) - 1
        return self._spans[at][1] if at >= 0 and self._spans[at][1] > place else 0
