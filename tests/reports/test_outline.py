"""Outlines filled: the wording that fits, nothing left hanging; editions in use; which sentences move."""

import re
from datetime import date
from types import SimpleNamespace

import pytest
from books import OFFICER, PERIOD, kept_example, pay

from duikou.acts.accepting import record_fact, subject_of
from duikou.acts.doing import Forbidden, doing, place_of
from duikou.acts.opening import open_programme
from duikou.acts.outlines import save_outline
from duikou.acts.verify import verify
from duikou.records.models import Commitment as Promise
from duikou.records.models import Organisation
from duikou.reports.acceptance import acceptance
from duikou.reports.outline import (
    BadOutline,
    NoProject,
    fill,
    names_in,
    numeral,
    outline,
    outlines,
    paper,
    problems,
    read,
)
from duikou.reports.outline_filling import Filling, closed, said_period
from duikou.reports.outline_moved import moved
from duikou.reports.paper import text_of
from duikou.reports.pdf import write_pdf
from duikou.reports.printed import Printed
from duikou.reports.word import check_text, write_paper
from duikou.rules.cooperation import Sale
from duikou.rules.donations import Gift
from duikou.rules.fact import Told
from duikou.rules.governance import Commitment, CommitmentReply
from duikou.rules.period import parse
from duikou.rules.problem import Refused
from duikou.rules.programmes import Programme as ProgrammeFact
from duikou.rules.quantity import yuan
from duikou.rules.rights import everywhere
from duikou.snapshot.store import freeze

pytestmark = pytest.mark.django_db
TEXT = "名称：短报\n题目：{支援方}短报\n\n"
LEADER = everywhere("lingdao", "leader")


@pytest.fixture(scope="module")
def kept(django_db_setup, django_db_blocker, tmp_path_factory):
    """The example and an almost empty programme, frozen once."""
    with kept_example(django_db_blocker, tmp_path_factory.mktemp("outlines")) as programme:
        fact = ProgrammeFact(
            title="空的方案",
            scheme="east_west",
            supporting="110000",
            receiving="653200",
            code="kong",
            opened=date(2011, 1, 1),
        )
        open_programme(fact, person=OFFICER, reason="试")
        yield SimpleNamespace(programme=programme, snapshot=freeze())


@pytest.fixture
def book(kept, db):
    """The same, to be written to by one test."""
    return kept


def said(kept, *lines, programme="tj-hn", period=PERIOD):
    """The paragraphs of an outline of these lines."""
    made = fill(read(TEXT + "\n".join(lines), "t"), kept.snapshot, programme, period)
    return [text_of(paragraph.pieces) for paragraph in made.body]


@pytest.mark.parametrize("code", [c for c in outlines() if c != "project"])
@pytest.mark.parametrize("programme", ["tj-hn", "kong", "tc-ht", "bj-ht"])
def test_a_filled_paper_has_no_gap_no_zero_and_nothing_left_hanging(kept, code, programme):
    made = paper(kept.snapshot, code, programme, PERIOD)
    texts = [text_of(paragraph.pieces) for paragraph in made.body if not paragraph.level]
    assert texts
    odd = re.compile(
        r"[，、；：。][，、；。]|^[，、；。]|[，、；：]$|\{|\}|\[|\]|(?<![0-9.])0[名个次元万亿]|None|【|\x00"
    )
    assert [text for text in texts if odd.search(text.replace("如下：", "如下")) or not text.endswith("。")] == []
    assert check_text(made, names_in(kept.snapshot)) == []


def test_a_heading_stands_over_something(kept):
    for code in outlines():
        for programme in ("kong", "tj-hn"):
            try:
                body = paper(kept.snapshot, code, programme, PERIOD).body
            except NoProject:
                continue
            assert not [
                1
                for a, b in zip(body, [*body[1:], None], strict=True)
                if a.level and (b is None or 0 < b.level <= a.level)
            ]


def test_a_paper_of_one_project_wants_a_project(kept):
    with pytest.raises(NoProject, match="还没有登记项目"):
        paper(kept.snapshot, "project", "kong", PERIOD)
    with pytest.raises(NoProject, match="没有项目 999999"):
        paper(kept.snapshot, "project", "tj-hn", PERIOD, project=999999)
    assert paper(kept.snapshot, "project", "tj-hn", PERIOD).title == "热贡文化广场|项目情况"


