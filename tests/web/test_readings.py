"""口径: the register, one statistic, a proposal from its form to the leader's decision, who sees what."""

import re

import pytest
from books import OFFICER, signed_in
from django.test import Client

from duikou.acts.outlines import save_outline
from duikou.records.models import Definition
from duikou.statistics.definition import sheets

CODE = "donations.education"
HERE = "/p/tj-hn/2010-08..2011-08/def/"
SAID = {
    "name": "教育类捐资", "why": "用于教育的捐资，不含筹资", "valid_from": "2011-01-01", "rests_on": "〔2011〕9号", "reason": "筹资另计",
    "where_form": ["cash"], "where_sector": ["education"],
}  # fmt: skip


def text(answer):
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def sent(client, **more):
    key = re.search(r'name="key" value="([^"]+)"', client.get(f"{HERE}{CODE}/propose").content.decode())[1]
    return client.post(f"{HERE}{CODE}/propose", SAID | {"key": key} | more)


@pytest.fixture
def proposal(programme):
    """The address of a reading that waits for the leader."""
    return sent(signed_in("yewu"), step="confirm")["Location"]


def test_the_register_lists_every_statistic_and_finds_one(programme):
    assert "拨付进度" in text(Client().get("/def/"))
    found = text(Client().get("/def/?q=教育类"))
    assert "找到 1 个" in found
    assert CODE in found
    assert "没有这样的口径" in text(Client().get("/def/?q=天气"))
    assert CODE in Client().get("/def/list.csv").content.decode()


def test_a_statistic_says_its_meaning_the_law_and_where_it_is_used(programme):
    page = text(Client().get(f"/def/{CODE}/"))
    for said in ("取捐助登记中形式为“捐资”或“筹资”", "可以相加：时间、地区", "条件：领域 教育", "综合表", "情况汇报"):
        assert said in page, said
    assert "提出修改" not in page  # nobody is signed in
    assert "没有口径 donations.nothing" in Client().get("/def/donations.nothing/").content.decode()


def test_a_figure_leads_to_its_definition(programme):
    assert f'href="/def/{CODE}/"' in Client().get(f"/f/{CODE}:tj-hn.2010-08..2011-08").content.decode()


def test_what_would_change_is_shown_before_anything_is_written(programme):
    page = text(sent(signed_in("yewu")))
    assert "还没有写入账本" in page
    assert "490 万元" in page
    assert "减去 形式为“筹资” 1 条" in page.replace("　", " ")
    assert "190万元" in page
    assert Definition.objects.count() == 0


def test_wrong_input_is_answered_at_its_field(programme):
    answer = sent(signed_in("yewu"), where_form=["cash", "goods"], valid_from="2010-01-01")
    assert answer.status_code == 422
    page = text(answer)
    assert "实物没有金额" in page
    assert "自何日起：新说法自未关账的日子起" in page
    same = text(sent(signed_in("yewu"), where_form=["cash", "raised"]))
    assert "现为条件与现行的一样" in same
    assert "weather" in text(sent(signed_in("yewu"), where_form=["weather"]))


def test_a_form_sent_twice_proposes_once(programme):
    client = signed_in("yewu")
    first = sent(client, key="k", step="confirm")
    again = sent(client, key="k", step="confirm")
    assert first["Location"] == again["Location"]
    assert Definition.objects.count() == 1


def test_the_leader_adopts_and_tables_use_the_reading_from_its_day_on(proposal):
    leader = signed_in("lingdao")
    page = text(leader.get(proposal))
    assert "yewu 提出" in page
    assert "190万元" in page
    assert leader.post(proposal, {"step": "adopt", "reason": ""}).status_code == 422
    answer = leader.post(proposal, {"step": "adopt", "reason": "纪要〔2011〕3号"})
    assert answer["Location"] == f"/def/{CODE}.b/"
    page = text(Client().get(f"/def/{CODE}.b/"))
    assert "这个系列有 2 个说法" in page
    assert "yewu lingdao" in page
    assert "−300万元" in page  # the whole time under both readings
    table = leader.get("/p/tj-hn/2010-08..2011-08/t/overview/").content.decode()
    assert f"/f/{CODE}.b:tj-hn.2010-08..2011-08" in table
    figure = Client().get(f"/f/{CODE}.b:tj-hn.2010-08..2011-08").content.decode()
    assert "190" in figure
    assert "综合表" in figure


