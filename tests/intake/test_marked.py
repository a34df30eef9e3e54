"""Marked passages: how much of what they say the reader finds, and how much of what it claims is marked so."""

import json

import pytest

from benchmarks.marked import MARKED, paragraphs, score

KNOWN, HELD = MARKED / "known", MARKED / "held"
"""What the grammar was written beside, and what it was never written for: the second tells how it does on new papers."""


def marks():
    for file in sorted([*KNOWN.glob("*.jsonl"), *HELD.glob("*.jsonl")]):
        lines = paragraphs(file.with_suffix(".txt").read_text("utf-8"))
        for line in file.read_text("utf-8").splitlines()[1:]:
            yield file.stem, lines, json.loads(line)


def test_every_mark_stands_where_it_says():
    wrong = [
        (name, m["text"]) for name, lines, m in marks() if lines[m["paragraph"] - 1][m["start"] : m["end"]] != m["text"]
    ]
    assert wrong == []


@pytest.fixture(scope="module")
def known():
    return score(KNOWN)


def test_of_what_is_claimed_nearly_all_is_marked_and_of_what_is_marked_nearly_all_is_found(known):
    assert known.precision() >= 0.88
    assert known.recall() >= 0.88


def test_a_paper_that_the_grammar_was_not_written_for_is_mostly_read():
    """Seen when it was first asked: 0.937 and 0.937. The aim is 0.95 and 0.90; the grammar is not to be written for these papers."""
    held = score(HELD)
    assert len(list(HELD.glob("*.jsonl"))) >= 20
    assert held.precision() >= 0.9
    assert held.recall() >= 0.9


def test_the_day_of_a_document_is_found(known):
    assert known.days_right >= 0.95 * known.days


def test_what_rests_on_what_is_read(known):
    assert known.agreed["basis"] >= 0.94 * known.aspects["basis"]
    assert known.agreed["period"] >= 0.72 * known.aspects["period"]


def test_a_claim_stands_exactly_where_the_mark_does(known):
    assert known.spans >= 0.98 * known.numbered
