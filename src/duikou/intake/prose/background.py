"""Numbers that are no facts of a programme: of the place, of the paper, of the page it stands on, and what a change began with."""

import re
from functools import cache

from .numbers import Number
from .wording import data

_FORMER = re.compile(r"(?:由|从)(?:[^，。；]{0,14}的)?$")
_CHANGED = re.compile(
    r"[^，。；]{0,12}?(?:增|提|升|降|减|扩|上升|下降|缩短|变)[^，。；0-9]{0,3}(?:至|到|为)|(?:到|至)(?=[0-9一二三四五六七八九十])"
)
_GROWN = re.compile(r"[，、（]?(?:同比|比上年|较上年|年均)?(?:实际)?(?:增长|下降|提高|增|占|名义)[^，。；]{0,4}$")
OF_PLACE = "地方的情况，不是项目方案的事实"
NEARBY = 16
MANY = 10_000  # people that are the people of a place


@cache
def _rules() -> dict[str, re.Pattern[str]]:
    """The wordings of the background; heads stand right before their number."""
    table = dict(data()["background"])
    table["heads"] = rf"(?:{table['heads']})[^，。；、0-9]{{0,8}}$"
    return {name: re.compile(words) for name, words in table.items()}


def why_background(text: str, number: Number, clause: tuple[int, int], named: int = 0, passed: int = -1) -> str:
    """Why a number is no fact of the programme; `passed`: where the number before it ends, if that one is none either."""
    before = text[max(clause[0], number.start - 24, named) : number.start]
    if _FORMER.search(text[max(0, number.start - NEARBY) : number.start]) and _CHANGED.match(text, number.end):
        return "变化的起点，不是事实本身"
    if _rules()["lines"].search(text, max(0, number.start - 12), min(clause[1], number.end + 12)):
        return "文件自身的话"
    grown = passed >= max(0, number.start - NEARBY) and _GROWN.match(text[passed : number.start])
    return OF_PLACE if grown or _of_place(text, number, clause, before) else ""


def _of_place(text: str, number: Number, clause: tuple[int, int], before: str) -> bool:
    """Whether a number describes a place: its people, its area, its height, what lies in it."""
    rules = _rules()
    if number.base in ("km", "m2", "person", "yuan", "percent", "item", "mu") and rules["heads"].search(before):
        return True
    people = rules["people"].search(before + text[number.start : number.first + 1])
    if people and (number.base == "percent" or (number.base == "person" and people.end() >= len(before))):
        return True
    if number.base == "km" and rules["lengths"].search(before):
        return True
    if number.base in ("person", "m2") and number.value >= MANY and rules["after"].match(text, number.end):
        return True
    within = rules["areas"].search(text, max(clause[0], number.start - 30), number.start)
    return number.unit == "平方公里" or (bool(within) and number.base == "item")
