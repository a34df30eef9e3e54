"""提纲的写法: what an official may write is understood; what is not is named with its line, what was expected, the remedy."""

import pytest

from duikou.reports.outline import outlines
from duikou.reports.outline_text import parse, sheets

HEAD = "名称：试\n题目：关于{支援方}的报告\n\n"


def read(*lines):
    """The sentences of a text, and what was odd."""
    outline, odd = parse(HEAD + "\n".join(lines) + "\n")
    return list(outline.sentences()), odd


def test_every_outline_that_ships_is_understood():
    assert {code: outline.name for code, outline in outlines().items()} == {
        "annual": "年度总结", "decade": "十年回顾", "halfyear": "半年总结", "leader": "领导参阅", "monthly": "月度简报",
        "pairing": "结对实施方案", "project": "项目简介", "situation": "情况汇报",
    }  # fmt: skip
    assert [code for code, outline in outlines().items() if outline.scope] == ["project"]


@pytest.mark.parametrize("slot", ["{已拨付到位}", "{funds.disbursed}", "｛已拨付到位｝", "{ 已拨付到位 }"])
def test_a_figure_is_named_as_an_official_knows_it_or_by_its_code(slot):
    (sentence,), odd = read(f"其中{slot}已拨付到位。")
    assert (odd, sentence.text) == ((), "其中{funds.disbursed}已拨付到位。")


def test_the_repeated_part_ends_with_the_mark_that_keeps_its_turns_apart():
    (sentence,), odd = read("【逐条写捐助，形式为捐资或筹资】{第几}是捐助。【每条：{捐方}{形式}，用于{用途}；】。")
    assert odd == ()
    assert (sentence.begin, sentence.text, sentence.join, sentence.end) == (
        "{nth}是捐助。", "{giver_name}{form}，用于{label}", "；", "。",
    )  # fmt: skip
    assert (sentence.each.table, sentence.each.where) == ("gifts", {"form": ("cash", "raised")})


def test_other_wordings_stand_below_their_sentence():
    (sentence,), odd = read("对口支援项目{项目数}。", "没有数：项目数尚未报来。", "概数：项目{项目数}左右。")
    assert odd == ()
    assert {when: other.text for when, other in sentence.instead.items()} == {
        "none": "项目数尚未报来。", "hedged": "项目{projects.count}左右。",
    }  # fmt: skip


def test_a_blank_line_ends_a_paragraph_and_a_heading_a_chapter():
    outline, odd = parse(HEAD + "甲。\n乙。\n\n丙。\n\n一、丁\n\n戊。\n（一）己\n庚。\n【结尾】\n辛。\n")
    assert odd == ()
    assert [(s.heading, s.level, [len(p) for p in s.paragraphs]) for s in outline.sections] == [
        ("", 1, [2, 1]), ("丁", 1, [1]), ("己", 2, [1]), ("", 1, [1]),
    ]  # fmt: skip


def test_the_sheets_of_an_outline_are_those_of_sentences_conditions_and_other_wordings():
    outline, _ = parse(HEAD + "【{已启动实施项目数}等于{项目数}】全部启动。\n否则：拨付{已拨付到位}。\n")
    assert list(sheets(outline)) == ["projects.started", "projects.count", "funds.disbursed"]


ODD = [
    ("其中{已拔付到位}。", "{已拔付到位}", "相近的有：已拨付到位"),
    ("其中{funds.disbursd}。", "{funds.disbursd}", "funds.disbursed"),
    ("{捐方}捐资。", "{捐方}", "相近的有"),
    ("其中{已拨付到位。", "括号不成对", "补上缺的{或}"),
    ("【逐条写捐助{捐方}。", "括号不成对", "补上缺的【或】"),
    ("其中}已拨付。", "括号不成对", "补上缺的{或}"),
    ("【大约有的时候】甲。", "条件“大约有的时候”", "写法"),
    ("【逐条写捐肋】{名称}。", "条件“逐条写捐肋”", "相近的有：捐助"),
    ("【逐条写捐助，形式为捐款】{捐方}。", "条件“形式为捐款”", "捐资、筹资、实物、服务"),
    ("【形式为捐资】甲。", "条件“形式为捐资”", "逐条写捐助"),
    ("【逐个写{意向协议金额}的地区】【每个：{成员}；】。", "逐个写{意向协议金额}的地区", "不能分开"),
    ("已拨付1000万元。", "手写的数“1000”", "数字清单"),
    ("已拨付两千万元。", "手写的数“两千万元”", "数字清单"),
    ("工作进展顺利,成效明显。", "半角标点“,”", "全角"),
    ("占比10%-20%。", "短横线", "连接号"),
    ("【每条：{名称}；】。", "【每条：……】", "【逐条写……】"),
    ("图：资金", "图：资金", "如 图：资金各环节，"),
    ("图：资金，已拨付{已拨付到位}", "图：资金，", "如 图：资金各环节，"),
    ("图：混，拨付{已拨付到位}、项目{项目数}", "图：混，", "如 图：资金各环节，"),
    ("图：构成，逐个写{意向协议金额}的捐方", "图：构成，", "不能分开"),
    ("图：历年，逐年写{拨付到位}", "图：历年，", "相近的有：已拨付到位"),
    ("附件：干部人才台账", "附件：干部人才台账", "相近的有："),
    ("附件：汇总表，拨付{已拨付到位}", "附件：汇总表，", "如 附件：资金汇总表"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "found", "remedy"), ODD, ids=[line for line, *_ in ODD])
def test_what_is_odd_is_named_with_its_line(line, found, remedy):
    _, odd = read("第一句。", line)
    mine = [one for one in odd if found in one.found]
    assert mine, odd
    assert {one.line for one in odd} == {5}
    assert remedy in mine[0].remedy
    assert all(one.expected for one in odd)


def test_everything_odd_is_said_at_once():
    _, odd = read("甲{无此数}。", "乙12个。", "【胡写】丙。")
    assert [one.line for one in odd] == [4, 5, 6]


@pytest.mark.parametrize(
    "line", ["2011年8月29日。", "《2011年计划》。", "贯彻铜卫发〔2010〕17号文件。", "“十二五”规划。"]
)
def test_dates_names_and_numbers_of_papers_may_be_typed(line):
    assert read(line)[1] == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [("甲。", "没有题目"), ("题目：甲\n", "没有一句正文"), ("题目：甲\n题目：乙\n\n丙。", "又写了一次"), ("题目：甲\n范围：县\n\n丙。", "范围：县"),
     ("否则：甲。\n题目：乙\n丙。", "否则：甲。"), ("题目：甲\n一、乙。\n丙。", "末尾有标点"), ("题目：{项目数}个\n甲。", "题目里的"),
     ("题目：甲\n产出写法：住房{住房}\n乙。", "产出写法"), ("题目：甲\n产出写法：建成／计划：住房{主房}\n乙。", "住房{主房}")],
)  # fmt: skip
def test_what_is_odd_of_the_whole_is_named_too(text, found):
    assert [one for one in parse(text)[1] if found in one.found]
