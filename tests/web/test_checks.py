"""What must hold before a book goes into service: each check with a book that is ready and one that is not."""

import os
import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from books import OFFICER
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.utils import timezone

from duikou.acts.offices import close_account
from duikou.records.models import Account, Appointment, Job, Organisation
from duikou.web import checks
from duikou.web.catalogue import compile_all
from duikou.web.management.commands.check import DJANGO

READY = {
    "DEMONSTRATION": False, "ALLOWED_HOSTS": ["book.office.example"], "SECRET_KEY": "secret" * 9, "SECURE_SSL_REDIRECT": True,
    "SESSION_COOKIE_SECURE": True, "CSRF_COOKIE_SECURE": True, "SECURE_HSTS_SECONDS": 366 * 24 * 3600,
}  # fmt: skip


@pytest.fixture
def ready(settings, tmp_path, monkeypatch):
    """Settings of a book in service, its folder and files closed to others."""
    for name, value in READY.items():
        setattr(settings, name, value)
    settings.VAR, settings.OUT = tmp_path / "var", tmp_path / "out"
    settings.VAR.mkdir(mode=0o700)
    settings.OUT.mkdir()
    for name in ("secret-key", "book.sqlite3"):
        (settings.VAR / name).touch(mode=0o600)
    book = settings.DATABASES["default"] | {"NAME": settings.VAR / "book.sqlite3"}
    monkeypatch.setitem(settings.DATABASES, "default", book)
    settings.LOCALE_PATHS = [settings.VAR / "locale"]
    (settings.OUT / "DK-1.head").touch()
    monkeypatch.delenv("DUIKOU_SECRET_KEY", raising=False)
    compile_all()
    return settings


def said(check):
    """What a check finds."""
    return [f"{message.id} {message.msg} → {message.hint}" for message in check()]


@pytest.mark.parametrize("check", checks.OF_SETTINGS, ids=lambda check: check.__name__)
def test_a_book_that_is_ready_passes_every_check_of_its_settings(ready, check):
    assert said(check) == []


def test_a_demonstration_is_not_in_service(ready):
    ready.DEMONSTRATION = True
    assert said(checks.deployed)[0].startswith("duikou.E001 账本按演示运行 → 设环境变量 DUIKOU_DEPLOYED=1")


@pytest.mark.parametrize(
    ("hosts", "found"),
    [
        (["*"], "什么域名都应答"),
        ([".office.example"], "什么域名都应答"),
        (["127.0.0.1", "testserver"], "没有写明"),
        ([""], "没有写明"),
    ],
)
def test_the_site_answers_to_its_name_only(ready, hosts, found):
    ready.ALLOWED_HOSTS = hosts
    assert found in said(checks.hosts)[0]


def test_others_do_not_read_the_signing_key(ready, monkeypatch):
    file = ready.VAR / "secret-key"
    file.chmod(0o640)
    assert said(checks.secret) == [f"duikou.E003 签名密钥 {file} 别人也能读写（多出权限 040） → 运行 chmod 600 {file}"]
    monkeypatch.setenv("DUIKOU_SECRET_KEY", "k" * 50)
    assert said(checks.secret) == []
    ready.SECRET_KEY = "k" * 49
    assert "签名密钥只有 49 个字符" in said(checks.secret)[0]


def test_others_do_not_reach_the_folder_of_the_book(ready, tmp_path):
    ready.VAR.chmod(0o755)
    assert "账本的文件夹" in said(checks.folder)[0]
    assert "chmod 700" in said(checks.folder)[0]
    ready.VAR = tmp_path / "WWW" / "book"
    ready.VAR.mkdir(parents=True, mode=0o700)
    assert "像在网站目录里" in said(checks.folder)[0]
    ready.VAR = tmp_path / "nowhere"
    assert "没有账本的文件夹" in said(checks.folder)[0]


def test_others_do_not_read_the_file_of_the_book(ready, db):
    assert said(checks.database) == []
    Path(ready.DATABASES["default"]["NAME"]).chmod(0o644)
    assert "账本文件" in said(checks.database)[0]
    assert "多出权限 044" in said(checks.database)[0]


def test_tables_of_another_version_and_a_book_that_cannot_be_read_are_told(ready, db, monkeypatch):
    monkeypatch.setattr(checks.MigrationExecutor, "migration_plan", lambda *of: ["one"])
    assert said(checks.database) == ["duikou.E006 账本的表不是这一版的 → 先备份，再运行 manage.py migrate"]

    def away(*of):
        raise DatabaseError("gone")

    monkeypatch.setattr(checks.MigrationExecutor, "migration_plan", away)
    assert "账本读不了（gone）" in said(checks.database)[0]
    assert [m.id for m in checks.everything(None)] == ["duikou.E006"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECURE_SSL_REDIRECT", False), ("SESSION_COOKIE_SECURE", False), ("CSRF_COOKIE_SECURE", False),
        ("SESSION_COOKIE_HTTPONLY", False), ("SECURE_HSTS_SECONDS", 3600),
    ],
)  # fmt: skip
def test_nothing_goes_unencrypted(ready, name, value):
    setattr(ready, name, value)
    assert f"加密传输没有强制：{name}" in said(checks.transport)[0]


def test_accounts_of_the_demonstration_are_closed(ready, programme):
    assert "演示账号还开着：gongzhong、qianfang、shenji、tongren、xianling" in said(checks.demonstration)[0]
    for account in Account.objects.filter(office__organisation__name__endswith="（演示）"):
        close_account(account, person=OFFICER, reason="投入使用")
    assert said(checks.demonstration) == []


