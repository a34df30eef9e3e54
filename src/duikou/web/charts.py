"""Geometry of the drawings: bars on one scale, squares by area, dots for people, a strip of months with its events."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt

from duikou.reports.chart import Tick as Tick  # the papers draw by the same measure
from duikou.reports.chart import extent as extent
from duikou.reports.chart import percent as percent
from duikou.reports.chart import ticks as ticks
from duikou.rules.period import Period
from duikou.rules.quantity import Quantity
from duikou.statistics.figure import Figure


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
    figure: Figure | None = None

    @property
    def what(self) -> str:
        """What is said besides the day."""
        return self.said.partition("，")[2]


@dataclass(frozen=True)
class Month:
    """A month of the strip; `begins` and `centre` in per cent, for the small strip without words."""

    x: float
    middle: float
    label: str
    gap: bool
    number: str
    begins: str
    centre: str


@dataclass(frozen=True)
class Mark:
    """An event on the strip: its stem, where its words stand, and in per cent where it is."""

    event: Event
    x: float
    stem: tuple[float, float]
    foot: float
    text_x: float
    name_y: float
    anchor: str
    said: str
    across: str

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

    @property
    def room(self) -> float:
        """Half the width of the words."""
        return _wide(self.words, 12.5) / 2 + 6


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
MOST_ROWS = 6
SMALL = 13  # months whose numbers have room on a telephone
LABELLED = 3  # months: a shorter gap has no room for its words


@dataclass(frozen=True)
class _Label:
    """The words of a mark with the room they take on their side of the band, and the row they stand in."""

    event: Event
    x: float
    left: float
    right: float
    said: str
    lane: int = 0

    @property
    def end(self) -> bool:
        """Whether the words stand left of the stem, since there is no room on the right."""
        return self.left < self.x - 5

    def over(self, x: float) -> bool:
        """Whether a stem at x would run through the words."""
        return self.left - 3 < x < self.right + 3


def strip(days: Period, events: Sequence[Event], width: float) -> Strip:
    """The strip of a period's months with events whose month at least is known, above and below in turn."""
    months = _months(days)
    wide = (width - 2 * EDGE) / len(months)
    at = {month: EDGE + wide * n for n, month in enumerate(months)}
    gaps = _gaps(months, {(e.when.first.year, e.when.first.month) for e in events}, at, wide)
    inner = [_Label(Event(days, ""), -9, g.middle - g.room, g.middle + g.room, "") for g in gaps if g.words]
    ordered = sorted(events, key=lambda e: (e.when.first, e.when.last))
    above, below = _sides([(event, _place(event.when, at, wide)) for event in ordered], width, inner)
    top = LANE * _rows(above, 1 if inner else 0) + 6
    marks = [_mark(label, up, top, width) for up, side in ((True, above), (False, below)) for label in side]
    marks.sort(key=lambda mark: mark.x)
    empty = {month for gap in gaps for month in months if gap.x <= at[month] + 1 < gap.x + gap.width}
    shown = tuple(_month(m, n, len(months), at[m], wide, m in empty) for n, m in enumerate(months))
    return Strip(width, top + BAND + LANE * _rows(below, 0) + 8, top, shown, tuple(marks), gaps)


def _sides(
    placed: Sequence[tuple[Event, float]], width: float, inner: Sequence[_Label]
) -> tuple[list[_Label], list[_Label]]:
    """The labels above and below, from the right: each on the side, and in the row, nearest to the band; else in turn."""
    above: list[_Label] = []
    below: list[_Label] = []
    sides = [above, below]
    for event, x in reversed(placed):
        tries = [_label_of(event, x, said, width) for said in _shorter(event)]
        found = [
            (_lane(label, [*side, *(inner if side is above else ())]), turn, shorter, side, label)
            for turn, side in enumerate(sides)
            for shorter, label in enumerate(tries)
        ]
        lane, _, _, side, label = min(found, key=lambda f: f[:3])
        side.append(replace(label, lane=min(lane, MOST_ROWS)))
        sides = [below, above] if side is above else [above, below]
    return above, below


def _shorter(event: Event) -> list[str]:
    """What stands under the name, and only the day where no more than words would follow it."""
    return [event.said] if event.figure else list(dict.fromkeys((event.said, event.said.partition("，")[0])))


def _label_of(event: Event, x: float, said: str, width: float) -> _Label:
    figure = _wide(event.figure.text, 12.5) if event.figure else 0
    room = max(_wide(event.name, 13.5), _wide(said, 12.5) + figure) + 14
    return _Label(event, x, x - room, x + 5, said) if x + room > width else _Label(event, x, x - 5, x + room, said)


def _lane(label: _Label, done: Sequence[_Label]) -> int:
    """The row of a label on a side: beyond the stems that end under its words, before words that its stem would cross."""
    least = max((other.lane + 1 for other in done if label.over(other.x)), default=0)
    most = min((other.lane for other in done if other.over(label.x)), default=MOST_ROWS)
    filled = {other.lane for other in done if other.left < label.right and label.left < other.right}
    return next((lane for lane in range(least, most) if lane not in filled), MOST_ROWS + least)


def _rows(labels: Sequence[_Label], least: int) -> int:
    return max((label.lane + 1 for label in labels), default=least)


def _mark(label: _Label, up: bool, top: float, width: float) -> Mark:
    foot, beyond = (top, -LANE) if up else (top + BAND, LANE)
    far = foot + beyond * (label.lane + 1) + (2 if up else 0)
    name_y = far + 11 if up else far - 18
    text_x, anchor = (label.x - 9, "end") if label.end else (label.x + 9, "start")
    across = percent(label.x - EDGE, width - 2 * EDGE)
    return Mark(label.event, round(label.x, 1), (far, foot), foot, round(text_x, 1), name_y, anchor, label.said, across)


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
        words = words if _wide(words, 12.5) < width else ""
        found.append(Gap(round(x, 1), round(width, 1), round(x + width / 2, 1), words))
    return tuple(found)


def _month(month: tuple[int, int], n: int, count: int, x: float, wide: float, gap: bool) -> Month:
    number = f"{month[1]}月" if count <= SMALL else (f"{month[0]}年" if month[1] == 1 else "")
    return Month(
        round(x, 1), round(x + wide / 2, 1), _label(month, n == 0, wide), gap, number, percent(n, count),
        percent(n + 0.5, count),
    )  # fmt: skip


def _label(month: tuple[int, int], first: bool, wide: float) -> str:
    """The year with the first month and with January; where months are narrow, only January's year."""
    year, number = month
    if wide < 34:
        return f"{year}年" if number == 1 else ""
    whole = first or number == 1
    return f"{year}年{number}月" if whole and wide >= 64 else f"{number}月"


def _wide(text: str, size: float) -> float:
    """About how wide a text is: a Chinese character is as wide as the type is high, a figure somewhat over half."""
    chinese = len([c for c in text if ord(c) > 0x2E80])
    return size * (chinese + 0.58 * (len(text) - chinese))
