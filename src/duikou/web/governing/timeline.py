"""大事记 …/exchanges/timeline/: visits, agreements, consultations, plans, decisions, instructions in the order of time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from duikou.acts.doing import programme_of
from duikou.records.models import Agreement, Consultation, Decision, Instruction, Plan, Programme, Visit, of
from duikou.records.models.record import Kind
from duikou.rules.period import Period
from duikou.web.addresses import href
from duikou.web.book import open_book
from duikou.web.doors import door, of_programme
from duikou.web.language import heading, period_words, say
from duikou.web.listing import files
from duikou.web.listing.order import paged

from .strip import draw

HERE = "p/<slug:programme>/<period:period>/exchanges/timeline/"
LONGEST = 183  # days: a longer silence is shown


@dataclass(frozen=True)
class Happening:
    """Something that happened, or a plan with its years: its number in the list, kind, name, when, where it is kept."""

    kind: str
    record: int
    said: str
    more: str
    when: Period | None
    number: int = 0

    @property
    def word(self) -> str:
        """The kind in words."""
        return heading("record", self.kind)

    @property
    def href(self) -> str:
        """Its record."""
        return href(self.kind, self.record)

    @property
    def days(self) -> str:
        """When, as exactly as it is known."""
        return period_words(self.when) if self.when else ""

    @property
    def known(self) -> str:
        """How exactly the time is known: day, month, or a longer span; nothing where it is not."""
        if self.when is None:
            return ""
        return "day" if self.when.day_known else "month" if self.when.month_known else "span"


@dataclass(frozen=True)
class Gap:
    """A silence of more than half a year: from the day after one to the day before the next."""

    when: Period

    @property
    def days(self) -> int:
        """How many days."""
        return (self.when.last - self.when.first).days + 1

    @property
    def words(self) -> str:
        """From when to when, and how long, in words."""
        months = self.days * 12 // 365
        span = f"{period_words(Period(self.when.first, self.when.first))} — {period_words(Period(self.when.last, self.when.last))}"
        return _("{}：{} 天（约 {} 个月）没有记录").format(span, self.days, months)


def page(request: HttpRequest, programme: str, period: str) -> HttpResponse:
    """The page: all that happened, of a long time the latest first page by page."""
    book = open_book(programme, period)
    rows = happenings(programme_of(programme))
    every = [row for row in rows if row.when]
    shown = paged(request, every, latest=True)
    dated, undated = list(shown), [row for row in rows if not row.when] if not shown.has_next() else []
    silences = gaps(dated)
    strip = draw(
        [(row.number, row.word, row.when, f"{row.days} {row.said}") for row in dated if row.when],
        [gap.when for gap in silences],
    )
    context = {
        "book": book, "lines": list(_in_lines(dated, silences)), "undated": undated, "shown": shown,
        "unknown": len(rows) - len(every), "count": len(rows), "silences": gaps(every), "strip": strip,
    }  # fmt: skip
    return render(request, "governing_timeline.html", context)


def happenings(programme: Programme) -> list[Happening]:
    """All of them, numbered: by their first day, a known day before its month and a month before its year; undated last."""
    rows = sorted(_rows(programme), key=_order)
    return [Happening(r.kind, r.record, r.said, r.more, r.when, n) for n, r in enumerate(rows, 1)]


def _order(row: Happening) -> tuple[date, date, int]:
    return (row.when.first, row.when.last, row.record) if row.when else (date.max, date.max, row.record)


def _rows(programme: Programme) -> Iterator[Happening]:
    """One question to each table."""
    for visit in of(Visit, programme):
        yield _happening("visit", visit, visit.name or visit.event or say("visit", visit.type), visit.outcome)
    for agreement in of(Agreement, programme):
        yield _happening("agreement", agreement, agreement.title, agreement.theme)
    for talk in of(Consultation, programme):
        yield _happening("consultation", talk, talk.subject or say("record", "consultation"), "")
    for plan in of(Plan, programme):
        yield _happening("plan", plan, plan.title, _("规划的年份"))
    for decision in of(Decision, programme):
        yield _happening(
            "decision", decision, f"{decision.number} {decision.matter}".strip(), say("decision", decision.type)
        )
    for instruction in of(Instruction, programme):
        yield _happening("instruction", instruction, instruction.content, "")


def _happening(kind: str, row: Kind, said: str, more: str) -> Happening:
    return Happening(kind, row.pk, said, more, row.when)


def gaps(dated: Sequence[Happening]) -> list[Gap]:
    """The silences between happenings of which the month at least is known; a plan's years are no happening."""
    known = sorted(row.when for row in dated if row.when and row.when.month_known and row.kind != "plan")
    found, last = [], None
    for when in known:
        if last and (when.first - last).days - 1 > LONGEST:
            found.append(Gap(Period(last + timedelta(days=1), when.first - timedelta(days=1))))
        last = max(last or when.last, when.last)
    return found


def _in_lines(dated: Sequence[Happening], silences: Sequence[Gap]) -> Iterator[tuple[Happening | None, Gap | None]]:
    """The happenings with the silences between them, in the order of time."""
    left = list(silences)
    for row in dated:
        while left and row.when and left[0].when.last < row.when.first:
            yield None, left.pop(0)
        yield row, None
    yield from ((None, gap) for gap in left)


def taken(request: HttpRequest, programme: str, period: str) -> files.Listing:
    """All that happened and the silences between, in the order of time; what has no time last."""
    rows = happenings(programme_of(programme))
    dated, undated = [row for row in rows if row.when], [row for row in rows if not row.when]
    cells = (
        ["", gap.words, "", ""] if gap else _cells(row)
        for row, gap in (*_in_lines(dated, gaps(dated)), *((row, None) for row in undated))
    )
    heads = (_("序号"), _("时间"), _("类别"), _("什么事"))
    return files.Listing(f"timeline-{programme}", _("大事记"), heads, cells, wide=3)


def _cells(row: Happening | None) -> list[object]:
    """A happening as the page shows it."""
    if row is None:
        return []
    known = _("只知道月份") if row.known == "month" else ""
    said = "　".join(filter(None, (row.said, row.more)))
    return [row.number, " ".join(filter(None, (row.days, known))), row.word, said]


urlpatterns = [
    door(HERE, page, "see_records", of_programme, name="exchanges-timeline"),
    *files.doors(HERE + "list", taken, "see_records", of_programme, name="exchanges-timeline"),
]
