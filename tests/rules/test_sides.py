"""Two tellings of one thing: what makes them one, what makes them differ, and where nobody may decide."""

from dataclasses import replace

import pytest

from duikou.rules import donations, enterprises, funds, people, programmes, projects
from duikou.rules.period import parse
from duikou.rules.quantity import exactly, hedged, yuan
from duikou.rules.reading import read
from duikou.rules.sides import (
    Directory,
    alike,
    aspects_of,
    same_name,
    same_party,
    set_beside,
    telling,
    title_of,
)

DIRECTORY = Directory(
    {"gsl": "天津市工商联", "bocfh": "中国银行天津分行", "hn": "黄南州", "hnx": "河南县", "hnxyz": "河南县一中", "jwxx": "加吾乡小学"},
    {"hnx": "hn", "hnxyz": "hnx", "dggwh": "bhxq"},
)  # fmt: skip
YEAR = parse("2010-08-30..2011-08-29")


def gift(amount="", **more):
    """A gift; what is not given stays unsaid."""
    told = {"form": "cash", "sector": "education", "giver": "", "when": YEAR} | more
    return donations.Gift(**told, amount=read(amount, "fen") if amount else None)


OURS = [
    gift("160万元", giver="gsl", receiver="hn"),
    gift(form="goods", giver="bocfh", receiver="hnxyz", goods="教学用电脑", number=exactly(20, "machine")),
    gift("300万元", form="raised", giver="bhxq", receiver="hn"),
    gift("30万元", giver="dggwh", receiver="hn"),
    funds.Secured(amount=yuan(20_000_000), source="city", when=YEAR),
    people.Training(subject="扶贫管理", basis="actual", trainees=exactly(15, "person"), when=parse("2010-12")),
    enterprises.Investment(
        name="青海聚能活力源饮料公司", status="in_production", investor="jctz", sole=True, region="632324",
        total=yuan(60_000_000), capacity=hedged("up_to", 72_000, "tonne"), when=YEAR,
    ),
    enterprises.Intent(event="青洽会", amount=read("近6亿元", "fen")),
    programmes.Agreement(title="合作交流框架协议", type="framework", parties=(("party", "tj"), ("party", "hn"))),
    programmes.Agreement(
        title="加强警务系统合作框架协议", type="sector", parties=(("party", "gaj"), ("party", "hngaj"))
    ),
    projects.Project(name="热贡文化广场", sector="culture", status="started"),
]  # fmt: skip


def beside(saying, ours=OURS):
    return set_beside(telling(saying), [telling(fact, n) for n, fact in enumerate(ours)], DIRECTORY)


def unsaid(**more):
    """What the other side says of a gift: sector, giver and day only where it says them."""
    return gift(more.pop("amount", ""), **({"form": "", "sector": "", "when": None} | more))


# ---- the page of the receiving side ---------------------------------------------------------------------------------


def test_the_same_sum_secured_agrees():
    found = beside(funds.Secured(amount=yuan(20_000_000), source=""))
    assert (found.verdict, found.record.record, found.detail) == ("agrees", 4, "")


def test_a_course_of_as_many_agrees_and_only_its_name_differs():
    found = beside(people.Training(subject="项目管理研修班", basis="", trainees=exactly(15, "person")))
    assert (found.verdict, found.record.record) == ("agrees", 5)
    assert found.detail == "名称不同：对方说项目管理研修班，账上为扶贫管理"


def test_a_long_title_that_holds_the_short_one_is_the_same_agreement():
    title = "天津市人民政府和黄南藏族自治州人民政府关于进一步加强合作交流的框架协议"
    saying = programmes.Agreement(title=title, type="framework", parties=(("party", "tj"), ("party", "hn")))
    found = beside(saying)
    assert (found.verdict, found.record.record, found.detail) == ("agrees", 8, "")


def test_computers_for_another_school_from_nobody_named_may_be_the_same_and_nothing_is_decided():
    found = beside(unsaid(form="goods", receiver="jwxx", goods="教学用电脑", number=exactly(20, "machine")))
    assert (found.verdict, found.record.record) == ("may_match", 1)
    assert found.detail == "受援单位：对方说加吾乡小学，账上为河南县一中；对方未说支援单位"


