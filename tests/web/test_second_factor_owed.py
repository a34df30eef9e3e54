"""The second factor: what opens without it, a fresh proof of it, passkeys, owed by every account in service, taken away."""

import os
import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.urls import URLResolver, get_resolver
from django.utils import timezone
from signing import PASSWORD, SECOND, browser, code, is_signed_in, secret_on, sign_in, user, with_app

from duikou.acts.doing import Forbidden
from duikou.acts.sign_in import reset_second_factor
from duikou.records.models import Account, JournalLine
from duikou.rules.rights import everywhere

pytestmark = pytest.mark.usefixtures("quick")


def addresses(patterns=None, prefix=""):
    for pattern in patterns or get_resolver().url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, route)
        else:
            filled = re.sub(r"<(\w+:)?(\w+)>", lambda found: FILLED.get(found[2], "1"), route)
            yield pattern.name or "", "/" + filled.lstrip("^").rstrip("$")


FILLED = {
    "section": "gifts", "kind": "gift", "programme": "tj-hn", "period": "2011", "provider_id": "none", "uidb64": "MQ", "token": "x",
    "role": "leader",
}  # fmt: skip


def test_between_the_two_steps_every_address_is_answered_as_to_a_visitor(secret):
    client, visitor = browser(), browser()
    sign_in(client)
    differ = []
    every = 1 if os.environ.get("DUIKOU_PROVE") else 3
    for name, address in list(addresses())[::every]:
        if name in ("mfa_authenticate", "sign-in", "account_login", "mfa_login_webauthn") or "/api/" in address:
            continue
        half, nobody = client.get(address), visitor.get(address)
        if (half.status_code, half.headers.get("Location")) != (nobody.status_code, nobody.headers.get("Location")):
            differ.append(address)
    assert differ == []


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
