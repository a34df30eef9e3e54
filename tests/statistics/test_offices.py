"""A table over many offices: figures by programme, added where the law allows it, and by every engine the same."""

import os
from dataclasses import replace
from io import StringIO

import pytest
from acts.conftest import server  # noqa: F401  a fixture
from books import EXAMPLE, OFFICER
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings
from parts import require
from text_table import snapshot_of

from duikou.acts.accepting import open_book
from duikou.intake.folder import load
from duikou.snapshot.signed import export, make_key, trust
from duikou.snapshot.store import freeze
from duikou.statistics.offices import Office, table_together

SECOND = EXAMPLE.parent / "wanglan-yunxiu-2023"

NORTH = {
    "programmes": "number programme code title\n1 a a 甲方案\n2 b b 乙方案",
    "entries": """
number programme state     standing amount   first      last
1      a         secured   own      2000万元 2011-01-01 2011-01-01
2      a         disbursed own      500万元  2011-03-01 2011-03-01
3      b         secured   own      300万元  2011-01-01 2011-01-01
""",
    "trainings": "number programme basis trainees first last\n7 a actual 15名 2011-01-01 2011-01-01",
    "investments": """
number programme product status        giver capacity first      last
8      a         矿泉水   in_production x     72000吨  2011-03-01 2011-03-01
""",
}
SOUTH = {
    "programmes": "number programme code title\n1 c c 丙方案",
    "entries": """
number programme state     standing amount   first      last
1      c         secured   own      1000万元 2011-01-01 2011-01-01
2      c         disbursed own      1000万元 2011-12-31 2011-12-31
3      c         disbursed own      9000万元 2012-01-01 2012-01-01
""",
    "trainings": "number programme basis trainees first last\n1 c actual 20名 2011-01-01 2011-01-01",
    "intents": "number programme amount first last\n1 c 近6亿元 2011-01-01 2011-01-01",
}


@pytest.fixture
def offices(tmp_path):
    """Two offices whose record numbers are the same ones, and one that has handed in nothing."""
    return [
        Office("北", snapshot_of(tmp_path / "north", **NORTH)),
        Office("南", snapshot_of(tmp_path / "south", **SOUTH)),
    ]


def said(table):
    return {row.label: (row.total, row.called, dict(row.cells)) for row in table.rows if not row.refused}


def test_money_adds_across_programmes_and_each_has_its_own(offices):
    found = said(table_together(offices, "overview", "2011"))
    cells = {"a": "2000万元", "b": "300万元", "c": "1000万元"}
    assert found["先期启动对口支援资金（已落实）"] == ("3300万元", "合计", cells)  # 2000 + 300 + 1000
    assert found["其中：已拨付到位"] == ("1500万元", "已报 2/3 个方案之和", {"a": "500万元", "c": "1000万元"})


def test_a_ratio_is_divided_anew_of_the_sums_of_those_who_say_both(offices):
    total, called, cells = said(table_together(offices, "overview", "2011"))["拨付进度"]
    assert (total, called) == ("50.0%", "已报 2/3 个方案之和")  # (500 + 1000) / (2000 + 1000), b has disbursed nothing
    assert cells == {"a": "25.0%", "c": "100.0%"}


def test_heads_of_two_offices_are_not_added_and_it_is_said_why(offices):
    (row,) = [row for row in table_together(offices, "overview", "2011").rows if row.label == "扶贫管理干部培训"]
    assert (row.total, row.cells) == ("", {"a": "15名", "c": "20名"})
    assert row.refused == "不相加（A1）：人数不沿项目方案相加。按此分组重新计数，不由分项相加"


def test_one_alone_is_no_sum_and_keeps_its_hedge(offices):
    found = said(table_together(offices, "overview", "2011"))
    assert found["意向协议金额"] == ("近6亿元", "已报 1/3 个方案之和", {"c": "近6亿元"})
    assert found["年加工矿泉水能力"][0] == "7.2万吨"
    assert found["已支出"] == ("", "", {})


def test_while_an_office_is_missing_no_sum_is_called_the_whole(offices):
    table = table_together([*offices, Office("东")], "overview", "2011")
    assert table.missing == ("东",)
    assert said(table)["先期启动对口支援资金（已落实）"][:2] == ("3300万元", "已报 3/3 个方案之和，1 家未交")


def test_two_offices_with_one_programme_are_refused_by_name(offices, tmp_path):
    again = Office("西", snapshot_of(tmp_path / "west", **SOUTH))
    with pytest.raises(LookupError, match="项目方案 c 有两家交来：南、西"):
        table_together([*offices, again], "overview", "2011")


