"""The board as values: offices down, sheets across, each cell an answer in a word with its mark, day, reason and way on."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from duikou.acts.requesting import owed_of
from duikou.records.models import DataRequest
from duikou.rules.period import Period
from duikou.rules.requesting import Owed, Tally, tally
from duikou.web.language import area_name, day_words, english, period_words, say

from .kept import form_of_sheet, order_of_sheet, title_of_sheet

MARKS = {"data": "✓", "nothing": "○", "late": "△", "refused": "✕", "over": "!", "open": "…"}
LOOKS = {"data": "calc", "nothing": "none", "late": "approx", "refused": "todo", "over": "todo", "open": "none"}
NAMED = 3  # missing sheets that the sentence names


@dataclass(frozen=True)
class Cell:
    """One request on the board: how it stands today, where one goes from it."""

    row: DataRequest
    today: date
    href: str = ""

    @property
    def mark(self) -> str:
        """How it stands: an answer, over or open."""
        return owed_of(self.row).mark(self.today)

    @property
    def sign(self) -> str:
        """Its mark, beside the word."""
        return MARKS[self.mark]

    @property
    def look(self) -> str:
        """The tag it is shown in."""
        return LOOKS[self.mark]

    @property
    def word(self) -> str:
        """Its answer in words; without one, 未报."""
        return say("nature", "unreported") if self.mark in ("over", "open") else say("data_answer", self.row.answer)

    @property
    def days(self) -> int:
        """Days since it was due; of one that came, on the day it came."""
        return owed_of(self.row).days_over(self.today)

    @property
    def owing(self) -> bool:
        """Whether a sheet is still to come."""
        return owed_of(self.row).owing()

    @property
    def timed(self) -> str:
        """过期 2 天, 还有 5 天, 今天到期; of a sheet that came after its day 晚 3 天."""
        if self.owing:
            return timed(self.days)
        return _("晚 %(n)s 天") % {"n": self.days} if self.mark == "data" and self.days > 0 else ""

    @property
    def form(self) -> str:
        """The table it is: T6."""
        return form_of_sheet(self.row.layout)

    @property
    def title(self) -> str:
        """What the sheet is called."""
        return title_of_sheet(self.row.layout)

    @property
    def receipt(self) -> str:
        """The receipt of the sheet that answered."""
        return self.row.submission.receipt if self.row.answer == "data" and self.row.submission else ""


@dataclass(frozen=True)
class Line:
    """An office on the board with its cells, none where it was not asked for that sheet."""

    office: int
    name: str
    area: str
    cells: tuple[Cell | None, ...]

    @property
    def answered(self) -> int:
        """How many it has answered for good."""
        return len([cell for cell in self.cells if cell and not cell.owing])

    @property
    def asked(self) -> int:
        """How many it was asked for."""
        return len([cell for cell in self.cells if cell])

    @property
    def may_be_reminded(self) -> bool:
        """Whether it owes something of which it was not reminded today."""
        return any(to_remind(cell.row, cell.today) for cell in self.cells if cell)


@dataclass(frozen=True)
class Month:
    """A period of the calendar: its due days, its count, the address of its board."""

    when: Period
    due: tuple[date, ...]
    count: Tally
    href: str

    @property
    def words(self) -> str:
        """The period in words."""
        return period_words(self.when)

    @property
    def done(self) -> bool:
        """Whether nothing is owed any more."""
        return not (self.count.missing or self.count.late)


def timed(days: int) -> str:
    """How far a due day is, in words."""
    if days > 0:
        return _("过期 %(n)s 天") % {"n": days}
    return _("还有 %(n)s 天") % {"n": -days} if days else _("今天到期")


def to_remind(row: DataRequest, today: date) -> bool:
    """Whether an office can be reminded of a sheet today."""
    return owed_of(row).owing() and row.reminded != today


def lines(rows: Sequence[DataRequest], today: date, way: Callable[[DataRequest], str]) -> tuple[list[str], list[Line]]:
    """The sheets across and the offices down; what is overdue longest first."""
    layouts = sorted({row.layout for row in rows}, key=order_of_sheet)
    by_office: dict[int, dict[str, Cell]] = defaultdict(dict)
    for row in rows:
        by_office[row.office_id][row.layout] = Cell(row, today, way(row))
    found = [_line(layouts, cells) for cells in by_office.values()]
    return layouts, sorted(found, key=_order)


def _line(layouts: Sequence[str], cells: dict[str, Cell]) -> Line:
    row = next(iter(cells.values())).row
    return Line(row.office_id, row.office.name, area_name(row.region), tuple(cells.get(code) for code in layouts))


def _order(line: Line) -> tuple[int, str, int]:
    """Who is overdue longest first, then by area."""
    over = max((cell.days for cell in line.cells if cell and cell.owing), default=0)
    region = next((cell.row.region for cell in line.cells if cell), "")
    return -max(over, 0), region, line.office


def months(asked: Iterable[tuple[Period, Owed]], today: date, way: Callable[[Period], str]) -> list[Month]:
    """The periods that were asked for, the last first."""
    by_period: dict[Period, list[Owed]] = defaultdict(list)
    for when, owed in asked:
        by_period[when].append(owed)
    return [
        Month(when, tuple(sorted({one.due for one in some})), tally(some, today), way(when))
        for when, some in sorted(by_period.items(), key=lambda one: (one[0].last, one[0].first), reverse=True)
    ]


def sentence(rows: Sequence[DataRequest], when: Period, today: date) -> str:
    """6月：应报 12 份，已报 9，本期无数据 1，迟报 1（有原因），未报 1（同仁市 T6，过期 2 天）."""
    count = tally(map(owed_of, rows), today)
    parts = [
        _("%(period)s：应报 %(n)s 份") % {"period": period_words(when), "n": count.asked},
        _("已报 %(n)s") % {"n": count.data},
    ]
    said = (
        (count.nothing, _("本期无数据 %(n)s")),
        (count.late, _("迟报 %(n)s（有原因）")),
        (count.refused, _("不报 %(n)s（有原因）")),
    )
    parts += [words % {"n": n} for n, words in said if n]
    missing = [row for row in rows if row.answer == "asked"]
    which = _("未报 %(n)s（%(which)s）") if missing else _("未报 %(n)s")
    parts.append(which % {"n": count.missing, "which": _missing(missing, today) if missing else ""})
    return (", " if english() else "，").join(parts)


def _missing(rows: Sequence[DataRequest], today: date) -> str:
    """The missing sheets in words: those overdue, the longest first; where none is, the day on which they are due."""
    over = sorted((row for row in rows if row.due < today), key=lambda row: (row.due, row.region, row.pk))
    if not over:
        return _("%(day)s 到期") % {"day": day_words(min(row.due for row in rows))}
    named = [
        _("%(who)s %(sheet)s，过期 %(n)s 天")
        % {"who": area_name(row.region) or row.office.name, "sheet": form_of_sheet(row.layout) or title_of_sheet(row.layout),
           "n": (today - row.due).days}
        for row in over[:NAMED]
    ]  # fmt: skip
    more = [_("共过期 %(n)s 份") % {"n": len(over)}] if len(over) > NAMED else []
    return ("; " if english() else "；").join([*named, *more])
