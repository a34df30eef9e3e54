"""The scanner: numbers of a folded paragraph from left to right, each place looked at a bounded number of times."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from duikou.rules.quantity import Hedge
from duikou.rules.reading import AFTER, BEFORE, DIGITS, SCALES, ends_of, value_of

from .counting import counts, with_shared_units
from .numbers import Number, Unread
from .units import Unit, unit_at

Span = tuple[int, int]

_DIGIT = "〇零一二两三四五六七八九"
_START = re.compile(rf"[0-9{_DIGIT}十百千万亿几数]")
_ARABIC = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,5}|[0-9]{1,3}(?: [0-9]{3}){1,4}(?=\.[0-9]|[ ]?[^0-9 .,，、；\s])|[0-9]{1,15})(?:[ ]?\.[ ]?[0-9]{1,6})?"
_HAN = rf"(?:[{_DIGIT}十百千]{{1,12}}(?:点[{_DIGIT}]{{1,6}})?)"
_PIECE = rf"(?:零(?=[0-9]))?(?:{_ARABIC}|{_HAN})[ ]?[百千]?[ ]?(?:万亿|亿|万)?"
_CORE = re.compile(rf"{_PIECE}(?:(?<=[万亿千]){_PIECE}){{0,3}}")
_ROUND = re.compile(r"(?:万亿|[十百千]?[万亿]|[百千])")
_VAGUE = re.compile(r"(?:好几|几|数)(?P<power>(?:[十百千]?[万亿]|[十百千])?)")
_SHARE = re.compile(rf"(?P<whole>百|千|万|{_HAN}|[0-9]{{1,5}})分之(?P<part>百|{_ARABIC}|{_HAN})")
_FRACTION = re.compile(r"(?P<part>[1-9][0-9]?)/(?P<whole>[1-9][0-9]{0,2})(?![0-9/])")
_TENTHS = re.compile(r"成(?![立果效员功为熟长就品分套本都交人])")
_ODD = re.compile(
    r"[ ]?(?P<odd>余|多|几|有余|(?<=[0十百千万])来(?=[万亿个名人位家户所项台套亩吨件]))[ ]?(?P<scale>万亿|亿|万)?"
)
_NOT_ODD = ("多边", "多样", "多种", "多次", "多方", "多元化")
_BEFORE = sorted((*BEFORE, "约为", "大约为", "近乎"), key=len, reverse=True)
_AFTER = re.compile(r"[ ]?(?:及)?(?P<after>以上|左右|上下|以下|以内|之内|有余|多|余|出头|之多|不等)")
_ACROSS = re.compile(r"[一-鿿]{1,6}(?P<after>以上|以内|左右)(?=[，。；、）]|$)")
_TO = re.compile(r"[ ]?(?:[～—]{1,2}|-{1,2}|至|到)[ ]?")
_TWINS = re.compile(
    rf"(?P<head>[{_DIGIT}十百]*?)(?P<one>[一二两三四五六七八])(?P<two>[二三四五六七八九])(?P<tail>[十百千]?)(?P<scale>万亿|亿|万)?"
)
NOT_BEFORE = {  # what stands before a hedge word when it is a part of another word: 节约, 附近, 以上
    "近": "附最邻靠临远就亲贴", "约": "签节合条预公履违契俭制简", "超": "反B彩", "上": "以之加基础线网路乘会地场身史总", "过": "通经超路渡"
}  # fmt: skip
_PEOPLE = re.compile(
    r"(?:各族|贫困|脱贫|农村|建档立卡|困难|农牧区|受灾|留守|移民|搬迁|当地)?"
    r"(?:群众|人口|农牧民|学生|劳动力|干部|师生|人民|农民|牧民|党员|居民|百姓|民众|学子|儿童|教师|村民|职工)"
)
_ALONE = re.compile(r"$|[ ，。；、）（！：]|以上|以内|左右|的|用于|资金")
_GIANT = re.compile(r"(?P<scale>亿|万)元?(?![一-鿿]{0,2}[人户亩])")
_PERSON = re.compile(
    r"(?:人(?!次)|大夫|娃|孩子|老师|教师|干部|学生|医生|病人|村民|工人|老乡|同志|队员|专家|学员|农民|群众|绣娘|当地人|本地人)"
)
_MONEY = re.compile(
    r"资金|引进|投入|账|买|卖|投资|捐|拨|金额|产值|收入|销售|款|经费|消费|采购|援助|利税|税|补助|贷款|概算|造价"
)
_NUMERALS = set("0123456789") | set(_DIGIT) | set("十百千万亿.,")


@dataclass(frozen=True)
class Scan:
    """What was found in a paragraph: numbers with a measure word or a meaning, and those that could not be read."""

    numbers: tuple[Number, ...]
    unread: tuple[Unread, ...]


def scan(text: str, taken: Sequence[Span] = (), unit: str = "") -> Scan:
    """The numbers of a folded text outside of what guards have taken; `unit`: of bare numbers, as a table's head says."""
    return _Scanner(text, taken, unit).run()


