"""What must hold before a book is put into service: each check looks for one thing and says what to do about it."""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

from allauth.mfa.models import Authenticator
from django.apps import AppConfig
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import checks as system
from django.core.checks import CheckMessage
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from duikou.acts.doing import today
from duikou.acts.sealing import BEARERS, NAMES
from duikou.records.models import Account, Appointment, Job
from duikou.rules.offices import APART
from duikou.terms.words import zh

from .catalogue import SOURCE
from .passwords import of_the_demonstration

HERE = {"127.0.0.1", "localhost", "[::1]", "testserver", ""}
SERVED = {"www", "html", "htdocs", "public_html", "wwwroot", "webapps"}
YEAR = 365 * 24 * 3600
SEEN = timedelta(minutes=2)
WEEK = 7 * 24 * 3600
Found = Iterator[CheckMessage]


def deployed() -> Found:
    """The book runs in service, not as a demonstration."""
    if settings.DEMONSTRATION:
        yield _wrong(1, "账本按演示运行", "设环境变量 DUIKOU_DEPLOYED=1 后重启：加密传输、第二因素和密码更换才会强制")


def hosts() -> Found:
    """The names of the site are said, and no others answer."""
    named = set(settings.ALLOWED_HOSTS)
    if "*" in named or any(name.startswith(".") for name in named):
        yield _wrong(2, "什么域名都应答", "在 DUIKOU_HOSTS 写明站点的域名，逗号隔开，不写 * 和 .开头的")
    elif named <= HERE:
        yield _wrong(2, "没有写明站点的域名", "设 DUIKOU_HOSTS=站点的域名")


def secret() -> Found:
    """Nobody but the program reads the signing key."""
    if not os.environ.get("DUIKOU_SECRET_KEY"):
        yield from _closed(3, Path(settings.VAR) / "secret-key", 0o600, "签名密钥")
    for name, what in ((NAMES, "个人信息的密钥"), (BEARERS, "身份校验的密钥")):
        if (Path(settings.VAR) / name).exists():  # made with the first name
            yield from _closed(3, Path(settings.VAR) / name, 0o600, what)
    if len(settings.SECRET_KEY) < 50:
        yield _wrong(3, f"签名密钥只有 {len(settings.SECRET_KEY)} 个字符", "换成至少 50 个随机字符；换后所有人重新登录")


def folder() -> Found:
    """The folder of the book is the program's alone, and no web server hands out what lies in it."""
    var = Path(settings.VAR)
    yield from _closed(4, var, 0o700, "账本的文件夹")
    if SERVED & {part.lower() for part in var.parts}:
        yield _wrong(4, f"账本的文件夹 {var} 像在网站目录里", "移到网站目录之外，改 DUIKOU_VAR")


def database() -> Found:
    """Nobody but the program reads the file of the book, and it has the tables of this version."""
    if connection.vendor == "sqlite":
        name = str(settings.DATABASES["default"]["NAME"])
        yield from _closed(5, Path(name), 0o600, "账本文件")
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            yield _wrong(6, "账本的表不是这一版的", "先备份，再运行 manage.py migrate")
    except DatabaseError as error:
        yield _wrong(6, f"账本读不了（{error}）", "核对 DUIKOU_VAR 和 DUIKOU_DATABASE")


def transport() -> Found:
    """Everything goes over TLS, cookies too, and browsers are told so for a year."""
    off = [
        name for name in ("SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY")
        if not getattr(settings, name)
    ]  # fmt: skip
    if settings.SECURE_HSTS_SECONDS < YEAR:
        off.append("SECURE_HSTS_SECONDS")
    if off:
        yield _wrong(
            7, f"加密传输没有强制：{'、'.join(off)}", "设 DUIKOU_DEPLOYED=1；前面有反向代理时另设 DUIKOU_PROXY=1"
        )


def demonstration() -> Found:
    """No account of the demonstration is open, and none has the password that was shown there."""
    shown = Account.objects.filter(closed=None, office__organisation__name__endswith="（演示）").values_list(
        "code", flat=True
    )
    active = get_user_model().objects.filter(is_active=True)
    if found := {*shown, *(user.get_username() for user in active if of_the_demonstration(user))}:
        yield _wrong(8, f"演示账号还开着：{'、'.join(sorted(found))}", "在“单位与人员”停用，或另建一个没有演示的账本")


