"""Identity numbers: the two examples of GB 11643 hold, what is copied wrongly is found, nothing is shown whole."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from duikou.rules.identity import PROVINCES, WEIGHTS, birth, check_of, masked, masked_name, read, sex, wrong

TODAY = date(2012, 9, 3)
WOMAN, MAN = "11010519491231002X", "440524188001010014"


@st.composite
def numbers(draw):
    """A true number: a province, any county, a day from 1900 to today, any sequence."""
    area = draw(st.sampled_from(sorted(PROVINCES))) + f"{draw(st.integers(0, 9999)):04}"
    born = draw(st.dates(date(1900, 1, 1), TODAY))
    first = f"{area}{born:%Y%m%d}{draw(st.integers(0, 999)):03}"
    return first + check_of(first)


@pytest.mark.parametrize(("number", "born", "said"), [(WOMAN, date(1949, 12, 31), "2"), (MAN, date(1880, 1, 1), "1")])
def test_the_examples_of_the_standard_hold(number, born, said):
    assert wrong(number, TODAY) == ""
    assert (birth(number), sex(number)) == (born, said)


def test_the_check_character_is_worked_out_by_hand():
    # 1·7+1·9+0·10+1·5+0·8+5·4+1·2+9·1+4·6+9·3+1·7+2·9+3·10+1·5+0·8+0·4+2·2 = 167 = 15·11 + 2 → X
    assert sum(int(digit) * weight for digit, weight in zip(WOMAN[:17], WEIGHTS, strict=True)) == 167
    assert check_of(WOMAN[:17]) == "X"


@pytest.mark.parametrize(
    "said", ["11010519491231002x", "１１０１０５１９４９１２３１００２Ｘ", " 110105 19491231 002ｘ "]
)
def test_full_width_and_small_letters_are_read(said):
    assert read(said) == WOMAN
    assert wrong(said, TODAY) == ""


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("110105491231002", "15 位旧号"), ("1101051949123100", "有 16 位，应为 18 位"), ("", "有 0 位"),
        ("11010519491231002Y", "末位数字或 X"), ("X1010519491231002X", "前 17 位应为数字"), ("10010519491231002X", "前两位 10"),
        ("110105194902300021", "不是日历上的日期"), ("110105190002290021", "不是日历上的日期"),
        ("110105000001010021", "不是日历上的日期"), ("110105201209040021", "晚于今天"), ("110105194912310021", "校验码不符"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_without_repeating_the_number(said, words):
    found = wrong(said, TODAY)
    assert words in found
    assert not said or said not in found


@given(numbers())
def test_a_number_made_by_the_rule_holds(number):
    assert wrong(number, TODAY) == ""


@given(numbers(), st.integers(0, 16), st.integers(1, 9))
def test_one_changed_digit_is_always_found(number, at, more):
    """No weight is a multiple of 11, and neither is the difference of two digits."""
    changed = number[:at] + str((int(number[at]) + more) % 10) + number[at + 1 :]
    assert wrong(changed, TODAY)


@given(numbers(), st.integers(0, 15))
def test_two_neighbours_that_change_places_are_always_found(number, at):
    """Neighbouring weights differ by no multiple of 11."""
    one, other = number[at : at + 2]
    assume(one != other)
    assert wrong(number[:at] + other + one + number[at + 2 :], TODAY)


@given(numbers())
def test_masked_shows_neither_birth_nor_the_first_of_the_sequence(number):
    shown = masked(number)
    assert (len(shown), shown[:6], shown[6:14], shown[14:]) == (18, number[:6], "*" * 8, number[14:])


def test_what_is_masked_is_masked_also_where_it_is_odd():
    assert masked(WOMAN) == "110105********002X"
    assert masked("12345") == "*****"
    assert [masked_name(name) for name in ("卓玛", "才让东珠", "王", "")] == ["卓*", "才***", "*", ""]
