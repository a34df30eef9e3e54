"""A walk over every address as every role, held against the table of rights as this test reads it.

An address that is no door, or that this walk has no example for, fails it.
"""

import csv
import os
import re
from itertools import count
from pathlib import Path

import pytest
from books import signed_in
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLResolver
from django.utils import timezone

from duikou.records.models import (
    Account,
    Appointment,
    Assignment,
    BankLine,
    Claim,
    Contract,
    DataRequest,
    Definition,
    Document,
    Entry,
    Finding,
    Item,
    Job,
    JournalImage,
    JournalLine,
    Notice,
    Office,
    Organisation,
    Output,
    Paper,
    PaperComment,
    Plan,
    Programme,
    Progress,
    Project,
    ProjectChange,
    Receipt,
    Record,
    Secondment,
    Submission,
    Upload,
)
from duikou.rules import rights
from duikou.snapshot.store import freeze
from duikou.terms.words import code_of
from duikou.web import errors
from duikou.web.working import folder

DIGEST = "0" * 64
READING = (
    '{"add":"amount","en":"x","follows":"funds.disbursed","kind":"flow","name":"x","of":"entries","rests_on":"x","unit":"fen",'
    '"valid_from":"2012-01-01","where":{"state":["disbursed"]},"why":"x"}'
)
OWN, OTHER = "tj-hn", "bj-ht"  # the programme that roles were given in, and one that none of them is bound to
PERIOD = "2010-08..2011-08"
ACCOUNTS = {
    "": "", "programme_officer": "yewu", "front_line_officer": "qianfang", "county_clerk": "tongren",
    "finance_clerk": "caiwu", "leader": "lingdao", "county_leader": "xianling", "auditor": "shenji", "administrator": "guanli",
    "security_officer": "anquan", "public_reader": "gongzhong",
}  # fmt: skip
PROVE = bool(os.environ.get("DUIKOU_PROVE"))  # else a few of the walks through the programme of others
IN_EVERY_PROGRAMME = ("leader", "auditor", "administrator", "security_officer", "public_reader")
NOT_OURS = {"static": "files of the pages themselves, for everyone", "api/": "the interface has a walk of its own"}


