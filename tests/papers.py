"""Papers for tests, made as people make them: through the forms, by the accounts whose work it is."""

import re

from books import PERIOD, signed_in

from duikou.acts import findings as acts
from duikou.records.models import Finding, Paper
from duikou.rules.findings import Decision
from duikou.rules.rights import everywhere

JUDGE = everywhere("shenji", "auditor")
HERE = f"/p/tj-hn/{PERIOD}/reports/"
DRAFT = {"title": "", "style": "spoken", "floor": "", "project": "", "addressee": "", "copies": ""}


def send(client, address, **said):
    """A form as it is offered, filled in and sent."""
    page = client.get(address)
    assert page.status_code == 200, (address, page.status_code)
    hidden = dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', page.content.decode()))
    return client.post(address, {**hidden, **said, "step": "confirm"})


def drafted(form="table:overview", span=PERIOD, **more):
    """A draft by the programme officer."""
    answer = send(signed_in("yewu"), f"{HERE}new", made_of=form, span=span, **{**DRAFT, **more})
    assert answer.status_code == 302, errors(answer)
    return Paper.objects.order_by("-pk")[0]


def errors(answer):
    """What stands over a form."""
    found = re.search(r'<div class="errors".*?</div>', answer.content.decode(), re.S)
    return re.sub(r"<[^>]+>", "", found[0]) if found else ""


def settled(programme):
    """All open questions of a programme are judged."""
    for finding in Finding.objects.filter(record__programme=programme).exclude(state="settled"):
        acts.settle_finding(Decision("已核", acts.line_of(finding)), finding=finding, person=JUDGE)


def issued(code, **more):
    """A paper that was drafted, signed and issued under a number."""
    paper, leader = drafted(**more), signed_in("lingdao")
    for address, said in ((f"{HERE}{paper.pk}/sign", {"signer": "主任"}), (f"{HERE}{paper.pk}/issue", {"code": code})):
        answer = send(leader, address, **said)
        assert answer.status_code == 302, errors(answer)
    paper.refresh_from_db()
    return paper
