"""The example as a site for tests of pages: loaded once a module, each test's changes taken back."""

import pytest
from books import kept_example, open_offices, signed_in
from django.core.cache import cache
from django.db import transaction
from django.test import Client, override_settings
from django.utils import translation
from life import proposed
from money import county
from pouring import poured
from programs import key, with_key
from signing import browser, with_app

from duikou.records.models import Document, Programme
from duikou.snapshot.store import freeze
from duikou.web.passwords import Dated


@pytest.fixture(autouse=True)
def chinese_again():
    """A request leaves its language behind in the thread."""
    yield
    translation.deactivate()


@pytest.fixture(scope="module")
def kept_book(django_db_setup, django_db_blocker, tmp_path_factory):
    """The loaded example: its programme, and the folder its snapshots lie in."""
    folder = tmp_path_factory.mktemp("book")
    with kept_example(django_db_blocker, folder) as programme:
        poured("offices and snapshot", _open_and_freeze)
        yield programme, folder / "snapshots"


def _open_and_freeze():
    open_offices()
    freeze()


@pytest.fixture
def programme(kept_book, db):
    """The programme of Tianjin and Huangnan, for one test: what it writes is taken back, in the book and beside it."""
    found, snapshots = kept_book
    before = set(snapshots.glob("*.json"))
    yield found
    for manifest in set(snapshots.glob("*.json")) - before:
        manifest.unlink()


@pytest.fixture(scope="module")
def kept_county(kept_book, django_db_blocker):
    """The county's money on top of the example, made once a module."""
    programme, snapshots = kept_book
    with django_db_blocker.unblock(), override_settings(VAR=snapshots.parent), transaction.atomic():
        yield poured("county of the site", lambda: county(programme))
        transaction.set_rollback(True)


@pytest.fixture
def book(kept_county, programme):
    """The county's book on top of the example, for one test."""
    return kept_county


@pytest.fixture
def works(book):
    """A project that the county proposed."""
    return proposed(book, "the site")


@pytest.fixture
def internal(programme):
    """The programmes and their papers as they are before anyone publishes them."""
    Programme.objects.update(published=None)
    Document.objects.update(published=None)
    return programme


@pytest.fixture
def visitor(programme):
    """Someone who is not signed in; forms need their token as in life."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def clerk(programme):
    """A finance clerk, signed in."""
    return signed_in("caiwu")


@pytest.fixture
def officer(programme):
    """A programme officer, signed in."""
    return signed_in("yewu")


@pytest.fixture
def everywhere_officer(programme):
    """A programme officer of all programmes, signed in."""
    return signed_in("zonghe")


@pytest.fixture
def auditor(programme):
    """An auditor, signed in, who may not record payments."""
    return signed_in("shenji")


@pytest.fixture
def program(programme):
    """A program with the key of a finance clerk."""
    return with_key(key())


@pytest.fixture
def unhurried(settings):
    """Questions are not counted."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}


@pytest.fixture
def counted(settings):
    """Questions and tries are counted, and no other test has made any."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()


@pytest.fixture
def quick(programme, counted, monkeypatch):
    """Hashes that take no time, and a count of requests that begins anew."""
    monkeypatch.setattr(Dated, "iterations", 1000)


@pytest.fixture
def secret():
    """The secret of an app that the account yewu has."""
    return with_app(browser())
