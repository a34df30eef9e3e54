"""A book served by the command, in a process of its own, on a free port."""

import re
import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from demonstration import COMMAND, environment


@dataclass(frozen=True)
class Site:
    """A served book: its address, an account of it, the folder it lies in."""

    address: str
    account: str
    password: str
    folder: Path

    def sign_in(self, page, wanted="/"):
        """Sign in on the page, and go where one wanted."""
        page.goto(f"{self.address}/sign-in/?next={wanted}")
        page.get_by_label("账号").fill(self.account)
        page.get_by_label("密码").fill(self.password)
        with page.expect_navigation():
            page.get_by_role("button", name="登录").click()


def ends(path):
    """What the address of a page is like that stands at a path."""
    return re.compile(re.escape(path) + "$")


@contextmanager
def served(folder):
    """The address at which the book of a folder answers, as long as it is wanted."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen([*COMMAND, "serve", "--port", str(port)], env=environment(folder), cwd=folder)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, server)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_for(address, server):
    for _ in range(150):
        assert server.poll() is None, "the server has stopped"
        try:
            urllib.request.urlopen(f"{address}/sign-in/", timeout=5)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
        else:
            return
    raise AssertionError(f"nothing answers at {address}")
