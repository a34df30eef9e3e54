"""What a document says of itself: its title, its day, the time it speaks of, what sort of paper it is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from duikou.rules.period import Period, months

from .moments import Time
from .times import Calendar

A_YEAR = 360  # days of the shortest term of an agreement
HEAD = 6  # paragraphs in which a title and the date under it stand
_SORTS = (
    ("agreement", r"协议书?(?:（|$)|框架协议$|协定$|备忘录$|(?:协议|协定)》?$"),
    (
        "plan",
        r"规划(?:纲要|（|$)|实施方案|工作(?:计划|要点|方案)|行动(?:计划|方案)|年度计划|意见$|要点(?:（|$)|计划(?:（|$)|方案(?:（|$)",
    ),
    (
        "notice",
        r"关于(?:[^，。]{0,6}?)(?:下达|拨付|安排|调整|分配|收回|追加|划拨|预拨)|(?:资金|指标)[^。]{0,12}的?(?:通知|批复|函)|选派[^。]{0,12}通知",
    ),
    ("audit", r"审计"),
    (
        "review",
        r"(?<![0-9一二三四五六七八九〇])(?:十|五|三|八|二十|三十|[0-9]{1,2})(?:多|余)?年(?!度)|十载|回眸|巡礼|综述|纪实|历程|掠影|年来|之路|侧记",
    ),
    ("progress", r"进展|进度|月报|完成情况|通报|调度"),
    ("speech", r"汇报|讲话|发言|致辞|述职"),
    ("county", r"总结|简报|工作情况|开局|工作报告|自评"),
)
_NO_TITLE = re.compile(r"[。；]$")
_ONLY_DATE = re.compile(
    r"[（\s]*(?:[一-鿿]{0,4}(?:时间|日期)[：\s]*)?(?:[0-9一二三四五六七八九十〇]{2,4}\s?[年./-]\s?[0-9一二三四五六七八九十]{1,3}\s?[月./-]?\s?(?:[0-9一二三四五六七八九十]{1,3}\s?日?)?)"
    r"[^（，。、]{0,8}[）\s]*"
)
_FORMAL = re.compile(r"[^，。；：]{0,30}关于[^。；：]{4,60}(?:汇报|报告|通知|总结|公告|函|意见)(?:提纲)?")
_NUMBER = re.compile(r"[〔【\[（]((?:19|20)[0-9]{2})[〕】\]）][0-9]{1,5}号")
SHORT, LONGEST_LINE, BESIDE = (
    30,
    60,
    36,
)  # characters of a line with a month, with a day, and of what stands beside that
_SPAN = re.compile(r"[0-9月日]\s*[—～至到-]")
_VOLUME = re.compile(r"年鉴[^0-9\n]{0,3}(?P<first>(?:19|20)[0-9]{2})|(?P<last>(?:19|20)[0-9]{2})(?:年)?卷")
_NUMBERED = re.compile(r"第[0-9一二三四五六七八九十]{1,3}[期号]")
_TERM = re.compile(r"有效期|协议期|合作期|期限为|帮扶期|支援期")
_SALUTATION = re.compile(r"^[^。；]{2,60}：$")


@dataclass(frozen=True)
class Document:
    """The frame in which every paragraph is read."""

    title: str
    sort: str
    anchor: date | None
    own: Period | None
    body: int  # the first paragraph (from nought) that is no longer title, date or salutation

    @property
    def ahead(self) -> bool:
        """Whether it speaks of what is to be done: an agreement, a plan."""
        return self.sort in ("agreement", "plan")


def document(texts: Sequence[str], anchor: date | None = None) -> Document:
    """The frame of a document of folded paragraphs."""
    formal = next((n for n, text in enumerate(texts[:HEAD]) if _FORMAL.fullmatch(text.strip())), 0)
    body = next((n for n, text in enumerate(texts[: HEAD + 3]) if n >= formal and _is_body(text)), 0)
    head = [text.strip() for text in texts[: max(body, 1)] if not _NO_TITLE.search(text.strip()) and not _is_body(text)]
    head = [line for line in head if line and not line.endswith(("：", ":"))]
    title = max(head, key=_titled, default="")
    day = anchor or _day(texts)
    sort = _sort(head, texts)
    own = (_term(texts, day) if sort == "agreement" else None) or _own(head, day)
    return Document(title, sort, day, own, body)


def _titled(text: str) -> float:
    """How much a line of the head looks like the title: it names its subject and is neither date nor salutation."""
    words = len(re.findall(r"对口|援|协作|帮扶|合作|情况|通知|总结|规划|协议|审计|汇报|工作", text))
    return (
        (12 if _FORMAL.fullmatch(text) else 0) + words * 3 + min(len(text), 40) / 20 - (8 if text.endswith("：") else 0)
    )


def _is_body(text: str) -> bool:
    stripped = text.strip()
    return (
        (bool(re.search(r"[。；]", stripped)) and len(stripped) > 20) or len(stripped) > 70 or stripped.startswith("【")
    )


def _sort(head: Sequence[str], texts: Sequence[str]) -> str:
    joined = "\n".join(head)
    for sort, rule in _SORTS:
        if any(re.search(rule, line) for line in head):
            return sort
    if any(text.lstrip().startswith("【") for text in texts[:4]):
        return "yearbook"
    if re.search(r"甲方|乙方", "".join(texts[:6])):
        return "agreement"
    return "yearbook" if re.match(r"\s*(?:对口支援|东西部协作|扶贫协作|援[藏疆青])\s*$", joined) else ""


def _day(texts: Sequence[str]) -> date | None:
    """The day of a document: of its signature, under its title, at its head; else the last of the year its number bears."""
    found = [day for text in texts if (day := _signed(text))]
    if found:
        return found[-1]
    for text in texts[: HEAD + 1]:
        if number := _NUMBER.search(text):
            return date(int(number[1]), 12, 31)
    for text in texts[:HEAD]:
        periods = [t.period for t in Calendar(None).times(text) if t.period and len(text.strip()) < SHORT]
        if months := [period for period in periods if period.month_known]:
            return months[-1].last
    return None


def _signed(text: str) -> date | None:
    """The day that a short line bears: a date alone, or with an office and a few words."""
    line = text.strip()
    if len(line) > LONGEST_LINE or re.search(r"[，。；]", line.strip("。")):
        return None
    days = [(t.text, t.period.first) for t in Calendar(None).times(text) if t.period and t.period.day_known]
    return days[-1][1] if days and len(line) - len(days[-1][0]) <= BESIDE else None


def _term(texts: Sequence[str], anchor: date | None) -> Period | None:
    """The term that an agreement says it holds for."""
    for text in texts:
        if found := _TERM.search(text):
            times = [t.period for t in Calendar(anchor).times(text[found.start() : found.end() + 40]) if t.period]
            whole = [period for period in times if (period.last - period.first).days >= A_YEAR]
            if whole:
                return whole[0]
    return None


def _own(head: Sequence[str], anchor: date | None) -> Period | None:
    """The time that the title says the document speaks of."""
    if volume := _VOLUME.search("\n".join(head)):
        return months(int(volume["first"] or volume["last"]) - 1, 1, 12)
    calendar = Calendar(anchor)
    found: list[Time] = []
    for line in head:
        said = [t for t in calendar.times(line) if t.period and not _NUMBERED.match(line, t.end)]
        if not _ONLY_DATE.fullmatch(line) or any(
            not t.period.month_known or _SPAN.search(t.text) for t in said if t.period
        ):
            found += [t for t in said if t.period and not (t.period.day_known and not t.until)]
    stock = [t.period for t in found if t.until and t.period]
    periods = stock or [t.period for t in found if t.period]
    return min(periods, key=lambda p: p.last - p.first) if periods else None
