"""Mutation proof of the draft check: one sentence of our own reports made untrue is found, the others raise no alarm."""

import os
from collections import Counter
from pathlib import Path

import pytest
from books import OFFICER, kept_example
from draft_mutations import SORTS, Mutator, reports

from duikou.intake.checking.check import check
from duikou.intake.folder import load
from duikou.rules.period import parse
from duikou.snapshot.store import freeze

SECOND = Path(__file__).resolve().parents[2] / "examples" / "wanglan-yunxiu-2023"
COUNT = 500 if os.environ.get("DUIKOU_PROVE") else 10
SEED = 20231231
PERIODS = {"tj-hn": ("2010-08..2011-08", "2011"), "wl-yx": ("2023", "2022..2023")}
FOUND, ALARMS = 0.98, 0.02
SILENT = ("confirmed",)
CALM = ("confirmed", "consistent")


@pytest.fixture(scope="module")
def taken(django_db_setup, django_db_blocker, tmp_path_factory):
    """The snapshot of a book that holds both examples."""
    folder = tmp_path_factory.mktemp("drafts")
    with kept_example(django_db_blocker, folder):
        load(SECOND, person=OFFICER, administrator=OFFICER)
        yield freeze()


@pytest.fixture(scope="module")
def made(taken, django_db_blocker):
    """Every report of both programmes and their periods."""
    with django_db_blocker.unblock():
        return reports(taken, PERIODS)


def at(checking, place):
    """The numbers that were judged at a place of a report."""
    return [
        one
        for one in checking.numbers
        if one.claim.paragraph == place.paragraph and one.claim.start < place.end and one.claim.end > place.start
    ]


def test_a_sentence_made_untrue_is_found(taken, made, db):
    missed, found = [], Counter()
    for one in Mutator(taken, made, SEED).draw(COUNT):
        judged = at(check(one.paragraphs, taken, one.report.programme, period=parse(one.report.period)), one.place)
        if judged and all(number.verdict.code not in SILENT for number in judged):
            found[one.sort] += 1
        else:
            missed.append(f"{one.sort} {one.place.name}：{one.was} → {one.now}")
    rate = found.total() / COUNT
    print(f"\n改错一处的 {COUNT} 句：发现 {found.total()} 句，{rate:.3f}；{dict(found)}")
    assert set(found) == set(SORTS)
    assert rate >= FOUND, missed


def test_sentences_that_are_true_raise_no_alarm(taken, made, db):
    alarms, numbers = [], 0
    for report in made if COUNT > 10 else made[:: len(made) // 8]:
        checking = check(report.paragraphs, taken, report.programme, period=parse(report.period))
        numbers += checking.total
        alarms += [
            f"{report.outline}：{n.claim.text} {n.verdict.code}" for n in checking.numbers if n.verdict.code not in CALM
        ]
        alarms += [f"{report.outline}：{place.text} 没有判" for place in report.places if not at(checking, place)]
    rate = len(alarms) / numbers
    print(f"\n没有改的 {numbers} 个数：误报 {len(alarms)} 个，{rate:.3f}")
    assert numbers > COUNT
    assert rate <= ALARMS, alarms
