"""Two programmes opened in a real browser from an empty book, to the first number: what the hand does is counted.

The time is that of the keystroke-level model: 0.28 s a key (a Chinese character is three), 1.1 s a pointing, 1.35 s of
thought a field or button. What the server took is measured beside it and said when the test is run with -s. The counts
stand in docs/walks.md too.
"""

import re
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from demonstration import duikou
from parts import require
from playwright.sync_api import expect
from serving import Site, served

pytestmark = pytest.mark.browser
KEY, POINTING, THOUGHT, CHARACTER = 0.28, 1.1, 1.35, 3
TEN_MINUTES = 600
WALKS = Path(__file__).parents[2] / "docs" / "walks.md"
PASSWORD = "Zhanghu-1-Kaizhang"
OFFICE = """
[[office]]
organisation = "bjdk"
name = "北京市对口支援工作办公室"
type = "部门"
area = "110000"
side = "支援方"
accounts = [{ code = "zonghe", role = "业务员" }, { code = "anquan", role = "安全管理员" }]
"""


@dataclass
class Hand:
    """Who fills in the pages: what was typed, pointed at, thought about; how long the server took."""

    page: object
    keys: int = 0
    fields: int = 0
    clicks: int = 0
    served: float = 0.0

    @property
    def seconds(self):
        """The time of the model: keys, pointings, thoughts."""
        pointings = self.fields + self.clicks
        return round(self.keys * KEY + pointings * (POINTING + THOUGHT))

    @property
    def counted(self):
        """What was counted, as docs/walks.md says it."""
        return f"{self.fields} fields, {self.clicks} clicks, {self.keys} keys: {self.seconds} s"

    def write(self, **said):
        """Type into fields by their labels."""
        for label, words in said.items():
            field = self._field(label)
            field.fill(words)
            self.fields += 1
            self.keys += sum(CHARACTER if "一" <= letter <= "鿿" else 1 for letter in words)

    def choose(self, **said):
        """Choose from lists by their labels: one pointing opens the list, one chooses."""
        for label, words in said.items():
            field = self._field(label)
            field.select_option(value=field.locator("option", has_text=words).first.get_attribute("value"))
            self.fields += 1
            self.clicks += 1

    def tick(self, words):
        """Tick a box."""
        self.page.locator("main").get_by_label(words, exact=True).check()
        self.fields += 1

    def follow(self, words, within="main"):
        """Click a link, and wait for its page."""
        self._click(self.page.locator(within).get_by_role("link", name=words, exact=True).first)

    def send(self, words):
        """Press a button; the form was taken."""
        self._click(self.page.locator("main").get_by_role("button", name=words, exact=True))
        assert self.page.locator(".errors").count() == 0, self.page.locator(".errors").inner_text()

    def open_list(self, summary):
        """Open a list of the head."""
        self.page.locator("header summary", has_text=summary).click()
        self.clicks += 1

    def _click(self, what):
        begun = time.monotonic()
        with self.page.expect_navigation():
            what.click()
        self.clicks += 1
        self.served += time.monotonic() - begun

    def _field(self, label):
        return self.page.locator("main").get_by_label(re.compile(rf"^{label}(（可不填）)?$")).first


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A folder without anything, served for this module; its office is opened while the site runs."""
    require("chromium")
    folder = tmp_path_factory.mktemp("opening")
    (folder / "offices.toml").write_text(OFFICE, "utf-8")
    with served(folder) as address:
        opened = duikou(folder, "offices", "offices.toml")
        assert opened.returncode == 0, opened.stderr
        yield Site(address, re.search(r"(/sign-in/first/\S+)", opened.stdout)[1], PASSWORD, folder)


@pytest.fixture(scope="module")
def page(chromium, site):
    """A signed-in session; the first password was set by the address that the command printed."""
    context = chromium.new_context(base_url=site.address, locale="zh-CN")
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.goto(site.account)
    for field in page.locator("main input[type=password]").all():
        field.fill(PASSWORD)
    with page.expect_navigation():
        page.get_by_role("button", name="设密码").click()
    site = Site(site.address, "zonghe", PASSWORD, site.folder)
    site.sign_in(page)
    yield page
    context.close()


def test_beijing_and_hotan_from_an_empty_book_to_the_first_number(page):
    """X2 of the case: 北京市, 和田地区, of which 和田市."""
    hand = Hand(page)
    hand.follow("设立项目方案")
    hand.write(名称="北京市对口支援新疆和田地区", 受援方="和田地区", 开账日="2011-08-29")
    hand.choose(类别="援疆")
    hand.send("设立项目方案")
    hand.follow("登记")
    hand.write(单位名称="和田市人民政府", 所在地区="和田市")
    hand.choose(类别="政府")
    hand.send("登记单位")
    hand.follow("总览", "nav.nav")
    hand.follow("结对")
    hand.choose(层级="省市结对", 支援单位="北京市对口支援工作办公室", 受援单位="和田市人民政府")
    hand.write(
        时间="2010年8月",
        新文件的名称="对口支援工作总结",
        新文件的日期="2011-08-29",
        写明这件事的原文词句="北京市:对口支援和田地区",
    )
    hand.send("登记往来协议")
    expect(page.locator("main").get_by_text("记入待核")).to_have_count(0)
    hand.follow("总览", "nav.nav")
    hand.follow("落实")
    hand.choose(谁出的钱="市级财政")
    hand.write(金额="5000", 落实日期="2011-04-02", 文件文号="京财对〔2011〕3号", **{"依据、原因": "照年度资金安排"})
    hand.send("登记落实")
    hand.follow("总览", "nav.nav")
    hand.follow("2011年4月")
    secured = page.locator(".kpi", has_text="已落实").locator(".v .fig").first
    assert secured.inner_text() == "5000"
    hand._click(secured)
    assert "5000" in page.locator("main").inner_text()
    assert "京财对〔2011〕3号" in page.content()
    judge(hand, "Beijing and Hotan")


def test_two_hospitals_without_areas_to_the_first_doctor(page):
    """X1 of the case: 天津南开医院 supports 东乡县医院 for half a year."""
    page.goto("/")
    hand = Hand(page)
    hand.open_list("北京市")
    hand.follow("设立项目方案", "header")
    hand.choose(类别="医疗对口支援")
    hand.write(名称="天津南开医院对口支援东乡县医院", 支援方="", 开账日="2011-08-29")
    hand.send("设立项目方案")
    hand.follow("登记")
    for name in ("天津南开医院", "东乡县医院"):
        hand.write(单位名称=name)
        hand.choose(类别="医院")
        hand.send("登记单位")
        hand.follow("再登记一个")
    hand.follow("总览", "nav.nav")
    hand.follow("结对")
    hand.choose(层级="院院结对", 支援单位="天津南开医院", 受援单位="东乡县医院")
    hand.write(时间="2011年3月", 新文件的名称="东乡县医院工作总结", 新文件的日期="2011-08-29")
    hand.choose(新文件出自哪一方="受援方")
    hand.write(写明这件事的原文词句="对口支援我们东乡县医院半年以来")
    hand.send("登记往来协议")
    hand.follow("总览", "nav.nav")
    hand.follow("医疗支援")
    hand.choose(受援单位="东乡县医院", 出自哪份文件="东乡县医院工作总结")
    hand.tick("天津南开医院")
    hand.write(时间="2011年3月—2011年8月", 月数="6个月以上", 写明这件事的原文词句="对口支援我们东乡县医院半年以来")
    hand.send("登记人才")
    hand.follow("东乡县医院")
    hand.follow("参加人员")
    hand.follow("登记参加人员")
    page.locator("[name=line-0-name]").fill("甲医师")
    page.locator("[name=line-0-unit]").fill("天津南开医院")
    hand.fields, hand.keys = hand.fields + 2, hand.keys + CHARACTER * len("甲医师天津南开医院")
    hand.send("登记参加人员")
    hand.follow("总览", "nav.nav")
    expect(page.locator("main").get_by_text("医疗队人数").first).to_be_visible()
    hand._click(page.locator("main a.fig[href*='people.medics']").first)
    expect(page.locator("main").get_by_text("1人").or_(page.locator("main").get_by_text("1名")).first).to_be_visible()
    judge(hand, "Two hospitals")


def judge(hand, called):
    """It takes less than ten minutes, and docs/walks.md says what was counted."""
    print(f"\n{called}: {hand.counted}, server {hand.served:.1f} s")
    assert hand.seconds < TEN_MINUTES
    assert f"{called}: {hand.counted}" in re.sub(r"\s+", " ", WALKS.read_text("utf-8"))
