"""Snapshots: the same book freezes to the same bytes, and only what was touched is poured again."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from books import OFFICER, example, pay

from duikou.acts.doing import doing, place_of
from duikou.records.models import Record, Statement
from duikou.rules.evidence import GRADES
from duikou.snapshot import store
from duikou.snapshot.table import TEXT, Table
from duikou.snapshot.tables import TABLES
from duikou.statistics.figure import Name
from duikou.statistics.measure import figure


@pytest.fixture
def book(db, settings, tmp_path):
    return example(settings, tmp_path)


def segments(snapshot):
    return {name: [digest for _, digest, _ in rows] for name, rows in snapshot.tables.items()}


def test_the_same_book_freezes_to_the_same_bytes_whatever_the_order_of_freezing(book, settings, tmp_path):
    store.freeze()
    pay(book, 2_000_000, date(2011, 6, 15), "A-1")
    store.freeze()
    pay(book, 1_000_000, date(2011, 8, 30), "A-2")
    step_by_step = store.freeze()
    settings.VAR = tmp_path / "elsewhere"
    at_once = store.freeze()
    assert at_once.digest == step_by_step.digest
    assert segments(at_once) == segments(step_by_step)


def test_freezing_an_unchanged_book_makes_nothing(book):
    first = store.freeze()
    files = {p: p.stat().st_mtime_ns for p in store.folder().rglob("*.parquet")}
    assert store.freeze().digest == first.digest
    assert {p: p.stat().st_mtime_ns for p in store.folder().rglob("*.parquet")} == files


def test_only_tables_with_a_touched_record_are_poured_again(book, monkeypatch):
    before = store.freeze()
    poured = []
    pour = Table.pour
    monkeypatch.setattr(Table, "pour", lambda table, *cells: poured.append(table.name) or pour(table, *cells))
    pay(book, 2_000_000, date(2011, 6, 15), "A-1")
    after = store.freeze()
    assert "gifts" not in {name for name in after.tables if segments(after)[name] != segments(before)[name]}
    assert segments(after)["entries"] != segments(before)["entries"]
    assert set(poured) < {t.name for t in TABLES}


def test_a_record_is_judged_by_the_words_it_adopts_and_no_longer_by_those_a_newer_source_replaced(book):
    said = Statement.objects.filter(record__as_gift__isnull=False).order_by("pk").first()
    said.__class__.objects.filter(record=said.record).exclude(pk=said.pk).delete()
    assert _grade(store.freeze(), said.record_id) == GRADES.index("copy")
    with doing("correct_record", person=OFFICER, place=place_of(book), reason="另有来源") as work:
        work.change(said, adopted=False)
    assert _grade(store.freeze(), said.record_id) is None


def _grade(snapshot, number):
    return next(row["grade"] for row in snapshot.rows["gifts"] if row["number"] == number)


def test_a_snapshot_of_an_earlier_line_still_answers(book):
    before = store.freeze()
    pay(book, 2_000_000, date(2011, 8, 30), "A-1")
    store.freeze()
    again = store.load(before.line)
    assert again is not None
    assert again.digest == before.digest


def test_a_manifest_of_another_root_is_not_believed(book):
    taken = store.freeze()
    (path,) = store.folder().glob(f"{taken.code}-{taken.line}-*.json")
    path.write_text(path.read_text().replace(taken.root, "00" * 32))
    assert store.load(taken.line) is None


def test_a_join_that_multiplies_rows_fails_the_snapshot(book):
    to_many = {"fragment": ("statements__said", TEXT)}
    wrong = Table("wrong", (Record,), to_many, key="number")
    with pytest.raises(AssertionError, match="连接使行数由"):
        wrong.pour(0, 4095)


def test_a_range_of_numbers_without_a_row_is_not_asked_for(book, monkeypatch):
    asked = []
    pour = Table.pour
    monkeypatch.setattr(store, "SEGMENT", 8)
    monkeypatch.setattr(Table, "pour", lambda t, first, last: asked.append((t.name, first)) or pour(t, first, last))
    taken = store.freeze()
    assert sorted(asked) == sorted((name, first) for name, rows in taken.tables.items() for first, _, n in rows if n)
    assert len(asked) > len(TABLES)


def test_segments_of_another_version_are_not_taken_over(book, monkeypatch):
    taken, asked, pour = store.freeze(), [], Table.pour
    monkeypatch.setattr(store, "VERSION", taken.version + 1)
    assert store.altered() == []  # it says what it was to say then
    pay(book, 1, date(2011, 8, 30), "版次")
    monkeypatch.setattr(Table, "pour", lambda t, first, last: asked.append(t.name) or pour(t, first, last))
    now = store.freeze()
    assert now.version == taken.version + 1
    assert sorted(asked) == sorted(name for name, rows in now.tables.items() for _, _, n in rows if n)


def test_no_names_of_the_store_of_names_reach_a_snapshot():
    assert not [t.name for t in TABLES if any(m._meta.db_table.startswith("names_") for m in t.models)]


def test_a_damaged_segment_is_never_read_but_poured_again(book, monkeypatch):
    taken = store.freeze()
    (file,) = taken.files("entries")
    good = Path(file).read_bytes()
    Path(file).write_bytes(good.replace((2000 * 10**6).to_bytes(8, "little"), (9000 * 10**6).to_bytes(8, "little")))
    assert Path(file).read_bytes() != good
    monkeypatch.setattr(store, "_known_sound", set())
    assert store.freeze().digest == taken.digest
    assert Path(file).read_bytes() == good


def test_a_manifest_that_is_none_is_frozen_anew(book):
    taken = store.freeze()
    (path,) = store.folder().glob(f"{taken.code}-{taken.line}-*.json")
    path.write_text("{")
    assert store.freeze().digest == taken.digest


def test_verify_pours_anew_and_names_the_table_that_differs(book):
    taken = store.freeze()
    (path,) = store.folder().glob(f"{taken.code}-{taken.line}-*.json")
    path.write_text(path.read_text().replace(taken.tables["entries"][0][1], taken.tables["gifts"][0][1]))
    assert store.altered() == ["entries"]


def test_a_snapshot_older_than_a_column_or_a_table_answers_as_before_and_what_is_frozen_next_has_them(
    book, monkeypatch
):
    def without(table, names):
        return replace(table, columns={name: path for name, path in table.columns.items() if name not in names})

    older = tuple(
        without(t, ("source", "scope", "late")) if t.name == "entries" else t for t in TABLES if t.name != "findings"
    )
    monkeypatch.setattr(store, "TABLES", older)
    old = store.freeze()
    monkeypatch.undo()
    assert {row["source"] for row in old.rows["entries"]} == {None}
    assert old.rows["findings"] == []
    assert figure(old, Name("funds.secured", "tj-hn", "2011")).value.low == 2_000_000_000
    pay(book, 1_000_000, date(2011, 8, 30), "A-1")
    new = store.freeze()
    monkeypatch.setattr("django.conf.settings.VAR", store.folder().parent / "elsewhere")
    assert segments(store.freeze()) == segments(new)
