"""What middleware does: says who reads, and answers what views raise: no name of a figure, sign in first, withdrawn."""

from collections.abc import Callable

from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from duikou.statistics.audience import reading
from duikou.statistics.figure import BadName

from .doors import SignInFirst
from .errors import Withdrawn, busy, gone, not_found
from .seeing import sees_whole


class Readers:
    """Lets figures know, while a page is made, which programmes its reader sees whole; of the others, what is public."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer of the view."""
        with reading(lambda programme: sees_whole(request, programme)):
            return self.get_response(request)


class Refusals:
    """Answers what views raise: 404 where an address makes no name of a figure, 410, 503 while others write, the sign-in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer of the view."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """The page for what is not there; other exceptions are not ours."""
        if isinstance(exception, SignInFirst):
            return exception.answer()
        if isinstance(exception, Withdrawn):
            return gone(request, exception)
        if isinstance(exception, OperationalError) and "locked" in str(exception):
            return busy(request)
        if not isinstance(exception, BadName):
            return None
        return not_found(request, Http404(f"{exception}；期间改用年、季、月"))
