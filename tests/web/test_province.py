"""The pages of a generated province: as many questions to the book however much it holds, and what they say is what it holds.

DUIKOU_PROVE=1 makes a whole province and half of one, otherwise a hundredth and half of that.
"""

import os
import re
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from benchmarks.province.addresses import HERE, all_pages
from benchmarks.province.make import make
from benchmarks.province.people import heads
from benchmarks.province.scale import PEOPLE, PERSON, YEARS, scale_of
from benchmarks.province.signed_in import open_account_once, signed_in
from duikou.records.models import Attendance, Pairing, Record
from duikou.snapshot.store import freeze

PROVE = bool(
    os.environ.get("DUIKOU_PROVE")
)  # else a few of the lists and of the pages with many figures: half a minute less
LESS, MORE = (0.5, 1) if PROVE else (0.005, 0.01)
LEFT = ("总览，二十年", "资金", "协议指标", "统计表，一年")
LISTS = ("捐助", "培训，筛选", "往来，按列排序")


@contextmanager
def province(blocker, folder, size):
    """A province of a size, taken back in the end."""
    with blocker.unblock(), override_settings(VAR=folder), transaction.atomic():
        made = make(size)
        open_account_once()
        freeze()
        yield made
        transaction.set_rollback(True)


def asked(client, address):
    """How many questions a page asks of the book when it is asked for the second time."""
    assert client.get(address).status_code == 200, address
    with CaptureQueriesContext(connection) as questions:
        client.get(address)
    return len(questions)


def is_asked(name):
    """Whether a page is asked for in this run."""
    if PROVE:
        return True
    if name.startswith("清单"):
        return name.removeprefix("清单 ") in LISTS
    asked = [one for one in all_pages() if one not in LEFT and not one.startswith(("清单", "追溯"))]
    return name == "追溯 people.times" or name in asked[::2]


def pages_of(client):
    return {name: asked(client, address) for name, address in all_pages().items() if is_asked(name)}


@pytest.fixture(scope="module")
def less(django_db_setup, django_db_blocker, tmp_path_factory):
    """The questions of each page in the smaller province."""
    with province(django_db_blocker, tmp_path_factory.mktemp("less"), LESS):
        return pages_of(signed_in())


@pytest.fixture(scope="module")
def more(less, django_db_blocker, tmp_path_factory):
    """The larger province, kept while the module is tested: what it was made of."""
    with province(django_db_blocker, tmp_path_factory.mktemp("more"), MORE) as (_programme, scale):
        yield scale


@pytest.fixture
def reader(more, db):
    """Someone who sees all of the larger province."""
    return signed_in()


def words(reader, where):
    """The text of a page."""
    return re.sub(r"<[^>]+>", "", reader.get(f"{HERE}{where}").content.decode())


def test_a_whole_province_is_what_was_asked_for():
    whole = scale_of(1)
    assert (whole.projects, whole.gifts, whole.people, len(YEARS)) == (5_000, 20_000, PEOPLE, 20)


def test_the_questions_of_a_page_do_not_grow_with_the_book(less, reader):
    assert {name: (less[name], count) for name, count in pages_of(reader).items() if count > less[name]} == {}


def test_the_book_holds_what_the_generator_counted(more, reader):
    kinds = {
        "project": more.projects, "gift": more.gifts, "gift_use": more.gift_uses, "valuation": more.valuations,
        "training": more.trainings, "attendance": more.attendances, "secondment": more.secondments, "pairing": 12,
        "visit": more.visits, "decision": more.decisions, "assignment": more.assignments, "sale": more.sales,
        "investment": more.investments, "village": more.villages,
    }  # fmt: skip
    assert {kind: Record.objects.filter(kind=kind).count() for kind in kinds} == kinds
    people = more.attendances + sum(getattr(more, name) for name in PERSON)
    assert people == round(PEOPLE * MORE)
    assert set(Pairing.objects.values_list("level", flat=True)) <= {
        "city", "county", "town", "village", "firm_village", "society_village", "school", "hospital", "bureau",
    }  # fmt: skip


def test_a_person_in_two_courses_is_one_head(more, reader):
    persons = Attendance.objects.values("bearer").distinct().count()
    assert persons == heads(more) < more.attendances


@pytest.mark.parametrize(
    ("where", "kind", "count"),
    [
        ("gifts/gift/", "捐助", "gifts"), ("people/training/", "培训", "trainings"), ("exchanges/visit/", "往来", "visits"),
        ("industry/investment/", "投资", "investments"), ("cooperation/sale/", "消费帮扶", "sales"),
    ],
)  # fmt: skip
def test_a_list_says_how_many_records_there_are(more, reader, where, kind, count):
    assert f"{getattr(more, count)} 条" in words(reader, where)


def test_the_facets_of_a_list_count_all_of_its_rows(more, reader):
    # of five gifts two are things
    things = len([n for n in range(more.gifts) if n % 5 in (1, 3)])
    assert f"{things} 条" in words(reader, "gifts/gift/?form=goods")
    assert len(reader.get(f"{HERE}gifts/gift/list.csv?form=goods").getvalue().decode().splitlines()) == things + 1


def test_a_long_page_says_how_much_it_leaves_out(more, reader):
    assert f"{more.decisions} 项决定" in words(reader, "governance/hanging/")
    assert (
        len(re.findall(r'<section class="sec block" id="a', reader.get(f"{HERE}exchanges/targets/").content.decode()))
        == 3
    )
    assert words(reader, "exchanges/targets/").count("年生成的协作协议") >= len(YEARS)
