"""The page of keys: who sees it, issuing one whose secret is shown once, revoking one with a reason."""

import re
from datetime import date, timedelta

import pytest
from books import signed_in
from django.test import Client

from duikou.acts.doing import today
from duikou.acts.journal import header_of
from duikou.records.models import JournalImage, JournalLine, Key, Office
from duikou.web.keys import state_of

GOOD = {"code": "tongren-1", "role": "county_clerk", "programme": "tj-hn", "begins": "2026-01-01", "ends": "2026-12-31"}


@pytest.fixture
def security(programme):
    """The security officer, signed in."""
    return signed_in("anquan")


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def issue(client, **more):
    office = Office.objects.get(organisation__code="trxzyb").pk
    day = today()
    days = {"begins": day.isoformat(), "ends": (day + timedelta(days=30)).isoformat()}
    return client.post("/keys/new", GOOD | days | {"office": office} | more)


def secret_of(answer):
    return re.search(r'value="(dk-[\w-]+)"', answer.content.decode())[1]


@pytest.mark.parametrize(("account", "status"), [("anquan", 200), ("guanli", 403), ("shenji", 403), ("caiwu", 403)])
def test_only_the_security_officer_has_the_page(programme, account, status):
    client = signed_in(account)
    assert client.get("/keys/").status_code == status
    assert client.get("/keys/new").status_code == status
    assert client.get("/keys/revoke").status_code == status
    assert issue(client).status_code == status


def test_a_visitor_finds_no_page_of_keys(visitor):
    assert visitor.get("/keys/").status_code == 404


def test_the_secret_of_a_new_key_is_shown_once_and_kept_nowhere(security):
    answer = issue(security)
    secret = secret_of(answer)
    assert secret.startswith("dk-tongren-1-")
    assert answer["Cache-Control"] == "no-store"
    assert "只显示这一次" in text(answer)
    kept = Key.objects.get(code="tongren-1")
    assert (kept.role, kept.record.programme.code, str(kept.office)) == (
        "county_clerk",
        "tj-hn",
        "同仁县对口支援工作办公室（演示）",
    )
    assert secret not in security.get("/keys/").content.decode()
    stored = [
        *JournalImage.objects.values_list("text", flat=True),
        *JournalLine.objects.values_list("header", flat=True),
    ]
    assert not any(secret in one for one in stored)
    assert not any(secret in str(cookie) for cookie in answer.cookies.values())
    assert secret not in str(dict(security.session))


def test_a_program_with_the_key_acts_as_the_office_in_that_role_only(security):
    client = Client(headers={"Authorization": f"Bearer {secret_of(issue(security))}"})
    assert client.get("/api/programmes/tj-hn").status_code == 200
    answer = client.post("/api/programmes/tj-hn/disbursements/check", "{}", content_type="application/json")
    assert answer.status_code in (403, 404, 422)
    assert client.get("/api/journal/head").status_code == 404


def test_a_key_revoked_opens_nothing_and_the_reason_stands_in_the_journal(security):
    client = Client(headers={"Authorization": f"Bearer {secret_of(issue(security))}"})
    form = security.get("/keys/revoke?key=tongren-1")
    assert 'value="tongren-1"' in form.content.decode()
    answer = security.post("/keys/revoke", {"key": "tongren-1", "reason": "程序停用"}, follow=True)
    assert answer.redirect_chain == [("/keys/", 302)]
    assert "已收回密钥 tongren-1" in text(answer)
    assert f"已收回 {today()}" in text(answer)
    assert client.get("/api/programmes").status_code == 401
    header = header_of(JournalLine.objects.last())
    assert (header["act"], header["person"], header["reason"]) == ("revoke_key", "anquan", "程序停用")


def test_a_key_is_revoked_once_and_with_a_reason(security):
    issue(security)
    assert "原因" in text(security.post("/keys/revoke", {"key": "tongren-1", "reason": ""}))
    assert Key.objects.get().revoked is None
    security.post("/keys/revoke", {"key": "tongren-1", "reason": "遗失"})
    again = security.post("/keys/revoke", {"key": "tongren-1", "reason": "再收一次"})
    assert again.status_code == 422
    assert f"tongren-1 已于 {today()} 收回" in text(again)
    assert "没有代号为 nobody 的密钥" in text(security.post("/keys/revoke", {"key": "nobody", "reason": "x"}))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"code": "Tongren"}, "以字母开头"), ({"code": "tongren-1\n"}, "以字母开头"), ({"code": "t" * 13}, "2 到 12 个"),
        ({"office": ""}, "单位"), ({"role": "administrator"}, "角色"), ({"programme": "nobody"}, "项目方案"),
        ({"begins": "昨天"}, "起"), ({"ends": "2999-01-01"}, "密钥的有效期至多一年（offices.10）"),
        ({"ends": "2001-01-01"}, "任期的起日不晚于止日（offices.4）"),
        ({"role": "front_line_officer"}, "前方干部在支援方（offices.6）"),
    ],
)  # fmt: skip
def test_a_wrong_field_is_told_and_no_key_is_issued(security, typed, said):
    answer = issue(security, **typed)
    assert answer.status_code == 422
    assert said in text(answer)
    assert not Key.objects.exists()


def test_a_code_that_was_used_is_not_used_again(security):
    issue(security)
    answer = issue(security)
    assert answer.status_code == 422
    assert "tongren-1 已用过，换一个" in text(answer)
    assert Key.objects.count() == 1


def test_the_list_says_what_each_key_opens_today():
    key = Key(begins=date(2012, 1, 1), ends=date(2012, 12, 31))
    days = {"coming": date(2011, 12, 31), "valid": date(2012, 12, 31), "ended": date(2013, 1, 1)}
    assert {state_of(key, day) for day in days.values()} == {*days}
    assert [state_of(key, day) for day in days.values()] == [*days]
    key.revoked = date(2012, 2, 1)
    assert state_of(key, date(2012, 3, 1)) == "revoked"


def test_keys_that_open_something_stand_first(security):
    issue(security, code="first")
    issue(security, code="second")
    security.post("/keys/revoke", {"key": "second", "reason": "x"})
    rows = re.findall(r'<th scope="row">(\w+)</th>', security.get("/keys/").content.decode())
    assert rows == ["first", "second"]
