"""Sentences as officials write them: what each number is, on what it rests, and what is left alone."""

import pytest

from duikou.intake.prose.reading import read

TITLE = "关于云溪市对口支援青石县工作情况的汇报"


def told(sentence, title=TITLE):
    found = read([title, "（2023年9月5日）", sentence]).candidates
    return [(c.text, c.kind, c.basis) for c in found if c.number and c.paragraph == 3]


@pytest.mark.parametrize(
    ("sentence", "facts"),
    [
        ("全年落实援助资金1.2亿元，其中市级9000万元。", [("1.2亿元", "funds_secured", "actual"), ("9000万元", "funds_secured", "actual")]),
        ("市财政已划拨首期资金800万元。", [("800万元", "funds_disbursed", "actual")]),
        ("第一批资金2000万元已全部到账。", [("2000万元", "funds_received", "actual")]),
        ("县财政下达项目资金1560万元，已支付1034.5万元，支付率66.3%。",
         [("1560万元", "funds_allotted", "actual"), ("1034.5万元", "funds_spent", "actual"), ("66.3%", "other", "actual")]),
        ("明年拟安排援助资金3000万元左右。", [("3000万元左右", "funds_planned", "planned")]),
        ("市红十字会发动社会各界募集善款56.8万元。", [("56.8万元", "funds_raised", "actual")]),
        ("云溪市总商会捐款120万元，捐赠校服1500套、图书2.3万册，折合人民币46万元。",
         [("120万元", "donation_cash", "actual"), ("1500套", "donation_goods", "actual"), ("2.3万册", "donation_goods", "actual"), ("46万元", "donation_goods", "actual")]),
        ("签约项目7个，协议总投资约18亿元，实际到位投资3.6亿元。",
         [("7个", "project_count", "actual"), ("约18亿元", "agreement_amount", "actual"), ("3.6亿元", "investment", "actual")]),
        ("达成意向投资金额近5亿元。", [("近5亿元", "agreement_amount", "intended")]),
        ("云溪果业公司总投资4500万元建设冷链物流园，达产后预计年产值1.1亿元、年上缴税收300余万元，带动就业180人。",
         [("4500万元", "investment", "actual"), ("1.1亿元", "output", "expected"), ("300余万元", "profit_and_tax", "expected"), ("180人", "jobs", "expected")]),
        ("该厂年加工青稞5000吨。", [("5000吨", "capacity", "actual")]),
        ("帮助销售农特产品2.4亿元，同比增长31%。", [("2.4亿元", "sales", "actual"), ("31%", "other", "actual")]),
        ("实施项目46个，已开工44个，完工28个。", [("46个", "project_count", "actual"), ("44个", "project_count", "actual"), ("28个", "project_count", "actual")]),
        ("举办乡村振兴干部培训班6期，培训312人次。", [("6期", "training", "actual"), ("312人次", "training", "actual")]),
        ("互派挂职干部31人、教师和医生等专技人才244人。", [("31人", "secondment", "actual"), ("244人", "secondment", "actual")]),
        ("选派医疗队3批22人，诊治患者4600余人次。", [("3批", "medical_team", "actual"), ("22人", "medical_team", "actual"), ("4600余人次", "other", "actual")]),
        ("云溪班每年招收青石籍新生50名。", [("50名", "students", "quota")]),
        ("转移农村劳动力到云溪就业860人，其中脱贫劳动力512人。", [("860人", "jobs", "actual"), ("512人", "jobs", "actual")]),
        ("组织26个村、9所学校、4家医院结对共建。", [("26个", "pairing", "actual"), ("9所", "pairing", "actual"), ("4家", "pairing", "actual")]),
        ("召开联席会议2次，两地互访18批次326人次。", [("2次", "meeting", "actual"), ("18批次", "visit", "actual"), ("326人次", "visit", "actual")]),
        ("签订合作协议12份。", [("12份", "agreement", "actual")]),
        ("新建安居房1200套、通村公路36.5公里，4.8万名群众受益。",
         [("1200套", "other", "actual"), ("36.5公里", "other", "actual"), ("4.8万名", "other", "actual")]),
        ("县财政滞留援助资金320万元超过一年。", [("320万元", "other", "actual")]),
        ("户均补助3万元，人均年增收2600元。", [("3万元", "other", "actual"), ("2600元", "other", "actual")]),
        ("村集体收入由17.8万元提高到40.8万元。", [("40.8万元", "other", "actual")]),
    ],
)  # fmt: skip
def test_each_number_is_what_its_words_say(sentence, facts):
    assert told(sentence) == facts


