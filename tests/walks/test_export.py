"""A programme is carried out whole and begins an empty book: the same figures, the same trail; nothing altered gets in."""

import csv
import json
import os
import shutil
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import pytest
from books import EXAMPLE, LEADER, OFFICER, example, open_offices
from demonstration import duikou
from django.db import connection, transaction
from django.test import override_settings

from benchmarks.province.make import make
from duikou.acts import offices
from duikou.acts.attending import attend
from duikou.acts.carried import KEPT_BACK, columns, tables
from duikou.acts.closings import close_period, line_of
from duikou.acts.doing import Forbidden
from duikou.acts.evidence import keep_text
from duikou.acts.journal import head, header_of, journaled
from duikou.acts.names import masked
from duikou.acts.verify import verify
from duikou.intake.folder import load
from duikou.intake.whole.loading import load_whole
from duikou.intake.year.play import play
from duikou.intake.year.source import read_year
from duikou.records.models import Attendance, Closing, JournalImage, JournalLine, Programme, Record, Training
from duikou.records.models.record import kind_of
from duikou.reports import whole
from duikou.reports.photograph import draw
from duikou.reports.whole import write_whole
from duikou.rules.closings import Closing as ClosingFact
from duikou.rules.people import Attending
from duikou.rules.period import parse
from duikou.rules.problem import Refused
from duikou.rules.rights import everywhere
from duikou.snapshot.store import altered, freeze
from duikou.statistics.definition import CUTS, definitions
from duikou.statistics.figure import Name
from duikou.statistics.measure import asked, cut
from duikou.statistics.values import RefusedSum
from duikou.web.data import data_of

pytestmark = pytest.mark.django_db

ADMINISTRATOR = everywhere("administrator", "administrator")
YEAR = Path(__file__).resolve().parents[2] / "examples" / "wanglan-yunxiu-2023"
PROVE = bool(os.environ.get("DUIKOU_PROVE"))
SIZE, CUT = (0.02, 1) if PROVE else (0.002, 8)  # of the figures, every so-manyth is also cut


def figures(programme, period):
    """Every figure of a book with its trail, and the figures of its cuts, by name; without the head and the line they are of."""
    taken, found = freeze(), {}
    for turn, (sheet, definition) in enumerate(definitions().items()):
        name = Name(sheet, programme, period)
        found[str(name)] = followed(taken, name)
        if turn % CUT == 0:
            found |= {figure.name: without_line(figure.as_data()) for figure in every_cut(taken, name, definition)}
    return found


def every_cut(taken, name, definition):
    letters = {column: letter for letter, column in CUTS.items()}
    for column in definition.by:
        with suppress(RefusedSum):
            yield from cut(taken, name, letters[column])


def followed(taken, name):
    """A figure with its records, passages and parts; where its sum is not allowed, why."""
    try:
        said = data_of(taken, name)
    except RefusedSum:
        return asked(taken, name).standing.blank
    parts = [without_line(part) for part in said["made_of"]]
    return without_line({part: value for part, value in said.items() if part != "head"}) | {"made_of": parts}


def without_line(said):
    return said | {"identity": {part: value for part, value in said["identity"].items() if part != "line"}}


def images():
    """The stored text of every row, by table and number."""
    rows = JournalImage.objects.order_by("line_id", "position").values_list("table", "number", "text")
    return {(table, number): text for table, number, text in rows}


def own_records(programme):
    """The numbers of the records of a programme but accounts, roles and keys."""
    found = Record._base_manager.filter(programme__code=programme)
    return set(found.exclude(kind__in=["account", "appointment", "key"]).values_list("pk", flat=True))


def written(first, folder, programme, period):
    """A first book made, read and written to a folder, then taken back as if it had never been: what it said."""
    with transaction.atomic():
        first()
        found = Programme.objects.get(code=programme)
        said = figures(programme, period), images(), own_records(programme), head()
        write_whole(found, folder / "whole", person=OFFICER)
        transaction.set_rollback(True)
    assert not JournalLine.objects.exists()
    return said


