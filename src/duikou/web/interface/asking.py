"""Every operation names the act it is; the table of rights is asked by the same doors as for the pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from ninja.operation import Operation
from ninja.utils import contribute_operation_callback

from duikou.web.doors import Find, check

View = Callable[..., Any]


def asks(act: str, find: Find, *also: int) -> Callable[[View], View]:
    """An operation that is asked for as an act on the place that `find` finds; `also`: statuses it answers besides."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **at: Any) -> Any:
            check(request, act, find(request, **at))
            return view(request, **at)

        guarded.asks = (act, find)  # type: ignore[attr-defined]
        return _marked(guarded, {"x-act": act, "x-also": list(also)})

    return guard


def open_to_all(why: str) -> Callable[[View], View]:
    """An operation that asks no right, and why."""

    def guard(view: View) -> View:
        view.open = why  # type: ignore[attr-defined]
        return _marked(view, {"x-open": why, "x-also": []})

    return guard


def _marked(view: View, marks: dict[str, Any]) -> View:
    """The view, whose operation carries marks into the schema."""

    def mark(operation: Operation) -> None:
        operation.openapi_extra = (operation.openapi_extra or {}) | marks

    contribute_operation_callback(view, mark)
    return view
