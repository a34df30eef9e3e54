"""An empty book: its first page says the three steps to the first figure, and how the first people come in."""

import re

import pytest
from books import signed_in
from django.test import Client

from duikou.intake.offices import load_offices
from duikou.rules.rights import everywhere
from duikou.web import dashboard


def text(page):
    """A page without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


@pytest.fixture
def empty(db, settings, tmp_path):
    """A book that nobody has opened."""
    settings.VAR = tmp_path
    return Client()


def test_a_book_without_people_says_how_the_first_ones_come_in_and_its_sample_does_it(empty, tmp_path):
    page = text(empty.get("/"))
    assert "账本还是空的：三步到第一个数" in page
    assert "duikou offices offices.toml" in page
    (tmp_path / "offices.toml").write_text(dashboard.OFFICES, "utf-8")
    by = {
        name: everywhere("command-line", role)
        for name, role in (("administrator",) * 2, ("security", "security_officer"))
    }
    opened = load_offices(tmp_path / "offices.toml", **by)
    assert [account.role for account in opened] == ["programme_officer", "administrator", "security_officer"]
    page = text(empty.get("/"))
    assert "offices.toml" not in page
    assert "由不限项目方案的业务员登录后办理" in page
    assert 'href="/programmes/new/"' in signed_in("yewu").get("/").content.decode()
    assert "账号 anquan 不能设立项目方案" in text(signed_in("anquan").get("/"))


@pytest.mark.parametrize("path", ["/search?q=1", "/network/", "/def/", "/sign-in/", "/help/", "/en/", "/jobs/"])
def test_no_page_of_an_empty_book_breaks(empty, path):
    assert empty.get(path).status_code in (200, 302)
