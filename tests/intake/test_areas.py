"""The operator's list of areas: kept whole beside ours, refused line by line, never changing what the program brings."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from duikou.intake.areas import keep_areas, read_areas
from duikou.rules.problem import Refused
from duikou.terms.words import operators_list, region, regions, shipped

HEAD = "code,name,short,en,valid_from,valid_until,successor\n"
LIST = HEAD + (
    "110000,北京市,,,,,\n"
    "632301,同仁市,同仁市,Tongren City,2020-06-05,,\n"
    "110101,北京市东城区,东城区,Dongcheng,2010-07-01,,\n"
    "110103,北京市崇文区,崇文区,Chongwen,,2010-06-30,110101\n"
)


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder of its own for the list that is kept."""
    monkeypatch.setenv("DUIKOU_VAR", str(tmp_path / "var"))
    regions.cache_clear()
    yield tmp_path
    monkeypatch.undo()
    regions.cache_clear()


def written(place, text):
    path = place / "list.csv"
    path.write_bytes(text.encode())
    return path


def test_a_list_is_read_beside_ours_and_what_we_bring_stays(place):
    kept = keep_areas(written(place, LIST))
    assert ([row.code for _, row in kept.rows], kept.known) == (["110101", "110103"], 2)
    assert region("110101").short == "东城区"
    assert region("110103", date(2009, 1, 1)).successor == "110101"
    with pytest.raises(KeyError):
        region("110103")
    assert regions()["110000"] == shipped()["110000"]
    assert oct(operators_list().stat().st_mode)[-3:] in ("600", "644")


def test_the_next_list_takes_the_place_of_the_one_before(place):
    keep_areas(written(place, LIST))
    keep_areas(written(place, HEAD + "110102,北京市西城区,西城区,Xicheng,,,\n"))
    assert "110102" in regions()
    assert "110101" not in regions()


@pytest.mark.parametrize(
    ("row", "code", "found"),
    [
        ("110000,燕京市,,,,,", "areas.7", "燕京市"),
        ("632321,同仁县,,,,,", "areas.7", "同仁县"),  # ours ended on 2020-06-04
        ("11010,东城区,,,,,", "areas.2", "11010"),
        ("990500,某地,,,,,", "areas.2", "990500"),
        ("710101,某区,,,,,", "areas.2", "没有上级 710000"),
        ("110101,,,,,,", "areas.3", "0 个字"),
        ("110101,东城区,,,2010年,,", "areas.4", "2010年"),
        ("110101,东城区,,,2011-01-01,2010-01-01,", "areas.4", "2011-01-01 至 2010-01-01"),
        ("110103,崇文区,,,,2010-06-30,110199", "areas.5", "后继 110199，停用 2010-06-30"),
        ("110103,崇文区,,,,,110000", "areas.5", "后继 110000，停用 未写"),
        ("110101,东城区,,,,", "areas.1", "6 列"),
        ("110101,东城区,,,,,\n110101,又一个东城区,,,,,", "areas.6", "110101：东城区、又一个东城区"),
    ],
)
def test_a_row_that_cannot_stand_is_named_with_its_line_and_nothing_is_kept(place, row, code, found):
    with pytest.raises(Refused) as refusal:
        keep_areas(
            written(place, LIST.replace("110101,北京市东城区", "110106,北京市丰台区").split("110103")[0] + row + "\n")
        )
    (problem,) = refusal.value.problems
    last = 4 + len(row.splitlines())
    assert (problem.code, problem.found, problem.place) == (code, found, f"list.csv:{last}")
    assert problem.remedy
    assert not operators_list().exists()


def test_all_problems_are_told_at_once(place):
    told = read_areas(written(place, HEAD + "1,x,,,,,\n110101,,,,,,\n")).problems
    assert [(problem.code, problem.place) for problem in told] == [("areas.2", "list.csv:2"), ("areas.3", "list.csv:3")]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"\xff\xfe", "第 1 字节不是 UTF-8"),
        (b"", "空文件"),
        ("代码,名称\n".encode(), "代码,名称"),
        (None, "没有这个文件"),
    ],
)
def test_what_is_no_list_is_said_in_words(place, data, found):
    path = place / "list.csv"
    if data is not None:
        path.write_bytes(data)
    (problem,) = read_areas(path).problems
    assert (problem.code, problem.found) == ("areas.1", found)


def test_the_command_keeps_a_list_and_says_how_much(place, capsys):
    call_command("areas", str(written(place, LIST)))
    assert "导入 2 个区划；随软件已有 2 个" in capsys.readouterr().out
    with pytest.raises(CommandError, match=r"共 1 处不对，什么也没有写入：[\s\S]*list\.csv:2"):
        call_command("areas", str(written(place, HEAD + "x,y,,,,,\n")))
    assert "110101" in regions()
