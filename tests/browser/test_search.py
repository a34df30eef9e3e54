"""The search by its key in a real browser: on every page, not out of a field, away again by Escape."""

import pytest
from books import PERIOD
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
HOME = f"/p/tj-hn/{PERIOD}/"
AT = "document.activeElement.id"


@pytest.mark.parametrize("path", [HOME, f"/en{HOME}gifts/", "/network/", "/sign-in/"])
def test_the_key_leads_to_the_search_and_escape_back(window, path):
    page = window("/network/")
    page.goto(path, wait_until="load")
    page.locator("a.mark").focus()
    page.keyboard.press("/")
    assert page.evaluate(AT) == "head-q"
    assert page.locator("#head-q").input_value() == ""
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.className") == "mark"


def test_control_k_does_the_same_and_a_chinese_keyboard_too(window):
    page = window(HOME)
    page.keyboard.press("Control+k")
    assert page.evaluate(AT) == "head-q"
    page.keyboard.press("Escape")
    assert page.evaluate(AT) == ""
    page.evaluate("""document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "、", bubbles: true}))""")
    assert page.evaluate(AT) == "head-q"


def test_in_a_field_the_key_is_a_letter(window):
    page = window(f"{HOME}projects/")
    field = page.locator("main input[type=search]")
    field.focus()
    page.keyboard.type("3/4")
    assert field.input_value() == "3/4"


def test_what_is_said_of_the_key_is_said_only_where_there_is_a_script(window):
    expect(window(f"{HOME}search").get_by_text("按 / 键到查找框")).to_be_visible()
    bare = window(f"{HOME}search", java_script_enabled=False)
    expect(bare.get_by_text("按 / 键到查找框")).not_to_be_visible()
    expect(bare.locator("kbd:visible")).to_have_count(0)


def test_many_hits_lead_to_their_kind_alone(window):
    page = window(f"{HOME}search?q=黄南州", viewport={"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.locator(".sorts").get_by_role("link", name="捐助 5").click()  # three say 黄南州, two went to places in it
    expect(page.locator(".hits li")).to_have_count(5)
    page.get_by_role("link", name="看全部结果").click()
    expect(page.locator(".sorts")).to_be_visible()
