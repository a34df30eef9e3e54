"""Words of time as they stand in a text: whether they are any, whether they govern what they stand beside, 截至 and 以来."""

import re
from dataclasses import dataclass

from duikou.rules.period import Period

from .time_words import EDGE, OPENED, RENEWED, SINCE, UNTIL

QUARTER = 80  # days
AROUND = 24  # characters after words of time in which 以来 may follow
_COMPARED = re.compile(r"(?:比|较|同比|是|与|由|从|相比|于)$")
_THAN = re.compile(r"(?:比|较|相比)$")
_NUMBERED = re.compile(r"第[0-9一二三四五六七八九十]{1,3}(?:次|期|号|届|批次会议)")
_PLAN_NAME = re.compile(r"[“\"]?(?:十[一二三四五]五|[八九十]五)[”\"]?$")
_YEARLY = re.compile("全年$|年度$")
_GOAL = re.compile("(?:协议)?(?:目标|任务|指标|计划(?:数|任务|目标|的))")  # 占全年任务的40% says of the task alone
_EACH = re.compile("一[日周月季年]一[一-鿿]")  # 一月一对账
_OF = re.compile(r"(?:底|末|初|同期)?的(?=[0-9一二三四五六七八九十])|同期")
_UP_TO = re.compile("到$")


@dataclass(frozen=True)
class Time:
    """Words of time in a paragraph, and the period they mean; `until`: of a stock as of its last day."""

    start: int
    end: int
    text: str
    period: Period | None
    until: bool = False
    open: bool = False  # 以来, 起: the end is where the text stands
    governs: bool = True  # not compared with (比2021年), not inside the title of a paper

    @property
    def broad(self) -> bool:
        """Whether it reaches over several sentences: a quarter or more, or a stock as of a day."""
        if self.period is None or (EDGE.search(self.text) and not self.until):
            return False
        return (self.period.last - self.period.first).days >= QUARTER or self.until or self.open

    @property
    def long(self) -> bool:
        """Whether more than a year is meant."""
        return self.period is not None and self.period.last.year > self.period.first.year


def since_of(text: str, match: re.Match[str]) -> re.Match[str] | None:
    """以来, 起 after words of time; 自2002年承接对口支援任务以来: what stands between belongs to it."""
    after = text[match.end() : match.end() + AROUND]
    opened = OPENED if text[max(0, match.start() - 1) : match.start()] in ("自", "从") else RENEWED
    return SINCE.match(after[:6]) or opened.match(after)


def until_of(text: str, match: re.Match[str]) -> re.Match[str] | None:
    """截至 before words of time; 到去年底 is a stock as of that day too, 到 before another time is not."""
    until = UNTIL.search(text, max(0, match.start() - 8), match.start())
    if until or not match[0].endswith(("底", "末")):
        return until
    return _UP_TO.search(text, max(0, match.start() - 1), match.start())


def is_time(text: str, match: re.Match[str]) -> bool:
    """Whether what looks like a time is one: 起初, 到底 and 健全年 hold none."""
    before = text[max(0, match.start() - 1) : match.start()]
    if _EACH.match(text, match.start()):
        return False
    if match["dated"] or match["span"]:
        if before and before in "0123456789." and text[match.start()] in "0123456789":
            return False
        if (
            match["bare"]
            and match["b_edge"]
            and ((before and before in "起从当原之最到彻") or not match["b_edge"].startswith("年"))
        ):
            return False
        if match["bare"] and match["b_half"] in ("上半", "下半"):
            return False
        if match["rel"] == "全年" and before in "健安":
            return False
    if match["plan"] and before and before in "第百二三四五六七八九":
        return False
    return not (match["unit"] == "月" and not match["n"])


def governs(text: str, time: Time) -> bool:
    """Whether words of time say when something was: they are no comparison and stand in no title of a paper."""
    before, after = text[max(0, time.start - 3) : time.start], text[time.end : time.end + 6]
    if _COMPARED.search(before) and (_OF.match(after) or _THAN.search(before)):
        return False
    if _NUMBERED.match(after) or (time.text.startswith("上年") and not after.startswith(("，", "底", "末"))):
        return False
    if _PLAN_NAME.match(time.text) and not after.startswith(("，", "累计", "共", "末", "以来", "时", "期")):
        return re.match("[近约超]?[0-9]", after) is not None
    if _YEARLY.search(time.text) and _GOAL.match(after):
        return False
    opened = text.rfind("《", max(0, time.start - 60), time.start)
    return opened < 0 or text.find("》", opened, time.start) >= 0
