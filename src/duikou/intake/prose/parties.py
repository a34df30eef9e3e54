"""Names of parties in a text: areas by their endings and provinces by name, bodies by theirs; the longest name wins."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("parties.toml")
LONGEST = 24  # characters of a name
MOST = 400  # names that a document is searched for
_OURS = re.compile(
    r"(?:(?:我|本|该)(?=[一-鿿])|全(?=[省市州盟县区旗]))(?P<of>省|市|州|盟|县|区|旗|办|院|局|校|场|镇|乡|厅|委|部|师|团|行|社)(?P<rest>[一-鿿]{0,8}?(?:局|厅|委|办|院|校|联|会))?"
)
_GENERIC = re.compile(
    r"(?:库|老|牧|园|社|灾|山|景|城|市|辖|校|片|林|^新|农|郊|厂|矿|特|选|战|街|小)区$|(?:边境|贫困|民族|受援|革命老|农牧|高原|脱贫|山区|三州|涉藏|藏)地区$|(?:贫困|重点|受援|脱贫|国定|深度贫困|两|几|多|所有|个|结对)[省市州县区旗乡镇村]$|^[省市州县区旗][省市州县区旗]$|[兩两各]省$|^[一-鿿]?[一二三四五六七八九十两几]+[省市州盟县区旗乡镇]|^直辖市|下乡$|^[所家个名位批]|^师市|^某"
)
_EMPTY = re.compile(
    r"^(?:各|全|本|该|我|两|多|有关|相关|受援|支援|对口|贫困|各级|地|社会)*(?:省|市|州|盟|县|区|旗|镇|乡|村|地区|街道|企业|公司|医院|学校|局|办|厅|中学|小学|财政|社会各界|各界|组织|银行|商会|协会|集团|志愿者|爱心人士)$"
)


@dataclass(frozen=True)
class Mention:
    """A name in a text; `area`: of an area, not of a body."""

    start: int
    end: int
    words: str
    area: bool


@cache
def table() -> dict[str, list[str]]:
    """The words that names are known by."""
    return tomllib.loads(_FILE.read_text("utf-8"))


@cache
def _grammar() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    data = table()
    provinces = "|".join(sorted(data["provinces"], key=len, reverse=True))
    bodies = "|".join(sorted(data["bodies"], key=len, reverse=True))
    return (
        re.compile(str(data["breaks"])),
        re.compile(rf"(?:{provinces})(?:维吾尔自治区|壮族自治区|回族自治区|自治区|省|市)?"),
        re.compile(
            r"^(?=[一-鿿])(?:(?:(?![省市县区旗盟])[一-鿿]){2,7}?(?:自治区|省(?![级长])))?(?:(?:(?![省市县区旗盟])[一-鿿]){1,12}?(?:自治州|地区|市(?![级长])|州(?![市长])|盟(?!长)))?"
            r"(?:(?:(?![省市县区旗盟])[一-鿿]){1,8}?(?:自治县|自治旗|新区|开发区|县(?![级长])|区(?![域长])|旗(?!长)))?(?:(?:(?![省市县区旗盟])[一-鿿]){2,5}?(?:街道|镇|乡|农场|兵团))?"
        ),
        re.compile(rf"^[一-鿿]{{0,{LONGEST}}}?(?:{bodies})(?:[一-鿿]{{0,6}}(?:分行|分公司|支行|管委会|建委))?"),
    )


def pieces(text: str) -> Iterator[tuple[int, str]]:
    """The stretches of a text in which one name may stand, each with its place."""
    breaks, *_ = _grammar()
    at = 0
    for found in breaks.finditer(text):
        if found.start() > at:
            yield at, text[at : found.start()]
        at = max(at, found.end())
    if at < len(text):
        yield at, text[at:]


def names_of(text: str) -> Iterator[tuple[str, bool]]:
    """The names that stand at the beginning of stretches: words and whether it is an area's."""
    _, province, area, body = _grammar()
    for _, piece in pieces(text):
        piece = piece[: LONGEST * 2]
        if (
            (found := body.match(piece))
            and not _EMPTY.match(found[0])
            and not _GENERIC.search(found[0])
            and len(found[0]) > 2
        ):
            yield found[0], False
        if (
            (found := area.match(piece)) and found[0] and not _EMPTY.match(found[0]) and not _GENERIC.search(found[0])
        ) or (found := province.match(piece)):
            yield found[0], True


def _shorter(name: str) -> Iterator[str]:
    """青海省果洛藏族自治州: 果洛藏族自治州, 果洛州, 果洛; 融水苗族自治县: 融水县; 宁波市: 宁波."""
    provinces = "|".join(sorted(table()["provinces"], key=len, reverse=True))
    own = re.sub(rf"^(?:{provinces})(?:[一-鿿]{{0,4}}自治区|省|市)?(?=[一-鿿]{{2}})", "", name)
    own = own if own[-1:] == name[-1:] else name
    plain = re.sub(
        r"(?:蒙古族|藏族|回族|苗族|侗族|土家族|布依族|彝族|壮族|哈萨克|柯尔克孜|蒙古|各族|[一-鿿]{1,3}族)*自治(?=[州县旗])",
        "",
        own,
    )
    for form in (own, plain, re.sub(r"[省市州盟]$", "", plain)):
        if form != name and len(form) > 1 and form[-1:] not in "族" and not _GENERIC.search(form):
            yield form


class Lexicon:
    """The names of a document, found once; mentions of them anywhere, the longest name first."""

    def __init__(self, texts: Iterable[str]) -> None:
        counted: dict[str, tuple[int, bool]] = {}
        for text in texts:
            for name, area in names_of(text):
                count, was = counted.get(name, (0, area))
                counted[name] = (count + 1, area and was)
        kept = sorted(counted, key=lambda name: -counted[name][0])[:MOST]
        short: dict[str, str] = {}
        for name in kept:
            if counted[name][1] and len(name) > 2 and name[-1] in "省市州盟县区旗":
                for form in _shorter(name):
                    short.setdefault(form, name)
        self.areas = {name for name in kept if counted[name][1]} | {name for name in short if len(name) > 1}
        self.full = {name: long for name, long in short.items() if len(name) > 1}
        known = {*table()["provinces"], *table()["supporting"]}
        words = sorted({*kept, *self.full, *known}, key=len, reverse=True)
        self._rule = re.compile("|".join(map(re.escape, words)))
        self.areas |= known
        self.own = ""  # whose paper it is, once that is known
        self.counts = {name: counted[name][0] for name in kept}

    def forms(self, name: str) -> set[str]:
        """A name with its shorter forms: 青海省果洛藏族自治州, 果洛州, 果洛."""
        return {name, *_shorter(name), *re.findall(r"^[一-鿿]{2,3}?(?=省|市|自治区)", name)}

    def mentions(self, text: str, first: int = 0, last: int | None = None) -> list[Mention]:
        """Names that stand in a stretch, in order."""
        found = self._rule.finditer(text, first, len(text) if last is None else last)
        return [Mention(m.start(), m.end(), m[0], m[0] in self.areas) for m in found]


def ours(text: str, first: int, last: int) -> Iterator[re.Match[str]]:
    """我市, 我县教育局, 该县, 全州: words for a party that the document has named."""
    return _OURS.finditer(text, first, last)
