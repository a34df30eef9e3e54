"""The other side's page in the book: one record each with its statement, a question where two sides differ, no figure changed."""

from collections import Counter
from pathlib import Path
from shutil import copytree

import pytest
from books import EXAMPLE, OFFICER, PERIOD, example
from django.db import transaction

from duikou.intake.folder import load
from duikou.records.models import Finding, Item, Link, OtherSaying, Record, Statement
from duikou.rules.problem import Refused
from duikou.snapshot.store import freeze
from duikou.statistics.definition import definitions
from duikou.statistics.figure import BadName, Name
from duikou.statistics.measure import figure
from duikou.statistics.trace import trail
from duikou.statistics.values import RefusedSum

pytestmark = pytest.mark.django_db


@pytest.fixture
def book(tmp_path, settings):
    """The example, loaded."""
    return example(settings, tmp_path)


def said(title):
    return OtherSaying.objects.get(title__startswith=title)


def test_the_page_of_the_receiving_side_is_eleven_records_with_the_verdicts_that_the_rules_find(book):
    rows = OtherSaying.objects.order_by("record_id").values_list("title", "verdict", "about__kind")
    assert [(title[:6], verdict, kind) for title, verdict, kind in rows] == [
        ("落实2000", "agrees", "entry"),
        ("天津·西部地", "agrees", "training"),
        ("干部培训、黄", "alone", None),
        ("教学用电脑2", "may_match", "gift"),
        ("捐助10万元", "alone", None),
        ("天津光大永明", "alone", None),
        ("投资6000", "differs", "investment"),
        ("8公里道路", "alone", None),
        ("唐卡艺术走进", "alone", None),
        ("天津市人民政", "agrees", "agreement"),
        ("十多位爱心人", "alone", None),
    ]
    about = said("教学用电脑").about
    assert about is not None
    assert about.as_gift.giver.code == "bocfh"


def test_each_has_its_statement_of_the_receiving_side_on_the_page(book):
    for row in OtherSaying.objects.all():
        found = Statement.objects.filter(record=row.record_id).order_by("number")
        assert {s.side for s in found} == {"receiving"}
        assert {s.passage.document.medium for s in found} == {"published_page"}
        assert [s.aspect for s in found] == (["", "value"] if row.value_unit else [""])
        assert all(0 < len(s.passage.fragment) <= 20 for s in found)
    assert Statement.objects.get(record=said("落实").record_id, aspect="value").said == "2000万元"


def test_everything_that_was_said_stays_with_the_record(book):
    items = Item.objects.filter(record=said("捐助10万元").record_id).order_by("position")
    assert [item.text for item in items] == ["金额 10万元", "形式 捐资", "支援单位 天津洪基房地产开发有限公司"]


def test_what_may_be_the_same_and_what_differs_is_asked_about_the_saying_alone(book):
    asked = Finding.objects.filter(rule__startswith="sides").order_by("rule")
    assert [(f.rule, f.state) for f in asked] == [("sides.1", "open"), ("sides.2", "open")]
    about = Link.objects.filter(role="about", record__in=[f.record_id for f in asked])
    assert {link.to.kind for link in about} == {"other_saying"}
    assert "同仁县加吾乡小学" in asked[0].found
    assert "未写日期" in asked[1].found


def without_the_other_side(folder: Path) -> Path:
    """The example as it was before the page came."""
    copytree(EXAMPLE, folder)
    programme = folder / "programme.toml"
    programme.write_text(programme.read_text("utf-8").replace(', "receiving.toml"', ""), "utf-8")
    return folder


def figures():
    taken = freeze()
    for sheet in definitions():
        name = Name(sheet, "tj-hn", PERIOD)
        try:
            found, members = figure(taken, name), trail(taken, name).members
        except (BadName, RefusedSum) as odd:
            yield sheet, str(odd)
        else:
            yield sheet, (found.text, found.nature, found.standing, Counter(m.label for m in members))


def test_no_figure_and_no_make_up_of_one_knows_of_the_other_side(tmp_path, settings):
    settings.VAR = tmp_path / "without"
    with transaction.atomic():
        load(without_the_other_side(tmp_path / "folder"), person=OFFICER, administrator=OFFICER)
        assert not OtherSaying.objects.exists()
        before = dict(figures())
        transaction.set_rollback(True)
    settings.VAR = tmp_path / "with"
    load(EXAMPLE, person=OFFICER, administrator=OFFICER)
    assert OtherSaying.objects.count() == 11
    after = dict(figures())
    of_questions = {sheet for sheet, d in definitions().items() if d.of == "findings"}
    assert {s: v for s, v in after.items() if s not in of_questions} == {
        s: v for s, v in before.items() if s not in of_questions
    }
    assert (before["ledger.found"][0], after["ledger.found"][0]) == ("8个", "10个")  # sides.1 and sides.2 are asked
    assert before["funds.secured"][0] == "2000万元"


def altered(folder: Path, text: str) -> Path:
    copytree(EXAMPLE, folder)
    (folder / "receiving.toml").write_text(text, "utf-8")
    return folder


HEAD = 'into = "tj-hn"\nrests_on = "S2"\nside = "receiving"\nbeside = true\n'


@pytest.mark.parametrize(
    ("text", "place", "found"),
    [
        (HEAD.replace("true", '"yes"'), "receiving.toml:4", "beside = yes"),
        (HEAD + '[[gift]]\namount = "十几块"\nat = { paragraph = 1, fragment = "x" }\n', "receiving.toml:6", "十几块"),
        (HEAD + '[[gift]]\ngiver = "nobody"\nat = { paragraph = 1, fragment = "x" }\n', "receiving.toml:6", "nobody"),
        (HEAD + '[[gift]]\namount = "5万元"\n', "receiving.toml:5", "缺出处"),
        (HEAD + '[[secured]]\nat = { paragraph = 1, fragment = "x" }\n', "receiving.toml:5", "缺 amount"),
        (HEAD + '[[saying]]\nat = { paragraph = 1, fragment = "x" }\n', "receiving.toml:5", "saying"),
    ],
    ids=["heading", "number", "giver", "place", "amount", "table"],
)
def test_what_is_odd_in_what_the_other_side_says_is_told_with_its_line(tmp_path, settings, text, place, found):
    settings.VAR = tmp_path / "var"
    with pytest.raises(Refused) as refused:
        load(altered(tmp_path / "folder", text), person=OFFICER, administrator=OFFICER)
    (problem,) = refused.value.problems
    assert problem.place == place
    assert found in problem.found
    assert not Record.objects.exists()


def test_long_names_of_the_other_side_are_cut_to_their_columns(tmp_path, settings):
    settings.VAR = tmp_path / "var"
    name = "路" * 100
    text = HEAD + f'[[project]]\nname = "{name}"\nat = {{ paragraph = 1, fragment = "路" }}\n'
    load(altered(tmp_path / "folder", text), person=OFFICER, administrator=OFFICER)
    assert OtherSaying.objects.get().title == "路" * 79 + "…"
