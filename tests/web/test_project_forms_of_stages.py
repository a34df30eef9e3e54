"""The forms of a project's way: its papers, stages and changes, each done, each typed wrong."""

import html
import re

import pytest
from books import OFFICER, signed_in
from django.core.files.uploadedfile import SimpleUploadedFile
from money import WAN
from money_forms import lines, refused, text
from project_forms import PAPER, PDF, PROJECTS, at_field, done, of, page, send

from duikou.acts.evidence import withdraw_document
from duikou.records.models import Document, Milestone, Project, ProjectChange, ProjectPaper

# ---- papers ----------------------------------------------------------------------------------------------------------


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


@pytest.mark.sweep
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


# ---- stages ----------------------------------------------------------------------------------------------------------


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


# ---- changes ---------------------------------------------------------------------------------------------------------


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
