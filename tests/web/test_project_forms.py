"""The forms of projects: each done, each typed wrong, sent twice, asked for by those it is not for; a whole life by pages."""

import html
import re
from datetime import timedelta
from io import BytesIO

import pytest
from books import OFFICER, signed_in
from django.core.files.uploadedfile import SimpleUploadedFile
from life import OFFICER as ALL
from life import propose
from money import CHIEF, WAN
from money_forms import key_of, lines, refused, text
from PIL import Image

from duikou.acts.budgets import decide_change, request_change
from duikou.acts.doing import today
from duikou.acts.evidence import withdraw_document
from duikou.acts.journal import head
from duikou.acts.offices import appoint, open_account, open_office
from duikou.acts.photographs import file_of
from duikou.acts.verify import verify
from duikou.records.models import (
    Asset,
    Document,
    Finding,
    Inspection,
    Item,
    Milestone,
    Need,
    Organisation,
    Output,
    Programme,
    Progress,
    Project,
    ProjectChange,
    ProjectPaper,
)
from duikou.rules import budgets
from duikou.rules.period import on
from duikou.rules.programmes import Organisation as OrganisationFact

PROJECTS = "/p/tj-hn/2012/projects/"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def works(book):
    """A project that the county proposed."""
    return propose(book)


def page(client, where, status=200):
    answer = client.get(PROJECTS + where)
    assert answer.status_code == status, (where, text(answer)[:600])
    return answer.content.decode()


def send(client, where, follow=True, **typed):
    """Open a form, fill it in, send it with the key it brought."""
    return client.post(PROJECTS + where, {"key": key_of(page(client, where))} | typed, follow=follow)


def done(client, where, **typed):
    """The same, and it was done and named with its line."""
    answer = send(client, where, **typed)
    said = text(answer)
    assert answer.status_code == 200, re.findall(r'class="errors".*?</div>', answer.content.decode(), re.S)
    assert "已办：" in said
    assert f"账本第 {head().number} 行" in said
    return said


def of(works, where):
    return f"{works.project}/{where}/"


def at_field(answer, field, words):
    """The words stand at a field, and lead to it from the summary."""
    shown = refused(answer, words)
    (block,) = re.findall(rf'<div class="field wrong"><label for="id_{field}">.*?</div>', shown, re.S)
    assert words in html.unescape(block), block
    assert f'<a href="#id_{field}">' in shown
    return shown


def photograph(colour="red", size=(80, 60), kind="JPEG", name="IMG_1.jpg"):
    file = BytesIO()
    Image.new("RGB", size, colour).save(file, kind)
    return SimpleUploadedFile(name, file.getvalue(), content_type="image/jpeg")


# ---- needs and proposals -----------------------------------------------------------------------------------------------


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
        ("day", "2012年13月", "读不成日期"), ("day", "2012-02-30", "日历上没有"), ("survey", "999999", "名单里没有这一项"),
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


# ---- description -------------------------------------------------------------------------------------------------------


def described(client, works, **more):
    """The form of the description as it is shown, with something else in it."""
    shown = page(client, of(works, "describe"))
    typed = dict(re.findall(r'<input type="(?:text|number|hidden)" name="(\w+)" value="([^"]*)"', shown))
    for name, choices in re.findall(r'<select name="(\w+)".*?>(.*?)</select>', shown, re.S):
        chosen = re.findall(r'<option value="([^"]*)" selected', choices)
        typed[name] = chosen[0] if chosen else ""
    typed |= {
        name: said.strip() for name, said in re.findall(r'<textarea name="(\w+)".*?>(.*?)</textarea>', shown, re.S)
    }
    return client.post(PROJECTS + of(works, "describe"), typed | more, follow=True)


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


# ---- papers ------------------------------------------------------------------------------------------------------------


PAPER = {"type": "proposal", "number": "申〔2012〕1号", "day": "2012-4-2"}


