"""A site as it runs in life: the demonstration in a folder of its own, served by the command, seen in Chromium."""

import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest
from demonstration import COMMAND, demonstrated, environment
from parts import require

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@dataclass(frozen=True)
class Site:
    """A served book: its address, the demonstration's account, the folder it lies in."""

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


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A copy of the demonstration, served for one module of tests."""
    require("chromium")
    folder, _ = demonstrated(tmp_path_factory, "site")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen([*COMMAND, "serve", "--port", str(port)], env=environment(folder), cwd=folder)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, server)
        yield Site(address, "yewu", (folder / "var" / "demonstration-password").read_text(), folder)
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


@pytest.fixture(scope="session")
def chromium():
    """Debian's Chromium, started once."""
    require("chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser
        browser.close()


def wanted(said):
    """Whether a test brings about itself what a browser calls an error: a form to be mended, no network."""
    return "422" in said or "ERR_INTERNET_DISCONNECTED" in said


@pytest.fixture
def window(chromium, site):
    """A function that opens a page of the site; what the console says against it fails the test."""
    contexts, complaints = [], []

    def open_window(path="/", **options):
        context = chromium.new_context(base_url=site.address, locale="zh-CN", **options)
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console",
            lambda said: complaints.append(said.text) if said.type == "error" and not wanted(said.text) else None,
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert not complaints
