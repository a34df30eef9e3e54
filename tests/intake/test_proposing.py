"""What was read becomes facts: fields, several numbers of one event, what lacks, what has no record; all expectations by hand."""

from datetime import date

import pytest

from duikou.intake.proposing import propose
from duikou.intake.proposing_passage import fragment, section_of
from duikou.intake.proposing_record import Ground, Known
from duikou.intake.proposing_ways import ways
from duikou.intake.prose.candidate import KINDS, Candidate, Party, Reason
from duikou.intake.prose.reading import Reading
from duikou.intake.wordings import Example
from duikou.rules.donations import Gift
from duikou.rules.enterprises import Intent, Investment
from duikou.rules.funds import Secured, StatedDisbursement
from duikou.rules.people import Secondment, StudyClass, Training
from duikou.rules.period import Period, parse
from duikou.rules.projects import StatedTotal
from duikou.rules.quantity import Quantity, exactly, hedged, yuan

ORGANISATIONS = {
    "tj": Known("天津市", "120000", "government"), "gsl": Known("天津市工商联", "120000", "society"),
    "hn": Known("青海省黄南藏族自治州", "632300", "government"), "hnx": Known("河南蒙古族自治县", "632324", "government"),
    "jctz": Known("天津某投资有限公司", "120116", "enterprise"),
}  # fmt: skip
TIANJIN, GSL = Party("我市", "天津市", "tj"), Party("市工商联", "天津市工商联", "gsl")
HUANGNAN, COUNTY = Party("黄南州", "青海省黄南藏族自治州", "hn"), Party("河南县", "", "hnx")


def seen(text, kind, words, quantity=None, **more):
    """A candidate as the reader gives it, where its words stand in a text."""
    start = text.index(words)
    first = text.rfind("。", 0, start) + 1
    last = text.find("。", start) + 1 or len(text)
    return Candidate(
        kind=kind, paragraph=1, start=start, end=start + len(words), text=words, sentence=(first, last),
        quantity=quantity, **more,
    )  # fmt: skip


def proposals(text, *candidates, examples=(), anchor=date(2011, 8, 29), home="120000"):
    ground = Ground((text,), "120000", "632300", home, ORGANISATIONS, examples, anchor)
    return propose(Reading(candidates, (), (), len(candidates), anchor), ground)


def one(text, *candidates, **more):
    (found,) = proposals(text, *candidates, **more)
    return found


def test_a_gift_of_money_says_form_giver_receiver_sector_and_purpose():
    text = "市工商联捐资160万元援助黄南州教育项目。"
    found = one(text, seen(text, "donation_cash", "160万元", yuan(1600000), giver=GSL, receiver=HUANGNAN))
    assert found.fact == Gift(
        form="cash", sector="education", giver="gsl", receiver="hn", purpose="黄南州教育项目", amount=yuan(1600000)
    )
    assert found.ready


def test_goods_are_named_before_or_after_their_number_and_bear_no_yuan():
    for text, words in (
        ("市工商联为河南县捐助教学用电脑20台。", "20台"),
        ("市工商联向河南县捐赠20台教学用电脑。", "20台"),
    ):
        found = one(text, seen(text, "donation_goods", words, exactly(20, "machine"), giver=GSL, receiver=COUNTY))
        assert (found.fact.goods, found.fact.number, found.fact.amount) == ("教学用电脑", exactly(20, "machine"), None)


def test_secured_money_and_what_was_paid_of_it_are_two_facts_up_to_the_day_of_the_text():
    text = "今年我市先期启动的2000万元对口支援资金已经落实，其中1000万元已拨付到位。"
    year = parse("2011")
    first, second = proposals(
        text,
        seen(text, "funds_secured", "2000万元", yuan(20000000), giver=TIANJIN, period=year),
        seen(text, "funds_disbursed", "1000万元", yuan(10000000), giver=TIANJIN, period=year, part="其中"),
    )
    days = Period(date(2011, 1, 1), date(2011, 8, 29))
    assert first.fact == Secured(amount=yuan(20000000), source="city", purpose="对口支援资金", when=days)
    assert second.fact == StatedDisbursement(
        amount=yuan(10000000), as_of=date(2011, 8, 29), status="paid_over", when=days
    )
    assert second.total


def test_a_count_of_projects_is_a_stated_total_of_the_day():
    text = "12个对口支援项目全部启动实施。"
    found = one(text, seen(text, "project_count", "12个", exactly(12, "item")))
    assert found.fact == StatedTotal(
        of="projects", as_of=date(2011, 8, 29), amount=exactly(12, "item"), status="started"
    )