def test_all_is_said_only_when_it_is_all(kept):
    """12 projects, 12 started; 5 of them are listed by name."""
    line = "【{已启动实施项目数}等于{%s}】{已启动实施项目数}全部启动。"
    assert said(kept, line % "项目数", "否则：部分启动。") == ["12个全部启动。"]
    assert said(kept, line % "列名项目数", "否则：{项目数}中{已启动实施项目数}启动。") == ["12个中12个启动。"]


@pytest.mark.parametrize(
    ("line", "paragraph"),
    [
        ("【{意向协议金额}是概数】达成意向{意向协议金额}。", "达成意向近6亿元。"),
        ("达成意向{意向协议金额}。\n概数：意向约数{意向协议金额}。", "意向约数近6亿元。"),
        ("拨付{已拨付到位}。\n概数：不到这里。", "拨付1000万元。"),
        ("支出{已支出}。\n没有数：尚无支出数。", "尚无支出数。"),
        ("甲，\n支出{已支出}。", "甲。"),
        ("【有捐助】有捐助。\n【没有捐助】没有捐助。", "有捐助。"),
        ("【逐个写{教育类捐资与筹资}的捐方，占10%以上】其中：【每个：{成员}{数}；】。", "其中：天津滨海新区300万元；天津市工商联160万元。"),
        ("【逐个写{教育类捐资与筹资}的捐方，占50%以上，有几个时】其中：【每个：{成员}；】。\n没有数：不分列。", "不分列。"),
        ("【引出下文】{第几}是资金。\n支出{已支出}。\n【引出下文】{第几}是项目。\n项目{项目数}。", "项目。项目12个。"),
        ("【引出下文】{第几}是人才。\n培训{培训人数}。\n【引出下文】{第几}是项目。\n项目{项目数}。", "一是人才。培训15名。二是项目。项目12个。"),
        ("【逐年写，有几个时】拨付：【每年：{年份}{已拨付到位}、】。\n没有数：不分年。", "不分年。"),
        ("【逐年写】拨付：【每年：{年份}{已拨付到位}、】。", "拨付：2011年1000万元。"),
        ("拨付{已拨付到位}【有则写：，支出{已支出}】【有则写：，落实{先期启动资金（已落实）}】。", "拨付1000万元，落实2000万元。"),
        ("【逐条写意向】【每条：{名称}{本条意向}；】。", "青洽会近6亿元。"),
        ("【逐条写规划】【每条：{名称}；】。\n有几条：规划有几个。", "规划有几个。"),
    ],
)  # fmt: skip
def test_the_wording_that_fits_is_said(kept, line, paragraph):
    assert said(kept, *line.split("\n")) == [paragraph]


def test_chapters_and_parts_are_numbered_as_they_are_said(kept):
    lines = [
        "一、空的",
        "支出{已支出}。",
        "二、有的",
        "（一）空的",
        "支出{已支出}。",
        "（二）项目",
        "项目{项目数}。",
        "【结尾】",
        "完。",
    ]
    assert said(kept, *lines) == ["一、有的", "（一）项目", "项目12个。", "完。"]


@pytest.mark.parametrize(
    ("code", "words"),
    [("2023", "2023年"), ("2023-01..2023-06", "2023年上半年"), ("2023-07..2023-12", "2023年下半年"), ("2023-01..2023-09", "2023年1—9月"),
     ("2011..2020", "2011—2020年"), ("2023-05", "2023年5月"), ("2010-08..2011-08", "2010年8月—2011年8月")],
)  # fmt: skip
def test_a_period_is_said_as_papers_say_it(code, words):
    assert said_period(parse(code)) == words


@pytest.mark.parametrize(("number", "words"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (23, "二十三")])
def test_points_are_counted_beyond_ten(number, words):
    assert numeral(number) == words


def test_a_text_that_is_not_understood_is_no_outline():
    with pytest.raises(BadOutline, match="第 4 行"):
        read(TEXT + "甲{无此数}。", "t")


# ---- editions


def keep(book, text, person=OFFICER, reason="改了", made_from=0, **more):
    return save_outline(
        "monthly", "月度简报", text, programme=book.programme, person=person, reason=reason, made_from=made_from,
        shipped=outlines()["monthly"].text, odd=problems(text), **more,
    )  # fmt: skip


NEW = TEXT + "拨付{已拨付到位}。\n"


