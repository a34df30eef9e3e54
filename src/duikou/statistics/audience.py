"""Who reads: whether the reader of a programme sees it whole, or only what is public; figures ask it where they are given."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from .definition import asked_once

Sees = Callable[[str], bool]
_whole: ContextVar[Sees | None] = ContextVar("sees_whole", default=None)


def public(programme: str) -> bool:
    """Whether the reader sees only what is public of a programme; commands and jobs, which nobody reads, see it whole."""
    whole = _whole.get()
    return whole is not None and not whole(programme)


@contextmanager
def reading(whole: Sees) -> Iterator[None]:
    """While a reader is answered: `whole` says which programmes the reader sees whole."""
    before = _whole.set(whole)
    try:
        with asked_once():
            yield
    finally:
        _whole.reset(before)
