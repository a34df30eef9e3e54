"""A programme opened on the pages alone, its first organisations, and who helps whom as a drawing."""

import re
from html import unescape

import pytest
from books import LEADER

from duikou.acts.programmes import publish
from duikou.records.models import Item, Organisation, Programme
from duikou.rules.contracts import credit_code_is_true
from duikou.web.opening.network import Helped, groups

NEW = "/programmes/new/"
HOTAN = {
    "title": "北京市对口支援和田地区（页面设立）", "scheme": "aid_xinjiang", "supporting": "北京市", "receiving": "653200",
    "code": "", "office": "北京市支援合作办公室", "opened": "2012年1月1日",
}  # fmt: skip


def text(answer):
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())))


def here(answer):
    """The page of programme and period that one is led to."""
    return answer.redirect_chain[-1][0]


@pytest.fixture
def hotan(everywhere_officer):
    """Beijing and Hotan, opened on the page; the answer after it."""
    return everywhere_officer.post(NEW, HOTAN, follow=True)


def test_a_programme_is_opened_by_names_and_shows_three_steps_to_its_first_figure(everywhere_officer, hotan):
    opened = Programme.objects.get(title=HOTAN["title"])
    assert (opened.supporting, opened.receiving, opened.code, opened.published) == ("110000", "653200", "be-ho", None)
    assert (opened.office.name, opened.office.type, opened.office.region) == (HOTAN["office"], "department", "110000")
    said = text(hotan)
    for words in (
        "已设立“北京市对口支援和田地区（页面设立）”，代码 be-ho",
        "三步到第一个数",
        "登记单位",
        "签结对和协议",
        "记第一笔",
    ):
        assert words in said
    assert f'href="{here(hotan)}exchanges/organisations/new/"' in hotan.content.decode()


def test_the_same_form_sent_twice_opens_one_programme(everywhere_officer):
    for _ in range(2):
        assert everywhere_officer.post(NEW, HOTAN | {"code": "ht", "key": "k"}).status_code == 302
    assert Programme.objects.filter(title=HOTAN["title"]).count() == 1


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("supporting", "北京城", "没有区划“北京城”；写全称、简称或 6 位代码"),
        ("receiving", "同仁县", "“同仁县”（632321）用到 2020-06-04 为止；写 同仁市 或 632301"),
        ("receiving", "110000", "支援方和受援方是同一个地区"),
        ("code", "tj-hn", "tj-hn，已用于“天津市对口支援青海省黄南藏族自治州”"),
        ("code", "北京", "至多 6 个小写字母、数字或“-”"),
        ("office", "办", "账上没有“办”；写单位全称"),
        ("opened", "明年", "读不成日期"),
        ("scheme", "", "选一类"),
    ],
)
def test_what_cannot_stand_is_said_at_its_field_and_opens_nothing(everywhere_officer, field, typed, said):
    before = Programme.objects.count()
    answer = everywhere_officer.post(NEW, HOTAN | {field: typed})
    assert answer.status_code == 422
    assert said in text(answer)
    assert Programme.objects.count() == before


def test_an_officer_of_one_programme_opens_no_other(officer, visitor):
    assert officer.get(NEW).status_code == officer.post(NEW, HOTAN).status_code == 403
    assert visitor.get(NEW).status_code == 404
    assert not Programme.objects.filter(title=HOTAN["title"]).exists()


def test_two_hospitals_need_no_area_and_two_areas_of_other_schemes_do(everywhere_officer):
    bare = HOTAN | {"supporting": "", "receiving": "", "title": "天津南开医院对口支援东乡县医院（页面设立）"}
    refused = everywhere_officer.post(NEW, bare)
    assert refused.status_code == 422
    assert text(refused).count("没有填写") == 4  # two fields, each in the summary and at its place
    page = everywhere_officer.post(NEW, bare | {"scheme": "medical_pairing"}, follow=True)
    opened = Programme.objects.get(title=bare["title"])
    assert (opened.supporting, opened.receiving, opened.code) == ("", "", "p")
    assert "医疗支援" in text(page)


def test_the_form_proposes_the_officer_s_own_office_and_area(everywhere_officer):
    page = everywhere_officer.get(NEW).content.decode()
    assert re.search(r'name="office" value="天津市人民政府合作交流办公室"', page)
    assert re.search(r'name="supporting" value="天津市"', page)


def test_a_programme_that_is_opened_already_is_opened_no_second_time(everywhere_officer, hotan):
    answer = everywhere_officer.post(NEW, HOTAN | {"code": "other"})
    assert answer.status_code == 422
    assert "名称：同名的项目方案只设一次" in text(answer)
    assert Programme.objects.filter(title=HOTAN["title"]).count() == 1


CODE = "91110000600037341L"


