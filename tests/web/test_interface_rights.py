"""A walk over every operation of the interface as every role, by session and by key, held against the table of rights.

The table is read here, not by the program. An operation that names no act, or that this walk has no example for, fails.
"""

import csv
import json
import os
from functools import cache
from pathlib import Path

import pytest
from books import signed_in
from django.test import Client
from money import county
from programs import key, with_key

from duikou.records.models import Claim, Document, JournalLine, Programme, Project, Receipt, Record
from duikou.rules import rights
from duikou.terms.words import code_of
from duikou.web.interface.api import api

pytestmark = [pytest.mark.usefixtures("unhurried"), pytest.mark.sweep(2)]
OWN, OTHER, PERIOD = "tj-hn", "bj-ht", "2010-08..2011-08"
ACCOUNTS = {
    "programme_officer": "yewu", "front_line_officer": "qianfang", "county_clerk": "tongren", "finance_clerk": "caiwu",
    "leader": "lingdao", "county_leader": "xianling", "auditor": "shenji", "administrator": "guanli", "security_officer": "anquan",
    "public_reader": "gongzhong",
}  # fmt: skip
OF_A_COUNTY = ("county_clerk", "county_leader")
BY_HAND_ONLY = ("administrator", "security_officer")  # no key does their work
PROVE = bool(os.environ.get("DUIKOU_PROVE"))  # else a third of the walks through the programme of others
WHO = [("", "nobody"), *((r, "session") for r in ACCOUNTS), *((r, "key") for r in ACCOUNTS if r not in BY_HAND_ONLY)]
PAYMENT = {"amount_fen": 100, "paid_on": "2012-03-05"}
MATCHES = [{"entry": 1, "amount_fen": 1}]
BODIES = {  # what is past the door is refused behind it, so that the walk writes nothing
    "check": PAYMENT, "record": {"line": 0, "disbursements": [PAYMENT]},
    "new_notice": {"number": "w", "type": "issue", "side": "supporting", "day": "2012-03-05", "lines": []},
    "new_receipt": {"amount_fen": 0, "day": "2012-03-05", "receiver": "hn", "reference": "w"},
    "new_matches": {"matches": MATCHES},
    "new_contract": {
        "number": "w", "project": 1, "payee": "w", "type": "works", "method": "tender", "price_fen": 1,
        "day": "2012-03-05",
    },
    "new_claim": {"contract": 1, "type": "progress", "stage": "started", "amount_fen": 1, "day": "2012-03-05"},
    "new_step": {"step": "refuse"},
    "new_progress": {}, "new_paper": {"type": "land", "when": "2099-01"}, "new_stage": {"stage": "approved", "when": "2099-01"},
    "new_output": {"type": "road", "target": 1, "unit": "household"},
    "new_inspection": {"type": "self_rating", "day": "2012-03-05", "conclusion": "passed"},
}  # fmt: skip
STEPS = {"new_step": "refuse_claim", "new_stage": "advance_project"}  # the acts that the steps of the walk are
OF_A_PROGRAMME = (
    "of_programme", "of_own_part", "of_own_work", "of_figure", "of_record", "of_document", "of_whole_text", "of_claim",
    "of_receipt", "of_project",
)  # fmt: skip
OF_AN_AREA = ("of_own_part", "of_own_work", "of_claim", "of_project")  # the walk's receipt has come to the prefecture
ACTS = {  # "" for what everyone may know; of the programmes, those are listed that one may see
    "GET /programmes": "", "GET /programmes/{programme}": "see_records", "GET /sheets": "", "GET /sheets/{sheet}": "",
    "GET /figures/{name}": "see_figures", "GET /figures/{name}/trail": "see_figures", "GET /tables": "",
    "GET /programmes/{programme}/{period}/tables/{code}": "see_figures",
    "GET /programmes/{programme}/records": "see_records", "GET /records/{number}": "see_records",
    "GET /programmes/{programme}/documents": "see_figures", "GET /documents/{said}": "see_records",
    "GET /documents/{said}/text": "see_texts", "GET /journal/head": "see_journal", "GET /journal": "see_journal",
    "GET /journal/{number}": "see_journal",
    "POST /programmes/{programme}/disbursements/check": "record_disbursement",
    "POST /programmes/{programme}/disbursements": "record_disbursement",
    "POST /programmes/{programme}/notices": "issue_notice", "GET /programmes/{programme}/notices": "see_records",
    "POST /programmes/{programme}/receipts": "record_receipt",
    "POST /programmes/{programme}/receipts/{number}/matches": "match_receipt",
    "POST /programmes/{programme}/contracts": "sign_contract", "GET /programmes/{programme}/contracts": "see_records",
    "POST /programmes/{programme}/claims": "file_claim", "GET /programmes/{programme}/claims": "see_records",
    "POST /programmes/{programme}/claims/{number}/steps": "see_records",  # each step asks the right of its act
    "POST /programmes/{programme}/projects/{number}/progress": "report_progress",
    "POST /programmes/{programme}/projects/{number}/papers": "keep_paper",
    "POST /programmes/{programme}/projects/{number}/stages": "see_records",  # each stage asks the right of its act
    "POST /programmes/{programme}/projects/{number}/outputs": "set_output",
    "POST /programmes/{programme}/projects/{number}/inspections": "inspect_project",
    "GET /programmes/{programme}/projects/{number}": "see_records",
}  # fmt: skip
MEANS = {200: "done", 201: "done", 409: "done", 422: "done", 401: "who", 403: "refused", 404: "absent"}  # past the door


