"""Recording a payment in a real browser, from the typed amount to the changed number and its trail."""

import re

import pytest
from playwright.sync_api import Error, expect
from serving import ends

pytestmark = pytest.mark.browser
FORM = "/p/tj-hn/2011/funds/new"


def fill(page, amount, day, voucher):
    page.get_by_label("金额").fill(amount)
    page.get_by_label("拨付日期").fill(day)
    page.get_by_label("收款单位").select_option(label="青海省黄南藏族自治州")
    page.get_by_label("凭证号").fill(voucher)
    with page.expect_navigation():
        page.get_by_role("button", name="核对").click()


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without a script"])
def test_what_is_wrong_is_said_first_and_leads_to_the_field(window, site, script):
    page = window("/sign-in/", java_script_enabled=script)
    site.sign_in(page, FORM)
    fill(page, "abc", "2011-02-31", "")
    assert page.title().startswith("错误：")
    expect(page.locator(".errors:focus")).to_have_count(1)
    page.get_by_role("link", name="读不成金额").click()
    assert page.get_by_label("金额").evaluate("e => e === document.activeElement")
    assert page.get_by_label("金额").input_value() == "abc"


def test_too_much_is_refused_with_both_numbers(window, site):
    page = window("/sign-in/")
    site.sign_in(page, FORM)
    fill(page, "3000", "2012-04-01", "甲9")
    summary = page.locator(".errors")
    expect(summary.get_by_text("现为3000万元")).to_be_visible()
    expect(summary.get_by_text("已落实 2000万元")).to_be_visible()


def test_a_payment_is_typed_checked_confirmed_and_found_in_the_number_and_its_trail(window, site):
    page = window("/sign-in/")
    site.sign_in(page, FORM)
    fill(page, "２００万", "2012年3月5日", "津财拨〔2012〕7号")
    expect(page.get_by_role("heading", name="加在来源总数之后")).to_be_visible()
    expect(page.get_by_role("cell", name="1200 万元")).to_be_visible()
    page.get_by_role("button", name="登记").click()
    expect(page).to_have_url(ends("/p/tj-hn/2010-08..2012-03/"))
    expect(page.get_by_role("status").get_by_text("账本第")).to_be_visible()
    disbursed = page.locator(".kpi", has_text="已拨付到位")
    assert disbursed.locator(".v .fig").inner_text() == "1200"
    expect(disbursed.get_by_text("来源 1000 + 其后 200 = 1200")).to_be_visible()
    disbursed.locator(".v .fig").click()
    expect(page).to_have_url(re.compile(re.escape("/f/funds.disbursed:tj-hn.2010-08..2012-03")))
    expect(page.get_by_text("1200").first).to_be_visible()
    expect(page.get_by_text("200万元").first).to_be_visible()


def test_going_back_and_clicking_again_records_nothing_twice(window, site):
    page = window("/sign-in/")
    site.sign_in(page, FORM)
    fill(page, "100", "2011-08-01", "乙1")
    page.get_by_role("button", name="登记").click()
    expect(page.get_by_text("构成已列 100/1000，数不变").first).to_be_visible()
    with pytest.raises(
        Error, match="ERR_CACHE_MISS"
    ):  # pages of those signed in are kept nowhere: the browser asks first
        page.go_back()
    page = page.context.new_page()
    page.goto(FORM)
    fill(page, "100", "2011-08-01", "乙1")
    expect(page.locator(".errors").get_by_text("同一凭证号只能记一笔拨付")).to_be_visible()
    page.get_by_role("link", name="看已记的那一笔", exact=True).click()
    expect(page).to_have_url(re.compile(re.escape("/r/entry-")))


def test_the_form_fits_a_telephone(window, site):
    page = window("/sign-in/", viewport={"width": 390, "height": 844})
    site.sign_in(page, FORM)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    fill(page, "50", "2011-08-01", "丙1")
    assert page.get_by_role("button", name="登记").bounding_box()["height"] >= 44
    assert page.evaluate("document.documentElement.scrollWidth") == 390
