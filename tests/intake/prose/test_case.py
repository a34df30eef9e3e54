"""The first programme's own report: every fact that stands in it is found, and nothing is claimed of other programmes."""

import os
from functools import cache
from pathlib import Path

import pytest

from duikou.intake.prose.reading import read

CASE = Path(os.environ.get("DUIKOU_CASE", "cases/tianjin-huangnan-2011"))
needs_case = pytest.mark.skipif(
    not (CASE / "report.txt").exists() and not os.environ.get("DUIKOU_REQUIRE_ALL"),
    reason="the report of the first case is not in this repository: set DUIKOU_CASE to its folder",
)


@cache
def reading():
    return read((CASE / "report.txt").read_text("utf-8").splitlines())


def told(line, words):
    """The candidates of a line whose own words or whose name hold what is asked for."""
    found = [c for c in reading().candidates if c.paragraph == line]
    return [c for c in found if words in c.text or words in c.title]


@needs_case
@pytest.mark.parametrize(
    ("fact", "line", "text", "kind", "value", "unit", "bound", "basis"),
    [
        ("V4", 12, "5次座谈会", "meeting", 5, "item", "exact", "actual"),
        ("F1", 14, "2000万元", "funds_secured", 20_000_000, "yuan", "exact", "actual"),
        ("F2", 14, "1000万元", "funds_disbursed", 10_000_000, "yuan", "exact", "actual"),
        ("J0", 14, "12个", "project_count", 12, "item", "exact", "actual"),
        ("E1", 16, "45名", "students", 45, "person", "exact", "quota"),
        ("T1", 20, "15名", "training", 15, "person", "exact", "actual"),
        ("T2", 20, "5名", "secondment", 5, "person", "exact", "actual"),
        ("T3", 20, "20多所", "other", 20, "item", "over", "arranged"),
        ("D1", 20, "160万元", "donation_cash", 1_600_000, "yuan", "exact", "actual"),
        ("D2", 20, "20台", "donation_goods", 20, "item", "exact", "actual"),
        ("D3", 20, "300万元", "funds_raised", 3_000_000, "yuan", "exact", "actual"),
        ("D4", 20, "30万元", "donation_cash", 300_000, "yuan", "exact", "actual"),
        ("I1", 21, "6000万元", "investment", 60_000_000, "yuan", "exact", "actual"),
        ("I1", 21, "可达7.2万吨", "capacity", 72_000, "t", "up_to", "actual"),
        ("I1", 21, "近百人", "jobs", 100, "person", "nearly", "actual"),
        ("I1", 21, "上亿元", "output", 100_000_000, "yuan", "at_least", "expected"),
        ("I1", 21, "2000万元", "profit_and_tax", 20_000_000, "yuan", "exact", "expected"),
        ("I2", 21, "近6亿元", "agreement_amount", 600_000_000, "yuan", "nearly", "intended"),
    ],
)
def test_every_number_of_the_report_is_found(fact, line, text, kind, value, unit, bound, basis):
    found = [c.json() for c in reading().candidates if c.paragraph == line and c.text == text]
    said = {"kind": kind, "value": value, "unit": unit, "bound": bound, "basis": basis}
    assert said in [{name: one[name] for name in said} for one in found], fact


@needs_case
def test_no_other_number_is_claimed():
    assert len([c for c in reading().candidates if c.number]) == 18
    assert reading().unread == ()


