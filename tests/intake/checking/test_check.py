"""A draft beside the example's book: each number by its words, its names, its time and its state."""

import pytest
from books import PERIOD, kept_example, report_text

from duikou.intake.checking.check import check
from duikou.intake.checking.said import as_data, lines_of, summary
from duikou.rules.period import parse
from duikou.snapshot.store import freeze


@pytest.fixture(scope="module")
def taken(django_db_setup, django_db_blocker, tmp_path_factory):
    """The snapshot of the example's book."""
    with kept_example(django_db_blocker, tmp_path_factory.mktemp("checked")):
        yield freeze()


@pytest.fixture
def judge(taken, db):
    """What comes out of sentences, number by number: text, verdict and the aspect that differs."""

    def judging(*sentences, period=PERIOD):
        found = check(["对口支援工作情况", *sentences], taken, "tj-hn", period=parse(period))
        return [
            (one.claim.text, one.verdict.code, one.verdict.answer.aspect if one.verdict.answer else None)
            for one in found.numbers
        ]

    return judging


TRUE = [
    "先期启动的2000万元对口支援资金已经落实，其中1000万元已拨付到位，12个对口支援项目全部启动实施。",
    "拨付进度50.0%。",
    "市工商联捐资160万元援助黄南州教育项目。",
    "教育类捐资与筹资490万元。其中：天津滨海新区300万元、天津市工商联160万元、滨海新区大港管委会30万元。",
    "中国银行天津分行为河南县一中捐助教学用电脑20台。",
    "2010年12月，黄南州州直和四个县有关单位15名优秀干部来津参加了扶贫管理干部培训。",
    "黄南州选派5名州县领导干部来津进行挂职锻炼。",
    "在天津市第100中学开设天津黄南高中班，每年从黄南州招收45名中考生。",
    "达成意向协议金额近6亿元。",
    "企业项目总投资6000万元，解决就业近百人，预计年产值上亿元、利税2000万元。",
    "召开座谈会5次。",
    "已落实资金1900多万元。",
    "达成意向协议金额5.8亿元。",
]


@pytest.mark.parametrize("sentence", TRUE)
def test_what_the_book_says_is_not_called_wrong(judge, sentence):
    found = judge(sentence)
    assert found
    assert {code for _, code, _ in found} <= {"confirmed", "consistent"} or sentence == TRUE[-2], found


UNTRUE = [
    ("已落实对口支援资金2500万元。", "contradicted", ""),
    ("已落实对口支援资金1000万元。", "elsewhere", "state"),
    ("已拨付对口支援资金2000万元。", "elsewhere", "state"),
    ("计划拨付1000万元。", "elsewhere", "state"),
    ("2009年，已拨付对口支援资金1000万元。", "elsewhere", "date"),
    ("滨海新区捐资160万元用于黄南州教育项目。", "elsewhere", "scope"),
    ("天津市公安局捐资160万元。", "elsewhere", "scope"),
    ("市工商联捐资180万元援助黄南州教育项目。", "contradicted", ""),
    ("中国银行天津分行为河南县一中捐助教学用电脑200台。", "contradicted", ""),
    ("达成投资协议金额近6亿元。", "elsewhere", "state"),
    ("已落实对口支援资金2000亿元。", "contradicted", ""),
    ("召开座谈会6次。", "contradicted", ""),
    ("南京市工商联捐资160万元。", "elsewhere", "scope"),
    ("天津泰和集团公司捐资160万元，用于黄南州教育项目。", "elsewhere", "scope"),
    ("上海市选派到天津市挂职的干部人才5名。", "elsewhere", "scope"),
    ("培训医生15名。", "elsewhere", "scope"),
]


@pytest.mark.parametrize(("sentence", "code", "aspect"), UNTRUE)
def test_what_the_book_does_not_say_is_told_with_what_it_says(judge, sentence, code, aspect):
    assert judge(sentence) == [(judge(sentence)[0][0], code, aspect)]


def test_a_number_of_nothing_of_ours_is_not_covered(judge):
    found = judge("全市人均可支配收入3.2万元，森林覆盖率21.5%。", "召开学术报告会490次。")
    assert {code for _, code, _ in found} == {"uncovered"}


def test_an_equal_value_alone_makes_no_match(judge):
    assert [code for _, code, _ in judge("修建水渠花费490万元。", "订阅报刊2000万元。")] == ["uncovered", "uncovered"]


def test_two_aspects_at_once_are_not_covered(judge):
    (found,) = judge("2009年，受援方到账资金1000万元。")
    assert found[1] == "uncovered"


def test_the_report_itself_is_confirmed_by_its_own_book(taken, db):
    lines = [line for line in report_text().read_text("utf-8").splitlines() if line.strip()]
    found = check(lines, taken, "tj-hn")
    assert found.total == found.read == 18
    assert {one.claim.text: one.verdict.code for one in found.numbers if one.verdict.code != "confirmed"} == {}
    assert [at for at, _ in found.aside] == [23, 24, 25, 26, 27, *([28] if len(found.aside) == 6 else [])]


def test_the_summary_states_how_much_was_read_and_judged(taken, db):
    texts = ["已落实对口支援资金2500万元，拨付1000万元。", "经验若干条，进行了数十次。"]
    said = " ".join(summary(check(texts, taken, "tj-hn", period=parse(PERIOD))))
    assert said.startswith("文中 ")
    assert "证实 1 个" in said
    assert "不符 1 个" in said


def test_a_comment_names_the_words_the_book_the_difference_and_what_would_hold(taken, db):
    (one,) = check(["已落实对口支援资金2500万元。"], taken, "tj-hn", period=parse(PERIOD)).numbers
    assert lines_of(one) == [
        "“2500万元”不符",
        "账上：先期启动资金（已落实）（2010年8月—2011年8月）　2000万元",
        "文中比账上多500万元。",
        "可成立的写法：2000万元",
        "依据的字眼：落实",
        f"追溯：funds.secured:tj-hn.{PERIOD}@{taken.line}",
    ]
    assert as_data(one)["figure"] == f"funds.secured:tj-hn.{PERIOD}@{taken.line}"


def test_a_row_of_a_table_is_read_with_its_column_of_units(judge):
    assert judge("已拨付到位\t万元\t1000\t\t2011年") == [("1000", "confirmed", "")]
    assert judge("已拨付到位\t万元\t1001\t\t2011年")[0][1] == "contradicted"


def test_numbers_of_pictures_are_no_numbers_of_the_paper(judge):
    assert judge("捐助构成见图2。", "资金各环节见图1。") == []


def test_a_name_that_would_be_too_long_is_cut_by_who_gave_alone(judge):
    assert judge("2009年，市工商联捐资160万元援助黄南州教育项目。") == [("160万元", "elsewhere", "date")]
