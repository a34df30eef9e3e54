"""The county's book with projects on their way, made once for all pages of projects."""

import pytest
from books import kept_example, open_offices
from life import OFFICER, propose
from money import DAY, county

from duikou.acts.projects import propose_project, record_need
from duikou.records.models import Programme
from duikou.rules import needs, projects
from duikou.rules.period import on
from duikou.rules.quantity import exactly
from duikou.snapshot.store import freeze


@pytest.fixture(scope="package")
def kept_works(django_db_setup, django_db_blocker, tmp_path_factory):
    """The county's book, internal, with a started project of its own, one in another county and two needs; made once."""
    with kept_example(django_db_blocker, tmp_path_factory.mktemp("projects")) as programme:
        book = county(programme)
        open_offices()
        Programme.objects.update(published=None)
        told = {"programme": programme, "person": OFFICER}
        fact = needs.Need(
            title="牧民定居点通水", sector="housing", region="632321", households=exactly(60, "household"), when=on(DAY)
        )
        book.need = record_need(fact, **told)
        record_need(needs.Need(title="尖扎县卫生院缺床位", sector="health", region="632322", when=on(DAY)), **told)
        book.works = propose(
            book, fixed=True, code="HN-1", delivery="turnkey", timing="new", links=(("answers", book.need),)
        )
        book.works.reach("started")
        fact = projects.Project(name="尖扎的桥", sector="other", status="", region="632322", fixed=True)
        book.bridge = propose_project(fact, **told)
        freeze()
        yield book


@pytest.fixture
def book(kept_works, db):
    """The same, for one test."""
    return kept_works
