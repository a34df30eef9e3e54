"""The table in official form: its lines, natures, sources and checks; the same as data; what is not there."""

import csv
import dataclasses
import gzip
import io
import re

import pytest
from books import PERIOD

from duikou.statistics.checks import Reading
from duikou.statistics.tables import Check, table_of
from duikou.web import tables as views

TABLE = f"/p/tj-hn/{PERIOD}/t/overview/"
FILE = TABLE.rstrip("/")


@pytest.fixture
def page(visitor):
    return visitor.get(TABLE).content.decode()


def text(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def cells(page, line):
    """The cells of a line of the table, by its number, without the passages under it."""
    row = next(r for r in re.findall(r"<tr>.*?</tr>", page, re.S) if f'<td class="ln">{line}</td>' in r)
    row = re.sub(r'<div class="peek">.*?</div>', "", row, flags=re.S)
    return [text(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        (1, ["先期启动对口支援资金（已落实）", "万元", "1", "2000", "", "2011年", "第14段", "有出处", ""]),
        (2, ["其中：已拨付到位", "万元", "2", "1000", "", "2011年", "第14段", "待核", "1000万元的拨付凭证"]),
        (3, ["拨付进度", "%", "3", "50.0", "计算", "2011年", "第14段", "待核", "第2行÷第1行"]),
        (4, ["已支出", "万元", "4", "", "未报", "", "", "—", "来源未报，留空"]),
        (7, ["捐资与筹资合计", "万元", "7", "490", "计算", "2010.8—2011.8", "第20段", "待核", "其下各单位之和"]),
        (9, ["市工商联", "万元", "9", "160", "", "2010.8—2011.8", "第20段", "有出处", ""]),
        (14, ["解决就业", "人", "14", "近百", "概数", "2010.8—2011.8", "第21段", "有出处", ""]),
        (15, ["年产值", "元", "15", "上亿", "概数 预计", "2010.8—2011.8", "第21段", "有出处", ""]),
        (22, ["调研座谈会", "次", "22", "5", "", "2010年11月", "第12段", "有出处", ""]),
    ],
)
def test_a_line_says_number_nature_time_source_check_and_note(page, line, wanted):
    assert cells(page, line) == wanted


def test_every_number_is_a_link_to_its_trail(page):
    links = re.findall(r'<td class="v"><a class="fig" href="/f/([^"]+)">([^<]+)</a>', page)
    assert len(links) == 21
    assert (f"funds.secured:tj-hn.{PERIOD}", "2000") in links


def test_the_form_has_title_office_period_line_signatures_notes_and_number(page):
    said = text(page)
    assert "<h1>天津市对口支援青海省黄南藏族自治州情况统计表</h1>" in page
    assert re.search(r"资料单位：天津市人民政府合作交流办公室 2010年8月—2011年8月 账本第 \d+ 行", said)
    assert "指标名称 计量单位 行号 数值 性质 时间 依据 核对 说明 甲 乙 丙 1 2 3 4 5 6" in said
    assert "单位负责人： 统计负责人： 填表人： 报出日期：" in said
    assert "说明：1. 空格表示来源未报，不作0处理。" in said
    assert "表号 TJ-HN-01" in said


def test_a_source_opens_to_the_words_under_its_line_and_leads_to_the_trail(page):
    row = page.partition("解决就业</th>")[2].partition("</tr>")[0]
    assert '<summary>第21段</summary><div class="peek">' in row
    assert '……解决就业<mark class="on">近百人</mark>……' in re.sub(r"\n", "", row)
    assert f'href="/f/enterprises.jobs:tj-hn.{PERIOD}#source"' in row


def test_the_checks_are_listed_with_reading_and_numbers(page):
    assert "教育类捐资与筹资的各单位之和等于合计 相等 300万元 ＋ 160万元 ＋ 30万元 ＝ 490万元" in text(page)
    assert "已拨付到位不大于已落实 不大于 1000万元，总数2000万元" in text(page)
    assert "勾稽不符" not in page


def test_a_failing_check_is_said_at_the_top_of_the_table(visitor, monkeypatch):
    broken = (Check("已拨付到位不大于已落实", Reading("fails", "3000万元，总数2000万元")),)
    monkeypatch.setattr(views, "table_of", lambda *of: dataclasses.replace(table_of(*of), checks=broken))
    above = text(visitor.get(TABLE).content.decode().partition("<table")[0])
    assert "勾稽不符，引用前请核对 已拨付到位不大于已落实：3000万元，总数2000万元" in above


def test_an_empty_programme_has_its_table_with_every_number_unreported(visitor):
    page = visitor.get(f"/p/sh-ks/{PERIOD}/t/overview/").content.decode()
    body = page.partition("<tbody")[2].partition("</table>")[0]
    assert body.count("未报</span>") == 19
    assert 'class="fig"' not in body
    assert text(page).count("无法判断 ") == 4


def test_the_menu_leads_to_the_list_of_tables_and_the_list_to_the_table(visitor, page):
    assert f'href="/p/tj-hn/{PERIOD}/t/" aria-current="page">统计表' in page
    assert f'<a href="{TABLE}">综合表</a>' in visitor.get(f"/p/tj-hn/{PERIOD}/t/").content.decode()


@pytest.mark.parametrize("ending", ["/", ".csv", ".json"])
@pytest.mark.parametrize(
    "address", [f"/p/tj-hn/t/unknown/{PERIOD}", f"/p/nobody/t/overview/{PERIOD}", "/p/tj-hn/20x1/t/overview"]
)
def test_an_unknown_table_programme_or_period_is_not_found(visitor, address, ending):
    assert visitor.get(address + ending).status_code == 404


def test_the_short_address_of_an_unknown_programme_is_not_found(visitor):
    assert visitor.get("/p/nobody/2011/t/").status_code == 404


@pytest.mark.sweep
@pytest.mark.parametrize("period", ["2011", "2011q3", "2010-12", "2011-08-29", "1999", "2000..2020"])
@pytest.mark.parametrize("code", ["tj-hn", "sh-ks", "bj-ht"])
def test_a_table_can_be_made_for_any_period(visitor, code, period):
    assert visitor.get(f"/p/{code}/{period}/t/overview/").status_code == 200


def test_the_csv_has_a_line_for_each_line_with_the_name_of_its_figure(visitor):
    answer = visitor.get(f"{FILE}.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert [r["行号"] for r in rows if r["行号"]] == [str(n) for n in range(1, 23)]
    secured, spent = (next(r for r in rows if r["行号"] == n) for n in "14")
    assert (secured["数值"], secured["数字名"]) == ("2000", f"funds.secured:tj-hn.{PERIOD}")
    assert (spent["数值"], spent["性质"]) == ("", "未报")


def test_the_json_has_the_four_groups_of_every_figure(visitor):
    data = visitor.get(f"{FILE}.json").json()
    lines = {line["line"]: line for line in data["lines"] if "line" in line}
    assert lines[1]["figure"]["value"]["low"] == 2_000_000_000
    assert lines[4]["figure"]["value"]["low"] is None
    assert lines[14]["figure"]["writing"]["number"] == "近百"
    assert set(lines[1]["figure"]) == {"identity", "value", "writing", "standing"}
    assert [check["code"] for check in data["checks"]] == ["equal", "within", "equal", "within"]


@pytest.mark.parametrize("ending", ["csv", "json", "xlsx"])
def test_the_page_leads_to_its_files(visitor, page, ending):
    assert f'href="{FILE}.{ending}"' in page
    assert visitor.get(f"{FILE}.{ending}").status_code == 200


def test_the_page_is_well_made_and_light(page):
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert page.count("<h1") == 1
    assert all("scope=" in tag for tag in re.findall(r"<th\b[^>]*>", page))
    assert page.count("<table") == page.count("<caption")
    assert not re.search(r"\sstyle\s*=|\son\w+=", page)
    assert len(gzip.compress(page.encode(), 9)) <= 12 * 1024


def test_the_csv_says_where_it_is_described_and_the_description_has_its_heads_and_definitions(visitor):
    """CSV on the Web: the metadata of overview.csv lie at overview.csv-metadata.json and name it."""
    answer = visitor.get(f"{FILE}.csv")
    assert answer["Link"] == '<overview.csv-metadata.json>; rel="describedby"; type="application/csvm+json"'
    heads = next(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    told = visitor.get(f"{FILE}.csv-metadata.json")
    assert told["Content-Type"] == "application/csvm+json"
    said = told.json()
    assert (said["@context"][0], said["url"]) == ("http://www.w3.org/ns/csvw", "overview.csv")
    assert [column["titles"] for column in said["tableSchema"]["columns"]] == heads
    definitions = {note["code"]: note for note in said["notes"] if note["type"] == "definition"}
    assert definitions["funds.progress"]["share"] == ["funds.disbursed", "funds.secured"]
    assert definitions["funds.secured"]["rests_on"] == "来源用语“落实”：支援方已定、尚未拨出"
    assert "先期启动资金（已落实）：取资金账中" in definitions["funds.secured"]["sentence"]
    assert {note["code"] for note in said["notes"] if note["type"] == "check"} <= {
        "equal",
        "rounded",
        "truncated",
        "consistent",
        "within",
        "unjudged",
    }


def test_the_page_links_the_description_beside_the_csv(page):
    assert f'href="{FILE}.csv-metadata.json">CSV 的口径</a>' in page


def test_a_register_is_described_too_with_the_definitions_of_its_totals(visitor):
    said = visitor.get(f"{FILE.replace('overview', 't11')}.csv-metadata.json").json()
    assert "ledger.gifts" in {note.get("code") for note in said["notes"]}
    assert said["tableSchema"]["columns"][-1]["titles"] == "记录"