def addresses(resolver=None, prefix=""):
    """Every address of the site once, as route and view; the English ones are the same views."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, route)
        else:
            yield route, pattern.callback


def doors():
    return {route.removeprefix("en/"): view for route, view in addresses() if hasattr(view, "door")}


def table():
    """The table as it stands in the file: act, state, role → where; read here, not by the program."""
    heads, *rows = csv.reader(Path(rights.TABLE).read_text("utf-8").splitlines())
    roles = [code_of("role", head) for head in heads[2:]]
    return {
        (code_of("act", act), {"": "", "公开": "public", "内部": "internal"}[state], role): said
        for act, state, *cells in rows
        for role, said in zip(roles, cells, strict=True)
        if said
    }


def test_every_address_is_a_door_or_says_why_it_is_open():
    for route, view in addresses():
        if route.startswith(tuple(NOT_OURS)):
            continue
        assert hasattr(view, "door") or getattr(view, "open", ""), f"{route} asks no right and does not say why"


def test_every_door_names_acts_of_the_table():
    acts = {act for act, _, _ in table()}
    for route, view in doors().items():
        act, change, _ = view.door
        assert act in acts, route
        assert not change or change in acts, route


# ---- the walk ----------------------------------------------------------------------------------------------------------


def examples(programme, example):
    """A value for every parameter of an address that leads to something of a programme."""
    gift = Record.objects.filter(programme__code=programme, kind="gift").first()
    gift = gift or Record.objects.filter(programme__code=programme).exclude(kind__in=["programme", "document"]).first()
    paper = Document.objects.filter(record__programme__code=OWN).exclude(digest="").first()
    own = Account.objects.get(code=example or "yewu")
    return {
        "programme": programme, "period": PERIOD, "code": "overview", "register": "t02", "area": "632301", "kind": gift.kind, "number": str(gift.number),
        "name": f"funds.secured:{programme}.{PERIOD}", "said": paper.digest[:8], "paragraph": "2",
        "office": own.office.organisation.code, "organisation": own.office.organisation.code,
        "appointment": str(Appointment.objects.get(account__code="caiwu").pk), "job": str(job().pk), "pk": "1",
        "finding": str(Finding.objects.filter(record__programme__code=programme).first().pk), **money(programme),
        "submission": str(submission(programme).pk), "upload": str(dropped(programme, example)), **draft(programme),
        "text": str(text(programme).pk),
    }  # fmt: skip


def money(programme):
    """A claim with its contract, a receipt, a change, an entry and a notice of a programme, of a project in the county of the demonstration's clerk."""
    of = Programme.objects.get(code=programme)
    numbers = count(Record.objects.order_by("number").last().number + 1)

    def new(model, **values):
        kind = re.sub(r"(?<!^)(?=[A-Z])", "_", model.__name__).lower()
        return model.objects.create(
            record=Record.objects.create(number=next(numbers), kind=kind, programme=of), **values
        )

    kept = Claim.objects.filter(record__programme=of).first()
    if kept is None:
        builder = Organisation.objects.first()
        project = new(Project, name="广场", sector="other", status="started", region="632321")
        contract = new(Contract, number="HT-1", key=f"{programme}/ht-1", project=project, payee=builder, type="works",
                       method="direct", price=100)  # fmt: skip
        kept = new(Claim, contract=contract, number=1, type="progress", stage="started", use="project", amount=1,
                   state="submitted")  # fmt: skip
        new(Receipt, amount=1, receiver=builder, project=project, reference="1", key=f"{programme}/1")
        photograph(new(Progress, project=project).record)
        new(Output, project=project, type="road")
        new(ProjectChange, project=project, type="scale", reason="x")
        new(Entry, state="secured", standing="own", amount=1)
        new(Secondment, direction="to_receiving")
        new(Notice, number="财〔2012〕1号", key=f"{programme}/1", type="issue", side="supporting")
        new(Assignment, content="核清人数", office=builder)
        new(Plan, title="年度计划", type="annual", status="formed")
        new(
            DataRequest,
            layout="t6_training",
            title="人才培训台账",
            office=builder,
            region="632321",
            asked_on="2012-06-20",
            due="2012-07-05",
        )
        new(Definition, code="funds.disbursed.b", follows="funds.disbursed", name="拨付", text=READING, digest=DIGEST,
            valid_from="2012-01-01", author="yewu")  # fmt: skip
        paper = new(Document, title="对账单", medium="voucher", grade="original")
        new(BankLine, document=paper, account="1", serial="1", flow="out", amount=1, owner=builder)
    return {
        name: str(model.objects.filter(record__programme=of).first().pk)
        for name, model in (
            ("claim", Claim),
            ("receipt", Receipt),
            ("change", ProjectChange),
            ("entry", Entry),
            ("contract", Contract),
            ("notice", Notice),
            ("output", Output),
            ("secondment", Secondment),
            ("assignment", Assignment),
            ("plan", Plan),
            ("request", DataRequest),
            ("bank_line", BankLine),
            ("reading_", Definition),
        )
    } | {"project": str(Output.objects.filter(record__programme=of).first().project_id), "digest": DIGEST}


def draft(programme):
    """A draft of the report of a programme, with a comment, on today's book."""
    kept = Paper.objects.filter(record__programme__code=programme).first()
    if kept is None:
        taken = freeze()
        record = Record.objects.create(
            number=Record.objects.order_by("number").last().number + 1, kind="paper",
            programme=Programme.objects.get(code=programme),
        )  # fmt: skip
        kept = Paper.objects.create(
            record=record, form="report:situation", title="汇报", span=PERIOD, line=taken.line, snapshot=taken.digest
        )
        PaperComment.objects.create(number=record.number, paper=kept, text="数字偏大", said="2012-06-20")
    return {"draft": str(kept.pk), "remark": str(kept.comments.first().pk)}


def submission(programme):
    """A sheet that a programme has taken from the county of the demonstration's clerk; the line it came by stands for any."""
    kept = Submission.objects.filter(record__programme__code=programme).first()
    if kept is None:
        number = Record.objects.order_by("number").last().number + 1
        record = Record.objects.create(
            number=number, kind="submission", programme=Programme.objects.get(code=programme)
        )
        kept = Submission.objects.create(
            record=record, receipt="收表〔2026〕1号", layout="t9_sales", title="台账", region="632321",
            document=handed_in(number + 1, programme), added=1, changed=0, same=0,
        )  # fmt: skip
        line = JournalLine.objects.order_by("number").last()
        last = JournalImage.objects.filter(line=line).order_by("position").last()
        said = {"table": "records_submission", "number": number, "position": last.position + 1, "text": "{}"}
        JournalImage.objects.create(line=line, **said)
    return kept


