"""Words of time against the day of a document and the run of its text (DOMAIN 3.4)."""

from datetime import date

import pytest

from duikou.intake.prose.folding import fold
from duikou.intake.prose.reading import read
from duikou.intake.prose.times import Calendar

DAY = date(2011, 8, 29)


def codes(text, anchor=DAY):
    return [time.period.code for time in Calendar(anchor).times(fold(text)) if time.period]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("去年8月30日来访", ["2010-08-30"]),
        ("去年8月30日来访，10月14日签约", ["2010-08-30", "2010-10-14"]),
        ("今年落实", ["2011"]),
        ("去年11月", ["2010-11"]),
        ("“十二五”期间", ["2011..2015"]),
        ("十三五时期", ["2016..2020"]),
        ("过渡期内", ["2021..2025"]),
        ("近三年来", ["2008..2011"]),
        ("截至9月底", ["2010-09-30"]),
        ("截至2010年底", ["2010-12-31"]),
        ("截至目前", ["2011-08-29"]),
        ("上半年", ["2011-01..2011-06"]),
        ("前三季度", ["2011-01..2011-09"]),
        ("第二季度", ["2011q2"]),
        ("1—8月", ["2011-01..2011-08"]),
        ("1至8月份", ["2011-01..2011-08"]),
        ("２０１０年１－９月", ["2010-01..2010-09"]),
        ("2006—2010年", ["2006..2010"]),
        ("2010年8月至2011年7月", ["2010-08..2011-07"]),
        ("3月1—6日", ["2011-03-01..2011-03-06"]),
        ("9月12~17日", ["2011-09-12..2011-09-17"]),
        ("二〇一一年八月二十九日", ["2011-08-29"]),
        ("二○○八年五月六日", ["2008-05-06"]),
        ("2011-08-29", ["2011-08-29"]),
        ("2011.8.29", ["2011-08-29"]),
        ("2010年以来", ["2010..2011"]),
        ("本月", ["2011-08"]),
        ("下月启程", ["2011-09"]),
        ("昨日", ["2011-08-28"]),
        ("2010年3月建成，同年5月启用", ["2010-03", "2010-05"]),
        ("13月5日", []),
        ("2月30日", []),
        ("到底", []),
        ("一月一对账", []),
        ("年底前竣工", ["2011-12-31"]),
        ("半年来", ["2011-03..2011-08"]),
        ("占全年任务的40%", ["2011"]),
        ("到去年底，共募集", ["2010-12-31"]),
        ("自2008年承接任务以来", ["2008..2011"]),
        ("2008年新一轮结对以来", ["2008..2011"]),
        ("由2009年的800万元增至2010年的900万元", ["2009", "2010"]),
        ("2009—2010学年", ["2009-09..2010-07"]),
        ("谈谈下半年和明年的想法，下半年", ["2011-07..2011-12", "2012", "2011-07..2011-12"]),
    ],
)
def test_words_of_time_are_resolved(said, meant):
    assert codes(said) == meant


def period(text, *lines):
    found = read(["关于云溪市对口支援青石县工作情况的汇报", "（2011年8月29日）", *lines, text]).candidates
    return [c.period.code if c.period else None for c in found if c.number]


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("去年12月培训15名干部；选派5名干部挂职。", ["2010-12", None]),
        ("2010年拨付800万元，比2009年增长20%。", ["2010", "2010"]),
        ("截至6月底，开工12个，完工8个；支出300万元。", ["2011-06-30", "2011-06-30", "2011-06-30"]),
        ("第三批挂职干部6名已于今年3月到岗。", ["2011-03"]),
        ("去年11月，工作组赴青石县调研。在此期间，召开座谈会5次。", ["2010-11"]),
        ("按照《2009年实施方案》，建成学校2所。", [None]),
        ("先后5月、6月到位300万元、200万元。", ["2011-05", "2011-06"]),
        ("2009年拨付500万元，年内开工3个。", ["2009", "2009"]),
        ("资金100万元于6月底前拨付。", [None]),
        ("销售80吨，占全年任务的40%。", [None, None]),
        ("累计投入22亿元，其中，“十一五”8亿元，“十二五”14亿元。", [None, "2006..2010", "2011..2015"]),
    ],
)
def test_the_nearest_words_that_govern_a_number_give_its_period(text, periods):
    assert period(text) == periods


def test_what_a_report_says_of_its_time_holds_for_what_follows():
    assert period("培训120人次。", "现将2011年上半年工作情况汇报如下：") == ["2011-01..2011-06"]


def test_the_sentence_that_announces_a_report_says_what_time_it_speaks_of():
    assert period("选派干部6名。", "现就今年以来的工作作简要汇报。") == ["2011"]


@pytest.mark.parametrize("title", ["《青石年鉴·2010》", "云溪年鉴（2010年卷）"])
def test_a_yearbook_tells_of_the_year_before_its_own(title):
    found = read([title, "【援助】云溪市拨付青石县资金200万元。"]).candidates
    assert [c.period.code for c in found] == ["2009"]


def test_the_number_of_an_announcement_is_not_the_time_it_speaks_of():
    paper = ["云溪市审计局关于2009至2010年援助资金的审计结果", "（2011年第9号公告）", "云溪市拨付青石县资金200万元。"]
    assert [c.period.code for c in read(paper).candidates] == ["2009..2010"]
