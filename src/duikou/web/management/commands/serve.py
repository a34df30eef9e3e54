"""在本机开站点."""

import os
import socket
import subprocess
import sys
from argparse import ArgumentParser
from contextlib import AbstractContextManager, nullcontext
from threading import Event, Thread
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, ProgrammingError
from django.urls import get_resolver
from gunicorn.app.base import BaseApplication

from duikou.config.wsgi import application
from duikou.records.models import JournalLine
from duikou.web.aside import keep_aside
from duikou.web.book import warm
from duikou.web.patience import Patient

from ._common import NO_TABLE

WORK = [sys.executable, "-c", "from duikou.web.command import main; main()", "work", "--beside"]
PATIENCE = 10  # seconds that the worker has to hand back what it is doing
PAUSE = 2  # seconds before a worker that has stopped by itself is started again


class _Server(BaseApplication):  # type: ignore[misc]  # gunicorn brings no types
    """Gunicorn with our application and nothing to configure."""

    def __init__(self, address: str) -> None:
        self.address = address
        super().__init__()

    def load_config(self) -> None:
        """One worker with threads: figures once computed serve all."""
        for name, value in (
            ("bind", self.address), ("workers", 1), ("threads", 16), ("worker_class", Patient), ("loglevel", "warning"),
        ):  # fmt: skip
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The WSGI application, its pages and figures laid ready."""
        assert get_resolver().url_patterns  # noqa: S101  imports all pages
        warm()
        keep_aside()
        return application


class _Worker:
    """The process that does the jobs beside the site: started again when it stops by itself, stopped with the site."""

    def __enter__(self) -> None:
        """Start it, and a thread that looks after it."""
        self.owner, self.over = os.getpid(), Event()
        self.process = self._start()
        self.keeper = Thread(target=self._keep, daemon=True)
        self.keeper.start()

    def __exit__(self, *_: object) -> None:
        """Stop it; the site's own processes, which are copies of this one, leave it alone."""
        if os.getpid() != self.owner:
            return
        self.over.set()
        self.keeper.join()
        self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _start(self) -> "subprocess.Popen[bytes]":
        """In a session of its own: Ctrl+C is for the site, which then stops it."""
        return subprocess.Popen([*WORK, str(self.owner)], start_new_session=True)  # noqa: S603  our own command

    def _keep(self) -> None:
        while not self.over.wait(PAUSE):
            if self.process.poll() is not None:
                sys.stderr.write("办事进程停了，重新开\n")
                self.process = self._start()


def _made() -> bool:
    """Whether the book has tables; an older book's are left as they are."""
    try:
        JournalLine.objects.exists()
    except (OperationalError, ProgrammingError) as odd:
        if any(said in str(odd) for said in NO_TABLE):
            return False
        raise
    return True


class Command(BaseCommand):
    """Serve the site on this machine, with a worker for jobs beside it."""

    help = "在本机开站点，旁边带一个办事进程；按 Ctrl+C 一起停。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to listen."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-work", action="store_true", help="不带办事进程；另用 duikou work 开")

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve until stopped; a taken port is said plainly."""
        if not 0 < options["port"] < 65536:
            raise CommandError(f"端口须在 1～65535，现为 {options['port']}")
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((options["host"], options["port"]))
            except OSError as error:
                raise CommandError(f"端口 {options['port']} 用不了（{error.strerror}）；换一个：--port 8001") from None
        if not _made():
            call_command("migrate", verbosity=0)
            self.stdout.write("新账本：表建好了，还是空的。第一批人用 duikou offices 开立。")
        self.stdout.write(f"开在 http://{options['host']}:{options['port']}　按 Ctrl+C 停。")
        self.stdout.flush()
        beside: AbstractContextManager[None] = nullcontext() if options["no_work"] else _Worker()
        with beside:
            _Server(f"{options['host']}:{options['port']}").run()