def handed_in(number, programme):
    """The paper of a sheet, with its bytes."""
    record = Record.objects.create(number=number, kind="document", programme=Programme.objects.get(code=programme))
    file = Path(settings.VAR) / "documents" / DIGEST
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(b"PK")
    return Document.objects.create(record=record, title="台账", medium="voucher", grade="original", digest=DIGEST)


def text(programme):
    """A paper of the county of the demonstration's clerk with one thing that may be read in it."""
    kept = Document.objects.filter(record__programme__code=programme, title="县简报").first()
    if kept is None:
        digest = f"{programme}-text".encode().hex().ljust(64, "1")
        number = Record.objects.order_by("number").last().number + 1
        of = Programme.objects.get(code=programme)
        record = Record.objects.create(number=number, kind="document", programme=of)
        issuer = Organisation.objects.get(code="trx")
        kept = Document.objects.create(
            record=record, title="县简报", medium="notice", grade="issued", digest=digest, issuer=issuer
        )
        file = Path(settings.VAR) / "documents" / digest
        file.parent.mkdir(exist_ok=True)
        file.write_text("同仁县选派2名教师赴天津挂职。", "utf-8")
    return kept


def dropped(programme, account):
    """The number of a file that an account has dropped in for a programme and that was taken."""
    said = {"account": account or "", "programme": programme, "digest": DIGEST, "name": "台账.xlsx"}
    file = Path(settings.VAR) / "uploads" / DIGEST
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(b"x")
    kept = Upload.objects.filter(**said).first()
    return (
        kept
        or Upload.objects.create(
            **said, at=timezone.now(), chosen={"when": "2012-05"}, submission=submission(programme).pk
        )
    ).pk


def photograph(report):
    """A photograph of a report, as far as its door asks of it."""
    last = Item.objects.order_by("number").last()
    number = last.number + 1 if last else 1
    Item.objects.create(number=number, record=report, list="photograph", position=1, text=DIGEST)
    file = Path(settings.VAR) / "photographs" / DIGEST
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(b"x")


def job():
    """A job that the programme officer has had done, with a file."""
    asked = Job.objects.filter(account="yewu").first()
    if asked is None:
        made = {"said": "已办", "well": True, "files": [{"name": "paper.txt", "bytes": 1}]}
        options = {"programme": OWN, "period": PERIOD}
        asked = Job.objects.create(
            work="make_papers", account="yewu", options=options, state="done", result=made, asked_at=timezone.now()
        )
    folder(asked).mkdir(parents=True, exist_ok=True)
    (folder(asked) / "paper.txt").write_text("x")
    return asked


NEW = (  # the forms of new records: a section, the act of its door, one of its kinds
    ("governance", "record_governance", "decision"), ("exchanges", "record_contact", "visit"),
    ("exchanges", "record_plan", "consultation"), ("plans", "record_plan", "plan"), ("people", "record_people", "cohort"),
    ("gifts", "record_gift", "gift"), ("industry", "record_enterprise", "intent"), ("cooperation", "record_cooperation", "sale"),
)  # fmt: skip
SPECIAL = {
    "sheets/receipts/<int:number>/": {"number": "SUBMISSION"},
    "sheets/<int:number>/": {"number": "UPLOAD"},
    "texts/<int:number>/": {"number": "TEXT", "paragraph": "1", "begins": "5", "reads": "secondment"},
    "assignment/<int:number>/": {"number": "ASSIGNMENT"},
    **{f"<kinds_of_{act}_in_{section}:kind>": {"section": section, "kind": kind} for section, act, kind in NEW},
    "<section:section>/": {"section": "gifts", "kind": "gift"},
    "people/<slug:kind>/<int:number>/": {"kind": "secondment", "number": "SECONDMENT"},
    "projects/<int:number>/": {"number": "PROJECT"},
    "plans/plan/<int:number>/": {"number": "PLAN"},
    "outputs/<int:number>/": {"number": "OUTPUT"},
    "requests/<int:number>/": {"number": "REQUEST"},
    "claims/<int:number>/": {"number": "CLAIM"},
    "contracts/<int:number>/": {"number": "CONTRACT"},
    "notices/<int:number>/": {"number": "NOTICE"},
    "receipts/<int:number>/": {"number": "RECEIPT"},
    "changes/<int:number>/": {"number": "CHANGE"},
    "bank/<int:number>/": {"number": "BANK_LINE"},
    "entries/<int:number>/": {"number": "ENTRY"},
    "jobs/<int:number>": {"number": "JOB", "name": "paper.txt"},
    "reports/<slug:code>.docx": {"code": "situation"},
    "reports/<slug:code>.pdf": {"code": "situation"},
    "reports/<slug:code>/review.docx": {"code": "situation"},
    "reports/<slug:code>/evidence.xlsx": {"code": "situation"},
    "reports/<slug:code>/files/": {"code": "situation"},
    "outlines/<slug:code>/": {"code": "situation"},
    "outlines/<slug:code>/editions/": {"code": "situation"},
    "outlines/<slug:code>/moved": {"code": "situation"},
    "outlines/<slug:code>/returned": {"code": "situation"},
    "roles/<int:number>/end": {"code": "caiwu", "number": "APPOINTMENT"},
    "offices/accounts/<slug:code>/": {"code": "caiwu"},
    "log/<int:number>/": {"number": "1"},
    "def/proposals/<int:number>/": {"number": "READING_"},
    "def/<str:code>/": {"code": "funds.disbursed"},
    "rights.xlsx": {},
    "forms/<slug:layout>.xlsx": {"layout": "t9_sales"},
    "findings/<int:number>/": {"number": "FINDING"},
    "reports/comments/<int:number>/": {"number": "REMARK"},
    "reports/<int:number>/": {"number": "DRAFT"},
    "reports/owing/": {},
    "reports/check/": {},
}


