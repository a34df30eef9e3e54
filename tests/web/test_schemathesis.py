"""Requests made up from the interface's own schema, as nobody and with a key of each role: no answer above 499, and
every answer as the schema says. DUIKOU_PROVE=1 makes twenty times as many for every role."""

import os
from datetime import timedelta

import pytest
import schemathesis
from books import OFFICER, PERIOD
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig

from duikou.acts.doing import today
from duikou.acts.journal import head
from duikou.acts.offices import issue_key
from duikou.config.wsgi import application
from duikou.records.models import Account

pytestmark = pytest.mark.sweep(2)
PROVE = os.environ.get("DUIKOU_PROVE") == "1"
EXAMPLES = 60 if PROVE else 3
ROLES = {
    "": "", "programme_officer": "yewu", "front_line_officer": "qianfang", "county_clerk": "tongren",
    "finance_clerk": "caiwu", "leader": "lingdao", "county_leader": "xianling", "auditor": "shenji",
    "public_reader": "gongzhong",
}  # fmt: skip


@pytest.fixture(autouse=True)
def one_connection():
    """The connection of the test is not closed after each request, as it is not by Django's own client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def headers(programme, settings):
    """What one who bears each role sends: a key, or nothing."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}  # nothing is counted
    return {role: {"Authorization": f"Bearer {key(role)}"} if role else {} for role in ROLES}


def key(role):
    account = Account.objects.get(code=ROLES[role])
    borne = account.appointments.get()
    return issue_key(
        f"{ROLES[role]}-key"[:12], office=account.office, role=role, begins=today(), ends=today() + timedelta(days=1),
        programme=borne.record.programme, person=OFFICER,
    )  # fmt: skip


REAL = {  # parts of a request that name something of the book
    "path.programme": ["tj-hn", "bj-ht"],
    "path.period": [PERIOD, "2011", "2011q3"],
    "path.code": ["overview"],
    "path.sheet": ["funds.secured"],
    "path.name": [f"funds.secured:tj-hn.{PERIOD}", "enterprises.jobs:tj-hn.2011", "funds.progress:bj-ht.2011"],
    "path.number": [*range(1, 140)],
    "path.said": ["4a0b8e5b", "28"],
    "query.after": [0, 30],
    **{
        f"{where}.{name}": values
        for where in ("body", "body.disbursements[*]")
        for name, values in (
            ("receiver", ["hn", ""]),
            ("amount_fen", [1, 5000]),
            ("paid_on", ["2012-03-05", "2011-08-01"]),
        )
    },
}


def schema(*phases):
    """The schema as the program serves it, asked in process; its requests are often of things of the book."""
    config = {
        "seed": 20110829,
        "dictionaries": {f"real-{n}": {"values": values} for n, values in enumerate(REAL.values())},
        "parameters": {name: {"dictionary": f"real-{n}", "probability": 0.7} for n, name in enumerate(REAL)},
        "generation": {"max-examples": EXAMPLES, "deterministic": True},
        "phases": {phase: {"enabled": phase in phases} for phase in ("examples", "coverage", "fuzzing", "stateful")},
        # What the schema allows the rules of the book may still refuse.
        "operations": [{"include-method": "POST", "checks": {"positive_data_acceptance": {"enabled": False}}}],
    }
    found = schemathesis.openapi.from_wsgi(
        "/api/openapi.json", application, config=SchemathesisConfig.from_dict(config)
    )

    @found.hook
    def map_body(context, body):
        """A list of payments that names a line names the last one, so that it comes to be recorded."""
        if isinstance(body, dict) and type(body.get("line")) is int and body["line"] >= 0:
            body["line"] = head().number
        return body

    return found


made_up, at_the_bounds = schema("examples", "fuzzing"), schema("coverage")
SETTINGS = settings(
    max_examples=EXAMPLES, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
)


@pytest.mark.parametrize("role", ROLES if PROVE else ["", "finance_clerk"])
@made_up.parametrize()
@SETTINGS
def test_no_request_breaks_the_interface_and_every_answer_is_as_its_schema_says(case, headers, role):
    case.call_and_validate(headers=headers[role])


@pytest.mark.parametrize("role", ROLES if PROVE else ["finance_clerk"])
@at_the_bounds.parametrize()
@SETTINGS
def test_what_lies_at_the_bounds_of_the_schema_is_answered_as_it_says(case, headers, role):
    case.call_and_validate(headers=headers[role])
