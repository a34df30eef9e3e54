"""The verdict on a number: readings are tried in their order, and two aspects at once are not covered."""

import pytest

from duikou.intake.checking.verdict import Answer, difference, fit_of, holding, judged
from duikou.rules.quantity import Quantity, exactly, hedged
from duikou.rules.reading import read
from duikou.rules.writing import write

WAN, YI = 10**6, 10**10  # fen


def answer(value, aspect="", other=""):
    return Answer(value, write(value).text, "已拨付到位（2023年）", "funds.disbursed:wl-yx.2023@7", None, aspect, other)


PAID = exactly(11400 * WAN, "fen")

READINGS = [
    ("1.14亿元", 100 * WAN, PAID, "equal"),
    ("11400万元", WAN, PAID, "equal"),
    ("超1.1亿元", 1, PAID, "within"),
    ("近1.2亿元", 1, PAID, "within"),
    ("约1.1亿元", 1, PAID, "within"),
    ("1亿多元", 1, PAID, "within"),
    ("超5000万元", 1, PAID, "consistent"),  # it holds, and tells nothing of 1.14亿元
    ("1.1亿元", 1000 * WAN, PAID, "rounded"),
    ("1亿元", YI, PAID, None),  # a seventh off is no rounding
    ("1.13亿元", 100 * WAN, exactly(11389 * WAN, "fen"), "truncated"),
    ("1.14亿元", 100 * WAN, exactly(11389 * WAN, "fen"), "rounded"),
    ("1.15亿元", 100 * WAN, PAID, None),
    ("11401万元", WAN, PAID, None),
    ("1140万元", 10 * WAN, PAID, None),
    ("5.8亿元", 10 * WAN, hedged("nearly", 6 * YI, "fen"), "consistent"),
    ("近6亿元", 1, hedged("nearly", 6 * YI, "fen"), "equal"),
    ("近7亿元", 1, hedged("nearly", 6 * YI, "fen"), None),
    ("上亿元", 1, Quantity(YI, None, "fen", "at_least"), "equal"),
    ("上千万元", 1, Quantity(YI, None, "fen", "at_least"), "consistent"),
]


@pytest.mark.parametrize(("said", "digit", "book", "fit"), READINGS, ids=lambda v: v if isinstance(v, str) else "")
def test_the_tightest_reading_that_holds_is_named(said, digit, book, fit):
    assert fit_of(read(said, "fen"), digit, book) == fit


def test_persons_and_person_times_are_not_compared():
    assert fit_of(exactly(15, "person_time"), 1, exactly(15, "person")) is None


def test_a_number_that_the_book_says_is_confirmed_whatever_else_it_says():
    found = judged(PAID, WAN, [answer(exactly(12000 * WAN, "fen"), "state", "已落实"), answer(PAID)])
    assert (found.code, found.fit, found.answer.aspect) == ("confirmed", "equal", "")


def test_a_number_true_in_one_other_aspect_is_told_so_before_it_is_called_wrong():
    secured = answer(exactly(12000 * WAN, "fen"), "state", "已落实")
    found = judged(read("1.2亿元", "fen"), 1000 * WAN, [answer(PAID), secured])
    assert (found.code, found.answer) == ("elsewhere", secured)


def test_another_aspect_must_fit_well_and_not_only_not_contradict():
    near = answer(hedged("nearly", 12500 * WAN, "fen"), "state", "已落实")
    assert judged(read("1.2亿元", "fen"), 1000 * WAN, [answer(PAID), near]).code == "contradicted"


def test_a_number_that_fits_nothing_is_contradicted_by_the_nearest_with_what_would_hold():
    found = judged(read("超1.2亿元", "fen"), 1, [answer(PAID), answer(exactly(YI, "fen"))])
    assert (found.code, found.answer.value) == ("contradicted", PAID)
    assert found.nearest == ("1.14亿元", "超1.1亿元")


def test_a_number_whose_words_name_nothing_for_certain_is_not_called_wrong():
    assert judged(read("2亿元", "fen"), YI, [answer(PAID)], strong=False).code == "uncovered"
    assert judged(read("2亿元", "fen"), YI, []).code == "uncovered"


def test_a_ratio_of_ten_thousand_is_a_unit_gone_wrong():
    assert judged(read("1.14万元", "fen"), 10**4, [answer(PAID)]).alarm == 10**4
    assert judged(read("1.2亿元", "fen"), 1000 * WAN, [answer(PAID)]).alarm == 0


@pytest.mark.parametrize(
    ("said", "words"),
    [("近2亿元", ["1.14亿元", "近1.2亿元"]), ("超2亿元", ["1.14亿元", "超1.1亿元"]), ("1.2亿元", ["1.14亿元"])],
)
def test_the_nearest_reading_keeps_the_hedge_of_the_draft(said, words):
    assert list(holding(read(said, "fen"), PAID)) == words


def test_what_would_hold_holds():
    for said in ("近2亿元", "超2亿元", "1亿多元"):
        for words in holding(read(said, "fen"), PAID):
            assert read(words, "fen").contains(PAID)


def test_a_difference_is_said_of_exact_numbers_only():
    assert difference(read("1.2亿元", "fen"), PAID) == "多600万元"
    assert difference(read("1.1亿元", "fen"), PAID) == "少400万元"
    assert difference(read("近1.1亿元", "fen"), PAID) == ""
