"""Fields of the forms of projects: a day or a month, a whole percentage, a number of things with its unit, points one a line."""

import re
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any
from unicodedata import normalize

from django import forms

from duikou.rules.outputs import UNITS
from duikou.rules.period import Period, months, on, parse
from duikou.rules.quantity import Quantity
from duikou.rules.reading import read
from duikou.terms.words import zh
from duikou.web.forms import Rate
from duikou.web.typed import read_day, visible

_MONTH = re.compile(r"([0-9]{4})[-./年]([0-9]{1,2})月?")
_YEAR = re.compile(r"([0-9]{4})年?(?:度)?")
_QUARTER = re.compile(r"([0-9]{4})年第?([一二三四1-4])季度")
_UNTIL = re.compile(r"[—–~至]+|\.\.|(?<=[0-9]{4})-(?=[0-9]{4}(?![0-9]))")  # 2011—2015, 2011-2015, 2010-08..2011-08
KNOWN = tuple(dict.fromkeys(unit for units in UNITS.values() for unit in units))
LONG = 24  # characters of a number with its unit


class DayOrMonth(forms.CharField):
    """A day or, where a paper says no more, a month: 2012-4-2, 2012年4月2日, 2012年4月, 2012-04; with `spans` also years."""

    def __init__(self, *, spans: bool = False, **more: Any) -> None:
        super().__init__(**more)
        self.spans = spans

    def to_python(self, value: Any) -> Period | None:  # type: ignore[override]
        """The period; the sentence of the typed forms where it is none."""
        text = re.sub(r"\s", "", normalize("NFKC", str(value or "")))
        if not text:
            return None
        try:
            return _span(text) if self.spans else _short(text)
        except ValueError as odd:
            years = "，年度写 2011年，几年写 2011—2015" if self.spans else ""
            how = f"“{text[:20]}”读不成日期；写成 2012-04-02、2012年4月2日，只知道月的写 2012年4月{years}"
            said = str(odd) if "日历上没有" in str(odd) else how
            raise forms.ValidationError(said) from None

    def run_validators(self, value: Any) -> None:
        """Nothing more: the rules judge the days."""

    def prepare_value(self, value: Any) -> Any:
        """A period that the page proposes, as it may be written; what was typed stays."""
        return value.code.replace("..", "—") if isinstance(value, Period) else value


def _short(text: str) -> Period:
    """A day or a month."""
    if found := _MONTH.fullmatch(text):
        year, month = (int(part) for part in found.groups())
        return months(year, month, month)
    return on(read_day(text))


def _span(text: str) -> Period:
    """A day, a month, a quarter, a year, or from one of them to another."""
    ends = _UNTIL.split(text)
    if len(ends) == 2:
        first, last = (_span(end) for end in ends)
        return Period(first.first, last.last)
    if found := _YEAR.fullmatch(text):
        return months(int(found[1]), 1, 12)
    if found := _QUARTER.fullmatch(text):
        quarter = "一二三四".find(found[2]) + 1 or int(found[2])
        return months(int(found[1]), quarter * 3 - 2, quarter * 3)
    return parse(text) if "q" in text else _short(text)


class Percent(Rate):
    """How far the works have come, in whole per cent: 60, 60%."""

    def to_python(self, value: Any) -> int | None:
        """The per cent."""
        try:
            per_mille = super().to_python(value)
        except forms.ValidationError:
            per_mille = -1
        if per_mille is not None and (per_mille < 0 or per_mille % 10):
            raise forms.ValidationError(f"“{visible(str(value))[:20]}”读不成进度；写 0 至 100 的整数，如 60")
        return None if per_mille is None else per_mille // 10

    def prepare_value(self, value: Any) -> Any:
        """What was typed, or what the page proposes."""
        return value


class Score(forms.CharField):
    """A score of 0 to 100 with at most one digit after the point, in tenths: 91.2."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "mid"})

    def to_python(self, value: Any) -> int | None:  # type: ignore[override]
        """The tenths of a point."""
        text = normalize("NFKC", visible(str(value or ""))).removesuffix("分")
        if not text:
            return None
        try:
            tenths = Decimal(text) * 10 if re.fullmatch(r"[0-9]{1,3}(\.[0-9])?", text) else Decimal("NaN")
            return int(tenths)
        except (InvalidOperation, ValueError):
            raise forms.ValidationError(f"“{text[:20]}”读不成得分；写 0 至 100 的数，至多一位小数，如 91.2") from None

    def run_validators(self, value: Any) -> None:
        """Nothing more: the rules judge the score."""


class Many(forms.CharField):
    """So many of something, as people write it with its unit: 120户, 3.5公里, 2万平方米; a plan or a count is exact."""

    widget = forms.TextInput(attrs={"autocomplete": "off", "class": "mid"})

    def to_python(self, value: Any) -> str:
        """The text, to be read once it is known what is counted."""
        text = visible(str(value or ""))
        if len(text) > LONG:
            raise forms.ValidationError(f"至多 {LONG} 个字，现有 {len(text)} 个")
        return text


def read_many(text: str, units: tuple[str, ...], *, hedged: bool = False) -> Quantity:
    """The quantity that was written, in one of some units where it may be; ValueError says what cannot be read.

    A unit of another kind is read too: whoever asks says what it should be. `hedged`: it need not be an exact number.
    """
    text = normalize("NFKC", text)
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


class Points(forms.CharField):
    """Points one a line; empty lines are not meant."""

    widget = forms.Textarea(attrs={"rows": 4})
    MOST, LONGEST = 40, 120

    def to_python(self, value: Any) -> tuple[str, ...]:  # type: ignore[override]
        """The points."""
        points = tuple(filter(None, (visible(line) for line in str(value or "").splitlines())))
        if len(points) > self.MOST:
            raise forms.ValidationError(f"一次至多 {self.MOST} 条，现有 {len(points)} 条；分几次登记")
        for n, point in enumerate(points, 1):
            if len(point) > self.LONGEST:
                raise forms.ValidationError(f"第 {n} 条有 {len(point)} 个字，至多 {self.LONGEST} 个；拆成几条")
        return points


class YesNo(forms.TypedChoiceField):
    """Yes, no, or not said."""

    def __init__(self, label: str, yes: str, no: str, **more: Any) -> None:
        choices = [("", "未说明"), ("yes", yes), ("no", no)]
        super().__init__(
            label=label, choices=choices, required=False, coerce=lambda said: said == "yes", empty_value=None, **more
        )

    def prepare_value(self, value: Any) -> Any:
        """What the book says, as the choice it is."""
        if isinstance(value, bool):
            return "yes" if value else "no"
        return value
