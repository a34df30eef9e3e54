"""Signing in by password: what is said, what locks, what is forgotten, what a one-time address does."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from axes.models import AccessAttempt, AccessLog
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils import timezone
from signing import PASSWORD, browser, is_signed_in, said, sign_in, user

from duikou.acts.doing import Forbidden
from duikou.acts.offices import close_account
from duikou.acts.sign_in import TOKENS, one_time, reset_password, unlock_account
from duikou.acts.verify import verify
from duikou.records.models import Account, JournalLine
from duikou.rules.rights import everywhere
from duikou.web.passwords import Dated, of_the_demonstration, set_on

ADMINISTRATOR, SECURITY = everywhere("guanli", "administrator"), everywhere("anquan", "security_officer")
ANOTHER = "Dui-kou-zhi-yuan-12"


@pytest.fixture(autouse=True)
def quick(programme, settings, monkeypatch):
    """Hashes that take no time, and a count of requests that begins anew."""
    monkeypatch.setattr(Dated, "iterations", 1000)
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()


def fail(client, times, name="yewu"):
    return [sign_in(client, name, "not-the-password") for _ in range(times)][-1]


# ---- the page ------------------------------------------------------------------------------------------------------


def test_one_who_signs_in_goes_where_they_wanted():
    user()
    assert sign_in(browser(), next="/p/tj-hn/2011/funds/new")["Location"] == "/p/tj-hn/2011/funds/new"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example", "https:///x", "javascript:alert(1)",
     "https://127.0.0.1/", "http:elsewhere.example", "\thttps://elsewhere.example"],
)  # fmt: skip
def test_nobody_is_sent_to_another_site(elsewhere):
    user()
    client = browser()
    wanted = sign_in(client, next=elsewhere)["Location"]
    assert urlsplit(wanted).netloc == ""
    assert wanted == "/"
    assert client.get("/sign-in/", {"next": elsewhere})["Location"] == "/"  # one who is signed in already


def test_the_account_may_be_written_in_capitals_and_with_spaces():
    user()
    assert sign_in(browser(), " YeWu ").status_code == 302


@pytest.mark.parametrize("name", ["ſhenji", "ｙｅｗｕ", "yewu'--", "yewu\x00", "y" * 300])
def test_what_only_resembles_an_account_is_none(name):
    user(), user("shenji")
    assert sign_in(browser(), name).status_code == 422


def test_a_wrong_account_and_a_wrong_password_are_answered_alike():
    user()
    known, unknown = (said(sign_in(browser(), name, "wrong")) for name in ("yewu", "nobody"))
    assert known == unknown
    assert "账号或密码不对" in known
    assert "还可以试 4 次" in known


def test_an_account_without_a_password_is_answered_like_one_that_is_not_there():
    assert said(sign_in(browser(), "caiwu", "wrong")) == said(sign_in(browser(), "nobody", "wrong"))


def test_an_empty_field_is_told_at_the_field():
    page = sign_in(browser(), "", "")
    assert page.status_code == 422
    assert "填写账号" in said(page)
    assert "填写密码" in said(page)


# ---- the lock ------------------------------------------------------------------------------------------------------


def test_five_failures_lock_and_the_right_password_is_refused_too():
    user()
    client = browser()
    assert "还可以试 1 次" in said(fail(client, 4))
    clock = timezone.localtime(timezone.now() + timedelta(minutes=15))
    assert f"已锁定到 {clock:%H:}" in said(fail(client, 1))
    assert "已锁定" in said(sign_in(client))
    assert not is_signed_in(client)


def test_an_account_that_is_not_there_locks_alike():
    client, other = browser(), browser()
    user()
    one, another = (
        re.sub(r"\d\d:\d\d", "到时", said(fail(c, 5, name))) for c, name in ((client, "nobody"), (other, "yewu"))
    )
    assert "已锁定到 到时" in one
    assert one == another


def test_the_lock_names_who_unlocks_and_the_telephone(settings):
    settings.PHONE = "022-0000"
    assert "找天津市人民政府合作交流办公室安全管理员解除锁定，电话 022-0000" in said(fail(browser(), 5))


def test_a_quarter_of_an_hour_later_the_lock_is_gone():
    user()
    client = browser()
    fail(client, 5)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=15, seconds=1))
    assert sign_in(client).status_code == 302


def test_tries_during_the_lock_do_not_prolong_it():
    client = browser()
    fail(client, 5)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=14))
    before = AccessAttempt.objects.get().attempt_time
    fail(client, 3)
    assert AccessAttempt.objects.get().attempt_time == before


def test_the_failures_of_one_address_lock_nobody_elsewhere():
    user()
    fail(browser(), 20)
    assert sign_in(browser()).status_code == 302


def test_a_browser_that_the_account_knows_is_not_locked_by_a_stranger_behind_the_same_address():
    user()
    own = browser(REMOTE_ADDR="10.9.9.9")
    sign_in(own)
    own.post("/sign-out/")
    fail(browser(REMOTE_ADDR="10.9.9.9"), 5)
    assert sign_in(own).status_code == 302


def test_a_known_browser_locks_as_well():
    user()
    own = browser()
    sign_in(own)
    own.post("/sign-out/")
    fail(own, 5)
    assert "已锁定" in said(sign_in(own))


def test_a_browser_is_known_by_the_accounts_that_used_it_only():
    user(), user("caiwu")
    own = browser()
    sign_in(own)
    own.post("/sign-out/")
    fail(own, 5, "caiwu")
    assert "已锁定" in said(sign_in(own, "caiwu"))


@pytest.mark.parametrize("cookie", ["", "rubbish", "eyJ5ZXd1IjoieCJ9:1abcde:forged"])
def test_a_forged_mark_makes_no_browser_known(cookie):
    client = browser()
    client.cookies["known"] = cookie
    assert "已锁定" in said(fail(client, 5))


def test_a_browser_cannot_call_itself_known():
    assert "已锁定" in said(fail(browser(HTTP_USER_AGENT="known x"), 5))


def test_another_name_for_the_browser_or_capitals_give_no_more_tries():
    client = browser()
    for number in range(5):
        answer = client.post(
            "/sign-in/", {"login": ("yewu", "YEWU", " Yewu")[number % 3], "password": "wrong"},
            HTTP_USER_AGENT=f"Browser {number}",
        )  # fmt: skip
    assert "已锁定" in said(answer)


def test_guesses_from_many_addresses_are_stopped():
    user()
    for _ in range(5):
        fail(browser(), 5)
    assert "已锁定" in said(sign_in(browser()))


def test_one_password_tried_on_many_accounts_is_stopped():
    client = browser()
    for number in range(50):
        sign_in(client, f"account-{number}", "Spring-2011-aaa")
    user()
    assert "已锁定" in said(sign_in(client))


def test_own_success_between_guesses_does_not_forgive_them():
    user(), user("caiwu")
    client = browser()
    for _ in range(4):
        sign_in(client, "yewu", "guess")
        sign_in(client, "caiwu")
        client.post("/sign-out/")
    assert "已锁定" in said(sign_in(client, "yewu", "guess"))


def test_a_success_forgives_ones_own_failures():
    user()
    client = browser()
    fail(client, 4)
    sign_in(client)
    client.post("/sign-out/")
    assert "还可以试 4 次" in said(fail(client, 1))


def test_behind_the_proxy_the_address_is_what_the_proxy_says_last(settings):
    settings.PROXY = True
    user()
    for number in range(5):
        client = browser(REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=f"1.2.3.{number}, 9.9.9.9")
        answer = sign_in(client, "yewu", "guess")
    assert "已锁定" in said(answer)
    assert sign_in(browser(REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="9.9.9.9, 8.8.8.8")).status_code == 302


def test_without_a_proxy_nobody_says_his_own_address():
    answer = None
    for number in range(5):
        answer = sign_in(browser(REMOTE_ADDR="10.0.0.2", HTTP_X_FORWARDED_FOR=f"1.2.3.{number}"), "yewu", "guess")
    assert "已锁定" in said(answer)


def test_sign_ins_and_failures_are_kept_for_the_auditor_without_passwords():
    user()
    client = browser(HTTP_USER_AGENT="Chrome")
    sign_in(client, "yewu", "a-wrong-Password1")
    sign_in(client)
    kept = AccessAttempt.objects.all()
    assert not kept.filter(post_data__contains="a-wrong").exists()
    assert AccessLog.objects.filter(username="yewu", user_agent="Chrome").count() == 1


def test_too_many_requests_in_a_minute_are_answered_in_our_look():
    client = browser()
    answers = [sign_in(client, "", "").status_code for _ in range(61)]
    assert answers[-1] == 429
    assert "太快了" in sign_in(client).content.decode()


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


# ---- the demonstration ---------------------------------------------------------------------------------------------


def test_a_password_of_the_demonstration_is_refused_in_service_and_its_session_ends(settings):
    someone = user()
    client = browser()
    sign_in(client)
    settings.DEMONSTRATION = False
    assert of_the_demonstration(someone)
    answer = sign_in(browser())
    assert answer.status_code == 403
    assert "这是演示账号，正式的账本不收" in answer.content.decode()
    assert not is_signed_in(client)


def test_the_refusal_is_for_those_who_know_the_password_only(settings):
    user()
    settings.DEMONSTRATION = False
    assert "演示账号" not in sign_in(browser(), "yewu", "wrong").content.decode()


def test_a_password_set_in_service_is_good_for_the_same_account(settings):
    user()
    settings.DEMONSTRATION = False
    user()
    assert sign_in(browser()).status_code == 302