class _Unreadable(ValueError):
    """Why an expression cannot be read, and where it ends."""

    def __init__(self, why: str, end: int) -> None:
        super().__init__(why)
        self.end = end


class _Scanner:
    """One paragraph read from left to right."""

    def __init__(self, text: str, taken: Sequence[Span], unit: str) -> None:
        self.text, self.unit = text, unit
        self.taken = sorted(taken)
        self.firsts = [first for first, _ in self.taken]
        self.numbers: list[Number] = []
        self.unread: list[Unread] = []

    def run(self) -> Scan:
        place = 0
        while found := _START.search(self.text, place):
            place = self._step(found.start())
        return Scan(tuple(with_shared_units(self.text, self.numbers)), tuple(self.unread))

    def _step(self, at: int) -> int:
        """Read what begins at a place; where to go on."""
        if end := self._taken_until(at):
            return end
        try:
            number = self._share(at) or self._number(at)
        except ValueError as error:
            end = max(self._run(at), getattr(error, "end", 0))
            self.unread.append(Unread(at, end, self.text[at:end], str(error)))
            return end
        if number is None:
            return self._run(at) if self.text[at].isascii() else at + 1
        if self._taken_until(number.last - 1):
            return at + 1
        if len(set(number.hedges)) > 1 and number.house and number.quantity is None:
            self.unread.append(
                Unread(number.start, number.end, self.text[number.start : number.end], "中的约数词说法相反")
            )
        else:
            self.numbers.append(number)
        return max(number.end, at + 1)

    def _taken_until(self, at: int) -> int:
        """Where the guarded span ends that holds a place; nought where none does."""
        place = bisect_right(self.firsts, at) - 1
        return self.taken[place][1] if place >= 0 and self.taken[place][1] > at else 0

    def _run(self, at: int) -> int:
        """The end of the run of numerals at a place; it is looked at once."""
        end = at + 1
        while end < len(self.text) and self.text[end] in _NUMERALS:
            end += 1
        return end

    def _share(self, at: int) -> Number | None:
        """百分之二十, 三分之一, 1/6."""
        found = _SHARE.match(self.text, at) or _FRACTION.match(self.text, at)
        if not found:
            return None
        whole = {"百": Decimal(100), "千": Decimal(1000), "万": Decimal(10000)}.get(found["whole"]) or value_of(
            found["whole"]
        )
        part = "一百" if found["part"] == "百" else found["part"].replace(" ", "")
        if not whole:
            raise ValueError("的分母是零")
        value = (value_of(part) * 100 / whole).quantize(Decimal("0.0001"))
        value = value.normalize() if value != value.to_integral_value() else value.quantize(Decimal(1))
        end, hedges = self._after(found.end())
        start, before = self._hedges_before(at)
        return Number(start, end, at, found.end(), value, "percent", found[0], "percent", hedges=(*before, *hedges))

    def _number(self, at: int) -> Number | None:
        """A number with its hedges, its measure word and, where one follows, the other end of a range."""
        core = _core(self.text, at)
        if core is None:
            return self._vague(at)
        last, value, upper = core
        if self.text[at] in "0123456789" and at and self.text[at - 1] in "0123456789.":
            return None
        start, before = self._hedges_before(at)
        hedges = list(before)
        odd = _ODD.match(self.text, last) if upper is None else None
        if odd and not self.text.startswith(_NOT_ODD, odd.start()):
            value, last = value * SCALES.get(odd["scale"] or "", 1), odd.end("scale" if odd["scale"] else "odd")
            hedges.append(AFTER[odd["odd"]])
        if upper is None and (ranged := self._range(start, at, last, value, tuple(hedges))):
            return ranged
        number = self._with_unit(Number(start, last, at, last, value, "", upper=upper, hedges=tuple(hedges)))
        if number and not number.hedges and _ROUND.fullmatch(self.text, at, last):
            return None  # 万人 says no number; 万人次以上 and 近百人 do
        return number

    def _vague(self, at: int) -> Number | None:
        """几十, 数百, 好几万."""
        found = _VAGUE.match(self.text, at) or (
            _VAGUE.match(self.text, at - 1) if self.text[at - 1 : at] == "好" else None
        )
        if not found or (
            self.text[at] == "数" and at and self.text[at - 1] in "人户总次个件台套指参系函倍例点分多少岁"
        ):
            return None
        if not found["power"]:
            if unit_at(self.text, found.end()):
                raise ValueError("没有说出数目")
            return None
        value = Decimal(1)
        for character in found["power"]:
            value *= {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}[character]
        start = at - 1 if self.text[at - 1 : at] == "好" else at
        last = found.end()
        if odd := re.compile("[余多]").match(self.text, last):
            last = odd.end()
        return self._with_unit(Number(start, last, at, last, value, "", hedges=("odd",), vague=True))

    def _with_unit(self, number: Number) -> Number | None:
        """The number with the measure word after it, and the hedges behind that; nothing where it has no measure."""
        found = unit_at(self.text, number.last)
        if found and not (
            found[0].word in ("人", "个人") and self.text[found[1] : found[1] + 1] in tuple("民口才均家")
        ):
            unit, end = found
            return self._measured(number, unit, end)
        return self._unmeasured(number)

    def _measured(self, number: Number, unit: Unit, end: int) -> Number | None:
        if not counts(self.text, number, unit):
            return None
        base, house = unit.base, unit.house
        if unit.word in ("个", "号") and _PERSON.match(self.text, end):
            base, house = "person", "person"
        if unit.word == "个" and (giant := _GIANT.match(self.text, end)):  # 1.9个亿
            value = number.value * SCALES[giant["scale"]]
            last, after = self._after(giant.end())
            hedges = (*number.hedges, *after)
            return replace(number, end=last, value=value, base="yuan", unit=f"个{giant[0]}", house="fen", hedges=hedges)
        word = self.text[number.last : end].strip()
        per = word.partition("/")[2] if unit.word != "人/次" else ""
        last, after = self._after(end)
        upper = None if number.upper is None else number.upper * unit.factor
        return replace(
            number, end=last, value=number.value * unit.factor, upper=upper, base=base, unit=word, house=house,
            hedges=(*number.hedges, *after), per=per,
        )  # fmt: skip

    def _unmeasured(self, number: Number) -> Number | None:
        """12万群众 counts people, 2000万 in a clause about money is money, a bare number of a table has the table's unit."""
        text, last = self.text, number.last
        scaled = text[number.first : last].endswith(("万", "亿")) or (
            text[last - 1] in "余多" and text[last - 2] in "万亿"
        )
        if _PEOPLE.match(text, last) and (scaled or text[number.first].isascii() or number.hedges):
            return replace(number, end=last, base="person", house="person")
        if scaled and _ALONE.match(text, last) and _MONEY.search(text, max(0, number.start - 40), number.start):
            end, after = self._after(last)
            return replace(number, end=end, base="yuan", house="fen", hedges=(*number.hedges, *after))
        if _TENTHS.match(text, last) and number.value < 10 and text[number.first - 1 : number.first] not in "建完形":
            rest = DIGITS.get(text[last + 1 : last + 2], 0) if text[last + 1 : last + 2] in "一二三四五六七八九" else 0
            end, after = self._after(last + 2 if rest else last + 1)
            return replace(
                number, end=end, value=number.value * 10 + rest, base="percent", unit="成", house="percent",
                hedges=(*number.hedges, *after), upper=None if number.upper is None else number.upper * 10,
            )  # fmt: skip
        if text[max(0, number.start - 1) : number.start] in ("¥", "￥"):
            return replace(number, start=number.start - 1, base="yuan", house="fen")
        if text[number.first].isascii():
            return replace(number, unit="")
        return None

    def _after(self, place: int) -> tuple[int, tuple[Hedge, ...]]:
        """Hedges behind a measure word, or across the noun that is counted: 20万人次以上, 100名教师以上，."""
        found = _AFTER.match(self.text, place)
        if found and not (
            found["after"] in ("多", "余")
            and self.text[found.end() : found.end() + 1] in ("种", "个", "次", "额", "方")
        ):
            word = found["after"]
            if word in ("之多", "不等"):
                return place, ()
            return found.end(), (AFTER[word],)
        across = _ACROSS.match(self.text, place)
        if across and self.text[across.start("after") - 1] not in "级岁月年层类等职称%":
            return across.end(), (AFTER[across["after"]],)
        return place, ()

    def _hedges_before(self, at: int) -> tuple[int, tuple[Hedge, ...]]:
        """The hedges that stand before a number, from the nearest on."""
        start, found, words = at, [], []
        for _ in range(2):
            end = start - 1 if self.text[start - 1 : start] == " " else start
            word = next(
                (word for word in _BEFORE if self.text.startswith(word, end - len(word)) and end >= len(word)), ""
            )
            if not word or word in words or not self._is_hedge(word, end - len(word), at):
                break
            start = end - len(word)
            words.append(word)
            found.append(BEFORE.get(word, "nearly" if word == "近乎" else "about"))
        return start, tuple(found)

    def _is_hedge(self, word: str, place: int, at: int) -> bool:
        if self.text[place - 1 : place] and self.text[place - 1 : place] in NOT_BEFORE.get(word, ""):
            return self.text[max(0, place - 2) : place] in ("折合", "共合", "总合")
        if word in ("上", "过") and self.text[at] not in "百千万亿半":
            return False
        return not self._taken_until(place)

    def _range(self, start: int, at: int, last: int, value: Decimal, hedges: tuple[Hedge, ...]) -> Number | None:
        """20—40万元, 20万元—40万元, 三到五万元; a change (从…到…) is no range."""
        own = unit_at(self.text, last)
        if self.text[max(0, start - 1) : start] == "从" or (own and self.text[max(0, start - 1) : start] == "由"):
            return None
        to = _TO.match(self.text, own[1] if own else last)
        if not to or (own and to[0].strip() in ("到",) and not own[0].base):
            return None
        core = _core(self.text, to.end())
        if core is None or core[2] is not None:
            return None
        end, high, _ = core
        unit = unit_at(self.text, end)
        if not unit or (own and own[0].base != unit[0].base) or not unit[0].base:
            return None
        if own:
            low, high = value * own[0].factor, high * unit[0].factor
        else:
            try:
                low, high = ends_of(_plain(self.text[at:last]), _plain(self.text[to.end() : end]))
            except ValueError as error:
                raise _Unreadable(str(error), unit[1]) from None
            low, high = low * unit[0].factor, high * unit[0].factor
        if low > high:
            raise _Unreadable("前大后小", unit[1])
        if hedges:
            raise _Unreadable("是一个范围，两端不再带约数词", unit[1])
        word = self.text[end : unit[1]].strip()
        return Number(start, unit[1], at, end, low, unit[0].base, word, unit[0].house, upper=high)


def _plain(text: str) -> str:
    return text.replace(" ", "")


def _core(text: str, at: int) -> tuple[int, Decimal, Decimal | None] | None:
    """The digits at a place: where they end, what they come to and, for 三四 and 十五六, the upper of two."""
    found = _CORE.match(text, at) or _ROUND.match(text, at)
    if not found:
        return None
    end = at + len(found[0].rstrip(" "))
    if found[0][0] in "0123456789" and end < len(text) and text[end] in "0123456789" and text[end - 1] in "0123456789":
        return None
    words = _plain(text[at:end])
    if twins := _TWINS.fullmatch(words):
        return (end, *_twins(twins))
    value = value_of(words)
    return end, value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize(), None


def _twins(found: re.Match[str]) -> tuple[Decimal, Decimal]:
    """三四: three to four; 十五六: fifteen to sixteen; 七八百: seven hundred to eight hundred."""
    one, two = DIGITS[found["one"]], DIGITS[found["two"]]
    if two - one != 1 and (one, two) != (3, 5):
        raise ValueError("中两个数字连用，写成 3～4 这样的范围，或写全")
    tail = found["tail"] + (found["scale"] or "")
    return value_of(found["head"] + found["one"] + tail), value_of(found["head"] + found["two"] + tail)
