"""A snapshot after any acts holds, byte for byte, what the whole book gives when it is poured anew."""

import os
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from books import OFFICER, kept_example, pay
from correcting import AGREED, LESS, SALE, correct, enter
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from duikou.acts.attending import attend
from duikou.acts.checking import run_checks
from duikou.acts.doing import doing, place_of
from duikou.acts.evidence import withdraw_document
from duikou.acts.opening import register_organisation
from duikou.records.models import Agreement, Document, Finding, Gift, Organisation, Project, Sale, Training
from duikou.rules import people
from duikou.rules.donations import Valuation
from duikou.rules.people import Attending
from duikou.rules.period import parse
from duikou.rules.programmes import Organisation as OrganisationFact
from duikou.rules.quantity import exactly, yuan
from duikou.snapshot import store

numbers = count(1)


@pytest.fixture(scope="module")
def kept(django_db_setup, django_db_blocker, tmp_path_factory):
    with kept_example(django_db_blocker, tmp_path_factory.mktemp("touched")) as found:
        yield found


@pytest.fixture
def programme(kept, db):
    return kept


def changed(programme, row, **values):
    """A row says something else from now on, as an act would write it."""
    with doing("correct_record", person=OFFICER, place=place_of(programme), reason="更名") as work:
        work.change(row, **values)


def first(model, **wanted):
    return model.objects.filter(**wanted).order_by("pk").first()


def sold(programme):
    return Sale.objects.get(pk=enter(programme, SALE))


def sale_corrected(programme):
    correct(programme, sold(programme), replace(SALE, amount=yuan(120_000)))


def list_struck(programme):
    correct(programme, Agreement.objects.get(pk=enter(programme, AGREED)), LESS)


def gift_valued(programme):
    gift = first(Gift, form="goods", record__programme=programme)
    enter(programme, Valuation(gift=gift.pk, basis="发票", amount=yuan(15_000)))


def people_attended(programme):
    fact = people.Training(
        subject=f"第{next(numbers)}期", basis="actual", trainees=exactly(30, "person"), when=parse("2012-07"),
        region="632321",
    )  # fmt: skip
    attend(Training.objects.get(pk=enter(programme, fact)), [Attending(name="才让", unit="泽库县医院")],
           programme=programme, person=OFFICER)  # fmt: skip


def course_moved(programme):
    people_attended(programme)
    changed(programme, Training.objects.order_by("pk").last(), region="632322", subject="改名的一期")


def paid(programme):
    pay(programme, 1_000, date(2011, 6, 15), f"T-{next(numbers)}")


def checked(programme):
    run_checks(programme, person=OFFICER)


def question_settled(programme):
    changed(programme, first(Finding, record__programme=programme), state="settled", settled=date(2012, 1, 1))


def organisation_renamed(programme):
    changed(programme, Organisation.objects.get(code="hn"), name="黄南州新名", short="新名")


def organisation_registered(programme):
    fact = OrganisationFact(code=f"new-{next(numbers)}", name=f"新设单位{next(numbers)}", type="enterprise")
    register_organisation(fact, programme=programme, person=OFFICER)


def programme_renamed(programme):
    changed(programme, type(programme).objects.get(pk=programme.pk), title="对口支援（改名）")


def programme_coded_anew(programme):
    changed(programme, type(programme).objects.get(pk=programme.pk), code=f"tj-{next(numbers)}")


def project_renamed(programme):
    changed(
        programme, first(Project, record__programme=programme), name="改名的项目", region="632321", status="completed"
    )


def document_withdrawn(programme):
    withdraw_document(first(Document, withdrawn=None), person=OFFICER, reason="误收")


def document_graded_anew(programme):
    changed(programme, first(Document), grade="original", title="改过的题名")


ACTS = (
    sold, sale_corrected, list_struck, gift_valued, people_attended, course_moved, paid, checked, question_settled,
    organisation_renamed, organisation_registered, programme_renamed, programme_coded_anew, project_renamed,
    document_withdrawn, document_graded_anew,
)  # fmt: skip


def differs_after(programme, acts, frozen=()):
    """The tables in which the snapshot after some acts is not what the book gives; the acts are taken back.

    After those of `frozen` the book is frozen on the way, too.
    """
    with transaction.atomic():
        store.freeze()
        for act in acts:
            act(type(programme).objects.get(pk=programme.pk))
            if act in frozen:
                store.freeze()
        store.freeze()
        found = store.altered()
        transaction.set_rollback(True)
    return found


@pytest.mark.sweep
@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_after_one_act_the_snapshot_is_what_the_book_gives(programme, act):
    assert differs_after(programme, [act]) == []


@settings(
    max_examples=6 if os.environ.get("DUIKOU_PROVE") else 2, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts=st.lists(st.sampled_from(ACTS), min_size=2, max_size=5, unique=True))
def test_after_acts_in_any_order_the_snapshot_is_what_the_book_gives(programme, acts):
    assert differs_after(programme, acts) == []


@settings(
    max_examples=6 if os.environ.get("DUIKOU_PROVE") else 2, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    steps=st.lists(st.tuples(st.sampled_from(ACTS), st.booleans()), min_size=2, max_size=6, unique_by=lambda s: s[0]),
    size=st.sampled_from([5, 32, 256]),
)
def test_whatever_is_frozen_between_acts_and_however_small_the_segments_are(programme, steps, size):
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory() as there:
        patch.setattr(store, "SEGMENT", size)
        patch.setattr(store, "folder", lambda: Path(there))
        acts = [act for act, _frozen in steps]
        frozen = [act for act, frozen in steps if frozen]
        assert differs_after(programme, acts, frozen) == []
