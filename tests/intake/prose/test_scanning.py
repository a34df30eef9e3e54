"""Numbers of Chinese prose: each reading beside its words, the place by slicing, what is no number, and what it costs."""

import sys
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duikou.intake.prose.folding import fold
from duikou.intake.prose.guards import guarded
from duikou.intake.prose.scanning import scan
from duikou.rules.quantity import Quantity, grain_of, hedged, last_digit
from duikou.rules.reading import read
from duikou.rules.writing import write

WAN, YI = 10**4, 10**8


def found(said):
    text = fold(said)
    taken = [(span.start, span.end) for span in guarded(text)]
    return [(said[n.start : n.end], n.value, n.upper, n.base, n.hedge) for n in scan(text, taken).numbers if n.base]


@pytest.mark.parametrize(
    ("said", "text", "value", "unit", "hedge"),
    [
        ("达成意向近6亿元。", "近6亿元", 6 * YI, "yuan", "nearly"),
        ("落实资金1600余万元", "1600余万元", 1600 * WAN, "yuan", "odd"),
        ("协调20多所院校", "20多所", 20, "item", "odd"),
        ("培训4万多名群众", "4万多名", 4 * WAN, "person", "odd"),
        ("总额600多亿元", "600多亿元", 600 * YI, "yuan", "odd"),
        ("十多位专家", "十多位", 10, "person", "odd"),
        ("十几名医生", "十几名", 10, "person", "odd"),
        ("投资超21亿元", "超21亿元", 21 * YI, "yuan", "over"),
        ("突破800万元", "突破800万元", 800 * WAN, "yuan", "over"),
        ("销售过亿元", "过亿元", YI, "yuan", "over"),
        ("产值上亿元", "上亿元", YI, "yuan", "at_least"),
        ("就业上千人", "上千人", 1000, "person", "at_least"),
        ("近百人就业", "近百人", 100, "person", "nearly"),
        ("培训20万人次以上", "20万人次以上", 20 * WAN, "person_time", "at_least"),
        ("培训万人次以上", "万人次以上", WAN, "person_time", "at_least"),
        ("选派100名教师以上，", "100名教师以上", 100, "person", "at_least"),
        ("不少于500万元", "不少于500万元", 500 * WAN, "yuan", "at_least"),
        ("占比不得超过8%", "不得超过8%", 8, "percent", "up_to"),
        ("资金支出不到六成", "不到六成", 60, "percent", "up_to"),
        ("年加工可达7.2万吨", "可达7.2万吨", 72_000, "t", "up_to"),
        ("剩余的三千来万元", "三千来万元", 3000 * WAN, "yuan", "about"),
        ("折合约140万元", "约140万元", 140 * WAN, "yuan", "about"),
        ("协议金额1.2万亿元", "1.2万亿元", 12_000 * YI, "yuan", "exact"),
        ("农房2万3000户", "2万3000户", 23_000, "item", "exact"),
        ("住房12万5千平方米", "12万5千平方米", 125_000, "m2", "exact"),
        ("一千二百万元", "一千二百万元", 1200 * WAN, "yuan", "exact"),
        ("四点四七亿元", "四点四七亿元", Decimal("4.47") * YI, "yuan", "exact"),
        ("资金人民币捌佰伍拾万元整", "捌佰伍拾万元", 850 * WAN, "yuan", "exact"),
        ("（￥8,500,000.00）", "￥8,500,000.00", 850 * WAN, "yuan", "exact"),
        ("拨付９８００余万元", "９８００余万元", 9800 * WAN, "yuan", "odd"),
        ("拨付１１，２００．００万元", "１１，２００．００万元", 11_200 * WAN, "yuan", "exact"),
        ("拨付45,730.00万元", "45,730.00万元", 45_730 * WAN, "yuan", "exact"),
        ("拨付9 860.00万元", "9 860.00万元", 9860 * WAN, "yuan", "exact"),
        ("培训1 240人次", "1 240人次", 1240, "person_time", "exact"),
        ("落实 2000 万 元", "2000 万 元", 2000 * WAN, "yuan", "exact"),
        ("投资3 . 5 亿元", "3 . 5 亿元", Decimal("3.5") * YI, "yuan", "exact"),
        ("增长百分之二十", "百分之二十", 20, "percent", "exact"),
        ("百分之百免费", "百分之百", 100, "percent", "exact"),
        ("财力的0.5‰", "0.5‰", Decimal("0.05"), "percent", "exact"),
        ("提高3个百分点", "3个百分点", 3, "percent", "exact"),
        ("占五成三", "五成三", 53, "percent", "exact"),
        ("资金投资2000万，", "2000万", 2000 * WAN, "yuan", "exact"),
        ("引进资金1.9个亿，", "1.9个亿", 190_000_000, "yuan", "exact"),
        ("惠及12万农牧民", "12万", 12 * WAN, "person", "exact"),
        ("购置设备7台（套）", "7台（套）", 7, "item", "exact"),
        ("年加工3000吨/年", "3000吨/年", 3000, "t", "exact"),
        ("道路14.3km；", "14.3km", Decimal("14.3"), "km", "exact"),
        ("防洪堤350米", "350米", Decimal("0.35"), "km", "exact"),
        ("来了３７个大夫", "３７个", 37, "person", "exact"),
        ("捐建希望小學一百八十三個，", "一百八十三個", 183, "item", "exact"),
        ("派来挂职副县长一名、农技员", "一名", 1, "person", "exact"),
        ("签约5个项目", "5个", 5, "item", "exact"),
        ("节约3万元", "3万元", 3 * WAN, "yuan", "exact"),
        ("附近5个村", "5个", 5, "item", "exact"),
        ("便携式B超1 台", "1 台", 1, "item", "exact"),
        ("一位老人汇来十万元。", "十万元", 10 * WAN, "yuan", "exact"),
        ("入沪销售1 204. 7 万元", "1 204. 7 万元", 1_204_7000, "yuan", "exact"),
        ("市红十字会捐款3万元", "3万元", 3 * WAN, "yuan", "exact"),
    ],
)
def test_a_number_is_read_with_its_hedge_and_its_place(said, text, value, unit, hedge):
    assert found(said) == [(text, value, None, unit, hedge)]


