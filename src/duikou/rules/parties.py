"""Names of parties as banks write them: cut short, with brackets, with what kind of account it is; which name they mean."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from .alike import payee_key

LEAST = 4  # characters of a name that was cut short, to be known by
_BRACKET = re.compile(r"[(（\[【〔][^)）\]】〕]*[)）\]】〕]?")
_MARKS = re.compile(r"[()（）\[\]【】〔〕《》“”\"'·.,，、。\-—_*]")
_ACCOUNT = re.compile(
    r"(?:(?:东西部)?协作资金|对口支援资金|财政(?:国库)?|国库(?:集中支付)?|零余额|基本|一般|专项|预算|支付中心|收付中心)*"
    r"(?:专户|专用账户|零余额账户|账户|专项资金户)$"
)
_SEAT = re.compile(r"(?:财政[局厅]|国库|人民政府)$")


def party_keys(name: str) -> tuple[str, ...]:
    """A name as it is compared, from the fullest: without marks, what stands in brackets, its sort of account, 财政局."""
    plain = payee_key(name)
    bare = payee_key(_BRACKET.sub("", name))
    found = [_MARKS.sub("", plain)]
    for text in (_MARKS.sub("", bare),):
        owner = _ACCOUNT.sub("", text)
        found += [text, owner, _SEAT.sub("", owner)]
    return tuple(dict.fromkeys(key for key in found if len(key) > 1))


class Names:
    """The names of the parties of a ledger, each with the party it means; what a bank writes is looked up among them."""

    def __init__(self, parties: Iterable[Sequence[str]]) -> None:
        """`parties`: of each its names, the first of which stands for it."""
        self._means: dict[str, set[str]] = {}
        self._found: dict[str, frozenset[str]] = {}
        for names in set(map(tuple, parties)):
            for name in names:
                for key in party_keys(name):
                    self._means.setdefault(key, set()).add(names[0])
        self._sorted = sorted(self._means)

    def exactly(self, said: str) -> frozenset[str]:
        """The parties that a name means in full; the fullest form of it that means any."""
        return next((frozenset(self._means[key]) for key in party_keys(said) if key in self._means), frozenset())

    def of(self, said: str) -> frozenset[str]:
        """The parties that a name means, in full or as the beginning of one; none where it is no name of theirs."""
        if said not in self._found:
            self._found[said] = self.exactly(said) or self._begun(said)
        return self._found[said]

    def _begun(self, said: str) -> frozenset[str]:
        """The parties whose name goes on from what was said, or is the beginning of it."""
        found: set[str] = set()
        for key in party_keys(said):
            at = bisect_left(self._sorted, key)
            while len(key) >= LEAST and at < len(self._sorted) and self._sorted[at].startswith(key):
                found |= self._means[self._sorted[at]]
                at += 1
            for end in range(LEAST, len(key)):
                found |= self._means.get(key[:end], set())
        return frozenset(found)
