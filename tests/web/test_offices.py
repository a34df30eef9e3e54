"""Offices, accounts, rights and the log on pages: what each officer is offered, what the forms answer, what is exported."""

import io
import re

import pytest
from books import signed_in
from django.test import Client
from python_calamine import CalamineWorkbook

from duikou.acts.doing import today
from duikou.acts.journal import head, header_of
from duikou.acts.offices import person
from duikou.records.models import Account, Appointment, Document, JournalLine, Name, NameRead, Programme

ROLE = {"role": "leader", "programme": "", "begins": "2012-03-05", "ends": "", "reason": "任命文件"}


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.fixture
def administrator(programme):
    return signed_in("guanli")


@pytest.fixture
def security(programme):
    return signed_in("anquan")


def test_a_clerk_sees_the_own_office_and_is_offered_nothing(programme):
    page = text(signed_in("tongren").get("/offices/"))
    assert "同仁县对口支援工作办公室" in page
    assert "天津市人民政府合作交流办公室" not in page
    assert "设立单位" not in page
    assert signed_in("tongren").get("/offices/accounts/yewu/").status_code == 404


def test_each_officer_is_offered_what_the_act_allows(administrator, security, auditor):
    assert "开立账号" in text(administrator.get("/offices/"))
    assert "开立账号" not in text(security.get("/offices/"))
    assert "授予角色" in text(security.get("/offices/accounts/yewu/"))
    assert "授予角色" not in text(administrator.get("/offices/accounts/yewu/"))
    assert "停用账号" in text(administrator.get("/offices/accounts/yewu/"))
    assert not {"授予角色", "停用账号"} & set(text(auditor.get("/offices/accounts/yewu/")).split())


def test_an_office_and_an_account_are_opened_and_given_a_role_by_two_people(administrator, security):
    office = {"code": "jzxdk", "name": "尖扎县对口办", "type": "department", "area": "632322", "side": "receiving"}
    assert administrator.post("/offices/new", office).status_code == 302
    answer = administrator.post("/offices/jzxdk/accounts/new", {"code": "jianzha-1", "name": "某某"}, follow=True)
    assert re.search(r"/sign-in/first/\S+", text(answer))  # the address for the first password, shown once
    assert not person("jianzha-1").roles
    given = ROLE | {"role": "county_clerk", "programme": "tj-hn", "begins": "2012年3月5日"}
    assert security.post("/offices/accounts/jianzha-1/give", given).status_code == 302
    assert [(p.role, p.area, p.programme) for p in person("jianzha-1").posts] == [("county_clerk", "632322", "tj-hn")]
    assert header_of(JournalLine.objects.last())["evidence"] == "jianzha-1 县填报员"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"code": "xxdk"}, "账上没有代码为 xxdk 的单位，须写明"),
        ({"code": "tjhzb"}, "一个单位在账上只设一次（offices.2）"),
        ({"code": "toolong"}, "单位代码"),
        ({"code": ""}, "单位代码"),
    ],
)
def test_an_odd_office_is_refused_in_words_and_nothing_is_written(administrator, typed, said):
    before = head()
    answer = administrator.post("/offices/new", typed)
    assert answer.status_code == 422
    assert said in text(answer)
    assert head() == before


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"begins": "2012-13-05"}, "日历上没有"),
        ({"begins": "昨天"}, "读不成日期"),
        ({"ends": "2012-03-04"}, "任期的起日不晚于止日（offices.4）"),
        ({"role": "auditor"}, "由三个人分任"),
        ({"role": "county_clerk"}, "县填报员在受援方的县"),
        ({"role": "emperor"}, "角色"),
        ({"programme": "nobody"}, "项目方案"),
        ({"reason": ""}, "依据"),
    ],
)
def test_an_odd_role_is_refused_in_words_and_nothing_is_written(security, typed, said):
    before = head()
    answer = security.post("/offices/accounts/yewu/give", ROLE | typed)
    assert answer.status_code == 422
    assert said in text(answer)
    assert head() == before