def test_the_papers_that_the_next_gate_lacks_stand_first(works):
    shown = page(signed_in("tongren"), of(works, "paper"))
    (first,) = re.findall(r'<optgroup label="进入“已申报”还缺">(.*?)</optgroup>', shown, re.S)
    assert re.findall(r'value="(\w+)"', first) == ["proposal", "performance_targets"]
    assert "项目申报书（项目单位）" in first
    assert 'value="contract"' not in shown  # the book itself tells of contracts


def test_a_paper_is_kept_with_its_file_under_its_digest_and_served(works, settings):
    clerk = signed_in("tongren")
    done(clerk, of(works, "paper"), **PAPER, file=SimpleUploadedFile("申报书.pdf", PDF))
    paper = ProjectPaper.objects.get(project=works.project)
    document = Document.objects.get(pk=paper.document_id)
    assert (settings.VAR / "documents" / document.digest).read_bytes() == PDF
    assert (paper.number, paper.first.isoformat()) == ("申〔2012〕1号", "2012-04-02")
    done(clerk, of(works, "paper"), type="performance_targets", issuer="县发改局", day="2012年4月")
    other = ProjectPaper.objects.get(type="performance_targets")
    assert (other.first.isoformat(), other.last.isoformat()) == ("2012-04-01", "2012-04-30")


@pytest.mark.parametrize(
    ("field", "more", "words"),
    [
        ("number", {"number": " "}, "works.4"), ("day", {"day": "2099-01-01"}, "works.5"), ("day", {"day": ""}, "没有填写"),
        ("number", {"waived": "yes", "number": "", "issuer": "县环保局"}, "works.6"),
        ("type", {"type": "contract"}, "名单里没有这一种"), ("number", {"number": "号" * 61}, "60"),
        ("file", {"file": SimpleUploadedFile("a.exe", b"MZ\x90\0" + b"\0" * 80)}, "upload.1"),
        ("file", {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.4 half")}, "upload.4"),
        ("file", {"file": SimpleUploadedFile("a.pdf", b"")}, "空文件"),
    ],
    ids=lambda said: said if isinstance(said, str) else "",
)  # fmt: skip
def test_what_is_odd_about_a_paper_stands_at_its_field_and_nothing_is_kept(works, settings, field, more, words):
    before = set((settings.VAR / "documents").glob("*"))
    for given in more.values():
        if hasattr(given, "seek"):
            given.seek(0)
    at_field(send(signed_in("tongren"), of(works, "paper"), **PAPER | more), field, words)
    assert not ProjectPaper.objects.filter(project=works.project).exists()
    assert set((settings.VAR / "documents").glob("*")) == before


def test_a_refused_paper_leaves_no_file_and_one_that_was_withdrawn_does_not_come_back(works, settings):
    clerk = signed_in("tongren")
    data = PDF + b"%other\n%%EOF"
    refused(
        send(clerk, of(works, "paper"), **PAPER | {"day": "2099-01-01"}, file=SimpleUploadedFile("a.pdf", data)),
        "works.5",
    )
    assert not Document.objects.filter(title__contains="申〔2012〕1号").exists()
    done(clerk, of(works, "paper"), **PAPER, file=SimpleUploadedFile("a.pdf", data))
    kept = Document.objects.get(title__contains="申〔2012〕1号")
    withdraw_document(kept, person=OFFICER, reason="含个人信息")
    again = SimpleUploadedFile("b.pdf", data)
    at_field(send(clerk, of(works, "paper"), **PAPER | {"type": "land"}, file=again), "file", "已从账上撤下")
    assert not (settings.VAR / "documents" / kept.digest).exists()


# ---- stages ------------------------------------------------------------------------------------------------------------


def test_what_a_gate_lacks_is_told_with_who_can_supply_it_before_anything_is_sent(works):
    clerk = signed_in("tongren")
    shown = page(clerk, of(works, "advance"))
    said = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", shown)).split())
    assert "进入“已申报”还缺 2 项 项目申报书 由项目单位提供 登记 绩效目标表 由项目单位提供" in said
    assert f'href="{PROJECTS}{works.project}/paper/?type=proposal"' in shown
    refused(send(clerk, of(works, "advance"), stage="proposed", day="2012-04-20"), "还缺 2 项")
    for kind in ("proposal", "performance_targets"):
        works.paper(kind)
    assert "要件齐全" in page(clerk, of(works, "advance"))
    done(clerk, of(works, "advance"), stage="proposed", day="2012年4月")
    reached = Milestone.objects.get(project=works.project)
    assert (reached.stage, reached.first.day, reached.last.day) == ("proposed", 1, 30)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"day": "2099-01-01"}, "stages.4"), ({"day": "2012-04-01"}, "stages.6"), ({"day": "昨天"}, "读不成日期"),
        ({"stage": "started"}, "不是下一阶段"),
    ],
)  # fmt: skip
def test_an_impossible_stage_or_day_is_told_at_its_field(works, more, words):
    for kind in ("proposal", "performance_targets"):  # of 3 and 4 April 2012
        works.paper(kind)
    field = "stage" if "stage" in more else "day"
    told = {"stage": "proposed", "day": "2012-04-20"} | more
    at_field(send(signed_in("tongren"), of(works, "advance"), **told), field, words)
    assert not Milestone.objects.exists()


