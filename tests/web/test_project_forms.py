"""The forms of projects: needs, proposals, descriptions; who is refused, what is sent twice, a whole life by pages."""

import re

import pytest
from books import OFFICER, signed_in
from life import OFFICER as ALL
from money import CHIEF
from money_forms import key_of, lines, refused, text
from project_forms import PAPER, PROJECTS, at_field, described, done, of, page, send

from duikou.acts.budgets import decide_change, request_change
from duikou.acts.doing import today
from duikou.acts.journal import head
from duikou.acts.offices import appoint, open_account, open_office
from duikou.acts.verify import verify
from duikou.records.models import Need, Output, Programme, Project, ProjectChange
from duikou.rules import budgets
from duikou.rules.period import on
from duikou.rules.programmes import Organisation as OrganisationFact

# ---- needs and proposals ---------------------------------------------------------------------------------------------


def test_a_need_is_recorded_and_a_proposal_answers_it(book):
    clerk = signed_in("tongren")
    need = {"title": "牧民定居点通水", "region": "632301", "sector": "housing", "households": "约120户",
            "people": "460人", "day": "2012年4月"}  # fmt: skip
    assert "记入待核：未注明出自哪次调研" in done(clerk, "needs/new/", **need)
    row = Need.objects.get()
    assert (row.households_low, row.households_high, row.people_low) == (114, 126, 460)  # 约: within 5 %
    assert f'value="{row.pk}"' in page(clerk, f"new/?need={row.pk}")
    asked = {"name": "定居点引水", "region": "632301", "sector": "housing", "answers": [row.pk], "fixed": "yes",
             "delivery": "turnkey", "year": "2012", "place": "加吾乡", "content": "引水管道 3.5 公里"}  # fmt: skip
    done(clerk, "new/", **asked)
    made = Project.objects.get(name="定居点引水")
    assert (made.fixed, made.delivery, made.status, made.place) == (True, "turnkey", "preparing", "加吾乡")
    assert [link.to_id for link in made.record.links.filter(role="answers")] == [row.pk]
    assert "已有项目回应" in page(clerk, "new/")


def test_a_clerk_proposes_for_the_own_county_only(book):
    clerk = signed_in("tongren")
    (offered,) = re.findall(r'<select name="region".*?</select>', page(clerk, "new/"), re.S)
    assert re.findall(r'value="(\d+)"', offered) == ["632301"]
    told = {"name": "别县的路", "region": "632322", "sector": "other"}
    at_field(send(clerk, "new/", **told), "region", "名单里没有这个地区")
    at_field(
        send(clerk, "needs/new/", title="x", region="632322", sector="other", day="2012-04-02"), "region", "名单里没有"
    )
    assert not Project.objects.filter(name="别县的路").exists()


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("title", "", "没有填写"), ("households", "很多户", "读不成数量"), ("households", "460人", "不是涉及户数"),
        ("day", "2012年13月", "日历上没有"), ("day", "2012-02-30", "日历上没有"), ("survey", "999999", "名单里没有这一项"),
        ("sector", "x", "名单里没有“x”"), ("title", "很" * 61, "60"),
    ],
)  # fmt: skip
def test_what_is_odd_about_a_need_stands_at_its_field(book, field, typed, words):
    need = {"title": "通水", "region": "632301", "sector": "housing", "day": "2012-04-02"} | {field: typed}
    at_field(send(signed_in("tongren"), "needs/new/", **need), field, words)
    assert not Need.objects.exists()


def test_a_code_that_is_borne_is_refused_at_its_field_and_a_need_of_nobody_is_not_there(book):
    officer = signed_in("yewu")
    done(officer, "new/", name="甲", region="632301", sector="other", code="TR2012001-D")
    told = {"name": "乙", "region": "632301", "sector": "other"}
    at_field(send(officer, "new/", **told, code="TR2012001-D"), "code", "projects.5")
    refused(send(officer, "new/", **told, answers=["999999"]), "名单里没有这项需求")


# ---- description -----------------------------------------------------------------------------------------------------


def test_a_description_changes_what_was_typed_and_nothing_else(works, book):
    officer = signed_in("yewu")
    assert "已办：" in text(described(officer, works, owner=book.hn, owner_post="县发改局局长", paired="yes"))
    row = Project.objects.get(pk=works.project)
    assert (row.owner_id, row.owner_post, row.paired, row.name) == (book.hn, "县发改局局长", True, "牧民定居点")
    refused(described(officer, works), "没有改动")
    at_field(described(officer, works, name=" "), "name", "")
    at_field(described(officer, works, year="十二"), "year", "整数")


def test_what_is_approved_is_locked_and_names_the_change_that_lets_it_through(works):
    works.reach("approved")
    officer = signed_in("yewu")
    shown = page(officer, of(works, "describe"))
    assert "已批复，凭批复的地点变更改动" in shown
    assert "没有；先申请变更" in shown
    at_field(described(officer, works, place="多哇乡"), "place", "works.1")
    told = {"programme": works.county.programme, "person": CHIEF}
    fact = budgets.ProjectChange(project=works.project, type="place", reason="地质", content="x", when=on(works.day))
    change = ProjectChange.objects.get(pk=request_change(fact, programme=works.county.programme, person=ALL))
    decide_change(change, True, "发改〔2012〕9号", **told)
    assert "有一项已批复的变更可用" in page(officer, of(works, "describe"))
    assert "已办：" in text(described(officer, works, place="多哇乡"))
    change.refresh_from_db()
    assert change.carried == today()
    at_field(described(officer, works, delivery="turnkey"), "delivery", "works.1")


