"""在本机开站点."""

import socket
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.urls import get_resolver
from gunicorn.app.base import BaseApplication

from duikou.config.wsgi import application
from duikou.web.book import warm


class _Server(BaseApplication):  # type: ignore[misc]  # gunicorn brings no types
    """Gunicorn with our application and nothing to configure."""

    def __init__(self, address: str) -> None:
        self.address = address
        super().__init__()

    def load_config(self) -> None:
        """One worker with threads: figures once computed serve all."""
        for name, value in (
            ("bind", self.address), ("workers", 1), ("threads", 4), ("worker_class", "gthread"), ("loglevel", "warning"),
        ):  # fmt: skip
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The WSGI application, its pages and figures laid ready."""
        assert get_resolver().url_patterns  # noqa: S101  imports all pages
        warm()
        return application


class Command(BaseCommand):
    """Serve the site on this machine."""

    help = "在本机开站点；按 Ctrl+C 停。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to listen."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

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
        _Server(f"{options['host']}:{options['port']}").run()