def test_courses_and_person_times_that_stand_together_are_one_training():
    text = "举办乡村医生培训班4期164人次，选派12名教师支教。"
    first, second = proposals(
        text,
        seen(text, "training", "4期", exactly(4, "session"), giver=TIANJIN),
        seen(text, "training", "164人次", exactly(164, "person_time"), giver=TIANJIN),
        seen(text, "secondment", "12名", exactly(12, "person"), giver=TIANJIN),
    )
    assert isinstance(first.fact, Training)
    assert (first.fact.sessions, first.fact.person_times) == (exactly(4, "session"), exactly(164, "person_time"))
    assert (first.fact.subject, first.fact.type, first.fact.basis) == ("乡村医生", "specialist", "actual")
    assert isinstance(second.fact, Secondment)
    assert (second.fact.people, second.fact.direction, second.fact.type) == (
        exactly(12, "person"),
        "to_receiving",
        "teacher",
    )


def test_the_numbers_of_one_firm_in_a_sentence_are_one_investment():
    text = (
        "天津某投资有限公司独资的青海某饮料有限公司落户河南县，项目总投资6000万元，目前已建成投产，年加工矿泉水可达7.2万吨，"
        "解决就业近百人，预计年实现产值上亿元、利税2000万元。"
    )
    firm = {"giver": Party("天津某投资有限公司", "", "jctz"), "receiver": COUNTY}
    found = one(
        text,
        seen(text, "investment", "6000万元", yuan(60000000), **firm),
        seen(text, "capacity", "可达7.2万吨", Quantity(None, 72000, "tonne", "up_to"), per="年"),
        seen(text, "jobs", "近百人", hedged("nearly", 100, "person")),
        seen(text, "output", "上亿元", Quantity(10**10, None, "fen", "at_least"), basis="expected", per="年"),
        seen(text, "profit_and_tax", "2000万元", yuan(20000000), basis="expected", per="年"),
    )
    assert found.fact == Investment(
        name="青海某饮料有限公司", status="in_production", investor="jctz", region="632324", product="矿泉水",
        total=yuan(60000000), capacity=Quantity(None, 72000, "tonne", "up_to"), jobs=hedged("nearly", 100, "person"),
        output=Quantity(10**10, None, "fen", "at_least"), output_basis="expected", profit=yuan(20000000),
        profit_basis="expected", sole=True,
    )  # fmt: skip
    told = found.told(9, "supporting", (text,))
    assert {aspect: source.fragment for aspect, source in told.sources.items()} == {
        "": "项目总投资6000万元", "total": "项目总投资6000万元", "capacity": "年加工矿泉水可达7.2万吨", "jobs": "解决就业近百人",
        "output": "预计年实现产值上亿元", "profit": "利税2000万元",
    }  # fmt: skip


def test_two_firms_in_a_sentence_are_two_investments():
    text = "甲乳业有限公司投资300万元、年产值900万元，乙药业有限公司投资500万元。"
    found = proposals(
        text,
        seen(text, "investment", "300万元", yuan(3000000)),
        seen(text, "output", "900万元", yuan(9000000)),
        seen(text, "investment", "500万元", yuan(5000000)),
    )
    assert [(p.fact.total, p.fact.output) for p in found] == [(yuan(3000000), yuan(9000000)), (yuan(5000000), None)]


def test_an_intention_is_signed_at_an_event_and_is_no_investment():
    text = "同时积极组团参加“青洽会”，达成意向协议金额近6亿元。"
    amount = hedged("nearly", 6 * 10**10, "fen")
    found = one(text, seen(text, "agreement_amount", "近6亿元", amount, basis="intended"))
    assert found.fact == Intent(event="青洽会", amount=amount)


def test_a_quota_of_each_year_is_a_class():
    text = "在天津市某中学增设了天津黄南高中班，每年从黄南州招收45名中考生来津就学。"
    found = one(text, seen(text, "students", "45名", exactly(45, "person"), basis="quota", per="每年"))
    assert found.fact == StudyClass(name="天津黄南高中班", school="", intake=exactly(45, "person"))
    assert [lack.field for lack in found.lacking] == ["school"]


def test_people_who_come_here_are_sent_to_the_side_whose_words_these_are():
    text = "选派5名州县领导干部来津进行挂职锻炼。"
    ours = one(text, seen(text, "secondment", "5名", exactly(5, "person")))
    theirs = one(text, seen(text, "secondment", "5名", exactly(5, "person")), home="632300")
    assert (ours.fact.direction, ours.fact.level) == ("to_supporting", "州县领导干部")
    assert theirs.fact.direction == "to_receiving"


@pytest.mark.parametrize(
    ("text", "to"),
    [
        ("黄南州选派12名干部赴天津挂职。", "to_supporting"),
        ("选派12名教师到黄南支教。", "to_receiving"),
        ("援派12名教师。", "to_receiving"),
        ("选派12名干部赴某地挂职。", ""),
    ],
)
def test_where_people_go_says_the_direction_and_an_unknown_place_says_none(text, to):
    assert one(text, seen(text, "secondment", "12名", exactly(12, "person"))).fact.direction == to


