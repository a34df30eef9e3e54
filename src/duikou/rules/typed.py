"""What people write in a field of a form or a cell of a sheet: days, spans, amounts, numbers of things with their unit."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from unicodedata import category, decomposition, normalize

from duikou.terms.words import zh

from .outputs import UNITS
from .period import Period, months, on, parse
from .quantity import Quantity, exactly
from .reading import read

KNOWN = tuple(dict.fromkeys(unit for units in UNITS.values() for unit in units))
"""The units that things are counted in."""
_DAY = re.compile(r"([0-9]{4})[-./年]([0-9]{1,2})[-./月]([0-9]{1,2})[日号]?")
_CLOCK = re.compile(r"(?<=[0-9日号])[\sT]+[0-9]{1,2}:[0-9]{2}(:[0-9.]+)?$")
_RUN_TOGETHER = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})")
_MONTH = re.compile(r"([0-9]{4})[-./年]([0-9]{1,2})月?(?:份)?")
_YEAR = re.compile(r"([0-9]{4})年?(?:度)?")
_QUARTER = re.compile(r"([0-9]{4})年第?([一二三四1-4])季度")
_UNTIL = re.compile(
    r"[—–~至]+|\.\.|(?<=[0-9]{4})-(?=[0-9]{4}(?![0-9]))|(?<=[年月日号])-|(?<=[./][0-9])-|(?<=[./][0-9]{2})-"
)  # 2011—2015, 2011-2015, 2010-08..2011-08, 2023年3月5日-8日, 2023.3.5-3.8
_APART = re.compile(r"[0-9]\s+(?![0-9]{3}(?![0-9]))[0-9]")  # 5 7 is no number; 5 700 is
_PLAIN = re.compile(r"[0-9]{1,15}(\.[0-9]{1,6})?")  # a number that has one reading
_MOST = 10**15  # fen: beyond that a number is read with all its scales
_CAPITALS = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟圆", "一二三四五六七八九十百千元")


def visible(text: str) -> str:
    """A text on one line, without control and format characters."""
    return " ".join("".join(c if c.isspace() else "" if category(c)[0] == "C" else c for c in text).split())


def squeezed(text: str) -> str:
    """A text in characters of one width, without blanks."""
    return "".join(normalize("NFKC", text).split())


def read_day(typed: str) -> date:
    """2011-09-05, 2011年9月5日, 2011.9.5, 2011/9/5, 20110905."""
    text = squeezed(_CLOCK.sub("", typed))
    if not text:
        raise ValueError("填写日期，如 2011-09-05")
    found = _DAY.fullmatch(text) or _RUN_TOGETHER.fullmatch(text)
    if not found:
        raise ValueError(f"“{typed[:20]}”读不成日期；写到日，如 2011-09-05 或 2011年9月5日")
    year, month, day = (int(part) for part in found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"日历上没有 {year}年{month}月{day}日；核对月和日") from None


def read_month(typed: str) -> Period:
    """A day or a month: 2012-4-2, 2012年4月2日, 2012年4月, 2012-04."""
    text = squeezed(_CLOCK.sub("", typed))
    if found := _MONTH.fullmatch(text):
        return _months(int(found[1]), int(found[2]), int(found[2]))
    return on(read_day(text))


def read_span(typed: str) -> Period:
    """A day, a month, a quarter, a year, or from one of them to another: 2023年3月5日至8日, 2023.3.5-4.2."""
    text = squeezed(_CLOCK.sub("", typed))
    ends = _UNTIL.split(text)
    if len(ends) == 2:
        first, last = read_span(ends[0]), read_span(_completed(*ends))
        if last.last < first.first:
            raise ValueError(f"“{typed[:30]}”前晚后早；先写开始的日期")
        return Period(first.first, last.last)
    if found := _YEAR.fullmatch(text):
        return months(int(found[1]), 1, 12)
    if found := _QUARTER.fullmatch(text):
        quarter = "一二三四".find(found[2]) + 1 or int(found[2])
        return months(int(found[1]), quarter * 3 - 2, quarter * 3)
    return parse(text) if "q" in text else read_month(text)


def _completed(first: str, last: str) -> str:
    """The later end of a span with the year and month that it leaves to the earlier: 2023.3.5 and 8 is 2023.3.8."""
    said, own = re.findall("[0-9]+", first), re.findall("[0-9]+", last)
    if not own or len(own[0]) > 2 or len(said[0]) < 4:
        return last
    missing = said[:1] if len(own) > 1 or "月" in last else said[:-1]
    return "-".join((*missing, *own))


def _months(year: int, first: int, last: int) -> Period:
    if not 1 <= first <= 12:
        raise ValueError(f"日历上没有 {year}年{first}月；核对月份")
    return months(year, first, last)


def read_amount(typed: str, unit: str = "万元") -> Quantity:
    """200万元, 2,000,000 元, ２００万, 壹仟万元整; a bare number is in 万元, or as its column says. A sign is kept for the rule."""
    if _PLAIN.fullmatch(typed) and (one := _one(unit)) is not None:
        fen = Decimal(typed) * one
        if fen < _MOST and fen == (whole := int(fen)):
            return exactly(whole, "fen")
    odd = f"“{typed[:20]}”读不成金额；写成 200、200万元 或 2,000,000元"
    if any(decomposition(c).startswith(("<super>", "<sub>")) for c in typed) or _APART.search(normalize("NFKC", typed)):
        raise ValueError(odd)  # 1² is not 12
    text = squeezed(typed).removeprefix("¥").removeprefix("￥").translate(_CAPITALS).removesuffix("整")
    if not text:
        raise ValueError("填写金额，如 200万元")
    negative = text[0] in "-−–负"
    bare = text[1:] if negative else text
    if bare[:1] in ("-", "−", "–", "负"):
        raise ValueError(odd)
    if not re.search("[万亿元]", bare):
        bare += unit
    try:
        amount = read(bare, "fen")
    except ValueError as error:
        if "最小单位" in str(error):
            raise ValueError(f"“{typed}”不足一分；金额到分为止") from None
        raise ValueError(odd) from None
    if not negative:
        return amount
    if amount.low is None or not amount.exact:
        raise ValueError(odd)
    return exactly(-amount.low, "fen")


@cache
def _one(unit: str) -> int | None:
    """One of a unit of money in fen; nothing where the unit is none, or says more than a unit."""
    try:
        found = read(f"1{unit}", "fen")
    except ValueError:
        return None
    return found.low if found.exact and re.search("[万亿元]", unit) else None


def read_many(text: str, units: tuple[str, ...], *, hedged: bool = False) -> Quantity:
    """The quantity that was written, in one of some units where it may be; ValueError says what cannot be read.

    A unit of another kind is read too: whoever asks says what it should be. `hedged`: it need not be an exact number.
    """
    text = normalize("NFKC", text)
    if _APART.search(text):
        raise ValueError(f"“{text}”是两个数；写成一个数，如 120{_said(units[0])}")
    if len(units) > 1 and not re.search(r"[^0-9.,万亿千百十]", text):
        raise ValueError(f"“{text}”没有写单位；写上{'、'.join(map(_said, units))}之一")
    for unit in dict.fromkeys((*units, *KNOWN)):
        try:
            found = _metres(text) if unit == "metre" else read(text, unit)
        except ValueError:
            continue
        if not hedged and (not found.exact or found.low is None):
            raise ValueError(f"“{text}”不是确数；写确数，如 120{_said(units[0])}")
        return found
    named = "、".join(map(_said, units))
    raise ValueError(f"“{text}”读不成数量；写数和单位（{named}），如 120{_said(units[0])}")


def _metres(text: str) -> Quantity:
    """A length in 公里 or 米."""
    text = text.replace("千米", "公里")
    metres = re.fullmatch(r"(.*[^公千平方里])米", text)
    if not metres:
        return read(text, "metre")
    found = read(f"{metres[1]}个", "item")
    return replace(found, unit="metre")


def _said(unit: str) -> str:
    """A unit as it is written."""
    return zh("unit", "kilometre" if unit == "metre" else unit)
