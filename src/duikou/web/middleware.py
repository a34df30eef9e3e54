"""What an address may get wrong below the views: a cell too long for the name of a figure is not found, not a breakdown."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.defaults import page_not_found

from duikou.statistics.figure import BadName

from .doors import SignInFirst


class Refusals:
    """Answers what views raise: 404 where an address makes no name of a figure, the sign-in where an account is needed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer of the view."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """The page for what is not found; other exceptions are not ours."""
        if isinstance(exception, SignInFirst):
            return exception.answer()
        if not isinstance(exception, BadName):
            return None
        return page_not_found(request, Http404(f"{exception}；期间改用年、季、月"))
