"""The dashboard in a real browser: on a desk, on a telephone, on paper, by keyboard, without a script."""

import io
import re
from unicodedata import normalize

import pytest
from books import PERIOD
from playwright.sync_api import expect
from pypdf import PdfReader
from serving import ends

pytestmark = pytest.mark.browser
HOME = f"/p/tj-hn/{PERIOD}/"
EMPTY = f"/p/sh-ks/{PERIOD}/"
DESK, TELEPHONE, NARROW = ({"width": w, "height": h} for w, h in ((1440, 900), (390, 844), (320, 640)))

CONTRAST = """() => {
  const numbers = (c) => (c.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (e) => {
    for (; e; e = e.parentElement) {
      const c = numbers(getComputedStyle(e).backgroundColor);
      if (c.length && c[3] !== 0) return c;
    }
    return [255, 255, 255];
  };
  const found = [];
  for (const e of document.querySelectorAll("body *:not(svg *)")) {
    const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    if (!own || !e.checkVisibility() || e.getBoundingClientRect().width < 2) continue;
    const [a, b] = [light(numbers(getComputedStyle(e).color)), light(behind(e))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) found.push([e.textContent.trim().slice(0, 20), ratio.toFixed(2)]);
  }
  return found;
}"""

SMALL = """() => [...document.querySelectorAll("a, button, summary, input, select")]
  .filter((e) => e.checkVisibility() && !e.closest("svg, p, dd, td.n, .n, .sec .src, .skip") && !e.matches(".fig, .skip"))
  .map((e) => [e.textContent.trim().slice(0, 16), Math.round(e.getBoundingClientRect().height)])
  .filter(([, height]) => height > 0 && height < 24)"""


def pages_of(page):
    return len(PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=True))).pages)


def wide(page):
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.sweep
@pytest.mark.parametrize("path", [HOME, EMPTY, "/p/tj-hn/2010q4/"])
def test_the_dashboard_is_one_page_of_paper(window, path):
    assert pages_of(window(path)) == 1


def test_paper_keeps_the_caveat_and_the_tags_and_leaves_out_queue_and_menu(window):
    page = window(HOME)
    paper = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages[0].extract_text()
    said = normalize("NFKC", paper).replace(" ", "")  # Chromium writes some characters as radicals
    for words in ("引用前请注意", "尚缺汇报稿原件", "概数", "预计", "账首", "2010年8月30日"):
        assert words in said
    for words in ("未开始", "统计表", "打印一页", "登录"):
        assert words not in said


@pytest.mark.sweep
@pytest.mark.parametrize("path", [HOME, EMPTY, "/sign-in/"])
@pytest.mark.parametrize("viewport", [DESK, TELEPHONE, NARROW], ids=["desk", "telephone", "narrow"])
def test_nothing_runs_off_the_side(window, path, viewport):
    assert wide(window(path, viewport=viewport)) == 0


@pytest.mark.parametrize("path", [HOME, EMPTY, "/sign-in/"])
def test_all_text_stands_out_from_its_ground(window, path):
    assert window(path).evaluate(CONTRAST) == []


@pytest.mark.parametrize("viewport", [DESK, TELEPHONE], ids=["desk", "telephone"])
def test_targets_are_large_enough_to_hit(window, viewport):
    assert window(HOME, viewport=viewport).evaluate(SMALL) == []


def test_the_first_visit_is_small_and_asks_for_little(window):
    page = window("/sign-in/")
    answers = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108  a built-in method cannot be wrapped
    page.goto(HOME, wait_until="networkidle")
    assert len(answers) <= 6
    assert all(answer.status < 400 for answer in answers)
    assert {answer.url.split("/")[2] for answer in answers} == {page.url.split("/")[2]}


def test_the_whole_page_stands_without_a_script(window):
    page = window(HOME, java_script_enabled=False)
    expect(page.get_by_text("18 个来源数字的把握程度")).to_be_visible()
    expect(page.get_by_role("button", name="打印一页")).not_to_be_visible()
    page.locator("summary", has_text="2010年8月").click()
    page.get_by_role("link", name="2011年第三季度").click()
    expect(page).to_have_url(ends("/p/tj-hn/2011q3/"))


def test_with_a_script_there_is_a_button_that_prints(window):
    expect(window(HOME).get_by_role("button", name="打印一页")).to_be_visible()


def test_the_keyboard_leads_past_the_menu_and_out_of_a_chooser(window):
    page = window(HOME)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.locator("summary").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="上海市对口支援新疆喀什地区四县")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="上海市对口支援新疆喀什地区四县")).not_to_be_visible()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_focus_can_be_seen(window):
    page = window(HOME)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"


def test_a_number_leads_to_its_trail(window):
    page = window(HOME)
    page.locator(".kpi", has_text="教育类捐资与筹资").locator(".fig").click()
    expect(page).to_have_url(re.compile(r"/f/donations\.education:tj-hn\."))
    expect(page.get_by_text("160").first).to_be_visible()


def test_a_telephone_reads_the_visits_as_a_list(window):
    page = window(HOME, viewport=TELEPHONE)
    expect(page.locator(".events li")).to_have_count(6)
    expect(page.locator(".events").get_by_text("2010年10月14日")).to_be_visible()
    expect(page.locator("svg.wid")).not_to_be_visible()


def test_words_in_the_strip_of_months_do_not_cover_one_another(window):
    page = window(HOME)
    boxes = page.evaluate(
        "[...document.querySelectorAll('svg.wid text')].map((t) => t.getBoundingClientRect().toJSON())"
    )
    for n, a in enumerate(boxes):
        for b in boxes[n + 1 :]:
            apart = a["right"] <= b["left"] + 1 or b["right"] <= a["left"] + 1
            assert apart or a["bottom"] <= b["top"] + 4 or b["bottom"] <= a["top"] + 4, (a, b)
