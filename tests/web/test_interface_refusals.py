"""The interface: whom it believes, how often it answers, how it refuses."""

import json
import re
from datetime import timedelta

import pytest
from books import OFFICER, PERIOD, signed_in
from django.test import Client
from programs import GOOD, PAYMENTS, check, key, post, record, why, with_key

from duikou.acts.doing import today
from duikou.acts.offices import revoke_key
from duikou.records.models import Key, Programme
from duikou.web.interface import keys

pytestmark = pytest.mark.usefixtures("counted")
A_MEGABYTE = 2**20


# ---- whom it believes ----------------------------------------------------------------------------------------------


def test_a_visitor_who_acts_is_told_to_say_who_it_is(visitor):
    answer = check(visitor)
    assert why(answer)["status"] == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert "Authorization: Bearer dk-" in why(answer)["detail"]


def test_one_without_the_duty_is_told_who_has_it_and_who_grants_it(auditor):
    said = why(check(auditor))
    assert said["status"] == 403
    assert "登记拨付由业务员、财务办理" in said["detail"]
    assert "要开通找天津市人民政府合作交流办公室安全管理员" in said["detail"]


def test_a_session_changes_something_only_with_its_token(programme, clerk):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = clerk.cookies
    assert "X-CSRFToken" in why(check(strict))["detail"]
    form = strict.get(f"/p/tj-hn/{PERIOD}/funds/new").content.decode()
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', form)[1]
    assert post(strict, f"{PAYMENTS}/check", GOOD, headers={"X-CSRFToken": token}).status_code == 200


def test_a_key_that_opens_nothing_is_told_why(programme):
    day = today()
    ended, coming, revoked = key(code="ended"), key(code="coming", begins=3), key(code="gone")
    Key.objects.filter(code="ended").update(begins=day - timedelta(days=9), ends=day - timedelta(days=1))
    revoke_key(Key.objects.get(code="gone"), person=OFFICER, reason="遗失")
    said = {
        secret: why(with_key(secret).get("/api/programmes"))
        for secret in (ended, coming, revoked, "dk-none-x", "x" * 999)
    }
    assert {one["status"] for one in said.values()} == {401}
    assert "密钥 ended 已于" in said[ended]["detail"]
    assert said[ended]["detail"].split("；")[0].endswith("到期")
    assert said[coming]["detail"].split("；")[0].endswith("起有效")
    assert "收回" in said[revoked]["detail"]
    assert "没有这个密钥" in said["dk-none-x"]["detail"]
    assert "写法不对" in why(with_key(key(), "Basic").get("/api/programmes"))["detail"]


def test_a_key_counts_before_the_session_it_comes_with(programme):
    client = signed_in("shenji")
    assert client.get("/api/journal/head").status_code == 200
    assert client.get("/api/journal/head", headers={"Authorization": f"Bearer {key()}"}).status_code == 404


def test_a_key_of_another_programme_sees_and_does_nothing_here(programme):
    Programme.objects.update(published=None)
    client = with_key(key(programme="bj-ht"))
    assert client.get("/api/programmes/tj-hn").status_code == 404
    assert check(client).status_code == 404
    assert client.get("/api/programmes/bj-ht").status_code == 200


# ---- how often, how much -------------------------------------------------------------------------------------------


def test_a_minute_holds_so_many_questions_of_a_key_and_of_an_address(programme, monkeypatch):
    monkeypatch.setattr(keys.time, "time", lambda: 6_000_021.5)
    monkeypatch.setitem(keys.RATES, "known", 3)
    monkeypatch.setitem(keys.RATES, "visitor", 2)
    visitor, program, other = Client(), with_key(key()), with_key(key(code="other"))
    assert [visitor.get("/api/sheets").status_code for _ in range(3)] == [200, 200, 429]
    assert [program.get("/api/sheets").status_code for _ in range(4)] == [200, 200, 200, 429]
    assert other.get("/api/sheets").status_code == 200
    refused = visitor.get("/api/sheets")
    assert why(refused)["status"] == 429
    assert refused["Retry-After"] == "39"
    assert Client(REMOTE_ADDR="10.0.0.9").get("/api/sheets").status_code == 200
    monkeypatch.setattr(keys.time, "time", lambda: 6_000_060)
    assert visitor.get("/api/sheets").status_code == 200


