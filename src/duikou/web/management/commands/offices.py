"""按文件设立单位、开立账号、授予角色：新账本的第一批人."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from duikou.acts.sign_in import one_time
from duikou.intake.offices import load_offices
from duikou.rules.rights import everywhere
from duikou.terms.words import zh

from ._common import ADMINISTRATOR, plainly

SECURITY = everywhere("command-line", "security_officer")


class Command(BaseCommand):
    """Open what a file names and the book does not hold yet."""

    help = "按文件设立单位、开立账号、授予角色；账上已有的不动，还没有账本的先开立。写法见 examples/tianjin-huangnan-2011/offices.toml。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file."""
        parser.add_argument("file", type=Path, help="单位、账号和角色，TOML 文件")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the tables if need be, open, and say where each person sets the first password."""
        call_command("migrate", verbosity=0)
        with plainly():
            try:
                opened = load_offices(options["file"], administrator=ADMINISTRATOR, security=SECURITY)
            except ValueError as odd:
                raise CommandError(f"{odd}；什么也没有写入") from None
        for account in opened:
            way = one_time(get_user_model().objects.get(username=account.code))
            self.stdout.write(f"{account.code:<20}{zh('role', account.role)}　{account.office}\n  设密码　{way}")
        self.stdout.write(
            f"开立账号 {len(opened)} 个。"
            + ("地址接在站点的网址后面，72 小时内有效，只能用一次，交给本人。" if opened else "")
        )
