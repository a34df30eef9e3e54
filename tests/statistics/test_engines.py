"""The same sheets on DuckDB, PostgreSQL and Spark give equal figures: on a text table and on both examples."""

import os
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pyarrow.parquet as pq
import pytest
from acts.conftest import server  # noqa: F401  a fixture
from books import EXAMPLE, OFFICER, example
from django.db import transaction
from django.test import override_settings
from parts import require
from text_table import snapshot_of

from duikou.intake.folder import load
from duikou.snapshot.store import freeze
from duikou.statistics import engines
from duikou.statistics.definition import CUTS, sheets
from duikou.statistics.engine import ask, frozen_row, question, table
from duikou.statistics.engines import EngineMissing, placed
from duikou.statistics.figure import Name
from duikou.statistics.measure import asked, cut, figure
from duikou.statistics.trace import trail
from duikou.statistics.values import RefusedSum
from duikou.web.book import reporting_period

SECOND = EXAMPLE.parent / "wanglan-yunxiu-2023"
FEW = ("funds.secured", "funds.disbursed", "funds.progress", "donations.education", "people.trained")
PROVE = os.environ.get("DUIKOU_PROVE")
ELSEWHERE = [
    pytest.param("postgresql", marks=pytest.mark.postgresql),
    pytest.param("spark", marks=pytest.mark.spark),
]
ALL_THERE = [
    ELSEWHERE[0],
    pytest.param("spark", marks=[pytest.mark.spark, pytest.mark.skipif(not PROVE, reason="all sheets: make prove")]),
]

TEXT = {
    "gifts": """
number form    sector     giver goods    amount   grade asks first      last
1      cash    education  gsl   -        160万元  1     0    2010-08-30 2011-08-29
2      goods   education  boc   教学用电脑 -        2     0    2010-08-30 2011-08-29
3      raised  education  bhxq  -        300多万元 2     1    2010-08-30 2011-08-29
4      cash    education  dgg   -        30万元   3     0    2010-08-30 2011-08-29
6      cash    health     gsl   -        7万元    -     0    2010-08-30 2011-08-29
""",
    "entries": """
number state     standing source amount          total first      last
1      secured   own      city   40000000000万元 -     2011-01-01 2011-08-29
2      disbursed total    city   10000000000万元 90    2011-01-01 2011-08-29
3      itemised  part     city   200万元         90    2011-06-15 2011-06-15
4      disbursed own      county 20000000000万元 -     2011-08-29 2011-08-29
""",
    "intents": """
number label        amount  first      last
1      青洽会       近6亿元 2010-08-30 2011-08-29
2      "名",有\\引号 上亿元  2011-01-01 2011-01-31
""",
    "trainings": """
number basis  trainees first      last
1      actual 15名     2010-12-01 2010-12-31
2      actual 20名     2011-03-01 2011-03-31
""",
}


def answers(snapshot, programmes, sheets):
    """Every figure of the sheets and every cut of them, with all that is known of it; or why it is refused."""
    found = {}
    for programme, period in programmes:
        for sheet in sheets:
            name = Name(sheet, programme, period)
            found[str(name)] = asked(snapshot, name)
            of_something = found[str(name)].standing.records or PROVE
            letters = [letter for letter, column in CUTS.items() if column in name.definition.by and of_something]
            for letter in letters:
                found[str(name), letter] = _cut(snapshot, name, letter)
    return found


def _cut(snapshot, name, letter):
    try:
        return cut(snapshot, name, letter)
    except RefusedSum as refused:
        return str(refused)


@pytest.fixture
def there(request, monkeypatch):
    """The name of an engine that is there to be asked."""
    require(request.param)
    if request.param == "postgresql":
        address = request.getfixturevalue("server")("postgres")
        monkeypatch.setenv("DUIKOU_STATISTICS_DATABASE", address)
    return request.param


@pytest.fixture(scope="module")
def examples(django_db_setup, django_db_blocker, tmp_path_factory):
    """Both examples in one book, frozen; with the period that each reports on."""
    folder = tmp_path_factory.mktemp("both")
    with django_db_blocker.unblock(), override_settings(VAR=folder), transaction.atomic():
        example(SimpleNamespace(), folder)
        load(SECOND, person=OFFICER, administrator=OFFICER, source=SECOND / "report.txt")
        taken = freeze()
        transaction.set_rollback(True)
    return taken, [(code, reporting_period(taken, code)) for code in ("tj-hn", "wl-yx")]


@pytest.mark.parametrize("there", ELSEWHERE, indirect=True)
def test_a_text_table_gives_equal_figures(there, tmp_path):
    taken = snapshot_of(tmp_path, **TEXT)
    programmes, codes = [("p", "2010-08..2011-08")], sheets() if there == "postgresql" or PROVE else FEW
    here = answers(taken, programmes, codes)
    assert answers(placed(taken, there), programmes, codes) == here
    assert here["funds.disbursed:p.2010-08..2011-08"].value.low == 3 * 10**16  # fen: far beyond what a float keeps
    assert here["donations.education:p.2010-08..2011-08"].value.low == 490 * 10**6


