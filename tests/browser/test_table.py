"""The table in a real browser: on a desk, on a telephone, on paper, without a script."""

import io

import pytest
from books import PERIOD
from playwright.sync_api import expect
from pypdf import PdfReader

pytestmark = pytest.mark.browser
TABLE = f"/p/tj-hn/{PERIOD}/t/overview/"
DESK, TELEPHONE = ({"width": w, "height": h} for w, h in ((1440, 900), (390, 844)))

LENGTHEN = """(wanted) => {
  const body = [...document.querySelectorAll(".st tbody")].at(-1);
  for (let n = document.querySelectorAll(".st .ln").length; n < wanted; n++) {
    body.append(body.rows[body.rows.length - 1].cloneNode(true));
  }
}"""


def printed(page):
    """The pages of the table on A4, as text without blanks."""
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    return ["".join(sheet.extract_text().split()) for sheet in PdfReader(io.BytesIO(pdf)).pages]


@pytest.mark.parametrize("address", [TABLE, TABLE.replace("tj-hn", "sh-ks")])
def test_the_table_with_its_notes_and_checks_is_one_sheet_of_paper(window, address):
    assert len(printed(window(address, viewport=DESK))) == 1


@pytest.mark.parametrize(("lines", "sheets"), [(26, 1), (60, 2)])
def test_twenty_six_lines_fit_one_sheet_and_more_repeat_the_head(window, lines, sheets):
    page = window(TABLE, viewport=DESK)
    page.evaluate(LENGTHEN, lines)
    paper = printed(page)
    assert len(paper) == sheets
    assert all("计量单位" in sheet for sheet in paper)


def test_paper_shows_the_table_without_buttons_and_open_passages(window):
    page = window(TABLE, viewport=DESK)
    page.locator(".sr summary").first.click()
    page.emulate_media(media="print")
    expect(page.locator(".bar")).not_to_be_visible()
    expect(page.locator(".peek").first).not_to_be_visible()
    expect(page.locator(".st .v .fig").first).to_be_visible()


def test_a_source_opens_under_its_line_as_wide_as_the_table_without_a_script(window):
    page = window(TABLE, viewport=DESK, java_script_enabled=False)
    row = page.locator(".st tbody tr", has_text="解决就业")
    row.locator("summary").click()
    peek, whole, head = (
        row.locator(".peek").bounding_box(),
        page.locator(".st").bounding_box(),
        row.locator("th").bounding_box(),
    )
    assert peek["x"] == pytest.approx(whole["x"], abs=10)
    assert peek["x"] + peek["width"] == pytest.approx(whole["x"] + whole["width"], abs=4)
    assert peek["y"] + peek["height"] <= head["y"] + head["height"] + 1


def test_only_the_table_moves_sideways_on_a_telephone_and_its_first_column_stays(window):
    page = window(TABLE, viewport=TELEPHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == TELEPHONE["width"]
    name = page.locator(".st th[scope=row]").first
    page.evaluate("document.querySelector('.wide').scrollLeft = 400")
    assert name.bounding_box()["x"] == 0
    assert page.locator(".st .u").first.bounding_box()["x"] < 0


def test_a_source_opens_at_the_foot_of_a_telephone(window):
    page = window(TABLE, viewport=TELEPHONE)
    page.evaluate("document.querySelector('.wide').scrollLeft = 400")
    page.locator(".sr summary").nth(3).click()
    peek = page.locator(".sr details[open] .peek").bounding_box()
    assert (peek["x"], peek["width"]) == (0, TELEPHONE["width"])
    assert peek["y"] + peek["height"] == TELEPHONE["height"]


def boxes(page, parts):
    """The boxes of what can be pressed, the links of each chooser of the bar with the chooser open."""
    found = [e.bounding_box() for e in page.locator(f".bar > a, .bar summary, .bar .acts a, {parts}").all()]
    for chooser in page.locator(".bar .choose").all():
        chooser.locator("summary").click()
        links = chooser.locator("li a").all()
        assert links
        found += [e.bounding_box() for e in links]
        chooser.locator("summary").click()
    return found


def test_what_can_be_pressed_is_large_enough(window):
    page = window(TABLE, viewport=DESK)
    assert [b for b in boxes(page, ".st .fig, .sr summary") if b["width"] < 24 or b["height"] < 24] == []
    page = window(TABLE, viewport=TELEPHONE)
    assert [b for b in boxes(page, ".sr summary") if b["height"] < 42] == []
