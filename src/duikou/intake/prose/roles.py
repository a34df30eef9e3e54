"""Giver and receiver of what a clause tells: the names it holds, their sides and cases; else the sides of the document."""

import re
from collections.abc import Sequence
from functools import cached_property

from .candidate import Names, Party
from .cases import AFTER, Named, cased
from .document import HEAD, Document
from .giving import TOLD, Around, roles
from .naming import table
from .parties import Lexicon, Mention, ours
from .respective import ALONE, Rank, run_of
from .sides import Sides, sides_of
from .siding import Siding

_PARTIES = re.compile("甲方|乙方")
_OURSELVES = ("我院", "我场", "我校", "我团", "我部", "我社", "我会", "我局", "我公司")
_BOTH = re.compile("双方|两地|两[市州县省院校]")
_FROM_WHOM = re.compile("均?(?:来自|由[^，。；]{2,16}(?:捐|赠|提供|资助))")
_COMES = re.compile("来[一-鿿]{1,4}(?:参加|接受|学习|就学|就读|培训|进修)")
_ENDED = re.compile(r"(?:省|市|州|盟|县|区|旗)$")
_LABEL = re.compile(r"[^，。；：]{1,24}：")
_COMMA = re.compile("[，；：。]")
BEFORE, AFTERWARDS, EARLIER, BESIDE = 100, 60, 24, 24  # characters in which a name may be of the number
Span = tuple[int, int]


def _abbreviated() -> re.Pattern[str]:
    """来津, 赴滇: an area by its one-character name, before a word of what is done there."""
    done = "进行|考|学|培|挂|就|交|访|参|对|调|洽|跟|务|巡|支|研|开|任|工|进|，|、|。|投|$"
    return re.compile(rf"(?:来|赴|到|在|进|入)(?P<at>[{''.join(one[0] for one in table()['short'])}])(?={done})")


class Parties:
    """The names of a document and what they mean in it."""

    def __init__(
        self, frame: Document, texts: Sequence[str], names: Names | None, written: Sequence[str] | None = None
    ) -> None:
        self.lexicon = Lexicon(texts[: HEAD * 40])
        self.names = names
        self.sides: Sides = sides_of(frame, texts, self.lexicon)
        self.texts, self.written = texts, written or texts
        self._as_written: dict[str, str] = {}
        self.siding = Siding(self.sides, self.lexicon)

    @cached_property
    def short(self) -> dict[str, str]:
        """Areas by their one-character names."""
        return {one[0]: one[1:] for one in table()["short"]}

    @cached_property
    def abbreviated(self) -> re.Pattern[str]:
        """Where such a name stands as one."""
        return _abbreviated()

    def party(self, words: str) -> Party:
        """A party by its words: the name they mean in this document, the code when a book knows exactly one."""
        name = self.meant(words)
        codes = self.names.codes(name) if self.names else frozenset()
        said, full = self.as_written(words), self.as_written(name)
        return Party(said, full if full != said else "", next(iter(codes)) if len(codes) == 1 else "")

    def as_written(self, name: str) -> str:
        """A name as the paper writes it: 香港特區, not the simplified characters that the grammar reads."""
        if name not in self._as_written:
            places = ((n, text.find(name)) for n, text in enumerate(self.texts))
            found = next(((n, at) for n, at in places if at >= 0), None)
            self._as_written[name] = self.written[found[0]][found[1] : found[1] + len(name)] if found else name
        return self._as_written[name]

    def meant(self, words: str) -> str:
        """The full name that words mean: 我市 is the document's own city; 甲方, 乙方 are its two sides."""
        if words in ("甲方", "乙方"):
            return self.sides.both()[words == "乙方"] or words
        if words[:1] in "我本该全" and words[1:2] in "省市州盟县区旗" and self.sides.own:
            level = (side for side in (self.sides.own, *self.sides.both()) if side.endswith(words[1]))
            return next(level, self.sides.own) + words[2:]
        if words in _OURSELVES:
            return self.sides.issuer or self.sides.own or words
        if not _ENDED.search(words):
            words = self.lexicon.full.get(words, words)
        sides = (
            side for side in self.sides.both() if side.startswith(words) and len(side) - len(words) <= 1 < len(words)
        )
        return next(sides, words)

    def of(
        self, kind: str, text: str, clause: Span, sentence: Span, near: Span, rank: Rank = ALONE
    ) -> tuple[Party | None, Party | None]:
        """Giver and receiver of a number; `near`: from the number before it to it, where a name in a list stands."""
        if kind not in TOLD:
            return None, None
        last = clause[1] + BESIDE if _FROM_WHOM.match(text, clause[1]) else clause[1]
        window = max(clause[0], near[1] - BEFORE), min(last, near[1] + AFTERWARDS)
        here = self._named(text, *window, near[1])
        first = max(sentence[0], near[1] - BEFORE - EARLIER)
        if rank[1] > 1 and (run := run_of([one.joined for one in here], rank[1])) >= 0:
            here = [here[run + rank[0]], *here[:run], *here[run + rank[1] :]]
        earlier = _nearest_first(text, self._named(text, first, clause[0], near[1]))
        if not any(one.case != AFTER for one in here):
            here, earlier = here + earlier, []
        if label := _LABEL.match(text):
            here += self._named(text, 0, min(label.end(), near[1]), near[1])
        beside = [one for one in here if near[0] <= one.mention.start < near[1]]
        both, comes = (rule.search(text, *window) is not None for rule in (_BOTH, _COMES))
        giver, receiver = roles(kind, Around(here, beside, [*here, *earlier], both, comes), self.sides)
        return (self.party(giver) if giver else None), (self.party(receiver) if receiver else None)

    def _named(self, text: str, first: int, last: int, number: int) -> list[Named]:
        """The names in a stretch, with 我市 and 甲方, in order."""
        found = self.lexicon.mentions(text, first, last)
        for match in (*ours(text, first, last), *_PARTIES.finditer(text, first, last)):
            if match[0] not in _OURSELVES or self.sides.issuer:
                found.append(Mention(match.start(), match.end(), match[0], area=True))
        for match in self.abbreviated.finditer(text, first, last):
            found.append(Mention(match.start("at"), match.end("at"), self.short[match["at"]], area=True))
        found.sort(key=lambda one: (one.start, -one.end))
        return list(cased(text, found, self.siding, [self.meant(one.words) for one in found], number))


def _nearest_first(text: str, names: Sequence[Named]) -> list[Named]:
    """The names of earlier clauses, those of the nearest clause before the others."""
    clauses: list[list[Named]] = [[]]
    for before, one in zip([None, *names], names, strict=False):
        if before and _COMMA.search(text, before.mention.end, one.mention.start):
            clauses.append([])
        clauses[-1].append(one)
    return [one for clause in reversed(clauses) for one in clause]