def test_keys_that_open_nothing_are_counted_too(programme, monkeypatch):
    monkeypatch.setattr(keys.time, "time", lambda: 6_000_000)
    monkeypatch.setitem(keys.RATES, "visitor", 2)
    guess = with_key("dk-guess")
    assert [guess.get("/api/sheets").status_code for _ in range(3)] == [401, 401, 429]
    assert guess.get("/api/sheets")["Retry-After"] == "60"


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ("{", 400, "读不成 JSON"), (b"\xff\xfe", 400, "第 1 字节不是 UTF-8"), ("[" * 100_000, 400, "套得太深"),
        (json.dumps([[[[[[[[[1]]]]]]]]]), 400, "至多 8 层"), ('{"amount_fen": NaN}', 400, "NaN 不是数"),
        ("1" * 5000, 400, "至多 30 位"), ("x" * (A_MEGABYTE + 1), 413, "至多 1 MB"), ("[]", 422, ""), ("null", 422, ""),
        ("", 415, ""),
    ],
)  # fmt: skip
def test_a_body_that_cannot_be_read_is_refused_in_words(program, body, status, said):
    answer = post(program, f"{PAYMENTS}/check", body)
    assert answer.status_code == status
    assert said in why(answer)["detail"]


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("amount_fen", "200", "写成整数"), ("amount_fen", True, "写成整数"), ("amount_fen", 1.5, "写成整数"),
        ("amount_fen", 10**15 + 1, "不大于 1000000000000000"), ("paid_on", "2012-3-5", "写成日期，如 2011-09-05"),
        ("paid_on", "2012-02-30", "写成日期，如 2011-09-05"), ("paid_on", 0, "写成日期，如 2011-09-05"),
        ("voucher", "长" * 41, "至多 40 个字"), ("purpose", "长" * 100_000, "至多 60 个字"), ("receiver", 7, "写成文字"),
        ("surprise", 1, "没有这一项，去掉"), ("voucher", "\ud800", "写成完整的文字"), ("\ud800", 1, "写成完整的文字"),
    ],
)  # fmt: skip
def test_a_field_that_cannot_be_read_is_told_at_its_place(program, field, value, expected):
    said = why(record(program, GOOD, GOOD | {field: value}))
    assert [(p["place"], p["expected"]) for p in said["problems"]] == [("第 2 笔", expected)]
    assert len(json.dumps(said)) < 2000


def test_a_list_holds_at_most_five_hundred_payments(program):
    said = why(record(program, *[GOOD] * 501))
    assert [(p["field"], p["expected"]) for p in said["problems"]] == [("disbursements", "至多 500 项")]


def test_a_body_that_does_not_say_it_is_json_is_not_read(program):
    answer = post(program, f"{PAYMENTS}/check", "amount_fen=1", content_type="application/x-www-form-urlencoded")
    assert "要写成 JSON" in why(answer)["detail"]


@pytest.mark.parametrize(
    "address",
    ["programmes/tj-hn/records?limit=0", "programmes/tj-hn/records?limit=501", "programmes/tj-hn/records?after=-1",
     "programmes/tj-hn/records?after=1_0", "programmes/tj-hn/records?kind=office", "records/0", "records/x",
     "records/99999999999999999999", "figures/490", "documents/xyz", "programmes/%00", "programmes/TJ"],
)  # fmt: skip
def test_an_address_that_cannot_be_read_is_refused_with_what_was_expected(visitor, address):
    said = why(visitor.get(f"/api/{address}"))
    assert said["status"] == 422
    assert said["problems"][0]["place"] in ("地址", "参数")
    assert said["problems"][0]["expected"]


def test_an_address_that_is_none_and_a_method_that_is_none_are_refused_in_the_same_shape(visitor):
    assert why(visitor.get("/api/nothing/here"))["status"] == 404
    assert why(visitor.post("/api/nothing"))["status"] == 404
    answer = visitor.delete("/api/programmes")
    assert why(answer)["status"] == 405
    assert answer["Allow"] == "GET"


def test_a_mistake_of_the_program_is_told_without_its_insides(visitor, monkeypatch, caplog):
    monkeypatch.setattr("duikou.web.interface.programmes.seen", lambda request, taken: 1 / 0)
    answer = visitor.get("/api/programmes")
    assert why(answer)["status"] == 500
    assert "ZeroDivisionError" not in answer.content.decode()
    assert "ZeroDivisionError" in caplog.text


def test_an_empty_book_is_said_to_be_empty(visitor, monkeypatch):
    def nothing(line=None):
        raise LookupError("账本还是空的：先开立账本并载入")

    monkeypatch.setattr("duikou.web.interface.programmes.snapshot", nothing)
    assert "账本还是空的" in why(visitor.get("/api/programmes"))["detail"]
