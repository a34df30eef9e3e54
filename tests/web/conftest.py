"""The example as a site for tests of pages: loaded once a module, each test's changes taken back."""

import pytest
from books import OFFICER, example, open_offices, signed_in
from django.db import transaction
from django.test import Client, override_settings
from money import county

from duikou.acts.doing import today
from duikou.acts.offices import appoint, open_account
from duikou.records.models import Office
from duikou.snapshot.store import freeze


@pytest.fixture(scope="module")
def kept_book(django_db_setup, django_db_blocker, tmp_path_factory):
    """The loaded example: its programme, and the folder its snapshots lie in."""
    folder = tmp_path_factory.mktemp("book")
    with django_db_blocker.unblock(), override_settings(VAR=folder), transaction.atomic():
        programme = example(type("Settings", (), {})(), folder)
        open_offices()
        freeze()
        yield programme, folder / "snapshots"
        transaction.set_rollback(True)


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
        yield county(programme)
        transaction.set_rollback(True)


@pytest.fixture
def county_book(kept_county, programme):
    """The county's book, for one test."""
    return kept_county


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
    office = Office.objects.get(organisation__code="tjhzb")
    appoint(open_account("zonghe", office=office, person=OFFICER), "programme_officer", begins=today(), person=OFFICER)
    return signed_in("zonghe")


@pytest.fixture
def auditor(programme):
    """An auditor, signed in, who may not record payments."""
    return signed_in("shenji")