def operations():
    """Every operation once: method, path, view."""
    for router in api._get_bound_routers():
        for path, kept in router.path_operations.items():
            for operation in kept.operations:
                yield operation.methods[0], path, operation.view_func


@cache
def table():
    """Role, act and state → where, as the file says."""
    (_, _, *heads), *rows = csv.reader(Path(rights.TABLE).read_text("utf-8").splitlines())
    states = {"": "", "公开": "public", "内部": "internal"}
    return {
        (code_of("role", head), code_of("act", act), states[state]): where
        for act, state, *cells in rows
        for head, where in zip(heads, cells, strict=True)
        if where
    }


def client_of(role, how):
    """Who asks: a browser that is signed in, a program with a key of the same office and role, or nobody."""
    if how == "nobody":
        return Client()
    if how == "session":
        return signed_in(ACCOUNTS[role])
    return with_key(key(ACCOUNTS[role], "walk"))


def values(programme, number):
    paper = Document.objects.filter(record__programme__code=OWN).exclude(digest="").first()
    return {
        "programme": programme, "period": PERIOD, "code": "overview", "sheet": "funds.secured", "said": paper.digest[:8],
        "name": f"funds.secured:{programme}.{PERIOD}", "number": number,
    }  # fmt: skip


def reaches(role, bound, act, state, place):
    """Whether the table lets one who bears a role, bound to OWN or to none, do an act on a thing of a place."""
    programme, area = place
    for bearer in {role, "public_reader"} - {""}:
        for kept in ("", state):
            where = table().get((bearer, act, kept), "")
            at_home = not bound or not programme or programme == OWN or bearer != role
            if where == "全部" and at_home:
                return True
            if where == "本项目方案" and programme and at_home:
                return True
            if where == "本地区" and area and at_home:
                return True
    return False


def expected(role, view, programme, state):
    act, find = view.asks
    act = STEPS.get(view.__name__, act)
    if programme == OTHER and find.__name__ in ("of_claim", "of_receipt", "of_project"):
        return "absent"  # it has none
    bound = bool(role) and role not in ("leader", "auditor", *BY_HAND_ONLY, "public_reader")
    of = programme if find.__name__ in OF_A_PROGRAMME else ""
    if find.__name__ in ("of_document", "of_whole_text"):
        of = OWN
    place = (of, find.__name__ in OF_AN_AREA and role in OF_A_COUNTY and of == OWN)
    if reaches(role, bound, act, state, place):
        return "done"
    sees = of and any(reaches(role, bound, seeing, state, place) for seeing in ("see_figures", "see_records"))
    if act.startswith("see_") or not sees:
        return "absent"
    return "refused" if role else "who"


