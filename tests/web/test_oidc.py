"""Signing in through one's office, against a real OpenID provider in a process of its own."""

import re
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import get_user_model
from signing import browser, code, is_signed_in, with_app

from duikou.acts.offices import close_account
from duikou.config.providers import Provider, read
from duikou.records.models import Account
from duikou.rules.rights import everywhere

SERVE = Path(__file__).parents[1] / "provider" / "serve.py"
BACK = "/sign-in/office/city/back/"
ADMINISTRATOR = everywhere("guanli", "administrator")


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    """The port at which the provider answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = probe.getsockname()[1]
    folder = tmp_path_factory.mktemp("provider")
    command = [sys.executable, str(SERVE), str(folder), str(free), f"http://testserver{BACK}"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "ready\n"
        yield free
        process.terminate()


@pytest.fixture(autouse=True)
def offices(quick, settings, port):
    """The file's content: one provider, for the accounts of tjhzb."""
    return use(settings, port)


def use(settings, port, **more):
    told = {"address": f"http://127.0.0.1:{port}/o", "client_id": "duikou", "secret": "secret-of-duikou"}
    settings.PROVIDERS = (Provider(code="city", name="市统一认证", **{**told, "office": "tjhzb", **more}),)


def start(client, wanted=""):
    """To the provider's address, as the button leads there."""
    return client.get("/sign-in/office/city/", {"next": wanted} if wanted else {})["Location"]


def at_the_provider(address, name, allow=True):
    """Sign in there and consent; the address it sends one back to."""
    person = requests.Session()
    page = person.get(address, timeout=10)
    page = person.post(page.url, data={**hidden(page), "username": name, "password": "at-the-office"}, timeout=10)
    assert "authorizationForm" in page.text
    sent = {**hidden(page), **({"allow": "Authorize"} if allow else {})}
    return person.post(page.url, data=sent, allow_redirects=False, timeout=10).headers["Location"]


def hidden(page):
    fields = re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", page.text)
    pairs = [(re.search(r'name="([^"]*)"', f), re.search(r'value="([^"]*)"', f)) for f in fields]
    return {name[1]: value[1].replace("&amp;", "&") if value else "" for name, value in pairs}


def walk(client, name, wanted="", allow=True):
    """The whole way: redirect, sign-in and consent there, back, token, userinfo."""
    return client.get(at_the_provider(start(client, wanted), name, allow).removeprefix("http://testserver"))


def changed(address, **values):
    parts = urlsplit(address)
    query = {key: value[0] for key, value in parse_qs(parts.query).items()} | values
    return urlunsplit(parts._replace(query=urlencode({k: v for k, v in query.items() if v is not None})))


def words(answer):
    return re.sub(r"<[^>]+>|\s+", "", answer.content.decode().partition("<main")[2])


def test_an_account_of_the_office_is_signed_in_and_goes_where_it_wanted():
    client = browser()
    users = get_user_model().objects.count()
    assert walk(client, "caiwu", wanted="/p/tj-hn/2011/funds/new")["Location"] == "/p/tj-hn/2011/funds/new"
    assert ">caiwu<" in client.get("/account/").content.decode()
    assert get_user_model().objects.count() == users
    assert not SocialAccount.objects.exists()


def test_the_sign_in_page_names_the_office():
    assert "从市统一认证登录" in words(browser().get("/sign-in/"))


