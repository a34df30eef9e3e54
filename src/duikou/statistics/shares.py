"""Shares: two figures at the same cut, divided after grouping; a ratio is never added."""

from decimal import ROUND_HALF_UP, Decimal

from duikou.rules.quantity import Quantity

from .definition import Definition
from .figure import Figure, Identity, Name, Standing


def share_of(name: Name, d: Definition, part: Figure, whole: Figure) -> Figure:
    """Two figures at the same cut, divided after grouping (A5); one decimal, rounded once."""
    standing = Standing(
        part.standing.records + whole.standing.records, grade=part.standing.grade,
        questions=tuple(dict.fromkeys(part.standing.questions + whole.standing.questions)),
    )  # fmt: skip
    identity = Identity(name, d.version, d.side, part.identity.line)
    p, w = part.value, whole.value
    tenths = divided(p, w)
    if tenths is None:
        reason = "分子或分母未报" if p is None or w is None else "分子或分母是概数"
        return Figure(identity, d, None, "", "%", "unreported", Standing(blank=reason))
    return Figure(identity, d, Quantity(tenths, tenths, "percent"), f"{tenths / 10:.1f}", "%", "calculated", standing)


def divided(part: Quantity | None, whole: Quantity | None) -> int | None:
    """A part of a whole in tenths of a percent, rounded once; nothing where one is blank, hedged, or the whole nothing."""
    if part is None or whole is None or not (part.exact and whole.exact and whole.low):
        return None
    return int((Decimal(part.low or 0) * 1000 / Decimal(whole.low)).quantize(Decimal(1), ROUND_HALF_UP))
