"""Who helps whom in a document: its two sides, by its title, its first paragraphs, and whose paper it is."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .document import HEAD, Document
from .parties import Lexicon, Mention, table

_HELPS_WHOM = re.compile(r"(?:对口)?(?:支援|帮扶|援建|援助)(?:的)?[一-鿿]{0,4}$|对口援$|向$|援助$")
_HELPED = re.compile(r"(?:对口)(?:支援|帮扶|援建|援助|协作|援)[一-鿿]{0,2}$")
_HELPING = re.compile(
    r"(?:市|省|区)?(?:对口(?:支援|帮扶|援)|援[疆藏青](?!办)"
    r"|(?:(?:19|20)[0-9]{2}年(?:度)?)?(?:东西部(?:扶贫)?协作|财政|对口|社会|首批|无偿)*(?:援助|帮扶|支援|协作)资金"
    r"|(?:累计|共)?(?:拨付|援助|帮扶|支援|捐赠|下达)(?:给)?我[省市州盟县区旗]|(?:先后|累计)?派(?:来|出)|儿女|人民的?(?:无私|大力))"
)
_AIDING = re.compile(r"[^，。；]{0,14}?援[疆藏青川滇黔]")
_PAIRED = re.compile(r"^(?:与|和|·|—+|-|同|～|\s+)$")
_TOGETHER = re.compile("结|牵|协作|合作|帮扶|对口|援|联席|互访|紧扣|携手")
_OWN_TAKES = re.compile(
    r"(?:帮扶|支援|援助|援建|拨付|下达|捐赠|援|派[来驻])(?:给|了)?我[省市州县区旗场]|来我[州县区旗]|受援"
)
_OWN_GIVES = re.compile(r"我[省市区](?:[^，。；]{0,10})(?:援[疆藏青]|对口支援|帮扶|拨付|选派)")
_OWN_SENT = re.compile("我[省市].{0,12}援[藏疆青]|援[藏疆青]干部")
BODY = 5  # paragraphs of the body in which the sides may first be named
APART = 24  # characters between two names that one sentence joins


@dataclass(frozen=True)
class Sides:
    """The supporting and the receiving side of a document, and whose paper it is."""

    giver: str = ""
    receiver: str = ""
    own: str = ""  # what 我市, 我县 mean

    def both(self) -> tuple[str, str]:
        """The two names."""
        return self.giver, self.receiver


def supports(name: str) -> bool:
    """Whether a name is of a region that supports others."""
    return any(region in name for region in table()["supporting"])


def same(one: str, other: str) -> bool:
    """Whether two names may be of one party: the one holds the other."""
    return bool(one) and bool(other) and (one in other or other in one)


def sides_of(frame: Document, texts: Sequence[str], lexicon: Lexicon) -> Sides:
    """The two sides by the title, then by the first paragraphs: X对口支援Y, X与Y; whose paper it is fills what is left."""
    own = _own(frame, texts, lexicon)
    contract = [_contract(texts, side, lexicon) for side in ("甲方", "乙方")]
    if all(contract):
        return Sides(contract[0], contract[1], own)
    giver, receiver = _told(frame, texts, lexicon, own)
    head, joined = "".join(texts[: HEAD * 2]), "".join(texts)
    if not giver and (pair := re.search("|".join(table()["pairs"]), head)):
        giver = next(name[1:] for name in table()["short"] if name[0] == pair[0][0])
    receiver = receiver or _yours(texts, joined)
    if own and not giver and not receiver and _OWN_SENT.search(head) and not re.search("西藏|新疆|青海", own):
        giver = own
    if own and not receiver and not same(own, giver):
        receiver = own
    elif own and not giver and not same(own, receiver):
        giver = own
    if giver and receiver and same(giver, own) and _OWN_TAKES.search(joined) and not _OWN_GIVES.search(joined):
        giver, receiver = receiver, giver
    if same(giver, receiver):
        receiver = ""
    return _filled(Sides(giver, receiver, own or giver), lexicon)


def _told(frame: Document, texts: Sequence[str], lexicon: Lexicon, own: str) -> tuple[str, str]:
    """The sides that the title and the first paragraphs state."""
    giver = receiver = ""
    for text in [frame.title, *texts[: frame.body + BODY]]:
        for one, other in _stated(text, lexicon, own):
            giver, receiver = giver or (one if one != receiver else ""), receiver or (other if other != giver else "")
            if receiver and other.startswith(receiver):
                receiver = other  # 青海, then 青海黄南藏族自治州: the nearer name
    return giver, receiver


def _stated(text: str, lexicon: Lexicon, own: str) -> Iterator[tuple[str, str]]:
    """Giver and receiver as a text states them; one of them empty where it names only the other."""
    every = lexicon.mentions(text[:400])
    for one, other in pairwise(every):
        between = text[one.end : other.start]
        if len(between) <= APART and _HELPS_WHOM.search(between) and not re.search("[。；]", between):
            yield one.words, other.words
        elif one.area and other.area and _joined(text, one, other):
            yield _ordered(one.words, other.words)
    for one in every:
        if not one.area:
            continue
        if _HELPED.search(text[max(0, one.start - 8) : one.start]):
            yield "", one.words
        elif _HELPING.match(text[one.end : one.end + APART]):
            yield (one.words, "") if supports(one.words) or not supports(own) else ("", one.words)
        elif supports(one.words) and _AIDING.match(text[one.end : one.end + 18]):
            yield one.words, ""


def _joined(text: str, one: Mention, other: Mention) -> bool:
    """Whether two areas stand beside each other as partners: X与Y结对, X·Y, two cities without a word between."""
    between = text[one.end : other.start]
    if not between:
        return one.words[-1:] == other.words[-1:]
    around = text[other.end : other.end + 60] + text[max(0, one.start - 12) : one.start]
    return bool(_PAIRED.match(between) and _TOGETHER.search(around))


def _ordered(one: str, other: str) -> tuple[str, str]:
    """Two that stand beside each other: the one of a supporting region gives, else the first."""
    return (other, one) if supports(other) and not supports(one) else (one, other)


def _yours(texts: Sequence[str], joined: str) -> str:
    """Whom a paper addresses as 你区, 你州: the one area of that sort in its salutation."""
    yours = re.search(r"你(?P<of>[省市州盟县区旗])", joined)
    if not yours:
        return ""
    rule = re.compile(rf"(?:^|[省市州])((?:(?![省市州])[一-鿿]){{1,8}}{yours['of']}|[一-鿿]{{1,8}}{yours['of']})")
    named = [name for text in texts[: HEAD + 3] if text.strip().endswith("：") for name in rule.findall(text)]
    return named[0] if len(named) == 1 else ""


def _filled(sides: Sides, lexicon: Lexicon) -> Sides:
    """A side that nothing states: the area that the document names most and that may be it."""
    giver, receiver = sides.both()
    for name in sorted(lexicon.counts, key=lambda one: -lexicon.counts[one]):
        if name in lexicon.areas and not same(name, giver) and not same(name, receiver):
            giver, receiver = (giver or name, receiver) if supports(name) else (giver, receiver or name)
    return Sides(giver, receiver, sides.own)


def _own(frame: Document, texts: Sequence[str], lexicon: Lexicon) -> str:
    """Whose paper it is: the area in its issuer's name, in the title, in the signature."""
    said = re.search(r"我(?P<of>[省市州盟县区旗])", "".join(texts))
    rule = re.compile(rf"[一-鿿]+?{said['of']}" if said else r"[一-鿿]+[省市州盟县区旗](?=[^省市州盟县区旗]*$)")
    for text in (frame.title, *texts[:HEAD], *texts[-3:]):
        for mention in lexicon.mentions(text):
            if name := rule.match(mention.words):
                return name[0]
    return ""


def _contract(texts: Sequence[str], side: str, lexicon: Lexicon) -> str:
    """The party that an agreement calls 甲方 or 乙方."""
    for text in texts[: HEAD * 2]:
        if found := re.search(rf"{side}[：:（]?(?:（?([^，。；（）：]{{3,30}}))", text):
            name = found[1].strip(" ：（")
            if lexicon.mentions(name):
                return re.sub(r"人民政府$|政府$", "", name)
    return ""
