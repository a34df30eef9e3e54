"""What is refused before it is read: bodies over the limit or of no said length. And what a browser may not keep."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from duikou.intake.unfit import MB
from duikou.intake.upload import LARGEST

from .interface.problems import Objected, refusal

OF_FILES = LARGEST + MB  # a file and the fields around it
OF_FORMS = MB
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
Get = Callable[[HttpRequest], HttpResponseBase]


class Size:
    """Refuses a body by its said length before a byte of it is read: who sends what is not yet known there."""

    def __init__(self, get_response: Get) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer of the view; 400, 405, 411 or 413 in words."""
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        said = request.META.get("CONTENT_LENGTH") or "0"
        if request.META.get("HTTP_TRANSFER_ENCODING"):
            return _refused(request, 411, _("没有写明长度"), _("请求没有写明正文多长（Content-Length）；写明后再送。"))
        if not (said.isascii() and said.isdecimal()):
            return _refused(
                request, 400, _("长度写错了"), _("正文的长度应为数字，现为“{said}”。").format(said=said[:20])
            )
        size = int(said) if len(said) < 15 else 10**15
        if size <= OF_FORMS or (size <= OF_FILES and not _is_api(request) and request.user.is_authenticated):
            return self.get_response(request)
        return _refused(request, 413, _("送来的太大"), _too_large(request, size))


class Unkept:
    """Answers to one who is signed in are kept by no browser and no proxy: others sit at the same machine after him."""

    def __init__(self, get_response: Get) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer, marked."""
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES or "Authorization" in request.headers:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


def _too_large(request: HttpRequest, size: int) -> str:
    """What was found, what was expected, how to mend it."""
    found = _("送来 {size} MB，").format(size=f"{size / MB:.1f}") if size < 10**13 else _("送来的长得不像真的，")
    if _is_api(request):
        return found + _("接口一次至多 1 MB；把一列分成几次送。")
    if request.user.is_authenticated:
        return found + _("一个文件至多 {most} MB；分成几个文件，或压缩图片后再传。").format(most=LARGEST // MB)
    return found + _("没有登录时一次至多 1 MB；要传文件先登录。")


def _refused(request: HttpRequest, status: int, title: str, why: str) -> HttpResponse:
    """The page that says so; for programs the shape of the interface."""
    if _is_api(request):
        return refusal(request, Objected(400 if status == 411 else status, why))
    entry = status == 413 and not request.user.is_authenticated
    back = reverse("sign-in") if entry else request.path
    return render(request, "413.html", {"title": title, "why": why, "back": back, "entry": entry}, status=status)


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: what was sent cannot be read; said without reading it again or asking the request anything."""
    why = _("请求读不成。从页面上重新填写后再送。")
    if isinstance(exception, TooManyFieldsSent | TooManyFilesSent):
        why = _("一次送来的格子或文件太多，至多 {fields} 格、{files} 个文件。").format(
            fields=settings.DATA_UPLOAD_MAX_NUMBER_FIELDS, files=settings.DATA_UPLOAD_MAX_NUMBER_FILES
        )
    elif isinstance(exception, RequestDataTooBig):
        why = _("一次送来的文字太长，至多 {most} MB。").format(most=settings.DATA_UPLOAD_MAX_MEMORY_SIZE // MB)
    elif isinstance(exception, DisallowedHost):
        why = _("这个域名不是本站的。")
    return HttpResponse(render_to_string("413.html", {"title": _("请求读不成"), "why": why, "back": "/"}), status=400)


def _is_api(request: HttpRequest) -> bool:
    return request.path_info.startswith("/api/")
