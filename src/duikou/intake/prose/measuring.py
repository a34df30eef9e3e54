"""What a number is counted in: the measure word after it, the noun that stands for one, money that says no 元."""

import re
from dataclasses import replace

from duikou.rules.reading import DIGITS, SCALES

from .counting import counts
from .hedging import hedges_after
from .numbers import Number
from .units import Unit, unit_at

_NO_PERSON = tuple("民口才均家")  # after 人: 人民, 人口
_PEOPLE = re.compile(
    r"(?:各族|贫困|脱贫|农村|建档立卡|困难|农牧区|受灾|留守|移民|搬迁|当地)?"
    r"(?:群众|人口|农牧民|学生|劳动力|干部|师生|人民|农民|牧民|党员|居民|百姓|民众|学子|儿童|教师|村民|职工)"
)
_PERSON = re.compile(
    r"(?:人(?!次)|大夫|娃|孩子|老师|教师|干部|学生|医生|病人|村民|工人|老乡|同志|队员|专家|学员|农民|群众|绣娘|当地人|本地人)"
)
_ALONE = re.compile(r"$|[ ，。；、）（！：]|以上|以内|左右|的|用于|资金")
_GIANT = re.compile(r"(?P<scale>亿|万)元?(?![一-鿿]{0,2}[人户亩])")
_TENTHS = re.compile(r"成(?![立果效员功为熟长就品分套本都交人])")
_MONEY = re.compile(
    r"资金|引进|投入|账|买|卖|投资|捐|拨|金额|产值|收入|销售|款|经费|消费|采购|援助|利税|税|补助|贷款|概算|造价"
)
NEAR = 40  # characters before an amount in which a word of money makes it one


def measured(text: str, number: Number) -> Number | None:
    """The number with the measure word after it, and the hedges behind that; nothing where it has no measure."""
    found = unit_at(text, number.last)
    if found and not (found[0].word in ("人", "个人") and text[found[1] : found[1] + 1] in _NO_PERSON):
        return _in(text, number, *found)
    return _bare(text, number)


def _in(text: str, number: Number, unit: Unit, end: int) -> Number | None:
    """A number with its measure word; nothing where that word does not count."""
    if not counts(text, number, unit):
        return None
    base, house = unit.base, unit.house
    if unit.word in ("个", "号") and _PERSON.match(text, end):
        base, house = "person", "person"
    if unit.word == "个" and (giant := _GIANT.match(text, end)):  # 1.9个亿
        value = number.value * SCALES[giant["scale"]]
        last, after = hedges_after(text, giant.end())
        hedges = (*number.hedges, *after)
        return replace(number, end=last, value=value, base="yuan", unit=f"个{giant[0]}", house="fen", hedges=hedges)
    word = text[number.last : end].strip()
    per = word.partition("/")[2] if unit.word != "人/次" else ""
    last, after = hedges_after(text, end)
    upper = None if number.upper is None else number.upper * unit.factor
    return replace(
        number, end=last, value=number.value * unit.factor, upper=upper, base=base, unit=word, house=house,
        hedges=(*number.hedges, *after), per=per,
    )  # fmt: skip


def _bare(text: str, number: Number) -> Number | None:
    """12万群众 counts people, 2000万 in a clause about money is money, a bare number of a table has the table's unit."""
    last = number.last
    ascii_ = text[number.first].isascii()
    scaled = text[number.first : last].endswith(("万", "亿")) or (text[last - 1] in "余多" and text[last - 2] in "万亿")
    if _PEOPLE.match(text, last) and (scaled or ascii_ or number.hedges):
        return replace(number, end=last, base="person", house="person")
    if scaled and _ALONE.match(text, last) and _MONEY.search(text, max(0, number.start - NEAR), number.start):
        end, after = hedges_after(text, last)
        return replace(number, end=end, base="yuan", house="fen", hedges=(*number.hedges, *after))
    if _TENTHS.match(text, last) and number.value < 10 and text[number.first - 1 : number.first] not in "建完形":
        return _tenths(text, number)
    if text[max(0, number.start - 1) : number.start] in ("¥", "￥"):
        return replace(number, start=number.start - 1, base="yuan", house="fen")
    return replace(number, unit="") if ascii_ else None


def _tenths(text: str, number: Number) -> Number:
    """Tenths as percent: 六成, 五成三."""
    last = number.last
    rest = DIGITS.get(text[last + 1 : last + 2], 0) if text[last + 1 : last + 2] in "一二三四五六七八九" else 0
    end, after = hedges_after(text, last + 2 if rest else last + 1)
    return replace(
        number, end=end, value=number.value * 10 + rest, base="percent", unit="成", house="percent",
        hedges=(*number.hedges, *after), upper=None if number.upper is None else number.upper * 10,
    )  # fmt: skip
