"""产业合作: what enterprises have built, and what is only expected or intended; neither is aid."""

from dataclasses import dataclass

from duikou.statistics.figure import Figure
from duikou.terms.words import zh
from duikou.web.book import Book
from duikou.web.frame import area

from .rows import ask, href, inside

MOST = 4  # names of one line


@dataclass(frozen=True)
class Industry:
    """产业合作: what is there, and what is expected or intended; neither is aid."""

    title: str
    status: str
    note: str
    href: str
    there: tuple[tuple[str, Figure], ...]
    ahead: tuple[tuple[str, Figure], ...]

    @property
    def empty(self) -> bool:
        """Whether the source tells nothing."""
        return all(figure.blank for _, figure in (*self.there, *self.ahead))


def industry(book: Book) -> Industry:
    """Enterprises of the supporting side and letters of intent."""
    rows = inside(book, "investments")
    one = rows[0] if len(rows) == 1 else None
    note = "，".join(
        part for part in (f"{one['giver_name']}投资", area(one["region"]), one["product"]) if part
    ) if one else "、".join(row["label"] for row in rows[:MOST])  # fmt: skip
    there = (("总投资", "investment"), ("年加工能力", "capacity"), ("解决就业", "jobs"))
    ahead = (("年产值", "output"), ("年利税", "profit"), ("意向协议", "intent"))
    events = list(dict.fromkeys(row["label"] for row in inside(book, "intents")))
    asked = {sheet: ask(book, f"enterprises.{sheet}") for _, sheet in (*there, *ahead)}
    return Industry(
        one["label"] if one else (f"{len(rows)} 个企业项目" if rows else "企业项目"),
        zh("status", one["status"]) if one else "", note, href(one) if one else "",
        tuple((name, asked[sheet]) for name, sheet in there),
        tuple((name if sheet != "intent" else _named(events) + name, asked[sheet]) for name, sheet in ahead),
    )  # fmt: skip


def _named(events: list[str]) -> str:
    """The events at which intentions were signed; of many the first few, and how many there are."""
    return "、".join(events[:MOST]) + (f"等 {len(events)} 次活动" if len(events) > MOST else "")
