"""What is set aside: a passage about another programme than the document's own, or about nothing of it."""

import re
from collections.abc import Sequence

from .document import Document
from .naming import table
from .roles import Parties

_FOREIGN = re.compile(r"又讯|上一篇|下一篇|相关(?:阅读|链接|文章|推荐)|猜你喜欢|责任编辑|<image|data:image|版权所有")
_ANOTHER = re.compile(r"(?:另讯|又讯|相关新闻|新闻链接|相关报道|延伸阅读)[：:]?")
_OURS = re.compile(
    r"我[市省区县州旗办院校局们团]|双方|两地|两市|两省|两县|本[市县区州院校]|甲方|乙方|该[县市州]|全[县州市盟旗]"
)
_STARTS = re.compile(r"^[^，。；]{0,30}(?:对口支援|对口帮扶|援建|援疆|援藏|援青|支援|协作)")
_BOTH = re.compile(r"[省市区](?:对口支援|对口帮扶|援建)[一-鿿]{1,12}[省市州县区旗]")
_SHORT = 40
SEEN = 200  # paragraphs in which a word for us is looked for
_CUT = re.compile(r"(?:\.{3,}|…{1,3}|\.{2})\s*$")


def why_aside(frame: Document, parties: Parties, texts: Sequence[str], place: int) -> str:
    """Why a paragraph is no part of the document's own programme; nothing where it is."""
    text = texts[place]
    if "data:image" in text or text.lstrip().startswith("<"):
        return "不是正文"
    if frame.anchor is None and not parties.sides.giver:
        return ""
    if place < frame.body or len(text.strip()) < 12:
        return ""
    if other := _helps_another(parties, text):
        return f"说的是别的项目方案：{other}"
    ours = _named_ours(parties, texts, place)
    if _ANOTHER.match(text.strip()) or (_FOREIGN.search(text[:16]) and not ours):
        return "另一篇的话"
    if ours:
        return ""
    others = _others(parties, text)
    if others and (_CUT.search(text) or _BOTH.search(text[:80])):
        return f"说的是别的项目方案：{'、'.join(others[:3])}"
    return "截断的摘录，未提及本方案" if _CUT.search(text) and _STARTS.search(text[:80]) else ""


def _helps_another(parties: Parties, text: str) -> str:
    """Whom a paragraph's own title says is helped, where that is not the receiving side of this document."""
    head = text[:_SHORT]
    for mention in parties.lexicon.mentions(head):
        if re.search("对口(?:支援|帮扶)$", head[: mention.start]) and parties.sides.receiver:
            within = any(form in mention.words for form in parties.lexicon.forms(parties.sides.receiver))
            if not within and _CUT.search(text):
                return mention.words
    return ""


def _named_ours(parties: Parties, texts: Sequence[str], place: int) -> bool:
    """Whether a paragraph names a side of the document, or speaks of us as the document does elsewhere."""
    text = texts[place]
    names = {
        name for side in (*parties.sides.both(), parties.sides.own) if side for name in parties.lexicon.forms(side)
    }
    if any(name in text for name in names):
        return True
    said = {found[0] for found in _OURS.finditer(text)}
    return any(word in other for n, other in enumerate(texts[:SEEN]) if n != place for word in said)


def _others(parties: Parties, text: str) -> list[str]:
    """Regions that a paragraph names and the document's programme does not."""
    named = [m.words for m in parties.lexicon.mentions(text) if m.area]
    named += [name for name in table()["provinces"] if name in text]
    return list(dict.fromkeys(named))
