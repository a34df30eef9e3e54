"""The way of a number in a real browser: dashboard, figure, record, the passage it rests on; on a telephone too."""

import io
import re
from unicodedata import normalize

import pytest
from books import PERIOD, report_text
from playwright.sync_api import expect
from pypdf import PdfReader

pytestmark = pytest.mark.browser
HOME = f"/p/tj-hn/{PERIOD}/"
WORDS = "筹资300万元用于黄南州教育事业发展"


def walk(page):
    """From the number on the dashboard to the document's paragraph."""
    page.get_by_role("link", name="490", exact=True).first.click()
    page.get_by_role("heading", level=1, name=re.compile("教育")).wait_for()
    assert page.locator("#source mark.on").inner_text() == WORDS
    page.locator("#records tbody tr").first.get_by_role("link").first.click()
    page.get_by_role("heading", level=2, name="出处").wait_for()
    page.get_by_role("link", name="第20段").first.click()
    page.wait_for_url(re.compile(r"/d/4a0b8e5b/p/20/"))


def test_from_490_to_the_words_the_book_keeps(window):
    page = window(HOME, viewport={"width": 1440, "height": 900})
    walk(page)
    expect(page.get_by_text(WORDS).first).to_be_visible()
    expect(page.get_by_text("原文未收入，可补").first).to_be_visible()


def test_on_a_telephone_no_page_of_the_way_is_wider_than_the_screen(window):
    page = window(HOME, viewport={"width": 390, "height": 844})
    walk(page)
    for address in (f"/f/donations.education:tj-hn.{PERIOD}", "/r/entry-62", "/d/4a0b8e5b/", "/p/tj-hn/2011/d/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, address


def test_the_office_gives_the_text_and_the_passage_stands_marked(window, site):
    source = report_text()
    page = window("/")
    site.sign_in(page, "/d/4a0b8e5b/")
    page.locator("input[type=file]").set_input_files(source)
    page.locator("form:has(input[type=file]) button").click()
    page.get_by_text("原文已收入").wait_for()
    page.goto(HOME)
    walk(page)
    marked = page.locator("mark", has_text=WORDS).first
    expect(marked).to_be_visible()
    assert marked.evaluate("e => e.getBoundingClientRect().top < innerHeight && e.getBoundingClientRect().bottom > 0")


@pytest.mark.parametrize("sheet", ["donations.education", "funds.disbursed", "funds.progress"])
def test_a_figure_prints_as_a_working_paper_of_two_sheets(window, sheet):
    page = window(f"/f/{sheet}:tj-hn.{PERIOD}", viewport={"width": 1440, "height": 900})
    pdf = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))
    # A font may map a character to the radical that looks like it: ⾃ for 自.
    first, second = (normalize("NFKC", "".join(paper.extract_text().split())) for paper in pdf.pages)
    assert "构成" in first
    assert "自动核对" in first
    assert "这个数字用在" in second
    assert "口径" in second


def test_the_bar_is_drawn_to_scale_on_the_screen(window):
    page = window(f"/f/donations.education:tj-hn.{PERIOD}", viewport={"width": 1440, "height": 900})
    widths = [bar.bounding_box()["width"] for bar in page.locator(".eq rect.full").all()]
    assert [round(width / widths[2], 1) for width in widths] == [10.0, 5.3, 1.0]  # 300 : 160 : 30


def test_without_a_script_the_figure_with_its_source_can_be_taken(window):
    page = window(f"/f/donations.education:tj-hn.{PERIOD}", java_script_enabled=False)
    page.get_by_text("复制带出处").click()
    assert page.get_by_label("数字和出处").input_value().startswith("490万元（3笔合计；据《")
    expect(page.get_by_role("button", name="打印底稿")).not_to_be_visible()
