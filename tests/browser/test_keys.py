"""The keys in a real browser: each does its one thing, none in a field or while an input method composes, all can be turned off."""

import pytest
from books import PERIOD
from playwright.sync_api import expect
from serving import ends

pytestmark = pytest.mark.browser
HOME = f"/p/tj-hn/{PERIOD}/"
TABLE, GIFTS = f"{HOME}t/overview/", f"{HOME}gifts/gift/"
TRAIL = f"/f/funds.secured:tj-hn.{PERIOD}"
DESK = {"width": 1366, "height": 768}
AT = "document.activeElement.closest('tr') && [...document.querySelectorAll('main tbody tr')].indexOf(document.activeElement.closest('tr'))"


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def test_the_question_mark_lists_the_keys_and_escape_closes_the_list(window):
    page = window(HOME, viewport=DESK)
    press(page, "?")
    expect(page.get_by_role("dialog", name="快捷键")).to_be_visible()
    press(page, "Escape")
    expect(page.get_by_role("dialog", name="快捷键")).not_to_be_visible()


@pytest.mark.sweep(5)
@pytest.mark.parametrize(("letter", "path"), [("f", "funds/"), ("p", "projects/"), ("t", "t/"), ("d", "d/"), ("o", "")])
def test_g_and_a_letter_open_a_page_of_the_menu(window, letter, path):
    page = window(f"{HOME}people/", viewport=DESK)
    press(page, "g", letter)
    page.wait_for_url(ends(f"{HOME}{path}"))


def test_j_and_k_walk_the_rows_and_enter_opens_one(window):
    page = window(GIFTS, viewport=DESK)
    press(page, "j")
    assert page.evaluate(AT) == 0
    press(page, "j", "j", "k")
    assert page.evaluate(AT) == 1
    wanted = page.evaluate("document.activeElement.href")
    press(page, "Enter")
    page.wait_for_url(wanted)


def test_space_shows_the_source_of_a_row_where_it_stands_and_escape_closes_it(window):
    page = window(TABLE, viewport=DESK)
    press(page, "j", " ")
    peek = page.locator(".sr details[open] .peek")
    expect(peek).to_be_visible()
    press(page, "Escape")
    expect(peek).to_have_count(0)


def test_o_opens_the_source(window):
    page = window(TRAIL, viewport=DESK)
    press(page, "o")
    page.wait_for_url("**/d/**")


def test_c_takes_the_figure_with_its_source(window):
    page = window(TRAIL, viewport=DESK)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    press(page, "c")
    assert page.evaluate("getSelection().toString() || document.activeElement.value").startswith("2000万元")
    assert page.evaluate("navigator.clipboard.readText()").startswith("2000万元")
    press(page, "Escape")
    expect(page.locator("details.take")).not_to_have_attribute("open", "")


def test_e_goes_to_the_exports_and_f_to_the_first_filter(window):
    page = window(GIFTS, viewport=DESK)
    press(page, "e")
    assert page.evaluate("document.activeElement.href").rstrip("?").endswith("list.xlsx")
    press(page, "f")
    assert page.evaluate("document.activeElement.name") == "q"


def test_brackets_lead_to_the_period_before_and_after(window):
    page = window("/p/tj-hn/2011/", viewport=DESK)
    press(page, "[")
    page.wait_for_url(ends("/p/tj-hn/2010/"))
    press(page, "]")
    page.wait_for_url(ends("/p/tj-hn/2011/"))
    page.goto("/p/tj-hn/2011q1/")
    page.evaluate(
        "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: '】', bubbles: true}))"
    )  # a Chinese keyboard
    page.wait_for_url(ends("/p/tj-hn/2011q2/"))


def test_no_key_acts_in_a_field_or_while_an_input_method_composes(window):
    page = window(GIFTS, viewport=DESK)
    field = page.locator("main input[name=q]")
    field.focus()
    page.keyboard.type("gf?j")
    assert (field.input_value(), page.url.endswith(GIFTS)) == ("gf?j", True)
    field.blur()
    page.evaluate(
        "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: '?', isComposing: true, bubbles: true}))"
    )
    expect(page.locator("dialog.keys")).not_to_be_visible()


def test_single_keys_are_turned_off_in_the_settings_and_stay_off(window, site):
    page = window("/sign-in/", viewport=DESK)
    site.sign_in(page, "/account/")
    page.locator("main").get_by_role("checkbox", name="单个字母和符号作快捷键").uncheck()
    page.goto(HOME)
    press(page, "?", "g", "f")
    expect(page.locator("dialog.keys")).not_to_be_visible()
    expect(page).to_have_url(ends(HOME))
    press(page, "Control+k")
    assert page.evaluate("document.activeElement.name") == "q"
    page.get_by_role("button", name="快捷键").click()  # the list itself is always to be had
    page.get_by_role("checkbox", name="单个字母和符号作快捷键").check()
    page.get_by_role("button", name="关闭").click()
    page.locator("h1").click()
    press(page, "?")
    expect(page.locator("dialog.keys")).to_be_visible()
