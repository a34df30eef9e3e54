"""Giver and receiver of what a clause tells of: the names it holds and how they stand, else the sides of the document."""

import re
from collections.abc import Sequence
from itertools import pairwise

from .candidate import Names, Party
from .document import HEAD, Document
from .parties import Lexicon, Mention, ours, table
from .sides import Sides, sides_of, supports

_TO = re.compile(r"(?:向|为|给|赴|援助|支援|到|来|在|帮|对|用于|至|帮助|派往|资助|捐助|捐赠)$")
_BY = re.compile(r"(?:由|经|受)$")
_TAKES = re.compile(r"接收|接受|收到|受援|争取(?:到)?|引进|获")
_FROM = re.compile(r"(?:接收|接受|收到|引进|争取)(?:了|到)?$")
_BOTH = re.compile("双方|两地|两[市州县省院校]")
_PARTIES = re.compile("甲方|乙方")
_OURSELVES = ("我院", "我场", "我校", "我团", "我部", "我社")
MUTUAL = {"agreement", "pairing", "visit", "meeting"}
MONEY = {"funds_planned", "funds_secured", "funds_allotted", "funds_disbursed", "funds_received"}
SENT = {"secondment", "medical_team", "training", "students"}
GIFTS = {"donation_cash", "donation_goods", "funds_raised", "support_in_kind"}
PROGRAMME = {*MONEY, "secondment", "medical_team"}  # between the sides of the document where the clause names none
PLACED = {"project_count", "funds_spent"}  # what is done on the receiving side, whoever gave for it
BROUGHT = {"investment", "agreement_amount"}  # enterprise money, which goes to the receiving side
TOLD = {*PROGRAMME, *SENT, *GIFTS, *MUTUAL, *PLACED, *BROUGHT, "sales"}
BEFORE, AFTER, BESIDE = 100, 60, 24  # characters in which a name may be of the number
Words = str | None


def _abbreviated() -> re.Pattern[str]:
    """来津, 赴滇: an area by its one-character name, before a word of what is done there."""
    done = "进行|考|学|培|挂|就|交|访|参|对|调|洽|跟|务|巡|支|研|开|任|工|，|、|。|投|$"
    return re.compile(rf"(?:来|赴|到|在|进|入)(?P<at>[{''.join(one[0] for one in table()['short'])}])(?={done})")


