"""What a sentence says of a record besides its number: what a gift is for, the goods, the course, the firm; by the words around."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache

from duikou.rules.rights import contains
from duikou.terms.words import regions

from .prose.candidate import Candidate

_MARKS = "，,。；;：:！？!?\n"
_AFTER = re.compile(r"(?:用于|用作|援助|支持|资助|帮助)([^，,。；;、（(]{2,30})")
_USED = re.compile(r"(?:用于|用作)([^，,。；;、（(]{2,30})")
_NOUN = re.compile(r"(?:的)?([^，,。；;、0-9]{2,16}?(?:资金|款项|项目|经费|基金|工作|建设))")
_GIVEN = re.compile(r"(?:捐助|捐赠|捐献|赠送|援助|资助|捐)了?")
_GOODS = re.compile(r"(?:的)?([^，,。；;、0-9给向]{1,14})")
_COURSE = re.compile(
    r"(?:参加|举办|开展|组织|开办|接受|进行)了?([^，,。；;、]{0,24}?)(?:干部|人员)?(培训班|研修班|轮训班|培训|研修)"
)
_FIRM = re.compile(r"([^，,。；;、—“”《》（）()0-9]{2,30}?(?:有限责任公司|股份有限公司|有限公司|公司|集团|合作社|厂))")
_PRODUCT = re.compile(r"年(?:加工|生产|产|屠宰|养殖|处理)([^，,。；;、0-9可达约近超]{1,12})")
_EVENT = re.compile(
    r"[“\"《]([^”\"》]{2,20}(?:会|节|洽|展|周))[”\"》]|([^，,。；;、在]{2,14}(?:洽谈会|推介会|博览会|招商会|签约仪式))"
)
_QUOTED = re.compile(r"[“\"《]([^”\"》]{4,60})[”\"》]")
_CLASS = re.compile(r"(?:增设|开办|开设|举办|设立)了?([^，,。；;、]{2,24}?班)")
_BEGUN = re.compile(r"^(?:启动|实施|建设|新建|改建|扩建|开工|完成|建成|安排)*了?")
_LEADS = re.compile(r"(?:赴|到|来)([^，,。；;、]{2,8})")
_SETTLED = re.compile(r"(?:落户|位于|在)([^，,。；;、在]{2,12}?[县市区州旗])")
_TRAVELS = re.compile(
    r"[^，,。；;对向]{0,24}(?:代表团|考察团|工作组|访问团|一行|组团)"
    r"[^。；;]{0,16}?(?:考察|访问|调研|交流|洽谈|慰问|检查|督导|座谈|参加)(?:访问|调研|交流|[“《][^”》]{2,20}[”》])?"
)


@dataclass(frozen=True)
class Scene:
    """A candidate in its paragraph, with the areas of both sides and that of the office whose words these are."""

    candidate: Candidate
    text: str
    supporting: str = ""
    receiving: str = ""
    home: str = ""  # the area of "we" and "here" in this text
    home_name: str = ""
    offices: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # organisations by name: code and type
    regions: Mapping[str, str] = field(default_factory=dict)  # areas of organisations by code

    @property
    def clause(self) -> tuple[int, int]:
        """The characters between the marks around it."""
        c = self.candidate
        left = max((self.text.rfind(mark, 0, c.start) for mark in _MARKS), default=-1) + 1
        ends = [at for mark in _MARKS if (at := self.text.find(mark, c.end)) >= 0]
        return left, min(ends, default=len(self.text))

    @property
    def before(self) -> str:
        """What stands in its clause before it."""
        return self.text[self.clause[0] : self.candidate.start]

    @property
    def after(self) -> str:
        """What stands in its clause after it."""
        return self.text[self.candidate.end : self.clause[1]]

    @property
    def scopes(self) -> tuple[str, ...]:
        """The words around it: its clause, the part of the sentence between semicolons, the sentence."""
        first, last = self.candidate.sentence
        left = max(self.text.rfind(mark, first, self.candidate.start) for mark in "；;。") + 1
        ends = [at for mark in "；;。" if (at := self.text.find(mark, self.candidate.end, last)) >= 0]
        part = self.text[max(left, first) : min(ends, default=last)]
        return self.text[slice(*self.clause)], part, self.text[first:last]


def purpose(scene: Scene) -> str:
    """What money or help is for: 用于黄南州教育事业发展, 教育扶持资金."""
    found = _AFTER.match(scene.after) or _USED.search(scene.after) or _NOUN.match(scene.after)
    return found[1].strip() if found else ""


def goods(scene: Scene) -> str:
    """The things that were given: 教学用电脑20台, 20台教学用电脑."""
    verbs = list(_GIVEN.finditer(scene.before))
    named = re.split(r"[、（）()0-9０-９]", scene.before[verbs[-1].end() :])[-1].strip("的来 ") if verbs else ""
    if 1 < len(named) <= 14:
        return named
    return found[1].strip() if (found := _GOODS.match(scene.after)) else ""


def course(scene: Scene) -> str:
    """What was taught."""
    if scene.candidate.kind == "other":
        return said(scene)[:40]
    if scene.candidate.kind in ("students", "study_class"):
        found = re.search(r"学习([^，,。；;、]{2,20})", scene.scopes[-1])
        return found[1] if found else ""
    if scene.candidate.title:
        return scene.candidate.title
    if found := re.search(r"[“\"《]([^”\"》]{2,40}班)[”\"》]", scene.scopes[1]):
        return found[1]
    for scope in scene.scopes:
        if found := _COURSE.search(scope):
            return found[1].strip("的") or found[2]
    return ""


def place(scene: Scene) -> str:
    """Where a course was held, as far as the words say it: 来津 is to the side whose words these are."""
    here = re.search(r"来[^，,。；;自]{1,3}(?:参加|学习|培训)", scene.scopes[1])
    return scene.home_name if here else ""


def direction(scene: Scene) -> str:
    """To which side people were sent: by where 赴, 到 and 来 lead, by 支教 and 援派, else by whose people they are."""
    clause = scene.scopes[0]
    for found in _LEADS.finditer(clause):
        for side, to in ((scene.supporting, "to_supporting"), (scene.receiving, "to_receiving")):
            if any(found[1].startswith(name) for name in stems(side)):
                return to
    if scene.home and re.search(r"来[^，,。；;自]{0,6}(?:挂职|锻炼|跟岗|学习)", clause):
        return "to_supporting" if scene.home == scene.supporting else "to_receiving"
    if re.search("支教|支医|支农|援派|援[藏疆青川滇黔]", clause):
        return "to_receiving"
    for party, gives in ((scene.candidate.giver, True), (scene.candidate.receiver, False)):
        region = scene.regions.get(party.code, party.code) if party else ""
        for side, sent, taken in (
            (scene.supporting, "to_receiving", "to_supporting"), (scene.receiving, "to_supporting", "to_receiving"),
        ):  # fmt: skip
            if region and side and contains(side, region):
                return sent if gives else taken
    return ""


@cache
def stems(side: str) -> tuple[str, ...]:
    """What the areas of a side are called when one goes there: 天津市, 天津, 黄南州, 黄南."""
    shorts = {rows[-1].short for code, rows in regions().items() if side and contains(side, code)}
    return tuple(shorts | {name[:-1] for name in shorts if len(name) > 2})


def level(scene: Scene) -> str:
    """Of what rank people are, or which rank of areas is paired."""
    if scene.candidate.kind == "pairing":
        return _pairing(scene)
    found = re.match(r"(?:的)?([^，,。；;、来赴到]{2,16}?(?:干部|人才|人员|教师|医生))", scene.after)
    return found[1] if found else ""


def _pairing(scene: Scene) -> str:
    names = f"{scene.candidate.giver or ''}{scene.candidate.receiver or ''}"
    for code, pattern in (
        ("school", "学校|中学|小学"),
        ("hospital", "医院|卫生院"),
        ("village", "村"),
        ("town", "乡|镇|街道"),
    ):
        if re.search(pattern, names):
            return code
    codes = [party.code for party in (scene.candidate.giver, scene.candidate.receiver) if party and party.code]
    if len(codes) == 2 and all(code.isdecimal() for code in codes):
        return "county" if not codes[1].endswith("00") else "city" if codes[0].endswith("00") else "area"
    return "area" if re.search("区.*州|州.*区", names) else "county" if re.search("县|旗", names) else ""


def name(scene: Scene) -> str:
    """What a firm, a class, a visit, a group or a project is called."""
    kind, title = scene.candidate.kind, scene.candidate.title
    if found := re.search(r"([^的，,、]{2,16}?领导小组)", scene.candidate.text):
        return found[1]
    if kind == "project_count":
        named = _BEGUN.sub("", title or scene.candidate.text)
        return named.removesuffix("项目")[:60]
    if title:
        return title
    if kind in ("visit", "meeting"):
        found = _TRAVELS.search(scene.scopes[1])
        said = found[0] if found else scene.scopes[0]
        return re.split("率|带领", said)[-1].strip()[:60]  # offices and delegations, not who leads them
    pattern = {
        "study_class": _CLASS,
        "students": _CLASS,
    }.get(kind, _FIRM)
    for scope in (*scene.scopes, scene.text if kind in ("study_class", "students") else ""):
        if firms := list(pattern.finditer(scope)):
            return firms[-1][1].rpartition("的")[2]
    return ""


def product(scene: Scene) -> str:
    """What a firm makes."""
    found = _PRODUCT.search(scene.scopes[-1])
    return found[1] if found else ""


def event(scene: Scene) -> str:
    """At what an intention was signed."""
    for scope in reversed(list(_EVENT.finditer(scene.scopes[-1]))):
        return scope[1] or scope[2]
    return ""


def title(scene: Scene) -> str:
    """What an agreement is called."""
    if scene.candidate.title:
        return scene.candidate.title
    found = _QUOTED.search(scene.candidate.text) or _QUOTED.search(scene.scopes[0])
    if found is None and scene.candidate.kind == "agreement":
        found = _QUOTED.search(scene.scopes[1])
    if found:
        return found[1]
    plain = re.sub(r"^(?:签订|签署|达成|制定|出台|编制|完成|形成)了?", "", said(scene))
    return plain if scene.candidate.kind in ("other", "agreement") else ""


def sole(scene: Scene) -> bool:
    """Whether one investor stands alone."""
    return "独资" in scene.scopes[-1]


def region(scene: Scene) -> str:
    """The area that a firm settled in, by its name in full or in short."""
    for found in _SETTLED.finditer(scene.scopes[-1]):
        codes = [
            code
            for code, rows in regions().items()
            if scene.receiving and contains(scene.receiving, code) and found[1] in (rows[-1].name, rows[-1].short)
        ]
        if len(codes) == 1:
            return codes[0]
    return ""


def _office(scene: Scene, sort: str, words: str) -> str:
    """The organisation of a type whose full name stands in some words; nothing where several do."""
    named = [name for name, (_, kind) in scene.offices.items() if kind == sort and name in words]
    whole = [name for name in named if not any(name != other and name in other for other in named)]
    return scene.offices[whole[0]][0] if len(whole) == 1 else ""


def schools(scene: Scene) -> list[str]:
    """The schools of the book that are named in full, in the order of the words."""
    words = scene.candidate.text
    named = [name for name, (_, kind) in scene.offices.items() if kind == "school" and name in words]
    return [scene.offices[name][0] for name in sorted(named, key=words.index)]


def investor(scene: Scene) -> str:
    """The firm of the book that is named beside the one that is founded."""
    firm = name(scene)
    words = scene.scopes[-1].replace(firm, "") if firm else scene.scopes[-1]
    return _office(scene, "enterprise", words)


def school(scene: Scene) -> str:
    """The school of the book that is named; the candidate's own party where it is one."""
    for party in (scene.candidate.receiver, scene.candidate.giver):
        if party and any(code == party.code and kind == "school" for code, kind in scene.offices.values()):
            return party.code
    return _office(scene, "school", scene.scopes[1])


def organiser(scene: Scene) -> str:
    """Who held a course, where the words say that it was held and not gone to."""
    party = scene.candidate.giver
    held = re.search("举办|主办|承办|开展|组织", scene.scopes[1]) and "参加" not in scene.scopes[1]
    known = {code for code, _ in scene.offices.values()}
    return party.code if held and party and party.code in known else ""


def said(scene: Scene) -> str:
    """The words themselves, as far as a record has room."""
    return scene.candidate.text.strip()[:80]


def trains(scene: Scene) -> str:
    """Whom a base trains."""
    found = re.search(r"为([^，,。；;、]{2,20}?)(?:培训)?基地", scene.candidate.text)
    return found[1].removesuffix("培训") if found else ""


SAYS: Mapping[str, Callable[[Scene], str | bool]] = {
    "purpose": purpose, "goods": goods, "subject": course, "place": place, "direction": direction, "level": level,
    "name": name, "product": product, "event": event, "title": title, "sole": sole, "region": region,
    "investor": investor, "school": school, "organiser": organiser, "text": said, "content": said, "trains": trains,
}  # fmt: skip
