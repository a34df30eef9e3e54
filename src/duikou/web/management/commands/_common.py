"""What our commands share: the programme and period they are asked for, and problems said one to a line."""

import sqlite3
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management.base import CommandError
from django.db import OperationalError, ProgrammingError

from duikou.rules.period import parse
from duikou.rules.problem import Refused
from duikou.rules.rights import everywhere
from duikou.snapshot.store import Snapshot, freeze, load
from duikou.web.book import reporting_period

OFFICER = everywhere("command-line", "programme_officer")
ADMINISTRATOR = everywhere("command-line", "administrator")
NO_TABLE = ("no such table", "does not exist")  # as SQLite and as PostgreSQL say it


def ask_for_cell(parser: ArgumentParser) -> None:
    """Options that name programme, period and line."""
    parser.add_argument("--programme", default="", help="项目方案代码；不写取账上第一个")
    parser.add_argument("--period", default="", help="期间，如 2011、2010-08..2011-08；不写取账上已有的起止月份")
    parser.add_argument("--line", type=int, default=None, help="取账本第几行的时点数据；不写取最新")


def cell(options: dict[str, object]) -> tuple[Snapshot, str, str]:
    """The snapshot, programme and period that the options name."""
    line = options["line"]
    taken = load(line) if isinstance(line, int) else freeze()
    if taken is None:
        raise CommandError(f"账本第 {line} 行没有冻结过时点数据；先在那时运行 duikou snapshot")
    codes = [p["code"] for p in taken.rows["programmes"]]
    code = str(options["programme"]) or (codes[0] if codes else "")
    if code not in codes:
        raise CommandError(f"没有项目方案 {code or '（账本为空）'}；可用：{'、'.join(codes) or '先运行 duikou load'}")
    period = str(options["period"]) or reporting_period(taken, code)
    try:
        return taken, code, parse(period).code
    except ValueError as error:
        raise CommandError(str(error)) from None


@contextmanager
def plainly() -> Iterator[None]:
    """Problems and a missing book said in words, not in a traceback."""
    try:
        yield
    except Refused as refused:
        listed = "\n".join(f"  {problem}" for problem in refused.problems)
        raise CommandError(f"共 {len(refused.problems)} 处不对，什么也没有写入：\n{listed}") from None
    except LookupError as error:
        raise CommandError(str(error.args[0])) from None
    except (OperationalError, ProgrammingError, sqlite3.OperationalError) as error:  # the last: the book is read bare
        if any(said in str(error) for said in NO_TABLE):
            raise CommandError(
                f"{settings.VAR} 里还没有账本；先运行 duikou load 文件夹 或 duikou demo，或用 DUIKOU_VAR 指明账本所在"
            ) from None
        raise
