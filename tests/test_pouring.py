"""A book that is poured in is the one that was made, row by row and with its snapshots; what is written on it is not poured again."""

from datetime import date

import pytest
from books import example, open_offices, pay
from money import county
from pouring import poured, rows

from duikou.acts.journal import head
from duikou.acts.verify import verify
from duikou.records.models import Entry
from duikou.snapshot.store import altered, folder, freeze

made = {}


@pytest.mark.parametrize("time", ["made", "poured", "poured again"])
def test_what_is_poured_in_is_what_was_made(db, settings, tmp_path, time):
    programme = example(settings, tmp_path)

    def make():
        open_offices()
        freeze()
        return county(programme)

    book = poured("a county with a snapshot below it", make)
    now = rows(), dict(book.projects), head(), sorted(path.name for path in folder().iterdir())
    assert made.setdefault("so", now) == now
    assert verify().true
    freeze()
    assert altered() == []
    book.projects.clear()
    entries = Entry.objects.count()
    pay(programme, 2_000_000, date(2011, 8, 30), "B-1")
    assert Entry.objects.count() == entries + 1
