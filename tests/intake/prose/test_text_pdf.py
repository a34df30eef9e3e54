"""How the lines of a PDF become paragraphs again: numbers of pages and running heads out, broken lines joined, rows kept."""

from datetime import UTC, date, datetime

import pytest
from intake.prose.text_files import REPORT
from parts import require

from duikou.intake.prose.text import paragraphs
from duikou.intake.prose.text_joined import joined, without_heads
from duikou.intake.prose.text_lines import Line, width
from duikou.reports.pdf import write_pdf
from duikou.reports.word import Paper, Paragraph


def line(text, base, *, left=90.0, size=16.0, page=1):
    return Line(text, left, left + size * width(text), base, size, page)


def page(*texts, number=1, indent=32.0):
    """Lines one under the other; > sets one in, | leaves a step free before it."""
    made, base = [], 700.0
    for text in texts:
        base -= 28 if not text.startswith("|") else 56
        left = 90 + indent if text.startswith(">") else 90
        made.append(line(text.lstrip(">|"), base, left=left, page=number))
    return made


FULL = "援助资金项目实施方案经省级审定后由受援县组织落实并报"  # 26 characters, as many as the column has


def texts(*pages):
    return [paragraph.text for paragraph in joined(pages)]


def test_a_paragraph_that_is_set_in_begins_anew():
    assert texts(page(f">{FULL[:24]}", FULL, "备案。", f">{FULL[:24]}", "完成。")) == [
        f"{FULL[:24]}{FULL}备案。",
        f"{FULL[:24]}完成。",
    ]


def test_a_full_line_that_ends_a_sentence_goes_on_where_paragraphs_are_set_in():
    assert texts(page(f">{FULL[:23]}。", "另行通知。")) == [f"{FULL[:23]}。另行通知。"]


def test_where_nothing_is_set_in_a_sentence_at_the_edge_ends_the_paragraph():
    assert texts(page(FULL, f"{FULL[:25]}。", "另行通知。")) == [f"{FULL}{FULL[:25]}。", "另行通知。"]


def test_a_line_that_left_room_is_the_last_of_its_paragraph():
    assert texts(page("一、资金情况", FULL, "备案。")) == ["一、资金情况", f"{FULL}备案。"]


def test_a_step_of_free_paper_ends_a_paragraph():
    assert texts(page(FULL, FULL, f"|{FULL}", FULL, "备案。")) == [FULL * 2, f"{FULL * 2}备案。"]


def test_a_paragraph_runs_on_over_the_page_with_the_page_it_began_on():
    found = joined([page(f">{FULL[:24]}", FULL), page("备案。", f">{FULL[:24]}", "完。", number=2)])
    assert [(one.text, one.page) for one in found] == [(f"{FULL[:24]}{FULL}备案。", 1), (f"{FULL[:24]}完。", 2)]


def test_a_number_that_was_broken_is_whole_again():
    assert texts(page(f">{FULL[:21]}共计", "2000万元。")) == [f"{FULL[:21]}共计2000万元。"]


def test_rows_of_a_table_stay_by_themselves():
    found = joined([page(FULL, "县\t资金", "清河\t500", FULL)])
    assert [(one.text, one.kind) for one in found] == [
        (FULL, "text"),
        ("县\t资金", "row"),
        ("清河\t500", "row"),
        (FULL, "text"),
    ]


def test_a_title_on_two_lines_is_one():
    title = [line("关于清河县对口支援", 740, left=200, size=22), line("工作情况的报告", 710, left=222, size=22)]
    assert texts([*title, *page(FULL, "备案。")]) == ["关于清河县对口支援工作情况的报告", f"{FULL}备案。"]


@pytest.mark.parametrize("number", ["— {} —", "-{}-", "{}", "第{}页", "第 {} 页 共 4 页", "{}/4", "—{}—"])
def test_numbers_of_pages_are_left_out(number):
    pages = [
        page(f"开头{'甲' * at}", "又" * at, f"末行{'乙' * at}", number.format(at + 2), number=at) for at in (1, 2, 3)
    ]
    assert [[one.text for one in lines] for lines in without_heads(pages)] == [
        [f"开头{'甲' * at}", "又" * at, f"末行{'乙' * at}"] for at in (1, 2, 3)
    ]


def test_a_number_at_the_end_of_a_page_that_does_not_run_on_stays():
    pages = [page("甲", "乙", "丙", said, number=at) for at, said in enumerate(("1", "2", "2000", "4"), 1)]
    assert [lines[-1].text for lines in without_heads(pages)] == ["丙", "丙", "2000", "丙"]


def test_what_most_pages_repeat_at_their_head_is_left_out_and_what_stands_once_stays():
    pages = [page(f"清河县年报 第{at}页", "甲" * at, "乙", "丁" * at, "戊" * at, number=at) for at in (1, 2, 3)]
    assert [lines[0].text for lines in without_heads(pages)] == ["甲", "甲甲", "甲甲甲"]
    assert [lines[0].text for lines in without_heads([page("清河县年报", "一"), page("清河县", "二")])] == [
        "清河县年报",
        "清河县",
    ]


def test_what_differs_in_more_than_the_number_of_the_page_is_no_running_head():
    pages = [
        page("项目表", f"资金{said}万元", "甲" * at, "乙" * at, number=at) for at, said in enumerate((500, 20, 7), 1)
    ]
    assert [[one.text for one in lines][:1] for lines in without_heads(pages)] == [
        ["资金500万元"],
        ["资金20万元"],
        ["资金7万元"],
    ]


def test_headings_that_a_table_repeats_on_every_page_stay_once():
    pages = [
        page("县\t资金", f"{name}\t5", f"{name}二\t6", f"{name}三\t7", number=at) for at, name in enumerate("甲乙丙", 1)
    ]
    assert [lines[0].text for lines in without_heads(pages)] == ["县\t资金", "乙\t5", "丙\t5"]


def test_a_number_alone_in_the_midst_of_a_page_stays():
    assert [one.text for one in without_heads([page("资金", "2000", "万元")])[0]] == ["资金", "2000", "万元"]


def test_our_own_paper_is_read_back():
    require("fonts")
    moment = datetime(2024, 1, 5, tzinfo=UTC)
    body = tuple(Paragraph((said,)) for said in REPORT[2:] * 4)
    paper = Paper(title=REPORT[0], office="对口支援办", day=date(2024, 1, 5), salutation=REPORT[1], body=body, head="账首", head_full="账首", made_at=moment, number="P7K3M9QX")  # fmt: skip
    found = paragraphs("a.pdf", write_pdf(paper))
    at = found.paragraphs.index(REPORT[1])
    assert REPORT[0] in found.paragraphs[:at]
    assert found.paragraphs[at + 1 : at + 1 + len(body)] == REPORT[2:] * 4
    assert found.pages[at + len(body)] > found.pages[at]
