"""让百姓得实惠 in the report: what was verified, by kind and by county, each number a figure; nothing known, nothing said."""

from types import SimpleNamespace

import pytest
from books import kept_example
from life import OFFICER, Works, propose
from money import county

from duikou.acts.projects import propose_project
from duikou.records.models import Output, ProjectPaper
from duikou.reports.outline import outlines, paper, sheets_of
from duikou.reports.word import Number
from duikou.rules.projects import Project
from duikou.snapshot.store import freeze
from duikou.statistics.figure import parse
from duikou.statistics.trace import trail

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def kept(django_db_setup, django_db_blocker, tmp_path_factory):
    """The example with the county's money, made once."""
    with kept_example(django_db_blocker, tmp_path_factory.mktemp("yields")) as programme:
        before = sentences(freeze())
        yield SimpleNamespace(county=county(programme), before=before)


@pytest.fixture
def book(kept, db):
    """The county's book, to be written to by one test."""
    return kept.county


def sentences(snapshot, period="2012..2026"):
    """The paragraphs of the report as texts."""
    found = paper(snapshot, "situation", "tj-hn", period)
    return ["".join(p if isinstance(p, str) else p.text for p in paragraph.pieces) for paragraph in found.body]


def said(snapshot, *words):
    """The paragraphs in which a word stands."""
    return [text for text in sentences(snapshot) if any(word in text for word in words)]


def built(book, name, region, *wanted):
    """A project of a county that is accepted, with its outputs verified."""
    fact = Project(name=name, sector="housing", status="", region=region)
    works = Works(book, propose_project(fact, programme=book.programme, person=OFFICER))
    for type_, number, unit in wanted:
        works.output(type_, number, unit)
    works.reach("accepted")
    return works


def test_the_report_of_a_book_without_outputs_has_no_such_sentence(kept):
    assert not [text for text in kept.before if "核实" in text or "计划建设" in text or "得实惠" in text]


def test_what_was_built_is_said_by_kind_and_by_county_each_number_with_its_trail(book):
    built(
        book,
        "定居点甲",
        "632321",
        ("housing", 120, "dwelling"),
        ("road", 3500, "metre"),
        ("people_served", 80, "person"),
    )
    assert said(freeze(), "得实惠") == [
        "对口支援项目计划建设住房120套、道路3.5公里，计划惠及80人次。经验收核实，建成住房120套、道路3.5公里，惠及80人次，让百姓得实惠。"
    ]
    built(book, "定居点乙", "632322", ("housing", 40, "dwelling"))
    snapshot = freeze()
    (text,) = said(snapshot, "得实惠")
    assert text.endswith(
        "经验收核实，建成住房160套、道路3.5公里，惠及80人次，让百姓得实惠。"
        "其中：同仁县建成住房120套、道路3.5公里，惠及80人次；尖扎县建成住房40套。"
    )
    found = paper(snapshot, "situation", "tj-hn", "2012..2026")
    numbers = [
        p for paragraph in found.body for p in paragraph.pieces if isinstance(p, Number) and "outputs.housing" in p.name
    ]
    assert [n.text for n in numbers] == ["160套", "120套", "40套"]
    for number in numbers:
        name, line = parse(number.name)
        assert line == snapshot.line
        members = trail(snapshot, name).counted
        assert all(m.passages for m in members)
        papers = ProjectPaper.objects.filter(
            pk__in=Output.objects.filter(pk__in=[m.number for m in members]).values("evidence")
        )
        assert {p.document for m in members for p in m.passages} == {row.document_id for row in papers}


def test_what_is_only_planned_says_so_and_a_proposal_is_not_planned_yet(book):
    works = propose(book, "引水")
    works.output("water", 300, "household")
    assert not said(freeze(), "通水")
    works.reach("approved")
    assert said(freeze(), "通水") == ["对口支援项目计划通水300户次。"]


def test_every_sheet_of_the_sentence_is_among_those_the_outline_uses():
    kinds = sum(len(group["parts"]) for group in outlines()["situation"].yields)
    used = [sheet for sheet in sheets_of("situation") if sheet.startswith(("outputs.", "targets."))]
    assert len(set(used)) == 2 * kinds == 46  # 23 kinds, verified and planned