@pytest.mark.parametrize(
    "sentence",
    [
        "青石县平均海拔3200米，总人口12.6万人，国土面积4300平方公里。",
        "全县下辖3镇9乡112个行政村。",
        "本协议一式四份，双方各执两份。",
        "距云溪市约1900公里。",
        "全县地区生产总值38.6亿元，比上年增长6.1%。",
        "浏览次数：1286次",
    ],
)
def test_numbers_of_a_place_or_of_the_paper_are_no_facts(sentence):
    assert told(sentence) == []


def test_a_plan_speaks_of_what_is_to_be_and_of_what_was():
    plan = "云溪市对口支援青石县2024年工作计划"
    assert told("选派教师20名，培训干部300人次。", plan) == [
        ("20名", "secondment", "planned"),
        ("300人次", "training", "planned"),
    ]


def test_a_passage_of_another_programme_is_set_aside():
    found = read(
        [
            TITLE,
            "（2023年9月5日）",
            "云溪市拨付青石县资金100万元。",
            "又讯：江南省对口支援雪山州项目推进会召开，安排项目45个。",
        ]
    )
    assert [c.paragraph for c in found.candidates if c.number] == [3]
    assert [place for place, _ in found.set_aside] == [4]


def test_rows_of_a_table_bear_the_unit_of_its_head():
    paper = [
        "关于拨付2023年对口支援资金的通知", "各县财政局：", "现将资金拨付你们，请抓紧使用，严格管理，确保专款专用。", "单位：万元", "县别    金额", "青石县    1200.5", "松源县    860", "合计    2060.5",
    ]  # fmt: skip
    found = [(c.text, c.kind, c.json()["value"], c.part) for c in read(paper).candidates if c.number]
    assert found == [
        ("1200.5", "funds_disbursed", 12_005_000, ""), ("860", "funds_disbursed", 8_600_000, ""), ("2060.5", "funds_disbursed", 20_605_000, "total"),
    ]  # fmt: skip


def test_columns_are_read_by_their_names():
    paper = ["云溪市对口支援项目进度", "项目,计划资金(万元),已拨付(万元),培训人数", "青石冷库,400,360,25"]
    found = [(c.text, c.kind) for c in read(paper).candidates if c.number]
    assert found == [("400", "funds_planned"), ("360", "funds_disbursed"), ("25", "training")]


def test_money_keeps_its_state_and_its_bounds():
    (candidate,) = [c for c in read([TITLE, "已拨付近6亿元。"]).candidates if c.number]
    assert candidate.state == "disbursed"
    assert (candidate.quantity.low, candidate.quantity.high) == (540_000_000_00, 600_000_000_00 - 1)


def test_a_yearly_amount_says_so_and_is_no_total():
    (candidate,) = [c for c in read([TITLE, "每年安排援助资金3000万元。"]).candidates if c.number]
    assert (candidate.kind, candidate.per) == ("funds_planned", "每年")


def test_a_row_whose_unit_stands_in_its_own_cell_bears_it():
    paper = [
        "云溪市对口支援青石县项目进度",
        "指标    单位    数量",
        "通村公路    公里    12",
        "拨付资金    万元    300",
    ]
    found = [(c.text, c.json()["unit"], c.json()["value"]) for c in read(paper).candidates if c.number]
    assert found == [("12", "km", 12), ("300", "yuan", 3_000_000)]


