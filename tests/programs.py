"""Programs that ask the interface with a key, for tests: their keys, their requests, what they are answered."""

import json
from datetime import timedelta

from books import OFFICER
from django.test import Client

from duikou.acts.doing import today
from duikou.acts.journal import head
from duikou.acts.offices import issue_key
from duikou.records.models import Account, Programme

PAYMENTS = "/api/programmes/tj-hn/disbursements"
GOOD = {"amount_fen": 200000000, "paid_on": "2012-03-05", "receiver": "hn", "voucher": "津财拨7号", "purpose": "教育"}


def key(account="caiwu", code="a-key", begins=0, days=30, programme=""):
    """A key of the office and role of a demonstration account, for its programme unless told otherwise."""
    kept = Account.objects.get(code=account)
    borne = kept.appointments.get()
    return issue_key(
        code, office=kept.office, role=borne.role, begins=today() + timedelta(days=begins),
        ends=today() + timedelta(days=begins + days), person=OFFICER,
        programme=Programme.objects.get(code=programme) if programme else borne.record.programme,
    )  # fmt: skip


def with_key(secret, scheme="Bearer"):
    return Client(headers={"Authorization": f"{scheme} {secret}"})


def post(client, address, body, **more):
    data = body if isinstance(body, str | bytes) else json.dumps(body)
    return client.post(address, data, **({"content_type": "application/json"} | more))


def check(client, **more):
    return post(client, f"{PAYMENTS}/check", GOOD | more)


def record(client, *payments, line=None):
    return post(
        client, PAYMENTS, {"line": head().number if line is None else line, "disbursements": list(payments or [GOOD])}
    )


def why(answer):
    """The problem details of a refusal, which has the one shape."""
    assert answer["Content-Type"] == "application/problem+json"
    said = answer.json()
    assert list(said) == ["type", "title", "title_en", "status", "detail", "detail_en", "instance", "problems"]
    assert said["status"] == answer.status_code
    return said
