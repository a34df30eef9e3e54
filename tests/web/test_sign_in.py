"""Signing in by password: what is said, what locks, what is forgotten, what the demonstration's passwords open."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from axes.models import AccessAttempt, AccessLog
from django.utils import timezone
from signing import browser, fail, is_signed_in, said, sign_in, user

from duikou.web.passwords import of_the_demonstration

pytestmark = pytest.mark.usefixtures("quick")


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
