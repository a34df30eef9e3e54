"""While a large sheet is read all of it is kept: the search for garbage rests, it would go over the rows again and again."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def garbage_at_rest() -> Iterator[None]:
    """No search for garbage in here; afterwards it goes on as before."""
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()