def test_a_county_sees_that_the_office_admits_and_the_leader_admits(works):
    works.reach("reviewed")
    clerk, leader = signed_in("tongren"), signed_in("lingdao")
    shown = page(clerk, of(works, "advance"))
    assert "进入“已入库”由业务员、领导办理" in shown
    assert "县领导小组审定文件" in shown
    assert 'name="day"' not in shown
    assert clerk.get(PROJECTS + of(works, "admit")).status_code == 403
    typed = {"key": "k1", "stage": "in_library", "day": "2012-05-02"}
    assert clerk.post(PROJECTS + of(works, "advance"), typed).status_code == 422
    works.paper("county_decision")
    done(leader, of(works, "admit"), stage="in_library", day="2012-05-02")
    assert Project.objects.get(pk=works.project).stage == "in_library"


def test_a_stage_is_taken_back_and_a_project_given_up_with_the_reason(works):
    works.reach("reviewed")
    officer, leader = signed_in("yewu"), signed_in("lingdao")
    assert "退回后 已申报" in text(officer.get(PROJECTS + of(works, "return")))
    at_field(send(officer, of(works, "return"), stage="reviewed", reason=""), "reason", "没有填写")
    at_field(send(officer, of(works, "return"), stage="proposed", reason="x"), "stage", "只能退回项目现在所在的阶段")
    done(officer, of(works, "return"), stage="reviewed", reason="评审专家回避不当")
    assert Project.objects.get(pk=works.project).stage == "proposed"
    done(leader, of(works, "cancel"), reason="与另一项目合并")
    assert Project.objects.get(pk=works.project).status == "cancelled"
    assert "项目已取消，不再推进" in page(officer, of(works, "advance"))


def test_a_project_that_holds_money_is_not_given_up(book):
    book.receive(100, "回-1", (book.disburse(100, "拨-1"), 100 * WAN))
    book.divide("财农〔2012〕1号", 文化广场=100)
    leader, where = signed_in("lingdao"), f"{book.projects['文化广场']}/cancel/"
    assert "名下资金 100万元，先收回或调整" in text(leader.get(PROJECTS + where))
    refused(send(leader, where, reason="不建了"), "项目名下还有 100万元")


