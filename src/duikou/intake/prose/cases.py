"""How a name stands in its clause: who does it (由…), from whom it comes (接收…), to whom it goes (向…), or the subject."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from .naming import table
from .parties import Mention
from .respective import JOINS
from .siding import Siding

AGENT, SOURCE, TARGET, SUBJECT, AFTER = "agent", "source", "target", "subject", "after"
NEAREST = 6  # characters before a name that say its case


@dataclass(frozen=True)
class Named:
    """A name in a clause: the words, the name they mean, the side it is on, its case."""

    mention: Mention
    name: str
    side: str
    case: str
    joined: bool = False  # with the one after it: X与Y

    @property
    def words(self) -> str:
        """The words as they stand."""
        return self.mention.words


@cache
def _before() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The words right before a name that say its case, the surest first."""
    return tuple(
        (case, re.compile(rf"(?:{'|'.join(table()[key])})$"))
        for case, key in ((SOURCE, "from"), (AGENT, "by"), (TARGET, "to"))
    )


@cache
def _follows() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(table()['gift'])})")


def cased(text: str, found: Sequence[Mention], siding: Siding, meant: Sequence[str], number: int) -> Iterator[Named]:
    """The names of a clause with their sides and cases; names joined by 、 or 和 share the case of the first."""
    case = ""
    for n, (mention, name) in enumerate(zip(found, meant, strict=True)):
        joins = n > 0 and text[found[n - 1].end : mention.start] in JOINS
        joined = n + 1 < len(found) and text[mention.end : found[n + 1].start] in JOINS
        if not joins or case not in (SOURCE, AGENT, TARGET):
            case = _case(text, mention, number)
        yield Named(mention, name, siding.of(name), case, joined)


def _case(text: str, mention: Mention, number: int) -> str:
    before = text[max(0, mention.start - NEAREST) : mention.start]
    for case, rule in _before():
        if rule.search(before):
            return case
    if _follows().match(text, mention.end):
        return SOURCE  # 广东捐赠的, 湖南援藏干部
    return SUBJECT if mention.start < number else AFTER