@pytest.mark.django_db
@pytest.mark.parametrize("there", ALL_THERE, indirect=True)
def test_both_examples_give_equal_figures_by_every_sheet(there, examples):
    taken, programmes = examples
    here = answers(taken, programmes, sheets())
    assert sum(1 for one in here.values() if not isinstance(one, str | tuple) and one.value) > 60
    assert answers(placed(taken, there), programmes, sheets()) == here


@pytest.mark.parametrize("there", ELSEWHERE, indirect=True)
def test_the_way_back_is_the_same_and_in_the_same_order(there, tmp_path):
    taken, name = snapshot_of(tmp_path, **TEXT), Name("donations.education", "p", "2010-08..2011-08")
    here, elsewhere = trail(taken, name), trail(placed(taken, there), name)
    assert [m.number for m in here.members] == [m.number for m in elsewhere.members] == [1, 3, 4, 2, 6]
    assert [m.row for m in elsewhere.members] == [m.row for m in here.members]


@pytest.mark.parametrize("there", ELSEWHERE, indirect=True)
def test_words_come_over_as_they_are(there, tmp_path):
    taken = snapshot_of(tmp_path, **TEXT)
    assert frozen_row(placed(taken, there), "intents", 2) == frozen_row(taken, "intents", 2)
    assert frozen_row(placed(taken, there), "intents", 2)["label"] == '"名",有\\引号'
    assert frozen_row(placed(taken, there), "intents", 3) is None


@pytest.mark.parametrize("there", ELSEWHERE, indirect=True)
def test_a_line_that_says_end_of_data_and_text_that_is_empty_are_text(there, tmp_path):
    taken = snapshot_of(tmp_path, intents="number label\n1 a\n2 b\n3 -\n4 d")
    file = Path(taken.files("intents")[0])
    said = ["一\n\\.\n二", "", None, "\\."]
    read = pq.read_table(file)
    at = read.schema.get_field_index("label")
    pq.write_table(read.set_column(at, read.schema.field("label"), [said]), file)
    rows = ask(placed(taken, there), question(table("intents").select("number", "label"), "intents"))
    assert [row["label"] for row in rows] == said


@pytest.mark.parametrize("there", ELSEWHERE, indirect=True)
def test_a_column_younger_than_the_snapshot_is_empty(there, tmp_path):
    taken = replace(snapshot_of(tmp_path, **TEXT), digest="older")
    file = Path(taken.files("entries")[0])
    pq.write_table(pq.read_table(file).drop_columns(["source", "late", "year"]), file)
    here = ask(taken, question(table("entries").select("number", "source", "late", "year", "state"), "entries"))
    rows = question(table("entries").select("number", "source", "late", "year", "state"), "entries")
    assert ask(placed(taken, there), rows) == here
    assert {(row["source"], row["late"], row["year"]) for row in here} == {(None, None, None)}
    assert figure(placed(taken, there), Name("funds.secured", "p", "2011")).value.low == 4 * 10**16


@pytest.mark.parametrize("there", ELSEWHERE, indirect=True)
def test_a_table_younger_than_the_snapshot_has_no_rows(there, tmp_path):
    name = Name("donations.education", "p", "2010-08..2011-08")
    taken = snapshot_of(tmp_path, **TEXT)
    older = replace(taken, tables={k: rows for k, rows in taken.tables.items() if k != "gifts"}, digest="older still")
    assert figure(placed(taken, there), name).value.low == 490 * 10**6
    assert figure(placed(older, there), name).blank


def test_a_snapshot_on_an_engine_is_another_question_than_the_same_on_duckdb(tmp_path):
    taken = snapshot_of(tmp_path, **TEXT)
    elsewhere = engines.Placed(**vars(taken), engine="spark")
    assert taken != elsewhere
    assert elsewhere != taken
    assert len({taken, elsewhere, engines.Placed(**vars(taken), engine="spark")}) == 2


def test_postgresql_without_an_address_says_how_to_give_one(tmp_path, monkeypatch):
    pytest.importorskip("psycopg")
    monkeypatch.delenv("DUIKOU_STATISTICS_DATABASE", raising=False)
    taken = placed(snapshot_of(tmp_path, intents=TEXT["intents"]), "postgresql")  # a snapshot that no test has poured
    with pytest.raises(EngineMissing, match=r"设 DUIKOU_STATISTICS_DATABASE，写法同 DUIKOU_DATABASE"):
        figure(taken, Name("funds.secured", "p", "2011"))


def test_an_engine_that_is_not_installed_says_what_to_install(tmp_path, monkeypatch):
    def none(name):
        raise ImportError("No module named 'pyspark'", name="pyspark.errors")

    monkeypatch.setattr(engines, "import_module", none)
    with pytest.raises(EngineMissing, match=r"pip install 'duikou\[spark\]'"):
        placed(snapshot_of(tmp_path, **TEXT), "spark")
