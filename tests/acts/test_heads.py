"""Heads 账首: written on one line or on three, read back, and slips of typing told from tampering."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duikou.acts import check
from duikou.acts.journal import Head, book_code, check_digits

ROOT = bytes(range(100, 132))
HEAD = Head("DK7K3M9QXA.1", 1482, ROOT)
FORMS = {"short": HEAD.short, "full": HEAD.full, "long": HEAD.long}


def test_the_short_form_is_one_line_with_ten_groups_of_four():
    groups = "6465 6667 6869 6a6b 6c6d 6e6f 7071 7273 7475 7677"
    assert HEAD.short == f"账首 DK7K3M9QXA.1 · 1482 · s {groups} · 校 {HEAD.short[-2:]}"
    assert HEAD.long == "duikou.book/DK7K3M9QXA.1\n1482\nZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXp7fH1+f4CBgoM=\n"


@pytest.mark.parametrize("form", FORMS)
def test_what_is_written_is_read_back(form):
    assert check.read_heads(FORMS[form]) == [("DK7K3M9QXA", 1, 1482, ROOT[:20] if form == "short" else ROOT)]


@given(st.data())
def test_spaces_are_ignored_anywhere_in_the_short_form(data):
    packed = "".join(HEAD.short.split())
    cuts = data.draw(st.lists(st.integers(0, len(packed)), max_size=20))
    for cut in sorted(cuts, reverse=True):
        packed = packed[:cut] + data.draw(st.sampled_from([" ", "  ", "\n", "\u3000"])) + packed[cut:]
    assert check.read_heads(packed) == check.read_heads(HEAD.short)


def test_capitals_and_a_paper_around_it_do_not_matter():
    paper = f"第 3 页\n{HEAD.short.upper()}\n天津市人民政府合作交流办公室\n{HEAD.long}"
    assert check.read_heads(paper) == check.read_heads(HEAD.long) + check.read_heads(HEAD.short)


@pytest.mark.parametrize("form", ["short", "full"])
def test_every_wrong_character_is_a_slip_and_never_another_head(form):
    said = FORMS[form]
    for place, right in enumerate(said):
        for typed in string.digits + "abcdefz":
            if right in string.hexdigits + string.ascii_uppercase and typed not in (right, right.lower()):
                assert read(said[:place] + typed + said[place + 1 :]) in ("mistyped", "unreadable"), (place, typed)


@pytest.mark.parametrize("form", ["short", "full"])
def test_any_two_digits_that_change_places_are_a_slip(form):
    said = FORMS[form]
    places = [place for place, typed in enumerate(said) if typed in string.hexdigits and place > said.index("s")]
    for one in places:
        for two in places:
            if one < two and said[one] != said[two]:
                typed = said[:one] + said[two] + said[one + 1 : two] + said[one] + said[two + 1 :]
                assert read(typed) in ("mistyped", "unreadable"), typed


def test_a_long_form_that_lost_characters_is_a_slip():
    assert read(HEAD.long.replace("ZGV", "GV")) == "mistyped"


def read(text):
    try:
        ((_, _, _, root),) = check.read_heads(text)
    except ValueError:
        return "unreadable"
    return "read" if len(root) in (20, 32) else "mistyped"


@pytest.mark.parametrize("digits", [0, 8, 36, 39, 41, 63, 65])
def test_fewer_than_160_bits_are_refused(digits):
    said = f"账首 DK7K3M9QXA.1 · 1482 · s {(ROOT.hex() + '00')[:digits]}"
    with pytest.raises(ValueError, match="40 或 64"):
        check.read_heads(f"{said} · 校 {check_digits(said)}")


def test_the_code_of_a_book_is_worked_out_from_its_first_line():
    assert book_code(bytes(32)) == "DK00000000"
    assert book_code(b"\xff" * 32) == "DKZZZZZZZZ"
    assert book_code(bytes.fromhex("00443214c7") + bytes(27)) == "DK01234567"
