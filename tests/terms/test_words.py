"""The words of the field: each in one place, in 中文 and English, asked for by code or as people write it."""

import re
from dataclasses import fields
from typing import get_type_hints

import pytest
from django.apps import apps
from django.db.models import Model

from duikou.intake.file import KINDS, SOURCE
from duikou.intake.values import LISTS
from duikou.rules.kinds import SAID, UNITS, WORDS
from duikou.rules.rights import table
from duikou.terms.words import Words, code_of, vocabulary, word, zh

BY_ACTS = {"project": {"stage"}}  # columns that acts fill and no file says


def model_of(kind: str) -> type[Model]:
    """The table of a kind."""
    return apps.get_model("records", kind.replace("_", ""))


ALL = {f"{name}.{code}": entry for name, entries in vocabulary().items() for code, entry in entries.items()}


@pytest.mark.parametrize("entry", ALL.values(), ids=ALL)
def test_a_word_has_its_chinese_and_its_english(entry: Words) -> None:
    assert entry.zh.strip() == entry.zh != ""
    assert entry.en.strip() == entry.en != ""
    assert entry.en.isascii()


def test_a_code_is_short_and_of_lower_case_or_the_number_of_a_question() -> None:
    assert [name for name in ALL if not re.fullmatch("[a-z_]+[.]([a-z_]{1,24}|A[1-4])", name)] == []


def test_a_word_is_found_by_code_by_chinese_and_by_english() -> None:
    assert [code_of("gift", said) for said in ("raised", "筹资", "funds raised")] == ["raised"] * 3
    assert zh("gift", "raised") == "筹资"
    assert zh("gift", "") == ""
    assert str(word("gift", "raised")) == "筹资"


def test_an_unknown_word_is_answered_with_the_words_that_may_stand_there() -> None:
    with pytest.raises(ValueError, match="“捐献”不在词表 gift；可用：cash（捐资）、raised（筹资）"):
        code_of("gift", "捐献")
    with pytest.raises(KeyError, match=r"gift\.donated"):
        word("gift", "donated")


@pytest.mark.parametrize(("kind", "name"), WORDS)
def test_the_field_of_every_word_list_is_a_field_and_the_list_exists(kind: str, name: str) -> None:
    if kind in KINDS:
        assert name in {f.name for f in fields(KINDS[kind])} | BY_ACTS.get(kind, set())
    else:  # only acts of its own bring it
        assert kind in vocabulary()["record"]
        assert name in {column.name for column in model_of(kind)._meta.concrete_fields}
    assert vocabulary()[WORDS[kind, name]]


@pytest.mark.parametrize("list_name", [*LISTS.values(), "side", "unit"])
def test_the_lists_of_parties_points_links_sides_and_units_exist(list_name: str) -> None:
    assert vocabulary()[list_name]


def test_every_quantity_of_a_fact_has_its_unit_and_every_unit_is_a_word() -> None:
    asked = {n for kind in KINDS.values() for n, hint in get_type_hints(kind).items() if "Quantity" in str(hint)}
    assert asked == {*UNITS, *(name for _, name in SAID)}
    assert set(UNITS.values()) <= set(vocabulary()["unit"])


def test_no_two_words_of_a_list_that_files_use_are_written_alike() -> None:
    for list_name in {*WORDS.values(), *LISTS.values(), "side"}:
        written = [entry.zh for entry in vocabulary()[list_name].values()]
        assert len(written) == len(set(written)), list_name


def test_every_kind_of_fact_and_every_act_with_its_roles_has_a_word() -> None:
    assert set(KINDS) - set(vocabulary()["record"]) == {"secured", "stated_disbursement"}  # both are kept as entries
    assert {act for act, _ in table()} == set(vocabulary()["act"])


def test_a_place_says_only_what_a_source_holds() -> None:
    assert list(SOURCE) == ["document", "side", "paragraph", "section", "fragment"]