def test_a_plant_that_is_about_to_produce_differs_in_status_and_form_and_bears_no_day():
    saying = enterprises.Investment(
        name="", status="about_to_produce", investor="jctz", region="632324", total=yuan(60_000_000),
        capacity=exactly(72_000, "tonne"), parties=(("party", "hnx"), ("party", "jctz")),
    )  # fmt: skip
    found = beside(saying)
    assert (found.verdict, found.record.record) == ("differs", 6)
    assert found.detail == (
        "状态：对方说即将投产，账上为已投产；形式：对方说协议，账上为独资；对方未写日期，可能先后不同"
    )


def test_a_sum_near_that_of_three_gifts_stands_alone_and_says_so():
    # 160 + 300 + 30 = 490, and 500 is 475 to 525 when said with 约
    found = beside(unsaid(amount="500万元"))
    assert (found.verdict, found.record) == ("alone", None)
    assert found.detail == "近于账上3笔之和，不相等：160万元＋300万元＋30万元＝490万元"


def test_what_nobody_else_says_stands_alone():
    clothes = unsaid(form="goods", receiver="jzx", goods="衣物", number=hedged("over", 100, "piece"))
    alone = [
        projects.Project(name="8公里道路", sector="", status="to_be_settled"),
        programmes.Visit(type="", name="唐卡艺术走进天津大学", when=parse("2010-12")),
        unsaid(amount="10万元", form="cash", giver="hjfc"),
        clothes,
        enterprises.Intent(event="爱心人士有意捐助", amount=read("20—40万元", "fen")),
    ]
    assert [(beside(saying).verdict, beside(saying).detail) for saying in alone] == [("alone", "")] * 5


# ---- the same questions of other cases ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "verdict", "detail"),
    [
        ("160万元", "agrees", ""),
        ("约160万元", "agrees", ""),  # 152 to 168
        ("150万元—170万元", "agrees", ""),
        ("100多万元", "agrees", ""),  # 100 up to below 200
        (
            "近160万元",
            "differs",
            "金额：对方说近160万元，账上为160万元",
        ),  # below 160: the number is the same, the word is not
        ("超160万元", "differs", "金额：对方说超160万元，账上为160万元"),
        ("100万元以上", "may_match", ""),  # an open end holds 160 and much else
        ("170万元", "may_match", "金额：对方说170万元，账上为160万元"),  # a giver may give twice
    ],
)
def test_the_same_giver_with_a_sum_said_otherwise(said, verdict, detail):
    found = beside(unsaid(amount=said, giver="gsl"))
    assert (found.verdict, found.record.record) == (verdict, 0)
    assert found.detail == detail


def test_a_gift_of_both_sides_that_went_to_someone_else_differs_in_the_receiver():
    saying = unsaid(amount="160万元", giver="gsl", receiver="jwxx")
    assert beside(saying).verdict == "differs"
    assert beside(saying).detail == "受援单位：对方说加吾乡小学，账上为黄南州"


def test_giver_and_receiver_that_changed_places_are_another_gift():
    assert beside(unsaid(amount="160万元", giver="hn", receiver="gsl")).verdict == "alone"


def test_who_belongs_to_the_receiver_does_not_contradict_it():
    assert beside(unsaid(amount="160万元", giver="gsl", receiver="hnxyz")).verdict == "agrees"


def test_as_large_a_gift_from_someone_else_is_another_gift():
    assert beside(unsaid(amount="160万元", giver="bocfh")).verdict == "alone"


def test_as_large_a_gift_from_nobody_named_may_be_the_same():
    found = beside(unsaid(amount="160万元"))
    assert (found.verdict, found.detail) == ("may_match", "对方未说支援单位")


def test_the_same_gift_in_another_year_differs_in_time():
    found = beside(unsaid(amount="160万元", giver="gsl", when=parse("2009")))
    assert (found.verdict, found.detail) == ("differs", "时间：对方说2009年，账上为2010年8月30日—2011年8月29日")