def test_the_way_there_carries_pkce_state_and_nothing_of_the_visitors_choice():
    address = browser().get("/sign-in/office/city/?scope=email&auth_params=prompt%3Dnone&process=connect&action=x")[
        "Location"
    ]
    asked = parse_qs(urlsplit(address).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert len(asked["code_challenge"][0]) >= 43
    assert len(asked["state"][0]) >= 16
    assert set(asked["scope"][0].split()) == {"openid", "profile"}
    assert asked["redirect_uri"] == [f"http://testserver{BACK}"]
    assert "prompt" not in asked


def test_the_address_to_come_back_to_is_the_same_from_an_english_page():
    address = browser().get("/en/sign-in/office/city/")["Location"]
    assert parse_qs(urlsplit(address).query)["redirect_uri"] == [f"http://testserver{BACK}"]


def test_nobody_is_sent_to_another_site_afterwards():
    assert walk(browser(), "caiwu", wanted="https://elsewhere.example/")["Location"] == "/"


@pytest.mark.parametrize("name", ["qianfang", "stranger"])
def test_an_account_of_another_office_and_none_are_refused_alike(name):
    client = browser()
    answer = walk(client, name)
    assert answer.status_code == 403
    assert f"市统一认证没有在用的账号“{name}”" in words(answer)
    assert not is_signed_in(client)


def test_a_closed_account_is_refused():
    close_account(Account.objects.get(code="caiwu"), person=ADMINISTRATOR, reason="调离")
    client = browser()
    assert walk(client, "caiwu").status_code == 403
    assert not is_signed_in(client)


def test_an_account_made_inactive_is_refused():
    get_user_model().objects.filter(username="caiwu").update(is_active=False)
    assert walk(browser(), "caiwu").status_code == 403


def test_one_of_whom_the_provider_names_no_account_is_refused():
    answer = walk(browser(), "silent")
    assert answer.status_code == 403
    assert "没有说明是哪个账号" in words(answer)


def test_userinfo_of_another_subject_than_the_token_is_not_believed():
    client = browser()
    assert walk(client, "two-faced").status_code == 403
    assert not is_signed_in(client)


def test_the_claim_is_the_one_that_the_file_names(settings, port):
    use(settings, port, claim="account_of_duikou")
    assert "没有说明是哪个账号" in words(walk(browser(), "caiwu"))


def test_who_does_not_consent_is_told_so():
    answer = walk(browser(), "caiwu", allow=False)
    assert answer.status_code == 403
    assert "在市统一认证没有同意登录" in words(answer)


# ---- tampering -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["", "tampered", None])
def test_a_tampered_state_signs_nobody_in(state):
    client = browser()
    back = changed(at_the_provider(start(client), "caiwu"), state=state)
    answer = client.get(back)
    assert answer.status_code == 403
    assert "不是从登录页开始的" in words(answer)
    assert not is_signed_in(client)


def test_the_address_of_another_browser_signs_nobody_in():
    mine, others = browser(), browser()
    back = at_the_provider(start(others), "caiwu")
    start(mine)
    assert mine.get(back).status_code == 403
    assert not is_signed_in(mine)


def test_the_address_works_once():
    client = browser()
    back = at_the_provider(start(client), "caiwu")
    client.get(back)
    client.post("/sign-out/")
    assert client.get(back).status_code == 403
    assert not is_signed_in(client)


def test_a_code_of_another_walk_is_refused_by_pkce():
    mine, others = browser(), browser()
    stolen = parse_qs(urlsplit(at_the_provider(start(others), "yewu")).query)["code"][0]
    answer = mine.get(changed(at_the_provider(start(mine), "caiwu"), code=stolen))
    assert answer.status_code == 403
    assert "没有回答，或答得不对" in words(answer)
    assert not is_signed_in(mine)


def test_a_wrong_secret_is_a_wrong_answer(settings, port):
    use(settings, port, secret="another")
    assert "没有回答，或答得不对" in words(walk(browser(), "caiwu"))


def test_a_provider_that_is_down_is_named(settings, port):
    use(settings, port, address="http://127.0.0.1:9/o")
    answer = browser().get("/sign-in/office/city/")
    assert answer.status_code == 403
    assert "市统一认证没有回答" in words(answer)


def test_a_provider_that_answers_nonsense_is_named(settings, port):
    use(settings, port, address=f"http://127.0.0.1:{port}/login/.well-known/")
    assert "市统一认证没有回答，或答得不对" in words(browser().get("/sign-in/office/city/"))


@pytest.mark.parametrize(
    "address", ["/sign-in/office/other/", "/sign-in/office/other/back/", "/sign-in/office/openid_connect/x"]
)
def test_there_is_no_other_provider(address):
    assert browser().get(address).status_code == 404


# ---- the second factor ---------------------------------------------------------------------------------------------


def test_it_is_no_second_factor_unless_the_file_says_so():
    first = browser()
    secret = with_app(first, "caiwu")
    client = browser()
    assert walk(client, "caiwu")["Location"] == "/sign-in/second/"
    assert not is_signed_in(client)
    client.post("/sign-in/second/", {"code": code(secret)})
    assert is_signed_in(client)


def test_it_is_one_where_the_file_says_so(settings, port):
    with_app(browser(), "caiwu")
    use(settings, port, second_factor=True)
    client = browser()
    assert walk(client, "caiwu")["Location"] == "/"
    assert is_signed_in(client)


def test_in_service_one_comes_in_by_it_with_a_second_factor_or_where_it_is_one(settings, port):
    settings.DEMONSTRATION = False
    client = browser()
    walk(client, "caiwu")
    assert client.get("/account/")["Location"].startswith("/account/second-factor/")
    assert client.get("/account/app/").status_code == 200
    use(settings, port, second_factor=True)
    client = browser()
    walk(client, "caiwu")
    assert client.get("/account/").status_code == 200


def test_the_word_of_an_office_counts_for_its_account_and_not_for_the_next(settings, port):
    settings.DEMONSTRATION = False
    use(settings, port, second_factor=True)
    client = browser()
    walk(client, "caiwu")
    client.post("/sign-out/")
    from signing import sign_in, user

    user("yewu")
    sign_in(client, "yewu")
    assert client.get("/account/")["Location"].startswith("/account/second-factor/")


def test_coming_by_it_ends_the_session_of_another(settings, port):
    from signing import sign_in, user

    user("yewu")
    client = browser()
    sign_in(client, "yewu")
    walk(client, "caiwu")
    assert ">caiwu<" in client.get("/account/").content.decode()


# ---- the file ------------------------------------------------------------------------------------------------------

WHOLE = {"name": "市统一认证", "address": "https://id.example/o", "client_id": "a", "secret": "b", "office": "tjhzb"}


def written(tmp_path, code="city", **more):
    file = tmp_path / "oidc.toml"
    lines = [f"{key} = {value!r}" if not isinstance(value, bool) else f"{key} = {str(value).lower()}"
             for key, value in {**WHOLE, **more}.items() if value is not None]  # fmt: skip
    file.write_text("\n".join([f"[{code}]", *lines]), encoding="utf-8")
    return file


def test_the_file_names_providers_and_no_file_names_none(tmp_path):
    assert read(tmp_path / "nothing.toml") == ()
    (provider,) = read(written(tmp_path, second_factor=True))
    assert (provider.code, provider.claim, provider.second_factor) == ("city", "preferred_username", True)


@pytest.mark.parametrize(
    ("more", "said"),
    [({"secret": None}, "缺 secret"), ({"office": ""}, "缺 office"), ({"address": "http://id.example/o"}, "须以 https 开头"),
     ({"colour": "red"}, "不认识 colour"), ({"code": "City"}, "节名写小写字母"), ({"second_factor": "yes"}, "second_factor 应为 true 或 false"),
     ({"claim": True}, "claim 应为文字")],
)  # fmt: skip
def test_an_odd_file_is_said_when_the_program_starts(tmp_path, more, said):
    with pytest.raises(ValueError, match=said):
        read(written(tmp_path, **more))
