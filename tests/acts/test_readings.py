"""A reading is proposed by one person and decided by another; what is adopted is in the book, in its snapshots, and stays."""

import json
from dataclasses import replace
from datetime import date

import pytest
from books import LEADER, PERIOD, example, open_offices, pay

from duikou.acts import closings, readings
from duikou.acts.doing import Forbidden
from duikou.acts.journal import image
from duikou.acts.offices import person
from duikou.acts.verify import replay
from duikou.records.models import Definition, JournalLine, Programme
from duikou.rules.closings import Closing
from duikou.rules.period import parse
from duikou.rules.problem import Refused
from duikou.rules.readings import proposed
from duikou.rules.rights import everywhere
from duikou.snapshot.store import freeze
from duikou.statistics import definition as definitions
from duikou.statistics.definition import asked_once, in_force
from duikou.statistics.figure import Name
from duikou.statistics.proposals import following, plain, series_known
from duikou.statistics.reckon import figure
from duikou.statistics.tables import table_of

CODE = "donations.education"
pytestmark = pytest.mark.django_db


@pytest.fixture
def programme(settings, tmp_path):
    """The example with its offices: 160 and 30 given in cash, 300 raised, in the span of the report."""
    found = example(settings, tmp_path)
    open_offices()
    return found


def fact(author="yewu", valid_from="2011-01-01", **where):
    first = definitions.sheets()[CODE]
    said = plain(first) | {"name": "教育类捐资", "valid_from": valid_from}
    said["where"] = said["where"] | ({"form": ["cash"]} | where)
    code = f"{CODE}.{'bcdefg'[len(readings.taken(CODE))]}"
    return proposed(code, said, author=author, reason="筹资另行统计")


def propose(programme, said=None):
    said = said or fact()
    return readings.propose_reading(
        said, programme=programme, person=person("yewu"), series=series_known(said.follows, str(said.valid_from))
    )


def adopt(number, who="lingdao"):
    row = Definition.objects.get(pk=number)
    beside = following(definitions.reading(row.code, row.text))
    readings.adopt_reading(number, person=person(who), reason="纪要〔2011〕3号", following=beside)


def test_a_reading_that_is_only_proposed_changes_no_number(programme):
    propose(programme)
    assert in_force(CODE, "2011") == CODE
    assert f"{CODE}.b" not in definitions.definitions()
    assert freeze().rows["readings"] == []


def test_an_adopted_reading_is_in_force_in_the_book_and_in_its_snapshots(programme):
    before = freeze()
    adopt(propose(programme))
    after, name = freeze(), Name(f"{CODE}.b", "tj-hn", "2010-08..2011-08")
    assert (in_force(CODE, "2010"), in_force(CODE, "2011")) == (CODE, f"{CODE}.b")
    assert (in_force(CODE, "2011", before), in_force(CODE, "2011", after)) == (CODE, f"{CODE}.b")
    assert figure(after, name).text == "190万元"  # 160 + 30, without the 300 raised
    assert figure(after, name.of_sheet(CODE)).text == "490万元"  # a name never changes its meaning
    kept = Definition.objects.get(code=f"{CODE}.b")
    assert (kept.state, kept.author, kept.checked_by) == ("adopted", "yewu", "lingdao")
    assert (
        kept.digest == definitions.definition(f"{CODE}.b").version == definitions.definition(f"{CODE}.b", after).version
    )
    assert replay(JournalLine.objects.all())["records_definition"] == {kept.pk: image(kept)}


def test_nobody_adopts_a_reading_of_ones_own(programme):
    both = everywhere("yewu", "leader")
    with pytest.raises(Refused, match=r"readings\.7"):
        readings.adopt_reading(propose(programme), person=both, reason="x", following=())


def test_only_an_officer_proposes_and_only_a_leader_of_every_programme_decides(programme):
    number = propose(programme)
    with pytest.raises(Forbidden, match="提出口径由业务员办理"):
        readings.propose_reading(
            fact(), programme=programme, person=person("caiwu"), series=series_known(CODE, "2011-01-01")
        )
    for account in ("yewu", "caiwu", "tongren", "shenji", "guanli"):
        with pytest.raises(Forbidden):
            adopt(number, account)
    assert Programme.objects.count() > 1
    assert readings.may_decide("adopt_reading", LEADER)
    own = replace(LEADER, posts=tuple(replace(post, programme="tj-hn") for post in LEADER.posts))
    assert not readings.may_decide("adopt_reading", own)  # the reading is the whole book's


