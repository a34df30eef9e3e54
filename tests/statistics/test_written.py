"""Questions that are written once and filled in answer as those that are written anew for each figure."""

import os
import re
from dataclasses import replace
from types import SimpleNamespace

import pytest
from books import PERIOD, example
from django.core.signing import Signer
from django.db import transaction
from django.test import override_settings
from text_table import snapshot_of

from duikou.snapshot.store import freeze
from duikou.statistics import reckon, written_kept
from duikou.statistics.definition import CUTS, UNSAID, sheets
from duikou.statistics.engine import Form, ask, filled, question
from duikou.statistics.figure import Name
from duikou.statistics.questions import _asked
from duikou.statistics.rows import Cell, cell_of, chosen, rows_at
from duikou.statistics.totals import _by_standing, _stated
from duikou.statistics.written import places, written

GIFTS = """
number form sector    goods   giver amount  first      last
1      cash education -       gsl   160万元 2011-01-01 2011-01-01
2      cash education -       -     30万元  2011-02-01 2011-02-01
3      cash health    -       gsl   7万元   2012-02-01 2012-02-01
"""


def plain(build, name, d, more=""):
    """The question of a figure with its values in it from the first."""
    return question(build(d, cell_of(name), more), d.of)


def both(taken, build, name, d, more=""):
    """The answers of the question that is filled in and of the one that is not, in no order."""
    asked = written(build, name, d, more), plain(build, name, d, more)
    return [sorted(map(repr, ask(taken, one))) for one in asked]


@pytest.fixture(scope="module")
def book(django_db_setup, django_db_blocker, tmp_path_factory):
    """The example, frozen."""
    folder = tmp_path_factory.mktemp("written")
    with django_db_blocker.unblock(), override_settings(VAR=folder), transaction.atomic():
        example(SimpleNamespace(), folder)
        taken = freeze()
        transaction.set_rollback(True)
    return taken


@pytest.mark.django_db
@pytest.mark.sweep
@pytest.mark.parametrize("period", [PERIOD, "2011-02", "2010"])
def test_every_sheet_whole_and_by_every_cut_answers_as_if_written_for_its_figure(book, period):
    for code, d in list(sheets().items())[:: 1 if os.environ.get("DUIKOU_PROVE") else 3]:
        if d.share != ("", ""):
            continue
        name = Name(code, "tj-hn", period)
        letters = [letter for letter, column in CUTS.items() if column in d.by]
        cells = [name, *(name.cut_by(letter, word) for letter in letters for word in ("gsl", UNSAID))]
        for cell in cells:
            one, other = both(book, reckon._sum_at, cell, d)
            assert one == other, cell
        for letter in letters:
            one, other = both(book, reckon._sum_at, name, d, CUTS[letter])
            assert one == other, (code, letter)


@pytest.mark.django_db
@pytest.mark.parametrize("build", [_asked, _stated, _by_standing])
def test_so_do_the_questions_beside_the_sum(book, build):
    for code in ("funds.secured", "funds.disbursed", "projects.count"):
        name = Name(code, "tj-hn", PERIOD)
        one, other = both(book, build, name, sheets()[code])
        assert one == other


def test_two_sheets_of_one_shape_are_written_once_and_each_takes_its_own_words(tmp_path):
    taken = snapshot_of(tmp_path, gifts=GIFTS)
    d = sheets()["donations.education"]
    other = replace(d, code="donations.health", where={"form": ("cash", "raised"), "sector": ("health",)})
    asked = [
        written(reckon._sum_at, Name(d.code, "p", year), of) for of, year in ((d, "2011"), (other, "2012"), (d, "2012"))
    ]
    assert len({id(one.form) for one in asked}) == 1
    assert [ask(taken, one)[0]["low"] for one in asked] == [1_900_000_00, 70_000_00, None]


def test_a_word_that_sql_would_read_otherwise_is_written_out_and_never_put_into_a_place(tmp_path):
    d = replace(sheets()["donations.education"], where={"sector": ("o'clock' OR 1=1 --", "‹first›")})
    asked = written(reckon._sum_at, Name(d.code, "p", "2011"), d)
    assert "'o''clock'' OR 1=1 --'" in asked.sql
    assert ask(snapshot_of(tmp_path, gifts=GIFTS), asked)[0]["members"] == 0
    form = Form("x", "gifts", lambda: rows_at(d, Cell("‹programme›", "2011-01-01", "2011-12-31")))
    with pytest.raises(ValueError, match="不是代码"):
        filled(form, places("p' OR '1'='1", Name(d.code, "p", "2011").days.first, Name(d.code, "p", "2011").days.last))


def test_no_place_is_left_open_and_every_sheet_has_the_same_rows(tmp_path):
    taken = snapshot_of(tmp_path, gifts=GIFTS)
    name = Name("donations.education", "p", "2011").cut_by("g", "gsl")
    asked = written(lambda d, at, more: rows_at(d, at), name, sheets()[name.sheet])
    assert not re.search("[‹›]", asked.sql)
    assert ask(taken, asked) == ask(taken, question(chosen(name), "gifts"))


def test_a_later_process_finds_what_was_written_and_believes_nothing_that_was_altered(settings, tmp_path, monkeypatch):
    settings.VAR = tmp_path
    d, built = sheets()["donations.education"], []

    def form():
        def build():
            built.append(1)
            return rows_at(d, Cell("p", "2011-01-01", "2011-12-31"))

        return Form("of a test", "gifts", build)

    first = form().sql("duckdb")
    assert (form().sql("duckdb"), len(built)) == (first, 1)
    (file,) = tmp_path.glob("written/*/*.duckdb")
    for altered in (file.read_text("utf-8").replace("'p'", "'q'"), Signer(salt="another").sign("SELECT 1"), ""):
        file.write_text(altered, "utf-8")
        assert form().sql("duckdb") == first  # written anew
    assert len(built) == 4
    monkeypatch.setattr(written_kept, "PROGRAM", "f" * 64)  # another version of the program
    form().sql("duckdb")
    assert len(built) == 5
    (folder,) = (tmp_path / "written").iterdir()
    assert folder.name == "f" * 16  # what another version wrote is of no use any more


def test_where_nothing_can_be_kept_questions_are_answered_all_the_same(settings, tmp_path):
    (tmp_path / "file").write_text("", "utf-8")
    settings.VAR = tmp_path / "file"
    d = sheets()["donations.education"]
    assert "SELECT" in Form("of a test", "gifts", lambda: rows_at(d, Cell("p", "2011-01-01", "2011-12-31"))).sql(
        "duckdb"
    )
