"""On what a number rests: done, planned, arranged, expected, intended or a yearly quota; by the words before it."""

import re

from duikou.rules.period import Period

from .document import Document
from .numbers import Number

_EXPECTED = re.compile(
    r"预计|预期|有望|估计|预测|将(?:可)?(?:实现|带动|解决|新增|达)|可(?:实现|带动|解决|新增|吸纳|提供|增|年|创|招收|加工|处理|满足|容纳)|(?:建成|达产|投产|满产|投用)后(?=[^，。；]{0,4}(?:年|可|将|预|能))"
)
_LATER = re.compile(r"(?:建成|达产|投产|满产|投用|投入使用)后|拟|(?<![现兹])将(?!近|[一-鿿]{1,8}下达)|预计|计划")
_PLANNED = re.compile(
    r"(?<![内外超原])(?<!资金)(?<!项目)计划(?!外|内|数|任务|的|总数)|拟(?!定)|(?<![现兹即不])将(?=[^近军由]|由)|力争|确保|(?:请|打算|明年|下一?步|下半年|今后|再)[^。；]{0,60}争取(?!到|和)|打算|下一步|下一年|明年|目标(?:是|为)|规划(?:总)?(?:投资|安排|建设|实施)|(?<![主重纪概摘首需])要(?![求点素件闻])|力求|(?<!超)概算|估算|须|不得|原则上|各地应|恳请|建议|视[^，。；]{0,8}拨付"
)
_AHEAD = re.compile(
    r"^[^。]{0,16}(?:下一?步|今后|打算|工作思路|工作安排|下半年(?:计划|安排)|下(?:月|周|季度|阶段)(?:计划|安排|预告|重点|工作))"
)
_SOON = re.compile(r"^[^，。；]{0,8}(?:将于|将在|将赴|将陆续|即将|拟于)")
_ORDERED = re.compile(r"不低于|不少于|不超过|不得|至少|不高于")
_INTENDED = re.compile(r"意向")
_WILLING = re.compile(r"有意|意向|愿意|表示将")
_ARRANGED = re.compile(r"协调|商请|(?:正在|正)(?:组织|协调|筹备|办理|联系|选派|对接)|联系(?!人|电话|群众)")
_GIVEN = re.compile("安排")
_QUOTA = re.compile(
    r"每年[^，。；]{0,14}(?:招收|招生|录取|选送|定向|接收)|(?:招生|招收)[^，。；]{0,6}(?:计划|名额)|名额"
)
_DONE = re.compile(r"已|了|完成(?!后)|累计|到位|(?<![年可将计])实现(?!年)|先后|现有|截至|截止|共计|未|造成|但")
_RESULTS = ("capacity", "output", "profit_and_tax", "jobs")
FUNDS = ("funds_planned", "funds_allotted", "funds_disbursed", "funds_spent", "funds_received", "funds_secured")
GIFTS = ("donation_cash", "donation_goods", "funds_raised", "investment")
Words = tuple[str, int, int]
Basis = tuple[str, Words | None]
REACH = 80


def basis_of(
    frame: Document, text: str, places: tuple[tuple[int, int], tuple[int, int]], number: Number, kind: str,
    period: Period | None,
) -> Basis:  # fmt: skip
    """The basis of a number and the words that made it; `places`: its clause and its sentence."""
    (clause, clause_end), (sentence, _) = places
    near = (max(clause, number.start - REACH), min(clause_end, number.end + REACH))
    wide = max(sentence, number.start - REACH)
    said = _said(text, near, wide, number, kind) or _hoped(frame, text, wide, number, kind)
    said = said or _coming(text, near[1], number) or _framed(frame, text, number, kind, period)
    if said:
        return said
    if kind == "project_count" and frame.sort == "notice":
        return "arranged", (frame.title, 0, 0)
    if kind == "project_count" and (hit := _GIVEN.search(text, near[0], number.start)):
        return "arranged", _words(hit)
    if found := _undone(_ARRANGED, text, near[0], number.start):
        return "arranged", _words(found)
    return ("planned" if kind == "funds_planned" else "actual"), None


def _said(text: str, near: tuple[int, int], wide: int, number: Number, kind: str) -> Basis | None:
    """By the words before the number: a letter of intent, a yearly quota, a forecast, a plan."""
    intended = {"agreement_amount": wide, "agreement": near[0]}.get(kind)
    if intended is not None and (hit := _INTENDED.search(text, intended, near[1])):
        return "intended", _words(hit)
    if kind in GIFTS and (hit := _WILLING.search(text, near[0], number.start)):
        return "intended", _words(hit)
    for basis, rule, start in (
        ("quota", _QUOTA, near[0]),
        ("expected", _EXPECTED, wide),
        ("planned", _PLANNED, near[0]),
    ):
        if found := _undone(rule, text, start, number.start):
            return basis, _words(found)
    return None


def _hoped(frame: Document, text: str, wide: int, number: Number, kind: str) -> Basis | None:
    """What a works brings once it is built: 建成后, 达产后."""
    hoped = kind in _RESULTS and frame.sort != "audit"
    found = _undone(_LATER, text, wide, number.start) if hoped else None
    return ("expected", _words(found)) if found else None


def _coming(text: str, last: int, number: Number) -> Basis | None:
    """By the words after the number, or those that open the paragraph: 将于下月启程, 下一步."""
    if hit := _SOON.search(text[number.end : last]):
        return "planned", (hit[0], number.end + hit.start(), number.end + hit.end())
    if (hit := _AHEAD.search(text[:60])) and hit.end() <= number.start:
        return "planned", _words(hit)
    return None


def _framed(frame: Document, text: str, number: Number, kind: str, period: Period | None) -> Basis | None:
    """By what sort of paper it is: an agreement and a plan speak of what is to be, a notice sets conditions."""
    bound = number.base == "percent" or frame.ahead or frame.sort == "notice"
    if bound and _ORDERED.match(text, number.start) and (kind not in FUNDS or frame.ahead):
        return "planned", (text[number.start : number.first], number.start, number.first)
    if frame.ahead and not _past(frame, period):
        return "planned", (frame.title, 0, 0)
    if frame.sort == "notice" and kind not in (*FUNDS, "project_count"):
        return "planned", (frame.title, 0, 0)
    return None


def _past(frame: Document, period: Period | None) -> bool:
    """Whether a plan speaks of what was before it."""
    begun = frame.own.first if frame.own else frame.anchor
    return bool(period and begun and period.last < begun)


def _undone(rule: re.Pattern[str], text: str, first: int, last: int) -> re.Match[str] | None:
    """The last words of a rule in a stretch, unless what follows them says that it is done."""
    found = next(iter([*rule.finditer(text, first, last)][-1:]), None)
    return found if found and not _DONE.search(text, found.end(), last) else None


def _words(hit: re.Match[str]) -> Words:
    return hit[0], hit.start(), hit.end()
