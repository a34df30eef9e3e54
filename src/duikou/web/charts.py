"""Geometry of the drawings: bars on one scale, squares by area, dots for people, a strip of months with its events."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import floor, log10, sqrt

from duikou.rules.period import Period
from duikou.rules.quantity import Quantity
from duikou.rules.writing import number_text


def extent(value: Quantity | None) -> int:
    """How long a value is drawn: the number, the upper end of a hedged one, the lower where the upper is open."""
    return 0 if value is None else (value.high if value.high is not None else value.low) or 0


def percent(part: float, whole: float) -> str:
    """A length in per cent of a drawing, as SVG takes it."""
    return f"{100 * part / whole:.2f}".rstrip("0").rstrip(".") + "%" if whole else "0%"


@dataclass(frozen=True)
class Tick:
    """A mark on a scale: where, and the number there."""

    x: str
    text: str
    anchor: str = "middle"


def ticks(longest: int, scale: int, wanted: int = 4) -> list[Tick]:
    """Round numbers along a scale that ends at the longest bar, zero first."""
    if not longest:
        return []
    power = 10 ** floor(log10(longest / wanted))
    step = next(m * power for m in (1, 2, 2.5, 5, 10) if m * power >= longest / wanted)
    places = [int(n * step) for n in range(int(longest / step) + 1)]
    return [Tick(percent(at, longest), number_text(at, scale)) for at in places]


def side(value: Quantity | None, largest: int, most: float = 140) -> float:
    """The side of a square whose area is in proportion; never too small to be seen."""
    return max(round(most * sqrt(extent(value) / largest), 1), 4) if largest and value else 0


@dataclass(frozen=True)
class Dots:
    """One dot per person: a path of round-ended points, with the room it takes."""

    path: str
    height: int
    width: int = 300


def dots(count: int, across: int = 15, most: int = 100) -> Dots | None:
    """The dots of a number of people; nothing where there are none, or more than the eye can count."""
    if not 0 < count <= most:
        return None
    places = (divmod(n, across) for n in range(count))
    path = "".join(f"M{6 + 20 * column} {7 + 16 * row}h0" for row, column in places)
    return Dots(path, -(-count // across) * 16)


@dataclass(frozen=True)
class Event:
    """Something with a day or a month: its name, what stands under it, where both lead."""

    when: Period
    name: str
    said: str = ""
    href: str = ""
    figure: object = None


@dataclass(frozen=True)
class Month:
    """A month of the strip."""

    x: float
    middle: float
    label: str
    gap: bool


@dataclass(frozen=True)
class Mark:
    """An event on the strip: its stem, and where its words stand."""

    event: Event
    x: float
    stem: tuple[float, float]
    foot: float
    text_x: float
    name_y: float
    anchor: str

    @property
    def said_y(self) -> float:
        """The line under the name."""
        return self.name_y + 18


@dataclass(frozen=True)
class Gap:
    """A run of months of which the source tells nothing."""

    x: float
    width: float
    middle: float
    words: str


@dataclass(frozen=True)
class Strip:
    """The strip of months with its marks; top and bottom are those of the band."""

    width: float
    height: float
    top: float
    months: tuple[Month, ...]
    marks: tuple[Mark, ...]
    gaps: tuple[Gap, ...]

    @property
    def bottom(self) -> float:
        """The lower edge of the band."""
        return self.top + BAND

    @property
    def label_y(self) -> float:
        """Where the names of the months stand."""
        return self.top + 17

    @property
    def said_y(self) -> float:
        """Where it is said that months are empty."""
        return self.top - 9


BAND, LANE, EDGE = 24, 46, 4
LABELLED = 3  # months: a shorter gap has no room for its words


@dataclass
class _Lanes:
    """Rows of words above and below the band, filled so that none covers another or a stem."""

    taken: dict[tuple[bool, int], list[tuple[float, float]]] = field(default_factory=dict)

    def place(self, x: float, left: float, right: float, above: bool) -> tuple[bool, int]:
        """The nearest free row, first on the side asked for."""
        for lane in range(9):
            for up in (above, not above):
                if self._free(up, lane, left, right) and all(self._free(up, k, x - 3, x + 3) for k in range(lane)):
                    self.take(up, lane, left, right)
                    for k in range(lane):
                        self.take(up, k, x - 3, x + 3)
                    return up, lane
        return above, 9

    def take(self, above: bool, lane: int, left: float, right: float) -> None:
        """Mark room in a row as used."""
        self.taken.setdefault((above, lane), []).append((left, right))

    def _free(self, above: bool, lane: int, left: float, right: float) -> bool:
        return all(right <= a or b <= left for a, b in self.taken.get((above, lane), ()))

    def count(self, above: bool) -> int:
        """How many rows a side uses."""
        return max((lane + 1 for up, lane in self.taken if up is above), default=0)


def strip(days: Period, events: Sequence[Event], width: float) -> Strip:
    """The strip of a period's months with events whose month at least is known."""
    months = _months(days)
    wide = (width - 2 * EDGE) / len(months)
    at = {month: EDGE + wide * n for n, month in enumerate(months)}
    gaps = _gaps(months, {(e.when.first.year, e.when.first.month) for e in events}, at, wide)
    lanes = _Lanes()
    for gap in gaps:
        if gap.words:
            room = len(gap.words) * 6.5
            lanes.take(True, 0, gap.middle - room, gap.middle + room)
    placed = []
    for n, event in enumerate(sorted(events, key=lambda e: (e.when.first, e.when.last))):
        x = _place(event.when, at, wide)
        room = max(_wide(event.name, 13.5), _wide(event.said, 12.5)) + 12
        end = x + room > width
        up, lane = lanes.place(x, x - room if end else x - 5, x + 5 if end else x + room, n % 2 == 1)
        placed.append((event, x, end, up, lane))
    top = LANE * lanes.count(True) + 6
    marks = tuple(_mark(event, x, end, up, lane, top) for event, x, end, up, lane in placed)
    empty = {month for gap in gaps for month in months if gap.x <= at[month] < gap.x + gap.width - 1}
    shown = tuple(Month(at[m], at[m] + wide / 2, _label(m, m == months[0], wide), m in empty) for m in months)
    return Strip(width, top + BAND + LANE * lanes.count(False) + 8, top, shown, marks, gaps)


