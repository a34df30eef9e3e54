"""人才与教育: figures of people with one dot per person."""

from dataclasses import dataclass
from typing import Any

from duikou.statistics.figure import Figure
from duikou.terms.words import zh
from duikou.web import charts
from duikou.web.book import Book

from .rows import ask, inside, when

HEADS = ("people.attended", "people.posted", "people.hosted", "people.medics")  # counted from lists of names


@dataclass(frozen=True)
class People:
    """One row of 人才与教育: a figure, what is known of it, its dots."""

    figure: Figure
    note: str
    dots: charts.Dots | None
    look: str


def people(book: Book) -> list[People]:
    """The rows of 人才与教育; none where nothing is reported."""
    trainings = inside(book, "trainings")
    notes = (
        ("people.intake", "first", "、".join(dict.fromkeys(row["giver_name"] for row in inside(book, "classes")))),
        ("people.trained", "second", "；".join(_training(r) for r in trainings if r["basis"] == "actual")),
        ("people.seconded", "third", "；".join(dict.fromkeys(when(r) for r in inside(book, "secondments")))),
        ("people.schools", "", "；".join(_training(r) for r in trainings if r["basis"] == "arranged")),
    )
    found = [People(figure, note, _dots(figure), look) for sheet, look, note in notes if (figure := ask(book, sheet))]
    found += [People(figure, _times(figure), None, "") for sheet in HEADS if not (figure := ask(book, sheet)).blank]
    return found if any(p.figure.mark or not p.figure.blank for p in found) else []


def _times(figure: Figure) -> str:
    """How often the people of a list took part, which is no number of people."""
    return figure.standing.blank if figure.mark else f"名单 {figure.standing.records} 人次，一人只计一次"


def _dots(figure: Figure) -> charts.Dots | None:
    value = figure.value
    return charts.dots(value.low or 0) if value and value.exact and value.unit == "person" else None


def _training(row: dict[str, Any]) -> str:
    if row["basis"] == "arranged":
        return "，".join(part for part in (zh("basis", "arranged"), row["trains"]) if part)
    return "，".join(part for part in (when(row), f"来自{row['origin']}" if row["origin"] else "") if part)
