"""A clerk's own sheet in a real browser: dropped in, asked about, taken, with a receipt; without a script."""

import pytest
from cells import lines, workbook
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
SHEETS = "/p/tj-hn/2010-08..2011-08/sheets/"
HEADS = ["月份", "产品名称", "县（市、区）", "销售渠道", "方式", "采购单位", "销售金额（万元）"]
ROW = ["2012年4月", "牦牛肉", "同仁市", "食堂采购", "直接采购", "天津", "12.5"]


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without a script"])
def test_a_sheet_is_dropped_in_answered_taken_and_found_again(window, site, script, tmp_path):
    file = tmp_path / f"销售{script}.xlsx"
    row = [ROW[0], f"牦牛肉{script}", *ROW[2:]]
    file.write_bytes(workbook({"A1": "消费帮扶台账"} | lines(2, HEADS) | lines(3, row), sheet="四月"))
    page = window("/sign-in/", java_script_enabled=script)
    site.sign_in(page, SHEETS)
    page.get_by_label("把自己的表放进来").set_input_files(file)
    with page.expect_navigation():
        page.get_by_role("button", name="去核对").click()
    expect(page.get_by_role("heading", name="还不能收")).to_be_visible()
    page.get_by_label("天津市", exact=True).check()
    with page.expect_navigation():
        page.get_by_role("button", name="就是它").click()
    expect(page.get_by_role("heading", name="可以收")).to_be_visible()
    with page.expect_navigation():
        page.get_by_role("button", name="收下").click()
    number = page.locator("h1").inner_text()
    assert number.startswith("收表〔")
    page.go_back()
    page.reload()
    assert page.locator("h1").inner_text() == number
    page.get_by_role("link", name=f"牦牛肉{script}").click()
    expect(page.get_by_text("表“四月”第 3 行、G3")).to_be_visible()