def test_what_someone_else_has_changed_meanwhile_is_not_changed_back_in_silence(works):
    officer, clerk = signed_in("yewu"), signed_in("qianfang")
    key = key_of(page(officer, of(works, "describe")))
    seen = str(head().number)
    described(clerk, works, place="加吾乡")
    typed = {"key": key, "seen": seen, "name": "牧民定居点", "sector": "housing", "place": "", "benefit": "60 户"}
    answer = officer.post(PROJECTS + of(works, "describe"), typed, follow=True)
    shown = at_field(answer, "place", "别人已改为“加吾乡”")
    again = dict(re.findall(r'<input type="hidden" name="(key|seen)" value="([^"]*)"', shown))
    assert "已办：" in text(officer.post(PROJECTS + of(works, "describe"), typed | again, follow=True))
    assert Project.objects.get(pk=works.project).place == ""


# ---- whose it is -----------------------------------------------------------------------------------------------------


FORMS = ("describe", "paper", "advance", "schedule", "progress", "output", "inspect", "asset")


@pytest.fixture
def elsewhere(book):
    """A clerk of another county of the same programme."""
    new = OrganisationFact(code="jzxdk", name="尖扎县对口办", type="department", region="632322")
    office = open_office("jzxdk", new=new, area="632322", side="receiving", person=OFFICER)
    account = open_account("jianzha", office=office, person=OFFICER)
    appoint(account, "county_clerk", begins=today(), programme=book.programme, person=OFFICER)
    return signed_in("jianzha")


def test_the_project_of_another_county_is_refused_with_who_can_and_so_is_what_is_not_ones_duty(
    works, elsewhere, visitor
):
    works.output()
    forms = [*FORMS[:-1], "asset"]
    for where in forms:
        answer = elsewhere.get(PROJECTS + of(works, where))
        assert answer.status_code == 403, where
        assert "县填报员" in text(answer), where
        assert elsewhere.post(PROJECTS + of(works, where), {"key": "x"}).status_code == 403
    for account, where in (("tongren", "cancel"), ("tongren", "return"), ("caiwu", "progress"), ("lingdao", "paper")):
        assert signed_in(account).get(PROJECTS + of(works, where)).status_code == 403
    output = Output.objects.get()
    assert signed_in("tongren").get(f"{PROJECTS}outputs/{output.pk}/verify/").status_code == 403
    assert visitor.get(PROJECTS + of(works, "progress"))["Location"].startswith("/sign-in/?next=")
    Programme.objects.update(published=None)
    assert elsewhere.get(PROJECTS + of(works, "progress")).status_code == 404


def test_a_project_of_another_programme_or_of_no_number_is_not_there(works):
    officer = signed_in("yewu")
    for number in (works.project + 10_000, 10**20, works.county.hn):
        assert officer.get(f"{PROJECTS}{number}/progress/").status_code == 404
    lead = signed_in("lingdao")
    assert lead.get(f"/p/bj-ht/2012/projects/{works.project}/cancel/").status_code == 404


def test_the_same_form_sent_twice_is_done_once(works):
    officer = signed_in("yewu")
    cases = {
        "paper": PAPER | {"issuer": "县发改局"}, "inspect": {"type": "inspection", "day": "2012-06-01", "conclusion": "passed"},
        "output": lines({"type": "road", "target": "3公里"}, count=4),
        "schedule": lines({"stage": "started", "due": "2013-05-01"}, count=6),
    }  # fmt: skip
    for where, typed in cases.items():
        sent = typed | {"key": key_of(page(officer, of(works, where)))}
        first = officer.post(PROJECTS + of(works, where), sent, follow=True)
        assert "已办：" in text(first), where
        line = head().number
        assert "已办过，没有再办" in text(officer.post(PROJECTS + of(works, where), sent, follow=True)), where
        assert head().number == line


EVIL = '<script>alert(1)</script>"onload="x'


def test_what_was_typed_is_shown_as_text(works):
    front, officer = signed_in("qianfang"), signed_in("yewu")
    shown = refused(send(front, of(works, "progress"), percent=EVIL, said=EVIL[:60]), "读不成进度")
    assert "<script>alert" not in shown
    done(front, of(works, "progress"), percent="10", said=EVIL)
    for where in ("progress", "describe"):
        assert "<script>alert" not in page(front, of(works, where))
    described(officer, works, name=EVIL, remark=EVIL)
    for where in FORMS:
        assert "<script>alert" not in page(officer, of(works, where)), where
    row = lines({"type": "road", "target": EVIL[:24]}, count=4)
    assert "<script>alert" not in refused(send(officer, of(works, "output"), **row), "读不成数量")
    assert "<script>alert" not in refused(send(officer, of(works, "paper"), **PAPER | {"type": EVIL}), "名单里没有")


def test_a_whole_life_goes_by_pages_and_the_book_holds(works):
    works.reach("planned")
    officer, leader = signed_in("yewu"), signed_in("lingdao")
    for kind in ("feasibility_reply", "design_reply", "estimate_reply"):
        done(officer, of(works, "paper"), type=kind, number=f"{kind}1", day="2012-06-01")
    done(officer, of(works, "advance"), stage="approved", day="2012-06-02")
    for kind in ("land", "planning_permit", "environment", "tender", "construction_permit"):
        more = {"waived": "yes"} if kind == "environment" else {}
        done(officer, of(works, "paper"), type=kind, number=f"{kind}1", day="2012-06-03", **more)
    works.day = works.day.replace(month=6, day=3)
    works.supply("contract")
    done(officer, of(works, "advance"), stage="prepared", day="2012-06")
    assert leader.get(PROJECTS + of(works, "advance")).status_code == 403
    assert Project.objects.get(pk=works.project).stage == "prepared"
    assert verify().true
