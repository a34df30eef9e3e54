"""The manuals of docs/manual: what they quote stands on the pages; DUIKOU_PROVE walks their steps and makes their pictures again.

In **bold** stand the words of the pages, as the pages write them. The walk signs in as each of the seven, on the
demonstration, one after the other: what one asks for, another hands in, a third signs.
"""

import ast
import os
import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from cells import lines, workbook
from PIL import Image
from playwright.sync_api import expect

from duikou.acts.doing import today
from duikou.terms.words import vocabulary
from duikou.web import catalogue
from duikou.web.helping import manual

PROVE = bool(os.environ.get("DUIKOU_PROVE"))
WEB = Path(catalogue.__file__).parent
PICTURES = manual.FOLDER / "pictures"
HEAVIEST = 60 * 1024
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
HOME = "/p/tj-hn/2010-08..2011-08/"


# ---- what the manuals quote ----------------------------------------------------------------------------------------------


def texts():
    """The manuals by role."""
    return {path.stem: path.read_text("utf-8") for path in sorted(manual.FOLDER.glob("*.md"))}


def on_pages():
    """Whatever the pages say: words of the field, text of templates, sentences of Python."""
    found = {entry.zh for entries in vocabulary().values() for entry in entries.values()}
    found |= {f"登记{entry.zh}" for entry in vocabulary()["record"].values()}  # the button of a section
    for path in (*WEB.rglob("*.html"), *WEB.rglob("*.js")):
        text = path.read_text("utf-8")
        found |= set(re.findall(r'translate ["\']([^"\']+)["\']', text))
        found |= {part.strip() for part in re.split(r"<[^>]*>|\{[%#{].*?[%#}]\}", text)}
    for path in WEB.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return found


def test_every_button_and_page_that_a_manual_quotes_is_on_a_page():
    known = on_pages()
    quoted = {(role, said) for role, text in texts().items() for said in manual.BOLD.findall(text)}
    assert len(quoted) > 100
    assert {(role, said) for role, said in quoted if said not in known} == set()


def test_there_is_a_manual_for_each_of_the_seven_with_a_title_and_steps():
    assert set(texts()) == set(manual.ROLES) == set(manual.there())
    for role in manual.ROLES:
        kinds = [piece.kind for piece in manual.pieces(role)]
        assert kinds.count("title") == 1
        assert kinds.count("step") >= 5
        assert "picture" in kinds


def test_every_picture_that_a_manual_shows_is_there_is_light_and_is_shown_by_one():
    shown = {piece.file for role in manual.ROLES for piece in manual.pieces(role) if piece.kind == "picture"}
    assert shown == {path.name for path in PICTURES.glob("*.png")}
    for name in shown:
        assert (PICTURES / name).stat().st_size <= HEAVIEST, name
        with Image.open(PICTURES / name) as picture:
            assert picture.width <= WIDE["width"], name


def test_the_steps_of_a_part_are_numbered_from_one():
    for role in manual.ROLES:
        number = 0
        for piece in manual.pieces(role):
            number = 0 if piece.kind == "part" else number
            if piece.kind == "step":
                number += 1
                assert piece.number == number, (role, piece.words)


def test_a_manual_is_a_page_with_its_pictures_and_what_it_says_cannot_be_marks():
    page = manual.page("leader")
    assert '<ol start="1"><li>' in page
    assert '<img src="/static/manual/' in page
    assert manual._inline("<i> **印发** 1<2") == "&lt;i&gt; <b>印发</b> 1&lt;2"


# ---- the walk ------------------------------------------------------------------------------------------------------------