def filled(route, values):
    """An address of a route; KeyError names a parameter that this walk has no example for."""
    more = next((special for part, special in SPECIAL.items() if part in route), {})
    address = "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: (values | more)[found[1]], route)
    for name in (
        "appointment", "job", "finding", "claim", "receipt", "change", "entry", "contract", "notice", "project", "output",
        "secondment", "assignment", "plan", "bank_line", "reading_", "request", "submission", "upload", "draft", "remark", "text",
    ):  # fmt: skip
        address = address.replace(name.upper(), values[name])
    return address


def reaches(rules, role, act, state, where):
    """Whether the table lets a role do an act: on a thing of its own programme or another, of its own office or another."""
    for key in ("", state):
        for bearer in {role, "public_reader"} - {""}:
            said = rules.get((act, key, bearer))
            if said == "全部":
                return True
            if said == "本项目方案" and where["programme"] and (where["own"] or role in IN_EVERY_PROGRAMME):
                return True
            if said == "本地区" and where["area"]:
                return True
            if said == "本单位" and where["office"]:
                return True
            if said == "本人" and where["self"] and role:
                return True
    return False


OF_AN_AREA_INSIDE = ("of_requests", "of_request", "of_original")  # however public the programme is, as the next ones
INSIDE = (*OF_AN_AREA_INSIDE, "of_paper", "of_comment", "of_readings", "of_draft")
OF_A_COUNTY = ("county_clerk", "county_leader")
OF_AN_AREA = (
    "of_own_part",
    "of_own_work",
    "of_claim",
    "of_receipt",
    "of_change",
    "of_project",
    "of_output",
    "of_photograph",
    "of_submission",
    "of_county",  # the county of the walk is the clerk's: 632321 bears the code 632301 today
    *OF_AN_AREA_INSIDE,
)
OF_SELF = ("of_self",)
OF_PROGRAMME = (
    "of_programme",
    "of_figure",
    "of_record",
    "of_document",
    "of_own_part",
    "of_finding",
    "of_own_work",
    "of_claim",
    "of_receipt",
    "of_change",
    "of_entry",
    "of_project",
    "of_output",
    "of_photograph",
    "of_submission",
    "of_county",
    "of_whole",
    *INSIDE,
)


def situation(view, role, programme, address):
    """What the thing behind an address is to a role."""
    find = view.door[2].__name__
    of = programme if find in OF_PROGRAMME else ""
    if find == "of_document":
        of = OWN
    return {
        "programme": bool(of), "own": of == OWN, "area": find in OF_AN_AREA and role in OF_A_COUNTY and of == OWN,
        "office": find == "of_own_office"
        or (find == "of_office" and role in IN_THE_OFFICE and programme == OWN)
        or (find == "of_account" and role in IN_THE_OFFICE),
        "self": find in OF_SELF or (find == "of_job" and role == "programme_officer"),
    }  # fmt: skip


IN_THE_OFFICE = ("programme_officer", "finance_clerk", "leader", "administrator", "security_officer")  # of caiwu's


def outcome(answer):
    """What an answer means: allowed, absent, refused, or the way to the sign-in."""
    if answer.status_code == 404:
        return "absent"
    if answer.status_code == 403:
        return "refused"
    if answer.status_code == 302 and answer["Location"].startswith("/sign-in/"):
        return "sign in"
    return "allowed"