def test_the_youngest_edition_is_in_use_and_older_ones_stay(book):
    assert outline("monthly", "tj-hn").edition == 0
    keep(book, NEW)
    keep(book, NEW + "项目{项目数}。\n", made_from=1)
    assert (outline("monthly", "tj-hn").edition, outline("monthly", "tj-hn", 1).text) == (2, NEW)
    assert outline("monthly", "tj-hn", 0) is outlines()["monthly"]
    assert outline("monthly", "bj-ht").edition == 0
    made = [text_of(paper(book.snapshot, "monthly", "tj-hn", PERIOD, edition=n).body[0].pieces) for n in (1, 2)]
    assert made == ["拨付1000万元。", "拨付1000万元。项目12个。"]
    with pytest.raises(KeyError):
        outline("monthly", "tj-hn", 3)
    assert not verify().problems


def test_papers_of_two_editions_have_two_numbers(book):
    keep(book, NEW)
    assert len({paper(book.snapshot, "monthly", "tj-hn", PERIOD, edition=n).number for n in (0, 1)}) == 2


def test_a_text_with_odd_lines_is_refused_with_all_of_them(book):
    with pytest.raises(Refused) as refused:
        keep(book, TEXT + "甲{无此数}。\n乙12个。\n")
    assert [problem.place for problem in refused.value.problems if problem.code == "outlines.1"] == [
        "第 4 行",
        "第 5 行",
    ]
    assert outline("monthly", "tj-hn").edition == 0


def test_an_edition_made_from_an_older_one_does_not_cover_the_younger(book):
    keep(book, NEW)
    with pytest.raises(Refused, match="从第 0 版改起，现已有第 1 版"):
        keep(book, NEW + "项目{项目数}。\n")


def test_nothing_changed_is_no_edition_and_an_edition_says_why(book):
    with pytest.raises(Refused, match="与在用的一版相同"):
        keep(book, outlines()["monthly"].text.replace("\n", "\r\n"))
    with pytest.raises(Refused, match="没有写"):
        keep(book, NEW, reason=" ")


def test_a_leader_does_not_edit_outlines(book):
    with pytest.raises(Forbidden):
        keep(book, NEW, person=LEADER)


# ---- which sentences move


def test_one_payment_moves_the_sentences_that_say_its_sum(book):
    """1000万元 said in total and 120万元 paid after its day make 1120万元."""
    before = paper(book.snapshot, "situation", "tj-hn", "2010-08..2011-12")
    pay(book.programme, 1_200_000, date(2011, 9, 5), "凭2011-001")
    after = paper(freeze(), "situation", "tj-hn", "2010-08..2011-12")
    found = moved(before, after)
    assert [(one.old, one.new) for one in found if "拨付" in one.old] == [
        ("其中1000万元已拨付到位；", "其中1120万元已拨付到位；")
    ]
    assert [one.old for one in found if "拨付" not in one.old] == [
        "现将天津市对口支援青海省黄南藏族自治州工作情况汇报如下，数据截至2011年8月29日。"
    ]


def test_nothing_moves_where_nothing_changed(kept):
    made = paper(kept.snapshot, "annual", "tj-hn", PERIOD)
    assert moved(made, made) == []


@pytest.mark.parametrize("period", ["2009", "2014", "2014q1"])
def test_a_period_of_which_the_book_knows_nothing_is_reported_without_a_gap(kept, period):
    for code in outlines():
        if code != "project":
            assert check_text(paper(kept.snapshot, code, "tj-hn", period), names_in(kept.snapshot)) == [], code


STAGES = "图：资金各环节，已落实{先期启动资金（已落实）}、已拨付{已拨付到位}、已支出{已支出}"


def made_of(kept, *lines, period=PERIOD):
    return fill(read(TEXT + "\n".join(lines), "t"), kept.snapshot, "tj-hn", period)


def test_a_chart_stands_under_its_sentence_and_is_counted(kept):
    """2000万元 the longest; 1000万元 half of it, the other half not paid out; nothing known of 支出; 300, 160, 30 by giver."""
    made = made_of(
        kept, "拨付{已拨付到位}。", STAGES, "捐助{教育类捐资与筹资}。", "图：捐助构成，逐个写{教育类捐资与筹资}的捐方"
    )
    first, second = (paragraph.chart for paragraph in made.body)
    assert [text_of(p.pieces) for p in made.body] == ["拨付1000万元。资金各环节见图1。", "捐助490万元。捐助构成见图2。"]
    assert (first.caption, second.caption) == ("图1　资金各环节（斜线为尚未拨付）", "图2　捐助构成")
    assert [(bar.label, bar.length, bar.rest, text_of((bar.number,))) for bar in first.bars] == [
        ("已落实", 1, 0, "2000万元"), ("已拨付", 0.5, 0.5, "1000万元"),
    ]  # fmt: skip
    assert [(mark.at, mark.text) for mark in first.marks] == [
        (0, "0"),
        (0.25, "500"),
        (0.5, "1000"),
        (0.75, "1500"),
        (1, "2000"),
    ]
    assert [(bar.label, text_of((bar.number,))) for bar in second.bars] == [
        ("天津滨海新区", "300万元"), ("天津市工商联", "160万元"), ("滨海新区大港管委会", "30万元"),
    ]  # fmt: skip
    assert second.bars[2].length == pytest.approx(0.1)


