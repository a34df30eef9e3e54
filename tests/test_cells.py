"""A county's year in full forms and in ours: the tables are the same, the cells are fewer."""

import pytest
from django.db import transaction
from django.test import override_settings

from benchmarks.cells import AIM, simulated
from benchmarks.province.make import make
from benchmarks.province.parties import COUNTIES


@pytest.fixture(scope="module")
def province(django_db_setup, django_db_blocker, tmp_path_factory):
    with django_db_blocker.unblock(), override_settings(VAR=tmp_path_factory.mktemp("cells")), transaction.atomic():
        yield make(0.01)[0]
        transaction.set_rollback(True)


def test_a_year_asks_for_far_fewer_cells_and_ends_with_the_same_tables(province, db):
    full, asked, same = simulated(province, COUNTIES[:1], 6)
    assert same
    assert 0 < asked < full
    assert (full - asked) * 100 >= AIM * full, f"{full} 格 → {asked} 格"
