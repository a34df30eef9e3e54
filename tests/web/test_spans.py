"""The span of rows, worked out segment by segment, is what the rows themselves say."""

from datetime import date

import pytest
from books import example, pay

from duikou.snapshot.store import freeze
from duikou.web.book import DATED, Book
from duikou.web.overview.spans import span


@pytest.fixture
def taken(db, settings, tmp_path):
    book = example(settings, tmp_path)
    pay(book, 2_000_000, date(2011, 6, 15), "A-1")
    pay(book, 1_000_000, date(2010, 12, 31), "A-2")
    return freeze()


@pytest.mark.parametrize("period", ["2010", "2011", "2011-06", "2011q2", "2010..2012", "1999"])
@pytest.mark.parametrize("tables", [DATED, ["entries"]])
def test_a_span_is_what_the_rows_say(taken, period, tables):
    page = Book(taken, "tj-hn", period)
    days, rows = page.days, [row for table in tables for row in page.rows(table) if row["first"]]
    inside = [row for row in rows if days.first <= row["first"] and row["last"] <= days.last]
    touching = [row for row in rows if row["first"] <= days.last and row["last"] >= days.first]
    found = span(page, tables)
    assert found.rows == len(inside)
    assert found.crossing == len(touching) - len(inside)
    if inside:
        assert found.oldest == min(row["first"] for row in inside)
        assert found.youngest == max((row["last"], row["first"]) for row in inside)


def test_of_entries_of_one_state_the_years_are_told(taken):
    assert span(Book(taken, "tj-hn", "2010..2011"), ["entries"], "disbursed").years == "2010—2011年"
    assert span(Book(taken, "tj-hn", "1999"), ["entries"]).years == ""