class Desk:
    """Where one of the seven sits: a signed-in page, in the words of the manual."""

    def __init__(self, page):
        self.page, self.main = page, page.locator("main")

    def go(self, path):
        """Open a page of the demonstration."""
        self.page.goto(path if path.startswith(("/", "http")) else HOME + path)

    def follow(self, words, within="main"):
        """Click a link."""
        with self.page.expect_navigation():
            self.page.locator(within).get_by_role("link", name=words, exact=True).first.click()

    def press(self, words, exact=True):
        """Press a button; nothing was refused."""
        with self.page.expect_navigation():
            self.main.get_by_role("button", name=words, exact=exact).first.click()
        assert self.page.locator(".errors").count() == 0, self.page.locator(".errors").inner_text()

    def write(self, **said):
        """Type into fields by their labels."""
        for label, words in said.items():
            self._field(label).fill(words)

    def choose(self, **said):
        """Choose from lists by their labels."""
        for label, words in said.items():
            field = self._field(label)
            field.select_option(value=field.locator("option", has_text=words).first.get_attribute("value"))

    def picture(self, name, wide=WIDE["width"], tallest=760):
        """A picture of what the page says, no wider and no taller than it needs, with few colours."""
        box = self.main.bounding_box()
        width = min(wide, self.page.viewport_size["width"])
        top = box["y"] + self.page.evaluate("scrollY") + 2  # the box is told from the edge of the window
        clip = {"x": 0, "y": top, "width": width, "height": min(box["height"], tallest)}
        taken = Image.open(BytesIO(self.page.screenshot(full_page=True, clip=clip))).convert("RGB")
        for colours in (64, 32, 16, 8):
            file = BytesIO()
            taken.quantize(colours, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
            if file.tell() <= HEAVIEST:
                break
        (PICTURES / f"{name}.png").write_bytes(file.getvalue())

    def _field(self, label):
        return self.main.get_by_label(re.compile(rf"^{label}(（可不填）)?$")).first


@pytest.fixture
def desk(window, site):
    """A function that seats an account at a page, on a screen or a telephone; without an account, a visitor."""

    def seated(account, viewport=WIDE):
        page = window("/sign-in/" if account else HOME, viewport=viewport)
        if account:
            type(site)(site.address, account, site.password, site.folder).sign_in(page, HOME)
        return Desk(page)

    return seated


def sheet():
    """What a county hands in: one line of sales."""
    heads = ["月份", "产品名称", "县（市、区）", "销售渠道", "方式", "采购单位", "销售金额（万元）"]
    row = ["2012年4月", "牦牛肉", "同仁市", "食堂采购", "直接采购", "天津", "12.5"]
    return workbook({"A1": "消费帮扶台账"} | lines(2, heads) | lines(3, row), sheet="四月")


def ask(officer):
    """The officer asks for a sheet."""
    officer.go("requests/")
    officer.follow("要表")
    officer.write(哪一期="2012-04", 期限=(today() + timedelta(days=10)).isoformat())
    officer.main.get_by_label("同仁县对口支援工作办公室（演示）").check()
    officer.main.get_by_label(re.compile("T9 消费帮扶台账")).check()
    officer.press("核对")
    officer.picture("officer-request", wide=700, tallest=360)
    officer.press("要表")


def hand_in(county, file):
    """The county hands its sheet in, answers what is asked, and has its receipt."""
    county.go("sheets/")
    county.page.get_by_label("把自己的表放进来").set_input_files(file)
    county.main.get_by_label("哪个月的").fill("2012-04")
    county.press("去核对")
    county.main.get_by_label("天津市", exact=True).check()
    county.picture("county-question", wide=920, tallest=530)
    county.press("就是它", exact=False)  # it says to a reader which name it is
    county.picture("county-check", wide=1000, tallest=530)
    county.press("收下", exact=False)  # it says how many lines
    expect(county.page.locator("h1")).to_contain_text("收表〔")
    county.picture("county-receipt", wide=1000, tallest=420)


def report(front, phone):
    """The front line proposes a project and reports its progress from a telephone."""
    front.go("projects/")
    front.follow("申报项目")
    front.write(名称="引水工程")
    front.choose(地区="同仁市", 领域="住房定居")
    front.press("申报项目")
    front.go("projects/")
    front.follow("引水工程")
    address = front.page.url
    phone.go(address)
    phone.follow("报进度")
    phone.main.get_by_label("形象进度").first.fill("60")
    phone.picture("front-progress", tallest=900)
    phone.press("报进度")


def pay(finance):
    """Finance records a payment, seeing first what it does."""
    finance.go("funds/")
    finance.follow("登记拨付")
    finance.write(金额="200", 拨付日期="2011-09-05", 凭证号="津财拨2011-31")
    finance.choose(收款单位="青海省黄南藏族自治州")
    finance.press("核对")
    finance.picture("finance-check", wide=780, tallest=660)
    finance.press("登记")


def draft(officer):
    """The officer drafts the monthly paper."""
    officer.go("reports/")
    officer.follow("起草文件")
    officer.choose(**{"用哪张表、哪份提纲": "月度简报"})
    officer.press("起草文件")
    officer.picture("officer-draft")
    return officer.page.url


def sign(leader, address):
    """The leader reads the page of one sheet, and signs."""
    leader.go(HOME)
    leader.picture("leader-overview", tallest=700)
    leader.go(address)
    leader.picture("leader-sign", tallest=520)
    leader.follow("签发")
    leader.press("签发")
    leader.follow("印发")
    leader.write(发文字号="津合〔2011〕1号", 有数字待核仍要印发的理由="急用")
    leader.press("印发")
    expect(leader.main.get_by_text("已印发").first).to_be_visible()


def trace(auditor):
    """The auditor follows a figure to its passage."""
    auditor.go(HOME)
    auditor.main.get_by_role("link", name="490", exact=True).first.click()
    auditor.page.wait_for_url("**/f/donations.education*")
    auditor.picture("auditor-trail", wide=790, tallest=860)
    auditor.go("/log/")
    auditor.picture("auditor-log", tallest=400)


def look(anyone):
    """Anyone looks a figure up on a telephone."""
    anyone.go(HOME)
    anyone.picture("public-overview", tallest=900)
    anyone.main.get_by_role("link", name="490", exact=True).first.click()
    anyone.page.wait_for_url("**/f/donations.education*")


STANDS = (  # who finds on which page which links and buttons
    ("yewu", "exchanges/", ("登记往来",)), ("yewu", "gifts/", ("登记捐助",)), ("yewu", "d/", ("读材料",)),
    ("yewu", "findings/#", ("交办", "判定", "提交答复")), ("yewu", "reports/", ("起草文件", "核对文稿")), ("yewu", "r/#", ("更正",)),
    ("tongren", "sheets/", ("要表", "空表", "去核对")), ("tongren", "funds/claims/", ("申请付款",)), ("tongren", "funds/receipts/", ("登记到账",)),
    ("qianfang", "exchanges/", ("登记往来",)), ("qianfang", "projects/", ("申报项目",)),
    ("caiwu", "funds/", ("登记拨付", "登记落实", "对账", "到账", "付款申请", "关账")), ("caiwu", "funds/bank/", ("收对账单",)),
    ("lingdao", "", ("打印一页",)), ("lingdao", "projects/", ("风险与迟滞",)), ("lingdao", "funds/rules", ("采用规则",)),
    ("shenji", "findings/", ("例行检查",)), ("shenji", "funds/ledger/", ("筛选",)), ("shenji", "projects/", ("审计发现",)), ("shenji", "/jobs/", ("验账",)),
    ("shenji", f"/f/donations.education:{HOME[3:-1].replace('/', '.')}", ("打印底稿",)), ("", "t/", ("全部表下载",)),
)  # fmt: skip


def stands(of, path, words):
    """Nothing of what a manual names is missing on its page; # leads to the first row of a list."""
    of.go({"r/#": "gifts/"}.get(path, path.rstrip("#")))
    if path.endswith("#"):
        of.main.locator("table a").first.click()
        of.page.wait_for_load_state()
    found = [of.main.get_by_role(role, name=said, exact=True).count() for said in words for role in ("link", "button")]
    return [said for at, said in enumerate(words) if not found[2 * at] + found[2 * at + 1]]


if PROVE:

    @pytest.mark.browser
    def test_the_steps_of_the_manuals_are_walked_and_their_pictures_made(desk, tmp_path):
        officer = desk("yewu")
        ask(officer)
        file = tmp_path / "消费帮扶台账.xlsx"
        file.write_bytes(sheet())
        hand_in(desk("tongren"), file)
        report(desk("qianfang"), desk("qianfang", PHONE))
        pay(desk("caiwu"))
        address = draft(officer)
        sign(desk("lingdao"), address)
        trace(desk("shenji"))
        look(desk("", PHONE))

    @pytest.mark.browser
    def test_what_a_manual_names_stands_on_the_page_that_it_names_for_the_one_it_tells(desk):
        desks = {account: desk(account) for account in dict.fromkeys(account for account, *_ in STANDS)}
        missing = {(account, path): stands(desks[account], path, words) for account, path, words in STANDS}
        assert {where: words for where, words in missing.items() if words} == {}
