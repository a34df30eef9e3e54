"""The five figures on top of the dashboard."""

from dataclasses import dataclass
from typing import Any

from duikou.statistics.figure import Figure
from duikou.terms.words import zh
from duikou.web.book import Book

from .projects import started
from .rows import ask, inside
from .spans import span


@dataclass(frozen=True)
class Headline:
    """One of the five figures, with what stands under it."""

    name: str
    figure: Figure
    note: str = ""
    share: Figure | None = None


def headlines(book: Book) -> list[Headline]:
    """The five figures of a page."""
    secured, disbursed, count, given, intake = (
        ask(book, sheet)
        for sheet in ("funds.secured", "funds.disbursed", "projects.count", "donations.education", "people.intake")
    )
    when = span(book, ["entries"], "secured").years
    scheme = zh("scheme", book.programme["scheme"])
    classes = inside(book, "classes")
    return [
        Headline(_name(secured, "已落实资金"), secured, f"{when}，{scheme}资金" if when else ""),
        Headline(_name(disbursed, "已拨付资金"), disbursed, share=ask(book, "funds.progress")),
        Headline("对口支援项目", count, started(book, count)),
        Headline("教育类捐资与筹资", given, f"{given.standing.records} 笔合计" if given.standing.records > 1 else ""),
        Headline(classes[0]["label"] if len(classes) == 1 else "办班招生", intake, schools(classes)),
    ]


def _name(figure: Figure, otherwise: str) -> str:
    """A sheet is named after what the source called it; a blank figure has a plain name."""
    return otherwise if figure.blank else figure.definition.name


def schools(classes: list[dict[str, Any]]) -> str:
    """The schools of classes, and for one class whom it takes in."""
    names = dict.fromkeys(row["giver_name"] for row in classes if row["giver_name"])
    return "、".join(names) + ("，招收中考生" if len(classes) == 1 else "") if names else ""
