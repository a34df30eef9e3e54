"""A form before its act: what was typed is read, the act is asked, its objections stand in the summary."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from duikou.rules.problem import Refused

from .typed import read_day


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
