"""The stand-alone checker finds whatever is changed in a book, and says how a book stands to a head kept elsewhere."""

import ast
import json
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from duikou.acts import check, tree
from duikou.acts.journal import Head

FILE = Path(check.__file__)
SAMPLE = 1 if os.environ.get("DUIKOU_PROVE") else 100


@pytest.fixture(scope="module")
def book(loaded):
    """The loaded book in memory, whose constraints do not hinder."""
    with closing(sqlite3.connect(loaded)) as source, closing(sqlite3.connect(":memory:")) as copy:
        source.backup(copy)
        copy.isolation_level = None
        copy.execute("PRAGMA ignore_check_constraints = ON")
        yield copy


@contextmanager
def tampering(book):
    """Whatever is done to the book inside is undone."""
    book.execute("BEGIN")
    try:
        yield book.execute
    finally:
        book.execute("ROLLBACK")


def read(book):
    return check.Book(book.execute, check.rows_of(book.execute))


def places(book):
    return " ".join(place for place, _, _ in read(book).problems)


def head_of(book, line=None):
    """The head after a line, in its three forms."""
    found = read(book)
    line = line or len(found.roots)
    head = Head(f"{found.code}.1", line, found.roots[line - 1])
    return [head.short, head.full, head.long]


def verdicts(book, heads):
    found = read(book)
    return {found.verdict(*head) for text in heads for head in check.read_heads(text)}


def sewn_up(execute, start=1):
    """All hashes from a line on worked out anew, as whoever can write the file could."""
    edge = tree.Edge()
    for number, header, hashed in [*execute("SELECT number, header, hash FROM journal_line ORDER BY number")]:
        if number >= start:
            texts = execute("SELECT text FROM journal_image WHERE line_id = ? ORDER BY position", [number])
            hashed = tree.root(text.encode() for text in (header, *(row[0] for row in texts))).hex()
        edge.add(bytes.fromhex(hashed))
        root = edge.root.hex()
        execute("UPDATE journal_line SET hash = ?, root = ? WHERE number = ?", [hashed, root, number])


def other(value):
    """Another value of the same kind."""
    if value is None:
        return 7
    return value + 1_000_003 if isinstance(value, int) else value[:-1] + ("改" if value[-1:] != "改" else "更")


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


