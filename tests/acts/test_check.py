"""The stand-alone checker finds whatever is changed in a book."""

import ast
import os
import random
import re
import sys
from pathlib import Path

import pytest
from acts.altered import falsified, head_of, other, places, read, sewn_up, tampering, verdicts

from duikou.acts import check

FILE = Path(check.__file__)
SAMPLE = 1 if os.environ.get("DUIKOU_PROVE") else 100


@pytest.fixture(scope="module")
def book(in_memory):
    """The loaded book, to be tampered with."""
    return in_memory


# ---- one file for everyone -------------------------------------------------------------------------------------


def test_it_is_one_file_of_at_most_200_lines_that_imports_nothing_but_python():
    source = FILE.read_text("utf-8")
    nodes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Import | ast.ImportFrom)]
    imported = {
        name for n in nodes for name in ([a.name for a in n.names] if isinstance(n, ast.Import) else [n.module])
    }
    assert len(source.splitlines()) <= 200
    assert {name.partition(".")[0] for name in imported} <= sys.stdlib_module_names
    assert not any(isinstance(node, ast.ImportFrom) and node.level for node in nodes)


# ---- a true book -----------------------------------------------------------------------------------------------


def test_a_true_book_has_no_problem(book):
    found = read(book)
    assert (found.problems, len(found.roots), found.images, found.rows) == ([], 28, 643, 643)
    assert re.fullmatch("DK[0-9A-HJKMNP-TV-Z]{8}", found.code)


def test_a_head_of_today_is_the_same_and_an_older_one_is_extended(book):
    assert verdicts(book, head_of(book)) == {"一致 same"}
    for line in (1, 2, 3, 16, 26):
        assert verdicts(book, head_of(book, line)) == {"延续 extends"}


# ---- every stored value ----------------------------------------------------------------------------------------


def cells(book, tables):
    """Every cell of some tables that has a value or could have one: table, row, column, value."""
    for table in tables:
        columns = [row[1] for row in book.execute(f'PRAGMA table_info("{table}")')]
        for rowid, *values in [*book.execute(f'SELECT rowid, * FROM "{table}"')]:
            yield from ((table, rowid, column, value) for column, value in zip(columns, values, strict=True))


