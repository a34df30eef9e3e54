"""报进度 on a telephone: so many taps, photographs shrunk on the way, a report made without a network sent when it is back."""

import os
import sqlite3
import subprocess
import sys
from functools import cache
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
PROPOSE = """
from books import OFFICER
from duikou.acts.doing import programme_of
from duikou.acts.projects import propose_project
from duikou.rules.projects import Project
fact = Project(name="引水工程", sector="housing", status="", region="632301")
print(propose_project(fact, programme=programme_of("tj-hn"), person=OFFICER))
"""


@pytest.fixture
def form(site, request):
    """The address of the form of a project of its own."""
    words = [sys.executable, "-c", "import django; django.setup()" + PROPOSE]
    where = {"DUIKOU_VAR": str(site.folder / "var"), "DJANGO_SETTINGS_MODULE": "duikou.config.settings"}
    paths = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1"}
    made = subprocess.run(words, env={**os.environ, **where, **paths}, check=True, capture_output=True, text=True)
    return f"/p/tj-hn/2012/projects/{made.stdout.strip()}/progress/"


def opened(page, site, form):
    """The form in its page, whole."""
    site.sign_in(page, form)
    page.wait_for_url(f"**{form}")
    page.wait_for_load_state("networkidle")


def reports(site, form):
    """What the book holds of the project: percent and digests of photographs of each report."""
    with sqlite3.connect(f"file:{site.folder}/var/book.sqlite3?mode=ro", uri=True) as book:
        rows = book.execute(
            "SELECT record_id, percent FROM records_progress WHERE project_id = ?", [form.split("/")[5]]
        )
        return [
            (percent, [text for (text,) in book.execute(
                "SELECT text FROM records_item WHERE record_id = ? AND list = 'photograph'", [number])])
            for number, percent in rows.fetchall()
        ]  # fmt: skip


@cache
def snapped():
    """A photograph as a telephone makes it: 12 million points, some megabytes, with its position."""
    noise = Image.frombytes("RGB", (1000, 750), os.urandom(1000 * 750 * 3)).resize((4000, 3000))
    notes = Image.Exif()
    notes[0x010F] = "SomePhone"
    notes.get_ifd(0x8825).update({1: "N", 2: (35.0, 31.0, 12.0)})
    file = BytesIO()
    noise.save(file, "JPEG", quality=92, exif=notes)
    return {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}


def test_progress_is_reported_in_four_taps_and_a_photograph_of_megabytes_arrives_small(window, site, form):
    page = window("/sign-in/", **PHONE)
    opened(page, site, form)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    sizes, photo = [], snapped()
    assert len(photo["buffer"]) > 2_000_000
    page.on("request", lambda r: sizes.append(int(r.headers.get("content-length", 0))) if r.method == "POST" else None)
    taps = 0
    page.get_by_label("形象进度").tap()
    page.keyboard.type("60")
    taps += 1
    page.get_by_label("对口资金累计完成").tap()
    page.keyboard.type("120")
    taps += 1
    with page.expect_file_chooser() as chooser:
        page.get_by_label("现场照片").tap()
    chooser.value.set_files([photo])
    taps += 1
    send = page.get_by_role("button", name="报进度")
    assert send.bounding_box()["height"] >= 44
    send.tap()
    taps += 1
    page.get_by_text("已办：报进度").wait_for()
    assert taps == 4
    ((percent, (digest,)),) = reports(site, form)
    kept = site.folder / "var" / "photographs" / digest
    assert percent == 60
    assert kept.stat().st_size <= 300 * 1024
    assert max(Image.open(kept).size) <= 1600
    assert b"SomePhone" not in kept.read_bytes()
    assert max(sizes) < 700_000  # it was shrunk before it was sent


def test_a_report_without_a_network_is_kept_sent_when_it_is_back_and_done_once(window, site, form):
    page = window("/sign-in/", **PHONE)
    opened(page, site, form)
    page.context.set_offline(True)
    page.get_by_label("形象进度").fill("35")
    page.get_by_label("现场照片").set_input_files([snapped()])
    page.get_by_role("button", name="报进度").tap()
    page.get_by_text("已存，联网后发送。").wait_for()
    assert page.get_by_label("形象进度").input_value() == ""
    page.get_by_label("形象进度").fill("40")  # another one before the network is back
    page.get_by_role("button", name="报进度").tap()
    page.get_by_text("已存，联网后发送。").wait_for()
    assert reports(site, form) == []
    page.context.set_offline(False)
    page.get_by_text("存着的 2 份报告已发送。").wait_for()
    assert sorted((percent, len(photos)) for percent, photos in reports(site, form)) == [(35, 1), (40, 0)]
    page.reload()
    page.get_by_text("上次 40%").wait_for()
    page.wait_for_load_state("networkidle")
    assert len(reports(site, form)) == 2


def test_a_report_that_waits_is_sent_from_whatever_page_is_opened_next_and_by_nobody_else(window, site, form):
    page = window("/sign-in/", **PHONE)
    opened(page, site, form)
    page.context.set_offline(True)
    page.get_by_label("建设阶段").fill("主体封顶")
    page.get_by_role("button", name="报进度").tap()
    page.get_by_text("已存，联网后发送。").wait_for()
    page.context.clear_cookies()
    page.context.set_offline(False)
    page.goto("/")  # nobody is signed in
    page.wait_for_load_state("networkidle")
    assert reports(site, form) == []
    site.sign_in(page, "/p/tj-hn/2012/")
    page.get_by_text("存着的 1 份报告已发送。").wait_for()
    assert len(reports(site, form)) == 1


def test_what_is_to_be_mended_stands_on_the_form_and_the_photograph_is_not_asked_for_again(window, site, form):
    page = window("/sign-in/", **PHONE)
    opened(page, site, form)
    page.get_by_label("形象进度").fill("三成")
    page.get_by_label("现场照片").set_input_files([snapped()])
    page.get_by_role("button", name="报进度").tap()
    page.locator(".errors").get_by_text("读不成进度").wait_for()
    assert page.title().startswith("错误：")
    expect(page.get_by_text("已收到照片 1 张")).to_be_visible()
    page.get_by_label("形象进度").fill("30")
    page.get_by_role("button", name="报进度").tap()
    page.get_by_text("已办：报进度").wait_for()
    ((percent, photos),) = reports(site, form)
    assert (percent, len(photos)) == (30, 1)


def test_the_form_is_whole_without_a_script(window, site, form):
    page = window("/sign-in/", java_script_enabled=False, **PHONE)
    opened(page, site, form)
    page.get_by_label("形象进度").fill("20")
    page.get_by_label("现场照片").set_input_files([snapped()])
    page.get_by_role("button", name="报进度").tap()
    page.get_by_text("已办：报进度").wait_for()
    ((percent, (digest,)),) = reports(site, form)
    assert percent == 20
    assert (site.folder / "var" / "photographs" / digest).stat().st_size <= 300 * 1024