def test_several_stages_are_scheduled_at_once_or_none(works):
    officer = signed_in("yewu")
    odd = lines({"stage": "started", "due": "2013-05-01"}, {"stage": "completed", "due": "明年"}, count=6)
    refused(send(officer, of(works, "schedule"), **odd), "第 2 行期限：“明年”读不成日期")
    twice = lines({"stage": "started", "due": "2013-05-01"}, {"stage": "started", "due": "2013-06-01"}, count=6)
    refused(send(officer, of(works, "schedule"), **twice), "这个阶段已在前面一行")
    refused(send(officer, of(works, "schedule"), **lines({"stage": "started"}, count=6)), "没有一行写了期限")
    refused(send(officer, of(works, "schedule"), **lines({"due": "2013-05-01"}, count=6)), "选这个期限是哪个阶段的")
    assert not Milestone.objects.exists()
    rows = lines({"stage": "started", "due": "2013-05-01"}, {"stage": "completed", "due": "2013年9月1日"}, count=6)
    done(officer, of(works, "schedule"), **rows)
    assert dict(Milestone.objects.values_list("stage", "due")).keys() == {"started", "completed"}
    assert 'value="2013-05-01"' in page(officer, of(works, "schedule"))
    refused(send(officer, of(works, "schedule"), **rows), "期限都没有改")


def test_an_approved_schedule_is_refused_at_its_row_and_the_other_rows_are_not_written(works):
    officer = signed_in("yewu")
    done(officer, of(works, "schedule"), **lines({"stage": "completed", "due": "2013-09-01"}, count=6))
    works.reach("approved")
    rows = lines({"stage": "started", "due": "2013-05-01"}, {"stage": "completed", "due": "2013-10-01"}, count=6)
    shown = refused(send(officer, of(works, "schedule"), **rows), "第 2 行期限：已批复项目的工期只凭批复的变更改动")
    assert 'value="2013-10-01"' in shown
    assert not Milestone.objects.filter(stage="started").exists()


# ---- outputs, inspections, assets --------------------------------------------------------------------------------------


def test_targets_are_read_as_people_write_them_and_verified_by_a_paper(works):
    officer = signed_in("yewu")
    rows = lines({"type": "settlement", "target": "120户"}, {"type": "road", "target": "３.５公里", "name": "通乡路"},
                 {"type": "water", "target": "800米"}, {"type": "people_served", "target": "一百二十"}, count=4)  # fmt: skip
    done(officer, of(works, "output"), **rows)
    kept = dict(Output.objects.values_list("type", "target_low"))
    assert kept == {"settlement": 120, "road": 3500, "water": 800, "people_served": 120}
    shown = page(officer, of(works, "output"))
    assert 'value="3.5公里"' in shown
    first = Output.objects.get(type="settlement")
    done(officer, of(works, "output"), **lines({"type": "settlement", "target": "118户", "kept": first.pk}, count=4))
    first.refresh_from_db()
    assert first.target_low == 118
    where = f"outputs/{first.pk}/verify/"
    changed = lines({"type": "road", "target": "3公里", "kept": first.pk}, count=4)
    refused(send(officer, of(works, "output"), **changed), "种类不能改")
    found = {"actual": "110户", "day": "2012-06-01"}
    at_field(send(officer, where, **found), "evidence", "outputs.5")
    works.paper("acceptance_certificate")
    paper = ProjectPaper.objects.get()
    at_field(send(officer, where, actual="110套", day="2012-06-01", evidence=paper.pk), "actual", "outputs.6")
    assert "目标118户，实际110户" in done(officer, where, **found, evidence=paper.pk)
    first.refresh_from_db()
    assert (first.actual_low, first.evidence_id) == (110, paper.pk)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"type": "housing", "target": "120户"}, "outputs.1"), ({"type": "settlement", "target": "0户"}, "outputs.2"),
        ({"type": "settlement", "target": "约120户"}, "不是确数"), ({"type": "settlement", "target": "120"}, "没有写单位"),
        ({"type": "settlement", "target": "很多"}, "读不成数量"), ({"type": "settlement", "target": ""}, "没有填写"),
        ({"type": "x", "target": "1个"}, "名单里没有“x”"), ({"type": "road", "target": "9" * 30}, "至多 24 个字"),
        ({"type": "settlement", "target": "120户", "kept": "999999"}, "不是这个项目的产出"),
        ({"type": "road", "target": "0.0001公里"}, "读不成数量"), ({"type": "road", "target": "-3公里"}, "outputs.2"),
    ],
    ids=lambda said: said if isinstance(said, str) else said["target"][:6],
)  # fmt: skip
def test_a_wrong_target_is_told_at_its_row_and_no_row_is_written(works, row, words):
    rows = lines({"type": "road", "target": "3公里"}, row, count=4)
    shown = refused(send(signed_in("yewu"), of(works, "output"), **rows), words)
    assert "第 2 行" in shown
    assert not Output.objects.exists()


