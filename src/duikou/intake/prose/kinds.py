"""What a number is: each kind's words weighed by how near they stand to it; the words that decided are kept."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace

from .numbers import Number
from .wording import wordings

REACHES = {  # how much words count, by what they are and where they stand
    "head": {"near": 1.0, "clause": 0.32, "sentence": 0.22, "later": 0.15, "heading": 0.3},
    "verb": {"near": 1.0, "clause": 0.72, "sentence": 0.45, "later": 0.33, "heading": 0.36},
}
FAR = 3.2  # no word weighs more than this from another clause
NOUN = 12  # characters that may stand between a number and the noun it counts: 2个食用菌项目
WHO = {"medical_team": 1.6, "students": 1.3}  # 14名医生 are doctors, whatever they then do
_FILLER = re.compile(r"可望|预计|预期|有望|达到|达|约为|共计|累计|总计|合计|实现|完成|突破|共|为|了|已|就|高|[ ：]")
_FIRMS = re.compile("企业|招商|引进|产业|合作|协议")  # over a column that tells of enterprises' money
ENCLOSED = 0.4  # what is left of words inside brackets that are closed before a number
BESIDE = 1.25  # a head right beside the number
LEAST = 0.85  # what the words of a kind must weigh to be believed
LABEL = 22  # characters at the beginning of what stands before: a heading
DOUBTED = 0.4  # how much is left of a kind whose needed words are lacking, or against which words speak


@dataclass(frozen=True)
class Around:
    """The words around a number, as places of the paragraph, from the nearest to the farthest."""

    near: tuple[tuple[int, int], ...]  # what belongs to it alone: since the number before, up to the one after
    clause: tuple[int, int]
    sentence: tuple[int, int]  # earlier clauses of the sentence or of its part
    later: tuple[int, int]  # the rest of the sentence
    heading: tuple[int, int]

    def scopes(self) -> Iterator[tuple[int, int, str]]:
        """Each stretch of words with its name."""
        for first, last in self.near:
            yield first, last, "near"
        yield *self.clause, "clause"
        yield *self.sentence, "sentence"
        yield *self.later, "later"
        yield *self.heading, "heading"


@dataclass(frozen=True)
class Weighed:
    """A kind, how much speaks for it, and the words that spoke loudest."""

    kind: str
    weight: float
    words: str = ""
    start: int = 0
    end: int = 0
    near: bool = False  # the words belong to the number alone


def of_column(words: str, number: Number) -> Weighed | None:
    """The kind that the words over a column speak of."""
    heard = (
        Weighed(kind, weight, words)
        for _, _, kind, _, weight, units in hits(words).found
        if number.base in units and kind != "other" and (not wordings()[kind].measures or number.unit == "")
    )
    own = [one for one in heard if one.kind != "investment" or _FIRMS.search(words)]
    return max(own, key=lambda one: one.weight, default=None)


@dataclass(frozen=True)
class Hits:
    """Every wording met in a paragraph, found in one pass: start, end, kind, sort, weight, in order of place."""

    text: str
    found: tuple[tuple[int, int, str, str, float, frozenset[str]], ...]
    starts: tuple[int, ...]

    def weigh(self, number: Number, around: Around) -> dict[str, Weighed]:
        """The kinds that words around a number speak for."""
        best: dict[str, Weighed] = {}
        for first, last, scope in around.scopes():
            for start, end, kind, sort, weight, units in self.found[
                bisect_left(self.starts, first) : bisect_left(self.starts, last)
            ]:
                if end > last or number.base not in units or not wordings()[kind].fits(number):
                    continue
                left = end <= number.start
                apart = self._apart(start, end, number)
                spoken = weight if scope in ("near", "clause") else min(weight, FAR)
                if left and self._enclosed(start, number):
                    spoken *= ENCLOSED
                heard = (
                    spoken * REACHES[sort][scope] * _fading(apart, close=sort == "head" and scope == "near" and left)
                )
                if sort == "head" and scope == "near":
                    heard *= _beside(kind, apart, left=left)
                if kind not in best or heard > best[kind].weight:
                    best[kind] = Weighed(kind, heard, self.text[start:end], start, end, scope == "near")
        narrow = self.text[around.sentence[0] : around.later[1]]
        wide = narrow + self.text[around.heading[0] : around.heading[1]][:LABEL]
        clause = self.text[around.clause[0] : around.clause[1]]
        return {kind: self._doubted(one, wide, clause) for kind, one in best.items()}

    def _enclosed(self, start: int, number: Number) -> bool:
        """Whether words stand inside brackets that are closed before the number: 已竣工（含培训班结业）31个."""
        closed = self.text.find("）", start, number.start)
        return closed >= 0 and self.text.find("（", start, closed) < 0

    def _apart(self, start: int, end: int, number: Number) -> int:
        """How far words stand from a number; what only leads up to it does not count: 产值（可望达到）40亿元."""
        if end > number.start:
            return max(start - number.end, 0)
        between = self.text[end : number.start]
        return len(_FILLER.sub("", between)) if len(between) <= NOUN else len(between)

    def _doubted(self, one: Weighed, wide: str, clause: str) -> Weighed:
        """A kind is doubted where the words that it needs are lacking, or words against it stand in the clause."""
        wording = wordings()[one.kind]
        lacking = wording.needs is not None and not wording.needs.search(wide)
        refused = wording.against is not None and wording.against.search(clause) is not None
        share = DOUBTED if lacking else 0.6 if refused else 1.0
        return replace(one, weight=one.weight * share)


def _beside(kind: str, apart: int, *, left: bool) -> float:
    """How much more the noun weighs that is counted: right before the number, or after it with its attributes."""
    if apart <= 1 and (left or kind not in WHO):
        return BESIDE
    if not left and ((kind in WHO and apart <= 3) or (kind == "project_count" and apart <= NOUN)):
        return WHO.get(kind, BESIDE)
    return 1.0


def _fading(apart: int, *, close: bool) -> float:
    """How much is left of words so many characters off; what is counted stands close before its number: 企业（达）65家."""
    return max(1 - apart / 14, 0.3) if close else 1 - min(apart, 60) / 120


def hits(text: str) -> Hits:
    """The wordings of a paragraph."""
    found = [
        (match.start(), match.end(), kind, sort, weight, units)
        for kind, wording in wordings().items()
        for sort, rule, weight, units in wording.words
        for match in rule.finditer(text)
    ]
    found.sort(key=lambda hit: hit[0])
    return Hits(text, tuple(found), tuple(start for start, *_ in found))
