"""Names of parties in a text: areas by their endings and provinces by name, bodies by theirs; the longest name wins."""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache, cached_property

from .naming import table
from .stems import chain, helping, supports, without_peoples

LONGEST = 24  # characters of a name
MOST = 400  # names that a document is searched for
Counted = dict[str, tuple[int, bool]]  # how often a name was met, and whether it is an area's
_OURS = re.compile(
    r"(?:(?:我|本|该)(?=[一-鿿])|全(?=[省市州盟县区旗]))(?P<of>省|市|州|盟|县|区|旗|办|院|局|校|场|镇|乡|厅|委|部|师|团|行|社|会|公司|集团)(?P<rest>(?<=[省市州盟县区旗])[一-鿿]{0,8}?(?:局|厅|委|办|院|校|联|会))?"
)
_GENERIC = re.compile(
    r"(?:库|老|苏|牧|园|社|灾|山|景|城|市|辖|校|片|林|^新|农|郊|厂|矿|特|选|战|街|小)区$|(?:边境|贫困|民族|受援|革命老|农牧|高原|脱贫|山区|三州|涉藏|藏)地区$|(?:贫困|重点|受援|脱贫|国定|深度贫困|两|几|多|所有|个|结对)[省市州县区旗乡镇村]$|^[省市州县区旗][省市州县区旗]$|[兩两各]省$|^[一-鿿]?[一二三四五六七八九十两几]+[省市州盟县区旗乡镇]|^直辖市|下乡$|^[所家个名位批第]|^师市|^某|^[一-鿿]市$|末区$|超市$|^(?:国家|其他|其余|实现|填补|培训|移送|滞留|牢记|修建|改建|扩建|兑付|编制)"
)
_AREA = re.compile(r"(?:省|市|州|盟|县|区|旗|镇|乡|街道|兵团)$")
_ALIAS = re.compile(r"（(?:以下)?简称[“：:]?([一-鿿]{2,10})")
_ONE_OF = re.compile(r"(?:籍)?一[家户所](?:[^，。；、：0-9“]{0,14}?)(?:企业|公司|集团|厂|基金会|合作社|商会)")
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
def _grammar() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    data = table()
    provinces = "|".join(sorted(data["provinces"], key=len, reverse=True))
    bodies = "|".join(sorted(data["bodies"], key=len, reverse=True))
    return (
        re.compile(str(data["breaks"])),
        re.compile(rf"(?:{provinces})(?:维吾尔自治区|壮族自治区|回族自治区|自治区|省|市)?"),
        re.compile(
            r"^(?=[一-鿿])(?:(?:(?![省市县区旗盟])[一-鿿]){2,7}?(?:自治区|省(?![级长])))?(?:(?:(?![省市县区旗盟])[一-鿿]){1,12}?(?:自治州|地区|市(?![级长])|州(?![市长])|盟(?!长)))?"
            r"(?:(?:(?![省市县区旗盟])[一-鿿]){1,8}?(?:自治县|自治旗|新区|开发区|县(?![级长])|区(?![域长])|旗(?!长)|(?<=[州盟区][一-鿿]{2})市(?![级长场])|(?<=[州盟区][一-鿿]{3})市(?![级长场])))?(?:(?:(?![省市县区旗盟])[一-鿿]){2,5}?(?:街道|镇|乡|农场|兵团))?"
        ),
        re.compile(
            rf"^[一-鿿]{{0,{LONGEST}}}?(?:{bodies})(?:(?:商会|工会|团委|协会|党委|[一-鿿]{{0,6}}(?:分行|分公司|支行|管委会|建委)))?"
        ),
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
    plain = re.sub(r"自治(?=[州县旗]$)", "", without_peoples(own))
    bare = re.sub(r"(?:[省市州盟县区旗]|地区|新区)$", "", plain)
    for form in (own, plain, "" if bare in table()["common"] else bare):
        if form != name and len(form) > 1 and form[-1:] not in "族" and not _GENERIC.search(form):
            yield form


def _trimmed(counted: Counted) -> Counted:
    """Names without what only stands before them: 款项一次性汇入定西市 is 定西市, where the document has that name too."""
    known = {name for name, (_, area) in counted.items() if area and len(name) > 1} | {*table()["provinces"]}
    trimmed: Counted = {}
    for name, (count, area) in counted.items():
        own = name[_beginning(name, known, area=area) :]
        before, was = trimmed.get(own, (0, area))
        trimmed[own] = (before + count, was and area)
    return trimmed


def _beginning(name: str, known: Set[str], *, area: bool) -> int:
    """Where a name begins: with an area that the document knows, unless an area or a body stands before that."""
    *_, body = _grammar()
    for start in range(1, len(name) - 1):
        ends = (len(name),) if area else range(start + 2, len(name))
        if any(name[start:end] in known for end in ends):
            before = name[:start]
            whole = (
                _AREA.search(before)
                or before in known
                or before.endswith(tuple(table()["provinces"]))
                or body.fullmatch(before)
            )
            return 0 if whole else start
    return 0


class Lexicon:
    """The names of a document, found once; mentions of them anywhere, the longest name first."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.helping = helping("".join(texts))
        counted: Counted = {}
        for text in texts:
            for name, area in (*names_of(text), *((alias, False) for alias in _ALIAS.findall(text))):
                count, was = counted.get(name, (0, area))
                counted[name] = (count + 1, area and was)
        most = sorted(counted, key=lambda name: -counted[name][0])[: MOST * 2]
        counted = _trimmed({name: counted[name] for name in most})
        kept = sorted(counted, key=lambda name: -counted[name][0])[:MOST]
        short: dict[str, str] = {}
        for name in kept:
            if counted[name][1] and len(name) > 2 and name[-1] in "省市州盟县区旗":
                for form in _shorter(name):
                    short.setdefault(form, name)
        self.areas = {name for name in kept if counted[name][1]} | {name for name in short if len(name) > 1}
        self.full = {name: long for name, long in short.items() if len(name) > 1}
        known = {*table()["provinces"], *table()["supporting"], *table()["helped"]}
        words = sorted({*kept, *self.full, *known}, key=len, reverse=True)
        self._rule = re.compile("|".join(map(re.escape, words)))
        self.areas |= known
        self.chains = {parts[-1]: name for name in kept if len(parts := chain(name)) > 1}  # 封开县: 广东省肇庆市封开县
        self.counts = {name: counted[name][0] for name in kept}

    def supports(self, name: str) -> bool:
        """Whether a name is of a region that supports others, in this document's programme."""
        return supports(name, self.helping)

    @cached_property
    def has_supporters(self) -> bool:
        """Whether the document names a region that supports others."""
        return any(self.supports(name) for name in self.counts)

    def forms(self, name: str) -> set[str]:
        """A name with its shorter forms: 青海省果洛藏族自治州, 果洛州, 果洛."""
        return {name, *_shorter(name), *re.findall(r"^[一-鿿]{2,3}?(?=省|市|自治区)", name)}

    def mentions(self, text: str, first: int = 0, last: int | None = None) -> list[Mention]:
        """Names that stand in a stretch, in order."""
        last = len(text) if last is None else last
        return [self._mention(text, found, last) for found in self._rule.finditer(text, first, last)]

    def _mention(self, text: str, found: re.Match[str], last: int) -> Mention:
        """A name with what makes it one of a body there: 台州一家做水泵的企业."""
        one = _ONE_OF.match(text, found.end(), last) if found[0] in self.areas else None
        end = one.end() if one else found.end()
        start = found.start() - (text[max(0, found.start() - 1) : found.start()] == "某")
        return Mention(start, end, text[start:end], found[0] in self.areas and not one)


def ours(text: str, first: int, last: int) -> Iterator[re.Match[str]]:
    """我市, 我县教育局, 该县, 全州: words for a party that the document has named."""
    return _OURS.finditer(text, first, last)
