"""Offices of a new book from a file: opened once, all or nothing, odd files named in words."""

import pytest
from books import EXAMPLE, OFFICER, example

from duikou.acts.journal import head
from duikou.acts.offices import person
from duikou.intake.offices import load_offices
from duikou.records.models import Account, Office

FILE = """
[[office]]
organisation = "tjhzb"
side = "支援方"
accounts = [{ code = "zonghe", role = "业务员" }]

[[office]]
organisation = "zkxdk"
name = "泽库县对口办"
type = "部门"
area = "632323"
side = "受援方"
accounts = [{ code = "zeku", role = "县填报员", programme = "tj-hn" }]
"""


@pytest.fixture
def opening(db, settings, tmp_path):
    """A function that loads a text as such a file."""
    example(settings, tmp_path)

    def load(text):
        file = tmp_path / "offices.toml"
        file.write_text(text, "utf-8")
        return load_offices(file, administrator=OFFICER, security=OFFICER)

    return load


def test_offices_accounts_and_roles_open_once(opening):
    assert [(o.code, o.role) for o in opening(FILE)] == [("zonghe", "programme_officer"), ("zeku", "county_clerk")]
    before = head()
    assert opening(FILE) == []
    assert head() == before
    assert [post.area for post in person("zeku").posts] == ["632323"]
    assert Office.objects.get(organisation__code="tjhzb").area == "120000"  # its own, where the file says none


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ('role = "县填报员"', 'role = "县长"', "第 2 个单位：“县长”不在词表 role"),
        ('name = "泽库县对口办"', "", "第 2 个单位：缺 name"),
        ('programme = "tj-hn"', 'programme = "xx-yy"', "第 2 个单位：账上没有所写的项目方案"),
        ('area = "632323"', 'area = "632300"', "第 2 个单位：.*县填报员、县领导在受援方的县"),
        ('area = "632323"', 'area = "632399"', "第 2 个单位：.*632399"),
        ('side = "受援方"', 'side = "中间"', "第 2 个单位：“中间”不在词表 side"),
        ("[[office]]", "[office", "不是 TOML"),
    ],
)
def test_an_odd_file_is_refused_in_words_and_nothing_of_it_is_kept(opening, was, now, said):
    before = head()
    with pytest.raises(ValueError, match=said):
        opening(FILE.replace(was, now))
    assert head() == before
    assert not Account.objects.exists()


def test_the_demonstration_has_one_account_of_each_role(opening):
    opened = load_offices(EXAMPLE / "offices.toml", administrator=OFFICER, security=OFFICER)
    assert sorted(o.role for o in opened) == sorted({o.role for o in opened})
    assert len(opened) == 10
