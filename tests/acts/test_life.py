"""A project goes from a need to a thing that is used, and reaches no stage without what must exist for it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from life import CHIEF, OFFICER, propose

from duikou.acts.findings import answer_finding, settle_finding
from duikou.acts.life import open_points
from duikou.acts.stages import cancel_project, return_project, schedule_project
from duikou.records.models import Finding, Milestone, Project
from duikou.rules import stages
from duikou.rules.period import on
from duikou.rules.problem import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def works(book):
    return propose(book)


def codes(refused):
    return {p.code for p in refused.value.problems if p.weight == "stops"}


def test_a_project_goes_through_all_fourteen_stages(works):
    works.reach("archived")
    row = Project.objects.get(pk=works.project)
    assert (row.stage, row.status) == ("archived", "in_use")
    assert set(works.life().reached) == set(stages.path(True))
    assert not Finding.objects.filter(rule__startswith="stages.").exists()
