"""Rule packs: a programme adopts one from a day, asks it in two queries, and rules are tried over what was."""

from datetime import date
from io import StringIO

import pytest
from books import LEADER, OFFICER, example
from django.core.management import CommandError, load_command_class

from duikou.acts.doing import Forbidden
from duikou.acts.packs import NoSuchPack, adopt_pack, pack_of, rehearse
from duikou.acts.verify import verify
from duikou.records.models import JournalLine, Setting
from duikou.rules.book import WrongPack, book, packs, read_pack
from duikou.rules.claims import Claim, ClaimStanding
from duikou.rules.packs import Choice, Pack
from duikou.rules.period import on

OPENED = date(2011, 8, 30)


@pytest.fixture
def programme(db, settings, tmp_path):
    return example(settings, tmp_path)


def test_a_programme_that_has_adopted_nothing_has_chosen_nothing(programme):
    assert pack_of(programme) == Pack()


def test_what_is_read_back_is_what_ships(programme):
    adopt_pack(programme, "general", date(2000, 1, 1), person=LEADER, reason="试")
    assert [(c.rule, c.weight, dict(c.values), c.basis) for c in pack_of(programme).choices] == [
        (c.rule, c.weight, dict(c.values), c.basis) for c in packs()["general"].choices
    ]


def test_the_limit_of_retention_is_that_of_the_day_of_the_contract(programme):
    adopt_pack(programme, "general", OPENED, person=LEADER, reason="试")
    pack = pack_of(programme)
    days = (date(2011, 8, 29), date(2017, 6, 30), date(2017, 7, 1), date(2024, 1, 1))
    assert [pack.value("contracts.9", "limit", day) for day in days] == [None, 50, 30, 30]
    assert [pack.weight("contracts.9", day) for day in days] == ["", "asks", "stops", "stops"]


def test_tianjin_has_set_no_value_but_what_needs_a_decision(programme):
    adopt_pack(programme, "tianjin-2011", OPENED, person=LEADER, reason="试")
    pack = pack_of(programme)
    assert {c.rule for c in pack.choices} == {c.rule for c in packs()["tianjin-2011"].choices}
    listed = {"admit_project": 1, "plan_project": 1, "issue_notice": 1}
    assert {c.rule: dict(c.values) for c in pack.choices if c.values} == {"decisions.1": listed}


def test_a_later_pack_takes_the_place_of_the_earlier_from_its_day(programme):
    adopt_pack(programme, "tianjin-2011", OPENED, person=LEADER, reason="试")
    adopt_pack(programme, "general", date(2013, 1, 1), person=LEADER, reason="换")
    pack = pack_of(programme)
    assert pack.value("shares.1", "least", date(2012, 12, 31)) is None
    assert pack.weight("claims.9", date(2012, 12, 31)) == ""
    assert pack.value("shares.1", "least", date(2013, 1, 1)) == 800
    # what only Tianjin's pack had chosen is not chosen any more
    assert [pack.weight("funds.3", day) for day in (date(2012, 12, 31), date(2013, 1, 1))] == ["asks", ""]


def test_a_pack_replaced_from_its_own_first_day_never_held(programme):
    adopt_pack(programme, "general", OPENED, person=LEADER, reason="误选")
    adopt_pack(programme, "tianjin-2011", OPENED, person=LEADER, reason="改正")
    assert {c.rule for c in pack_of(programme).choices} == {c.rule for c in packs()["tianjin-2011"].choices}
    assert Setting.objects.filter(pack="general", ended=None).count() == 0


def test_adopting_is_one_line_of_the_journal_and_the_book_verifies(programme):
    before = JournalLine.objects.count()
    adopt_pack(programme, "general", OPENED, person=LEADER, reason="试")
    adopt_pack(programme, "tianjin-2011", date(2012, 1, 1), person=LEADER, reason="换")
    assert JournalLine.objects.count() == before + 2
    assert not verify().problems


def test_an_officer_does_not_choose_the_rules(programme):
    with pytest.raises(Forbidden):
        adopt_pack(programme, "general", OPENED, person=OFFICER, reason="试")


def test_a_pack_that_does_not_ship_is_named_beside_those_that_do(programme):
    with pytest.raises(NoSuchPack, match="没有规则包 general-2；可用：general、tianjin-2011"):
        adopt_pack(programme, "general-2", OPENED, person=LEADER, reason="试")


def test_a_pack_is_read_in_two_queries(programme, django_assert_num_queries):
    adopt_pack(programme, "general", OPENED, person=LEADER, reason="试")
    with django_assert_num_queries(2):
        pack_of(programme)


# ---- rehearsal: three claims under one contract of 10 million yuan, at work begun -------------------------------------

MILLION = 1_000_000_00


def claim(number, amount, day):
    return Claim(
        contract=1, number=number, type="progress", stage="started", use="project", amount=amount, when=on(day)
    )


# 2, then 4 in all, then 6 million of 10
HISTORY = [
    (11, claim(1, 2 * MILLION, date(2012, 3, 1)), ClaimStanding(today=OPENED, price=10 * MILLION)),
    (
        12,
        claim(2, 2 * MILLION, date(2012, 6, 1)),
        ClaimStanding(today=OPENED, price=10 * MILLION, approved=2 * MILLION),
    ),
    (
        13,
        claim(3, 2 * MILLION, date(2012, 9, 1)),
        ClaimStanding(today=OPENED, price=10 * MILLION, approved=4 * MILLION),
    ),
]


