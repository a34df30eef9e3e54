"""Passages: phrases marked in their paragraph, headings, words that stand or do not stand where they are said to."""

import pytest

from duikou.acts.evidence import keep_text
from duikou.statistics.passages import Passage
from duikou.web.passages import heading_above, is_heading, marked, stands, times_said

TEXT = """一、概况
去年捐资160万元。又捐30万元；未涉及其他。
二、其他
共130万元。
"""
SECOND = TEXT.splitlines()[1]


def pieces(paragraph):
    return [(piece.text, piece.mark) for piece in paragraph.pieces]


@pytest.fixture
def passage(settings, tmp_path):
    """A passage of the text above, kept in a folder of the test's own."""
    settings.VAR = tmp_path
    digest = keep_text(TEXT.encode())

    def at(paragraph, fragment, said="", digest=digest):
        return Passage(1, "测试文件", "copy", digest, "一", paragraph, fragment, said, "supporting", 1)

    return at


def test_used_phrases_are_marked_and_the_chosen_one_apart():
    assert pieces(marked(2, SECOND, ["捐资160万元"], "30万元")) == [
        ("去年", ""), ("捐资160万元", "used"), ("。又捐", ""), ("30万元", "chosen"), ("；未涉及其他。", ""),
    ]  # fmt: skip


def test_sentences_without_a_mark_can_be_set_back():
    assert pieces(marked(2, SECOND, ["160万元"], dim=True))[-1] == ("又捐30万元；未涉及其他。", "far")


def test_a_phrase_inside_the_chosen_one_does_not_split_it():
    assert ("捐资160万元", "chosen") in pieces(marked(2, SECOND, ["160万元"], "捐资160万元"))


def test_the_text_stays_as_it_is():
    assert "".join(text for text, _ in pieces(marked(2, SECOND, ["160万元", "30"], "去年", dim=True))) == SECOND


def test_the_heading_of_a_section_stands_above_its_paragraphs():
    texts = tuple(TEXT.splitlines())
    assert is_heading(texts[0])
    heading = heading_above(texts, 4)
    assert heading is not None
    assert heading.number == 3
    assert heading_above(texts, 1) is None


def test_words_stand_in_their_paragraph_or_not_or_cannot_be_compared(passage):
    assert stands(passage(2, "捐资160万元")) is True
    assert stands(passage(4, "捐资160万元")) is False
    assert stands(passage(9, "捐资160万元")) is False
    assert stands(passage(2, "捐资160万元", digest="0" * 64)) is None


def test_30万元_is_not_counted_inside_130万元(passage):
    assert times_said(passage(2, "又捐30万元", "30万元")) == 1
    assert times_said(passage(4, "共130万元", "30万元")) == 0