def _mark(event: Event, x: float, end: bool, up: bool, lane: int, top: float) -> Mark:
    foot = top if up else top + BAND
    far = top - LANE * (lane + 1) + 2 if up else foot + LANE * (lane + 1)
    name_y = top - LANE * (lane + 1) + 13 if up else foot + LANE * lane + 28
    return Mark(event, round(x, 1), (round(far, 1), foot), foot, round(x - 9 if end else x + 9, 1), name_y, "end" if end else "start")


def _months(days: Period) -> list[tuple[int, int]]:
    first, last = days.first.year * 12 + days.first.month - 1, days.last.year * 12 + days.last.month - 1
    return [(n // 12, n % 12 + 1) for n in range(first, last + 1)]


def _place(when: Period, at: dict[tuple[int, int], float], wide: float) -> float:
    """A known day at its place in the month; a month in its middle."""
    year, month = when.first.year, when.first.month
    within = (when.first.day - 0.5) / calendar.monthrange(year, month)[1] if when.day_known else 0.5
    return at[year, month] + wide * within


def _gaps(
    months: Sequence[tuple[int, int]], known: set[tuple[int, int]], at: dict[tuple[int, int], float], wide: float
) -> tuple[Gap, ...]:
    """The runs of months without an event; those with room for words say so."""
    runs: list[list[tuple[int, int]]] = []
    for before, month in zip([None, *months], months, strict=False):
        if month in known:
            continue
        if runs and before == runs[-1][-1]:
            runs[-1].append(month)
        else:
            runs.append([month])
    found = []
    for run in runs if known else []:
        (y1, m1), (y2, m2) = run[0], run[-1]
        words = f"{y1}年{m1}月—{'' if y1 == y2 else f'{y2}年'}{m2}月，来源未记往来" if len(run) >= LABELLED else ""
        x, width = at[run[0]], wide * len(run)
        found.append(Gap(round(x, 1), round(width, 1), round(x + width / 2, 1), words if len(words) * 12 < width else ""))
    return tuple(found)


def _label(month: tuple[int, int], first: bool, wide: float) -> str:
    """The year with the first month and with January; where months are narrow, only January's year."""
    year, number = month
    if wide < 34:
        return f"{year}年" if number == 1 else ""
    whole = first or number == 1
    return f"{year}年{number}月" if whole and wide >= 64 else f"{number}月"


def _wide(text: str, size: float) -> float:
    """About how wide a text is: a Chinese character is as wide as the type is high, a figure a little more than half."""
    chinese = len([c for c in text if ord(c) > 0x2E80])
    return size * (chinese + 0.58 * (len(text) - chinese))
