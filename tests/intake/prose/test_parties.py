"""Who gives and who receives: by the clause, by the document, by a book's names; a part of a longer name is never a match."""

import pytest

from duikou.intake.prose.reading import read

TITLE = "关于云溪市对口支援青石县工作情况的汇报"


def parties(text, names=None):
    found = read([TITLE, "（2023年9月5日）", text], names=names).candidates
    return [(str(c.giver or ""), str(c.receiver or "")) for c in found if c.number]


@pytest.mark.parametrize(
    ("text", "giver", "receiver"),
    [
        ("我市拨付援助资金800万元。", "云溪市", "青石县"),
        ("云溪市总工会向青石县第一小学捐款5万元。", "云溪市总工会", "青石县第一小学"),
        ("由云溪市教育局选派教师12名赴青石县支教。", "云溪市教育局", "青石县"),
        ("青石县选派干部6名到云溪市挂职。", "青石县", "云溪市"),
        ("云溪果业有限公司捐赠电脑20台。", "云溪果业有限公司", "青石县"),
    ],
)
def test_a_clause_says_who_gives_and_who_receives(text, giver, receiver):
    assert parties(text) == [(giver, receiver)]


def test_the_parties_of_an_agreement_are_its_two_sides():
    paper = [
        "对口支援协议书", "甲方：云溪市人民政府", "乙方：青石县人民政府", "一、甲方每年向乙方提供资金2000万元。", "二、乙方选派干部3名到甲方挂职，时间半年。",
    ]  # fmt: skip
    found = [(str(c.giver), str(c.receiver)) for c in read(paper).candidates if c.number]
    assert found == [("云溪市", "青石县"), ("青石县", "云溪市")]


class Book:
    """A book that knows three names, one of them twice."""

    known = {"云溪市": {"990100"}, "青石县": {"990201", "990301"}, "河南省": {"410000"}}

    def codes(self, said):
        return frozenset(self.known.get(said, ()))


def test_a_code_is_given_only_where_exactly_one_is_meant():
    (candidate,) = [c for c in read([TITLE, "云溪市拨付青石县800万元。"], names=Book()).candidates if c.number]
    assert (candidate.giver.code, candidate.receiver.code) == ("990100", "")


def test_the_county_of_henan_is_not_the_province():
    found = read(["天津市对口支援黄南州工作情况", "天津市为河南县一中捐助电脑20台。"], names=Book()).candidates
    (candidate,) = [c for c in found if c.number]
    assert str(candidate.receiver) == "河南县一中"
    assert candidate.receiver.code == ""


def test_as_many_names_as_amounts_give_each_its_own():
    assert parties("云溪市总工会、云溪市妇联先后捐款7万元、3万元。") == [
        ("云溪市总工会", "青石县"),
        ("云溪市妇联", "青石县"),
    ]


@pytest.mark.parametrize(
    ("paper", "giver", "receiver"),
    [
        (["大洋石油集团有限公司援藏工作", "双湖县由大洋石油集团有限公司（以下简称大洋石油）对口支援。"], "大洋石油", "双湖县"),
        (["霍城年鉴——霍城县对口援疆", "江苏省无锡市（具体由江阴市承担）对口支援霍城县。"], "江苏省无锡市", "霍城县"),
        (["路桥·嘉陵东西部协作联席会议纪要", "嘉陵区感谢路桥区的帮扶，我区收到路桥区资金100万元。"], "路桥区", "嘉陵区"),
        (["西藏昌都市接收天津市援助资金情况", "天津市对口支援昌都市。"], "天津市", "昌都市"),
        (["武隆区人民政府", "关于山东省帮扶资金的报告", "向列山乡小学赠送图书，山东省帮扶我区。"], "山东省", "武隆区"),
    ],
)  # fmt: skip
def test_the_sides_are_weighed_from_what_the_whole_paper_states(paper, giver, receiver):
    found = read([*paper, "全年拨付援助资金300万元。"]).candidates
    last = next(c for c in found if c.text == "300万元")
    assert (str(last.giver).removesuffix("市"), str(last.receiver)) == (giver.removesuffix("市"), receiver)


def test_names_come_back_as_the_paper_writes_them():
    found = read(["香港特別行政區援建四川工作情況", "香港特別行政區撥付援建資金68.4億元。"]).candidates
    assert str(found[0].giver).startswith("香港特")
    assert "別" in str(found[0].giver) or str(found[0].giver) == "香港"


def test_a_name_begins_where_the_area_does():
    assert parties("款项一次性汇入青石县财政局800万元。")[0][1] in ("青石县", "青石县财政局")


@pytest.mark.parametrize(
    ("area", "parts"),
    [
        ("江苏省常州市溧阳市", ["溧阳", "常州", "江苏"]),
        ("青海黄南藏族自治州", ["黄南", "青海"]),
        ("宁夏回族自治区", ["宁夏"]),
        ("宁波北仑区", ["北仑", "宁波"]),
        ("忠县", ["忠县"]),
    ],
)
def test_an_area_is_known_by_its_bare_name_and_by_where_it_lies(area, parts):
    from duikou.intake.prose.stems import stems

    assert stems(area) == parts
