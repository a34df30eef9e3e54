"""The first minute: one command, twice; and the checker beside the book."""

import json
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from hashlib import sha256

import pytest
from demonstration import COMMAND, demonstrated, duikou, environment

COMMANDS = (
    "demo",
    "load",
    "play",
    "papers",
    "areas",
    "offices",
    "serve",
    "work",
    "snapshot",
    "keys",
    "table",
    "report",
    "papers-again",
    "read",
    "check-draft",
    "trail",
    "export",
    "import",
    "verify",
    "rules",
    "check",
)


WRONG = {
    ("trail", "490"): "不是数字名",
    ("trail", "donations.books:tj-hn.2011"): (
        "没有口径 donations.books；同类有 donations.education、donations.computers"
    ),
    ("trail", "donations.education:nobody.2011"): "没有项目方案 nobody",
    ("trail", "donations.education:tj-hn.2011@999"): "第 999 行没有冻结过",
    ("table", "overview", "--period", "later"): "不是期间",
    ("table", "nothing"): "没有表 nothing；可用：overview",
    ("report", "--programme", "nobody"): "没有项目方案 nobody；可用：tj-hn",
    ("load", "nowhere"): "没有文件 programme.toml",
    ("verify", "--head", "abc"): "账首",
    ("fly",): "没有命令 fly",
}
FOLLOWED = ("trail", "donations.education:tj-hn.2010-08..2011-08")
PROVED = ("trail", "funds.progress:tj-hn.2010-08..2011-08", "--proof", "proof.json")
ASKED = (FOLLOWED, PROVED, *WRONG)
EACH = """
import contextlib, io, json, sys, traceback
from duikou.web.command import main
def answer(words):
    sys.argv, said = ["duikou", *words], io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            main()
            return 0, said.getvalue()
        except SystemExit as end:
            return 1, said.getvalue() + str(end)
        except Exception:
            return 2, traceback.format_exc()
print(json.dumps([answer(words) for words in json.load(sys.stdin)]))
"""


@pytest.fixture(scope="module")
def answers(demo):
    """What the command answers to each of these words, all asked in one process."""
    folder, _ = demo
    done = subprocess.run(
        [sys.executable, "-c", EACH],
        input=json.dumps(ASKED), env=environment(folder), capture_output=True, text=True, check=True, cwd=folder,
    )  # fmt: skip
    return dict(zip(ASKED, json.loads(done.stdout.splitlines()[-1]), strict=True))


def digests(folder):
    kept = list((folder / "out").iterdir()) + list((folder / "var" / "snapshots").rglob("*.*"))
    return {p.name: sha256(p.read_bytes()).hexdigest() for p in kept}


def rows(folder):
    book = sqlite3.connect(folder / "var" / "book.sqlite3")
    return {
        name: book.execute(f'SELECT * FROM "{name}" ORDER BY 1').fetchall()
        for (name,) in book.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
    }


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    return demonstrated(tmp_path_factory, "demo")


def test_the_demonstration_names_its_steps_and_says_last_where_things_are(demo):
    _, said = demo
    for step in ("1/5 建库", "2/5 载入", "3/5 冻结", "4/5 出文件", "5/5 验账", "账符"):
        assert step in said
    assert "duikou trail donations.education:tj-hn.2010-08..2011-08" in said.rpartition("一数一源")[2]


def test_a_second_run_changes_nothing_and_serves_what_there_is(demo):
    folder, _ = demo
    before = digests(folder), rows(folder)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [*COMMAND, "demo", "--port", str(port)]
    with (folder / "said").open("w+") as said:
        served = subprocess.Popen(command, env=environment(folder), cwd=folder, stdout=said)
        try:
            assert "490" in page_of(served, f"http://127.0.0.1:{port}/")
        finally:
            served.terminate()
            served.wait(timeout=20)
        said.seek(0)
        assert "账上已有，未改动" in said.read()
    assert (digests(folder), rows(folder)) == before


def page_of(served, address):
    """The first page, as soon as it is answered."""
    for _ in range(300):
        assert served.poll() is None, "the server has stopped"
        with suppress(OSError), urllib.request.urlopen(address, timeout=20) as answer:
            return answer.read().decode()
        time.sleep(0.2)
    raise AssertionError("nothing answers")


def test_the_checker_that_lies_beside_the_papers_holds_the_book_against_the_head_that_lies_there(demo):
    folder, _ = demo
    (head,) = (folder / "out").glob("*.head")
    checker = [
        sys.executable,
        "-I",
        str(folder / "out" / "check.py"),
        str(folder / "var" / "book.sqlite3"),
        "--head",
        str(head),
    ]
    done = subprocess.run(checker, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "一致 same" in done.stdout


def test_a_figure_is_followed_on_the_command_line(answers):
    _, said = answers[FOLLOWED]
    assert "300万元 ＋ 160万元 ＋ 30万元 ＝ 490万元" in said
    assert "第20段　“筹资300万元用于黄南州教育事业发展”" in said
    assert "实物，来源未折价" in said


def test_the_proof_of_a_figure_is_taken_offline(demo, answers):
    folder, _ = demo
    (head,) = (folder / "out").glob("*.head")
    proof = folder / PROVED[-1]
    call = [sys.executable, "-I", str(folder / "out" / "check.py"), "proof", str(proof), "--head", str(head)]
    assert subprocess.run(call, capture_output=True, check=False).returncode == 0
    proof.write_text(proof.read_text().replace("2000000000", "2000000001", 1))
    assert subprocess.run(call, capture_output=True, check=False).returncode == 1


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_a_wrong_word_is_answered_in_words(answers, words):
    code, said = answers[words]
    assert code == 1
    assert WRONG[words] in said
    assert "Traceback" not in said
    assert "CommandError" not in said


def test_help_lists_the_commands_one_line_each(tmp_path):
    said = duikou(tmp_path, "--help").stdout
    assert [line.split()[0] for line in said.splitlines() if line.startswith("  ")] == list(COMMANDS)
