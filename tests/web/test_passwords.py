"""Passwords: what one must be, how long it is good, what a one-time address does, resetting and unlocking."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from signing import ANOTHER, PASSWORD, browser, fail, is_signed_in, said, sign_in, user

from duikou.acts.doing import Forbidden
from duikou.acts.offices import close_account
from duikou.acts.sign_in import TOKENS, one_time, reset_password, unlock_account
from duikou.acts.verify import verify
from duikou.records.models import Account, JournalLine
from duikou.rules.rights import everywhere
from duikou.web.passwords import Dated, set_on

pytestmark = pytest.mark.usefixtures("quick")
ADMINISTRATOR, SECURITY = everywhere("guanli", "administrator"), everywhere("anquan", "security_officer")


# ---- passwords -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("password", "objection"),
    [("Ab1-efghijk", "至少 12 个字符"), ("Kai-yewu-2011", "太像"), ("Zhang-ben-2011", ""), ("password1234", "太常见"),
     ("201108292011", "不能全是数字"), ("abcdefghijklmn1", "至少有三种"), ("对口支援账本一数一源来源可查", "至少有三种")],
)  # fmt: skip
def test_a_password_is_long_mixed_and_not_to_be_guessed(password, objection):
    try:
        validate_password(password, get_user_model()(username="yewu"))
    except ValidationError as error:
        found = "；".join(error.messages)
    else:
        found = ""
    assert objection in found
    assert bool(objection) == bool(found)


def test_a_long_sentence_may_be_of_one_kind():
    validate_password("一本账上每一个数都找得到它的出处和原文那一句", get_user_model()(username="yewu"))


def test_a_password_knows_the_day_it_was_set():
    someone = user()
    assert set_on(someone) == timezone.localdate()
    assert someone.check_password(PASSWORD)
    someone.password = "pbkdf2_sha256$1000$abcdefghijklmnopqrstuv$x="
    assert set_on(someone) is None


def age(days, name="yewu"):
    someone = user(name)
    day = timezone.localdate() - timedelta(days=days)
    someone.password = re.sub(r"\$[dp]\d{8}", f"$p{day:%Y%m%d}", someone.password)
    iterations, salt = someone.password.split("$")[1:3]
    someone.password = Dated().encode(PASSWORD, salt, int(iterations))
    someone.save()


def test_a_password_of_its_last_day_is_good_and_then_must_be_changed_first(settings):
    settings.PASSWORD_DAYS = 180
    age(180)
    client = browser()
    sign_in(client)
    assert is_signed_in(client)
    age(181)
    client = browser()
    sign_in(client)
    assert client.get("/rights/?a=1")["Location"] == "/account/password/?next=%2Frights%2F%3Fa%3D1"
    assert client.post("/p/tj-hn/2011/funds/new")["Location"].startswith("/account/password/")
    assert "到期" in client.get("/account/password/").content.decode()
    changed = {"oldpassword": PASSWORD, "password1": ANOTHER, "password2": ANOTHER, "next": "/rights/?a=1"}
    assert client.post("/account/password/", changed)["Location"] == "/rights/?a=1"
    assert is_signed_in(client)


def test_a_password_without_a_day_is_old_where_passwords_have_an_age(settings):
    someone = user()
    someone.password = Dated().encode(PASSWORD, "saltwithoutanydayinitx", 1000)
    someone.save()
    client = browser()
    sign_in(client)
    assert is_signed_in(client)
    settings.PASSWORD_DAYS = 180
    assert client.get("/account/")["Location"].startswith("/account/password/")


def test_one_whose_password_is_old_can_still_leave(settings):
    settings.PASSWORD_DAYS = 180
    age(181)
    client = browser()
    sign_in(client)
    assert client.post("/sign-out/")["Location"] == "/"


# ---- one-time addresses and the acts -------------------------------------------------------------------------------


def set_password(client, address, password=ANOTHER):
    form = client.get(address)
    if form.status_code != 302:
        return form
    return client.post(form["Location"], {"new_password1": password, "new_password2": password})


def test_a_one_time_address_sets_the_first_password_once():
    address = one_time(get_user_model().objects.get(username="caiwu"))
    assert set_password(browser(), address)["Location"] == "/sign-in/"
    assert sign_in(browser(), "caiwu", ANOTHER).status_code == 302
    again = set_password(browser(), address, "Yet-Another-123")
    assert "已经失效" in again.content.decode()
    assert sign_in(browser(), "caiwu", ANOTHER).status_code == 302


def test_the_address_does_not_stay_in_the_browser_while_the_password_is_typed():
    address = one_time(get_user_model().objects.get(username="caiwu"))
    assert browser().get(address)["Location"].endswith("/set-password/")


def test_a_one_time_address_holds_to_the_rules_of_passwords():
    answer = set_password(browser(), one_time(get_user_model().objects.get(username="caiwu")), "short")
    assert answer.status_code == 422
    assert "新密码：密码至少 12 个字符" in said(answer)


def test_a_one_time_address_is_dead_after_72_hours(monkeypatch):
    address = one_time(get_user_model().objects.get(username="caiwu"))
    now = TOKENS._now()
    monkeypatch.setattr(TOKENS, "_now", lambda: now + timedelta(hours=71))
    assert browser().get(address).status_code == 302
    monkeypatch.setattr(TOKENS, "_now", lambda: now + timedelta(hours=72, seconds=1))
    assert "已经失效" in browser().get(address).content.decode()


def test_a_one_time_address_is_for_its_account_only():
    mine, others = (one_time(get_user_model().objects.get(username=name)) for name in ("caiwu", "anquan"))
    mixed = "/".join([*others.split("/")[:4], *mine.split("/")[4:]])
    assert "已经失效" in browser().get(mixed).content.decode()


def test_the_page_of_a_dead_address_says_whom_to_ask():
    page = browser().get("/sign-in/first/MQ/rubbish/").content.decode()
    assert "找天津市人民政府合作交流办公室系统管理员再给一个" in page


def test_a_second_reset_makes_the_first_address_dead():
    account = Account.objects.get(code="caiwu")
    first = reset_password(account, person=ADMINISTRATOR, reason="忘记")
    second = reset_password(account, person=ADMINISTRATOR, reason="又忘记")
    assert "已经失效" in browser().get(first).content.decode()
    assert set_password(browser(), second)["Location"] == "/sign-in/"


def test_a_reset_ends_the_sessions_and_the_password_and_leaves_a_line():
    user("caiwu")
    client = browser()
    sign_in(client, "caiwu")
    lines = JournalLine.objects.count()
    reset_password(Account.objects.get(code="caiwu"), person=ADMINISTRATOR, reason="忘记密码，本人来电")
    assert not is_signed_in(client)
    assert sign_in(browser(), "caiwu").status_code == 422
    assert JournalLine.objects.count() == lines + 1
    header = JournalLine.objects.last().header
    for part in ('"act":"reset_password"', '"evidence":"caiwu"', '"person":"guanli"', "忘记密码，本人来电"):
        assert part in header
    assert verify().true


def test_unlocking_is_an_act_of_the_security_officer():
    user()
    client = browser()
    fail(client, 5)
    account = Account.objects.get(code="yewu")
    with pytest.raises(Forbidden):
        unlock_account(account, person=ADMINISTRATOR, reason="本人来电")
    unlock_account(account, person=SECURITY, reason="本人来电")
    assert '"act":"unlock_account"' in JournalLine.objects.last().header
    assert sign_in(client).status_code == 302


def test_nobody_else_resets_a_password():
    with pytest.raises(Forbidden):
        reset_password(Account.objects.get(code="caiwu"), person=SECURITY, reason="")


def test_a_closed_account_is_left_closed():
    account = Account.objects.get(code="caiwu")
    close_account(account, person=ADMINISTRATOR, reason="调离")
    lines = JournalLine.objects.count()
    with pytest.raises(ValueError, match="已停用"):
        reset_password(account, person=ADMINISTRATOR, reason="")
    assert JournalLine.objects.count() == lines


def test_closing_an_account_ends_its_session_and_its_one_time_address():
    user("caiwu")
    client = browser()
    sign_in(client, "caiwu")
    address = one_time(get_user_model().objects.get(username="caiwu"))
    close_account(Account.objects.get(code="caiwu"), person=ADMINISTRATOR, reason="调离")
    assert not is_signed_in(client)
    assert "已经失效" in browser().get(address).content.decode()
    assert sign_in(browser(), "caiwu").status_code == 422
