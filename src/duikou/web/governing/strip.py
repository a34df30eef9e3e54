"""Geometry of the chronicle: a lane for each kind on one scale of years, every mark numbered as in the list below it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from duikou.rules.period import Period

LEFT, RIGHT, LANE, TOP, FOOT, WIDTH, NEAR = 96, 20, 30, 16, 26, 1360, 24


@dataclass(frozen=True)
class Mark:
    """A happening on its lane: where, how wide (a span), its number in the list, whether the day is known."""

    number: int
    x: float
    width: float
    y: float
    look: str
    said: str

    @property
    def number_y(self) -> float:
        """Where its number stands."""
        return self.y - 7


@dataclass(frozen=True)
class Lane:
    """A kind and the height of its lane."""

    word: str
    y: float


@dataclass(frozen=True)
class Year:
    """The beginning of a year."""

    x: float
    word: str


@dataclass(frozen=True)
class Gap:
    """Days without a happening."""

    x: float
    width: float


@dataclass(frozen=True)
class Strip:
    """The drawing."""

    height: float
    bottom: float
    lanes: tuple[Lane, ...]
    years: tuple[Year, ...]
    marks: tuple[Mark, ...]
    gaps: tuple[Gap, ...]
    width: int = WIDTH
    left: int = LEFT
    top: int = TOP


Happening = tuple[int, str, Period, str]  # its number in the list, the word of its kind, when, what


def draw(happenings: Sequence[Happening], gaps: Sequence[Period]) -> Strip | None:
    """The strip of what is dated; nothing where nothing is."""
    if not happenings:
        return None
    first = min(when.first for _, _, when, _ in happenings)
    last = max(when.last for _, _, when, _ in happenings)
    begin, end = date(first.year, 1, 1), date(last.year + 1, 1, 1)

    def at(day: date) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (day - begin).days / (end - begin).days, 1)

    lanes, marks, top = [], [], float(TOP)
    for word in dict.fromkeys(word for _, word, _, _ in happenings):
        rows: list[float] = []  # where the last mark of each row of the lane ends
        for number, _, when, said in (one for one in happenings if one[1] == word):
            x, far = at(when.first), at(when.last + timedelta(days=1))
            look = "day" if when.day_known else "month" if when.month_known else "span"
            begins, ends = (x, max(far, x + NEAR)) if look == "span" else ((x + far) / 2 - 9, (x + far) / 2 + 9)
            row = next((n for n, taken in enumerate(rows) if taken < begins), len(rows))
            rows[row : row + 1] = [ends]
            at_x = x if look == "span" else round((x + far) / 2, 1)
            marks.append(Mark(number, at_x, max(far - x, 6), top + LANE * row + 20, look, said))
        lanes.append(Lane(word, top + 20))
        top += LANE * len(rows)
    bottom = top
    step = -(-(end.year - begin.year) // 16)  # at most sixteen years are named
    years = tuple(Year(at(date(year, 1, 1)), f"{year}") for year in range(begin.year, end.year, step))
    empty = tuple(Gap(at(gap.first), round(at(gap.last) - at(gap.first), 1)) for gap in gaps)
    return Strip(bottom + FOOT, bottom, tuple(lanes), years, tuple(marks), empty)