def test_a_chart_of_fewer_than_two_figures_is_not_drawn_and_not_spoken_of(kept):
    made = made_of(
        kept,
        "拨付{已拨付到位}。",
        "图：支出情况，已拨付{已拨付到位}、已支出{已支出}",
        "",
        "图：历年拨付，逐年写{已拨付到位}",
    )
    assert [(text_of(p.pieces), p.chart) for p in made.body] == [("拨付1000万元。", None)]


def test_an_official_table_goes_with_the_paper_each_number_with_its_unit(kept):
    made = made_of(kept, "附件：综合表", "拨付{已拨付到位}。")
    (annex,) = made.annexes
    assert annex.plain_title == "天津市对口支援青海省黄南藏族自治州情况统计表"
    (paid,) = [row for row in annex.rows if row.cells[0] == "其中：已拨付到位"]
    assert (paid.cells[1], paid.cells[2].text, paid.cells[2].full) == ("万元", "1000", "1000万元")


def test_a_table_of_its_own_has_a_row_for_each_member_and_the_whole(kept):
    made = made_of(kept, "附件：捐助情况表，逐个写捐方，捐资{教育类捐资与筹资}、电脑{教学用电脑}", "拨付{已拨付到位}。")
    (annex,) = made.annexes
    assert [column.heading for column in annex.columns] == ["", "捐资（万元）", "电脑（台）"]
    assert [[text_of((cell,)) for cell in row.cells] for row in annex.rows] == [
        ["天津滨海新区", "300", ""], ["天津市工商联", "160", ""], ["滨海新区大港管委会", "30", ""],
        ["中国银行天津分行", "", "20"], ["合计", "490", "20"],
    ]  # fmt: skip


def test_a_table_of_which_nothing_is_known_does_not_go_with_the_paper(kept):
    assert (
        made_of(kept, "附件：劳务协作台账", "附件：资金表，逐个写资金来源，支出{已支出}", "项目{项目数}。").annexes
        == ()
    )


def test_of_a_register_too_long_for_paper_the_sums_are_printed_and_where_its_lines_stand_is_said(book):
    """200 lines are printed; of 201, each bought for 1 yuan more than the one before, only 合计: 201 × 202 ÷ 2 = 20301 yuan."""
    march = parse("2011-03")
    sales = [
        Sale(product=f"牦牛肉{n}", region="632300", type="purchase", channel="canteen", amount=yuan(n), when=march)
        for n in range(1, 202)
    ]
    _bought(book.programme, sales[:200])
    (whole,) = made_of(SimpleNamespace(snapshot=freeze()), "附件：消费帮扶台账", "项目{项目数}。").annexes
    assert len(whole.rows) == 201  # and 合计
    _bought(book.programme, sales[200:])
    (short,) = made_of(SimpleNamespace(snapshot=freeze()), "附件：消费帮扶台账", "项目{项目数}。").annexes
    said_, total = [[text_of((cell,)) for cell in row.cells] for row in short.rows]
    assert said_ == ["共201行，另见电子表"]
    assert (total[0], total[6]) == ("合计", "2.03")
    assert short.notes[0].startswith(
        "说明：1. 本表共201行，篇幅较长，这里只印合计；各行全部列入电子表（Excel，表号TJ-HN-T9，"
    )


def _bought(programme, sales):
    """Sales, entered by one act."""
    subject = subject_of(Sale)
    with doing(subject.act, person=OFFICER, place=place_of(programme)) as work:
        subject.enter(work, programme, [Told(sale, {}, {}) for sale in sales], {})


