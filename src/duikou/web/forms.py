"""A form before its act: what was typed is read, the act is asked, its objections stand in the summary."""

from collections.abc import Callable
from datetime import date
from secrets import token_urlsafe
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from duikou.rules.amounts import percent, words
from duikou.rules.problem import Refused
from duikou.rules.reading import read
from duikou.rules.typed import read_amount, read_day, visible
from duikou.rules.writing import write

from .typed import LONGEST

MOST = 10**15  # fen: ten trillion yuan


class Day(forms.DateField):
    """A day as people write it: 2012-03-05, 2012年3月5日."""

    widget = forms.DateInput(format="%Y-%m-%d")

    def to_python(self, value: Any) -> date | None:
        """The day; the sentence of the typed forms where it is none."""
        if isinstance(value, date) or not (value or "").strip():
            return value or None
        try:
            return read_day(value)
        except ValueError as odd:
            raise forms.ValidationError(str(odd)) from None


class Money(forms.Field):
    """An exact amount as people write it, in whole fen: 490万元, 4,900,000元, 四百九十万元; a bare number is in 万元."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "mid"})
    default_error_messages = {"required": "填写金额，如 200万元"}

    def __init__(self, *, least: int = 1, **more: Any) -> None:
        super().__init__(**more)
        self.least = least

    def to_python(self, value: Any) -> int | None:
        """The fen; what cannot be read, is no exact number, or is too little is told in words."""
        text = visible(str(value or ""))
        if not text:
            return None
        if len(text) > LONGEST["amount"]:
            raise forms.ValidationError(f"金额至多 {LONGEST['amount']} 个字，现有 {len(text)} 个")
        try:
            found = read_amount(text)
        except ValueError as odd:
            raise forms.ValidationError(str(odd)) from None
        if found.low is None or not found.exact:
            raise forms.ValidationError(f"“{text}”不是确数；记账写确数，如 490万元")
        if not self.least <= found.low <= MOST:
            bound = "大于 0" if self.least else "不小于 0"
            raise forms.ValidationError(f"现为{write(found).text}；应为{bound}，不超过十万亿元")
        return found.low

    def prepare_value(self, value: Any) -> Any:
        """Whole fen that the page proposes, as people write them; what was typed stays."""
        return words(value) if isinstance(value, int) else value


class Rate(forms.Field):
    """A part of a whole in per mille, written in per cent: 5%, 3.5."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "mid"})

    def to_python(self, value: Any) -> int | None:
        """The per mille."""
        text = visible(str(value or ""))
        if not text:
            return None
        try:
            found = read(text[:20], "percent")
        except ValueError:
            found = None
        if found is None or found.low is None or not found.exact or not 0 <= found.low <= 1000:
            raise forms.ValidationError(f"“{text[:20]}”读不成比例；写 0 至 100 的百分数，至多一位小数，如 30% 或 3.5%")
        return found.low

    def prepare_value(self, value: Any) -> Any:
        """Per mille as a percentage; what was typed stays."""
        return percent(value) if isinstance(value, int) else value


class Once(forms.Form):
    """A form that is done once, however often it is sent: a hidden key of its own goes with it."""

    key = forms.CharField(
        widget=forms.HiddenInput, required=False, max_length=80, initial=lambda: token_urlsafe(12)
    )  # fmt: skip


class Why(forms.Form):
    """Why something is done that has no other fields."""

    reason = forms.CharField(label="原因", max_length=120)


Do = Callable[[dict[str, Any]], str]


def asked(
    request: HttpRequest,
    title: str,
    form: Callable[..., forms.Form],
    do: Do,
    back: str,
    button: str,
    *,
    about: str = "",
    **more: Any,
) -> HttpResponse:
    """A form before its act: the act's answer as a message, its objections in the summary, then back to a page."""
    typed = form(request.POST, **more) if request.method == "POST" else form(**more)
    if request.method == "POST" and typed.is_valid():
        try:
            messages.success(request, do(typed.cleaned_data))
            return redirect(back)
        except Refused as refused:
            for problem in refused.problems:
                typed.add_error(None, str(problem))
        except ValueError as odd:
            typed.add_error(None, str(odd))
    context = {"title": title, "form": typed, "back": back, "button": button, "about": about}
    return render(request, "form.html", context, status=422 if typed.errors else 200)