@pytest.mark.parametrize(
    ("said", "text", "low", "high", "unit"),
    [
        ("每户20—40万元", "20—40万元", 20 * WAN, 40 * WAN, "yuan"),
        ("投资20万元至40万元", "20万元至40万元", 20 * WAN, 40 * WAN, "yuan"),
        ("捐资三到五万元", "三到五万元", 3 * WAN, 5 * WAN, "yuan"),
        ("增长5-20%", "5-20%", 5, 20, "percent"),
        ("骨干教师2～3名", "2～3名", 2, 3, "person"),
        ("三四个村", "三四个", 3, 4, "item"),
        ("十五六名干部", "十五六名", 15, 16, "person"),
        ("七八百人", "七八百人", 700, 800, "person"),
        ("两千五百万元到三千万元", "两千五百万元到三千万元", 2500 * WAN, 3000 * WAN, "yuan"),
        ("到位投资80-100亿元", "80-100亿元", 80 * YI, 100 * YI, "yuan"),
    ],
)
def test_a_range_shares_scale_and_unit_where_only_one_reading_is_left(said, text, low, high, unit):
    assert found(said) == [(text, low, high, unit, "range")]


@pytest.mark.parametrize(
    ("said", "texts"),
    [
        ("培训4期164人", ["4期", "164人"]),
        ("14批917人次", ["14批", "917人次"]),
        ("2218户8267人", ["2218户", "8267人"]),
        ("筹资300万元，160万元", ["300万元", "160万元"]),
        ("分别为1200、800万元", ["1200", "800万元"]),
        ("从17.8万元提高到40.8万元", ["17.8万元", "40.8万元"]),
        ("由20家增至50家", ["20家", "50家"]),
        ("教师12名　30 人", ["12名", "30 人"]),
    ],
)
def test_numbers_side_by_side_stay_two(said, texts):
    assert [text for text, *_ in found(said)] == texts


def test_amounts_with_a_shared_unit_share_its_scale():
    assert [value for _, value, *_ in found("分别为1200、800万元")] == [1200 * WAN, 800 * WAN]


