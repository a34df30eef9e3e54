"""Charts: how long a value is drawn, and figures as bars on one scale. The site and the papers draw from here."""

from collections.abc import Sequence

from duikou.rules.quantity import Quantity
from duikou.statistics.figure import Figure

from .paper import Bar, Chart, Number


def extent(value: Quantity | None) -> int:
    """How long a value is drawn: the number, the upper end of a hedged one, the lower where the upper is open."""
    return 0 if value is None else (value.high if value.high is not None else value.low) or 0


def percent(part: float, whole: float) -> str:
    """A length in per cent of a drawing, as SVG takes it."""
    return f"{100 * part / whole:.2f}".rstrip("0").rstrip(".") + "%" if whole else "0%"


def bars(caption: str, figures: Sequence[tuple[str, Figure]]) -> Chart:
    """A chart of figures of one unit, each with its label; a blank has no bar, what is only expected a hollow one."""
    units = {found.definition.unit for _, found in figures}
    if len(units) > 1:
        raise ValueError(f"一张图只画一种单位的数：{'、'.join(sorted(units))}")
    longest = max((extent(found.value) for _, found in figures), default=0)
    drawn = (
        Bar(label, extent(found.value) / longest if longest else 0, _beside(found), found.forecast)
        for label, found in figures
        if not found.blank
    )
    return Chart(caption, tuple(drawn))


def _beside(found: Figure) -> Number:
    return Number(found.text.removesuffix("/年"), found.tag, found.definition.name)
