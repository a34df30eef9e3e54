"""The addresses of the interface, outside the languages of the pages: /api/."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, path, re_path
from django.views.decorators.csrf import csrf_exempt

from duikou.web.doors import open_door

from .api import api
from .page import page
from .problems import Objected, refusal

WHY = "每个操作自己问权限（x-act）"


def _ours(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A view of ninja that says why it is no door, and refuses a method in our shape."""

    @wraps(view)
    def answered(request: HttpRequest, **at: Any) -> HttpResponseBase:
        answer = view(request, **at)
        if answer.status_code != 405:
            return answer
        allowed = answer["Allow"]
        return refusal(request, Objected(405, f"这个地址只能用 {allowed}", headers={"Allow": allowed}))

    answered.open = WHY  # type: ignore[attr-defined]
    return answered


def absent(request: HttpRequest, rest: str) -> HttpResponse:
    """An address that is none of the interface's."""
    return refusal(request, Objected(404, f"接口没有 {rest[:60]} 这个地址；全部地址见 /api/"))


_patterns, _app, _namespace = api.urls
_all = [
    URLPattern(p.pattern, _ours(p.callback), p.default_args, p.name) for p in _patterns if isinstance(p, URLPattern)
]
_home = [open_door("", page, "接口说明", name="interface")]
_absent = re_path("^(?P<rest>.*)$", _ours(csrf_exempt(absent)))
urlpatterns = [*_home, path("", (_all, _app, _namespace)), _absent]
