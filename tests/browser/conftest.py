"""A site as it runs in life: the demonstration in a folder of its own, served by the command, seen in Chromium."""

import shutil
import sqlite3
from contextlib import closing

import looking
import pytest
from demonstration import demonstrated
from parts import require
from serving import Site, served


@pytest.fixture(scope="session")
def served_copy(tmp_path_factory):
    """A copy of the demonstration, served for all modules: starting one takes ten seconds; and another to go back to."""
    require("chromium")
    folder, _ = demonstrated(tmp_path_factory, "site")
    first = shutil.copytree(folder, folder.with_name("first"))
    with served(folder) as address:
        yield Site(address, "yewu", (folder / "var" / "demonstration-password").read_text(), folder), first


@pytest.fixture(scope="module")
def site(served_copy):
    """The demonstration for one module of tests: what was written is taken back, in the book and beside it."""
    site, first = served_copy
    yield site
    book, was = (folder / "var" / "book.sqlite3" for folder in (site.folder, first))
    with closing(sqlite3.connect(was)) as source, closing(sqlite3.connect(book, timeout=20)) as target:
        source.backup(target)
    shutil.rmtree(site.folder / "var" / "cache", ignore_errors=True)
    for manifest in (site.folder / "var" / "snapshots").glob("*.json"):
        if not (first / "var" / "snapshots" / manifest.name).exists():
            manifest.unlink()


@pytest.fixture(scope="module")
def chromium():
    """Debian's Chromium; its loop of events ends with the module, for Django asks no database inside one."""
    with looking.chromium() as browser:
        yield browser


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