def test_goods_with_yuan_are_a_valuation_and_no_gift():
    text = "市工商联捐赠物资折价30万元。"
    found = one(text, seen(text, "donation_goods", "30万元", yuan(300000), giver=GSL))
    assert found.fact is None
    assert "折价另记" in found.why


def test_of_a_list_of_goods_each_number_has_its_own():
    text = "市工商联捐赠彩超2台、药品67箱。"
    found = proposals(
        text,
        seen(text, "donation_goods", "2台", exactly(2, "machine"), giver=GSL),
        seen(text, "donation_goods", "67箱", exactly(67, "piece"), giver=GSL),
    )
    assert [(p.fact.goods, p.fact.number.low) for p in found] == [("彩超", 2), ("药品", 67)]


@pytest.mark.parametrize(
    ("kind", "more", "why"),
    [
        ("donation_cash", {"basis": "intended"}, "意向"),
        ("secondment", {"basis": "planned"}, "计划"),
        ("donation_cash", {"per": "每县"}, "每一份的数"),
        ("training", {"part": "其中"}, "其中数"),
        ("funds_received", {}, "到账凭"),
        ("other", {}, "没有放这个数的记录"),
    ],
)
def test_what_makes_no_record_says_why(kind, more, why):
    text = "某某30某某。"
    unit = "person" if kind in ("secondment", "training") else "fen"
    found = one(text, seen(text, kind, "30", exactly(30, unit), **more))
    assert found.fact is None
    assert why in found.why
    assert not found.ready


def test_a_party_that_the_book_does_not_know_stays_words_and_is_attached_to_nobody():
    text = "市工商联合会某分会捐资30万元。"
    unknown = Party("市工商联合会某分会")
    found = one(text, seen(text, "donation_cash", "30万元", yuan(300000), giver=unknown))
    assert [(lack.field, lack.words) for lack in found.lacking] == [("giver", "市工商联合会某分会")]
    assert found.fact.giver == ""
    assert not found.ready


def test_an_area_stands_for_its_government_and_a_government_for_its_area():
    text = "某公司在河南县投资300万元，河南县受助。"
    area = Party("河南县", "", "632324")
    gift = one(text, seen(text, "donation_cash", "300万元", yuan(3000000), giver=GSL, receiver=area))
    firm = one(text, seen(text, "investment", "300万元", yuan(3000000), receiver=COUNTY))
    assert gift.fact.receiver == "hnx"
    assert firm.fact.region == "632324"


def test_what_the_office_has_taught_is_used_first_and_is_said():
    text = "市工商联落实到位30万元用于教育。"
    taught = (
        Example("kind", "落实到位", "funds_secured", "donation_cash"),
        Example("gift.sector", "用于教育", "education", "culture"),
    )
    found = one(text, seen(text, "funds_secured", "30万元", yuan(300000), giver=GSL), examples=taught)
    assert (found.fact.kind, found.fact.sector) == ("gift", "culture")
    assert found.taught == (
        Reason("kind", "落实到位", 4, 8), Reason("sector", "用于教育", 12, 16)
    )  # fmt: skip


def test_what_was_taught_of_one_part_of_a_sentence_is_not_used_in_the_next():
    text = "市工商联援助教育30万元；市工商联捐资20万元用于学校。"
    found = one(
        text,
        seen(text, "donation_cash", "20万元", yuan(200000), giver=GSL),
        examples=(Example("gift.sector", "援助", "education", "culture"),),
    )
    assert (found.fact.sector, found.taught) == ("education", ())


def test_a_taught_name_means_the_organisation_the_office_chose():
    text = "市商会捐资30万元。"
    said = seen(text, "donation_cash", "30万元", yuan(300000), giver=Party("市商会"))
    assert one(text, said, examples=(Example("party", "市商会", "", "gsl"),)).fact.giver == "gsl"


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("市工商联捐资160万元援助黄南州教育项目", "160万元", "市工商联捐资160万元援助黄南州教育项目"),
        ("，年加工矿泉水可达7.2万吨，", "可达7.2万吨", "年加工矿泉水可达7.2万吨"),
        ("一二三四五六七八九十一二三四五六七八30万元", "30万元", "五六七八九十一二三四五六七八30万元"),
        ("30万元", "30万元", "30万元"),
    ],
)
def test_a_fragment_has_the_number_and_at_most_twenty_characters_of_its_clause(text, words, expected):
    at = text.index(words)
    found = fragment(text, at, at + len(words))
    assert words in found
    assert len(found) <= 20
    assert found in text
    assert found == expected[:20] or found.endswith(words)


def test_the_chapter_of_a_paragraph_is_the_last_heading_above_it():
    texts = ("一、领导重视", "甲。", "二、规划先行", "乙。", "丙。")
    assert [section_of(texts, n) for n in (1, 2, 4, 5)] == ["一", "一", "二", "二"]


def test_every_kind_of_the_reader_has_its_way():
    assert set(KINDS) <= set(ways()[0])
