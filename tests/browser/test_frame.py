"""The frame in a real browser: one calm line of menu in both languages, the search by its key, the account's own menu."""

import pytest
from books import PERIOD
from playwright.sync_api import expect
from serving import ends

pytestmark = pytest.mark.browser
HOME = f"/p/tj-hn/{PERIOD}/"
DESK, TELEPHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
ROWS = """(of) => {
  const shown = [...document.querySelectorAll(of)].filter((e) => e.checkVisibility()).map((e) => e.getBoundingClientRect());
  return new Set(shown.map((box) => Math.round(box.top + box.height / 2))).size;
}"""
OUTSIDE = """() => [...document.querySelectorAll(".nav a")]
  .filter((e) => e.getBoundingClientRect().right > document.documentElement.clientWidth).map((e) => e.textContent)"""


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_head_and_menu_are_one_line_each_on_a_desk(window, site, prefix):
    page = window("/sign-in/", viewport=DESK)
    site.sign_in(page, f"{prefix}{HOME}")
    expect(page).to_have_url(ends(f"{prefix}{HOME}"))
    assert page.evaluate(ROWS, ".top > .wrap > *") == 1
    assert page.evaluate(ROWS, ".nav a") == 1
    assert page.evaluate(OUTSIDE) == []


@pytest.mark.sweep
@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("path", [f"{HOME}search?q=2000", f"{HOME}search?q=nothing", f"{HOME}own/", "/rights/"])
def test_nothing_runs_off_the_side_of_a_telephone(window, prefix, path):
    page = window(f"{prefix}{path}", viewport=TELEPHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_the_key_of_the_search_goes_to_its_box_but_not_out_of_a_field(window):
    page = window(HOME)
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.type("1/2")
    assert page.locator("#head-q").input_value() == "1/2"
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=1%2F2")


def test_the_search_works_without_a_script(window):
    page = window(HOME, java_script_enabled=False)
    page.locator("#head-q").fill("文化广场")
    page.get_by_role("search").get_by_role("button", name="查找").click()
    expect(page.get_by_role("link", name="热贡文化广场", exact=True)).to_be_visible()


def test_the_account_menu_opens_by_keyboard_closes_by_escape_and_signs_out(window, site):
    page = window("/sign-in/")
    site.sign_in(page, HOME)
    menu = page.locator("details.account")
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(menu.get_by_role("link", name="我的账号")).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu.get_by_role("link", name="我的账号")).not_to_be_visible()
    menu.locator("summary").click()
    menu.get_by_role("button", name="退出").click()
    page.get_by_role("link", name="登录").wait_for()


def test_the_switch_shows_the_same_page_in_the_other_language(window):
    page = window(f"{HOME}search?q=2000")
    page.get_by_role("navigation", name="语言").get_by_role("link").click()
    expect(page).to_have_url(ends(f"/en{HOME}search?q=2000"))
    assert page.get_by_role("heading", level=1).inner_text() == 'Search: "2000"'
