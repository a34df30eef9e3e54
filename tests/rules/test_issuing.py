"""The same figure twice in one paper; document numbers; reasons where a paper goes out in spite of something."""

from dataclasses import replace

import pytest
from rules.cases_issuing import DRAFT, ISSUE, SIGNED

from duikou.rules.issuing import RULES, Issue, Settlement, agreement
from duikou.rules.problem import judge


def objections(fact, standing):
    return [problem.code for problem in judge(RULES[type(fact)], fact, standing, day=standing.today, opened=None)]


@pytest.mark.parametrize(
    ("texts", "unit", "found"),
    [
        (("490万元", "490万元"), "fen", "complete"),
        (("490万元", "4,900,000元"), "fen", "complete"),
        (("6713万元", "0.67亿元"), "fen", "consistent"),  # 0.6713 to two decimals
        (("6713万元", "0.68亿元"), "fen", "inconsistent"),
        (("6750万元", "0.7亿元"), "fen", "consistent"),  # 0.675 to one decimal
        (("55.1%", "55%"), "percent", "consistent"),
        (("55.5%", "55%"), "percent", "inconsistent"),  # half goes up
        (("近百人", "97人"), "person", "consistent"),  # [90, 99] holds 97
        (("近百人", "101人"), "person", "inconsistent"),
        (("若干", "97人"), "person", "inconsistent"),  # not a number that can be held against another
    ],
)
def test_a_figure_printed_twice_is_the_same_or_a_rounding_or_stops_the_paper(texts, unit, found):
    assert agreement(texts, unit) == agreement(texts[::-1], unit) == found


@pytest.mark.parametrize(
    "code", ["津合〔2011〕01号", "津合(2011)1号", "津合2011-1", "〔2011〕1号", "津合〔2011〕1", ""]
)
def test_a_document_number_of_another_shape_is_not_taken(code):
    assert objections(Issue(code, 14), SIGNED) == ["issuing.10"]


def test_a_document_number_is_given_once():
    assert objections(Issue("津合〔2011〕1号", 14), SIGNED) == ["issuing.10"]
    assert objections(ISSUE, SIGNED) == []


def test_a_reason_lets_out_a_failing_table_weak_evidence_and_an_open_check_each_its_own():
    weak = replace(SIGNED, failing=("合计等于分项之和",), below=1, checks=("落实资金",))
    assert objections(ISSUE, weak) == ["issuing.11", "issuing.12", "issuing.13"]
    assert objections(replace(ISSUE, excuse="来源如此", waiver="先报"), weak) == ["issuing.11"]
    assert objections(replace(ISSUE, unchecked="会上要用"), weak) == ["issuing.12", "issuing.13"]


def test_a_withdrawn_paper_is_neither_issued_nor_its_comment_settled_twice():
    assert objections(ISSUE, replace(SIGNED, state="withdrawn")) == ["issuing.9"]
    assert objections(Settlement("已改"), replace(DRAFT, answered=True)) == ["issuing.4"]
