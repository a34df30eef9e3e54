"""登录与读取记录: every sign-in, failure and reading of personal data stands there, for those who watch over the book."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from axes.models import AccessFailureLog, AccessLog
from books import signed_in
from django.apps import apps

from duikou.acts.names import read
from duikou.records.models import NameRead
from duikou.rules.rights import Place, everywhere
from duikou.web import access


def lines(page):
    """The cells of every line: time, account with office, what, detail, origin."""
    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    return [
        [
            unescape(" ".join(re.sub(r"<[^>]+>", " ", cell).split()))
            for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)
        ]
        for row in re.findall(r"<tr>(.*?)</tr>", body)
    ]


def at(model, number, moment, field="attempt_time"):
    model.objects.filter(pk=number).update(**{field: moment})


@pytest.fixture
def logs(programme):
    """On 23 November by Beijing time: a sign-in, one failure, one try while locked; on the 22nd a reading."""
    AccessLog.objects.all().delete()
    AccessFailureLog.objects.all().delete()
    day = datetime(2026, 11, 22, 16, 30, tzinfo=UTC)  # half past midnight of the 23rd in Beijing
    kept = AccessLog.objects.create(username="caiwu", ip_address="192.0.2.7", logout_time=day + timedelta(hours=2))
    at(AccessLog, kept.pk, day)
    for minutes, name, locked in ((1, "caiwu", False), (2, "hunter2-my-password", True)):
        failure = AccessFailureLog.objects.create(username=name, ip_address="192.0.2.8", locked_out=locked)
        at(AccessFailureLog, failure.pk, day + timedelta(minutes=minutes))
    NameRead.objects.create(at=day - timedelta(hours=1), account="yewu", names=[4, 5], why="核对经办人")


def test_all_logs_stand_in_one_list_the_newest_first(logs):
    page = signed_in("anquan").get("/access/").content.decode()
    office = "天津市人民政府合作交流办公室"
    assert [row for row in lines(page) if row[1].partition(" ")[0] != "anquan"] == [
        ["2026-11-23 00:32:00", "没有这个账号", "锁定后仍试", "", "192.0.2.8"],
        ["2026-11-23 00:31:00", f"caiwu {office}", "登录未成", "", "192.0.2.8"],
        ["2026-11-23 00:30:00", f"caiwu {office}", "登录", "02:30 退出", "192.0.2.7"],
        ["2026-11-22 23:30:00", f"yewu {office}", "读取个人信息", "核对经办人（第 4、5 号）", ""],
    ]


def test_what_is_typed_for_an_account_that_there_is_not_is_not_shown(logs):
    client = signed_in("shenji")
    for address in ("/access/", "/access.csv"):
        assert "hunter2" not in client.get(address).content.decode()


def test_a_reading_stands_there_as_soon_as_it_was_made(programme):
    read([1], person=everywhere("shenji", "auditor"), place=Place(office="tjhzb"), why="审计取证")
    assert lines(signed_in("shenji").get("/access/?what=read").content.decode())[0][1:4] == [
        "shenji 审计机关（演示）", "读取个人信息", "审计取证（第 1 号）",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "whats"),
    [
        ("?account=yewu", ["读取个人信息"]),
        ("?account=caiwu", ["登录未成", "登录"]),
        ("?account=nobody", []),
        ("?day=2026-11-23", ["锁定后仍试", "登录未成", "登录"]),
        ("?day=2026-11-22", ["读取个人信息"]),
        ("?day=2026-11-23&account=caiwu&what=failed", ["登录未成"]),
        ("?what=locked", ["锁定后仍试"]),
    ],
)
def test_the_list_is_narrowed_by_account_day_and_kind(logs, asked, whats):
    page = signed_in("shenji").get(f"/access/{asked}").content.decode()
    assert [row[2] for row in lines(page) if not row[1].startswith("shenji")] == whats


@pytest.mark.parametrize(
    "asked", ["?day=23.11.2026", "?day=9999-99-99", "?what=everything", "?page=x", "?page=-1", "?account=%00"]
)
def test_what_makes_no_sense_is_not_asked_for(logs, asked):
    assert signed_in("shenji").get(f"/access/{asked}").status_code == 200


def test_a_hundred_lines_stand_on_a_page(programme):
    now = datetime.now(UTC)
    NameRead.objects.bulk_create(
        NameRead(at=now - timedelta(minutes=n), account="yewu", names=[n], why="对账") for n in range(201)
    )
    client = signed_in("shenji")
    pages = [lines(client.get(f"/access/?account=yewu&page={n}").content.decode()) for n in (1, 2, 3)]
    assert [len(rows) for rows in pages] == [100, 100, 1]
    assert pages[2][0][3] == "对账（第 200 号）"
    second = unescape(client.get("/access/?account=yewu&page=2").content.decode())
    assert 'href="?account=yewu&day=&what=&page=1"' in second
    assert 'href="?account=yewu&day=&what=&page=3"' in second


def test_a_page_asks_the_database_a_few_times_however_many_lines_it_has(programme, django_assert_max_num_queries):
    client, now = signed_in("shenji"), datetime.now(UTC)
    client.get("/access/")
    NameRead.objects.bulk_create(NameRead(at=now, account="yewu", names=[n], why="对账") for n in range(100))
    AccessLog.objects.bulk_create(AccessLog(username="yewu") for n in range(100))
    with django_assert_max_num_queries(24):
        client.get("/access/")


def test_the_file_has_the_same_lines_and_no_formula(logs):
    NameRead.objects.create(at=datetime(2026, 11, 23, tzinfo=UTC), account="yewu", names=[1], why="=cmd|' /C calc'!A0")
    answer = signed_in("shenji").get("/access.csv?account=yewu")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == ["时间", "账号", "单位", "做了什么", "详情", "来自"]
    assert [(row[0], row[3], row[4]) for row in rows[1:]] == [
        ("2026-11-23 08:00:00", "读取个人信息", "'=cmd|' /C calc'!A0（第 1 号）"),
        ("2026-11-22 23:30:00", "读取个人信息", "核对经办人（第 4、5 号）"),
    ]


def test_a_file_too_long_to_be_read_is_asked_for_day_by_day(logs, monkeypatch):
    monkeypatch.setattr(access, "MOST", 3)
    client = signed_in("shenji")
    answer = client.get("/access.csv")
    assert answer.status_code == 413
    assert "一次至多导出 3 行。按日筛选后再导出" in answer.content.decode()
    assert client.get("/access.csv?day=2026-11-22").status_code == 200


@pytest.mark.parametrize("address", ["/access/", "/access.csv"])
@pytest.mark.parametrize("account", ["yewu", "caiwu", "lingdao", "guanli", "qianfang", "tongren", "gongzhong"])
def test_who_does_not_watch_over_the_book_does_not_see_the_log(logs, account, address):
    assert signed_in(account).get(address).status_code == 404


@pytest.mark.parametrize("address", ["/access/", "/access.csv"])
def test_a_visitor_does_not_see_the_log(visitor, address):
    assert visitor.get(address).status_code == 404


def test_without_a_log_of_sign_ins_the_readings_stand_alone(logs, monkeypatch):
    monkeypatch.setattr(apps, "is_installed", lambda name: name != "axes")
    page = signed_in("shenji").get("/access/").content.decode()
    assert [row[2] for row in lines(page)] == ["读取个人信息"]


def test_what_was_typed_as_a_reason_is_text_on_the_page(programme):
    NameRead.objects.create(at=datetime.now(UTC), account="yewu", names=[1], why="<script>alert(1)</script>")
    assert "<script>alert" not in signed_in("shenji").get("/access/").content.decode()