def test_no_account_has_a_password_that_was_set_in_the_demonstration(ready, programme):
    Organisation.objects.filter(name__endswith="（演示）").update(name="某单位")
    user = get_user_model().objects.get(username="caiwu")
    user.set_password("set in service")
    user.save()
    assert said(checks.demonstration) == []
    ready.DEMONSTRATION = True
    user.set_password("shown to all")
    user.save()
    assert "演示账号还开着：caiwu →" in said(checks.demonstration)[0]


def test_the_three_officers_are_three_people(ready, programme):
    assert said(checks.officers) == []
    Appointment.objects.filter(role="auditor").update(account=Account.objects.get(code="guanli"))
    assert said(checks.officers) == ["duikou.E009 guanli 兼任系统管理员和审计 → 终止其中一个，另授予别人"]
    Appointment.objects.filter(role="auditor").update(begins=date(2026, 1, 1), ends=date(2026, 1, 2))
    assert said(checks.officers) == ["duikou.E009 没有审计 → 由安全管理员授予一个账号审计"]


def test_everyone_signs_in_with_a_second_factor(ready, programme):
    for user in get_user_model().objects.all():
        Authenticator.objects.create(user=user, type="totp", data={})
    assert said(checks.second_factor) == []
    Authenticator.objects.filter(user__username="caiwu").delete()
    assert "duikou.W010 1 个账号还没有第二因素：caiwu" in said(checks.second_factor)[0]
    ready.MIDDLEWARE = [name for name in ready.MIDDLEWARE if "sessions.Limits" not in name]
    assert "duikou.E010 登录不要求第二因素" in said(checks.second_factor)[0]


def test_the_clock_is_that_of_the_office(ready):
    ready.TIME_ZONE = "UTC"
    assert "时区是 UTC" in said(checks.clock)[0]


def test_a_head_was_written_outside_within_a_week(ready):
    week = time.time() - 8 * 24 * 3600
    os.utime(ready.OUT / "DK-1.head", (week, week))
    assert "没有一周以内的账首" in said(checks.heads)[0]
    (ready.OUT / "DK-1.head").unlink()
    assert "duikou verify --write-head" in said(checks.heads)[0]


def test_no_job_waits_for_a_worker_that_is_not_there(ready, programme):
    now = timezone.now()
    Job.objects.create(work="verify_book", account="shenji", asked_at=now)
    Job.objects.create(work="verify_book", account="shenji", asked_at=now - timedelta(days=1), state="done")
    Job.objects.create(work="verify_book", account="shenji", asked_at=now, state="running", seen_at=now)
    assert said(checks.worker) == []
    Job.objects.filter(state="waiting").update(asked_at=now - timedelta(minutes=3))
    Job.objects.filter(state="running").update(seen_at=now - timedelta(minutes=3))
    assert "duikou.W013 2 件事没有办事进程在办" in said(checks.worker)[0]


def test_the_english_sentences_are_compiled(ready):
    os.utime(Path(ready.LOCALE_PATHS[0]) / "en" / "LC_MESSAGES" / "django.mo", (0, 0))
    assert "en 的词句没有编好" in said(checks.catalogue)[0]


def test_the_command_says_what_was_found_and_fails_where_it_must(ready, programme, capsys):
    with pytest.raises(CommandError, match=r"1 处不行，3 处提醒；改好后再查"):
        call_command("check", deploy=True)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("  不行　duikou.E008　演示账号还开着")
    assert lines[1] == "　　　　→ 在“单位与人员”停用，或另建一个没有演示的账本"
    assert [line.split("　")[1] for line in lines[2::2]] == ["duikou.W010", "security.W005", "security.W021"]


def test_the_command_passes_where_there_is_nothing_but_to_be_thought_of(ready, programme, capsys):
    for account in Account.objects.filter(office__organisation__name__endswith="（演示）").exclude(code="shenji"):
        close_account(account, person=OFFICER, reason="投入使用")
    Organisation.objects.filter(name="审计机关（演示）").update(name="审计机关")
    call_command("check", deploy=True)
    assert capsys.readouterr().out.splitlines()[-1] == "  没有不行的，3 处提醒"


def test_without_the_option_the_settings_alone_are_looked_at(db, capsys):
    call_command("check")
    assert capsys.readouterr().out == "  都好\n"


def test_what_one_finding_says_is_not_said_four_times(ready, programme, capsys):
    ready.SECURE_SSL_REDIRECT = ready.SESSION_COOKIE_SECURE = ready.CSRF_COOKIE_SECURE = False
    ready.SECURE_HSTS_SECONDS = 0
    with pytest.raises(CommandError):
        call_command("check", deploy=True)
    out = capsys.readouterr().out
    assert "duikou.E007" in out
    assert not [code for code in ("security.W004", "security.W008", "security.W012", "security.W016") if code in out]


def test_every_check_of_django_that_may_speak_here_has_our_words(ready, programme, capsys):
    ready.DEBUG, ready.ALLOWED_HOSTS, ready.SECRET_KEY = True, [], "k"
    with pytest.raises(CommandError):
        call_command("check", deploy=True)
    spoken = {word for word in capsys.readouterr().out.split("　") if word.startswith("security.")}
    assert {"security.W009", "security.W018", "security.W020"} <= spoken <= set(DJANGO)
