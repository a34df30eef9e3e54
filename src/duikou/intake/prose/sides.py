"""The two sides of a document: what its title and its paragraphs state is weighed; whose paper it is fills what is left."""

import re
from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass, field

from .document import HEAD, Document
from .naming import table
from .parties import Lexicon
from .stated import agreed, issuer, owner, stated, yours
from .stems import stems

TITLE, OPENING, BODY, OWN = (
    12,
    3,
    1,
    6,
)  # what weighs: a statement in the title, at the beginning, further down; whose paper
FIRST, SEEN = 5, 60  # paragraphs of the body that open it, and in which a statement is looked for
MET = 0.05  # what it weighs that a name is met once
_ENDED = re.compile(r"(?:省|市|州|盟|县|区|旗)$")
_OFFICE = re.compile(r"(?:办公室|指挥部|工作队|工作组|领导小组|局|厅|委|委员会|办)$")  # speaks for a side and is none
_SMALL = re.compile(r"(?:镇|乡|街道|农场)$")
_OWN_TAKES = re.compile(
    r"(?:帮扶|支援|援助|援建|拨付|下达|捐赠|援|派[来驻])(?:给|了)?我[省市州县区旗场]|来我[州县区旗]|受援"
)
_OWN_GIVES = re.compile(r"我[省市区](?:[^，。；]{0,10})(?:援[疆藏青]|对口支援|帮扶|拨付|选派)")


@dataclass(frozen=True)
class Sides:
    """The supporting and the receiving side of a document, and whose paper it is."""

    giver: str = ""
    receiver: str = ""
    own: str = ""  # what 我市, 我县 mean
    issuer: str = ""  # what 我会, 我院 mean

    def both(self) -> tuple[str, str]:
        """The two names."""
        return self.giver, self.receiver


@dataclass
class _Votes:
    """How much speaks for each area, by the forms of its name."""

    areas: Set[str]
    weight: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    forms: defaultdict[str, dict[str, float]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, name: str, weight: float) -> None:
        """Something speaks for a name."""
        if name:
            key = stems(name)[0] if name in self.areas or _ENDED.search(name) else name
            self.weight[key] += weight
            self.forms[key][name] = self.forms[key].get(name, 0) + weight

    def heaviest(self) -> list[str]:
        """The areas, that for which most speaks first."""
        return sorted(self.weight, key=lambda key: -self.weight[key])

    def best(self, *, but: str = "") -> str:
        """The name for which most speaks, in its official form."""
        keys = [key for key in self.heaviest() if not but or key not in (but, stems(but)[0])]
        if not keys:
            return ""
        forms = sorted(self.forms[keys[0]], key=lambda form: -self.forms[keys[0]][form])
        return max(forms, key=lambda form: (bool(_ENDED.search(form)), "自治" in form))

    def nearer(self, name: str) -> str:
        """An area that is stated to lie in the province named, if there is one: 青海, then 青海黄南藏族自治州."""
        if not name or stems(name)[0] not in table()["provinces"]:
            return name
        within = (
            form
            for key in self.heaviest()
            for form in self.forms[key]
            if name and self.weight[key] >= BODY and stems(name)[0] in stems(form)[1:]
        )
        return next(within, name)


def sides_of(frame: Document, texts: Sequence[str], lexicon: Lexicon) -> Sides:
    """The two sides of a document of folded paragraphs."""
    own, body = owner(frame, texts, lexicon), issuer(frame, texts, lexicon)
    contract = [agreed(texts, side, lexicon) for side in ("甲方", "乙方")]
    if all(contract):
        return Sides(contract[0], contract[1], own, body)
    gives, takes = _Votes(lexicon.areas), _Votes(lexicon.areas)
    _state(frame, texts, lexicon, gives, takes)
    _own(texts, lexicon, own, gives, takes)
    takes.add(yours(texts), TITLE)
    if pair := re.search("|".join(table()["pairs"]), "".join(texts[: HEAD * 2])):
        gives.add(next(name[1:] for name in table()["short"] if name[0] == pair[0][0]), BODY)
    for name, count in lexicon.counts.items():
        if name in lexicon.areas and not _SMALL.search(name):
            (gives if lexicon.supports(name) else takes).add(name, MET * count)
    giver = gives.best()
    receiver = takes.nearer(takes.best(but=giver))
    return Sides(giver, receiver, own or giver, body)


def _state(frame: Document, texts: Sequence[str], lexicon: Lexicon, gives: _Votes, takes: _Votes) -> None:
    """Weigh what the title and the paragraphs state; that a supporting region is helped is taken the other way round."""
    said = [(TITLE, frame.title)]
    said += [(OPENING if n < frame.body + FIRST else BODY, text) for n, text in enumerate(texts[:SEEN])]
    for weight, text in said:
        for giver, receiver in stated(text, lexicon):
            if any(_OFFICE.search(name) for name in (giver, receiver)):
                continue
            if weight != TITLE and receiver and receiver not in lexicon.areas:
                continue
            if lexicon.supports(receiver) and not lexicon.supports(giver):
                giver, receiver = receiver, giver
            gives.add(giver, weight)
            takes.add(receiver, weight)


def _own(texts: Sequence[str], lexicon: Lexicon, own: str, gives: _Votes, takes: _Votes) -> None:
    """Weigh whose paper it is: what it says of us, else where we lie."""
    joined = "".join(texts)
    helped, helping = _OWN_TAKES.search(joined), _OWN_GIVES.search(joined)
    mine = gives if not helped and (lexicon.supports(own) or (helping and not lexicon.has_supporters)) else takes
    mine.add(own, OWN)
