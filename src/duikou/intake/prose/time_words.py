"""Words of time as they are written, and what a date comes to once its year is known."""

import calendar
import re
from collections.abc import Callable
from datetime import date

from duikou.rules.period import Period, months, on
from duikou.rules.reading import DIGITS, value_of

_D = "〇零一二三四五六七八九十"
_Y = r"(?:(?:19|20)[ ]?[0-9][ ]?[0-9]|[一二][〇零一二三四五六七八九]{3})"
_N = rf"(?:[0-9]{{1,2}}|[{_D}]{{1,3}})"
_TO = r"[ ]?(?:至|到|[—～-]{1,2})[ ]?"
YEARS = {"去": -1, "前": -2, "今": 0, "明": 1, "后": 2, "本": 0}
PLANS = {
    "八五": 1991,
    "九五": 1996,
    "十五": 2001,
    "十一五": 2006,
    "十二五": 2011,
    "十三五": 2016,
    "十四五": 2021,
    "十五五": 2026,
}
_Q = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}

_RELATIVE = r"去年|前年|今年|明年|后年|本年度?|当年|上年|同年|次年|翌年|是年|年内|上一年度?|上年度|全年"
_YEAR = rf"(?:(?P<y>{_Y})[ ]?年(?:度)?|(?P<rel>{_RELATIVE}))"
_TAILS = (
    (rf"(?P<m>{_N})[ ]?月(?:份)?(?:(?P<d>{_N})[ ]?[日号]{_TO}(?:(?P<m2>{_N})[ ]?月(?:份)?)?(?P<d2>{_N})[ ]?[日号]"
    rf"|(?P<d3>{_N}){_TO}(?P<d4>{_N})[ ]?[日号]|[ ]?(?P<d5>{_N})[ ]?[日号](?!文|楼|院)"
    rf"|{_TO}(?:(?P<y6>{_Y})[ ]?年[ ]?)?(?P<m6>{_N})[ ]?月(?:份)?(?:(?P<d6>{_N})[ ]?[日号])?|(?P<ten>上旬|中旬|下旬|[初底末](?![期]))?)"),
    rf"(?P<m7>{_N}){_TO}(?P<m8>{_N})[ ]?月(?:份)?",
    rf"前(?P<m9>{_N})(?:个)?月(?:份)?",
    r"(?P<half>上半年|下半年|上半|下半)",
    r"(?:第)?(?P<q>[一二三四1-4])季度",
    r"(?:前|1[—～-]|一至)(?P<qq>[二两三23])(?:个)?季度",
    r"(?P<edge>年?初|年?底|年末|岁末|末|年终)(?![中级步次始审])",
)  # fmt: skip
_TAIL = "|".join(_TAILS)
NAMED = re.compile(
    rf"(?P<iso>(?P<iy>(?:19|20)[0-9]{{2}})(?P<is>[-./])(?P<im>[01]?[0-9])(?:(?P=is)(?P<id>[0-3]?[0-9])|(?<=[0-9]-[0-9])|(?<=-[0-9][0-9])|(?=）))(?![0-9.万亿元%％])(?<![./-]))"
    rf"|(?P<span>(?P<ya>{_Y})[ ]?(?:年)?(?:度)?{_TO}(?P<yb>{_Y})[ ]?(?:年度?|学年))"
    rf"|(?P<school>(?P<ys>{_Y})(?:学年|级|届))"
    rf"|[“\"]?(?P<plan>十[一二三四五]五|[八九十]五)[”\"]?(?:时期|期间|规划期|期|以来)?(?:末)?(?=[^年月日个人名])"
    rf"|(?P<dated>{_YEAR}(?:(?=(?P<gap>[ ]?))(?P=gap)(?:{_TAIL}))?|(?P<bare>{_TAIL.replace('?P<', '?P<b_')}))"
    rf"|(?P<month>本月|当月|同月|上月|次月|下月)(?:(?P<md>{_N})[ ]?日)?"
    rf"|(?:近|过去|前)?(?P<n>[{_D}两]{{1,3}}|[0-9]{{1,2}})(?P<odd>多|余)?(?:个)?(?P<unit>年|月)(?:多|余)?(?:时间|以|之|的)?(?:来|间|里|下来|中(?=，))"
    rf"|(?:近|最近|过去|今后|未来)(?P<n2>[{_D}两]{{1,3}}|[0-9]{{1,2}})(?P<unit2>年|个月)"
    r"|(?P<half_year>半年(?:多)?(?:以)?来)"
    r"|(?P<same>同日|当日|当天)|(?P<now>目前|现在|迄今|至今|截至今|当前|如今|(?:本)?(?:公告|审计|统计|填报|报告)之?日)|(?P<day>昨日|昨天|今天|今日|前日)|(?P<transition>过渡期)"
)
UNTIL = re.compile(r"(?:截至|截止到|截止(?:时间|日期)?[：: ]?|(?<![增升降减高大扩展])至)(?:目前|现在)?$")
SINCE = re.compile(r"^(?:[ ]?底|[ ]?初)?(?:以来|起|开始|至今|以后)")
OPENED = re.compile(r"^[^，。；：、0-9]{1,20}?(?:以来|起(?=，))")
RENEWED = re.compile(
    r"^(?:新一轮|建立|正式|开展|启动|确立)?[^，。；：、0-9月日]{0,6}(?:结对|对口|协作|帮扶|支援|合作)[^，。；：、0-9]{0,10}?以来"
)
EDGE = re.compile("年[初底末]$|[岁年]末$|年终")


