"""The second factor: asked at every sign-in, good for one use, locked when guessed."""

import re

import pytest
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.core.cache import cache
from signing import SECOND, browser, code, is_signed_in, said, secret_on, sign_in, user, with_app

from duikou.acts.sign_in import spend_code

pytestmark = pytest.mark.usefixtures("quick")


def recovery_codes(client):
    return re.findall(r"<li>(\d{8})</li>", client.get("/account/recovery-codes/").content.decode())


def test_an_app_is_set_up_from_the_picture_or_the_secret_and_proved_by_a_code():
    user()
    client = browser()
    sign_in(client)
    page = client.get("/account/app/")
    text = page.content.decode()
    assert '<svg width="' in text
    assert "data:image" not in text
    assert not re.search(r"<svg.*?\sstyle=.*?</svg>", text, re.S)
    answer = client.post("/account/app/", {"code": "000000"})
    assert answer.status_code == 422
    assert "验证码不对" in said(answer)
    assert secret_on(answer) == secret_on(page)
    client.post("/account/app/", {"code": code(secret_on(page))})
    assert len(recovery_codes(client)) == 10
    assert "已设，登录时要它的六位数字" in client.get("/account/").content.decode()


def test_the_secret_is_kept_encrypted(secret):
    kept = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in kept
    assert len(kept) > 100


def test_the_password_alone_signs_nobody_in(secret):
    client = browser()
    assert sign_in(client)["Location"] == SECOND
    assert not is_signed_in(client)
    assert client.post(SECOND, {"code": code(secret)})["Location"] == "/"
    assert is_signed_in(client)


def test_the_wanted_page_is_kept_through_the_second_step(secret):
    client = browser()
    sign_in(client, next="/p/tj-hn/2011/funds/new")
    assert client.post(SECOND, {"code": code(secret)})["Location"] == "/p/tj-hn/2011/funds/new"


def test_the_second_step_without_the_first_leads_back():
    assert browser().get(SECOND)["Location"] == "/sign-in/"
    assert browser().post(SECOND, {"code": "123456"})["Location"] == "/sign-in/"


def test_the_first_step_is_forgotten_after_a_quarter_of_an_hour(secret):
    client = browser()
    sign_in(client)
    session = client.session
    session["account_login"] |= {"initiated_at": session["account_login"]["initiated_at"] - 15 * 60 - 1}
    session.save()
    assert client.post(SECOND, {"code": code(secret)})["Location"] == "/sign-in/"


def test_the_first_step_can_be_given_up(secret):
    client = browser()
    sign_in(client)
    assert client.post("/sign-out/", {"next": "/sign-in/"})["Location"] == "/sign-in/"
    assert client.get("/sign-in/").status_code == 200


# ---- once ----------------------------------------------------------------------------------------------------------


def test_a_code_signs_in_once(secret):
    used = code(secret)  # once: half a minute may end between two
    assert_signs_in(used)
    cache.clear()  # as after a restart, or in another process
    client = browser()
    sign_in(client)
    answer = client.post(SECOND, {"code": used})
    assert answer.status_code == 422
    assert "这个验证码已经用过" in said(answer) or "验证码不对" in said(answer)
    assert not is_signed_in(client)


def assert_signs_in(said_code):
    client = browser()
    sign_in(client)
    assert client.post(SECOND, {"code": said_code}).status_code == 302
    assert is_signed_in(client)


def test_an_older_code_that_was_used_is_refused_after_a_newer_one(secret):
    now = code(secret)
    assert_signs_in(now)
    assert_signs_in(code(secret, 1))
    cache.clear()
    client = browser()
    sign_in(client)
    assert client.post(SECOND, {"code": now}).status_code == 422


def test_the_code_that_proved_the_app_is_used_up(secret):
    client = browser()
    sign_in(client)
    assert client.post(SECOND, {"code": code(secret, -1)}).status_code == 422


@pytest.mark.parametrize("written", ["{0} {1}", "{0}-{1}", " {0}{1} "])
def test_a_used_code_written_otherwise_is_the_same_code(secret, written):
    digits = code(secret)
    assert_signs_in(written.format(digits[:3], digits[3:]))
    cache.clear()
    client = browser()
    sign_in(client)
    assert client.post(SECOND, {"code": digits}).status_code == 422


def test_a_code_is_spent_once_whoever_asks_first(secret):
    number = Authenticator.objects.get(type="totp").pk
    assert [spend_code(number, "123456"), spend_code(number, "123 456"), spend_code(number, "654321")] == [
        True,
        False,
        True,
    ]


def test_a_code_of_two_minutes_ago_is_too_old(secret):
    client = browser()
    sign_in(client)
    assert client.post(SECOND, {"code": code(secret, -4)}).status_code == 422


def test_a_recovery_code_signs_in_once():
    first = browser()
    with_app(first)
    spare = recovery_codes(first)[3]
    assert_signs_in(spare)
    client = browser()
    sign_in(client)
    assert client.post(SECOND, {"code": spare}).status_code == 422
    assert len(recovery_codes(first)) == 9


# ---- guesses -------------------------------------------------------------------------------------------------------


def test_five_wrong_codes_lock_and_the_right_one_is_refused_too(secret):
    client = browser()
    sign_in(client)
    for left in (4, 3, 2, 1):
        assert f"还可以试 {left} 次" in said(client.post(SECOND, {"code": "000000"}))
    assert "已锁定" in said(client.post(SECOND, {"code": "000000"}))
    assert "已锁定" in said(client.post(SECOND, {"code": code(secret)}))
    assert not is_signed_in(client)
    client.post("/sign-out/")
    assert "已锁定" in said(sign_in(client))


def test_the_right_password_before_each_guess_gives_no_new_tries(secret):
    client = browser()
    for _ in range(5):
        sign_in(client)
        client.post(SECOND, {"code": "000000"})
        client.post("/sign-out/")
    assert "已锁定" in said(sign_in(client))


def test_wrong_codes_are_kept_for_the_auditor_without_the_codes(secret):
    client = browser()
    sign_in(client)
    client.post(SECOND, {"code": "271828"})
    kept = AccessAttempt.objects.get(username="yewu")
    assert kept.path_info == SECOND
    assert "271828" not in kept.post_data
