"""What numerals come to: the digits at a place, a share of a hundred, some tens or thousands without a number."""

import re
from dataclasses import dataclass
from decimal import Decimal

from duikou.rules.reading import DIGITS, value_of

from .units import unit_at

DIGIT = "〇零一二两三四五六七八九"
START = re.compile(rf"[0-9{DIGIT}十百千万亿几数]")
NUMERALS = frozenset("0123456789" + DIGIT + "十百千万亿.,")
_GROUPS = r"[0-9]{1,3}(?: [0-9]{3}){1,4}(?=[ ]?\.[ ]?[0-9]|[ ]?[^0-9 .,，、；\s])"  # with blanks between them
_ARABIC = rf"(?:[0-9]{{1,3}}(?:,[0-9]{{3}}){{1,5}}|{_GROUPS}|[0-9]{{1,15}})(?:[ ]?\.[ ]?[0-9]{{1,6}})?"
_HAN = rf"(?:[{DIGIT}十百千]{{1,12}}(?:点[{DIGIT}]{{1,6}})?)"
_PIECE = rf"(?:零(?=[0-9]))?(?:{_ARABIC}|{_HAN})[ ]?[百千]?[ ]?(?:万亿|亿|万)?"
_CORE = re.compile(rf"{_PIECE}(?:(?<=[万亿千]){_PIECE}){{0,3}}")
_ROUND = re.compile(r"(?:万亿|[十百千]?[万亿]|[百千])")
_VAGUE = re.compile(r"(?:好几|几|数)(?P<power>(?:[十百千]?[万亿]|[十百千])?)")
_MORE = re.compile("[余多]")
_PART_OF_A_WORD = "人户总次个件台套指参系函倍例点分多少岁"  # before 数: 人数, 户数
_SHARE = re.compile(rf"(?P<whole>百|千|万|{_HAN}|[0-9]{{1,5}})分之(?P<part>百|{_ARABIC}|{_HAN})")
_FRACTION = re.compile(r"(?P<part>[1-9][0-9]?)/(?P<whole>[1-9][0-9]{0,2})(?![0-9/])")
_TWINS = re.compile(
    rf"(?P<head>[{DIGIT}十百]*?)(?P<one>[一二两三四五六七八])(?P<two>[二三四五六七八九])(?P<tail>[十百千]?)(?P<scale>万亿|亿|万)?"
)
_POWERS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}


@dataclass(frozen=True)
class Digits:
    """Where numerals begin and end and what they come to; `upper`: the second of two, as in 三四个."""

    start: int
    end: int
    value: Decimal
    upper: Decimal | None = None


def plain(text: str) -> str:
    """Digits without the blanks that a scraper left in them."""
    return text.replace(" ", "")


def digits_at(text: str, at: int) -> Digits | None:
    """The digits at a place; 三四 and 十五六 are two numbers."""
    found = _CORE.match(text, at) or _ROUND.match(text, at)
    if not found:
        return None
    end = at + len(found[0].rstrip(" "))
    if found[0][0] in "0123456789" and end < len(text) and text[end] in "0123456789" and text[end - 1] in "0123456789":
        return None
    words = plain(text[at:end])
    if twins := _TWINS.fullmatch(words):
        return Digits(at, end, *_twins(twins))
    return Digits(at, end, _tidy(value_of(words)))


def is_round(text: str, at: int, last: int) -> bool:
    """Whether numerals are a power of ten without a number: 万, 百, 千万; 十万 is a number."""
    return text[at] != "十" and _ROUND.fullmatch(text, at, last) is not None


def share_at(text: str, at: int) -> Digits | None:
    """A share as percent: 百分之二十, 三分之一, 1/6."""
    found = _SHARE.match(text, at) or _FRACTION.match(text, at)
    if not found:
        return None
    whole = Decimal(_POWERS.get(found["whole"], 0)) or value_of(found["whole"])
    if not whole:
        raise ValueError("的分母是零")
    part = "一百" if found["part"] == "百" else plain(found["part"])
    return Digits(at, found.end(), _tidy((value_of(part) * 100 / whole).quantize(Decimal("0.0001"))))


def several_at(text: str, at: int) -> Digits | None:
    """The power of ten of which there are some: 几十, 数百, 好几万."""
    good = text[at - 1 : at] == "好"
    found = _VAGUE.match(text, at) or (_VAGUE.match(text, at - 1) if good else None)
    if not found or (text[at] == "数" and at and text[at - 1] in _PART_OF_A_WORD):
        return None
    if not found["power"]:
        if unit_at(text, found.end()):
            raise ValueError("没有说出数目")
        return None
    value = Decimal(1)
    for character in found["power"]:
        value *= _POWERS[character]
    more = _MORE.match(text, found.end())
    return Digits(at - 1 if good else at, more.end() if more else found.end(), value)


def _tidy(value: Decimal) -> Decimal:
    """A decimal without needless places."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _twins(found: re.Match[str]) -> tuple[Decimal, Decimal]:
    """三四: three to four; 十五六: fifteen to sixteen; 七八百: seven hundred to eight hundred."""
    one, two = DIGITS[found["one"]], DIGITS[found["two"]]
    if two - one != 1 and (one, two) != (3, 5):
        raise ValueError("中两个数字连用，写成 3～4 这样的范围，或写全")
    tail = found["tail"] + (found["scale"] or "")
    return value_of(found["head"] + found["one"] + tail), value_of(found["head"] + found["two"] + tail)
