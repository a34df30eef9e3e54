"""Which side of a document a name is on: the giving or the receiving one, by the names of the two and by where an area lies."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from .parties import Lexicon
from .sides import Sides
from .stems import stems

GIVES, TAKES = "gives", "takes"
_LEVEL = re.compile(r"^(?:[我本全该])?[省市州盟县区旗师团场乡镇村](?=[一-鿿]|$)|^自治区")


@dataclass(frozen=True)
class Siding:
    """The two sides of a document as names are held against them."""

    sides: Sides
    lexicon: Lexicon
    known: dict[str, str] = field(default_factory=dict)

    def of(self, name: str) -> str:
        """The side of a name (我市 already replaced): `gives`, `takes`, or nothing where nothing says it."""
        if name not in self.known:
            self.known[name] = self._of(name) if name else ""
        return self.known[name]

    def _of(self, name: str) -> str:
        """Ours by its level, else by the names of the two sides in it, else by where it lies."""
        if (level := _LEVEL.match(name)) and self.sides.own and name != self.sides.own:
            ours = (side for side in (self.sides.own, *self.sides.both()) if side.endswith(level[0][-1]))
            return self.of(next(ours, self.sides.own if level[0][0] in "我本全该自" else ""))
        name = self.lexicon.chains.get(name, name)
        found = sorted(
            (name.find(word), -len(word), side)
            for side, words in ((GIVES, self._words(self.sides.giver)), (TAKES, self._words(self.sides.receiver)))
            for word in words
            if word in name
        )
        if found:
            return found[0][2]
        if self.lexicon.supports(name):
            return GIVES
        if name in self.lexicon.areas and self.sides.receiver and not self.lexicon.supports(self.sides.receiver):
            return TAKES
        return ""

    def _words(self, side: str) -> Sequence[str]:
        """The bare names by which a side is known; a province that holds both is known for neither."""
        other = self.sides.receiver if side == self.sides.giver else self.sides.giver
        shared = set(stems(other)) if other else set()
        return [word for word in stems(side) if word not in shared] if side else []