def walk(role, how, programme, state):
    client, found, wanted = client_of(role, how), {}, {}
    record = Record.objects.filter(programme__code=programme, kind="agreement").first()
    record = record or Record.objects.filter(programme__code=programme).exclude(kind="document").first()
    for method, path, view in operations():
        number = number_in(path, record)
        address = "/api" + path.format(**values(programme, number))
        body = json.dumps(BODIES[view.__name__]) if method == "POST" else ""
        answer = client.generic(method, address, body, content_type="application/json")
        key = f"{method} {address}"
        found[key] = MEANS.get(answer.status_code, answer.status_code)
        wanted[key] = "done" if hasattr(view, "open") else expected(role, view, programme, state)
    return found, wanted


def number_in(path, record):
    """A number that the address of an operation may name: a line, a claim, a receipt, a project, else a record."""
    if "/projects/" in path:
        return Project.objects.order_by("-region", "pk").first().pk  # of the county where there is one
    rows = {"/claims/": Claim, "/receipts/": Receipt}
    model = next((model for part, model in rows.items() if part in path), None)
    if model and (kept := model.objects.first()):
        return kept.pk
    return 1 if "journal" in path else record.number


@pytest.fixture
def internal(programme):
    """The programmes, one with a claim and a receipt, and their papers as they are before anyone publishes them."""
    book = county(programme)
    book.claim(1, "发票 1")
    book.receive(1, "回-1")
    Programme.objects.update(published=None)
    Document.objects.update(published=None)


@pytest.fixture
def texts(monkeypatch):
    """The texts of all papers, as if the office had given them."""
    monkeypatch.setattr("duikou.web.interface.documents.paragraphs", lambda digest: ("一段",))


def test_every_operation_asks_the_act_that_it_is():
    asked = {f"{method} {path}": getattr(view, "asks", ("",))[0] for method, path, view in operations()}
    assert asked == ACTS
    assert {act for act in asked.values() if act} <= {act for _, act, _ in table()}
    assert all(view.open for _, _, view in operations() if not hasattr(view, "asks"))


def test_the_schema_names_the_act_of_every_operation(visitor):
    told = visitor.get("/api/openapi.json").json()["paths"]
    for method, path, view in operations():
        said = told["/api" + path][method.lower()]
        assert said.get("x-act", said.get("x-open")) == (view.open if hasattr(view, "open") else view.asks[0])


A_THIRD = [one for one in WHO if PROVE or one[0] in ("", "programme_officer", "county_clerk", "auditor")]


@pytest.mark.parametrize(
    ("role", "how", "programme_code"), [(*one, OWN) for one in WHO] + [(*one, OTHER) for one in A_THIRD]
)
def test_each_role_may_do_with_an_internal_programme_what_the_table_says(internal, texts, role, how, programme_code):
    found, wanted = walk(role, how, programme_code, "internal")
    assert found == wanted


@pytest.mark.parametrize(("role", "how"), A_THIRD)
def test_each_role_may_do_with_a_public_programme_what_the_table_says(programme, texts, role, how):
    found, wanted = walk(role, how, OTHER, "public")
    assert found == wanted


def test_what_one_may_not_see_is_answered_as_what_is_not_there(internal, visitor):
    hidden = visitor.get(f"/api/programmes/{OWN}").json()
    absent = visitor.get("/api/programmes/nobody").json()
    assert hidden | {"instance": ""} == absent | {"instance": ""}


def test_the_walk_writes_nothing(internal, texts):
    before = JournalLine.objects.count()
    walk("finance_clerk", "session", OWN, "internal")
    assert JournalLine.objects.count() == before
