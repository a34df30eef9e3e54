"""Fields of the forms of projects: a day or a month, a whole percentage, a number of things with its unit, points one a line."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any
from unicodedata import normalize

from django import forms

from duikou.rules.period import Period
from duikou.rules.typed import read_month, read_span, visible
from duikou.web.forms import Rate

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
            return read_span(text) if self.spans else read_month(text)
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