def unnoticed(book, chosen):
    """Those cells that can be changed without anything being found."""
    missed = []
    for table, rowid, column, value in chosen:
        with tampering(book) as execute:
            execute(f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = ?', [other(value), rowid])
            if not read(book).problems:
                missed.append((table, rowid, column, value))
    return missed


def test_any_value_changed_in_any_row_of_any_table_is_found(book):
    tables = [
        row[0] for row in book.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name GLOB 'records_*'")
    ]
    every = [*cells(book, tables)]
    assert (len(tables), len(every)) > (30, 4000)
    chosen = random.Random(20110829).sample(every, len(every) // SAMPLE)
    assert unnoticed(book, chosen) == []


def test_any_value_changed_in_the_journal_is_found(book):
    every = [cell for cell in cells(book, ["journal_line", "journal_image"]) if cell[2] != "id"]
    chosen = random.Random(20110829).sample(every, len(every) // min(SAMPLE, 50))
    assert unnoticed(book, chosen) == []


def test_an_emptied_value_is_found(book):
    for column in ("amount", "purpose", "first"):
        with tampering(book) as execute:
            execute("PRAGMA writable_schema = ON")
            execute("CREATE TABLE loose AS SELECT * FROM records_entry")  # without NOT NULL
            execute("DROP TABLE records_entry")
            execute("ALTER TABLE loose RENAME TO records_entry")
            execute(f"UPDATE records_entry SET {column} = NULL WHERE rowid = 1")
            with pytest.raises(RuntimeError):  # the table has lost its key: nothing is shown to be true
                read(book)


def test_a_number_turned_into_text_or_bytes_is_found(book):
    for value in ("x", b"\xff", 1.5, "1e3x"):
        with tampering(book) as execute:
            execute("UPDATE records_posting SET amount = ? WHERE number = 1", [value])
            assert "records_posting 1" in places(book)


def test_a_text_turned_into_the_same_bytes_is_found(book):
    for table, column in (("journal_line", "header"), ("journal_image", "text"), ("records_programme", "title")):
        with tampering(book) as execute:
            execute(f"UPDATE {table} SET {column} = CAST({column} AS BLOB)")
            assert read(book).problems


# ---- lines and rows --------------------------------------------------------------------------------------------


def test_a_byte_changed_in_a_header_is_found(book):
    ((header,),) = book.execute("SELECT header FROM journal_line WHERE number = 8")
    for place in range(0, len(header), min(SAMPLE, 9)):
        with tampering(book) as execute:
            changed = header[:place] + chr(ord(header[place]) ^ 1) + header[place + 1 :]
            execute("UPDATE journal_line SET header = ? WHERE number = 8", [changed])
            assert "line 8" in places(book)


@pytest.mark.parametrize("number", [1, 2, 13, 26])
def test_a_line_left_out_is_found(book, number):
    with tampering(book) as execute:
        execute("DELETE FROM journal_line WHERE number = ?", [number])
        assert f"line {number + 1}" in places(book)
        assert number == 1 or "映像" in places(book)  # its images are left without it
        execute("DELETE FROM journal_image WHERE line_id = ?", [number])
        assert f"line {number + 1}" in places(book)
        sewn_up(execute)
        assert f"line {number + 1}" in places(book)


def test_two_lines_exchanged_are_found(book):
    for one, two in ((2, 3), (8, 24), (25, 26)):
        with tampering(book) as execute:
            for table, column in (("journal_line", "number"), ("journal_image", "line_id")):
                for old, new in ((one, -1), (two, one), (-1, two)):
                    execute(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", [new, old])
            assert f"line {one}" in places(book)
            sewn_up(execute)
            assert f"line {one}" in places(book)


def test_a_back_dated_line_is_found_even_with_all_hashes_worked_out_anew(book):
    with tampering(book) as execute:
        execute('UPDATE journal_line SET header = replace(header, \'"at":"20\', \'"at":"19\') WHERE number = 20')
        assert "line 20" in places(book)
        sewn_up(execute)
        ((place, found, expected),) = read(book).problems
        assert place == "日志 line 20"
        assert found < expected
    with tampering(book) as execute:
        execute("UPDATE journal_line SET header = replace(header, '+00:00', '+08:00') WHERE number = 20")
        sewn_up(execute)
        assert "line 20" in places(book)


def test_images_exchanged_added_or_left_out_are_found(book):
    changes = [
        "UPDATE journal_image SET position = position + 100 WHERE line_id = 8 AND position = 3",
        "DELETE FROM journal_image WHERE line_id = 8 AND position = 3",
        "UPDATE journal_image SET line_id = 99 WHERE line_id = 8 AND position = 3",
        'INSERT INTO journal_image SELECT 9999, 900, "table", number, text, 9 FROM journal_image WHERE line_id = 8 LIMIT 1',
    ]
    for change in changes:
        with tampering(book) as execute:
            execute(change)
            assert read(book).problems, change


def test_the_table_and_number_beside_an_image_must_be_those_of_its_text(book):
    for change in ("\"table\" = 'records_gift'", "number = 4711"):
        with tampering(book) as execute:
            execute(f"UPDATE journal_image SET {change} WHERE line_id = 8 AND position = 3")
            assert "line 8" in places(book)


def test_rows_and_tables_added_or_left_out_are_found(book):
    changes = {
        "DELETE FROM records_gift WHERE rowid = 1": "表 records_gift",
        "DROP TABLE records_gift": "表 records_gift",
        "INSERT INTO records_item SELECT 999999, record_id, list, 99, text, detail FROM records_item LIMIT 1": "999999",
        "CREATE TABLE records_more AS SELECT * FROM records_item": None,
        "ALTER TABLE records_item ADD COLUMN more TEXT DEFAULT 'x'": "表 records_item",
    }
    for change, place in changes.items():
        with tampering(book) as execute:
            execute(change)
            if place:
                assert place in places(book), change
            else:
                with pytest.raises(RuntimeError):
                    read(book)


def test_a_problem_says_what_was_found_and_what_was_expected(book):
    with tampering(book) as execute:
        ((number,),) = [*execute("SELECT record_id FROM records_entry WHERE state = 'secured'")]
        execute("UPDATE records_entry SET amount = 2000000001, purpose = '' WHERE record_id = ?", [number])
        assert (
            f"表 records_entry {number}",
            '"amount":2000000001,"purpose":""',
            '"amount":2000000000,"purpose":"先期启动的对口支援资金"',
        ) in read(book).problems


# ---- the ledger, even where tables and journal agree -----------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "place"),
    [
        ({"balance": 1}, "资金 posting 1"),
        ({"amount": 2_000_000_001}, "资金 posting 1"),
        ({"sequence": 9}, "资金 posting"),
        ({"sign": -1}, "资金 posting 1"),
        ({"entry_id": 1}, "资金 entry"),
    ],
)
def test_a_ledger_that_does_not_work_out_is_found_though_tables_and_journal_agree(book, values, place):
    with tampering(book) as execute:
        falsified(execute, "records_posting", 1, **values)
        found = places(book)
        assert place in found
        assert "表" not in found
        assert "日志" not in found


def test_a_balance_below_nothing_is_found(book):
    with tampering(book) as execute:
        ((last,),) = [*execute("SELECT MAX(number) FROM records_posting WHERE sign = -1")]
        ((entry,),) = [*execute("SELECT entry_id FROM records_posting WHERE number = ?", [last])]
        falsified(execute, "records_entry", entry, amount=900_000_000)
        for number, balance in ((last, -100_000_000), (last + 1, 1_100_000_000)):
            falsified(execute, "records_posting", number, amount=900_000_000, balance=balance)
        ((place, found, expected),) = read(book).problems
        assert (place, found, expected) == (f"资金 posting {last}", '{"balance":-100000000}', '{"balance":0}')