def test_a_reading_is_decided_once_and_a_refused_one_leaves_its_letter_taken(programme):
    number = propose(programme)
    readings.refuse_reading(number, person=person("lingdao"), reason="筹资也要计")
    with pytest.raises(Refused, match=r"readings\.8"):
        adopt(number)
    kept = Definition.objects.get(pk=number)
    assert (kept.state, kept.reason, in_force(CODE, "2011")) == ("refused", "筹资也要计", CODE)
    with pytest.raises(Refused, match=r"readings\.1"):
        propose(programme, proposed(f"{CODE}.b", fact().sheet, author="yewu", reason="再提"))
    assert Definition.objects.get(pk=propose(programme)).code == f"{CODE}.c"


def test_a_period_that_was_closed_meanwhile_stops_the_adoption(programme):
    number = propose(programme)
    closings.close_period(Closing(when=parse("2011"), reconciled="1"), programme=programme, person=person("caiwu"))
    with pytest.raises(Refused, match="2011年已关账"):
        adopt(number)
    readings.refuse_reading(number, person=person("lingdao"), reason="改自何日起")


def test_a_refused_act_writes_no_line(programme):
    lines = JournalLine.objects.count()
    with pytest.raises(Refused, match=r"readings\.4"):
        propose(programme, fact(form=["cash", "goods"]))
    assert (JournalLine.objects.count(), Definition.objects.count()) == (lines, 0)


def test_while_a_reader_is_answered_the_book_is_asked_once(programme, django_assert_num_queries):
    adopt(propose(programme))
    with asked_once(), django_assert_num_queries(1):
        for _ in range(50):
            definitions.definition(f"{CODE}.b")
            definitions.definitions()
            in_force(CODE, "2011")
    with django_assert_num_queries(0):
        definitions.definition(CODE)
    Definition.objects.filter(code=f"{CODE}.b").update(state="refused", decided=date(2011, 9, 1))
    with pytest.raises(KeyError, match=r"同类有 donations\.education"):
        definitions.definition(f"{CODE}.b")  # another book, or a book taken back: nothing of it is remembered


def proposal_of(code, valid_from, **where):
    """A reading of a sheet of funds with other conditions."""
    first = definitions.sheets()[code]
    said = plain(first) | {"name": f"{first.name}（新）", "valid_from": valid_from}
    said["where"] = said["where"] | where
    return proposed(f"{code}.b", said, author="yewu", reason="总数另计")


def test_a_ratio_follows_a_new_reading_of_its_part_and_keeps_what_its_old_name_says(programme):
    """1000 stated, 200 paid by itself, 2000 secured: 1200/2000 before, 200/2000 where stated totals are left out."""
    pay(programme, 200 * 10**4, date(2011, 8, 30), "P-1")
    adopt(propose(programme, proposal_of("funds.disbursed", "2011-01-01", standing=["own"])))
    assert in_force("funds.progress", "2011") == "funds.progress.b"
    assert definitions.definition("funds.progress.b").share == ("funds.disbursed.b", "funds.secured")
    taken, old = freeze(), Name("funds.progress", "tj-hn", PERIOD)
    said = [figure(taken, old.of_sheet(code)).text for code in ("funds.progress", "funds.progress.b")]
    assert said == ["60.0%", "10.0%"]
    assert figure(taken, old.of_sheet("funds.disbursed.b")).text == "200万元"
    line = JournalLine.objects.order_by("number").last()
    adopted = [json.loads(one.text)["row"] for one in line.images.filter(table="records_definition")]
    assert [(row["code"], row["author"], row["checked_by"]) for row in adopted] == [
        ("funds.disbursed.b", "yewu", "lingdao"), ("funds.progress.b", "yewu", "lingdao")
    ]  # fmt: skip


def test_a_table_divides_by_the_reading_that_it_prints(programme):
    pay(programme, 200 * 10**4, date(2011, 8, 30), "P-1")
    adopt(propose(programme, proposal_of("funds.disbursed", "2011-01-01", standing=["own"])))
    table = table_of(freeze(), "overview", "tj-hn", PERIOD)
    printed = {one.definition.code: one.text for one in table.figures}
    assert (printed["funds.disbursed.b"], printed["funds.progress.b"]) == ("200万元", "10.0%")
    assert not table.fails  # the rate is held against the part that stands above it


def test_where_the_other_number_had_a_later_reading_the_ratio_follows_on_both_days(programme):
    adopt(propose(programme, proposal_of("funds.secured", "2012-01-01", source=["city"])))
    adopt(propose(programme, proposal_of("funds.disbursed", "2011-06-01", standing=["own"])))
    parts = {
        day: definitions.definition(in_force("funds.progress", day)).share for day in ("2011-05", "2011-06", "2012-01")
    }
    assert parts == {
        "2011-05": ("funds.disbursed", "funds.secured"),
        "2011-06": ("funds.disbursed.b", "funds.secured"),
        "2012-01": ("funds.disbursed.b", "funds.secured.b"),
    }


def test_a_reading_of_what_no_ratio_divides_brings_none(programme):
    assert following(definitions.reading(f"{CODE}.b", fact().text)) == ()