class Parties:
    """The names of a document and what they mean in it."""

    def __init__(self, frame: Document, texts: Sequence[str], names: Names | None) -> None:
        self.lexicon = Lexicon(texts[: HEAD * 40])
        self.names = names
        self.sides: Sides = sides_of(frame, texts, self.lexicon)
        self.short = {one[0]: one[1:] for one in table()["short"]}
        self.abbreviated = _abbreviated()

    def party(self, words: str) -> Party:
        """A party by its words: the name they mean in this document, the code when a book knows exactly one."""
        name = self.meant(words)
        codes = self.names.codes(name) if self.names else frozenset()
        return Party(words, name if name != words else "", next(iter(codes)) if len(codes) == 1 else "")

    def meant(self, words: str) -> str:
        """The full name that words mean: 我市 is the document's own city; 甲方, 乙方 are its two sides."""
        if words in ("甲方", "乙方"):
            return self.sides.both()[words == "乙方"] or words
        if words[:1] in "我本该全" and words[1:2] in "省市州盟县区旗" and self.sides.own:
            return self.sides.own + words[2:]
        if words in _OURSELVES and self.sides.own:
            return self.sides.own
        sides = (
            side for side in self.sides.both() if side.startswith(words) and len(side) - len(words) <= 1 < len(words)
        )
        return next(sides, words)

    def of(
        self, kind: str, text: str, clause: tuple[int, int], sentence: tuple[int, int], near: tuple[int, int]
    ) -> tuple[Party | None, Party | None]:
        """Giver and receiver of a number; `near`: from the number before it to it, where a name in a list stands."""
        if kind not in TOLD:
            return None, None
        first, last = max(clause[0], near[1] - BEFORE), min(clause[1], near[1] + AFTER)
        here, found = text[first:last], self._mentions(text, first, last)
        if not any(m.start < near[1] for m in found):
            earlier = self._mentions(text, max(sentence[0], near[1] - BEFORE - BESIDE), near[1])
            found = (_firms(earlier) if kind == "investment" else earlier[-2:]) + found
        giver, receiver = self._mutual(text, here, found) if kind in MUTUAL else (None, None)
        if place := self.abbreviated.search(here):
            receiver = receiver or self.meant(self.short[place["at"]])
        if giver is None:
            giver, receiver = _by_place(text, found, receiver, near[1])
        giver, receiver = self._listed(kind, text, clause, near, giver, receiver)
        giver, receiver = self._settled(kind, giver, receiver, here)
        return (self.party(giver) if giver else None), (self.party(receiver) if receiver else None)

    def _mutual(self, text: str, here: str, found: Sequence[Mention]) -> tuple[Words, Words]:
        """Two parties that a clause joins: X与Y签订; 双方 are the sides of the document."""
        for one, other in pairwise(found):
            if text[one.end : other.start] in ("与", "和", "同"):
                return one.words, other.words
        return self.sides.both() if _BOTH.search(here) else (None, None)

    def _listed(
        self, kind: str, text: str, clause: tuple[int, int], near: tuple[int, int], giver: Words, receiver: Words
    ) -> tuple[Words, Words]:
        """A name right before a number of a list: 其中织金县9860万元 receives, 广东援藏干部52人、福建35人 give."""
        beside = self._mentions(text, max(near[0], near[1] - BESIDE), near[1])
        if not beside or _TO.search(text[max(0, beside[-1].start - 4) : beside[-1].start]):
            return giver, receiver
        last = beside[-1]
        if near[1] - last.end <= 6 and last.area and kind in MONEY and not self._gives(last.words):
            return (giver if giver != last.words and giver and self._gives(giver) else None), last.words
        if near[0] > clause[0] and last.end > near[0]:
            return last.words, receiver
        return giver, receiver

    def _settled(self, kind: str, giver: Words, receiver: Words, clause: str) -> tuple[Words, Words]:
        """What the clause names, and the sides of the document where it names none."""
        given, taken = self.sides.both()
        if kind in PLACED:
            return (giver if giver and self._gives(giver) else None), taken or None
        if giver and self._is(giver, taken) and kind in MONEY:
            giver, receiver = None, receiver or giver
        if giver and not receiver and self._is(giver, taken) and kind in SENT and _takes(clause, giver):
            giver, receiver = None, giver
        if giver and not receiver and not self._is(giver, taken) and kind in {*GIFTS, *BROUGHT}:
            receiver = taken
        if giver and given and kind in MONEY and not self._gives(giver):
            giver, receiver = given, receiver or giver
        if kind in BROUGHT and giver is None:
            receiver = receiver or taken
        if kind in PROGRAMME:
            if giver and self._is(giver, taken):
                receiver = receiver or given
            giver = giver or (taken if receiver and self._gives(receiver) else given)
            receiver = receiver or (taken if not self._is(giver, taken) else given)
        return giver, receiver

    def _gives(self, words: str) -> bool:
        """Whether a name is of the supporting side: of this document's, or of a region that supports."""
        return self._is(words, self.sides.giver) or supports(words)

    def _is(self, words: str, side: str) -> bool:
        """Whether words mean a side, or one within it that bears its name."""
        name = self.meant(words)
        return bool(side and name) and (name.startswith(side) or side.startswith(name) or side.endswith(name))

    def _mentions(self, text: str, first: int, last: int) -> list[Mention]:
        """The names in a stretch, with 我市 and 甲方, in order."""
        found = self.lexicon.mentions(text, first, last)
        for match in (*ours(text, first, last), *_PARTIES.finditer(text, first, last)):
            found.append(Mention(match.start(), match.end(), match[0], area=True))
        return sorted(found, key=lambda one: one.start)


def _by_place(text: str, found: Sequence[Mention], receiver: Words, number: int) -> tuple[Words, Words]:
    """Giver and receiver by the words before each name: 由X, 接收X, 向X, 赴X; else who stands first gives."""
    giver: Words = None
    for mention in found:
        before = text[max(0, mention.start - 4) : mention.start]
        if _FROM.search(before):
            giver = mention.words
        elif _TO.search(before):
            receiver = receiver or mention.words
        elif giver is None and (mention.start < number or _BY.search(before)):
            giver = mention.words
    return giver, receiver


def _takes(clause: str, subject: str) -> bool:
    """Whether a clause says that its subject takes people in (X接收…), and not that they come from it (接收X…)."""
    return bool(_TAKES.search(clause)) and not re.search(rf"(?:接收|接受){re.escape(subject)}", clause)


def _firms(mentions: Sequence[Mention]) -> list[Mention]:
    """The enterprise that a sentence began with: who invests."""
    return [m for m in mentions if m.words.endswith(("公司", "集团", "企业", "厂", "商会", "合作社"))][:1]