def test_a_role_is_ended_and_work_handed_over_on_the_page(security):
    assert security.post("/offices/accounts/yewu/give", ROLE).status_code == 302
    borne = Appointment.objects.get(account__code="yewu", role="leader")
    end = {"ends": today().isoformat(), "reason": "免职"}
    assert security.post(f"/offices/accounts/yewu/roles/{borne.pk}/end", end).status_code == 302
    over = {"taker": "nobody", "on": "2099-01-01", "reason": "轮岗"}
    assert "没有在用的账号 nobody" in text(security.post("/offices/accounts/yewu/hand-over", over))
    answer = security.post("/offices/accounts/yewu/hand-over", over | {"taker": "caiwu"}, follow=True)
    assert "已交接 1 项角色" in text(answer)


def test_a_name_is_shown_only_when_asked_for_and_the_reading_is_kept(administrator, security):
    administrator.post("/offices/tjhzb/accounts/new", {"code": "yewu-2", "name": "某某"})
    assert "某某" not in text(administrator.get("/offices/accounts/yewu-2/"))
    assert "某某" in text(administrator.post("/offices/accounts/yewu-2/name"))
    assert NameRead.objects.get().account == "guanli"
    assert administrator.get("/offices/accounts/yewu-2/name").status_code == 405
    assert security.post("/offices/accounts/yewu-2/name/erase", {"reason": "本人申请"}).status_code == 302
    assert not Name.objects.filter(number=Account.objects.get(code="yewu-2").person_id)


def test_a_closed_account_is_shown_as_closed_and_offers_nothing(administrator):
    administrator.post("/offices/accounts/yewu/close", {"reason": "退休"})
    page = text(administrator.get("/offices/accounts/yewu/"))
    assert "起停用" in page
    assert "重设密码" not in page


# ---- the table of rights, the log ----------------------------------------------------------------------------------------


def sheets(answer):
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_the_table_of_rights_is_exported_with_who_bears_what_for_those_who_see_all(visitor, auditor):
    rights = sheets(auditor.get("/rights.xlsx"))
    assert list(rights) == ["权限表", "任职", "用语"]
    assert rights["权限表"][0][:4] == ["办什么", "状态", "业务员", "前方干部"]
    assert ["登记拨付", "", "本项目方案", "", "", "本项目方案", "", "", "", "", "", ""] in rights["权限表"]
    assert ["tongren", "县填报员"] in [[row[0], row[2]] for row in rights["任职"]]
    assert list(sheets(visitor.get("/rights.xlsx"))) == ["权限表", "用语"]


def test_the_log_names_account_act_and_thing_and_filters_by_both(auditor):
    assert "授予角色" in text(auditor.get("/log/?act=appoint"))
    page = auditor.get("/log/?account=nobody").content.decode()
    assert "没有这样的行" in page
    line = JournalLine.objects.filter(header__contains='"act":"open_programme"').first()
    assert "天津市对口支援青海省黄南藏族自治州" in text(auditor.get(f"/log/{line.number}/"))
    assert auditor.get("/log/999999/").status_code == 404


# ---- public or not --------------------------------------------------------------------------------------------------------


def test_the_leader_makes_a_programme_public_with_the_papers_named(programme, visitor):
    Programme.objects.update(published=None)
    Document.objects.update(published=None)
    leader, way = signed_in("lingdao"), "/p/tj-hn/2011/publish"
    assert visitor.get("/p/tj-hn/2011/").status_code == 404
    paper = Document.objects.get(medium="spoken_report")
    assert "《" in leader.get(way).content.decode()
    assert leader.post(way, {"reason": "", "papers": [paper.pk]}).status_code == 422
    assert leader.post(way, {"reason": "批示", "papers": [paper.pk]}).status_code == 302
    assert visitor.get("/p/tj-hn/2011/").status_code == 200
    assert Document.objects.get(pk=paper.pk).published == today()
    assert signed_in("yewu").get(way).status_code == 403


def test_a_paper_is_withdrawn_for_good_with_its_reason(officer, visitor, settings, tmp_path):
    paper = Document.objects.get(medium="spoken_report")
    settings.VAR = tmp_path
    kept = tmp_path / "documents" / paper.digest
    kept.parent.mkdir()
    kept.write_text("原文")
    assert Client().post("/d/4a0b8e5b/withdraw", {"reason": "含个人信息"}).status_code == 302  # to the sign-in
    assert kept.exists()
    assert officer.post("/d/4a0b8e5b/withdraw", {"reason": "含个人信息"}).status_code == 302
    assert not kept.exists()
    gone = visitor.get("/d/4a0b8e5b/")
    assert gone.status_code == 410
    assert "含个人信息" in text(gone)
