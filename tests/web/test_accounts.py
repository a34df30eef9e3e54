"""Signing in and out, on a page that says whose system it is."""

import re

import pytest
from django.contrib.auth import get_user_model

PASSWORD = "a-long-password"


@pytest.fixture
def account(programme):
    return get_user_model().objects.create_user("clerk", password=PASSWORD)


def sign_in(client, name="clerk", password=PASSWORD, **more):
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', client.get("/sign-in/").content.decode())[1]
    return client.post("/sign-in/", {"username": name, "password": password, "csrfmiddlewaretoken": token, **more})


def test_the_page_says_whose_system_it_is_and_who_gives_accounts(visitor):
    page = visitor.get("/sign-in/").content.decode()
    assert "天津市人民政府合作交流办公室的账本" in page
    assert "找天津市人民政府合作交流办公室安全管理员开通" in page
    assert 'autocomplete="current-password"' in page


def test_one_who_signs_in_goes_where_they_wanted(visitor, account):
    assert sign_in(visitor, next="/p/tj-hn/2011/funds/new")["Location"] == "/p/tj-hn/2011/funds/new"
    assert visitor.get("/sign-in/").status_code == 302


def test_nobody_is_sent_to_another_site(visitor, account):
    assert sign_in(visitor, next="https://elsewhere.example/")["Location"] == "/"


@pytest.mark.parametrize(("name", "password"), [("clerk", "wrong"), ("nobody", PASSWORD)])
def test_a_wrong_account_and_a_wrong_password_are_answered_alike(visitor, account, name, password):
    answer = sign_in(visitor, name, password)
    assert answer.status_code == 422
    assert "账号或密码不对" in answer.content.decode()


def test_an_empty_field_is_told_at_the_field(visitor, account):
    page = sign_in(visitor, "", "").content.decode()
    assert "填写账号" in page
    assert "填写密码" in page


def test_signing_out_is_a_button_not_a_link(visitor, account):
    sign_in(visitor)
    page = visitor.get("/", follow=True).content.decode()
    assert '<form method="post" action="/sign-out/">' in page
    assert visitor.get("/sign-out/").status_code == 405
