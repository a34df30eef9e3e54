"""What an office has taught: words that it read otherwise than the grammar, used before the grammar's word stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from duikou.records.models import Wording

from .prose.candidate import Candidate, Reason

TAUGHT = "本单位上次改为"


@dataclass(frozen=True)
class Example:
    """Words of an office that mean something else in an aspect: `was` as it was read, `reads` as the office read it."""

    aspect: str
    words: str
    was: str
    reads: str


def examples(office: str) -> tuple[Example, ...]:
    """What an office has taught, the youngest first; each words and aspect once."""
    rows = Wording.objects.filter(office=office).order_by("-pk") if office else ()
    found: dict[tuple[str, str], Example] = {}
    for row in rows:
        found.setdefault((row.aspect, row.words), Example(row.aspect, row.words, row.was, row.reads))
    return tuple(found.values())


def read_as(c: Candidate, text: str, taught: Iterable[Example]) -> tuple[Candidate, tuple[Reason, ...]]:
    """A candidate as the office reads such words: the longest example of its sentence decides what it is."""
    for one in sorted(taught, key=lambda one: -len(one.words)):
        if one.aspect == "kind" and one.was == c.kind and (at := _at(one.words, text, c)) is not None:
            return replace(c, kind=one.reads), (Reason("kind", one.words, at, at + len(one.words)),)
    return c, ()


def said_as(
    record: str, values: Mapping[str, Any], text: str, c: Candidate, taught: Sequence[Example]
) -> tuple[dict[str, Any], tuple[Reason, ...]]:
    """What a record says, where the office has read such words otherwise; each change with its reason."""
    found, reasons = dict(values), []
    for one in taught:
        _, dot, name = one.aspect.partition(".")
        if not dot or one.aspect != f"{record}.{name}" or found.get(name, "") != one.was:
            continue
        if (at := _at(one.words, text, c)) is not None:
            found[name] = one.reads
            reasons.append(Reason(name, one.words, at, at + len(one.words)))
    return found, tuple(reasons)


def _at(words: str, text: str, c: Candidate) -> int | None:
    """Where words stand in the part of the sentence that a candidate stands in, between semicolons; the nearest before its end."""
    first, last = c.sentence
    first = max(first, *(text.rfind(mark, first, c.start) + 1 for mark in "；;"))
    last = min([last, *(at for mark in "；;" if (at := text.find(mark, c.end, last)) >= 0)])
    at = text.rfind(words, first, c.end)
    at = at if at >= 0 else text.find(words, c.end, last)
    return at if at >= 0 else None
