"""往来与会商: visits, talks and trainings on a strip of months; beneath it what has no day."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from duikou.rules.period import Period
from duikou.statistics.figure import Figure
from duikou.web import charts
from duikou.web.book import Book

from .rows import ask, href, inside, undated

MOST, LOOSE = 24, 12  # events on the strip, lines beneath it


@dataclass(frozen=True)
class Exchanges:
    """往来与会商: the strip with its newest events, of how many; what has no day, and how many more of those there are."""

    strip: charts.Strip
    every: int
    beneath: tuple[tuple[str, str, str], ...]
    more: int

    @property
    def left(self) -> int:
        """How many events the strip leaves to their lists."""
        return self.every - len(self.strip.marks)


def exchanges(book: Book) -> Exchanges | None:
    """Visits and trainings on their days; nothing where the source tells of none."""
    visits, trainings = inside(book, "visits"), [r for r in inside(book, "trainings") if r["basis"] == "actual"]
    known: list[dict[str, Any]] = []
    spans: list[dict[str, Any]] = []
    for row in (*visits, *trainings):
        (known if Period(row["first"], row["last"]).month_known else spans).append(row)
    loose = [
        (_event_name(row), href(row), "日期来源未写") for t in ("visits", "agreements") for row in undated(book, t)
    ]
    loose += [(_event_name(row), href(row), Period(row["first"], row["last"]).zh + "之间") for row in spans]
    if not known and not loose:
        return None
    newest = sorted(known, key=lambda row: (row["last"], row["first"]))[-MOST:]
    trained, met = _alone(ask(book, "people.trained")), _alone(ask(book, "programmes.meetings"))
    events = [_event(row, trained, met) for row in newest]
    strip = charts.strip(_days(book.days, newest[0]["first"] if len(newest) < len(known) else None), events, 1360)
    return Exchanges(strip, len(known), tuple(loose[:LOOSE]), max(len(loose) - LOOSE, 0))


def _days(days: Period, oldest: date | None) -> Period:
    """The days of the strip: of the period, from the month of the oldest event where older ones are left out."""
    return Period(oldest.replace(day=1), days.last) if oldest else days


def _event_name(row: dict[str, Any]) -> str:
    if row["kind"] == "agreement":
        return f"《{row['label']}》"
    if row["kind"] != "training":
        return str(row["label"])
    said = row["trains"] or row["label"]
    return said if said.endswith(("培训", "班")) else f"{said}培训"


def _event(row: dict[str, Any], trained: Figure | None, met: Figure | None) -> charts.Event:
    """A row as an event, with the figure that rests on it alone."""
    when = Period(row["first"], row["last"])
    day = f"{when.first.month}月" + (f"{when.first.day}日" if when.day_known else "")
    if row["kind"] == "training":
        return charts.Event(when, _event_name(row), day + ("，" if trained else ""), href(row), trained)
    figure = met if row["meetings_low"] else None
    what = "座谈会" if figure else (f"出席{row['event']}" if row["event"] else row["outcome"])
    return charts.Event(when, _event_name(row), f"{day}，{what}" if what else day, href(row), figure)


def _alone(figure: Figure) -> Figure | None:
    """A figure that rests on one record stands beside it; the sum of several does not."""
    return figure if figure.standing.records == 1 else None
