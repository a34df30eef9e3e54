"""往来与会商: visits, talks and trainings on a strip of months; beneath it what has no day."""

from dataclasses import dataclass
from typing import Any

from duikou.rules.period import Period
from duikou.statistics.figure import Figure
from duikou.web import charts
from duikou.web.book import Book

from .rows import ask, href, inside, undated


@dataclass(frozen=True)
class Exchanges:
    """往来与会商: the strip with its events, and what has no day."""

    strip: charts.Strip
    beneath: tuple[tuple[str, str, str], ...]


def exchanges(book: Book) -> Exchanges | None:
    """Visits and trainings on their days; nothing where the source tells of none."""
    visits, trainings = inside(book, "visits"), [r for r in inside(book, "trainings") if r["basis"] == "actual"]
    known = [row for row in (*visits, *trainings) if Period(row["first"], row["last"]).month_known]
    spans = [row for row in (*visits, *trainings) if row not in known]
    loose = [
        (_event_name(row), href(row), "日期来源未写") for t in ("visits", "agreements") for row in undated(book, t)
    ]
    loose += [(_event_name(row), href(row), Period(row["first"], row["last"]).zh + "之间") for row in spans]
    if not known and not loose:
        return None
    events = [_event(book, row) for row in known]
    return Exchanges(charts.strip(book.days, events, 1360), tuple(loose))


def _event_name(row: dict[str, Any]) -> str:
    if row["kind"] == "agreement":
        return f"《{row['label']}》"
    if row["kind"] != "training":
        return str(row["label"])
    said = row["trains"] or row["label"]
    return said if said.endswith(("培训", "班")) else f"{said}培训"


def _event(book: Book, row: dict[str, Any]) -> charts.Event:
    when = Period(row["first"], row["last"])
    day = f"{when.first.month}月" + (f"{when.first.day}日" if when.day_known else "")
    if row["kind"] == "training":
        trained = _alone(ask(book, "people.trained"))
        return charts.Event(when, _event_name(row), day + ("，" if trained else ""), href(row), trained)
    figure = _alone(ask(book, "programmes.meetings")) if row["meetings_low"] else None
    what = "座谈会" if figure else (f"出席{row['event']}" if row["event"] else row["outcome"])
    return charts.Event(when, _event_name(row), f"{day}，{what}" if what else day, href(row), figure)


def _alone(figure: Figure) -> Figure | None:
    """A figure that rests on one record stands beside it; the sum of several does not."""
    return figure if figure.standing.records == 1 else None