@pytest.mark.parametrize(
    "said",
    [
        "一、领导重视", "（一）资金支持", "1.1　甲方向乙方", "二是规划先行", "其一", "第二批援藏干部", "首批资金", "第四多", "〔2024〕136号", "【2010】17号",
        "第十二条", "电话0772-5127766", "联系电话：010-12345678", "80后", "统一部署", "一带一路", "三区三州", "两不愁三保障", "天津市第100中学", "河南县一中", "109国道",
        "5A级景区", "4G网络", "双一流", "万企兴万村", "百校千村", "三农", "四好农村路", "“三个一批”", "一批紧缺人才", "一系列措施", "农十四师", "101团", "35千伏",
        "1∶1配套", "多个项目", "上午9：30", "2020年度审计", "三四级手术", "一般公共预算", "“十百千”", "州直和四县", "四个县有关单位", "分两批进藏", "第15次会议", "35岁以下",
        "红十字会", "见图1、附件1和表2。", "一月一对账、一季一调度", "五家渠市", "十字路口", "支持我们三件事", "这两笔",
    ],
)  # fmt: skip
def test_names_ranks_and_document_numbers_are_no_quantities(said):
    from duikou.intake.prose.times import Calendar

    text = fold(said)
    taken = [(span.start, span.end) for span in guarded(text)]
    taken += [(time.start, time.end) for time in Calendar(None).times(text)]
    assert [n for n in scan(text, taken).numbers if n.base] == []


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("七到八百万元", "有两种读法"),
        ("近20多所", "说法相反"),
        ("几个项目", "没有说出数目"),
        ("40万元—20万元", "前大后小"),
        ("2万3人", "有两种读法"),
    ],
)
def test_what_has_two_readings_or_none_is_said_and_not_guessed(said, why):
    scanned = scan(fold(said))
    assert [n for n in scanned.numbers if n.base] == []
    assert why in scanned.unread[0].why


@pytest.mark.parametrize(
    ("said", "low", "high"), [("数百户", 200, 999), ("几十户", 20, 99), ("好几万户", 20_000, 99_999)]
)
def test_several_is_from_two_to_nine_of_them(said, low, high):
    assert scan(said).numbers[0].quantity == Quantity(low, high, "household", "range")


HEDGES = st.sampled_from(["exact", "nearly", "about", "odd", "over", "at_least", "up_to"])
NUMBERS = st.one_of(st.integers(1, 99_999), st.builds(lambda n, e: n * 10**e, st.integers(1, 999), st.integers(0, 9)))


@given(HEDGES, NUMBERS, st.sampled_from(["fen", "person", "tonne", "item"]))
def test_our_own_words_are_read_back_as_they_were_meant(hedge, number, unit):
    value = max(number, 11) * grain_of(unit)
    meant = hedged(hedge, value, unit, last_digit(value, grain_of(unit)))
    words = write(meant).text
    before = "当年安排了"
    scanned = scan(f"{before}{words}，用于项目")
    read_back = [n for n in scanned.numbers if n.base]
    assert len(read_back) == 1
    assert read_back[0].start == len(before)
    assert read_back[0].end == len(before) + len(words)
    bounds = read_back[0].quantity
    assert bounds is not None
    assert (bounds.low, bounds.high) == (read(words, unit).low, read(words, unit).high)


@given(
    st.text(
        alphabet="0123456789,.，。万亿千百十一二三四五六七八九两几多余近约超上元人次个户% ％（）()第年月日至到-~—成分之",
        max_size=60,
    )
)
def test_any_text_gives_places_in_order_that_do_not_overlap(said):
    text = fold(said)
    assert len(text) == len(said)
    spans = [(n.start, n.end) for n in scan(text, [(g.start, g.end) for g in guarded(text)]).numbers]
    assert all(first < last <= len(text) for first, last in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


def work(text):
    """How many calls, of ours and of C, reading a text takes."""
    from duikou.intake.prose.reading import read as read_prose

    count = 0

    def counted(frame, event, argument):
        nonlocal count
        count += event in ("call", "c_call")

    read_prose(["预热12个项目。"])
    sys.setprofile(counted)
    try:
        read_prose([text])
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "piece",
    [
        "9",
        "（",
        "《“",
        "〔2024〕",
        "1,",
        "三四",
        "12个",
        "近约超",
        "2011年",
        "对口支援",
        "天津市",
        "a1",
        " ",
        "9 ",
        "其中：",
        "《《》",
        "捐",
        "——",
        "12个、",
        "5月、9月、",
        "领导来考察",
        "由天津市拨付12万元，",
        "天津市、北京市捐款1万元、2万元，",
        "（以下简称天津",
        "自2002年承接",
        "现将工作报告",
        "建立结对关系",
        "天津一家企业",
        "某公司",
        "（含3个）",
        "按类分：",
    ],
)
def test_a_hostile_text_costs_what_its_length_says(piece):
    size = 4000
    once, twice = work(piece * (size // len(piece))), work(piece * (2 * size // len(piece)))
    assert twice <= 2.3 * once + 2000