def test_persons_and_person_times_are_not_compared():
    named = people.Training(subject="扶贫管理", basis="", trainees=exactly(15, "time"))
    other = replace(named, subject="旅游")
    assert beside(named).verdict == "differs"
    assert beside(named).detail == "受训人数：对方说15次（次数），账上为15名（人数），单位不同不能比"
    assert beside(other).verdict == "alone"  # the one 15 is no sign of the other


def test_two_records_that_fit_as_well_are_not_told_apart():
    ours = [OURS[5], replace(OURS[5], subject="旅游管理")]
    found = beside(people.Training(subject="研修班", basis="", trainees=exactly(15, "person")), ours)
    assert (found.verdict, found.detail) == ("may_match", "与账上 2 条都相合，分不出是哪一条")


def test_a_name_tells_apart_what_a_number_does_not():
    ours = [OURS[5], replace(OURS[5], subject="旅游管理")]
    found = beside(people.Training(subject="“旅游管理”班", basis="", trainees=exactly(15, "person")), ours)
    assert (found.verdict, found.record.record) == ("agrees", 1)


def test_a_sum_that_equals_that_of_several_is_asked():
    found = beside(unsaid(amount="490万元"))
    assert (found.verdict, found.record) == ("may_match", None)
    assert found.detail == "与账上3笔之和相同：160万元＋300万元＋30万元＝490万元"


def test_goods_of_another_sector_or_form_do_not_go_into_a_sum():
    ours = [*OURS[:4], gift("10万元", sector="health", giver="gsl", receiver="hn")]
    assert "＝490万元" in beside(unsaid(amount="500万元", sector="education"), ours).detail
    assert "＝500万元" in beside(unsaid(amount="500万元"), ours).detail  # no sector said: all four lie in it


def test_works_of_another_kind_are_not_compared():
    assert beside(enterprises.Intent(event="捐助意向", amount=yuan(1_600_000))).verdict == "alone"


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("7.2万吨", "可达7.2万吨", "same"),
        ("3万吨", "可达7.2万吨", None),
        ("8万吨", "可达7.2万吨", "apart"),
        ("近100吨", "100吨", "worded"),
        ("近100吨", "95吨", "same"),
        ("5吨以上", "可达9吨", None),
    ],
)
def test_numbers_are_compared_as_intervals(one, other, found):
    assert alike(read(one, "tonne"), read(other, "tonne")) == found
    assert alike(read(other, "tonne"), read(one, "tonne")) == found


def test_fen_and_persons_are_unlike():
    assert alike(exactly(15, "fen"), exactly(15, "person")) == "unlike"


def test_names_are_compared_without_marks_and_a_short_one_is_not_found_everywhere():
    assert same_name("《合作交流框架协议》", "合作交流的框架协议")
    assert not same_name("旅游", "旅游管理")  # two characters are no name
    assert not same_name("", "旅游管理")


def test_areas_hold_one_another():
    county, prefecture = frozenset(["632324"]), frozenset(["632300"])
    assert same_party(county, prefecture, DIRECTORY)
    assert same_party(county, frozenset(["632321"]), DIRECTORY) is False
    assert same_party(frozenset(["gsl", "hnx"]), frozenset(["gsl", "bocfh"]), DIRECTORY) is None


def test_parents_in_a_circle_end():
    assert Directory({}, {"a": "b", "b": "a"}).above("a") == {"a", "b"}


def test_a_thing_is_called_by_its_name_else_by_what_is_given_else_by_its_kind_and_number():
    assert title_of(unsaid(amount="10万元", purpose="助学")) == "助学"
    assert title_of(OURS[1]) == "教学用电脑20台"
    assert title_of(unsaid(amount="10万元")) == "捐助10万元"
    assert title_of(funds.Secured(amount=yuan(20_000_000), source="")) == "落实2000万元"


def test_everything_that_is_said_is_kept_in_words():
    saying = unsaid(amount="10万元", giver="gsl", form="cash", purpose="助学", inferred=("giver",))
    assert list(aspects_of(saying, DIRECTORY)) == [
        "金额 10万元",
        "形式 捐资",
        "支援单位 天津市工商联（推定）",
        "用途 助学",
    ]