def test_without_any_snapshot_there_is_no_table():
    with pytest.raises(LookupError, match="没有一份可用的时点数据"):
        table_together([Office("东")], "overview", "2011")


def test_a_register_is_told_by_the_sheets_it_uses(offices):
    rows = table_together(offices, "t10", "2011").rows
    assert rows
    assert not any(row.group for row in rows)


ELSEWHERE = [pytest.param("postgresql", marks=pytest.mark.postgresql)]
if os.environ.get("DUIKOU_PROVE"):  # half a minute; in a usual run test_engines asks Spark
    ELSEWHERE.append(pytest.param("spark", marks=pytest.mark.spark))


@pytest.mark.parametrize("engine", ELSEWHERE)
def test_every_engine_gives_the_same_table(offices, engine, request, monkeypatch):
    require(engine)
    if engine == "postgresql":
        monkeypatch.setenv("DUIKOU_STATISTICS_DATABASE", request.getfixturevalue("server")("postgres"))
    here = table_together(offices, "overview", "2011")
    assert table_together(offices, "overview", "2011", engine) == here
    assert any(row.total for row in here.rows)


@pytest.fixture(scope="module")
def handed(django_db_setup, django_db_blocker, tmp_path_factory):
    """What two offices hand in; their public keys."""
    folder, keys = tmp_path_factory.mktemp("handed"), {}
    for name, source in (("天津", EXAMPLE), ("望澜", SECOND)):
        var = tmp_path_factory.mktemp("office")
        with django_db_blocker.unblock(), override_settings(VAR=var), transaction.atomic():
            load(
                source,
                person=OFFICER,
                administrator=OFFICER,
                source=SECOND / "report.txt" if source == SECOND else None,
            )
            keys[name] = make_key(name)
            export(freeze(), folder / name)
            transaction.set_rollback(True)
    return folder, keys


def ask(folder, *words):
    out = StringIO()
    call_command(_command(), "overview", "--snapshots", str(folder), "--period", "2010..2025", *words, stdout=out)
    return out.getvalue()


def _command():
    from django.core.management import load_command_class

    return load_command_class("duikou.web", "table")


def together(handed, tmp_path, settings, *names, trusted=()):
    """A folder with what some offices handed in, whose keys are trusted."""
    import shutil

    settings.VAR = tmp_path / "var"
    open_book("某省合作交流办", person=OFFICER)
    for name in names:
        for one in (handed[0] / name).iterdir():
            shutil.copytree(one, tmp_path / "came" / one.name)
    for name in (*names, *trusted):
        trust(str(handed[1][name]))
    return tmp_path / "came"


@pytest.mark.django_db
def test_the_command_prints_who_handed_in_and_what_may_be_added(handed, tmp_path, settings):
    printed = ask(together(handed, tmp_path, settings, "天津", "望澜"))
    assert "已交 2/2 家" in printed
    assert "已收　望澜　账首 DK" in printed
    line = next(line for line in printed.splitlines() if "已拨付到位" in line)
    assert "tj-hn 1000万元" in line
    assert "wl-yx" in line


@pytest.mark.django_db
def test_the_command_names_the_office_that_is_missing(handed, tmp_path, settings):
    printed = ask(together(handed, tmp_path, settings, "天津", trusted=["望澜"]))
    assert "已交 1/2 家\n未交：望澜；下列之和不称合计" in printed


@pytest.mark.django_db
def test_the_command_makes_no_table_of_what_was_altered(handed, tmp_path, settings):
    came = together(handed, tmp_path, settings, "天津", "望澜")
    segment = sorted(came.glob("*/segments/*"))[0]
    segment.write_bytes(segment.read_bytes()[:-1])
    with pytest.raises(CommandError, match=f"(?s){segment.name}：现为sha256 .*没有出表"):
        ask(came)


@pytest.mark.django_db
def test_the_command_asks_for_a_period_and_for_a_folder_with_something_in_it(handed, tmp_path, settings):
    came = together(handed, tmp_path, settings, "天津")
    with pytest.raises(CommandError, match="--period 写明期间"):
        call_command(_command(), "overview", "--snapshots", str(came))
    with pytest.raises(CommandError, match="里没有交来的时点数据"):
        ask(tmp_path / "var")


def test_record_numbers_of_two_offices_are_never_held_together(offices):
    table = table_together(offices, "overview", "2011")
    other_way_round = table_together([*reversed(offices)], "overview", "2011")
    assert table.rows == replace(other_way_round, offices=table.offices).rows
