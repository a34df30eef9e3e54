"""What is left of a whole when its part is taken off: 尚未拨付 is 已落实 less 已拨付; never across what is blank or hedged."""

from duikou.rules.quantity import Quantity, exactly

from .figure import Figure


def remainder(whole: Figure, part: Figure) -> Quantity | None:
    """The rest; nothing where one of the two is blank or no exact number, is of another unit, or the part is larger."""
    w, p = whole.value, part.value
    if w is None or p is None or not (w.exact and p.exact) or w.unit != p.unit or w.low is None or p.low is None:
        return None
    return exactly(w.low - p.low, w.unit) if w.low >= p.low else None
