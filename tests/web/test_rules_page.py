"""规则 on a page: every rule of money with what is set and what is not; the leader adopts a pack through a form."""

import re

import pytest
from books import PERIOD, open_offices, signed_in

from duikou.acts.packs import adopted
from duikou.reports.rule_book import chapters
from duikou.web.rules import CHAPTERS

PAGE = f"/p/tj-hn/{PERIOD}/funds/rules"
FORM = {"pack": "general", "first": "2012年1月1日", "reason": "津合作〔2012〕1号"}


@pytest.fixture
def leader(programme):
    open_offices()
    return signed_in("lingdao")


def row(client, code):
    """The row of a rule as plain text."""
    page = client.get(PAGE).content.decode()
    found = re.search(rf'<tr id="{re.escape(code)}">(.*?)</tr>', page, re.S)[1]
    return " ".join(re.sub(r"<[^>]+>", " ", found).split())


def test_every_rule_of_money_stands_on_the_page_with_its_sentences(leader):
    page = leader.get(PAGE).content.decode()
    lines = [line for chapter in chapters() if chapter.code in CHAPTERS for line in chapter.lines]
    assert re.findall(r'<tr id="([a-z]+\.\d+)">', page) == [line.rule.code for line in lines]
    assert all(line.rule.sentence.zh in page for line in lines)
    assert f"共 {len(lines)} 条" in page


def test_a_value_that_nobody_has_set_says_so(leader):
    assert "没有采用规则包，规则照规则书" in leader.get(PAGE).content.decode()
    assert row(leader, "shares.1").endswith("提问 未另定，照规则书 最低 未设定")


def test_the_leader_adopts_a_pack_and_its_values_stand_on_the_page(leader, programme):
    answer = leader.post(f"{PAGE}/adopt", FORM)
    assert (answer.status_code, answer.url) == (302, PAGE)
    assert [code for code, _ in adopted(programme)] == ["general"]
    assert "2012-01-01 起 最低 80%" in row(leader, "shares.1")
    assert "上限 30%" in row(leader, "tranches.2")
    assert "5%" in row(leader, "contracts.9")
    assert "工程 400万元 货物 200万元 服务 100万元" in row(leader, "contracts.6")
    assert "已开工 未设定" in row(leader, "tranches.1")


@pytest.mark.parametrize(
    ("wrong", "said"), [({"first": "去年"}, "去年"), ({"pack": "own"}, "own"), ({"reason": ""}, "依据")]
)
def test_what_is_typed_wrong_is_said_and_nothing_is_adopted(leader, programme, wrong, said):
    answer = leader.post(f"{PAGE}/adopt", FORM | wrong)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert adopted(programme) == []


def test_who_does_not_decide_sees_the_rules_but_no_button(leader):
    officer = signed_in("yewu")
    assert "/funds/rules/adopt" not in officer.get(PAGE).content.decode()
    assert officer.post(f"{PAGE}/adopt", FORM).status_code == 403
    assert "/funds/rules/adopt" in leader.get(PAGE).content.decode()
