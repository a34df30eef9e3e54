"""Chinese and English: the address says the language, addresses in a page keep it, every sentence has its English."""

import ast
import os
import re
import threading
from gettext import GNUTranslations
from pathlib import Path

import allauth
import axes
import django
import pytest
from babel.messages.pofile import read_po
from books import PERIOD
from django.template import engines
from django.template.base import Template
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.utils import translation

from duikou.rules import period as periods
from duikou.terms.words import vocabulary
from duikou.web import addresses, catalogue, language

WEB = Path(catalogue.__file__).parent
HOME = f"/p/tj-hn/{PERIOD}/"
PAGES = (
    HOME, f"{HOME}t/overview/", f"{HOME}d/", f"{HOME}own/", f"{HOME}search?q=2000", f"{HOME}search", "/sign-in/",
    f"/f/donations.education:tj-hn.{PERIOD}", "/d/4a0b8e5b/", "/d/4a0b8e5b/p/20/", "/rights/",
)  # fmt: skip

OURS = (
    "base.html", "menu.html", "search.html", "search_box.html", "403.html", "403_csrf.html", "404.html", "410.html",
    "500.html", "empty.html", "dashboard.html", "document.html", "documents.html", "table.html", "trail.html",
)  # fmt: skip


# ---- addresses ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PAGES)
def test_every_address_in_an_english_page_leads_to_an_english_page(visitor, path):
    page = visitor.get(f"/en{path}").content.decode()
    there = re.findall(r'(?:href|action)="(/[^"]*)"', page)
    chinese = [address for address in there if not address.startswith(("/en/", "/static/"))]
    assert '<html lang="en">' in page
    assert {address.partition("?")[0] for address in chinese} == {path.partition("?")[0]}  # the switch, and its link


@pytest.mark.parametrize("path", PAGES)
def test_the_switch_leads_to_the_same_page_in_the_other_language(visitor, path):
    for here, there, words in ((path, f"/en{path}", "EN"), (f"/en{path}", path, "中文")):
        page = visitor.get(here).content.decode()
        (switch,) = re.findall(r'<nav class="languages".*?</nav>', page)
        assert re.search(rf'href="{re.escape(there)}"[^>]*>{words}</a>', switch.replace("&amp;", "&"))
        for lang, address in (("zh-CN", path), ("en", f"/en{path}")):
            assert f'<link rel="alternate" hreflang="{lang}" href="{address}">' in page


def test_neither_the_browser_nor_a_cookie_chooses_the_language(visitor):
    visitor.cookies["django_language"] = "en"
    assert '<html lang="zh-CN">' in visitor.get(HOME, headers={"accept-language": "en"}).content.decode()
    assert '<html lang="en">' in visitor.get(f"/en{HOME}", headers={"accept-language": "zh-CN"}).content.decode()


def test_leading_on_keeps_the_language(visitor, clerk):
    assert visitor.get("/en/p/tj-hn/")["Location"] == f"/en{HOME}"
    assert visitor.get("/en/p/tj-hn/?from=2010-10&to=2010-12")["Location"] == "/en/p/tj-hn/2010q4/"
    assert visitor.get(f"/en{HOME}funds/new")["Location"] == f"/en/sign-in/?next=/en{HOME}funds/new"
    assert clerk.post("/en/sign-out/")["Location"] == "/en/"


def test_an_unknown_english_page_names_the_nearest_english_one(visitor):
    assert f'href="/en{HOME}"' in visitor.get(f"/en{HOME}nothing/").content.decode()
    assert 'class="btn pri" href="/en/"' in visitor.get("/en/nothing").content.decode()


@pytest.mark.parametrize(
    ("path", "chinese", "english"),
    [
        ("/p/a/", "/p/a/", "/en/p/a/"),
        ("/en/p/a/?q=1", "/p/a/?q=1", "/en/p/a/?q=1"),
        ("/en", "/", "/en/"),
        ("/end/", "/end/", "/en/end/"),
    ],
)
def test_an_address_has_a_chinese_and_an_english_form(path, chinese, english):
    assert addresses.in_chinese(path) == chinese
    assert addresses.in_english(path) == english


@pytest.mark.parametrize("path", [HOME, f"{HOME}t/overview/", f"{HOME}d/", f"/f/funds.secured:tj-hn.{PERIOD}"])
def test_a_page_whose_text_is_chinese_still_says_so(visitor, path):
    assert re.search(r'<main id="main"[^>]* lang="zh-CN">', visitor.get(f"/en{path}").content.decode())


@pytest.mark.parametrize("path", [f"{HOME}own/", f"{HOME}search", "/nothing", f"{HOME}funds/new"])
def test_a_page_in_english_has_no_chinese_but_names_and_what_says_that_it_is_chinese(auditor, path):
    page = auditor.get(f"/en{path}").content.decode()
    page = re.sub(r"<title>.*?</title>", "", page, flags=re.S)  # the name of the programme
    page = re.sub(r'<nav class="languages".*?</nav>', "", page)
    page = re.sub(r'<(\w+)[^>]* lang="zh-CN"[^>]*>.*?</\1>', "", page, flags=re.S)
    page = re.sub(
        r"账首 DK.*?</span>|天津市人民政府合作交流办公室", "", page
    )  # the head of the book, the name of an office
    assert re.findall(r"[^\n<>]*[\u4e00-\u9fff]+[^\n<>]*", page) == []


