"""One's own account: its page, its sessions and how they end, the addresses there are and those there are not."""

import re
import time

import pytest
from allauth.urls import urlpatterns as of_the_library
from allauth.usersessions.models import UserSession
from django.conf import settings as configured
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, get_resolver, reverse
from signing import ANOTHER, PASSWORD, browser, is_signed_in, said, sign_in, user

from duikou.acts.offices import close_account
from duikou.records.models import Account
from duikou.rules.rights import everywhere
from duikou.web import accounts
from duikou.web.accounts import RIGHTS

pytestmark = pytest.mark.usefixtures("quick")
OWN = sorted(name for name, right in RIGHTS.items() if right == "see_own")


@pytest.fixture
def someone():
    user()
    client = browser()
    sign_in(client)
    return client


def session(client, **values):
    kept = client.session
    kept.update(values)
    kept.save()


# ---- the pages -----------------------------------------------------------------------------------------------------


def test_the_page_says_whose_system_it_is_and_who_gives_accounts(visitor):
    page = visitor.get("/sign-in/").content.decode()
    assert "天津市人民政府合作交流办公室</span>的账本" in page
    assert "找天津市人民政府合作交流办公室系统管理员开通" in page
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page


def test_ones_own_page_says_office_role_and_days(someone):
    page = re.sub(r"(<[^>]+>|\s)+", " ", someone.get("/account/").content.decode())
    assert "天津市人民政府合作交流办公室" in page
    assert "业务员" in page
    assert re.search(r"密码\s+20\d\d-\d\d-\d\d 设。", page)
    assert "登录着的地方 1 处。" in page


def test_an_account_without_a_role_sees_its_own_page_and_can_change_its_password(someone):
    get_user_model().objects.create_user("without-a-role", password=PASSWORD)
    client = browser()
    sign_in(client, "without-a-role")
    assert client.get("/account/").status_code == 200
    assert client.get("/account/password/").status_code == 200


@pytest.mark.parametrize("name", OWN)
def test_a_visitor_is_led_to_the_sign_in_from_every_page_of_an_account(visitor, name):
    keyed = {"pk": 1} if name in ("mfa_edit_webauthn", "mfa_remove_webauthn") else {}
    address = reverse(name, kwargs=keyed)
    assert visitor.get(address)["Location"] == f"/sign-in/?next={address}"


def test_every_address_here_asks_a_right_or_says_why_it_asks_none():
    assert {pattern.name for pattern in accounts.urlpatterns} == set(RIGHTS)
    assert set(RIGHTS.values()) == {"see_own", "登录", "退出", "登录的第二步", "一次性地址", "从所在单位登录"}


def names_of(patterns):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from names_of(pattern.url_patterns)
        elif pattern.name:
            yield pattern.name


def test_of_the_library_only_what_is_listed_can_be_reached():
    reachable = set()
    for name in set(names_of(of_the_library)):
        reachable |= {name} & set(get_resolver().reverse_dict)
    assert reachable <= set(RIGHTS)
    for name in ("account_signup", "account_email", "account_reset_password", "socialaccount_connections", "mfa_trust"):
        with pytest.raises(NoReverseMatch):
            reverse(name)


@pytest.mark.parametrize(
    "address",
    ["/accounts/signup/", "/accounts/login/", "/account/signup/", "/account/email/", "/account/password/reset/",
     "/account/password/set/", "/account/2fa/", "/account/3rdparty/", "/account/inactive/", "/sign-in/code/"],
)  # fmt: skip
def test_sign_up_e_mail_and_reset_pages_are_not_there(visitor, someone, address):
    assert visitor.get(address).status_code == 404
    assert someone.get(address).status_code == 404


def test_signing_out_is_a_button_not_a_link(someone):
    assert re.search(r'<form method="post" action="/sign-out/">', someone.get("/account/").content.decode())
    assert someone.get("/sign-out/").status_code == 405
    someone.post("/sign-out/")
    assert not is_signed_in(someone)


@pytest.mark.parametrize("name", [n for n in OWN if "webauthn" not in n and "recovery" not in n])
def test_the_pages_bring_no_style_script_or_picture_that_our_rules_refuse(someone, name):
    answer = someone.get(reverse(name))
    if answer.status_code != 200:
        assert answer.status_code in (302, 404)
        return
    page = answer.content.decode()
    assert not re.search(r"\sstyle\s*=|<style|\son[a-z]+\s*=\s*[\"']|(src|href)=\"data:", page)
    assert not re.search(r"<script(?![^>]*(\bsrc=|type=\"application/json\"))", page)


def test_ones_own_pages_are_kept_by_no_cache(someone):
    assert "no-store" in someone.get("/account/app/")["Cache-Control"]


# ---- the password --------------------------------------------------------------------------------------------------


def change(client, old=PASSWORD, new=ANOTHER, again=""):
    return client.post("/account/password/", {"oldpassword": old, "password1": new, "password2": again or new})


def test_a_new_password_ends_all_other_sessions_but_not_ones_own(someone):
    other = browser()
    sign_in(other)
    assert change(someone)["Location"] == "/account/"
    assert is_signed_in(someone)
    assert not is_signed_in(other)
    assert sign_in(browser()).status_code == 422
    assert sign_in(browser(), password=ANOTHER).status_code == 302