def test_an_inspection_raises_each_point_as_a_question(works):
    officer = signed_in("yewu")
    group = [str(row.pk) for row in Organisation.objects.filter(code__in=("hn", "tjhzb"))]
    typed = {"type": "inspection", "day": "2012-06-01", "conclusion": "mend", "inspectors": group,
             "found": "屋面渗水\n\n  门窗未装  ", "due": "2012-07-01"}  # fmt: skip
    said = done(officer, of(works, "inspect"), **typed)
    assert "记入待核：屋面渗水" in said
    points = Finding.objects.filter(rule="inspections.8").order_by("pk")
    assert [(p.found, p.due.isoformat()) for p in points] == [("屋面渗水", "2012-07-01"), ("门窗未装", "2012-07-01")]
    assert Inspection.objects.get().record.parties.filter(role="inspector").count() == 2
    assert "未办结的问题 2 个" in text(officer.get(PROJECTS + of(works, "inspect")))


@pytest.mark.parametrize(
    ("field", "more", "words"),
    [
        ("found", {"conclusion": "failed"}, "inspections.2"), ("day", {"day": "2099-01-01"}, "inspections.1"),
        ("type", {"type": "acceptance"}, "inspections.3"), ("score", {"score": "91.2"}, "inspections.4"),
        ("score", {"type": "self_rating", "score": "91.25"}, "读不成得分"), ("score", {"type": "self_rating"}, "inspections.4"),
        ("score", {"type": "self_rating", "score": "101"}, "inspections.4"), ("use", {"type": "look"}, "inspections.7"),
        ("due", {"due": "2012-07-01"}, "不用整改期限"), ("due", {"found": "x", "due": "2012-05-01"}, "早于检查"),
        ("found", {"found": "长" * 121}, "至多 120 个"), ("found", {"found": "\n".join("x" * 41)}, "至多 40 条"),
    ],
)  # fmt: skip
def test_what_is_odd_about_an_inspection_stands_at_its_field(works, field, more, words):
    typed = {"type": "inspection", "day": "2012-06-01", "conclusion": "passed"} | more
    at_field(send(signed_in("yewu"), of(works, "inspect"), **typed), field, words)
    assert not Inspection.objects.exists()


def test_a_rating_is_kept_in_tenths_and_an_office_that_is_not_offered_is_refused(works, book):
    officer = signed_in("yewu")
    rating = {"type": "self_rating", "day": "2012-06-01", "conclusion": "passed", "score": "９１.２分"}
    done(officer, of(works, "inspect"), **rating)
    assert Inspection.objects.get().score == 912
    refused(send(officer, of(works, "inspect"), **rating, inspectors=[str(book.builder)]), "名单里没有这个单位")


def test_an_asset_is_registered_with_its_upkeep(works, book):
    works.reach("accepted")
    officer = signed_in("yewu")
    asset = {"name": "定居点住房", "type": "public", "cost": "280", "owner": book.hn, "upkeep": "村委会管护",
             "day": works.day.isoformat()}  # fmt: skip
    at_field(send(officer, of(works, "asset"), **asset | {"upkeep": ""}), "upkeep", "没有填写")
    at_field(send(officer, of(works, "asset"), **asset | {"owner": ""}), "owner", "assets.3")
    at_field(send(officer, of(works, "asset"), **asset | {"cost": "近280万"}), "cost", "不是确数")
    at_field(send(officer, of(works, "asset"), **asset | {"day": "2012-04-03"}), "day", "assets.4")
    done(officer, of(works, "asset"), **asset)
    assert Asset.objects.get().cost == 280 * WAN


# ---- progress ----------------------------------------------------------------------------------------------------------