def expected(rules, role, act, state, where):
    if reaches(rules, role, act, state, where):
        return "allowed"
    if where["programme"]:
        sees = any(reaches(rules, role, seeing, state, where) for seeing in ("see_figures", "see_records"))
    else:
        sees = ("see_offices", "", role) in rules
    if not role and act == "see_own" and where["self"]:
        return "sign in"
    if act.startswith("see_") or not sees:
        return "absent"
    return "refused" if role else "sign in"


def asks(rules, role, among, turn, needed, state, view, programme, address):
    """Whether a role asks in this run: all who are refused do, and one, in turn, of those who are let in."""
    let_in = [
        one for one in among
        if expected(rules, one, needed, state, situation(view, one, programme, address)) == "allowed"
    ]  # fmt: skip
    return PROVE or role not in let_in or role == let_in[turn % len(let_in)]


def walk(role, programme, state, among):
    rules, client = table(), signed_in(ACCOUNTS[role]) if role else Client()
    values, found, wanted = examples(programme, ACCOUNTS[role]), {}, {}
    for turn, (route, view) in enumerate(sorted(doors().items())):
        act, change, _ = view.door
        address = filled(route, values)
        where = situation(view, role, programme, address)
        for method, needed in (("get", act), *([("post", change)] if change else [])):
            key = f"{method} {address} ({needed})"
            inside = view.door[2].__name__ in ("of_photograph", *INSIDE)  # however public the programme is
            of = "internal" if inside else state
            if not asks(rules, role, among, turn, needed, of, view, programme, address):
                continue
            found[key] = outcome(getattr(client, method)(address))
            wanted[key] = expected(rules, role, needed, of, where)
            if route.endswith("iati.xml") and state == "internal":  # only what is published is exported, whoever asks
                wanted[key] = "absent"
            if role and route.startswith("account/"):  # it depends on what one has set up: nobody here has anything
                found[key] = wanted[key]
    return found, wanted


@pytest.fixture
def short(monkeypatch):
    """Refusals without their page, three quarters of this walk's time: what the page says is asked below."""
    monkeypatch.setattr(errors, "_page", lambda request, template, status, book, more: HttpResponse(status=status))
    monkeypatch.setattr(errors, "book_at", lambda request: None)


AMONG = {OWN: tuple(ACCOUNTS), OTHER: tuple(ACCOUNTS) if PROVE else ("county_clerk",)}
WALKS = [(role, programme) for programme, among in AMONG.items() for role in among]


@pytest.mark.parametrize(("role", "programme_code"), WALKS)
def test_each_role_finds_of_an_internal_programme_what_the_table_says(internal, short, role, programme_code):
    found, wanted = walk(role, programme_code, "internal", AMONG[programme_code])
    assert found == wanted


PUBLIC = [role for role in ACCOUNTS if PROVE or role in ("", "county_clerk")]


@pytest.mark.parametrize("role", PUBLIC)
def test_each_role_finds_of_a_public_programme_what_the_table_says(programme, short, role):
    found, wanted = walk(role, OTHER, "public", PUBLIC)
    assert found == wanted


@pytest.mark.parametrize(("area", "status"), [("632301", 200), ("632321", 200), ("632322", 404), ("632300", 404)])
@pytest.mark.parametrize("ending", ["/", ".csv", ".json", ".xlsx"])
def test_a_clerk_opens_the_register_of_the_own_county_under_either_code_and_no_other(internal, area, status, ending):
    assert Account.objects.get(code="tongren").office.area == "632321"
    assert signed_in("tongren").get(f"/p/{OWN}/{PERIOD}/t/t02/{area}{ending}").status_code == status


def plain(answer):
    """A page without the token of its form, which is another each time."""
    return re.sub(r'csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())


def test_what_one_may_not_see_is_answered_as_what_is_not_there(internal):
    client = signed_in("tongren")
    hidden = client.get(f"/p/{OTHER}/{PERIOD}/")
    absent = client.get(f"/p/nobody/{PERIOD}/")
    assert hidden.status_code == absent.status_code == 404
    assert plain(hidden).replace(OTHER, "nobody") == plain(absent)


def test_a_role_that_has_ended_or_not_begun_opens_nothing(internal):
    Appointment.objects.filter(account__code="yewu").update(begins="2001-01-01", ends="2001-12-31")
    assert signed_in("yewu").get(f"/p/{OWN}/{PERIOD}/").status_code == 404
    assert Office.objects.count() == 5
