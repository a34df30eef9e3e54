"""办等候的事：验账、出文件等办得久的事."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from duikou.web.working import Worker

from ._common import plainly


class Command(BaseCommand):
    """Work on jobs until told to go; `serve` runs one beside the site, more may run by themselves."""

    help = "办等候的事（验账、出文件等），一件接一件；按 Ctrl+C 停，未办完的一件交还等候。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to stay, and beside whom."""
        parser.add_argument("--once", action="store_true", help="办完现在等候的就停")
        parser.add_argument("--beside", type=int, default=0, help="随哪个进程一起停（进程号）；duikou serve 用")

    def handle(self, *args: Any, **options: Any) -> None:
        """Work."""
        with plainly():
            Worker(options["beside"]).run(once=options["once"])