@needs_case
@pytest.mark.parametrize(
    ("fact", "line", "words", "kind", "period", "giver", "receiver"),
    [
        ("V1", 8, "率青海省党政代表团来津考察", "visit", "2010-08-30", "青海省", "天津市"),
        ("V2", 8, "代表团来津考察", "visit", "2010-10-14", "黄南州", "天津市"),
        ("A1", 8, "合作交流框架协议", "agreement", "2010-10-14", "天津市", "青海黄南藏族自治州"),
        ("V3", 20, "代表团赴黄南州考察", "visit", "2010-08", "天津滨海新区", "黄南州"),
        ("V4", 12, "深入黄南州考察调研", "visit", "2010-11", None, None),
        ("V6", 21, "青洽会", "visit", None, None, None),
        ("A2", 20, "加强警务系统合作框架协议", "agreement", None, "天津市公安局", "黄南州公安局"),
        ("G3", 10, "建立结对关系", "pairing", None, "滨海新区", "黄南州"),
        ("F1", 14, "2000万元", "funds_secured", "2011", "天津市", None),
        ("F2", 14, "1000万元", "funds_disbursed", "2011", None, None),
        ("J0", 14, "12个", "project_count", "2011", None, None),
        ("J1", 14, "热贡文化广场", "project_count", None, None, None),
        ("J2", 14, "移民新区文化活动中心", "project_count", None, None, None),
        ("J3", 15, "州直和四县保障性住房", "project_count", None, None, None),
        ("J4", 15, "游牧民困难群众定居工程", "project_count", None, None, None),
        ("J5", 17, "生态农牧业科技示范园", "project_count", None, None, None),
        ("E1", 16, "天津黄南高中班", "students", None, None, None),
        ("E2", 16, "到天津市一商学校学习", "students", None, None, "天津市一商学校"),
        ("E3", 16, "师资培训基地", "training", None, None, None),
        ("T1", 20, "15名", "training", "2010-12", "黄南州", "天津市"),
        ("T2", 20, "5名", "secondment", None, "黄南州", "天津市"),
        ("D1", 20, "160万元", "donation_cash", None, "市工商联", "黄南州"),
        ("D2", 20, "20台", "donation_goods", None, "中国银行天津分行", "河南县一中"),
        ("D3", 20, "300万元", "funds_raised", None, "滨海新区", "黄南州"),
        ("D4", 20, "30万元", "donation_cash", None, "滨海新区大港管委会", None),
        ("D5", 20, "黄南州城市规划", "support_in_kind", None, "滨海新区大港建委", "黄南州"),
        ("I1", 21, "6000万元", "investment", None, "天津滨海聚成投资有限公司", None),
    ],
)
def test_who_with_whom_and_when_are_read_where_the_report_says_it(fact, line, words, kind, period, giver, receiver):
    found = [
        c for c in told(line, words) if c.kind == kind and (period is None or (c.period and c.period.code == period))
    ]
    assert found, fact
    said = found[-1]
    assert giver is None or str(said.giver) == giver
    assert receiver is None or str(said.receiver) == receiver


@needs_case
@pytest.mark.parametrize(
    ("fact", "line", "words"),
    [
        ("B1", 8, "中央第五次西藏工作座谈会"), ("B2", 12, "援青规划专题会议"), ("G1", 10, "领导小组"), ("G2", 10, "均由领导小组研究决定"),
        ("G4", 10, "对口支援项目、资金管理暂行办法"), ("G5", 12, "重要指示"), ("P1", 12, "天津市对口援青专项规划框架"),
        ("P2", 12, "天津市2011年对口支援青海省黄南州项目建设专项规划实施方案"), ("P3", 12, "民生优先、重点支持"), ("P4", 12, "17年来对口援藏工作经验"),
        ("P5", 12, "多次磋商"), ("P6", 14, "早启动、早见效、早受益"), ("M1", 16, "教育和医疗支援"), ("O1", 22, "全面落实对口援青专项规划和年度计划"),
        ("O2", 22, "突出民生优先"), ("O3", 22, "强化人才培训"), ("O4", 22, "着眼产业扶持"), ("O5", 22, "规划早实施"),
    ],
)  # fmt: skip
def test_what_has_no_number_is_kept_with_its_passage(fact, line, words):
    found = told(line, words)
    assert found, fact
    assert {c.kind for c in found} == {"other"}
    assert all(c.basis == "planned" for c in found) == fact.startswith("O")


@needs_case
@pytest.mark.parametrize("line", [23, 24, 25, 26, 27, 28])
def test_passages_of_other_programmes_are_set_aside_with_a_reason(line):
    assert dict(reading().set_aside)[line]
    assert [c for c in reading().candidates if c.paragraph == line] == []


@needs_case
def test_the_day_of_the_report_is_found_under_its_title():
    assert reading().anchor.isoformat() == "2011-08-29"
    assert reading().title == "关于天津市对口援青工作的情况汇报"


@needs_case
def test_every_passage_stands_where_it_is_said_to_stand():
    lines = (CASE / "report.txt").read_text("utf-8").splitlines()
    assert all(lines[c.paragraph - 1][c.start : c.end] == c.text for c in reading().candidates)


@needs_case
def test_every_candidate_says_which_words_made_it():
    lines = (CASE / "report.txt").read_text("utf-8").splitlines()
    for candidate in reading().candidates:
        assert candidate.kind == "other" or candidate.reasons
        for reason in candidate.reasons:
            if reason.made in ("kind", "period"):
                stands = lines[candidate.paragraph - 1][reason.start : reason.end]
                assert len(stands) == len(reason.words)