def after_year(match: re.Match[str], bare: str, year: int) -> Period:
    """What stands after the year: month, day, spans of them, half-year, quarter; `bare` heads the groups of a date without a year."""

    def part(name: str) -> int:
        return number(match[bare + name]) if match[bare + name] else 0

    if part("m"):
        return _from_month(match, bare, year, part)
    if part("m7"):
        return months(year, part("m7"), part("m8"))
    if part("m9"):
        return months(year, 1, part("m9"))
    if half := match[bare + "half"]:
        return months(year, 1, 6) if half.startswith("上") else months(year, 7, 12)
    if quarter := match[bare + "q"]:
        return months(year, _Q[quarter] * 3 - 2, _Q[quarter] * 3)
    if quarters := match[bare + "qq"]:
        return months(year, 1, 9 if quarters in "三3" else 6)
    return months(year, 1, 12)


def _from_month(match: re.Match[str], bare: str, year: int, part: Callable[[str], int]) -> Period:
    """A month with what follows it: 8月, 8月底, 8月30日, 3月1—6日, 8月至次年7月."""
    month = part("m")
    if part("d"):
        return Period(date(year, month, part("d")), date(year, part("m2") or month, part("d2")))
    if part("d3"):
        return Period(date(year, month, part("d3")), date(year, month, part("d4")))
    if part("m6"):
        last_year = year_number(match[bare + "y6"]) if match[bare + "y6"] else year
        last = months(last_year, part("m6"), part("m6")).last
        return Period(date(year, month, 1), last.replace(day=part("d6")) if part("d6") else last)
    period = day_or_month(year, month, part("d5"))
    return on(period.last) if match[bare + "ten"] in ("底", "末") else period


def day_or_month(year: int, month: int, day: int) -> Period:
    """A day, or a whole month."""
    if day:
        return on(date(year, month, day))
    if not 1 <= month <= 12:
        raise ValueError("没有这个月")
    return Period(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


def number(said: str) -> int:
    """A small number in digits or characters."""
    return int(said) if said.isascii() else int(value_of(said))


def year_number(said: str) -> int:
    """A year in digits or characters: 2018, 二〇一八."""
    said = said.replace(" ", "")
    return int(said) if said.isascii() else int("".join(str(DIGITS[c]) for c in said))


def years(match: re.Match[str]) -> Period:
    """From one year to another: 2016—2020年; a school year begins in September."""
    first, last = year_number(match["ya"]), year_number(match["yb"])
    if match["span"].endswith("学年"):
        return Period(date(first, 9, 1), date(last, 7, 31))
    return Period(date(first, 1, 1), date(last, 12, 31))


def five_years(plan: str) -> Period | None:
    """“十二五” is 2011 to 2015; the 过渡期 is that of the fourteenth plan."""
    first = PLANS.get(plan)
    return Period(date(first, 1, 1), date(first + 4, 12, 31)) if first else None
