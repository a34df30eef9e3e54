"""The second factor: asked at every sign-in, owed by every account in service, good for one use, locked when guessed."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.core.cache import cache
from django.urls import URLResolver, get_resolver
from django.utils import timezone
from signing import PASSWORD, browser, code, is_signed_in, said, secret_on, sign_in, user, with_app

from duikou.acts.doing import Forbidden
from duikou.acts.sign_in import reset_second_factor, spend_code
from duikou.records.models import Account, JournalLine
from duikou.rules.rights import everywhere
from duikou.web.passwords import Dated

SECOND = "/sign-in/second/"


@pytest.fixture(autouse=True)
def quick(programme, settings, monkeypatch):
    """Hashes that take no time, and a count of requests that begins anew."""
    monkeypatch.setattr(Dated, "iterations", 1000)
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()


@pytest.fixture
def secret():
    """An account with an app; its secret."""
    return with_app(browser())


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


def addresses(patterns=None, prefix=""):
    for pattern in patterns or get_resolver().url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, route)
        else:
            filled = re.sub(r"<(\w+:)?(\w+)>", lambda found: FILLED.get(found[2], "1"), route)
            yield pattern.name or "", "/" + filled.lstrip("^").rstrip("$")


FILLED = {"programme": "tj-hn", "period": "2011", "provider_id": "none", "uidb64": "MQ", "token": "x"}


def test_between_the_two_steps_every_address_is_answered_as_to_a_visitor(secret):
    client, visitor = browser(), browser()
    sign_in(client)
    differ = []
    for name, address in addresses():
        if name in ("mfa_authenticate", "sign-in", "account_login", "mfa_login_webauthn") or "/api/" in address:
            continue
        half, nobody = client.get(address), visitor.get(address)
        if (half.status_code, half.headers.get("Location")) != (nobody.status_code, nobody.headers.get("Location")):
            differ.append(address)
    assert differ == []


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
    assert_signs_in(code(secret))
    cache.clear()  # as after a restart, or in another process
    client = browser()
    sign_in(client)
    answer = client.post(SECOND, {"code": code(secret)})
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


# ---- a fresh proof -------------------------------------------------------------------------------------------------


def later(client, seconds=301):
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= seconds
    session.save()


@pytest.mark.parametrize(
    "address",
    ["/account/app/off/", "/account/recovery-codes/", "/account/recovery-codes/new/", "/account/passkeys/new/"],
)
def test_five_minutes_after_the_sign_in_one_proves_oneself_again(address):
    client = browser()
    with_app(client)
    assert client.get(address).status_code == 200
    later(client)
    assert client.get(address)["Location"].startswith("/account/confirm/code/?next=")


def test_who_has_an_app_proves_it_by_the_app_and_not_by_the_password():
    client = browser()
    secret = with_app(client)
    later(client)
    assert client.get("/account/confirm/?next=/account/app/off/")["Location"].startswith("/account/confirm/code/")
    answer = client.post("/account/confirm/", {"password": PASSWORD, "next": "/account/app/off/"})
    assert answer["Location"].startswith("/account/confirm/code/")
    assert client.post("/account/app/off/")["Location"].startswith("/account/confirm/code/")
    assert Authenticator.objects.filter(type="totp").exists()
    client.post("/account/confirm/code/", {"code": code(secret), "next": "/account/app/off/"})
    assert not Authenticator.objects.exists()  # what was asked for before the proof is done after it


def test_who_has_no_app_proves_it_by_the_password_and_guesses_count():
    user()
    client = browser()
    sign_in(client)
    later(client)
    assert client.get("/account/app/")["Location"] == "/account/confirm/?next=%2Faccount%2Fapp%2F"
    for _ in range(5):
        answer = client.post("/account/confirm/", {"password": "wrong", "next": "/account/app/"})
    assert answer.status_code == 422
    assert client.post("/account/confirm/", {"password": PASSWORD, "next": "/account/app/"}).status_code == 422
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert (
        client.post("/account/confirm/", {"password": PASSWORD, "next": "/account/app/"})["Location"] == "/account/app/"
    )


def test_nobody_is_led_to_another_site_after_the_proof():
    client = browser()
    secret = with_app(client)
    later(client)
    answer = client.post("/account/confirm/code/", {"code": code(secret), "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"


def test_the_last_factor_takes_the_recovery_codes_with_it():
    client = browser()
    with_app(client)
    client.post("/account/app/off/")
    assert not Authenticator.objects.exists()
    assert client.get("/account/recovery-codes/").status_code == 404


# ---- passkeys, as far as no browser is needed ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "credential",
    [
        "", "{}", "[]", "null", "1", "1" * 5000, '{"id": "x"}', '{"response": {"userHandle": "MQ"}}', '{"response": null}',
        ('{"id": "eA", "rawId": "eA", "type": "public-key", "response": {"userHandle": "MQ", "clientDataJSON": "e30",'
        ' "authenticatorData": "eA", "signature": "eA"}}'),
        '{"id": "eA", "rawId": "!", "type": 7, "response": {"userHandle": 5, "clientDataJSON": 1}}',
    ],
)  # fmt: skip
def test_a_rubbish_passkey_signs_nobody_in(credential):
    user()
    client = browser()
    client.get("/sign-in/passkey/", headers={"accept": "application/json"})
    assert client.post("/sign-in/passkey/", {"credential": credential})["Location"] == "/sign-in/"
    assert not is_signed_in(client)


def test_the_key_of_another_cannot_be_renamed_or_removed():
    first, second = browser(), browser()
    with_app(first)
    with_app(second, "caiwu")
    key = Authenticator.objects.create(user=user("yewu"), type="webauthn", data={"name": "x", "credential": {}})
    sign_in(second, "caiwu")
    assert second.get(f"/account/passkeys/{key.pk}/name/").status_code == 404
    assert second.post(f"/account/passkeys/{key.pk}/remove/").status_code == 404
    assert Authenticator.objects.filter(pk=key.pk).exists()


# ---- in service ----------------------------------------------------------------------------------------------------

OPEN = {"/account/second-factor/", "/account/app/", "/account/passkeys/new/", "/account/confirm/"}


def test_in_service_one_without_a_second_factor_reaches_no_other_page(settings):
    settings.DEMONSTRATION = False
    user()
    client = browser()
    sign_in(client)
    reached = set()
    for _name, address in addresses():
        answer = client.get(address)
        if not answer.headers.get("Location", "").startswith("/account/second-factor/?next="):
            reached.add(address)
    at_sign_in = {"/sign-out/", "/account/recovery-codes/", "/account/recovery-codes/file/"}
    assert reached - at_sign_in == OPEN
    for address in ("/account/recovery-codes/", "/account/recovery-codes/file/"):
        assert client.get(address).status_code == 404  # nothing there yet
    assert client.post("/p/tj-hn/2011/funds/new", {"amount": "1"})["Location"].startswith("/account/second-factor/")


def test_in_service_an_app_opens_the_other_pages(settings):
    settings.DEMONSTRATION = False
    user()
    client = browser()
    sign_in(client)
    page = client.get("/account/second-factor/").content.decode()
    assert "设验证器应用" in page
    secret = secret_on(client.get("/account/app/"))
    client.post("/account/app/", {"code": code(secret)})
    assert client.get("/account/").status_code == 200


def test_in_service_one_who_stops_the_app_is_led_to_set_one_up_at_once(settings):
    settings.DEMONSTRATION = False
    client = browser()
    with_app(client)
    client.post("/account/app/off/")
    assert client.get("/account/")["Location"].startswith("/account/second-factor/")


def test_in_service_recovery_codes_alone_are_no_second_factor(settings):
    settings.DEMONSTRATION = False
    client = browser()
    with_app(client)
    Authenticator.objects.filter(type="totp").delete()
    assert client.get("/account/")["Location"].startswith("/account/second-factor/")


def test_in_the_demonstration_a_second_factor_is_not_asked_for():
    user()
    client = browser()
    sign_in(client)
    assert client.get("/account/").status_code == 200


# ---- the act -------------------------------------------------------------------------------------------------------


def test_the_security_officer_takes_it_away_and_it_is_written_down(secret):
    client = browser()
    sign_in(client)
    client.post(SECOND, {"code": code(secret)})
    account = Account.objects.get(code="yewu")
    with pytest.raises(Forbidden):
        reset_second_factor(account, person=everywhere("guanli", "administrator"), reason="手机丢了")
    reset_second_factor(account, person=everywhere("anquan", "security_officer"), reason="手机丢了")
    header = JournalLine.objects.last().header
    for part in ('"act":"reset_second_factor"', '"evidence":"yewu"', "手机丢了"):
        assert part in header
    assert not Authenticator.objects.exists()
    assert not is_signed_in(client)
    assert sign_in(browser()).status_code == 302