def test_an_organisation_is_registered_with_its_former_names_and_what_it_is_part_of(everywhere_officer, hotan):
    assert credit_code_is_true(CODE)
    office = Organisation.objects.get(name=HOTAN["office"])
    said = {
        "name": "和田地区教育局", "type": "department", "region": "和田地区", "credit_code": CODE.lower(),
        "parent": office.pk, "former": "和田地区教育处：至1998-12-31\n和田专区教育科：至1978年3月1日", "step": "confirm",
    }  # fmt: skip
    page = everywhere_officer.post(f"{here(hotan)}exchanges/organisations/new/", said, follow=True)
    kept = Organisation.objects.get(name="和田地区教育局")
    assert (kept.code, kept.region, kept.credit_code, kept.parent) == ("o00002", "653200", CODE, office)
    former = Item.objects.filter(record=kept.pk, list="former").order_by("position").values_list("text", "detail")
    assert list(former) == [("和田地区教育处", "至1998-12-31"), ("和田专区教育科", "至1978-03-01")]
    for words in ("和田地区教育处（至1998-12-31）", "北京市支援合作办公室", "校验相符", "没有登记结对"):
        assert words in text(page)


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("credit_code", "91110000600037341X", "18 位，末位校验相符"),
        ("former", "和田地区教育处", "写成 名称：至某日"),
        ("former", "和田地区教育处：至1998", "第 1 行"),
        ("region", "和田省", "没有区划“和田省”"),
        ("name", "天津市工商联", "“天津市工商联”已登记，代码 gsl"),
    ],
)
def test_an_organisation_that_cannot_stand_is_refused_at_its_field(officer, field, typed, said):
    before = Organisation.objects.count()
    given = {"name": "黄南州农牧局", "type": "department", "region": "黄南州", "step": "confirm"} | {field: typed}
    answer = officer.post("/p/tj-hn/2011/exchanges/organisations/new/", given)
    assert answer.status_code == 422
    assert said in text(answer)
    assert Organisation.objects.count() == before


def test_a_giver_within_a_giver_is_marked_on_its_page_with_both_gifts_and_the_question(officer):
    page = officer.get("/p/tj-hn/2011/exchanges/organisations/dggwh/")
    said = text(page)
    assert "上级同为捐助方" in said
    assert "捐资30万元（教育） 天津滨海新区 筹资300万元（教育） 待核" in said
    assert "/r/finding-" in page.content.decode()
    assert "上级同为捐助方" not in text(officer.get("/p/tj-hn/2011/exchanges/organisations/gsl/"))


def test_the_page_of_an_organisation_shows_its_parts_and_pairings(officer):
    said = text(officer.get("/p/tj-hn/2011/exchanges/organisations/bhxq/"))
    assert "下属单位 滨海新区政府 、 滨海新区大港管委会" in said
    assert "区州结对 支援 青海省黄南藏族自治州 2010-08-31" in said
    assert officer.get("/p/tj-hn/2011/exchanges/organisations/nobody/").status_code == 404


def test_an_organisation_of_either_area_stands_in_the_list_before_it_takes_part(everywhere_officer, hotan):
    page = f"{here(hotan)}exchanges/organisations/"
    said = {"name": "和田地区卫生局", "type": "department", "region": "和田市", "step": "confirm"}
    assert everywhere_officer.post(f"{page}new/", said).status_code == 302
    own, others = text(everywhere_officer.get(page)).split("账上其他单位")
    assert "和田地区卫生局" in own
    assert "天津市工商联" in others


# ---- who helps whom --------------------------------------------------------------------------------------------------


def test_the_network_shows_a_line_for_each_programme_that_one_may_see(visitor):
    html = visitor.get("/network/").content.decode()
    assert "账上 8 个项目方案，分 5 类" in text(visitor.get("/network/"))
    assert len(re.findall('class="reach"', html)) == Programme.objects.count() == 8
    assert set(re.findall(r'<a href="/p/([\w-]+)/"', html)) == set(Programme.objects.values_list("code", flat=True))


def test_the_network_keeps_an_internal_programme_from_a_visitor(visitor, everywhere_officer):
    Programme.objects.filter(code="bj-ht").update(published=None)
    assert "和田地区" not in text(visitor.get("/network/"))
    assert "和田地区" in text(everywhere_officer.get("/network/"))


def test_the_network_is_told_in_english_too(visitor):
    said = text(visitor.get("/en/network/"))
    assert "The book holds 8 programmes of 5 kinds" in said
    assert "Tianjin Huangnan 1" in said


def helped(code, giver, receiver, pairings=0, scheme="aid_xinjiang"):
    return Helped(code, code, scheme, giver, receiver, pairings)


def test_two_that_help_one_meet_at_one_name():
    """Three programmes, two receivers: 3 names on the left and 2 on the right share 3 x 34 = 102 px."""
    (drawn,) = groups([helped("a", "京", "和"), helped("b", "沪", "喀"), helped("c", "粤", "喀")])
    assert drawn.height == 102
    assert [name.y for name in drawn.left] == [17.0, 51.0, 85.0]
    assert [name.y for name in drawn.right] == [25.5, 76.5]
    assert [(line.y1, line.y2) for line in drawn.lines] == [(17.0, 25.5), (51.0, 76.5), (85.0, 76.5)]


def test_a_line_is_as_thick_as_its_pairings_beside_the_most_in_the_book():
    """1.5 px without any, 6 px for the most, between them in proportion: 1.5 + 4.5 * 2 / 4 = 3.75, said 3.8."""
    rows = [helped("a", "京", "和"), helped("b", "沪", "喀", 2), helped("c", "粤", "藏", 4, "aid_tibet")]
    assert [line.width for group in groups(rows) for line in group.lines] == [1.5, 3.8, 6.0]
    assert [line.said for group in groups(rows) for line in group.lines] == ["", "2 对", "4 对"]


def test_without_any_pairing_all_lines_are_thin():
    assert [line.width for line in groups([helped("a", "京", "和")])[0].lines] == [1.5]


def test_a_book_without_a_programme_says_so(everywhere_officer, monkeypatch):
    monkeypatch.setattr("duikou.web.opening.network.seen", lambda *_: [])
    assert "账上还没有看得到的项目方案" in text(everywhere_officer.get("/network/"))


def test_what_was_opened_here_is_published_by_a_leader_and_then_seen_by_all(visitor, hotan):
    opened = Programme.objects.get(code="be-ho")
    assert visitor.get(here(hotan)).status_code == 404
    publish(opened, person=LEADER, reason="公开")
    assert visitor.get(here(hotan)).status_code == 200
