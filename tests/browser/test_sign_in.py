"""Signing in with a second factor in a real browser: an app, with and without a script; a passkey, by a virtual device."""

from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from serving import ends
from signing import code

pytestmark = pytest.mark.browser
DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture
def page_of(chromium, site):
    """A function that opens a page at localhost, where passkeys work; what the console says against it fails the test."""
    complaints = []

    @contextmanager
    def open_page(**options):
        context = chromium.new_context(
            base_url=site.address.replace("127.0.0.1", "localhost"), locale="zh-CN", **options
        )
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        yield page
        context.close()

    yield open_page
    assert [said for said in complaints if "422" not in said] == []


def first_step(page, site, wanted="/account/"):
    page.goto(f"/sign-in/?next={wanted}")
    page.get_by_label("账号").fill(site.account)
    page.get_by_label("密码").fill(site.password)
    page.get_by_role("button", name="登录").click()


def second_step(page, digits):
    page.get_by_label("验证码").fill(digits)
    page.get_by_role("button", name="登录").click()


def set_up_app(page):
    """Set up an app on the page; its secret."""
    page.goto("/account/app/")
    secret = page.get_by_label("密钥", exact=True).input_value()
    page.get_by_label("应用里的六位数字").fill(code(secret, -1))
    page.get_by_role("button", name="设好").click()
    page.get_by_role("heading", name="恢复码").wait_for()
    return secret


def stop_app(page):
    page.goto("/account/app/off/")
    page.locator("main").get_by_role("button", name="停用").click()
    page.get_by_role("heading", name=page.get_by_role("heading", level=1).inner_text()).wait_for()


@pytest.mark.sweep(2)
@pytest.mark.parametrize("script", [True, False])
def test_an_app_is_set_up_from_the_shown_secret_and_asked_for_at_the_next_sign_in(page_of, site, script):
    with page_of(java_script_enabled=script) as page:
        first_step(page, site)
        secret = set_up_app(page)
        recovery = page.locator("main li").first.inner_text()
    with page_of(java_script_enabled=script) as page:
        first_step(page, site, "/account/sessions/")
        expect(page).to_have_url(ends("/sign-in/second/"))
        second_step(page, "000000")
        assert "还可以试 4 次" in page.locator(".errors").inner_text()
        assert page.locator(".errors").evaluate("box => box === document.activeElement")
        second_step(page, code(secret))
        expect(page).to_have_url(ends("/account/sessions/"))
    with page_of(java_script_enabled=script) as page:
        first_step(page, site)
        second_step(page, recovery)
        assert "还有 9 个" in page.locator("main").inner_text()
        stop_app(page)


def test_the_picture_of_the_secret_is_drawn_under_our_rules(page_of, site):
    with page_of() as page:
        first_step(page, site)
        page.goto("/account/app/")
        box = page.locator(".qr svg path").bounding_box()
        assert box["width"] > 150
        assert abs(box["width"] - box["height"]) < 2


def test_a_passkey_signs_in_without_a_password_where_one_wanted(page_of, site):
    with page_of() as page:
        first_step(page, site)
        devices = page.context.new_cdp_session(page)
        devices.send("WebAuthn.enable")
        device = devices.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})["authenticatorId"]
        page.goto("/account/passkeys/new/")
        page.get_by_label("名称").fill("办公室的电脑")
        page.locator("#mfa_webauthn_add").click()
        page.get_by_role("heading", name="恢复码").wait_for()
        page.goto("/account/passkeys/")
        assert "办公室的电脑" in page.locator("main").inner_text()
        page.goto("/account/")
        sign_out(page)

        page.goto("/sign-in/?next=/account/sessions/")
        page.get_by_role("button", name="用通行密钥").click()
        arrived(page, "/account/sessions/")

        sign_out(page)
        first_step(page, site)  # the password alone is not enough now
        expect(page).to_have_url(ends("/sign-in/second/"))
        page.get_by_role("button", name="用通行密钥").click()
        arrived(page, "/account/")

        sign_out(page)
        devices.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
        page.goto("/sign-in/")
        page.get_by_role("button", name="用通行密钥").click()
        page.locator("[data-passkey-said]").wait_for()
        assert "没有用成通行密钥" in page.locator("[data-passkey-said]").inner_text()
        expect(page).to_have_url(ends("/sign-in/"))

        devices.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": True})
        page.get_by_role("button", name="用通行密钥").click()
        page.wait_for_url(lambda address: "sign-in" not in address)
        page.goto("/account/passkeys/")
        page.get_by_role("link", name="去掉").click()
        page.locator("main").get_by_role("button").click()
        page.goto("/account/")
        assert "设了应用或通行密钥以后才有" in page.locator("main").inner_text()


def arrived(page, path):
    """Wait until the page itself is at the path: one that merely asks for it (`?next=`) is not there yet."""
    page.wait_for_url(lambda address: urlsplit(address).path == path)


def sign_out(page):
    with page.expect_navigation():
        page.locator('form[action="/sign-out/"]').evaluate("form => form.requestSubmit()")


def test_at_a_numeric_address_no_passkey_is_offered(chromium, site):
    page = chromium.new_page(locale="zh-CN")
    page.goto(f"{site.address}/sign-in/")
    expect(page.get_by_role("button", name="用通行密钥")).to_have_count(0)
    page.close()


def test_a_password_may_be_pasted_and_its_manager_finds_the_fields(page_of):
    with page_of() as page:
        page.goto("/sign-in/")
        expect(page.locator('input[autocomplete="username"]')).to_have_count(1)
        field = page.locator('input[autocomplete="current-password"]')
        pasted = field.evaluate(
            """field => { field.focus(); return field.dispatchEvent(new ClipboardEvent("paste", {cancelable: true})) }"""
        )
        assert pasted