def the_same(settings, tmp_path, first, programme, period):
    """Write, load into an empty book in another place, compare; the figures."""
    settings.VAR = tmp_path / "first"
    before, rows, records, was = written(first, tmp_path, programme, period)
    settings.VAR = tmp_path / "second"
    loaded = load_whole(tmp_path / "whole", person=ADMINISTRATOR)
    report = verify()
    assert report.true, report.problems
    assert altered() == []
    assert loaded.came_from == was.full
    now = images()
    assert {row: rows[row] for row in now} == now
    assert own_records(programme) == records
    assert head().number == 2
    assert head().code != was.code
    after = figures(programme, period)
    assert after == before
    return after


# ---- the same book --------------------------------------------------------------------------------------------------


def test_the_real_programme_gives_the_same_figures_in_a_book_of_its_own(settings, tmp_path):
    def first():
        example(settings, settings.VAR)
        open_offices()

    said = the_same(settings, tmp_path, first, "tj-hn", "2010-08..2011-08")
    assert (
        said["donations.education:tj-hn.2010-08..2011-08"]["value"]["low"] == 490_0000_00
    )  # fen: 490 万元 in the report
    assert len(said) > len(definitions())
    line = JournalLine.objects.get(number=2)
    sums = sha256((tmp_path / "whole" / "SHA256SUMS").read_bytes()).hexdigest()
    assert header_of(line)["evidence"] == f"sha256:{sums}"
    assert header_of(line)["act"] == "import_book"


def test_the_invented_year_gives_the_same_figures_with_its_papers(settings, tmp_path):
    def first():
        load(
            YEAR, person=OFFICER, administrator=OFFICER, source=YEAR / "report.txt", without=read_year(YEAR).instead_of
        )
        play(YEAR, draw=draw)

    the_same(settings, tmp_path, first, "wl-yx", "2023")
    papers = sorted(path.name for path in (tmp_path / "first" / "documents").iterdir())
    assert papers
    assert sorted(path.name for path in (tmp_path / "second" / "documents").iterdir()) == papers


def test_a_generated_province_gives_the_same_figures(settings, tmp_path):
    the_same(settings, tmp_path, lambda: make(SIZE), "prov", "2016..2025")


def test_nothing_of_another_programme_goes_with_it_but_organisations(settings, tmp_path):
    """The network around the real programme has seven more, with projects, visits and a question of their own."""
    programme = example(settings, tmp_path / "var")
    assert Programme.objects.count() == 8
    write_whole(programme, tmp_path / "whole", person=OFFICER)
    with (tmp_path / "whole" / "data" / "record.csv").open(encoding="utf-8", newline="") as file:
        beyond = {row["kind"] for row in csv.DictReader(file) if row["programme_id"] != str(programme.pk)}
    assert beyond == {"organisation"}


def test_what_each_table_holds_can_be_written_and_read_back():
    for model in journaled().values():
        for column in columns(model):
            assert column.type in ("integer", "string", "date", "boolean")
            if model not in KEPT_BACK:
                assert column.to not in KEPT_BACK, f"{model.__name__}.{column.name}"


def test_an_empty_text_is_told_from_one_that_nobody_said():
    code = next(column for column in columns(tables()["project"]) if column.name == "code")
    assert [code.text(None), code.text("")] == [r"\N", ""]
    assert [code.value(r"\N"), code.value("")] == [None, ""]
    with pytest.raises(ValueError, match="分不开"):
        code.text(r"\N")


