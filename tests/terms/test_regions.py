"""Areas by their codes of GB/T 2260, each with the days between which the code was valid."""

import re
from datetime import date

import pytest

from duikou.terms.words import Region, region, regions

ALL = [found for rows in regions().values() for found in rows]


@pytest.mark.parametrize("found", ALL, ids=lambda found: found.code)
def test_a_region_has_six_digits_and_its_names(found: Region) -> None:
    assert re.fullmatch("[0-9]{6}", found.code)
    assert found.short[:2] in found.name
    assert found.short[-1] == found.name[-1]
    assert found.en.isascii()
    assert found.en


@pytest.mark.parametrize("found", [found for found in ALL if found.successor], ids=lambda found: found.code)
def test_a_code_that_ended_names_its_successor_from_the_next_day(found: Region) -> None:
    assert found.valid_until is not None
    following = region(found.successor)
    assert following.valid_from is not None
    assert (following.valid_from - found.valid_until).days == 1


def test_the_county_henan_is_not_the_province_henan() -> None:
    county, province = region("632324"), region("410000")
    assert (county.short, province.short) == ("河南县", "河南省")
    assert county.name == "青海省黄南州河南蒙古族自治县"


def test_the_province_hainan_stands_for_no_prefecture() -> None:
    assert region("460000").name == "海南省"


@pytest.mark.parametrize(
    ("code", "day", "short"),
    [
        ("632321", date(2011, 8, 29), "同仁县"),
        ("632321", date(2020, 6, 4), "同仁县"),
        ("632301", date(2020, 6, 5), "同仁市"),
        ("632301", None, "同仁市"),
        ("120116", date(2009, 11, 9), "滨海新区"),
        ("120000", date(1990, 1, 1), "天津市"),
    ],
)
def test_a_code_names_the_area_of_its_days(code: str, day: date | None, short: str) -> None:
    assert region(code, day).short == short


@pytest.mark.parametrize(
    ("code", "day"),
    [
        ("632321", date(2020, 6, 5)),
        ("632321", None),
        ("632301", date(2011, 8, 29)),
        ("120116", date(2009, 11, 8)),
        ("632399", None),
        ("", None),
    ],
)
def test_a_code_out_of_its_days_names_nothing(code: str, day: date | None) -> None:
    with pytest.raises(KeyError, match=f"区划代码 {code} 在 {day or '今天'} 不存在"):
        region(code, day)