# ---- words -------------------------------------------------------------------------------------------------------------


def test_a_code_is_said_in_the_language_of_the_page():
    assert [language.say("nature", "approximate"), language.say("nature", "")] == ["概数", ""]
    with translation.override("en"):
        assert language.say("nature", "approximate") == "approximate"
        assert language.heading("page", "people") == "People and education"
        assert language.area_name("632300") == "Huangnan"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("2011-08-29", "29 Aug 2011"), ("2011-08", "Aug 2011"), ("2011q3", "Q3 2011"), ("2011", "2011"),
        ("2010-08..2011-08", "Aug 2010 – Aug 2011"), ("2011..2015", "2011 – 2015"),
    ],
)  # fmt: skip
def test_a_period_is_written_in_english(code, said):
    with translation.override("en"):
        assert language.period_words(periods.parse(code)) == said
    assert language.period_words(periods.parse(code)) == periods.parse(code).zh


# ---- the catalogues ----------------------------------------------------------------------------------------------------


def sentences():
    """Every sentence that templates and Python give to be translated, with the file it stands in."""
    found = {}
    for path in sorted(WEB.rglob("*.html")):
        for said in _in_template(path):
            found.setdefault(said, path.name)
    for path in sorted(WEB.rglob("*.py")):
        for said in _in_python(path):
            found.setdefault(said, path.name)
    return found


def _in_template(path):
    template = Template(path.read_text("utf-8"), engine=engines["django"].engine)
    for node in template.nodelist.get_nodes_by_type(TranslateNode):
        literal = node.filter_expression.var
        yield str(getattr(literal, "literal", literal))
    for node in template.nodelist.get_nodes_by_type(BlockTranslateNode):
        yield node.render_token_list(node.singular)[0]


def _in_python(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name in ("_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy") and isinstance(
            node.args[0], ast.Constant
        ):
            yield node.args[0].value


def entries(folder):
    with (catalogue.SOURCE / folder / "LC_MESSAGES" / "django.po").open("rb") as file:
        catalog = read_po(file, abort_invalid=True)
    return {entry.id if isinstance(entry.id, str) else entry.id[0]: entry for entry in catalog if entry.id}


def test_every_sentence_has_its_english():
    known = {said for said, entry in entries("en").items() if entry.string and all(entry.string)}
    assert {said: where for said, where in sentences().items() if not said.isascii() and said not in known} == {}


def test_no_english_stands_for_a_sentence_that_nothing_says():
    assert set(entries("en")) - set(sentences()) == set()


def test_english_and_chinese_name_the_same_values():
    odd = {
        said: entry.string
        for said, entry in entries("en").items()
        for text in ([entry.string] if isinstance(entry.string, str) else entry.string)
        if sorted(re.findall(r"%\(\w+\)s|\{\w*\}", said)) != sorted(re.findall(r"%\(\w+\)s|\{\w*\}", text))
    }
    assert odd == {}


def test_a_word_of_the_field_is_said_by_the_terms_and_not_by_a_catalogue():
    words = {
        entry.zh
        for list_name in ("page", "role", "act", "nature", "grade")
        for entry in vocabulary()[list_name].values()
    }
    ours = {said for said, where in sentences().items() if where in OURS}
    assert ours & words == set()


def test_our_chinese_stands_for_sentences_that_a_library_brings():
    theirs = set()
    for package, spoken in ((django, "en"), (allauth, "en"), (axes, "fr")):  # axes brings no English file
        for path in Path(package.__file__).parent.rglob(f"locale/{spoken}/LC_MESSAGES/django.po"):
            with path.open("rb") as file:
                theirs |= {
                    e.id if isinstance(e.id, str) else e.id[0] for e in read_po(file, ignore_obsolete=True) if e.id
                }
    assert {said for said in entries("zh_Hans") if said not in theirs} == set()


def test_no_compiled_catalogue_lies_beside_the_pages():
    assert list(WEB.rglob("*.mo")) == []


def test_a_catalogue_is_compiled_when_missing_or_older_and_only_then(settings, tmp_path):
    settings.LOCALE_PATHS = [tmp_path]
    made = tmp_path / "en" / "LC_MESSAGES" / "django.mo"
    catalogue.compile_all()
    first = made.read_bytes()
    assert first.startswith(b"\xde\x12\x04\x95")
    made.write_bytes(b"newer than its source: left alone")
    catalogue.compile_all()
    assert made.read_bytes() != first
    os.utime(made, (0, 0))
    catalogue.compile_all()
    assert made.read_bytes() == first


def test_many_may_start_at_once_and_each_finds_a_whole_catalogue(settings, tmp_path):
    settings.LOCALE_PATHS = [tmp_path]
    threads = [threading.Thread(target=catalogue.compile_all) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {path.suffix for path in tmp_path.rglob("*") if path.is_file()} == {".mo"}
    with (tmp_path / "en" / "LC_MESSAGES" / "django.mo").open("rb") as made:
        assert GNUTranslations(made).gettext("登录") == "Sign in"