def test_no_name_account_or_key_is_carried_out(settings, tmp_path):
    settings.VAR = tmp_path / "first"
    with transaction.atomic():
        programme = example(settings, tmp_path / "first")
        open_offices()
        person = Attending(name="欧阳测试", identity="110101199003070011", unit="测试小学")
        attend(Training.objects.first(), [person], programme=programme, person=OFFICER)
        write_whole(programme, tmp_path / "whole", person=OFFICER)
        (number,) = Attendance.objects.values_list("person_id", flat=True)
        transaction.set_rollback(True)
    text = "".join(path.read_text("utf-8") for path in (tmp_path / "whole").rglob("*") if path.is_file())
    for secret in ("欧阳测试", "110101199003070011", "yewu", "shenji"):
        assert secret not in text
    settings.VAR = tmp_path / "second"
    load_whole(tmp_path / "whole", person=ADMINISTRATOR)
    assert Attendance.objects.get().person_id == number
    assert masked([number]) == {number: ""}
    described = json.loads((tmp_path / "whole" / "datapackage.json").read_bytes())
    (personal,) = [table for table in described["resources"] if table["name"] == "personal"]
    assert "不在导出之内" in personal["description"]


def test_a_closed_period_stays_closed_from_the_line_that_brought_it(settings, tmp_path):
    settings.VAR = tmp_path / "first"
    with transaction.atomic():
        programme = example(settings, tmp_path / "first")
        close_period(ClosingFact(when=parse("2011-03"), reconciled="对账单 1"), programme=programme, person=OFFICER)
        write_whole(programme, tmp_path / "whole", person=OFFICER)
        transaction.set_rollback(True)
    settings.VAR = tmp_path / "second"
    load_whole(tmp_path / "whole", person=ADMINISTRATOR)
    assert line_of(Closing.objects.get()) == 2


# ---- who may --------------------------------------------------------------------------------------------------------

MAY = {"yewu", "lingdao", "shenji"}
ACCOUNTS = ("yewu", "caiwu", "lingdao", "guanli", "anquan", "qianfang", "tongren", "xianling", "shenji")


def test_who_sees_all_of_a_programme_and_answers_for_it_may_carry_it_out(settings, tmp_path):
    programme = example(settings, tmp_path / "var")
    open_offices()
    done = set()
    for account in ACCOUNTS:
        try:
            write_whole(programme, tmp_path / account, person=offices.person(account))
        except Forbidden:
            assert not (tmp_path / account).exists()
        else:
            done.add(account)
            last = header_of(JournalLine.objects.order_by("number").last())
            sums = (tmp_path / account / "SHA256SUMS").read_bytes()
            assert (last["act"], last["person"]) == ("export_programme", account)
            assert last["evidence"] == f"sha256:{sha256(sums).hexdigest()}"
    assert done == MAY


@pytest.mark.parametrize("role", ["programme_officer", "leader", "auditor", "security_officer"])
def test_only_the_administrator_begins_a_book_with_a_folder(folder, settings, tmp_path, role):
    settings.VAR = tmp_path / "second"
    with pytest.raises(Forbidden):
        load_whole(folder, person=everywhere("someone", role))
    nothing_was_written(tmp_path / "second")


# ---- what is wrong is named -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def kept_folder(django_db_setup, django_db_blocker, tmp_path_factory):
    """The real programme carried out, with one document."""
    made = tmp_path_factory.mktemp("whole")
    with django_db_blocker.unblock(), override_settings(VAR=made / "var"), transaction.atomic():
        load(EXAMPLE, person=OFFICER, administrator=OFFICER)
        programme = Programme.objects.get(code="tj-hn")
        paper = Record.objects.filter(kind="document", programme=programme).first().as_document
        type(paper).objects.filter(pk=paper.pk).update(digest=keep_text("原文".encode()))
        write_whole(programme, made / "whole", person=LEADER)
        transaction.set_rollback(True)
    return made / "whole"


@pytest.fixture
def folder(kept_folder, tmp_path):
    return shutil.copytree(kept_folder, tmp_path / "whole")


def nothing_was_written(var):
    assert not JournalLine.objects.exists()
    assert not Record._base_manager.exists()
    assert not [path for path in (var / "documents").glob("*") if path.is_file()]


