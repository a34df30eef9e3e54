"""建库、载入示例、冻结、出文件、开站点：一条命令走完主线."""

import secrets
import shutil
import time
import tomllib
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from duikou.acts import check as checker
from duikou.acts.packs import adopt_pack, adopted
from duikou.acts.programmes import publish
from duikou.acts.verify import write_head
from duikou.intake.offices import load_offices
from duikou.records.models import Account, Document, Programme
from duikou.rules.rights import everywhere
from duikou.snapshot.store import freeze
from duikou.terms.words import zh
from duikou.web.book import reporting_period

from ._common import ADMINISTRATOR, plainly

EXAMPLE = Path(__file__).resolve().parents[5] / "examples" / "tianjin-huangnan-2011"
SECURITY, LEADER = everywhere("command-line", "security_officer"), everywhere("command-line", "leader")


class Command(BaseCommand):
    """The main job on the real programme, from an empty folder to the site."""

    help = "建库、载入天津—黄南示例、冻结时点数据、出统计表和情况汇报、开站点。再运行一次不改动任何东西。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where the example is, whether to serve, where."""
        parser.add_argument("--folder", type=Path, default=EXAMPLE, help="示例文件夹")
        parser.add_argument("--source", type=Path, default=None, help="一并带来的原文（report.txt）")
        parser.add_argument("--no-serve", action="store_true", help="出完文件就停")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        """Each step is named as it runs."""
        if not settings.DEMONSTRATION:
            raise CommandError("已部署的账本不跑示例（DUIKOU_DEPLOYED=1）")
        out = Path(settings.OUT)
        with self._step("1/5 建库"):
            call_command("migrate", verbosity=0)
        with self._step("2/5 载入天津—黄南，2010—2011"), plainly():
            call_command("load", str(options["folder"]), source=options["source"], stdout=self.stdout)
            password = _accounts(EXAMPLE / "offices.toml")
            _publish(options["folder"])
            _adopt()
        with self._step("3/5 冻结时点数据"), plainly():
            taken = freeze()
        with self._step("4/5 出文件"):
            call_command("table", stdout=self.stdout)
            call_command("report", stdout=self.stdout)
            shutil.copyfile(str(checker.__file__), out / "check.py")
            head = write_head(out)
        with self._step("5/5 验账"):
            call_command("verify", stdout=self.stdout)
        self._say(options, f"tj-hn.{reporting_period(taken, 'tj-hn')}", head, password)
        if not options["no_serve"]:
            call_command("serve", port=options["port"])

    @contextmanager
    def _step(self, name: str) -> Iterator[None]:
        self.stdout.write(self.style.MIGRATE_HEADING(name))
        begun = time.monotonic()
        yield
        self.stdout.write(f"  {time.monotonic() - begun:.1f} 秒")

    def _say(self, options: dict[str, Any], cell: str, head: Path, password: str) -> None:
        """Where things are, last."""
        site = f"http://127.0.0.1:{options['port']}"
        out, book = Path(settings.OUT), settings.DATABASES["default"]["NAME"]
        check = f"python3 {out / 'check.py'} {book}" if connection.vendor == "sqlite" else ".venv/bin/duikou verify"
        self.stdout.write(
            f"\n对口一本账　一数一源\n"
            f"  文件　　{out / '情况汇报.docx'}　{out / '统计表.xlsx'}\n"
            f"  查一个数　.venv/bin/duikou trail donations.education:{cell}\n"
            f"  验账　　{check} --head {head}"
        )
        if not options["no_serve"]:
            programme, _, period = cell.partition(".")
            self.stdout.write(
                f"  总览　　{site}/p/{programme}/{period}/\n"
                f"  490万元　{site}/f/donations.education:{cell}\n"
                f"  密码　　{password}（仅供演示，各账号相同）"
            )
            for account in Account.objects.filter(closed=None).select_related("office__organisation"):
                roles = "、".join(zh("role", borne.role) for borne in account.appointments.all())
                self.stdout.write(
                    f"  账号　　{account.code:<10}{roles}　{account.office.organisation.short or account.office}"
                )


def _accounts(offices: Path) -> str:
    """One account of each role, opened once, with a password of this folder's own; accounts of others keep theirs."""
    file = Path(settings.VAR) / "demonstration-password"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(9))
    password = file.read_text()
    load_offices(offices, administrator=ADMINISTRATOR, security=SECURITY)
    open_ones = Account.objects.filter(closed=None, code__in=_codes(offices)).values("code")
    for user in get_user_model().objects.filter(username__in=open_ones):
        if not user.check_password(password):
            user.set_password(password)
            user.save()
    return password


def _adopt() -> None:
    """Tianjin's rules of 2011 hold for its programme from its first day."""
    programme = Programme.objects.get(code="tj-hn")
    if not adopted(programme):
        day = programme.first or programme.opened
        adopt_pack(programme, "tianjin-2011", day, person=LEADER, reason="演示：汇报所说的办法")


def _codes(offices: Path) -> list[str]:
    """The accounts that a file of offices opens."""
    said = tomllib.loads(offices.read_text(encoding="utf-8"))
    return [account["code"] for office in said["office"] for account in office.get("accounts", ())]


def _publish(folder: Path) -> None:
    """The example rests on a published paper: everyone may see its programmes; others of the book stay as they are."""
    files = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.toml"))]
    codes = [said["code"] for file in files for said in file.get("programme", ())]
    for programme in Programme.objects.filter(published=None, code__in=codes):
        papers = Document.objects.filter(record__programme=programme, grade="copy")
        publish(programme, list(papers), person=LEADER, reason="依据的文件已在网上公开")