def test_the_first_report_shows_an_example_and_the_next_what_was_said_last_time(works):
    front = signed_in("qianfang")
    first = page(front, of(works, "progress"))
    assert len(re.findall(r'<div class="field"', first)) == 5
    assert 'placeholder="如 35"' in first
    assert 'name="remark"' not in first
    done(front, of(works, "progress"), percent="６0%", said="主体封顶", aid_done="120")
    row = Progress.objects.get()
    assert (row.percent, row.said, row.account) == (60, "主体封顶", "qianfang")
    assert (row.aid_done, row.other_done) == (120 * WAN, None)
    assert row.last == today()
    again = page(front, of(works, "progress"))
    for said in ("上次 60%", "上次 主体封顶", "上次 120万元"):
        assert f"{said}（{today()}）" in again
    assert 'placeholder="60%"' in again
    assert 'placeholder="如' not in again


def test_why_it_fell_is_asked_only_where_it_did(works):
    front = signed_in("qianfang")
    done(front, of(works, "progress"), percent="60")
    typed = {"percent": "55", "said": "返工"}
    shown = at_field(send(front, of(works, "progress"), **typed), "remark", "progress.3")
    assert 'value="返工"' in shown
    assert len(re.findall(r'<div class="field', shown)) == 6
    kept = {"key": key_of(shown), **typed, "remark": "地基返工"}
    assert "已办：" in text(front.post(PROJECTS + of(works, "progress"), kept, follow=True))
    assert Progress.objects.order_by("pk").last().remark == "地基返工"


@pytest.mark.parametrize(
    ("field", "more", "words"),
    [
        ("percent", {}, "progress.4"), ("percent", {"percent": "101"}, "写 0 至 100 的整数"),
        ("percent", {"percent": "三成"}, "读不成进度"), ("percent", {"percent": "约60"}, "读不成进度"),
        ("percent", {"percent": "60.5"}, "写 0 至 100 的整数"), ("aid_done", {"aid_done": "-3"}, "应为不小于 0"),
        ("aid_done", {"aid_done": "近3万"}, "不是确数"), ("said", {"said": "长" * 61}, "60"),
        ("photographs", {"photographs": SimpleUploadedFile("a.jpg", b"not a picture")}, "“a.jpg”读不成照片"),
        ("photographs", {"photographs": SimpleUploadedFile("IMG.HEIC", b"\0\0\0\x18ftypheic" + b"\0" * 40)}, "HEIC"),
        ("photographs", {"photographs": SimpleUploadedFile("a.jpg", b"")}, "读不成照片"),
    ],
)  # fmt: skip
def test_what_is_odd_about_a_report_stands_at_its_field(works, field, more, words):
    for given in more.values():
        if hasattr(given, "seek"):
            given.seek(0)
    at_field(send(signed_in("qianfang"), of(works, "progress"), **more), field, words)
    assert not Progress.objects.exists()


def test_a_report_of_a_day_to_come_or_of_long_ago_is_refused_and_one_that_waited_keeps_its_day(works):
    front = signed_in("qianfang")
    for day, words in (
        (today() + timedelta(days=1), "progress.2"),
        (today() - timedelta(days=32), "超过 31 天"),
        ("gestern", "读不成日期"),
    ):
        refused(send(front, of(works, "progress"), percent="10", day=str(day)), words)
    waited = today() - timedelta(days=3)
    done(front, of(works, "progress"), percent="10", day=waited.isoformat())
    assert Progress.objects.get().last == waited


def test_photographs_are_kept_with_the_report_and_served_to_who_sees_the_project(works, client):
    front = signed_in("qianfang")
    done(front, of(works, "progress"), percent="60", photographs=[photograph("red"), photograph("blue", name="b.jpg")])
    digests = list(Item.objects.filter(list="photograph").order_by("position").values_list("text", flat=True))
    assert len(digests) == 2
    where = f"{PROJECTS}{works.project}/photographs/{digests[0]}.jpg"
    answer = front.get(where)
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert b"".join(answer.streaming_content) == file_of(digests[0]).read_bytes()
    other = propose(works.county, "另一项目")
    assert front.get(f"{PROJECTS}{other.project}/photographs/{digests[0]}.jpg").status_code == 404
    assert front.get(f"{PROJECTS}{works.project}/photographs/{'0' * 64}.jpg").status_code == 404
    Programme.objects.update(published=None)
    assert front.get(where).status_code == 200
    assert client.get(where).status_code == 404
    assert signed_in("guanli").get(where).status_code == 404