def refused(folder, settings, tmp_path):
    """What was said, line by line."""
    settings.VAR = tmp_path / "second"
    with pytest.raises(Refused) as said:
        load_whole(folder, person=ADMINISTRATOR)
    nothing_was_written(tmp_path / "second")
    return [str(problem) for problem in said.value.problems]


def summed(folder):
    """The list of digests made anew, as somebody would who altered a file with care."""
    names = [line.partition("  ")[2] for line in (folder / "SHA256SUMS").read_text("utf-8").splitlines()]
    lines = [f"{sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names]
    (folder / "SHA256SUMS").write_text("".join(lines), "utf-8")


def change(folder, table, row, column, value):
    """One cell of a table, row from 1, written anew."""
    path = folder / "data" / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    rows[row][rows[0].index(column)] = value
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def test_one_byte_altered_in_any_file_names_the_file(folder, settings, tmp_path):
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != "SHA256SUMS"]
    for path in files:
        data = path.read_bytes()
        path.write_bytes(data[:-2] + bytes([data[-2] ^ 1]) + data[-1:])
    said = refused(folder, settings, tmp_path)
    for path in files:
        assert any(line.startswith(f"{path.relative_to(folder)}：文件齐全，且与清单上的指纹一致") for line in said), (
            path
        )


def test_a_lacking_file_is_named(folder, settings, tmp_path):
    (folder / "data" / "gift.csv").unlink()
    (folder / "documents" / next((folder / "documents").iterdir()).name).unlink()
    said = refused(folder, settings, tmp_path)
    assert [line.partition("：")[0].partition("/")[0] for line in said] == ["data", "documents"]
    assert all("没有这个文件" in line for line in said)


def test_a_file_too_many_is_named(folder, settings, tmp_path):
    (folder / "data" / "more.csv").write_text("a\n")
    (folder / "link").symlink_to("/etc/hostname")
    assert [line.partition("：")[0] for line in refused(folder, settings, tmp_path)] == ["data/more.csv", "link"]


def test_a_line_too_many_is_named_even_where_the_digests_were_made_anew(folder, settings, tmp_path):
    path = folder / "data" / "gift.csv"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join([*lines, lines[-1]]), "utf-8")
    summed(folder)
    said = refused(folder, settings, tmp_path)
    assert said[0].startswith(f"data/gift.csv 第 {len(lines) + 1} 行 列 record_id：")
    assert "出现第二次" in said[0]
    assert said[1].startswith(f"data/gift.csv 第 {len(lines) + 1} 行（末行）：")
    assert f"现为{len(lines)} 行；应为{len(lines) - 1} 行" in said[1]


@pytest.mark.parametrize(
    ("table", "column", "cell", "expected"),
    [
        ("entry", "amount", "60,000", "应为整数，写作 1000"),
        ("entry", "amount", "007", "应为整数，写作 1000"),
        ("entry", "amount", "9223372036854775808", "应为整数，写作 1000"),
        ("entry", "amount", "", "应为不空"),
        ("visit", "first", "2011-8-29", "应为日期，写作 2011-08-29"),
        ("project", "open_list", "是", "应为true 或 false"),
        ("project", "name", "项" * 61, "应为至多 60 个字"),
        ("statement", "passage_id", "999999", "应为表 passage 的一个编号"),
    ],
)
def test_a_cell_that_does_not_fit_is_named_by_file_line_and_column(
    folder, settings, tmp_path, table, column, cell, expected
):
    change(folder, table, 2, column, cell)
    summed(folder)
    (said,) = refused(folder, settings, tmp_path)
    assert said.startswith(f"data/{table}.csv 第 3 行 列 {column}：")  # the heads are line 1
    assert expected in said


