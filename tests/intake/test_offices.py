"""Offices of a new book from a file: opened once, all or nothing, odd files named in words."""

import pytest
from books import EXAMPLE, OFFICER, example

from duikou.acts.journal import head, header_of
from duikou.acts.offices import person
from duikou.acts.verify import verify
from duikou.intake.offices import load_offices
from duikou.records.models import Account, JournalLine, Office
from duikou.rules.rights import Place, may

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

NEW = """
[[office]]
organisation = "bjdk"
name = "北京市对口支援工作办公室"
type = "部门"
area = "110000"
side = "支援方"
accounts = [{ code = "zonghe", role = "业务员" }]
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
        ('area = "632323"', 'area = "632300"', "第 2 个单位：.*县填报员在受援方的县"),
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


def test_the_demonstration_has_one_account_of_each_role_and_one_officer_who_opens_programmes(opening):
    *opened, last = load_offices(EXAMPLE / "offices.toml", administrator=OFFICER, security=OFFICER)
    assert sorted(o.role for o in opened) == sorted({o.role for o in opened})
    assert len(opened) == 10
    assert (last.code, last.role) == ("zonghe", "programme_officer")
    assert [may(person(code), "open_programme", Place(programme="new")) for code in ("yewu", "zonghe")] == [False, True]


def test_a_new_book_is_opened_as_that_of_the_first_office(db, settings, tmp_path):
    settings.VAR, file = tmp_path, tmp_path / "offices.toml"
    file.write_text(NEW, "utf-8")
    assert head() is None
    assert [o.code for o in load_offices(file, administrator=OFFICER, security=OFFICER)] == ["zonghe"]
    first = header_of(JournalLine.objects.get(number=1))
    assert (first["act"], first["office"]) == ("open_book", "北京市对口支援工作办公室")
    assert verify().true


def test_a_new_book_whose_first_office_has_no_name_is_not_opened(db, settings, tmp_path):
    settings.VAR, file = tmp_path, tmp_path / "offices.toml"
    file.write_text(NEW.replace('name = "北京市对口支援工作办公室"', ""), "utf-8")
    with pytest.raises(ValueError, match="第 1 个单位：缺 name"):
        load_offices(file, administrator=OFFICER, security=OFFICER)
    assert head() is None