def test_photographs_that_have_come_are_not_asked_for_again_when_something_else_is_to_be_mended(works):
    front = signed_in("qianfang")
    shown = refused(send(front, of(works, "progress"), percent="三成", photographs=[photograph()]), "读不成进度")
    assert "已收到照片 1 张" in shown
    kept = re.search(r'name="kept" value="([^"]+)"', shown)[1]
    typed = {"key": key_of(shown), "percent": "30", "kept": html.unescape(kept)}
    assert "已办：" in text(front.post(PROJECTS + of(works, "progress"), typed, follow=True))
    assert Item.objects.filter(list="photograph").count() == 1
    forged = {"key": "k9", "percent": "30", "kept": "WyJhIl0:x"}
    refused(front.post(PROJECTS + of(works, "progress"), forged), "照片的记录读不成")


def test_more_photographs_than_six_are_refused(works):
    seven = [photograph(size=(10, n + 10)) for n in range(7)]
    at_field(
        send(signed_in("qianfang"), of(works, "progress"), percent="30", photographs=seven), "photographs", "至多 6 张"
    )


def test_a_report_sent_twice_is_entered_once_with_its_photographs(works):
    front = signed_in("qianfang")
    key = key_of(page(front, of(works, "progress")))

    def again(colour="red"):
        typed = {"key": key, "percent": "60", "photographs": [photograph(colour)]}
        return front.post(PROJECTS + of(works, "progress"), typed, follow=True)

    again()
    line = head().number
    assert "已办过，没有再办" in text(again())
    assert (Progress.objects.count(), head().number) == (1, line)
    refused(again("blue"), "已用于另一件事")  # another photograph is another report


# ---- changes -----------------------------------------------------------------------------------------------------------


def test_a_change_says_from_what_to_what_and_a_weighty_one_is_not_put_on_file(book):
    clerk, officer, square = signed_in("tongren"), signed_in("yewu"), book.projects["文化广场"]
    funds = "/p/tj-hn/2012/funds/changes/"
    told = {"project": square, "type": "budget", "day": "2012-06-01", "content": "广场照明减半", "amount": "-20",
            "reason": "压减"}  # fmt: skip
    assert "已办：" in text(clerk.post(funds + "new", told | {"key": "c1"}, follow=True))
    change = ProjectChange.objects.get()
    assert (change.amount, change.content, change.days) == (-20 * WAN, "广场照明减半", None)
    assert clerk.get(f"{funds}{change.pk}/file").status_code == 403
    shown = text(officer.get(f"{funds}{change.pk}/file"))
    assert "由什么改为什么 广场照明减半" in shown
    answer = officer.post(f"{funds}{change.pk}/file", {"key": "c2"}, follow=True)
    if change.weighty is False:
        assert "已办：备案变更" in text(answer)
        assert "一般变更" in shown
    else:
        refused(answer, "budgets.16")
        assert "重大变更" in shown
    place = {"project": square, "type": "place", "day": "2012-06-01", "reason": "地质", "key": "c3", "content": "x"}
    clerk.post(funds + "new", place, follow=True)
    weighty = ProjectChange.objects.get(type="place")
    refused(officer.post(f"{funds}{weighty.pk}/file", {"key": "c4"}), "重大变更由原审批部门批复")
    for odd in ("近20万", "x"):
        refused(clerk.post(funds + "new", told | {"key": "c5", "amount": odd}), "投资增减")
    refused(clerk.post(funds + "new", told | {"key": "c6", "days": "99999"}), "工期增减")


# ---- whose it is -------------------------------------------------------------------------------------------------------


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