@pytest.mark.parametrize(
    ("old", "new", "again", "objection"),
    [("wrong", ANOTHER, "", "现在的密码：不对"), (PASSWORD, PASSWORD, "", "新密码和现在的一样"),
     (PASSWORD, ANOTHER, "Dui-kou-zhi-yuan-13", "两次写的密码不一样"), (PASSWORD, "short", "", "至少 12 个字符"), (PASSWORD, "", "", "没有填写")],
)  # fmt: skip
def test_a_change_that_is_refused_says_why_and_changes_nothing(someone, old, new, again, objection):
    answer = change(someone, old, new, again)
    assert answer.status_code == 422
    assert objection in said(answer)
    assert "<title>错误：" in answer.content.decode()
    assert sign_in(browser()).status_code == 302


def test_an_account_that_comes_through_its_office_has_no_password_to_change():
    client = Client()
    client.force_login(get_user_model().objects.get(username="caiwu"))
    assert client.get("/account/password/").status_code == 404
    assert "没有密码，从所在单位登录" in client.get("/account/").content.decode()


# ---- sessions ------------------------------------------------------------------------------------------------------


def test_a_session_gets_another_name_at_the_sign_in(someone):
    user()
    client = browser()
    client.get("/sign-in/")
    session(client, planted="by another")
    before = client.session.session_key
    sign_in(client)
    assert client.session.session_key != before
    assert not Session.objects.filter(pk=before).exists()


def test_a_session_of_another_does_not_pass_to_who_signs_in_next(someone):
    user("caiwu")
    session(someone, seen_by_yewu="a draft")
    someone.post("/sign-out/")
    sign_in(someone, "caiwu")
    assert "seen_by_yewu" not in someone.session


def test_half_an_hour_without_a_request_ends_a_session(someone):
    session(someone, seen=int(time.time()) - 30 * 60 + 5)
    assert is_signed_in(someone)
    session(someone, seen=int(time.time()) - 30 * 60)
    answer = someone.get("/rights/?role=leader")
    assert answer["Location"] == "/sign-in/?next=%2Frights%2F%3Frole%3Dleader"
    assert "30 分钟没有操作，已退出" in someone.get(answer["Location"]).content.decode()
    assert not is_signed_in(someone)


def test_eight_hours_end_a_session_however_busy_it_was(someone):
    session(someone, since=int(time.time()) - 8 * 3600 + 5, seen=int(time.time()))
    assert is_signed_in(someone)
    session(someone, since=int(time.time()) - 8 * 3600, seen=int(time.time()))
    assert someone.get("/account/").status_code == 302
    assert not is_signed_in(someone)


def test_an_ended_session_is_gone_from_the_database(someone):
    key = someone.session.session_key
    session(someone, seen=0)
    someone.get("/account/")
    assert not Session.objects.filter(pk=key).exists()


def test_a_request_is_noted_once_a_minute_and_not_every_time(someone):
    someone.get("/account/password/")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        someone.get("/account/password/")
    assert not [q["sql"] for q in asked if re.match(r"UPDATE|INSERT|DELETE", q["sql"])]
    session(someone, seen=int(time.time()) - 61)
    someone.get("/account/password/")
    assert time.time() - someone.session["seen"] < 5


def test_a_closed_account_is_out_at_its_next_request(someone):
    close_account(Account.objects.get(code="yewu"), person=everywhere("guanli", "administrator"), reason="调离")
    assert not is_signed_in(someone)


def test_an_account_made_inactive_with_its_password_left_is_out_as_well(someone):
    get_user_model().objects.filter(username="yewu").update(is_active=False)
    assert not is_signed_in(someone)
    answer = sign_in(browser())
    assert answer.status_code == 422
    assert "停用" not in said(answer)


def test_the_page_lists_ones_own_sessions_and_ends_the_others(someone):
    user("caiwu")
    stranger, other = browser(), browser(HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537 Edg/120")
    sign_in(stranger, "caiwu")
    sign_in(other)
    page = someone.get("/account/sessions/").content.decode()
    assert page.count("<tr><td>") == 2
    assert "Edge，Windows" in page
    assert someone.post("/account/sessions/")["Location"] == "/account/sessions/"
    assert is_signed_in(someone)
    assert is_signed_in(stranger)
    assert not is_signed_in(other)
    assert UserSession.objects.filter(user__username="yewu").count() == 1


def test_a_session_of_no_account_of_the_book_is_not_another_s(someone):
    assert someone.get("/account/sessions/").content.decode().count("<tr><td>") == 1


# ---- cookies -------------------------------------------------------------------------------------------------------


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(someone):
    for name in ("sessionid", "known", "csrftoken"):
        cookie = someone.cookies[name]
        assert cookie["httponly"], name
        assert cookie["samesite"] == "Lax", name


def test_in_service_cookies_and_pages_travel_by_tls_only():
    import os
    import subprocess
    import sys

    names = "SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SECURE_SSL_REDIRECT SECURE_HSTS_SECONDS SECURE_PROXY_SSL_HEADER PASSWORD_DAYS"
    program = f"from duikou.config import settings as s; print([getattr(s, n) for n in '{names}'.split()])"

    def run(**more):
        environment = {**os.environ, "DUIKOU_VAR": str(configured.VAR), **more}
        return subprocess.run(
            [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
        ).stdout.strip()

    assert run() == "[False, False, False, 0, None, 0]"
    assert run(DUIKOU_DEPLOYED="1") == "[True, True, True, 31622400, None, 180]"
    header = "('HTTP_X_FORWARDED_PROTO', 'https')"
    assert run(DUIKOU_DEPLOYED="1", DUIKOU_PROXY="1", DUIKOU_PASSWORD_DAYS="90") == (
        f"[True, True, True, 31622400, {header}, 90]"
    )