def officers() -> Found:
    """Administrator, security officer and auditor are there, and are different people."""
    borne = Appointment.objects.filter(account__closed=None, begins__lte=today()).exclude(ends__lt=today())
    by_role = {role: {a.account.code for a in borne.filter(role=role).select_related("account")} for role in APART}
    for role, accounts in by_role.items():
        if not accounts:
            yield _wrong(9, f"没有{zh('role', role)}", f"由安全管理员授予一个账号{zh('role', role)}")
    for one, other in combinations(by_role, 2):
        for code in sorted(by_role[one] & by_role[other]):
            yield _wrong(9, f"{code} 兼任{zh('role', one)}和{zh('role', other)}", "终止其中一个，另授予别人")


def second_factor() -> Found:
    """No account works without a second factor; those that have none yet are named."""
    if settings.DEMONSTRATION or "duikou.web.sessions.Limits" not in settings.MIDDLEWARE:
        yield _wrong(10, "登录不要求第二因素", "设 DUIKOU_DEPLOYED=1，MIDDLEWARE 保留 duikou.web.sessions.Limits")
    have = Authenticator.objects.values("user__username")
    lacking = Account.objects.filter(closed=None).exclude(code__in=have).order_by("code").values_list("code", flat=True)
    if named := list(lacking):
        yield _odd(
            10,
            f"{len(named)} 个账号还没有第二因素：{'、'.join(named[:5])}",
            "下次登录时会先引到设置第二因素；长期不用的停用",
        )


def clock() -> Found:
    """The clock is that of the office."""
    if settings.TIME_ZONE != "Asia/Shanghai" or not settings.USE_TZ:
        yield _odd(11, f"时区是 {settings.TIME_ZONE}", "账上的日期按北京时间；改回 Asia/Shanghai")


def heads() -> Found:
    """A head of the book was written outside it within a week."""
    youngest = max((file.stat().st_mtime for file in Path(settings.OUT).glob("*.head")), default=0.0)
    if time.time() - youngest > WEEK:
        yield _odd(
            12,
            f"{settings.OUT} 里没有一周以内的账首",
            "每周运行 duikou verify --write-head 文件夹，文件夹放在别的机器上",
        )


def worker() -> Found:
    """No job waits for a worker that is not there."""
    waiting = Job.objects.filter(state="waiting", asked_at__lt=timezone.now() - SEEN).count()
    silent = Job.objects.filter(state="running", seen_at__lt=timezone.now() - SEEN).count()
    if waiting or silent:
        yield _odd(13, f"{waiting + silent} 件事没有办事进程在办", "运行 duikou serve（自带一个）或 duikou work")


def catalogue() -> Found:
    """The English sentences are compiled."""
    for source in SOURCE.glob("*/LC_MESSAGES/django.po"):
        target = (Path(settings.LOCALE_PATHS[0]) / source.relative_to(SOURCE)).with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            yield _odd(14, f"{source.parts[-3]} 的词句没有编好", "重启；仍这样时核对账本的文件夹可写")


OF_SETTINGS: tuple[Callable[[], Found], ...] = (deployed, hosts, secret, folder, transport, clock, heads, catalogue)
OF_BOOK: tuple[Callable[[], Found], ...] = (demonstration, officers, second_factor, worker)


@system.register("deploy", deploy=True)
def everything(app_configs: Sequence[AppConfig] | None, **options: Any) -> list[CheckMessage]:
    """All of it; what asks the book, where it can be asked."""
    found = [message for check in (*OF_SETTINGS, database) for message in check()]
    if any(message.id == "duikou.E006" for message in found):
        return found
    return [*found, *(message for check in OF_BOOK for message in check())]


def _closed(number: int, path: Path, mode: int, what: str) -> Found:
    """A file or folder that others may read, or that is not there."""
    if not path.exists():
        yield _wrong(number, f"没有{what} {path}", "核对 DUIKOU_VAR")
    elif open_to := path.stat().st_mode & 0o777 & ~mode:
        yield _wrong(number, f"{what} {path} 别人也能读写（多出权限 {open_to:03o}）", f"运行 chmod {mode:o} {path}")


def _wrong(number: int, said: str, hint: str) -> CheckMessage:
    return system.Error(said, hint=hint, id=f"duikou.E{number:03}")


def _odd(number: int, said: str, hint: str) -> CheckMessage:
    return system.Warning(said, hint=hint, id=f"duikou.W{number:03}")
