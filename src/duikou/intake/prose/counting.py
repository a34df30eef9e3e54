"""Whether a measure word really counts, and numbers that share the measure of the one after them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from duikou.rules.reading import SCALES

from .numbers import Number
from .units import Unit, units

_MAKING = re.compile(
    r"(?:建成|新建|援建|捐建|修建|建设|建立|建起|建|设立|捐赠|捐助|购置|配备|赠送|打造|引进|举办|召开|选派|派出|派|开设|完成|实施|落实|改造|共建|成立|"
    r"增设|签订|签署|转让|盘活|培育|投入|派驻|新增|获|各|计|共|有)(?:了)?$"
)
_REGIONS = re.compile(r"(?:县|市|区|州|省|地|方面|部门|大|层|环节|重点|受援)")
_PORTIONS = ("批", "期", "次", "步", "年", "批次")  # 分两批
_PLACES = ("县", "乡", "镇", "村", "校", "乡镇", "大", "组", "片", "后", "地")
_ARTICLES = ("个", "位", "名", "条", "项", "种", "大", "笔", "件", "所", "家")
_GLUED = tuple("系定起直些样般批体")  # 一系列, 一直
_ENDS = ("", *"，、；。）和及")
_ALONE = "名人辆台所座套部个家条次趟场支"
_VAGUE = ("批", "些", "种", "类", "大", "项", "次", "起", "套", "片", "个")
_NAMED = re.compile(r"(?:第|首|每|某|各|同|任何|哪|另|这|那|上|下|前|后|本|该)$")


def counts(text: str, number: Number, unit: Unit) -> bool:
    """Whether the measure word really counts: 一 does after a word of making only, 四县 and 两地 are names, not counts."""
    before = text[max(0, number.start - 4) : number.start]
    if unit.word in _PORTIONS and before.endswith("分"):
        return False
    if text[number.first].isascii():
        return True
    if unit.word in _PLACES:
        return bool(number.hedges)
    if text[number.first] == "两" and unit.word == "会":
        return False
    if text[number.first : number.last] == "一" and number.upper is None and not number.hedges:
        return _one_counts(text, number, unit, before)
    if unit.word == "个" and not number.hedges and _REGIONS.match(text, number.last + 1):
        return False
    return not (unit.word in _ARTICLES and _NAMED.search(before[-2:]))


def _one_counts(text: str, number: Number, unit: Unit, before: str) -> bool:
    """Whether 一 is a count: 捐赠一辆救护车, 挂职副县长一名; 一个, 一批 and 一项 are mostly articles."""
    if unit.base in ("yuan", "percent", "mu", "km", "m2", "t"):
        return True
    end = number.last + len(unit.word)
    if text[end : end + 1] in _GLUED:
        return False
    if text[end : end + 1] in _ENDS and unit.word in _ALONE:
        return not before.endswith(tuple("每第某同另哪"))
    return bool(_MAKING.search(before)) and unit.word not in _VAGUE


def with_shared_units(text: str, numbers: Sequence[Number]) -> Iterator[Number]:
    """1200、800万元: a bare number before one with a unit, with 、 or 和 between, shares its measure and its scale."""
    shared: list[Number] = []
    following: Number | None = None
    for number in reversed(numbers):
        if not number.unit and not number.base and following and text[number.end : following.start] in ("、", "和"):
            scale = next((s for s in ("万亿", "亿", "万") if text[following.first : following.last].endswith(s)), "")
            unit = units().get(following.unit)
            if unit and following.upper is None:
                factor = unit.factor * SCALES.get(scale, 1)
                number = replace(number, value=number.value * factor, base=unit.base, unit=unit.word, house=unit.house)
        shared.append(number)
        following = number
    return reversed(shared)
