"""The example as a site for tests of pages: loaded once a module, each test's changes taken back."""

import pytest
from books import example
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from django.test import Client, override_settings

from duikou.snapshot.store import freeze


@pytest.fixture(scope="module")
def kept_book(django_db_setup, django_db_blocker, tmp_path_factory):
    """The loaded example: its programme, and the folder its snapshots lie in."""
    folder = tmp_path_factory.mktemp("book")
    with django_db_blocker.unblock(), override_settings(VAR=folder), transaction.atomic():
        programme = example(type("Settings", (), {})(), folder)
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


@pytest.fixture
def visitor(programme):
    """Someone who is not signed in; forms need their token as in life."""
    return Client(enforce_csrf_checks=True)


def signed_in(name, role):
    """A client signed in as an account with a role."""
    user = get_user_model().objects.create_user(name, password="a-long-password")
    if role:
        user.groups.add(Group.objects.get_or_create(name=role)[0])
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def clerk(programme):
    """A finance clerk, signed in."""
    return signed_in("clerk", "finance_clerk")


@pytest.fixture
def auditor(programme):
    """An auditor, signed in, who may not record payments."""
    return signed_in("auditor", "auditor")
