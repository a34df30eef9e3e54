"""Evidence debt: the shares add up to the whole, and the list of gaps is what was planted, no more and no less."""

from random import Random

import pytest
from text_table import snapshot_of

from duikou.rules.evidence import GRADES
from duikou.statistics.debt import debt, of_names, of_records, percent
from duikou.statistics.figure import Name

HEAD = "number kind state standing amount first last label receiver_name"
SAID = "number record document paragraph aspect side said section fragment title grade"
PAID = Name("funds.disbursed", "p", "2012")


def book(folder, payments, statements, **more):
    """A book of payments of 2012 (number, 万元) and of what is said of them (record, grade)."""
    entries = [f"{n} entry disbursed own {wan}万元 2012-03-05 2012-03-05 第{n}笔 黄南州" for n, wan in payments]
    said = [f"{n} {record} 8 1 - supporting - - - 凭证 {grade}" for n, (record, grade) in enumerate(statements, 1)]
    return snapshot_of(folder, entries="\n".join([HEAD, *entries]), statements="\n".join([SAID, *said]), **more)


def test_money_and_records_are_shared_out_over_the_grades_and_none(tmp_path):
    found = debt(
        book(tmp_path, [(1, 300), (2, 160), (3, 30), (4, 10)], [(1, "original"), (2, "copy"), (3, "copy")]), PAID
    )
    assert [(s.grade, s.records, s.amount, s.of_fen, s.of_records) for s in found.shares] == [
        ("original", 1, "300万元", "60.0%", "25.0%"),
        ("copy", 2, "190万元", "38.0%", "50.0%"),
        ("", 1, "10万元", "2.0%", "25.0%"),
    ]


def test_a_record_rests_on_the_best_of_what_says_it(tmp_path):
    found = debt(book(tmp_path, [(1, 300)], [(1, "copy"), (1, "original"), (1, "oral")]), PAID)
    assert [row.grade for row in found.rows] == ["original"]
    assert found.missing("original") == ()


def test_what_is_missing_depends_on_the_grade_that_is_asked_and_names_who_should_give_it(tmp_path):
    found = debt(book(tmp_path, [(1, 300), (2, 160), (3, 30)], [(1, "issued"), (2, "oral")]), PAID)
    asked = {grade: [row.number for row in found.missing(grade)] for grade in GRADES}
    assert asked == {"original": [1, 2, 3], "issued": [2, 3], "copy": [2, 3], "oral": [3]}
    assert {row.who for row in found.rows} == {"支援方"}  # what the treasury has paid out, it proves


def test_of_a_thousand_payments_just_the_planted_gaps_are_listed(tmp_path):
    drawn = Random(20110829)
    payments = [(n, drawn.randint(1, 900)) for n in range(1, 1001)]
    planted = {n: drawn.choice(["", "copy", "oral"]) for n in drawn.sample(range(1, 1001), 137)}
    said = [(n, planted.get(n, "original")) for n, _ in payments]
    found = debt(book(tmp_path, payments, [(n, grade) for n, grade in said if grade]), PAID)
    assert {row.number: row.grade for row in found.missing("issued")} == planted
    assert found.fen == sum(wan for _, wan in payments) * 1_000_000
    assert sum(share.fen for share in found.shares) == found.fen
    assert sum(share.records for share in found.shares) == 1000


def test_unlike_money_stands_apart_and_a_record_in_two_figures_once(tmp_path):
    gifts = """
    number kind form sector   amount  first      last       label giver_name
    9      gift cash education 490万元 2012-04-02 2012-04-02 助学   滨海新区
    """
    taken = book(tmp_path, [(1, 300)], [(1, "original")], gifts=gifts)
    names = [PAID, PAID, Name("donations.education", "p", "2012"), Name("funds.progress", "p", "2012")]
    found = of_names(taken, names)
    assert {table: (len(one.rows), one.fen) for table, one in found.items()} == {
        "entries": (1, 300_000_000), "gifts": (1, 490_000_000),
    }  # fmt: skip


def test_the_records_of_a_project_are_shared_out_too(tmp_path):
    taken = book(tmp_path, [(1, 300), (2, 100), (3, 50)], [(2, "issued")])
    found = of_records(taken, "entries", [1, 2])
    assert [(s.grade, s.amount) for s in found.shares] == [("issued", "100万元"), ("", "300万元")]


@pytest.mark.parametrize(
    ("part", "whole", "said"), [(1, 3, "33.3%"), (2, 3, "66.7%"), (0, 5, "0.0%"), (1, 0, ""), (None, 3, "")]
)
def test_a_share_has_one_decimal_rounded_once(part, whole, said):
    assert percent(part, whole) == said


def test_what_a_newer_source_took_the_place_of_bears_nothing(tmp_path):
    """The original was given up for an oral word; of the second payment an older snapshot does not say what is adopted."""
    entries = "\n".join(
        [HEAD, *(f"{n} entry disbursed own 300万元 2012-03-05 2012-03-05 第{n}笔 黄南州" for n in (1, 2))]
    )
    said = f"{SAID} adopted\n1 1 8 1 - supporting - - - 凭证 original false\n2 1 8 1 - supporting - - - 凭证 oral true"
    found = debt(
        snapshot_of(tmp_path, entries=entries, statements=f"{said}\n3 2 8 1 - supporting - - - 凭证 copy -"), PAID
    )
    assert [row.grade for row in found.rows] == ["oral", "copy"]
