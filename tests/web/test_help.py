"""帮助: in the same place on every page; the words of the page, its definitions, whom to ask."""

import re

import pytest
from books import PERIOD, signed_in
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation

from duikou.statistics.definition import sheets
from duikou.terms.words import vocabulary
from duikou.web.helping import words

HOME = f"/p/tj-hn/{PERIOD}/"
FIRST = re.compile(r'<footer class="wrap"><div class="foot">\s*<a class="help screen" href="([^"]*)">(\w+)</a>')


def text(page):
    """A page without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


# ---- the same place ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "leads"),
    [
        (f"{HOME}own/", f"/help/?at={HOME}own/"), ("/sign-in/", "/help/?at=/sign-in/"), ("/nothing", "/help/?at=/nothing"),
        ("/def/", "/help/?at=/def/"), ("/en/def/", "/en/help/?at=/def/"), ("/help/?at=/def/", "/help/"),
    ],
)  # fmt: skip
def test_every_page_leads_to_the_help_from_the_same_place(visitor, path, leads):
    found = FIRST.search(visitor.get(path).content.decode())
    assert (found[1], found[2]) == (leads, "Help" if path.startswith("/en/") else "帮助")


@pytest.mark.parametrize("template", ["500.html", "503.html"])
def test_a_page_that_asks_the_book_nothing_leads_there_too(template):
    assert FIRST.search(render_to_string(template, {"path": "/"}))[1] == "/help/"


# ---- words and definitions -----------------------------------------------------------------------------------------------


def test_every_word_that_a_page_names_exists_and_has_its_sentence_in_both_languages():
    named = {said for _, lists, _ in words.PAGES for said in lists} | set(words.OVERVIEW) | set(words.LISTS)
    for said in named:
        name, _, code = said.partition(".")
        told = [entry for entry in vocabulary()[name].values() if entry.sentence and code in ("", entry.code)]
        assert name in words.LISTS, said
        assert told, said
        assert all(entry.sentence.endswith("。") and entry.meaning for entry in told), said


def test_every_word_with_a_sentence_stands_in_a_list_that_the_help_tells_of():
    told = {name for name, entries in vocabulary().items() if any(entry.sentence for entry in entries.values())}
    assert told == set(words.LISTS)


def test_the_subjects_that_pages_name_have_definitions():
    subjects = {code.partition(".")[0] for code in sheets()}
    assert {subject for *_, named in words.PAGES for subject in named} <= subjects


@pytest.mark.parametrize(
    ("at", "has", "lacks"),
    [
        (f"{HOME}funds/", "支援方财政已经拨出；受援方收到没有，看到账。", "银行确认付讫。"),
        (f"{HOME}funds/claims/", "银行确认付讫。", "受援方照银行回单确认收到的钱。"),
        (HOME, "应当有而没有人报的数，是空格，不是 0。", "银行确认付讫。"),
        ("/en/p/tj-hn/2011/d/", "签章的原件，或者凭证。", "银行确认付讫。"),
    ],
)
def test_the_help_of_a_page_tells_its_words(visitor, at, has, lacks):
    page = visitor.get("/help/", {"at": at}).content.decode()
    here = page[page.index('id="here"') : page.index('id="all"')]
    assert has in here
    assert lacks not in here


def test_the_help_of_a_figure_leads_to_its_definition_and_to_no_other(visitor):
    page = visitor.get("/help/", {"at": f"/f/donations.education:tj-hn.{PERIOD}"}).content.decode()
    assert re.findall(r'href="(/def/[\w.]+/)"', page) == ["/def/donations.education/"]


def test_in_english_words_are_said_in_english(visitor):
    page = visitor.get("/en/help/", {"at": f"{HOME}funds/"})
    assert "Paid out by the supporting treasury." in text(page)
    assert f'href="/en{HOME}funds/"' in page.content.decode()
    translation.deactivate()


@pytest.mark.parametrize(
    "at", ["", "//elsewhere.example/", "https://elsewhere.example/", "javascript:x", "/help/", "nothing"]
)
def test_an_address_that_is_none_of_ours_is_not_led_back_to(visitor, at):
    page = visitor.get("/help/", {"at": at})
    assert page.status_code == 200
    assert "回刚才的一页" not in text(page)
    assert "elsewhere" not in page.content.decode().partition("<main")[2]


# ---- people --------------------------------------------------------------------------------------------------------------


def test_the_help_says_whom_to_ask_and_the_telephone_of_the_settings(visitor, settings):
    settings.PHONE = "000-0000"
    said = text(visitor.get("/help/"))
    assert "账号、密码、锁住了 天津市人民政府合作交流办公室系统管理员" in said
    assert "看不到、办不了 天津市人民政府合作交流办公室安全管理员" in said
    assert "电话 000-0000" in said


def test_the_help_shows_nothing_of_a_programme_that_one_may_not_see(internal):
    page = Client().get("/help/", {"at": HOME})
    assert page.status_code == 200
    assert "黄南" not in text(page)


@pytest.mark.parametrize(
    ("account", "first"),
    [("", "public_reader"), ("tongren", "county_clerk"), ("xianling", "leader"), ("caiwu", "finance_clerk")],
)
def test_the_manual_of_ones_own_role_comes_first(programme, account, first):
    page = (signed_in(account) if account else Client()).get("/help/").content.decode()
    assert re.search(r'<ul class="manuals"><li><a href="([^"]*)">\w+</a> <small>', page)[1] == f"/help/{first}/"
    assert len(re.findall(r'href="/help/\w+/"', page)) == 7


def test_a_manual_is_in_chinese_and_an_english_page_says_so(visitor):
    page = visitor.get("/en/help/county_clerk/").content.decode()
    assert '<div class="text" lang="zh-CN">' in page
    assert '<h1 lang="zh-CN">操作手册：县填报员</h1>' in page
    assert visitor.get("/help/nobody/").status_code == 404