def test_the_papers_of_a_summary_go_out_with_chart_and_table_and_pass_every_check(kept):
    for code in ("annual", "decade", "halfyear", "leader", "situation"):
        made = paper(kept.snapshot, code, "tj-hn", PERIOD)
        assert any(paragraph.chart for paragraph in made.body) is (code != "leader"), code
        assert bool(made.annexes) is (code != "leader")
        printed = write_pdf(made)
        assert (len(Printed(printed)) == 1) is (code == "leader"), code
        problems = acceptance(write_paper(made), printed, names=names_in(kept.snapshot))
        assert [str(problem) for problem in problems] == [], code


def test_an_east_west_programme_is_said_as_cooperation_of_both(kept):
    """The programme kong is of east and west; that of Tianjin supports Huangnan."""
    line = "{支援方}{对口支援受援方}的{对口支援}工作。"
    assert said(kept, line, programme="kong") == ["北京市与新疆和田地区东西部协作的东西部协作工作。"]
    assert said(kept, line) == ["天津市对口支援青海省黄南藏族自治州的对口支援工作。"]
    assert paper(kept.snapshot, "annual", "kong", "2011").title == "2011年北京市|与新疆和田地区|东西部协作工作总结"


def test_a_month_without_anything_new_says_only_that(kept):
    (only,) = paper(kept.snapshot, "monthly", "kong", "2011-03").body
    assert text_of(only.pieces) == "2011年3月，北京市与新疆和田地区东西部协作工作没有登记新的进展。"


def test_what_comes_next_are_the_promises_not_yet_answered(book):
    """Of two promises one was answered in May: of the year to June the other is told; of the year to April both are."""
    for promise in ("甲", "乙"):
        record_fact(Commitment(text=promise, when=parse("2011-01")), programme=book.programme, person=OFFICER)
    answered = Promise.objects.get(text="甲").pk
    reply = CommitmentReply(commitment=answered, kept="kept", text="办了", when=parse("2011-05-02"))
    record_fact(reply, programme=book.programme, person=OFFICER)
    line = "【逐条写承诺，期末未答复，有日期】下一步，【每条：{名称}、】。"
    frozen = SimpleNamespace(snapshot=freeze())
    assert said(frozen, line, period="2010-08..2011-06") == ["下一步，乙。"]
    assert said(frozen, line, period="2010-08..2011-04") == ["下一步，甲、乙。"]
    assert problems(TEXT + "【逐条写捐助，期末未答复】{名称}。")[0].expected == "写在“逐条写承诺”之后"


def test_a_name_is_printed_without_half_width_spaces():
    assert closed("12 个项目的名单") == "12个项目的名单"
    assert closed("甲市 乙州2023年协议（第 2 稿）") == "甲市　乙州2023年协议（第2稿）"
    assert closed("GB 9704 sheet 3") == "GB 9704 sheet 3"


def test_an_output_is_called_by_what_is_measured(kept):
    """A school is counted, its buildings are measured."""
    columns = Filling(kept.snapshot, kept.snapshot.rows["programmes"][0], PERIOD).columns
    assert (
        columns(
            {"number": 0, "kind": "output", "type": "school", "target_unit": ""}
            | {"actual_unit": "square_metre", "actual_low": 6, "actual_high": 6, "actual_hedge": "exact"}
        )["type"]
        == "校舍面积"
    )


def test_each_gift_is_said_with_its_own_amount(book):
    """滨海新区 gave 300 and gives 50 more: two lines, 540 together."""
    giver = Organisation.objects.get(name="天津滨海新区").pk
    more = Gift(
        form="cash", giver=giver, sector="education", amount=yuan(500_000), purpose="图书", when=parse("2011-05")
    )
    record_fact(more, programme=book.programme, person=OFFICER)
    said_ = " ".join(text_of(p.pieces) for p in paper(freeze(), "situation", "tj-hn", PERIOD).body)
    assert "天津滨海新区筹资300万元" in said_
    assert "天津滨海新区捐资50万元" in said_
    assert "合计540万元" in said_


def test_a_point_is_announced_only_where_something_follows(kept):
    """No labour of the example: 深化劳务协作 is not said, nor any point without a sentence after it."""
    for code in outlines():
        try:
            body = paper(kept.snapshot, code, "tj-hn", PERIOD).body
        except NoProject:
            continue
        texts = [text_of(paragraph.pieces) for paragraph in body]
        assert [
            t for t in texts if re.search("[一二三四五六七八九]是[^。；，]{4,12}。(?:[一二三四五六七八九]是|$)", t)
        ] == [], code
