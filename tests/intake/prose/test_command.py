"""`duikou read`: one JSON object for each candidate on a line, a table for the eye, one clear line where a file cannot be read."""

import json
from io import StringIO

import pytest
from demonstration import duikou
from django.core.management import CommandError
from django.db import connection

from duikou.web.management.commands.read import Command

REPORT = """关于云溪市对口支援青石县工作情况的汇报
（2023年9月5日）
今年云溪市拨付青石县援助资金1200余万元，实施项目18个，其中教育类5个。
云溪市总工会捐款23.6万元。
"""


def printed(*arguments):
    out = StringIO()
    options = vars(Command().create_parser("duikou", "read").parse_args([str(a) for a in arguments]))
    Command(stdout=out).execute(*options.pop("args", ()), **{**options, "stdout": out})
    return out.getvalue().splitlines()


@pytest.fixture
def report(tmp_path):
    file = tmp_path / "report.txt"
    file.write_text(REPORT, "utf-8")
    return file


def test_each_candidate_is_one_line_of_json(report):
    lines = [json.loads(line) for line in printed(report, "--json")]
    assert lines[0] == {
        "kind": "funds_disbursed", "value": 12_000_000, "unit": "yuan", "bound": "over", "basis": "actual", "giver": "云溪市",
        "receiver": "青石县", "period": "2023", "paragraph": 3, "start": 14, "end": 21, "text": "1200余万元",
    }  # fmt: skip
    assert [(one["kind"], one["value"], one.get("part")) for one in lines[1:]] == [
        ("project_count", 18, None), ("project_count", 5, "part"), ("donation_cash", 236_000, None),
    ]  # fmt: skip


def test_a_table_names_what_was_found_and_how_much_was_covered(report):
    lines = printed(report)
    assert lines[0] == "段　原文　类别　依据　给方　受方　时间"
    assert "3　1200余万元　拨付资金　实际　云溪市　青石县　2023年" in lines
    assert lines[-1] == "候选事实 4 条；数字 4 处，列出 4 处"


def test_no_database_is_opened(report, monkeypatch):
    monkeypatch.setattr(connection, "connect", lambda: pytest.fail("the database was opened"))
    assert printed(report, "--json")


@pytest.mark.parametrize(
    ("name", "content"),
    [("empty.txt", b""), ("broken.docx", b"PK\x03\x04 not a document"), ("scan.pdf", b"%PDF-1.4 nothing")],
)
def test_a_file_that_cannot_be_read_gets_one_clear_line(tmp_path, name, content):
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(CommandError) as refused:
        printed(file)
    assert "\n" not in str(refused.value)
    assert name in str(refused.value)


def test_a_file_that_is_not_there_is_named(tmp_path):
    said = duikou(tmp_path, "read", "nowhere.txt")
    assert (said.returncode, said.stderr) == (1, "nowhere.txt：没有这个文件或文件夹\n")


def test_the_command_needs_no_book(report, tmp_path):
    done = duikou(tmp_path, "read", str(report), "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[0])["kind"] == "funds_disbursed"
    assert not list(tmp_path.rglob("*.sqlite3"))
