"""Charts: figures as bars on one scale. The site and the papers draw from here, each by its own pen."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10

from duikou.rules.quantity import Quantity
from duikou.rules.readings import series_of
from duikou.rules.writing import number_text, scale_name, scale_of
from duikou.statistics.figure import Figure
from duikou.statistics.remainder import remainder

from .paper import Bar, Chart, Mark, Number

WAN = 10**6  # fen in 万元
WHOLES = {"funds.disbursed": ("funds.secured", "尚未拨付")}  # a part, of which whole, what is said of the rest


@dataclass(frozen=True)
class Tick:
    """A mark on a scale: where, in parts of its length, and the number there."""

    at: float
    text: str
    anchor: str = "middle"

    @property
    def x(self) -> str:
        """The place as SVG takes it."""
        return percent(self.at, 1)


@dataclass(frozen=True)
class Drawn:
    """A figure as a bar: how long in parts of the longest, and behind it what of its whole has not come this far."""

    label: str
    figure: Figure
    length: float
    rest: Quantity | None = None
    rest_length: float = 0
    rest_said: str = ""


def extent(value: Quantity | None) -> int:
    """How long a value is drawn: the number, the upper end of a hedged one, the lower where the upper is open."""
    return 0 if value is None else (value.high if value.high is not None else value.low) or 0


def percent(part: float, whole: float) -> str:
    """A length in per cent of a drawing, as SVG takes it."""
    return f"{100 * part / whole:.2f}".rstrip("0").rstrip(".") + "%" if whole else "0%"


def ticks(longest: int, scale: int, wanted: int = 4) -> list[Tick]:
    """Round numbers along a scale that ends at the longest bar, zero first."""
    if not longest:
        return []
    power = 10 ** floor(log10(longest / wanted))
    step = next(m * power for m in (1, 2, 2.5, 5, 10) if m * power >= longest / wanted)
    places = [int(n * step) for n in range(int(longest / step) + 1)]
    return [Tick(at / longest, number_text(at, scale)) for at in places]


def drawn(figures: Sequence[tuple[str, Figure]]) -> tuple[Drawn, ...]:
    """Figures of one unit on one scale, each with its label; a blank has no length."""
    units = {found.definition.unit for _, found in figures}
    if len(units) > 1:
        raise ValueError(f"一张图只画一种单位的数：{'、'.join(sorted(units))}")
    longest = max((extent(found.value) for _, found in figures), default=0)
    by_sheet = {series_of(found.definition.code): found for _, found in figures}
    return tuple(_drawn(label, found, longest, by_sheet) for label, found in figures)


def _drawn(label: str, found: Figure, longest: int, by_sheet: dict[str, Figure]) -> Drawn:
    length = extent(found.value) / longest if longest else 0
    whole, said = WHOLES.get(series_of(found.definition.code), ("", ""))
    rest = remainder(by_sheet[whole], found) if whole in by_sheet else None
    if rest is None or not rest.low:
        return Drawn(label, found, length)
    return Drawn(label, found, length, rest, rest.low / longest, said)


def bars(caption: str, figures: Sequence[tuple[str, Figure]]) -> Chart:
    """A chart of figures of one unit, each with its label; a blank has no bar, what is only expected a hollow one."""
    there = [bar for bar in drawn(figures) if not bar.figure.blank]
    longest = max((extent(bar.figure.value) for bar in there), default=0)
    unit = there[0].figure.definition.unit if there else "item"
    scale = scale_of(longest, unit)
    rests = dict.fromkeys(bar.rest_said for bar in there if bar.rest_said)
    return Chart(
        caption + "".join(f"（斜线为{said}）" for said in rests),
        tuple(Bar(bar.label, bar.length, _beside(bar.figure), bar.figure.forecast, bar.rest_length) for bar in there),
        tuple(Mark(tick.at, tick.text) for tick in ticks(longest, scale)),
        scale_name(scale, unit),
    )


def _beside(found: Figure) -> Number:
    return Number(found.text.removesuffix("/年"), found.tag, found.definition.name)