def tried(weight, **values):
    found = rehearse(HISTORY, ["tranches.1"], Pack((Choice("tranches.1", weight, values),)))
    return [(number, day, problem.code, problem.weight) for number, day, problem in found]


def test_a_rehearsal_shows_what_a_rule_would_have_stopped():
    assert tried("stops", started=400) == [(13, date(2012, 9, 1), "tranches.1", "stops")]


def test_with_another_value_more_would_have_been_stopped():
    assert [number for number, *_ in tried("stops", started=300)] == [12, 13]


def test_a_rule_that_is_only_tried_is_rehearsed_as_it_is_written():
    assert [weight for *_, weight in tried("tries", started=400)] == ["stops"]
    assert [weight for *_, weight in tried("off", started=400)] == ["stops"]
    assert [weight for *_, weight in tried("asks", started=400)] == ["asks"]


def test_without_a_value_a_rehearsal_finds_nothing():
    assert tried("stops") == []


def test_only_the_rules_asked_for_are_rehearsed():
    # the claims are of no planned project: claims.7 would stop all three
    assert [number for number, _, _ in rehearse(HISTORY, ["claims.7"], Pack())] == [11, 12, 13]


# ---- files of packs ---------------------------------------------------------------------------------------------------

HEAD = 'code = "x"\ntitle = "试"\nbasis = "试"\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("code = ", "x.toml：读不了"),
        ('title = "试"\nbasis = "试"\n', "x.toml：code 现为 None，应为文字"),
        (HEAD + '[[rule]]\nrule = "claims.99"\nweight = "stops"', "第 1 条 claims.99：rule 现为 'claims.99'，应为规则书里的编号"),
        (HEAD + '[[rule]]\nrule = "claims.7"\nweight = "hard"', "weight 现为 'hard'，应为 stops、asks、tries、off"),
        (HEAD + '[[rule]]\nrule = "claims.7"\nweight = "off"\nvalues = { floor = 1 }', "取值 floor 这条规则不用，应为 没有取值"),
        (HEAD + '[[rule]]\nrule = "shares.1"\nweight = "off"\nvalues = { least = 0.8 }', "取值 least 现为 0.8，应为不小于 0 的整数"),
        (HEAD + '[[rule]]\nrule = "shares.1"\nweight = "off"\nvalues = { least = true }', "取值 least 现为 True"),
        (HEAD + '[[rule]]\nrule = "shares.1"\nweight = "off"\nfirst = "2017"', "first 现为 '2017'，应为日期"),
        (HEAD + '[[rule]]\nrule = "shares.1"\nweight = "off"\n' * 2, "shares.1 同一天有两条，应为各管一段日子"),
        (HEAD + '[[rule]]\nrule = "shares.1"\nweight = "off"\nwieght = "off"', "现有 wieght，应只有"),
    ],
)  # fmt: skip
def test_a_wrong_pack_says_where_what_and_what_was_expected(tmp_path, text, said):
    path = tmp_path / "x.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(WrongPack) as error:
        read_pack(path)
    assert said in str(error.value)


def test_the_packs_that_ship_are_true_and_name_what_they_rest_on():
    for shipped in packs().values():
        assert all(choice.basis and choice.rule in book() for choice in shipped.choices)


def test_a_basis_fits_its_column():
    assert max(len(choice.basis) for shipped in packs().values() for choice in shipped.choices) <= 120


# ---- the command ------------------------------------------------------------------------------------------------------


def said(*words):
    """What `duikou rules` prints."""
    out = StringIO()
    command = load_command_class("duikou.web", "rules")
    options = vars(command.create_parser("duikou", "rules").parse_args(list(words)))
    command.execute(**{**options, "stdout": out})
    return out.getvalue()


def test_the_command_prints_every_rule_with_both_sentences():
    printed = said()
    assert all(f"{r.code}　{r.sentence.zh}" in printed and r.sentence.en in printed for r in book().values())
    assert "取值：已开工、基本完工、已验收" in printed


def test_for_a_programme_it_adds_what_is_chosen_and_what_nobody_has_set(programme):
    adopt_pack(programme, "general", OPENED, person=LEADER, reason="试")
    printed = said("--programme", "tj-hn")
    assert "→ 提问　2011-08-30 至 2017-06-30　限额 5%　依据：旧的地方规定：5%" in printed
    assert "→ 拦下　2017-07-01 起　限额 3%" in printed
    assert "→ 拦下　2011-08-30 起　已开工 未设定、基本完工 未设定、已验收 未设定" in printed


def test_a_rehearsal_without_values_says_so(programme):
    assert said("--programme", "tj-hn", "--try", "tranches.1", "claims.7").splitlines() == [
        "tranches.1　已开工、基本完工、已验收未设定，查不出什么",
        "共 0 处：会拦下 0，会提问 0",
    ]


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (("--programme", "nix"), "没有项目方案 nix"),
        (("--programme", "tj-hn", "--try", "claims.99", "x"), "没有规则 claims.99、x"),
        (("--programme", "tj-hn", "--pack", "own"), "没有规则包 own"),
        (("--try", "claims.7"), "要写明 --programme"),
    ],
)
def test_a_wrong_code_is_answered_in_words(programme, words, answer):
    with pytest.raises(CommandError, match=answer):
        said(*words)