def test_a_column_lacking_or_too_many_is_named(folder, settings, tmp_path):
    path = folder / "data" / "gift.csv"
    path.write_text(path.read_text("utf-8").replace("sector", "branch", 1), "utf-8")
    summed(folder)
    said = refused(folder, settings, tmp_path)
    assert any("没有这一列；应为sector" in line for line in said)
    assert any(line.startswith("data/gift.csv 第 1 行 列 branch：") for line in said)


def test_a_row_that_the_database_refuses_is_named(folder, settings, tmp_path):
    """A balance that its postings do not make: the amounts fit their column, the sum is wrong."""
    change(folder, "posting", 1, "balance", "1")
    summed(folder)
    (said,) = refused(folder, settings, tmp_path)
    assert said.startswith("data/posting.csv 第 2 行：每一行合于账本的约束")
    assert "posting_follows" in said


def test_a_description_that_cannot_be_read_is_named(folder, settings, tmp_path):
    (folder / "datapackage.json").write_text('{"resources": 1}')
    summed(folder)
    said = refused(folder, settings, tmp_path)
    assert said[0].startswith("datapackage.json：说明文件读得懂")


def test_a_book_that_holds_something_is_left_as_it_is(folder, settings, tmp_path):
    settings.VAR = tmp_path / "second"
    load_whole(folder, person=ADMINISTRATOR)
    before = head()
    with pytest.raises(Refused, match="装入的账本是空的"):
        load_whole(folder, person=ADMINISTRATOR)
    assert head() == before
    assert verify().true


def test_an_export_overwrites_nothing_and_leaves_nothing_half(settings, tmp_path):
    programme = example(settings, tmp_path / "var")  # which keeps no papers
    (tmp_path / "there").mkdir()
    with pytest.raises(LookupError, match="已经有了"):
        write_whole(programme, tmp_path / "there", person=OFFICER)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE records_project SET code = '\\N' WHERE record_id = (SELECT MIN(record_id) FROM records_project)"
        )
    with pytest.raises(ValueError, match="分不开"):
        write_whole(programme, tmp_path / "whole", person=OFFICER)
    assert {path.name for path in tmp_path.iterdir()} - {"var"} == {"there"}


# ---- by the command -------------------------------------------------------------------------------------------------


def test_what_one_command_loaded_the_other_writes_again_byte_for_byte(folder, tmp_path):
    done = duikou(tmp_path, "import", str(folder))
    assert done.returncode == 0, done.stderr
    assert "装入 tj-hn" in done.stdout
    out = duikou(tmp_path, "export", "tj-hn", str(tmp_path / "again"))
    assert out.returncode == 0, out.stderr
    for path in (folder / "data").iterdir():
        assert (tmp_path / "again" / "data" / path.name).read_bytes() == path.read_bytes()
    assert "没有项目方案 nobody；可用：tj-hn" in duikou(tmp_path, "export", "nobody", "x").stderr


def test_every_column_of_the_description_is_called_by_a_word():
    titles = {
        (name, column["name"]): column["title"]
        for name, model in tables().items()
        for column in whole._described(model, kind_of(model))
    }
    assert {at: said for at, said in titles.items() if said.isascii()} == {}
    assert titles["posting", "before_balance"] == "上一笔余额"
    assert titles["statement", "value_low"] == "所说的数（下限）"
    assert titles["posting", "entry_id"] == "资金"  # what it refers to


@pytest.mark.parametrize("command", [("verify",), ("report",), ("export", "tj-hn", "there")])
def test_a_command_without_a_book_says_that_there_is_none_and_how_one_is_made(tmp_path, command):
    said = duikou(tmp_path, *command)
    assert said.returncode == 1
    assert "里还没有账本；先运行 duikou load 文件夹 或 duikou demo" in said.stderr
    assert "Traceback" not in said.stderr
    assert len(said.stderr.strip().splitlines()) == 1


def test_a_command_that_is_mistyped_is_told_so_without_a_traceback(tmp_path):
    said = duikou(tmp_path, "table", "--nothing")
    assert said.returncode == 1
    assert "Traceback" not in said.stderr
