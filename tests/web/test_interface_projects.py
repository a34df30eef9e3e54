"""The interface for projects: a life told by programs, once for a key, each by its own right; a life asked."""

import json

import pytest
from life import propose
from money import WAN
from programs import key, with_key

from duikou.acts.doing import today
from duikou.acts.journal import head
from duikou.records.models import Finding, Inspection, Milestone, Output, Programme, Progress, ProjectPaper

pytestmark = pytest.mark.usefixtures("unhurried")


@pytest.fixture
def works(book):
    return propose(book)


def program(account):
    """A program with a key of the office and role of a demonstration account."""
    return with_key(key(account, f"k-{account}"))


def at(works, rest=""):
    return f"/api/programmes/tj-hn/projects/{works.project}" + (f"/{rest}" if rest else "")


def ask(client, address, once="", **body):
    headers = {"Idempotency-Key": once} if once else {}
    return client.post(address, json.dumps(body), content_type="application/json", headers=headers)


def done(client, address, **body):
    answer = ask(client, address, **body)
    assert answer.status_code == 201, answer.content.decode()
    assert answer.json()["line"] == head().number
    (number,) = answer.json()["records"]
    return number


def rules_of(answer):
    assert answer.status_code == 422, answer.content.decode()
    return [p["rule"] for p in answer.json()["problems"] if p["weight"] == "stops"]


def test_a_program_tells_a_projects_life_and_asks_it(works):
    clerk, officer = program("tongren"), program("yewu")
    lacking = clerk.get(at(works)).json()["lacking"]
    assert [(x["requisite"]["code"], x["supplier"]["code"]) for x in lacking] == [
        ("proposal", "owner"), ("performance_targets", "owner"),
    ]  # fmt: skip
    done(clerk, at(works, "papers"), type="proposal", number="申〔2012〕1号", when="2012-04-02")
    done(clerk, at(works, "papers"), type="performance_targets", issuer="县发改局", when="2012-04")
    done(clerk, at(works, "stages"), stage="proposed", when="2012-04-30")
    output = done(clerk, at(works, "outputs"), type="road", target=3500, unit="metre", name="通乡路")
    assert done(clerk, at(works, "outputs"), type="road", target=3000, unit="metre", output=output) == output
    inspection = done(
        officer, at(works, "inspections"), type="inspection", day="2012-06-01", conclusion="mend",
        inspectors=["hn", "tjhzb", "hn"], found=["屋面渗水"], due="2012-07-01",
    )  # fmt: skip
    report = done(clerk, at(works, "progress"), percent=35, said="路基", aid_done_fen=120 * WAN)
    said = clerk.get(at(works)).json()
    assert (said["record"], said["stage"]["code"], said["next"]["code"]) == (works.project, "proposed", "reviewed")
    reached = {x["stage"]["code"]: x["first"] for x in said["stages"] if x["first"]}
    assert reached == {"proposed": "2012-04-30"}
    ((kept, low, actual),) = [(x["record"], x["target"]["low"], x["actual"]) for x in said["outputs"]]
    assert (kept, low, actual) == (output, 3000, None)
    (told,) = said["progress"]
    said = [told[name] for name in ("record", "percent", "aid_done_fen", "other_done_fen")]
    assert said == [report, 35, 120 * WAN, None]
    assert (told["day"], told["photographs"]) == (today().isoformat(), [])
    assert Inspection.objects.get(pk=inspection).record.parties.count() == 2
    assert Finding.objects.get(rule="inspections.8").due.isoformat() == "2012-07-01"


def test_a_report_sent_twice_with_one_key_is_entered_once(works):
    front = program("qianfang")
    first = ask(front, at(works, "progress"), "p-1", percent=60)
    again = ask(front, at(works, "progress"), "p-1", percent=60)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json() | {"again": True}
    assert ask(front, at(works, "progress"), "p-1", percent=61).status_code == 422
    assert Progress.objects.count() == 1


@pytest.mark.parametrize(
    ("where", "body", "rule"),
    [
        ("progress", {}, "progress.4"), ("progress", {"percent": 5, "day": "2099-01-01"}, "progress.2"),
        ("papers", {"type": "land", "when": "2012-04"}, "works.4"),
        ("papers", {"type": "land", "when": "2012-04", "issuer": "县", "waived": True}, "works.6"),
        ("stages", {"stage": "proposed", "when": "2012-04-02"}, "stages.1"),
        ("outputs", {"type": "road", "target": 3, "unit": "household"}, "outputs.1"),
        ("inspections", {"type": "self_rating", "day": "2012-06-01", "conclusion": "passed"}, "inspections.4"),
    ],
)  # fmt: skip
def test_a_rule_stops_a_program_as_it_stops_a_form(works, where, body, rule):
    officer, line = program("yewu"), head().number
    assert rule in rules_of(ask(officer, at(works, where), **body))
    assert head().number == line


@pytest.mark.parametrize(
    ("where", "body", "field"),
    [
        ("progress", {"percent": 101}, "percent"), ("progress", {"percent": "60"}, "percent"),
        ("progress", {"photograph": "x"}, "photograph"), ("papers", {"type": "contract", "when": "2012-04"}, "type"),
        ("papers", {"type": "land", "when": "2012"}, "when"), ("papers", {"type": "land", "when": "2012-13"}, "when"),
        ("stages", {"stage": "nowhere", "when": "2012-04"}, "stage"),
        ("outputs", {"type": "road", "target": 0, "unit": "metre"}, "target"),
        ("outputs", {"type": "road", "target": 5, "unit": "metre", "output": 1}, "output"),
        ("inspections", {"type": "look", "day": "2012-06-01", "conclusion": "passed", "use": "x"}, "use"),
        ("inspections", {"type": "look", "day": "2012-06-01", "conclusion": "passed", "inspectors": ["zz"]}, "inspectors"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named_by_its_field(works, where, body, field):
    answer = ask(program("yewu"), at(works, where), **body)
    assert answer.status_code == 422, answer.content.decode()
    assert field in [p["field"].split(".")[-1] for p in answer.json()["problems"]], answer.json()["problems"]
    assert not any(model.objects.exists() for model in (Progress, Output, ProjectPaper))


def test_a_county_does_not_admit_and_a_leader_does(works):
    works.reach("reviewed")
    works.paper("county_decision")
    body = {"stage": "in_library", "when": "2012-05-02"}
    clerk, leader = program("tongren"), program("lingdao")
    refused = ask(clerk, at(works, "stages"), **body)
    assert refused.status_code == 403
    assert "入库定项" in refused.json()["detail"]
    assert ask(leader, at(works, "progress"), percent=5).status_code == 403
    done(leader, at(works, "stages"), **body)
    assert Milestone.objects.filter(stage="in_library").exists()


def test_a_project_that_one_does_not_see_is_not_there(works, visitor):
    assert visitor.get(at(works)).status_code == 200
    Programme.objects.update(published=None)
    assert visitor.get(at(works)).status_code == 404
    assert program("qianfang").get(at(works)).status_code == 200
    elsewhere = at(works).replace("tj-hn", "bj-ht")
    assert program("lingdao").get(elsewhere).status_code == 404