def test_a_refusal_says_why_and_changes_nothing(proposal):
    leader = signed_in("lingdao")
    assert leader.post(proposal, {"step": "refuse", "reason": "筹资也要计"})["Location"] == f"/def/{CODE}/"
    assert "筹资也要计" in text(leader.get(f"/def/{CODE}/"))
    assert "筹资也要计" not in text(Client().get(f"/def/{CODE}/"))
    assert "核定一次" in text(leader.post(proposal, {"step": "adopt", "reason": "x"}))


def test_a_proposal_is_no_public_matter_and_only_leaders_decide(proposal):
    assert Client().get(proposal).status_code == 404
    assert "等待核定" not in text(Client().get("/def/"))
    assert "等待核定" in text(signed_in("yewu").get("/def/"))
    assert signed_in("yewu").post(proposal, {"step": "adopt", "reason": "x"}).status_code == 403
    assert signed_in("shenji").get(proposal).status_code == 200
    assert signed_in("tongren").get(proposal).status_code == 404
    assert "等待核定" not in text(signed_in("tongren").get("/def/"))


def test_an_edition_that_an_office_keeps_is_named_among_the_uses_to_those_inside(programme):
    used = f"/def/{CODE}/"
    assert "第 1 版" not in text(Client().get(used))
    said = "名称：月度简报\n题目：{支援方}简报\n\n教育捐资{教育类捐资与筹资}。\n"
    save_outline("monthly", "月度简报", said, programme=programme, person=OFFICER, reason="改短", shipped="x")
    assert "月度简报（天津市对口支援青海省黄南藏族自治州第 1 版）" in text(signed_in("yewu").get(used))
    assert "第 1 版" not in text(Client().get(used))


def test_the_register_is_in_the_menu_of_all_who_see_figures(programme):
    link = '<a href="/def/?p=tj-hn">口径</a>'
    for client in (Client(), signed_in("yewu"), signed_in("shenji")):
        assert link in client.get("/p/tj-hn/2010-08..2011-08/").content.decode()
    assert 'aria-current="page">口径</a>' in Client().get("/def/?p=tj-hn").content.decode()


def test_no_basis_that_an_official_reads_names_a_handbook_of_ours():
    said = [f"{code} {d.rests_on}" for code, d in sheets().items()]
    assert [one for one in said if re.search(r"[A-Z]{2,}|\b[A-Z]\d", one)] == []


def test_before_adopting_the_leader_is_told_which_ratio_will_follow(programme):
    client, here = signed_in("yewu"), f"{HERE}funds.disbursed/propose"
    key = re.search(r'name="key" value="([^"]+)"', client.get(here).content.decode())[1]
    said = {
        "name": "已拨付（不含总数）", "why": "逐笔拨付的资金", "valid_from": "2011-01-01", "rests_on": "〔2011〕9号", "reason": "总数另计",
        "where_standing": ["own"], "where_state": ["disbursed"], "key": key,
    }  # fmt: skip
    page = text(client.post(here, said))
    assert "比率“拨付进度”随之有新说法 funds.progress.b ，自 2011-01-01 起以新说法相除" in page
    at = client.post(here, said | {"step": "confirm"})["Location"]
    leader = signed_in("lingdao")
    assert "funds.progress.b" in text(leader.get(at))
    assert leader.post(at, {"step": "adopt", "reason": "纪要〔2011〕3号"})["Location"] == "/def/funds.disbursed.b/"
    page = text(Client().get("/def/funds.progress.b/"))
    assert "已拨付（不含总数） ÷ 先期启动资金（已落实）" in page
    assert "这个系列有 2 个说法" in page
