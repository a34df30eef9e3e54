"""Additivity is a law: what may not be added is refused with the question that failed, and what may be had instead."""

import pytest

from duikou.rules.additivity import LAW, Measure, Refusal, along, refuse_across, refuse_along, refuse_incomplete
from duikou.terms.words import vocabulary

AID = Measure("flow", "fen", "aid", "secured")
GIFT = Measure("flow", "fen", "gift")
INVESTMENT = Measure("flow", "fen", "investment")

UNLIKE = {
    "aid and a donation": (AID, Measure("flow", "fen", "gift", "secured"), "财政援助资金与社会捐助"),
    "a letter of intent and an investment": (Measure("flow", "fen", "intent"), INVESTMENT, "意向协议与企业投资"),
    "an intention and what was done": (
        Measure("flow", "fen", "investment", basis="intended"),
        INVESTMENT,
        "意向与实际不是一回事",
    ),
    "a forecast and a result": (
        Measure("forecast", "fen", "output", basis="expected"),
        Measure("flow", "fen", "output"),
        "计量性质不同：预计数与发生额",
    ),
    "expected and actual output": (
        Measure("flow", "fen", "output", basis="expected"),
        Measure("flow", "fen", "output"),
        "预计与实际不是一回事",
    ),
    "secured and disbursed": (AID, Measure("flow", "fen", "aid", "disbursed"), "资金环节不同：落实与拨付"),
    "disbursed and received": (
        Measure("flow", "fen", "aid", "disbursed"),
        Measure("flow", "fen", "aid", "received"),
        "拨付与到账",
    ),
    "cash and goods without a valuation": (GIFT, Measure("flow", "machine", "gift"), "计量单位不同：分与台"),
    "heads and person-times": (Measure("heads", "person"), Measure("times", "time"), "计量单位不同：名与次"),
    "a yearly quota and heads": (
        Measure("quota", "person", basis="quota"),
        Measure("heads", "person", basis="quota"),
        "计量性质不同：年度名额与人数",
    ),
    "money and money of no class": (GIFT, Measure("flow", "fen"), "社会捐助与未标明"),
}
OVERLAPPING = {
    "a part and its whole": (
        Measure("flow", "fen", "aid", "disbursed", standing="total"),
        Measure("flow", "fen", "aid", "disbursed", standing="part"),
        "总数与它的分项",
    ),
    "a parent and its child": (
        Measure("flow", "fen", "gift", member="bhxq", within="tj"),
        Measure("flow", "fen", "gift", member="dggwh", within="bhxq"),
        "上级的数已含下级的数",
    ),
    "one gift seen from two sides": (
        Measure("flow", "fen", "gift", side="supporting", same="D1"),
        Measure("flow", "fen", "gift", side="receiving", same="D1"),
        "由两方各报一次",
    ),
}


@pytest.mark.parametrize(("one", "other", "reason"), UNLIKE.values(), ids=UNLIKE)
def test_unlike_things_are_not_added(one: Measure, other: Measure, reason: str) -> None:
    for pair in ((one, other), (other, one), (one, one, other)):
        refusal = refuse_across(pair)
        assert refusal is not None
        assert refusal.question == "A4"
        assert refusal.instead
    assert reason in str(refuse_across((one, other)))


@pytest.mark.parametrize(("one", "other", "reason"), OVERLAPPING.values(), ids=OVERLAPPING)
def test_what_overlaps_is_not_added(one: Measure, other: Measure, reason: str) -> None:
    for pair in ((one, other), (other, one)):
        refusal = refuse_across(pair)
        assert refusal is not None
        assert (refusal.question, reason in refusal.reason) == ("A1", True)


def test_gifts_in_cash_are_added_giver_by_giver() -> None:
    givers = [Measure("flow", "fen", "gift", member=giver) for giver in ("gsl", "bhxq", "boc")]
    assert refuse_across(givers) is None
    assert refuse_along("flow", "giver") is None


def test_a_total_and_what_came_after_it_are_added() -> None:
    """来源 1000 + 其后 200 = 1200: a stated total and the records after its day."""
    assert refuse_across([Measure("flow", "fen", "aid", "disbursed", standing=s) for s in ("total", "own")]) is None


def test_nothing_and_one_thing_are_always_a_sum() -> None:
    assert refuse_across([]) is None
    assert refuse_across([GIFT]) is None


@pytest.mark.parametrize(
    ("kind", "dimension", "question", "instead"),
    [
        ("quota", "time", "A3", "并列，不设合计"),
        ("forecast", "time", "A3", "并列，不设合计"),
        ("stock", "time", "A3", "取某日时点数，或两日之差"),
        ("heads", "time", "A1", "按此分组重新计数，不由分项相加"),
        ("heads", "area", "A1", "按此分组重新计数，不由分项相加"),
        ("heads", "giver", "A1", "按此分组重新计数，不由分项相加"),
        ("heads", "receiver", "A1", "按此分组重新计数，不由分项相加"),
        ("heads", "sector", "A1", "按此分组重新计数，不由分项相加"),
        ("heads", "programme", "A1", "按此分组重新计数，不由分项相加"),
        ("count", "area", "A1", "按此分组重新计数，不由分项相加"),
        ("ratio", "time", "A3", "并列，不设合计"),
        ("ratio", "area", "A4", "并列，不设合计"),
        ("flow", "state", "A4", "并列，不设合计"),
        ("no_such_kind", "area", "A4", "并列，不设合计"),
    ],
)
def test_a_measure_is_not_added_along_what_it_does_not_fit(
    kind: str, dimension: str, question: str, instead: str
) -> None:
    refusal = refuse_along(kind, dimension)
    assert refusal is not None
    assert (refusal.question, refusal.instead) == (question, instead)


@pytest.mark.parametrize(
    ("kind", "dimension"),
    [("flow", "time"), ("flow", "area"), ("stock", "area"), ("count", "time"), ("quota", "giver"), ("times", "time")],
)
def test_a_measure_is_added_along_what_it_fits(kind: str, dimension: str) -> None:
    assert refuse_along(kind, dimension) is None


def test_a_refusal_is_read_aloud() -> None:
    assert str(refuse_along("quota", "time")) == "不相加（A3）：年度名额不沿时间相加。并列，不设合计"


def test_a_sum_of_those_who_reported_is_not_called_the_whole() -> None:
    refusal = refuse_incomplete(["同仁县", "尖扎县", "泽库县", "河南县"], ["尖扎县", "同仁县", "泽库县"])
    assert refusal == Refusal("A2", "未报：河南县", "只列“已报 3/4”之和，不称合计")
    assert refuse_incomplete(["同仁县"], ["同仁县"]) is None


def test_the_law_has_a_row_for_every_kind_and_no_other() -> None:
    assert set(LAW) == set(vocabulary()["kind"])


def test_every_row_of_the_law_answers_for_every_dimension_or_for_none() -> None:
    """A ratio is added along nothing; any other kind has its answer for every dimension."""
    dimensions = set(vocabulary()["dimension"])
    assert {kind: set(row) for kind, row in LAW.items() if set(row) != dimensions} == {"ratio": set()}


def test_what_the_law_does_not_name_is_refused() -> None:
    assert along("flow", "colour") == "refuse"
    assert along("colour", "time") == "refuse"