def falsified(execute, table, number, **values):
    """A row and its last image changed together, and all hashes worked out anew: a perfectly sealed lie."""
    key = "number" if table == "records_posting" else "record_id"
    ((text,),) = execute(
        'SELECT text FROM journal_image WHERE "table" = ? AND number = ? ORDER BY line_id DESC LIMIT 1', [table, number]
    )
    image = json.loads(text)
    image["row"] |= values
    text = json.dumps(image, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    execute('UPDATE journal_image SET text = ? WHERE "table" = ? AND number = ?', [text, table, number])
    for column, value in values.items():
        execute(f"UPDATE {table} SET {column} = ? WHERE {key} = ?", [value, number])
    sewn_up(execute)


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


# ---- what only a head kept elsewhere shows ---------------------------------------------------------------------


def test_a_cut_tail_is_found_with_a_head_and_only_with_a_head(book):
    heads = head_of(book)
    with tampering(book) as execute:
        for table, number in [*execute('SELECT "table", number FROM journal_image WHERE line_id = 28')]:
            ((key,),) = [*execute(f'SELECT name FROM pragma_table_info("{table}") WHERE pk')]
            execute(f'DELETE FROM "{table}" WHERE "{key}" = ?', [number])
        execute("DELETE FROM journal_image WHERE line_id = 28")
        execute("DELETE FROM journal_line WHERE number = 28")
        assert read(book).problems == []
        assert verdicts(book, heads) == {"截短 cut"}


def test_a_tree_computed_anew_is_found_with_a_head_and_only_with_a_head(book):
    heads, old = head_of(book), head_of(book, 3)
    with tampering(book) as execute:
        ((gift,),) = [*execute("SELECT record_id FROM records_gift WHERE amount_low = 300 * 1000000 LIMIT 1")]
        falsified(execute, "records_gift", gift, amount_low=400_000_000, amount_high=400_000_000)
        assert read(book).problems == []
        assert verdicts(book, heads) == {"分叉 forked"}
        assert verdicts(book, old) == {"延续 extends"}


def test_a_head_of_another_book_is_told(book):
    heads = head_of(book)
    with tampering(book) as execute:
        execute('UPDATE journal_line SET header = replace(header, \'"nonce":"\', \'"nonce":"0\') WHERE number = 1')
        sewn_up(execute)
        assert read(book).problems == []
        assert verdicts(book, heads) == {"别的账 other book"}


def test_a_mistyped_head_is_told_from_tampering(book):
    short, full, long = head_of(book)
    digit = short.index("· s ") + 4
    wrong = "0" if short[digit] != "0" else "1"
    assert verdicts(book, [short[:digit] + wrong + short[digit + 1 :]]) == {"误抄 mistyped"}
    assert verdicts(book, [full[:digit] + wrong + full[digit + 1 :]]) == {"误抄 mistyped"}
    assert verdicts(book, [short.replace("· 28 ·", "· 21 ·")]) == {"误抄 mistyped"}
    assert verdicts(book, [long[:-6]]) == {"误抄 mistyped"}


def test_a_restore_opens_an_epoch_and_old_heads_stay_checkable(book):
    kept, lost = head_of(book, 20), head_of(book, 24)
    with tampering(book) as execute:
        execute("DELETE FROM journal_image WHERE line_id > 20")
        execute("DELETE FROM journal_line WHERE number > 21")
        ((header,),) = [*execute("SELECT header FROM journal_line WHERE number = 21")]
        header = re.sub('"act":"[a-z_]+"', '"act":"open_epoch"', header)
        execute("UPDATE journal_line SET header = ? WHERE number = 21", [header])
        sewn_up(execute)
        found = read(book)
        assert found.epochs == [1, 21]
        assert verdicts(book, kept) == {"延续 extends"}
        assert verdicts(book, lost) == {"截短 cut"}
        head = Head(f"{found.code}.2", 21, found.roots[20])
        assert verdicts(book, [head.short, head.long]) == {"一致 same"}


def test_an_empty_book_is_cut(book):
    heads = head_of(book)
    with tampering(book) as execute:
        execute("DELETE FROM journal_line")
        execute("DELETE FROM journal_image")
        assert verdicts(book, heads) == {"截短 cut"}


# ---- from the command line -------------------------------------------------------------------------------------


@pytest.fixture
def run(tmp_path):
    """The checker copied to a bare folder and run there by Python alone."""
    shutil.copy(FILE, tmp_path)

    def run(*words):
        command = [sys.executable, "-I", "-S", "check.py", *map(str, words)]
        done = subprocess.run(command, check=False, cwd=tmp_path, capture_output=True, encoding="utf-8")
        assert done.stderr == ""
        return done.returncode, done.stdout.splitlines()

    return run


def test_copied_beside_a_book_it_says_all_true_and_what_it_cannot_see_without_a_head(run, loaded):
    code, said = run(loaded)
    assert (code, said[-1]) == (0, "结论 verdict：全部属实 all true")
    assert "未给账首" in said[-2]
    assert said[1] == "日志 28 lines，映像 643 images，表 643 rows，不符 0"


def test_heads_come_as_text_or_as_files_and_each_has_its_verdict(run, book, loaded, tmp_path):
    short, _, _ = head_of(book)
    _, _, old = head_of(book, 9)
    kept = tmp_path / "kept.head"
    kept.write_text(old, encoding="utf-8")
    code, said = run(loaded, "--head", short, kept)
    assert code == 0
    assert [line.partition("：")[2] for line in said[-3:]] == ["一致 same", "延续 extends", "全部属实 all true"]


def test_one_head_that_does_not_lead_here_is_enough_to_fail(run, book, loaded):
    short, _, _ = head_of(book)
    code, said = run(loaded, "--head", short, "--head", Head("DK00000000.1", 3, bytes(32)).short)
    assert code == 1
    assert said[-2].endswith("别的账 other book")
    assert said[-1] == "结论 verdict：有不符 something is not true"


def test_an_altered_book_is_told_with_its_place(run, office):
    with closing(sqlite3.connect(office.book)) as connection:
        connection.execute("UPDATE records_project SET status = 'completed' WHERE rowid = 1")
        connection.commit()
    code, said = run(office.book)
    assert code == 1
    assert re.search(r'表 records_project \d+：现为 found "status":"completed"，应为 expected "status":"\w+"', said[2])


def test_an_index_that_points_to_another_row_is_found(run, office):
    with closing(sqlite3.connect(office.book)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_master SET sql = replace(sql, '(\"digest\")', '(\"title\")') WHERE sql LIKE '%digest\")'"
        )
        connection.commit()
    code, said = run(office.book)
    assert code == 1
    assert "文件 file" in "".join(said)


@pytest.mark.parametrize("content", [b"", b"not a database, but long enough to be looked at twice" * 40])
def test_what_is_not_a_book_cannot_be_read(run, tmp_path, content):
    (tmp_path / "x.sqlite3").write_bytes(content)
    code, said = run("x.sqlite3")
    assert code == 2
    assert said[0].startswith("不能读取 cannot be read")


def test_no_book_and_no_head_cannot_be_read(run, loaded):
    assert run("missing.sqlite3")[0] == 2
    assert run()[0] == 2
    assert run(loaded, "--head", "账首 DK7K3M9QXA.1 · 3 · s 3f9a 1c20 · 校 47")[0] == 2