def test_the_row_of_the_total_may_lack_cells():
    paper = [
        "关于拨付2023年对口支援资金的通知", "单位：万元", "县别    结对区    金额    项目数（个）", "青石县    东山区    1200.5    8", "合计    1200.5    8",
    ]  # fmt: skip
    found = [(c.text, c.kind) for c in read(paper).candidates if c.number]
    assert found == [("1200.5", "funds_disbursed"), ("8", "project_count")] * 2


def test_rows_of_name_and_number_bear_the_unit_said_above():
    paper = ["关于下达2023年对口支援资金的通知", "附件：资金分配表（单位：万元）", "青石县　1,200.00", "松源县　860.00"]
    assert [c.json()["value"] for c in read(paper).candidates] == [12_000_000, 8_600_000]


@pytest.mark.parametrize(
    ("sentence", "facts"),
    [
        ("签订协议资金1.08亿元，到位3120万元。", [("1.08亿元", "agreement_amount"), ("3120万元", "investment")]),
        ("累计拨付资金9亿元，社会动员3500万元。分地区看，青石县4.4亿元。",
         [("9亿元", "funds_disbursed"), ("3500万元", "funds_raised"), ("4.4亿元", "funds_disbursed")]),
        ("共募集款物1.9亿元，其中现金1.5亿元。", [("1.9亿元", "funds_raised"), ("1.5亿元", "funds_raised")]),
        ("选派队员32名，其中党政6名、医生9名、规划6名。",
         [("32名", "secondment"), ("6名", "secondment"), ("9名", "medical_team"), ("6名", "secondment")]),
        ("已竣工（含培训班结业）项目31个。", [("31个", "project_count")]),
        ("医疗队方面，累计派出20批次。", [("20批次", "medical_team")]),
        ("我市选派2名干部、10名教师和医生到青石县。", [("2名", "secondment"), ("10名", "secondment")]),
        ("组织村干部22人到云溪参观。", [("22人", "visit")]),
        ("组织教师、村干部50人次到云溪学习。", [("50人次", "training")]),
        ("不远两千公里，云溪市来了30人。", [("30人", "other")]),
    ],
)  # fmt: skip
def test_the_words_that_govern_a_number_may_stand_behind_it_or_in_an_earlier_clause(sentence, facts):
    assert [(text, kind) for text, kind, _ in told(sentence)] == facts


@pytest.mark.parametrize("word", ["争取", "力争落实", "统筹安排"])
def test_money_that_a_plan_speaks_of_is_planned(word):
    assert told(f"{word}援助资金3500万元。", "云溪市对口支援青石县2024年工作方案") == [
        ("3500万元", "funds_planned", "planned")
    ]


def test_those_that_are_begun_and_finished_are_parts_of_all():
    found = read([TITLE, "（2023年9月5日）", "实施项目22个，开工20个，完工6个。"]).candidates
    assert [c.part for c in found if c.number] == ["", "part", "part"]


def test_news_of_another_place_below_the_paper_are_set_aside():
    paper = [TITLE, "（2023年9月5日）", "云溪市拨付青石县资金100万元。", "另讯：江南省援助青石县的3个项目开工。"]
    assert [place for place, _ in read(paper).set_aside] == [4]


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        ("在建项目共27个，交钥匙9个、交支票18个。", ["9个", "18个"]),
        ("拨付资金680万元，财政资金400万元，各界280万元。", ["400万元", "280万元"]),
        ("拨付资金680万元，财政资金400万元，各界270万元。", []),
        ("实施项目27个，受益企业27个。", []),
        ("项目按领域分：住房58个、教育39个、人才24个，合计121个。", []),
    ],
)
def test_numbers_that_come_to_the_one_before_them_are_its_parts(sentence, parts):
    found = read([TITLE, "（2023年9月5日）", sentence]).candidates
    assert [c.text for c in found if c.number and c.part == "part"] == parts


def test_what_is_counted_is_of_the_kind_of_its_whole():
    assert told("实施项目204个：保障性住房180个、干部人才24个。") == [
        ("204个", "project_count", "actual"),
        ("180个", "project_count", "actual"),
        ("24个", "project_count", "actual"),
    ]
