"""The stand-alone checker: how a book stands to a head kept elsewhere, and what is said on the command line."""

import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from acts.altered import falsified, head_of, read, sewn_up, tampering, verdicts

from duikou.acts import check
from duikou.acts.journal import Head

FILE = Path(check.__file__)


@pytest.fixture(scope="module")
def book(in_memory):
    """The loaded book, to be tampered with."""
    return in_memory


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
