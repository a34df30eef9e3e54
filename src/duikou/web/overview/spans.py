"""When the rows of a table were, of a programme and a period: worked out of each segment once, whatever acts follow."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, reduce

import pyarrow.compute as pc
import pyarrow.parquet as pq

from duikou.web.book import Book

SEGMENTS_KEPT = 50_000  # a few dates each


@dataclass(frozen=True)
class Span:
    """Rows wholly inside a period: how many, the oldest day, the youngest with the day it began; how many cross its ends."""

    rows: int = 0
    oldest: date = date.max
    youngest: tuple[date, date] = (date.min, date.min)
    crossing: int = 0

    def __add__(self, other: "Span") -> "Span":
        return Span(
            self.rows + other.rows, min(self.oldest, other.oldest), max(self.youngest, other.youngest),
            self.crossing + other.crossing,
        )  # fmt: skip

    @property
    def years(self) -> str:
        """2011年, or 2010—2011年; nothing where there is no row."""
        found = dict.fromkeys(str(day.year) for day in (self.oldest, self.youngest[0])) if self.rows else ()
        return "—".join(found) + "年" if found else ""


def span(book: Book, tables: Iterable[str], state: str = "") -> Span:
    """The span of the rows of tables in the period of the page; of entries of one state where it is named."""
    days = book.days
    files = (file for table in tables for file in book.snapshot.files(table))
    return reduce(Span.__add__, (_span(file, book.code, days.first, days.last, state) for file in files), Span())


@lru_cache(maxsize=SEGMENTS_KEPT)
def _span(file: str, programme: str, begins: date, ends: date, state: str) -> Span:
    rows = pq.read_table(file, columns=["programme", "first", "last", *(["state"] if state else [])])
    rows = rows.filter(pc.equal(rows["programme"], programme))
    rows = rows.filter(pc.equal(rows["state"], state)) if state else rows
    first, last = rows["first"], rows["last"]
    inside = pc.and_(pc.greater_equal(first, begins), pc.less_equal(last, ends))
    touching = pc.and_(pc.less_equal(first, ends), pc.greater_equal(last, begins))
    crossing = pc.sum(pc.and_(touching, pc.invert(inside))).as_py() or 0
    within = rows.filter(inside).select(["last", "first"])
    if not len(within):
        return Span(crossing=crossing)
    youngest = within.take(
        pc.select_k_unstable(within, 1, [("last", "descending"), ("first", "descending")])
    ).to_pylist()[0]
    return Span(len(within), pc.min(within["first"]).as_py(), (youngest["last"], youngest["first"]), crossing)
