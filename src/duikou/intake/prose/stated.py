"""What a text states of the two sides: X对口支援Y, X与Y结对, 甲方：X, 你县; and whose paper it is."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from .document import HEAD, Document
from .parties import Lexicon, Mention

_HELPS_WHOM = re.compile(r"(?:对口|定点)?(?:支援|帮扶|援建|援助)(?:的)?[一-鿿]{0,4}$|对口援$|向$|援助$|帮扶$")
_HELPED = re.compile(r"(?:对口|定点)(?:支援|帮扶|援建|援助|协作|援)[一-鿿]{0,2}$")
_HELPING = re.compile(
    r"(?:市|省|区)?(?:对口(?:支援|帮扶|援)|援[疆藏青](?!办)"
    r"|(?:(?:19|20)[0-9]{2}年(?:度)?)?(?:东西部(?:扶贫)?协作|财政|对口|社会|首批|无偿)*(?:援助|帮扶|支援|协作)资金"
    r"|(?:累计|共)?(?:拨付|援助|帮扶|支援|捐赠|下达)(?:给)?我[省市州盟县区旗]|(?:先后|累计)?派(?:来|出)|儿女|人民的?(?:无私|大力))"
)
_AIDING = re.compile(r"[^，。；]{0,14}?援[疆藏青川滇黔]")
_BY = re.compile(r"由[^，。；]{0,28}$")
_HELPS = re.compile(r"）?(?:对口|定点)(?:支援|帮扶|援助)")
_PAIRED = re.compile(r"^(?:与|和|·|—+|-|同|～|\s+)$")
_TOGETHER = re.compile("结|牵|协作|合作|帮扶|对口|援|联席|互访|紧扣|携手")
_ISSUER = {"会": "会", "院": "院", "局": "局", "校": "学校|中学|小学|校", "公司": "公司", "集团": "集团"}
_BRACKET = re.compile(r"^（[^（）]{1,60}）")
_BRACKETED = re.compile(r"（[^（）]{1,60}）")
APART = 24  # characters between two names that one sentence joins
ISSUED = 30  # characters of a line that names who issued a paper
LOOKED = 400  # characters of a paragraph in which the sides are named


def stated(text: str, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Giver and receiver as a text states them; one of them empty where it names only the other."""
    every = lexicon.mentions(_BRACKETED.sub(lambda found: " " * len(found[0]), text[:LOOKED]))
    for one, other in pairwise(every):
        between = text[one.end : other.start]
        if len(between) <= APART and _HELPS_WHOM.search(_BRACKET.sub("", between)) and not re.search("[。；]", between):
            yield one.words, other.words
        elif one.area and other.area and _joined(text, one, other):
            yield _ordered(one.words, other.words, lexicon)
    for one in lexicon.mentions(text[:LOOKED]):
        if not one.area:
            if _BY.search(text[max(0, one.start - 30) : one.start]) and _HELPS.match(text, one.end):
                yield one.words, ""
            continue
        if _HELPED.search(text[max(0, one.start - 8) : one.start]):
            yield "", one.words
        elif _HELPING.match(text[one.end : one.end + APART]):
            yield (one.words, "") if lexicon.supports(one.words) or not lexicon.has_supporters else ("", one.words)
        elif lexicon.supports(one.words) and _AIDING.match(text[one.end : one.end + 18]):
            yield one.words, ""


def _joined(text: str, one: Mention, other: Mention) -> bool:
    """Whether two areas stand beside each other as partners: X与Y结对, X·Y, two cities without a word between."""
    between = text[one.end : other.start]
    if not between:
        return one.words[-1:] == other.words[-1:]
    around = text[other.end : other.end + 60] + text[max(0, one.start - 12) : one.start]
    return bool(_PAIRED.match(between) and _TOGETHER.search(around))


def _ordered(one: str, other: str, lexicon: Lexicon) -> tuple[str, str]:
    """Two that stand beside each other: the one of a supporting region gives, else the first."""
    return (other, one) if lexicon.supports(other) and not lexicon.supports(one) else (one, other)


def agreed(texts: Sequence[str], side: str, lexicon: Lexicon) -> str:
    """The party that an agreement calls 甲方 or 乙方: 甲方：X, 甲方（X）, X（以下简称甲方）."""
    rule = re.compile(
        rf"{side}[：:（](?P<after>[^，。；（）：]{{3,30}})|(?P<before>[^，。；（）：]{{3,30}})（(?:以下)?(?:简)?称?[“]?{side}"
    )
    for text in texts[: HEAD * 2]:
        for found in rule.finditer(text):
            name = (found["after"] or found["before"]).strip(" ：（").lstrip("与和同由")
            if lexicon.mentions(name):
                return re.sub(r"人民政府$|政府$", "", name)
    return ""


def yours(texts: Sequence[str]) -> str:
    """Whom a paper addresses as 你区, 你州: the one area of that sort in its salutation."""
    found = re.search(r"你(?P<of>[省市州盟县区旗])", "".join(texts))
    if not found:
        return ""
    rule = re.compile(rf"(?:^|[省市州])((?:(?![省市州])[一-鿿]){{1,8}}{found['of']}|[一-鿿]{{1,8}}{found['of']})")
    named = [name for text in texts[: HEAD + 3] if text.strip().endswith("：") for name in rule.findall(text)]
    return named[0] if len(named) == 1 else ""


def owner(frame: Document, texts: Sequence[str], lexicon: Lexicon) -> str:
    """Whose paper it is: the area in its issuer's name, in the title, in the signature."""
    said = re.search(r"我(?P<of>[省市州盟县区旗])", "".join(texts))
    rule = re.compile(rf"[一-鿿]+?{said['of']}" if said else r"[一-鿿]+[省市州盟县区旗](?=[^省市州盟县区旗]*$)(?!场)")
    head = [text for text in texts[:HEAD] if text.strip() != frame.title]
    issued = [
        text for text in (*head, *texts[-3:]) if len(text.strip()) <= ISSUED and not re.search("[，。；：]", text)
    ]
    for text in (*issued, frame.title, *texts[:HEAD], *texts[-3:]):
        for mention in lexicon.mentions(text):
            if name := rule.match(mention.words):
                return name[0]
    return ""


def issuer(frame: Document, texts: Sequence[str], lexicon: Lexicon) -> str:
    """The body that a paper calls 我会, 我院, 我局: of that sort in the title, the head, the signature."""
    said = re.search(rf"我(?P<of>{'|'.join(_ISSUER)})", "".join(texts))
    if not said:
        return ""
    ends = re.compile(rf"(?:{_ISSUER[said['of']]})$")
    heads = (frame.title, *texts[:HEAD], *texts[-3:])
    named = (one.words for text in heads for one in lexicon.mentions(text) if not one.area)
    return next((name for name in named if ends.search(name)), "")
