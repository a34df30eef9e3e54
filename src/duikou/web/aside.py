"""What a process keeps of the book stands aside from the search for garbage: going over it all took half a second at a time."""

import gc
import time

LONG = 0.05  # seconds: a search that took longer went over what is kept
ROUNDS = 20  # long searches after which all is gone over once more: what was set aside while a page was made may be garbage now

_begun = [0.0]
_long = [0]


def keep_aside() -> None:
    """Set aside what is kept now, and from now on what a long search finds to be kept; it still goes once nothing names it."""
    gc.collect()
    gc.freeze()
    if _watch not in gc.callbacks:
        gc.callbacks.append(_watch)


def _watch(phase: str, found: dict[str, int]) -> None:
    """Called before and after every search."""
    if phase == "start":
        _begun[0] = time.perf_counter()
    elif found["generation"] == 2 and time.perf_counter() - _begun[0] > LONG:
        _long[0] += 1
        if _long[0] % ROUNDS == 0:
            gc.unfreeze()
        else:
            gc.freeze()
